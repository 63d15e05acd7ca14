"""Closed forms at the user's numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

import sympy as sp

from lemmata.model import Evaluation, LemmataError
from lemmata.proof.theorem import Quantity, Theorem

LARGEST = 100_000
DIGITS = 15
# Arguments longer than this are no numbers that anyone means, and 10^(10^9) would never be finished.
LONGEST, LARGEST_EXPONENT = 200, 400
LARGEST_BITS = 4096
SHOWN = 40
_NUMBER = re.compile(
    r"[+-]?(?:[0-9]+/[0-9]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE](?P<exponent>[+-]?[0-9]+))?)", re.ASCII
)
_RANGES: dict[str, tuple[str, Any]] = {
    "nat": (f"a natural number up to {LARGEST}", lambda v: v.denominator == 1 and 0 <= v <= LARGEST),
    "count": (f"a whole number from 1 to {LARGEST}", lambda v: v.denominator == 1 and 1 <= v <= LARGEST),
    "real": ("a number", lambda v: True),
    "nonnegative": ("a number, at least 0", lambda v: v >= 0),
    "positive": ("a number above 0", lambda v: v > 0),
    "probability": ("a number in [0, 1]", lambda v: 0 <= v <= 1),
}

_WHOLE = ("nat", "count")

KINDS = tuple(_RANGES)


def near(name: str, known: Iterable[str]) -> str:
    """What to say after an unknown name: the nearest ones, or all of them."""
    names = list(known)
    found = get_close_matches(name, names, cutoff=0.4)
    return f"did you mean {' or '.join(found)}?" if found else f"it has {', '.join(names) or 'none'}"


def find(name: str, theorem: Theorem, owner: str) -> Quantity:
    """The quantity of that name; raises LemmataError with the nearest names."""
    known = {q.name: q for q in theorem.quantities}
    if name not in known:
        raise LemmataError(f"{owner} has no quantity {name!r}: {near(name, known)}")
    return known[name]


def evaluate(owner: str, theorem: Theorem, name: str, arguments: Mapping[str, str]) -> Evaluation:
    """The value, exact where there is an exact one; raises LemmataError for a bad argument."""
    quantity = find(name, theorem, owner)
    texts = {name: str(value) for name, value in _complete(quantity, arguments).items()}
    values = {name: _argument(name, spec, texts[name]) for name, spec in quantity.parameters.items()}
    try:
        return _shown(name, quantity.formula(**values))
    except LemmataError:
        raise
    except Exception as error:  # a formula is its author's code
        raise LemmataError(f"{name} has no value there: {type(error).__name__}: {error}") from error


def admitted(quantity: Quantity, at: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments that lie where the formula is claimed; integers among them are exact in every division.

    Raises LemmataError naming the first that does not lie there.
    """
    at = _complete(quantity, at)
    return {
        name: _admitted(quantity.name, name, spec, at[name]) for name, spec in quantity.parameters.items()
    }


def _admitted(owner: str, name: str, spec: str, value: Any) -> Any:
    kind = _kind(spec)
    words, allowed = _range(name, kind)
    number = isinstance(value, str) or math.isfinite(value)
    if not number or not allowed(value if isinstance(value, str) else Fraction(value)):
        raise LemmataError(f"{owner}: {name} must be {words}, not {value}")
    if kind in _WHOLE:
        return int(value)
    return Fraction(value) if isinstance(value, int) else value


def is_kind(spec: str) -> bool:
    """Whether a parameter may be declared so: a kind, words to choose from (``exp|tanh``), or ``kind=default``."""
    return _kind(spec) in _RANGES or "|" in spec


def _kind(spec: str) -> str:
    return spec.partition("=")[0]


def _range(name: str, kind: str) -> tuple[str, Any]:
    if "|" in kind:
        choices = kind.split("|")
        return f"one of {', '.join(choices)}", lambda v: v in choices
    if kind not in _RANGES:
        raise LemmataError(
            f"the parameter {name} is of no known kind: {kind!r} is none of {', '.join(_RANGES)}"
        )
    words, allowed = _RANGES[kind]
    return words, lambda v: not isinstance(v, str) and allowed(v)


def _complete(quantity: Quantity, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments with the defaults of those left out; raises LemmataError for unknown and missing ones."""
    call = f"{quantity.name}({', '.join(quantity.parameters)})"
    for name in arguments:
        if name not in quantity.parameters:
            raise LemmataError(f"{call} has no {name!r}: {near(name, quantity.parameters)}")
    found = dict(arguments)
    for name, spec in quantity.parameters.items():
        default = spec.partition("=")[2]
        if name not in found and not default:
            raise LemmataError(f"{call} needs {name}")
        found.setdefault(name, Fraction(default) if default else None)
    return found


def _argument(name: str, spec: str, text: str) -> int | Fraction | str:
    kind = _kind(spec)
    words, allowed = _range(name, kind)
    value = text if "|" in kind else _number(name, text)
    if value is None or not allowed(value):
        raise LemmataError(f"{name} must be {words}, not {text[:SHOWN]!r}")
    return int(value) if kind in _WHOLE else value


def _number(name: str, text: str) -> Fraction | None:
    """An integer, a fraction or a decimal; None for anything else. Raises LemmataError for one that is too long."""
    found = _NUMBER.fullmatch(text) if len(text) < LONGEST else None
    if len(text) >= LONGEST or (found and abs(int(found["exponent"] or 0)) > LARGEST_EXPONENT):
        raise LemmataError(
            f"{name} = {text[:SHOWN]}{'...' if len(text) > SHOWN else ''} is too long to compute with: take fewer "
            f"than {LONGEST} characters, and an exponent within {LARGEST_EXPONENT} of 0"
        )
    if found is None:
        return None
    try:
        return Fraction(text)
    except ZeroDivisionError:
        return None


def _shown(name: str, value: Any) -> Evaluation:
    if isinstance(value, float) and math.isfinite(value):
        return Evaluation(name=name, exact=None, decimal=f"{value:.{DIGITS}g}")
    exact = sp.Rational(value.numerator, value.denominator) if isinstance(value, int | Fraction) else value
    expression = sp.sympify(exact, strict=True)
    number = sp.N(expression, DIGITS) if expression.is_number else sp.nan
    if not (number.is_real and number.is_finite):
        raise LemmataError(f"{name} has no real value there")
    mantissa, _, exponent = str(number).partition("e")
    decimal = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    decimal += f"e{exponent}" if exponent else ""
    if expression.is_Integer and abs(expression) < 10**DIGITS:
        decimal = str(expression)
    return Evaluation(name=name, exact=_exact_text(expression), decimal=decimal)


def _exact_text(expression: Any) -> str | None:
    """The expression as text; None where a number in it has more digits than anyone reads."""
    numbers = [part for r in expression.atoms(sp.Rational) for part in (r.p, r.q)]
    if any(abs(int(part)).bit_length() > LARGEST_BITS for part in numbers):
        return None
    return str(expression)
