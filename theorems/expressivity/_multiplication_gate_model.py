"""Where the hypotheses of multiplication-gate hold: polynomials and bounds, 64^z and its logistic function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from random import Random
from typing import Any

from lemmata.proof import with_slope

# Every number here is a multiple of 1/6, so that 64^z is rational.
SIGNS = ((1, 1), (1, -1), (-1, 1), (-1, -1))


def model(seed: int) -> Mapping[str, Any]:
    """Exact values of the symbols that the hypotheses speak of."""
    random = Random(seed)
    one, two = SIGNS[seed % 4]
    t, b = Fraction(random.randint(1, 2), 2), Fraction(random.randint(-2, 2), 2)
    u, v = one * Fraction(random.randint(2, 3)), two * Fraction(random.randint(0, 2))
    r = t * (abs(u) + abs(v)) + 2
    sigma, tau = _polynomial(random, 6), _polynomial(random, 10)
    M = max(_bound(sigma, 4, abs(b) + r), _bound(tau, 8, abs(b) + r))
    numbers = {"t": t, "b": b, "u": u, "v": v, "r": r, "M": M, "E": r, "X": Fraction(2), "Y": Fraction(1, 2)}
    inside = {
        "a": Fraction(1, 6),
        "y": Fraction(1, 3),
        "z": Fraction(1, 2),
        "x": Fraction(3, 2),
        "w": b + r / 2,
    }
    ordered = {"p": Fraction(-1), "q": Fraction(1, 3), "c": Fraction(2)}
    functions = {"sigma": _value(sigma), "tau": _value(tau), "ex": exponential, "lo": logistic}
    return {**numbers, **inside, **ordered, **functions}


def _polynomial(random: Random, degree: int) -> list[Fraction]:
    """Coefficients, the constant one first; the second derivative is at least 1 wherever it is asked for."""
    found = [Fraction(random.randint(-3, 3), 2) for _ in range(degree + 1)]
    for k in range(2, degree + 1):
        found[k] = abs(found[k]) + Fraction(1, 2) if k % 2 == 0 else Fraction(0)
    return found


def _value(coefficients: list[Fraction]) -> Callable[[Any], Any]:
    def function(at: Any) -> Any:
        value: Any = Fraction(0)
        for c in reversed(coefficients):
            value = value * at + c
        return value

    return function


def _bound(coefficients: list[Fraction], order: int, size: Fraction) -> Fraction:
    """What the derivative of an order cannot exceed on [-size, size]."""
    found = list(coefficients)
    for _ in range(order):
        found = [k * c for k, c in enumerate(found)][1:]
    return sum((abs(c) * size**k for k, c in enumerate(found)), Fraction(0))


def _power(at: Fraction) -> Fraction:
    return Fraction(2) ** int(6 * at)


exponential = with_slope(_power, lambda at: exponential(at))
logistic = with_slope(lambda at: _power(at) / (1 + _power(at)), lambda at: logistic(at) * (1 - logistic(at)))
