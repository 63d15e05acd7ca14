"""An exponential and its inverses with rational values, at the numbers where hamiltonian-order looks at them.

64^t is rational at multiples of 1/6, but the logarithms of cosh are not. They are made to measure: the number BASE^i
has the exponential cosh(i/6), and sums of such numbers the products, so that e^(s + t) = e^s e^t throughout.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import Any

from lemmata.proof import Undefined, with_slope

BASE = 10**6
HALF = Fraction(1, 2)


def _power(sixths: int) -> Fraction:
    return Fraction(2) ** sixths


def _cosh(sixths: int) -> Fraction:
    return (_power(sixths) + _power(-sixths)) / 2


def _exponential(at: Fraction) -> Fraction:
    """64^t times the made exponentials of the digits of t in the base BASE, which may be negative."""
    whole = floor(at / BASE + HALF)
    rest, value, place = at - whole * BASE, Fraction(1), 0
    while whole:
        place += 1
        digit = (whole + BASE // 2) % BASE - BASE // 2
        value *= _cosh(place) ** digit
        whole = (whole - digit) // BASE
    if (6 * rest).denominator != 1:
        raise Undefined(f"64^{rest} is not rational")
    return value * _power(int(6 * rest))


def _log_cosh(at: Fraction) -> Fraction:
    sixths = abs(int(6 * at))
    return Fraction(BASE) ** sixths if sixths else Fraction(0)


def _tanh(at: Any) -> Any:
    up, down = exponential(at), exponential(-at)
    return (up - down) / (up + down)


exponential = with_slope(_exponential, lambda at: exponential(at))
log_cosh = with_slope(_log_cosh, _tanh)
logistic = with_slope(lambda at: 1 / (1 + exponential(-at)), lambda at: logistic(at) * (1 - logistic(at)))
