"""The kinds of numbers, vectors and words that a closed form takes: read from text, or admitted from a twin."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from fractions import Fraction
from numbers import Real
from typing import Any, NoReturn

from lemmata.model import LemmataError

LARGEST = 100_000
# Arguments longer than this are no numbers that anyone means, and 10^(10^9) would never be finished.
LONGEST, LARGEST_EXPONENT = 200, 400
ENTRIES = 1000
SHOWN = 40
_NUMBER = re.compile(
    r"[+-]?(?:[0-9]+/[0-9]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE](?P<exponent>[+-]?[0-9]+))?)", re.ASCII
)
_RANGES: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "nat": (f"a natural number up to {LARGEST}", lambda v: v.denominator == 1 and 0 <= v <= LARGEST),
    "count": (f"a whole number from 1 to {LARGEST}", lambda v: v.denominator == 1 and 1 <= v <= LARGEST),
    "real": ("a number", lambda v: True),
    "nonnegative": ("a number, at least 0", lambda v: v >= 0),
    "positive": ("a number above 0", lambda v: v > 0),
    "probability": ("a number in [0, 1]", lambda v: 0 <= v <= 1),
}
# A vector's kind: that of its entries, and what is said of them together with an example.
_VECTORS = {
    "naturals": ("nat", f"natural numbers up to {LARGEST}, such as 3,2,1"),
    "reals": ("real", "numbers, such as 3,1/2,-1"),
}
_WHOLE = ("nat", "count")

KINDS = (*_RANGES, *_VECTORS)


def is_kind(spec: str) -> bool:
    """Whether a parameter may be declared so: a kind, words to choose from (``exp|tanh``), or ``kind=default``."""
    return _kind(spec) in KINDS or "|" in spec


def is_vector(spec: str) -> bool:
    """Whether the values are comma-separated."""
    return _kind(spec) in _VECTORS


def default(spec: str) -> str:
    """The text of the default; empty if the argument must be given."""
    return spec.partition("=")[2]


def read(name: str, spec: str, text: str) -> Any:
    """The value of a text: a word, an int, a Fraction, or a tuple of them; raises LemmataError for any other text."""
    kind = _kind(spec)
    if kind in _VECTORS:
        return _vector(name, kind, text)
    words, allowed = _range(name, kind)
    value = text if "|" in kind else _number(name, text)
    if value is None or not allowed(value):
        _refuse(name, words, repr(text[:SHOWN]))
    return _exact(kind, value)


def admit(name: str, spec: str, value: Any) -> Any:
    """The value, in exact numbers wherever it is whole; raises LemmataError where it is not of the kind."""
    kind = _kind(spec)
    if kind in _VECTORS:
        entry, words = _VECTORS[kind]
        if not isinstance(value, tuple | list) or not 0 < len(value) <= ENTRIES:
            _refuse(name, f"a vector of {words}", str(value)[:SHOWN])
        return tuple(admit(f"{name}, entry {k},", entry, one) for k, one in enumerate(value, 1))
    words, allowed = _range(name, kind)
    if not isinstance(value, str) and not (isinstance(value, Real) and math.isfinite(value)):
        _refuse(name, words, str(value)[:SHOWN])
    if not allowed(value if isinstance(value, str) else Fraction(value)):  # type: ignore[arg-type]
        _refuse(name, words, str(value)[:SHOWN])
    return _exact(kind, value)


def _kind(spec: str) -> str:
    return spec.partition("=")[0]


def _refuse(name: str, words: str, found: str) -> NoReturn:
    raise LemmataError(f"{name} must be {words}, not {found}")


def _exact(kind: str, value: Any) -> Any:
    """Integers are exact in every division."""
    if kind in _WHOLE:
        return int(value)
    return Fraction(value) if isinstance(value, int) else value


def _range(name: str, kind: str) -> tuple[str, Callable[[Any], bool]]:
    if "|" in kind:
        choices = kind.split("|")
        return f"one of {', '.join(choices)}", lambda v: v in choices
    if kind not in _RANGES:
        raise LemmataError(
            f"the parameter {name} is of no known kind: {kind!r} is none of {', '.join(KINDS)}"
        )
    words, allowed = _RANGES[kind]
    return words, lambda v: not isinstance(v, str) and allowed(v)


def _vector(name: str, kind: str, text: str) -> tuple[Any, ...]:
    entry, words = _VECTORS[kind]
    texts = text.split(",")
    if len(texts) > ENTRIES:
        raise LemmataError(f"{name} has {len(texts)} entries: take at most {ENTRIES}")
    found: list[Any] = []
    for k, one in enumerate(texts, 1):
        value = _number(f"{name}, entry {k},", one)
        if value is None or not _RANGES[entry][1](value):
            raise LemmataError(f"{name} must be {words}: its entry {k} is {one[:SHOWN]!r}")
        found.append(_exact(entry, value))
    return tuple(found)


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
