"""Closed forms at the user's numbers."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

import sympy as sp

from lemmata.model import Evaluation, LemmataError
from lemmata.proof.theorem import Quantity, Theorem

LARGEST = 100_000
DIGITS = 15
_RANGES: dict[str, tuple[str, Any]] = {
    "nat": ("a natural number", lambda v: v.denominator == 1 and 0 <= v <= LARGEST),
    "real": ("a number", lambda v: True),
    "nonnegative": ("a number, at least 0", lambda v: v >= 0),
    "positive": ("a number above 0", lambda v: v > 0),
    "probability": ("a number in [0, 1]", lambda v: 0 <= v <= 1),
}


def find(name: str, theorem: Theorem, owner: str) -> Quantity:
    """The quantity of that name; raises LemmataError with the nearest names."""
    known = {q.name: q for q in theorem.quantities}
    if name not in known:
        near = get_close_matches(name, known, cutoff=0.4)
        hint = f"did you mean {' or '.join(near)}?" if near else f"it has {', '.join(known) or 'none'}"
        raise LemmataError(f"{owner} has no quantity {name!r}: {hint}")
    return known[name]


def evaluate(owner: str, theorem: Theorem, name: str, arguments: Mapping[str, str]) -> Evaluation:
    """The value, exact where there is an exact one; raises LemmataError for a bad argument."""
    quantity = find(name, theorem, owner)
    unknown = [a for a in arguments if a not in quantity.parameters]
    missing = [p for p in quantity.parameters if p not in arguments]
    if unknown or missing:
        call = f"{name}({', '.join(quantity.parameters)})"
        raise LemmataError(f"{call} {f'has no {unknown[0]!r}' if unknown else f'needs {missing[0]}'}")
    values = {p: _argument(p, kind, arguments[p]) for p, kind in quantity.parameters.items()}
    try:
        value = quantity.formula(**values)
    except (ArithmeticError, ValueError) as error:
        raise LemmataError(f"{name} has no value there: {error}") from error
    return _shown(name, value)


def _argument(name: str, kind: str, text: str) -> int | Fraction:
    words, allowed = _RANGES[kind]
    try:
        value = Fraction(text) if len(text) < 200 else None
    except (ValueError, ZeroDivisionError):
        value = None
    if value is None or not allowed(value):
        bound = f" up to {LARGEST}" if kind == "nat" else ""
        raise LemmataError(f"{name} must be {words}{bound}, not {text[:40]!r}")
    return int(value) if kind == "nat" else value


def _shown(name: str, value: Any) -> Evaluation:
    exact = sp.Rational(value.numerator, value.denominator) if isinstance(value, int | Fraction) else value
    if isinstance(value, float):
        return Evaluation(name=name, exact=None, decimal=f"{value:.{DIGITS}g}")
    expression = sp.sympify(exact)
    if not expression.is_number or expression.is_real is False:
        raise LemmataError(f"{name} has no real value there")
    decimal = str(sp.N(expression, DIGITS))
    if expression.is_Integer and abs(expression) < 10**DIGITS:
        decimal = str(expression)
    return Evaluation(name=name, exact=str(expression), decimal=decimal)
