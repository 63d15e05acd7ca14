"""Exact constants: what lies apart is told apart, what may be equal is undecided, and a float decides nothing."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy as sp

from lemmata.model import LemmataError
from lemmata.proof.constants import compare, text

NEARLY = sp.Rational(2718281828459045235360287471352, 10**30)  # e rounded down at 30 decimals


@pytest.mark.parametrize(
    ("left", "op", "right"),
    [
        (1, "<", Fraction(3, 2)),
        (Fraction(1, 3), "=", sp.Rational(1, 3)),
        (1, "<=", 1),
        (1, "!=", 2),
        (sp.exp(1), "!=", NEARLY),
        (NEARLY, "<", sp.exp(1)),
        (sp.exp(1), "<", NEARLY + sp.Rational(1, 10**30)),
        (sp.sqrt(2), "<", sp.Rational(141421356237309504880168872421, 10**29)),
        (sp.sin(1) ** 2 + sp.cos(1) ** 2, "<", 1 + sp.Rational(1, 10**1000)),
        (sp.tanh(1), "<", 1),
        (sp.log(2), "<=", Fraction(7, 10)),
        (1 / (1 + sp.exp(-2)), "<", sp.Rational(9, 10)),
    ],
)
def test_a_true_relation_is_decided_and_its_opposite_too(left: object, op: str, right: object) -> None:
    assert compare(left, op, right) is True
    opposite = {"<": "<=", "<=": "<", "=": "!=", "!=": "="}[op]
    turned = (left, opposite, right) if op in ("=", "!=") else (right, opposite, left)
    assert compare(*turned) is False


@pytest.mark.parametrize("op", ["=", "!=", "<", "<="])
def test_equal_irrationals_are_undecided(op: str) -> None:
    assert compare(sp.sin(1) ** 2 + sp.cos(1) ** 2, op, 1) is None


@pytest.mark.parametrize("value", [0.5, sp.Float(1), sp.exp(sp.Float(1)), sp.Symbol("x"), True, "1", None])
def test_what_is_not_exact_decides_nothing(value: object) -> None:
    with pytest.raises(LemmataError, match="no exact number"):
        compare(value, "<", 1)


def test_a_function_that_cannot_be_enclosed_is_named() -> None:
    with pytest.raises(LemmataError, match="zeta"):
        compare(sp.zeta(3), "<", 2)


def test_text() -> None:
    assert (text(Fraction(1, 3)), text(sp.exp(1)), text(2)) == ("1/3", "2.718281828", "2")
