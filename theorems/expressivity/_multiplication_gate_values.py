"""The gate's closed forms for activations by name."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from math import exp, sinh
from typing import Any

import sympy as sp

from lemmata.model import LemmataError

z = sp.Symbol("z", real=True)
ACTIVATIONS = {
    "exp": sp.exp(z),
    "softplus": sp.log(1 + sp.exp(z)),
    "logistic": 1 / (1 + sp.exp(-z)),
    "tanh": sp.tanh(z),
    "silu": z / (1 + sp.exp(-z)),
}
NAMES = "|".join(ACTIVATIONS)
GRID = 4096
# Derivatives of order 2 and more of softplus, logistic, tanh and silu have all their extrema well within.
WINDOW = 30.0
LARGEST_EXPONENT = 709.0
# Derivatives of a higher order are not asked for.
HIGHEST = 8


def gate(activation: str, t: Any, u: Any, v: Any, b: Any) -> Any:
    """What the four neurons compute; raises LemmataError where the activation is not curved at the bias."""
    t, u, v, b = map(sp.nsimplify, (t, u, v, b))
    f: Any = sp.Lambda(z, ACTIVATIONS[activation])
    high, low = (f(b + shift) + f(b - shift) for shift in (t * (u + v), t * (u - v)))
    return sp.simplify((high - low) / (4 * curvature(activation, b) * t**2))


def exponential_gate(t: Any, u: Any, v: Any) -> float:
    """sinh(tu) sinh(tv)/t^2; raises LemmataError where it is no float."""
    try:
        return sinh(float(t) * float(u)) * sinh(float(t) * float(v)) / float(t) ** 2
    except (OverflowError, ZeroDivisionError):
        raise LemmataError("sinh(tu) sinh(tv)/t^2 is no number that a float can hold") from None


def leading_coefficient(activation: str, b: Any) -> Any:
    """s_4/(6 s_2): the error divided by t^2 uv (u^2 + v^2), for small t."""
    return sp.simplify(_derivative(activation, 4, b) / (6 * curvature(activation, b)))


def order(activation: str, b: Any) -> int:
    """The power of t in the error: k - 2 for the first even k >= 4 with s_k != 0.

    Raises LemmataError if there is none up to 8.
    """
    curvature(activation, b)
    for k in range(4, HIGHEST + 1, 2):
        if sp.simplify(_derivative(activation, k, b)) != 0:
            return k - 2
    raise LemmataError(f"{activation} has no error of an order below {HIGHEST} at the bias {b}")


def fourth_order_bias() -> Any:
    """ln(5 + 2 sqrt 6), where the logistic function has s_4 = 0."""
    return sp.log(5 + 2 * sp.sqrt(6))


def error_bound(activation: str, t: Any, u: Any, v: Any, b: Any) -> float:
    """t^2 M_4/(6 |s_2|) |uv| (u^2 + v^2), M_4 the largest |f''''| at distance at most t (|u| + |v|) of the bias."""
    reach = float(t) * (abs(float(u)) + abs(float(v)))
    largest = supremum(activation, 4, float(b) - reach, float(b) + reach)
    size = abs(float(u) * float(v)) * (float(u) ** 2 + float(v) ** 2)
    return float(t) ** 2 * largest * size / (6 * abs(float(curvature(activation, b))))


def curvature(activation: str, b: Any) -> Any:
    """s_2, which must not be 0."""
    found = sp.simplify(_derivative(activation, 2, b))
    if found == 0:
        raise LemmataError(
            f"{activation} has s_2 = 0 at the bias {b}: there is no gate there, choose another b"
        )
    return found


def supremum(activation: str, k: int, low: float, high: float) -> float:
    """The largest absolute value of a derivative of order k >= 2: at an end, or where the next one changes its sign.

    Raises LemmataError where it is no float.
    """

    def slope(at: float) -> float:
        return numeric(activation, k + 1, at)

    first, last = max(low, -WINDOW), min(high, WINDOW)
    places = [first + (last - first) * i / GRID for i in range(GRID + 1)] if first < last else []
    # A point of the grid may itself be the place: at the bias 0 of an even derivative it is.
    inner = (_root(slope, x, y) for x, y in pairwise(places) if slope(x) * slope(y) <= 0)
    return max(abs(numeric(activation, k, x)) for x in (low, high, *inner))


def numeric(activation: str, k: int, at: float) -> float:
    """A derivative of order k >= 2, as precise far from 0 as near it; raises LemmataError where it is no float.

    All but that of exp are derivatives of the logistic function p, which are p (1 - p) times a polynomial in p.
    """
    match activation:
        case "exp":
            if at > LARGEST_EXPONENT:
                raise LemmataError(
                    f"exp({at:.6g}) is no number that a float can hold: take a smaller t, u, v or b"
                )
            return exp(at)
        case "softplus":
            return _logistic(k - 1, at)
        case "tanh":
            return 2.0 ** (k + 1) * _logistic(k, 2 * at)
        case "silu":
            return at * _logistic(k, at) + k * _logistic(k - 1, at)
        case _:
            return _logistic(k, at)


def _logistic(k: int, at: float) -> float:
    small = exp(-abs(at))
    p = (1.0 if at >= 0 else small) / (1 + small)
    return small / (1 + small) ** 2 * sum(c * p**i for i, c in enumerate(_quotient(k)))


@cache
def _quotient(k: int) -> tuple[int, ...]:
    """The polynomial q with p^(k) = p (1 - p) q(p): 1, then the derivative of p (1 - p) q in p."""
    if k == 1:
        return (1,)
    before = _quotient(k - 1)
    product = [0, *before, 0]
    for i, c in enumerate(before):
        product[i + 2] -= c
    return tuple(i * c for i, c in enumerate(product))[1:]


def _root(function: Any, low: float, high: float) -> float:
    rising = function(high) > 0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if (function(middle) > 0) == rising else (middle, high)
    return low


def _derivative(activation: str, k: int, b: Any) -> Any:
    return sp.diff(ACTIVATIONS[activation], z, k).subs(z, sp.nsimplify(b))
