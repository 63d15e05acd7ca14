"""The one place where a number becomes text. An interval is rounded outwards, so what is printed stays true."""

from __future__ import annotations

import math
from decimal import ROUND_CEILING, Decimal
from typing import Any

DIGITS = 7


def value(number: Any) -> str:
    """An exact number as it is, a float to seven significant digits."""
    if isinstance(number, float):
        return f"{number:.{DIGITS}g}"
    return str(number)


def count(n: int) -> str:
    """A number of samples, in groups of three digits."""
    return f"{n:,}"


def bound(number: float) -> str:
    """A nonnegative bound to two significant digits, rounded up."""
    if not math.isfinite(number) or number == 0:
        return value(float(number))
    exact = Decimal(number)
    quantum = Decimal(1).scaleb(exact.adjusted() - 1)
    return f"{float(exact.quantize(quantum, ROUND_CEILING)):.3g}"


def measured(estimate: float, lower: float, upper: float) -> str:
    """``estimate +- half``: contains [lower, upper], with two digits of the half-width.

    A degenerate interval prints as its value, an unbounded one in brackets.
    """
    if lower == estimate == upper:
        return value(estimate)
    if not all(map(math.isfinite, (estimate, lower, upper))):
        return f"{value(estimate)} in [{value(lower)}, {value(upper)}]"
    centre, half = (
        Decimal(estimate),
        max(Decimal(upper) - Decimal(estimate), Decimal(estimate) - Decimal(lower)),
    )
    quantum = Decimal(1).scaleb(half.adjusted() - 1)
    rounded = centre.quantize(quantum)
    half = (half + abs(rounded - centre)).quantize(quantum, ROUND_CEILING)
    exponent = max(rounded, half, key=abs).adjusted()
    if -4 <= exponent < DIGITS:
        return f"{rounded:f} +- {half:f}"
    return f"({rounded.scaleb(-exponent):f} +- {half.scaleb(-exponent):f})e{exponent}"
