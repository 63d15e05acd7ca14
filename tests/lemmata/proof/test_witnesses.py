"""The findings of a witness are judged by the toolkit, whatever their author thinks of them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import pytest
import sympy as sp

from lemmata.model import ErratumGrade
from lemmata.proof import Comparison, Counterexample, Erratum, Identity, claim, eq, le, real
from lemmata.proof.theorem import Finding
from lemmata.proof.witnesses import refutes

x = real("x")
SQUARE = claim((x,), eq((x + 1) ** 2, x**2 + 1))
TRUE = Comparison("one and two", 1, "<", 2)


def erratum(*findings: Finding, grade: ErratumGrade = "false", witness: bool = True) -> Erratum:
    def found() -> Iterable[Finding]:
        return findings

    return Erratum("e", "A2000", "p", grade, "c", "a", found if witness else None)


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        (TRUE, "one and two: 1 < 2"),
        (Counterexample("printed", SQUARE, {"x": 1}), "printed, at x=1: 4 against 2"),
        (Identity("square", claim((x,), eq((x + 1) ** 2, x**2 + 2 * x + 1))), "square: "),
    ],
)
def test_a_finding_that_holds(finding: Finding, words: str) -> None:
    refuted, said = refutes(erratum(finding))
    assert refuted is True and said is not None and said.startswith(words)


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        (Comparison("two and one", 2, "<", 1), "(false)"),
        (Comparison("one", sp.sin(1) ** 2 + sp.cos(1) ** 2, "<=", 1), "(undecided)"),
        (Counterexample("printed", SQUARE, {"x": 0}), "(not refuted)"),
        (Counterexample("printed", SQUARE, {}), "no instance"),
        (Counterexample("outside", claim((x,), eq(x, 0), [le(1, x)]), {"x": Fraction(1, 2)}), "not refuted"),
        (Identity("square", SQUARE), "refused"),
        (Identity("no identity", claim((x,), le(0, x**2))), "refused"),
    ],
)
def test_one_finding_that_does_not_hold_is_enough(finding: Finding, words: str) -> None:
    refuted, said = refutes(erratum(TRUE, finding))
    assert refuted is False and said is not None and words in said


def test_only_an_attribution_needs_no_witness() -> None:
    assert refutes(erratum(grade="attribution", witness=False)) == (None, None)
    assert refutes(erratum(witness=False)) == (False, "there is no witness")
    assert refutes(erratum())[0] is False, "no finding refutes nothing"
