"""docs/performance.md says what benchmarks/results holds, and the ratios there are those of their own times."""

from __future__ import annotations

import json
from itertools import count

import pytest

from benchmarks import document
from benchmarks.rounds import CLOCKS, Case, Target, measure

RESULTS = sorted(document.RESULTS.glob("*.json"))


def test_the_document_has_the_tables_of_the_results_and_no_other_numbers() -> None:
    text = document.DOCUMENT.read_text(encoding="utf-8")
    assert document.replaced(text, document.tables()) == text
    names = {path.stem for path in RESULTS}
    for name in ("W1", "W1b", "W2", "W3", "W7", "W8"):
        empty = f"<!-- begin {name} -->\n<!-- end {name} -->" in text
        assert empty == (name not in names)


@pytest.mark.parametrize("path", RESULTS, ids=lambda path: path.stem)
def test_what_a_result_calls_met_is_met(path) -> None:
    found = json.loads(path.read_text(encoding="utf-8"))
    assert found["workload"] == path.stem and found["machine"]["processor"]
    for ratio in (ratio for result in found["results"] for ratio in result["ratios"]):
        assert ratio["low"] <= ratio["median"] <= ratio["high"]
        if ratio["target"]:
            sign, bound = ratio["target"].split()
            assert ratio["met"] == eval(f"{ratio['median']} {sign} {bound}", {})


def test_rounds_alternate_and_ratios_are_taken_within_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that only the candidates move: the second takes three times as long, later rounds all take longer."""
    now, calls, rounds = [0.0], [], count()

    def candidate(name: str, cost: float):
        def run() -> None:
            calls.append(name)
            now[0] += cost * (1 + next(rounds) // 2)

        return run

    monkeypatch.setitem(CLOCKS, "cpu", lambda: now[0])
    runs = {"a": candidate("a", 1.0), "b": candidate("b", 3.0)}
    found = measure(
        "W", Case("case", runs, (Target("b", "a", 2.5), Target("a", "b", 0.5, most=True)), rounds=4)
    )
    assert calls == ["a", "a", "b", "b"] + ["a", "b", "b", "a"] * 2
    first = found.ratios[0]
    assert (first.median, first.low, first.high, first.met) == (3.0, 3.0, 3.0, True)
    assert found.ratios[1].met is True


def test_a_missing_candidate_leaves_its_ratios_out() -> None:
    found = measure("W", Case("case", {"a": lambda: None}, (Target("torch", "a", 1.0),), rounds=1))
    assert found.ratios == [] and set(found.milliseconds) == {"a"}


def test_what_candidates_return_is_compared_as_it_is() -> None:
    widths = {"a": iter((1.0, 2.0, 3.0)), "b": iter((4.0, 4.0, 6.0))}
    runs = {name: each.__next__ for name, each in widths.items()}
    found = measure("W", Case("case", runs, (Target("b", "a"),), rounds=3, returned=True))
    assert found.milliseconds is None and found.returned == {"a": 2.0, "b": 4.0}
    assert (found.ratios[0].median, found.ratios[0].low, found.ratios[0].high) == (2.0, 2.0, 4.0)
