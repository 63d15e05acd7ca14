"""Coq accepts the ranks of no-flattening: matrices over all multi-indices below a bound, by degree."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from lemmata.catalogue import scan
from lemmata.coq import FOUNDATIONS, export, vanishing
from lemmata.verification import certificate
from tests.lemmata.coq.conftest import rests_on
from tests.lemmata.coq.test_refusals import unjudged

# All rows, and those without the row of degree 0.
RANKS = ("f", "b")


@cache
def steps() -> dict[str, dict[str, Any]]:
    entry = next(e for e in scan().entries if e.id == "no-flattening")
    return {s["id"]: s for s in json.loads(certificate(entry))["steps"]}


def behind(*names: str) -> set[str]:
    """The named steps with all that they rest on."""
    return set(names).union(*(behind(*steps()[name]["premises"]) for name in names))


def test_the_ranks_are_proved(compile_small: Any) -> None:
    needed = behind(*RANKS)
    parts = [{"label": name, "step": name, "claim": steps()[name]["claim"]} for name in RANKS]
    kept = [s for name, s in steps().items() if name in needed]
    exported = export({"id": "ranks", "steps": kept, "parts": parts})
    assert exported.hypotheses == {}
    done = compile_small(exported.text)
    assert done.returncode == 0, done.stderr
    assert rests_on(done.stdout) <= set(FOUNDATIONS)


@pytest.mark.parametrize("name", RANKS)
def test_one_row_more_is_not_proved(name: str, compile_small: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    record = steps()[name]
    changed = {**record, "claim": record["claim"].replace("then prod(", "then 1 + prod(")}
    assert changed != record
    # The exporter itself would say that its normal form does not vanish; here it is told not to look.
    monkeypatch.setattr(vanishing, "vanishes", lambda poly: True)
    done = compile_small(unjudged(changed, steps()))
    assert done.returncode != 0
    assert "not a valid field equation" in done.stderr
