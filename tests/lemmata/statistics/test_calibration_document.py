"""docs/calibration.md: its tables are what the command prints, and what they say is within the limits."""

from __future__ import annotations

import re

import pytest
from scipy import stats

from benchmarks.calibration.__main__ import DOCUMENT, markdown, replace_table
from benchmarks.calibration.tables import ALPHA, LIMIT, TABLES
from lemmata.statistics import detectable

TEXT = DOCUMENT.read_text(encoding="utf-8")
TABLE = re.compile(r"^<!-- table: ([\w-]+) -->\n((?:\|.*\n)+)$", re.MULTILINE)
SHOWN = {
    name: [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in table.splitlines()]
    for name, table in TABLE.findall(TEXT)
}
# Those that take a second or two.
CHEAP = ["capital"]


def body(name: str) -> list[tuple[str, ...]]:
    return SHOWN[name][2:]


def test_all_tables_are_shown_and_no_other() -> None:
    assert SHOWN.keys() == {*TABLES, "durations"}
    assert all(body(name) for name in SHOWN)
    assert {name for name, _ in body("durations")} == {*TABLES, "on"}


@pytest.mark.parametrize("name", CHEAP)
def test_cheap_tables_are_what_is_measured(name: str) -> None:
    assert markdown(TABLES[name]()) in TEXT


@pytest.mark.nightly
@pytest.mark.parametrize("name", [name for name in TABLES if name not in CHEAP])
def test_tables_are_what_is_measured(name: str) -> None:
    """The long forms: all that the page says, measured anew."""
    assert markdown(TABLES[name]()) in TEXT


def test_a_changed_figure_would_be_seen() -> None:
    rows = TABLES["capital"]()
    changed = [*rows[:-1], (rows[-1][0], "4.7384")]
    assert markdown(changed) not in TEXT
    assert markdown(changed) in replace_table(TEXT, "capital", markdown(changed))


def test_null_runs_are_within_the_binomial_limit() -> None:
    assert LIMIT == 26
    assert len(body("null-runs")) == 4
    for _, runs, looks, alarms, limit, peeked in body("null-runs"):
        assert (runs, looks, limit) == ("10000", "2000", "26")
        assert int(alarms) <= LIMIT < int(peeked)


def test_true_rates_grow_with_the_looks_and_stay_within_the_budget() -> None:
    for _, alpha, *rates in body("true-rate"):
        numbers = [float(rate) for rate in rates]
        assert numbers == sorted(numbers)
        assert 0.02 * float(alpha) < numbers[0] and numbers[-1] < float(alpha)


def test_reweighted_rates_agree_with_exact_ones() -> None:
    compared = 0
    for _, _, _, rate, error, exact in body("reweighted"):
        assert 0 < float(rate) < ALPHA
        assert float(error) < 0.05 * float(rate)
        if exact != "-":
            assert abs(float(rate) - float(exact)) < 4 * float(error)
            compared += 1
    assert compared == 2
    assert any(exact in row for row in body("true-rate") for *_, exact in body("reweighted"))


def test_planted_violations_are_found_as_often_as_is_said() -> None:
    assert f"{detectable(1.0, 1, ALPHA):.2f} sigma / sqrt(N)" in TEXT
    for _, _, how, *found in body("planted"):
        for chance, expected in zip(map(float, found), (0.03, 0.46, 0.86, 0.985), strict=True):
            assert chance == pytest.approx(expected, abs=0.03), how
        assert float(found[-1]) >= 0.97
    assert f"{stats.norm.ppf(0.99):.2f} standard errors" in TEXT
    for *_, large, small in body("printed"):
        assert min(float(large), float(small)) >= 0.97


def test_wrong_verdicts_at_an_edge_are_within_the_budget() -> None:
    right = 0
    for claim, truth, refuted, consistent in body("edges"):
        for chance, wrong in ((refuted, truth != "0.5"), (consistent, truth != "0.3")):
            if wrong or "<=" not in claim:
                assert float(chance) <= 0.025, claim
            else:
                assert float(chance) > 0.9
                right += 1
    assert right == 2


def test_completion_order_cries_wolf_and_the_prefix_does_not() -> None:
    alarms = {(workers, words): int(count) for workers, words, _, count in body("schedules")}
    assert alarms["64", "whatever has finished"] == 2000
    for (_, words), count in alarms.items():
        if words == "the contiguous prefix":
            assert count <= stats.binom.isf(1e-5, 2000, 1e-3)
