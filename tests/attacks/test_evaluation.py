"""The evaluator that says which variants are false: derivatives within derivatives, quotients, and no guesses."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from lemmata.kernel.errors import Undefined
from lemmata.kernel.evaluation import Evaluator
from lemmata.kernel.normal import Normaliser
from lemmata.kernel.parsing import parse_term
from lemmata.kernel.polynomials import constant
from lemmata.kernel.terms import NAT, REAL, Function, Sort

SCOPE: dict[str, Sort] = {
    "a": REAL,
    "b": REAL,
    "n": NAT,
    "f": Function((REAL,), (2,), REAL),
    "g": Function((REAL,), (1,), NAT),
}


def value(source: str) -> Any:
    at = {
        "a": Fraction(2),
        "b": Fraction(3),
        "n": Fraction(2),
        "f": lambda t: t * t * t - t,
        "g": lambda t: t * t,
    }
    return Evaluator({}).term(parse_term(source, SCOPE, {}), at)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        # Two nested derivatives shared one eps: d/dt d/ds (t s) came out as 0.
        ("diff(t: real, diff(s: real, t*s, a), b)", 1),
        ("diff(t: real, t*diff(s: real, t*s, a), b)", 6),
        ("diff(t: real, diff(s: real, s^2*t, t), b)", 12),
        ("diff(t: real, diff(t: real, t^3, t), a)", 12),
        ("diff(t: real, diff(s: real, f(s), t), a)", 12),
        # A negative power of what is differentiated was 1.
        ("diff(t: real, t^(-1), a)", Fraction(-1, 4)),
        ("diff(t: real, t^(-2), a)", Fraction(-1, 4)),
        ("diff(t: real, 1/t, a)", Fraction(-1, 4)),
        ("diff(t: real, (t + 1)/(t^2 + 1), a)", Fraction(5 - 12, 25)),
        ("diff(t: real, 3 - t, a)", -1),
        ("diff(t: real, b, a)", 0),
        ("sum(i: index(n), diff(t: real, t^i, a))", 1),
    ],
)
def test_a_derivative_has_its_value(source: str, expected: Fraction) -> None:
    assert value(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "diff(t: real, [0 < t], a)",
        "diff(t: real, [t = a], a)",
        "diff(t: real, [t != a]*t, a)",
        "diff(t: real, sum(i: index([a <= t]), 1), a)",
        "diff(t: real, sum(i: index(g(t)), 1), a)",
        "diff(t: real, 2^g(t), a)",
        "diff(t: real, 1/(t - a), a)",
        "diff(t: real, (t - a)^(-1), a)",
        "diff(t: real, diff(s: real, 1/(s - t), a), a)",
    ],
)
def test_what_has_no_derivative_is_given_none(source: str) -> None:
    with pytest.raises(Undefined):
        value(source)


@pytest.mark.parametrize(
    "source",
    [
        "diff(t: real, diff(s: real, t*s^2, t), a)",
        "diff(t: real, (t + 1)^3/(t^2 + 1), a)",
        "diff(t: real, sum(i: index(n), t*i + t^2), b)",
        "diff(t: real, diff(s: real, (t*s + 1)^2, a*t), b)",
    ],
)
def test_evaluator_and_kernel_agree_on_derivatives(source: str) -> None:
    term = parse_term(source, SCOPE, {})
    normal = Normaliser().term(term)
    expected = value(source)
    for name, number in (("a", Fraction(2)), ("b", Fraction(3)), ("n", Fraction(2))):
        normal = Normaliser().rebuild(normal, {name: constant(number)})
    assert normal.constant == expected
