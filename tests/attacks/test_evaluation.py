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
from tests.attacks.attack import judged, step

SCOPE: dict[str, Sort] = {
    "a": REAL,
    "b": REAL,
    "n": NAT,
    "f": Function((REAL,), (2,), REAL),
    "g": Function((REAL,), (1,), NAT),
}

HALVED = (
    step("0", "define", "for all a: real. half(0, a) = a", symbol="half", recursion=True),
    step(
        "1",
        "define",
        "for all k: nat, a: real. half(k + 1, a) = half(k, a)/2",
        ("0",),
        symbol="half",
        recursion=True,
    ),
)


def value(source: str) -> Any:
    at = {
        "a": Fraction(2),
        "b": Fraction(3),
        "n": Fraction(2),
        "f": lambda t: t * t * t - t,
        "g": lambda t: t * t,
    }
    definitions = judged(*HALVED).definitions
    return Evaluator(definitions).term(parse_term(source, SCOPE, definitions), at)


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
        # A recursion at what is differentiated: the values kept for one point are not those for another.
        ("half(n, a) + diff(t: real, half(n, t), a) + diff(t: real, half(n, t), b)", 1),
        ("diff(t: real, half(n, t)*half(n, 2*t), a)", Fraction(1, 2)),
        ("diff(t: real, diff(s: real, half(n, s*t), a), b)", Fraction(1, 4)),
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
        # This and the next were a traceback, not a refusal.
        "diff(t: real, half(g(t), a), a)",
        "diff(t: real, sum(i: index(g(t)), half(i, t)), a)",
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
