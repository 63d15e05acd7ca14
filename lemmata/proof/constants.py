"""Exact constants compared: fractions as they are, others by enclosures that shrink until they lie apart."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import prod
from typing import Any

import flint
import sympy as sp

from lemmata.model import LemmataError

PRECISIONS = (64, 256, 1024, 4096)
DIGITS = 10
_SIGNS: dict[str, Callable[[int], bool]] = {
    "=": lambda sign: sign == 0,
    "!=": lambda sign: sign != 0,
    "<": lambda sign: sign < 0,
    "<=": lambda sign: sign <= 0,
}
_FUNCTIONS: dict[Any, Callable[[Any], Any]] = {
    sp.exp: flint.arb.exp,
    sp.log: flint.arb.log,
    sp.sin: flint.arb.sin,
    sp.cos: flint.arb.cos,
    sp.tanh: flint.arb.tanh,
}


def constant(value: Any) -> sp.Expr:
    """A whole number, a fraction or a constant of SymPy's; raises LemmataError for a float, or what is no constant."""
    if isinstance(value, Fraction):
        return sp.Rational(value.numerator, value.denominator)
    if isinstance(value, int | sp.Expr) and not isinstance(value, bool):
        found = sp.sympify(value)
        if not found.free_symbols and not found.has(sp.Float):
            return found
    raise LemmataError(f"{value!r} is no exact number: a float, or a symbol, decides nothing")


def compare(left: Any, op: str, right: Any) -> bool | None:
    """Whether ``left op right``; None where the enclosures still overlap at the highest precision."""
    one, two = constant(left), constant(right)
    if isinstance(one, sp.Rational) and isinstance(two, sp.Rational):
        a, b = (Fraction(int(r.p), int(r.q)) for r in (one, two))
        return _SIGNS[op]((a > b) - (a < b))
    for bits in PRECISIONS:
        with flint.ctx.workprec(bits):
            gap = enclosure(one) - enclosure(two)
        if gap > 0 or gap < 0:
            return _SIGNS[op](1 if gap > 0 else -1)
    return None


def enclosure(expression: Any) -> Any:
    """A ball that contains the constant, at the precision that is set; raises LemmataError for an unknown function."""
    match expression:
        case sp.Rational():
            return flint.arb(flint.fmpq(int(expression.p), int(expression.q)))
        case sp.Add():
            return sum(map(enclosure, expression.args), flint.arb(0))
        case sp.Mul():
            return prod(map(enclosure, expression.args), start=flint.arb(1))
        case sp.Pow(base=base, exp=sp.Integer() as power):
            return enclosure(base) ** int(power)
        case sp.Pow(base=base, exp=power):
            return enclosure(base) ** enclosure(power)
    if expression is sp.E:
        return flint.arb.const_e()
    if expression.func in _FUNCTIONS:
        return _FUNCTIONS[expression.func](enclosure(expression.args[0]))
    raise LemmataError(f"{expression} cannot be enclosed: {expression.func} is not known here")


def text(value: Any) -> str:
    """A fraction as it is, any other constant to ten digits."""
    exact = constant(value)
    if isinstance(exact, sp.Rational):
        return str(exact)
    with flint.ctx.workprec(PRECISIONS[0]):
        return f"{float(enclosure(exact).mid()):.{DIGITS}g}"
