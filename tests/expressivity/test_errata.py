"""The errata of the catalogue: every witness holds when it is computed anew, and would not if the source were right."""

from __future__ import annotations

import importlib
import re
from dataclasses import replace
from pathlib import Path

import pytest

from lemmata.proof import Comparison, Counterexample, Erratum
from lemmata.proof.theorem import Finding
from lemmata.proof.witnesses import refutes
from theorems.expressivity import _hamiltonian_order_errata as order
from theorems.expressivity import _no_flattening_errata as flattening

ROOT = Path(__file__).resolve().parents[2]
COMPANIONS = sorted(path for path in (ROOT / "theorems").glob("*/_*_errata.py"))
ERRATA = [
    erratum
    for path in COMPANIONS
    for erratum in importlib.import_module(f"theorems.{path.parent.name}.{path.stem}").errata
]


@pytest.mark.parametrize("erratum", ERRATA, ids=lambda e: e.name)
def test_a_witness_refutes_what_is_printed(erratum: Erratum) -> None:
    assert refutes(erratum)[0] is True, refutes(erratum)[1]


@pytest.mark.parametrize("erratum", ERRATA, ids=lambda e: e.name)
def test_an_erratum_says_what_it_must(erratum: Erratum) -> None:
    keys = re.findall(r"^@\w+\{(\w+),", (ROOT / "paper" / "references.bib").read_text(encoding="utf-8"), re.M)
    assert re.split(r"\W", erratum.source)[0] in keys
    assert erratum.grade in ("false", "imprecise", "attribution")
    assert erratum.witness or erratum.grade == "attribution"
    assert all((erratum.name, erratum.printed, erratum.corrected, erratum.part))
    assert len(erratum.printed) < 120, "a paraphrase, not a quotation"


def test_names_are_unique() -> None:
    names = [erratum.name for erratum in ERRATA]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("erratum", ERRATA, ids=lambda e: e.name)
def test_no_finding_is_idle(erratum: Erratum) -> None:
    """Turned round, each comparison and each counterexample fails: none of them would hold of anything."""
    assert erratum.witness
    for finding in erratum.witness():
        turned = _turned(finding)
        if turned is not None:
            changed = replace(erratum, witness=lambda turned=turned: [turned])
            assert refutes(changed)[0] is False, turned


def _turned(finding: Finding) -> Finding | None:
    match finding:
        case Comparison(words, left, "=", right):
            return Comparison(words, left, "!=", right)
        case Comparison(words, left, "!=", right):
            return Comparison(words, left, "=", right)
        case Comparison(words, left, op, right):
            return Comparison(words, right, op, left)
        case Counterexample(words, statement, instance):
            return Counterexample(words, replace(statement, then=replace(statement.then, op="!=")), instance)
    return None


def test_the_published_numbers() -> None:
    assert [flattening.tree_neurons(n) for n in (1, 2, 3, 32)] == [0, 4, 8, 124]
    errors = [finding for finding in order.lost_decimals() if "10^-3" in finding.words]
    assert str(errors[0].right) == "1/101"
