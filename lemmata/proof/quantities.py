"""Closed forms at the user's numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

import sympy as sp

from lemmata.model import Evaluation, LemmataError
from lemmata.proof.kinds import admit, default, is_vector, read
from lemmata.proof.theorem import Quantity, Theorem

DIGITS = 15
LARGEST_BITS = 4096


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


def signature(quantity: Quantity) -> str:
    """How it is called: ``moment(n, grad_sq)``, and ``neurons(r: naturals)`` where an argument is a vector."""
    words = [
        f"{name}: {spec.partition('=')[0]}" if is_vector(spec) else name
        for name, spec in quantity.parameters.items()
    ]
    return f"{quantity.name}({', '.join(words)})"


def evaluate(owner: str, theorem: Theorem, name: str, arguments: Mapping[str, str]) -> Evaluation:
    """The value, exact where there is an exact one; raises LemmataError for a bad argument."""
    quantity = find(name, theorem, owner)
    texts = _complete(quantity, arguments)
    values = {name: read(name, spec, texts[name]) for name, spec in quantity.parameters.items()}
    try:
        return _shown(name, quantity.formula(**values))
    except LemmataError:
        raise
    except ZeroDivisionError as error:
        raise LemmataError(f"{name} has no value there: a division by zero") from error
    except OverflowError as error:
        raise LemmataError(f"{name} has no value there: a number too large for a float") from error
    except Exception as error:  # a formula is its author's code
        raise LemmataError(f"{name} has no value there: {type(error).__name__}: {error}") from error


def admitted(quantity: Quantity, at: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments that lie where the formula is claimed; integers among them are exact in every division.

    Raises LemmataError naming the first that does not lie there.
    """
    complete = _complete(quantity, at)
    return {
        name: admit(f"{quantity.name}: {name}", spec, at[name])
        if name in at
        else read(name, spec, complete[name])
        for name, spec in quantity.parameters.items()
    }


def _complete(quantity: Quantity, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments with the defaults of those left out; raises LemmataError for unknown and missing ones."""
    for name in arguments:
        if name not in quantity.parameters:
            raise LemmataError(f"{signature(quantity)} has no {name!r}: {near(name, quantity.parameters)}")
    found = dict(arguments)
    for name, spec in quantity.parameters.items():
        if name not in found and not default(spec):
            raise LemmataError(f"{signature(quantity)} needs {name}")
        found.setdefault(name, default(spec))
    return found


def _shown(name: str, value: Any) -> Evaluation:
    if isinstance(value, tuple):
        return Evaluation(name=name, exact=_vectors(value), decimal="")
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


def _vectors(value: tuple[Any, ...]) -> str:
    """A vector, or several of them."""
    if value and all(isinstance(one, tuple) for one in value):
        return ", ".join(map(_vectors, value))
    return f"({', '.join(map(str, value))})"


def _exact_text(expression: Any) -> str | None:
    """The expression as text; None where a number in it has more digits than anyone reads."""
    numbers = [part for r in expression.atoms(sp.Rational) for part in (r.p, r.q)]
    if any(abs(int(part)).bit_length() > LARGEST_BITS for part in numbers):
        return None
    return str(expression)
