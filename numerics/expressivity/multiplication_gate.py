r"""Twin of expressivity.multiplication_gate: four neurons evaluated at drawn numbers.

Gate.        m(u, v) from four values of the activation, for 10^4 drawn pairs (u, v) of either sign.
Derivatives. Power series composed from those of exp, log and a quotient; their largest value on a grid for bounds.
Exact.       A quartic in fractions, where gate and bound are compared without rounding.
Order.       Errors at t and t/2: the slope of their logarithm, and what is left of their ratio by extrapolation.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import log2
from typing import Any

import numpy

from lemmata.model import LemmataError, Row
from lemmata.sampling import Stream, to_host
from numerics.expressivity._jets import derivatives

PAIRS = 10_000
GRID = 2**12
# Activations at a bias where s_2 is not 0, and a t at which the bound is looked at.
BIASES = {"exp": 0.0, "softplus": 0.0, "logistic": 1.0, "tanh": 0.5, "silu": 0.0}
SMALL, LARGE = 0.05, 0.4
# The gate loses digits like 2^-52 / t^2.
ROUNDING = 1e-11
LEAST = 0.01
# Scales at which the error is that of rounding.
ROUNDED = (2.0**-16, 2.0**-22)


def rows(rng: Stream, xp: Any, *, t: float = 0.2) -> Iterator[Row]:
    """The rows of the experiment; ``t`` is the scale of the weights at which the bounds are looked at.

    Raises LemmataError for t outside [0.01, 1]: below, the rounding of the gate is larger than its error.
    """
    if not LEAST <= t <= 1:
        raise LemmataError(
            f"t = {t} is outside [{LEAST}, 1]: below, rounding is larger than the gate's error"
        )
    pairs = 2.0 * rng.uniform((PAIRS, 2)) - 1.0
    for name, bias in BIASES.items():
        yield _bounded(name, bias, t, pairs, 4, xp)
    yield _bounded("softplus", 0.0, LARGE, pairs, 8, xp)
    yield from _exact_rows(rng.spawn("fractions"))
    yield from _oddness(pairs[0, :], t, xp)
    yield from _orders(pairs, xp)
    yield from _logistic_rows(pairs, xp)
    # A fixed number of neurons is not a fixed precision.
    yield _row("rounding", "a", "rounding_order", {}, _rounding_slope(pairs, xp), tolerance=0.1)
    point = _numbers(t, pairs[1, :])
    value = float(gate("exp", 0.0, t, pairs[1:2, 0], pairs[1:2, 1], xp)[0])
    yield _row("exponential", "f", "exponential_gate", point, value)


def gate(name: str, bias: float, t: float, u: Any, v: Any, xp: Any) -> Any:
    """The four neurons, float64 (pairs,)."""

    def neuron(shift: Any) -> Any:
        return derivatives(name, bias + t * shift, 1, xp)[0, :]

    total = neuron(u + v) + neuron(-(u + v)) - neuron(u - v) - neuron(v - u)
    return total / (4.0 * _at(name, bias, 2, xp) * t**2)


def _at(name: str, bias: float, order: int, xp: Any) -> float:
    return float(derivatives(name, xp.asarray([bias], dtype=xp.float64), max(order, 1), xp)[order, 0])


def _bounded(name: str, bias: float, t: float, pairs: Any, order: int, xp: Any) -> Row:
    """The pair that comes nearest to its own bound, whose M is the largest derivative that its neurons can meet."""
    u, v = pairs[:, 0], pairs[:, 1]
    known = u * v
    if order == 8:
        known = known * (1.0 + t**2 * _at(name, bias, 4, xp) / (6 * _at(name, bias, 2, xp)) * (u**2 + v**2))
        sixth = t**4 * _at(name, bias, 6, xp) / (360 * _at(name, bias, 2, xp))
        known = known + u * v * sixth * (3 * u**4 + 10 * u**2 * v**2 + 3 * v**4)
    errors = (gate(name, bias, t, u, v, xp) - known) ** 2
    sizes = (u * v * (u**2 + v**2)) ** 2 if order == 4 else (u * v * (u**2 + v**2) ** 3) ** 2
    largest = _largest_within(name, bias, order, t * (xp.abs(u) + xp.abs(v)), xp)
    near = errors / xp.where(sizes > 0, sizes * largest**2, 1.0)
    k = int(xp.argmax(xp.where(sizes > 1e-2, near, 0.0)))
    at = {**_numbers(t, pairs[k, :]), "s2": _at(name, bias, 2, xp), "M": float(largest[k])}
    part, quantity = ("a", "squared_error_bound") if order == 4 else ("d", "squared_expansion_bound")
    return _row(f"{name}-order-{order}", part, quantity, at, float(errors[k]), relation="<=", relative=1e-5)


def _largest_within(name: str, bias: float, order: int, reach: Any, xp: Any) -> Any:
    """The largest derivative at distance at most ``reach`` of the bias, float64, as that: on a grid that covers it."""
    far = float(xp.max(reach))
    steps = far * xp.arange(GRID + 1, dtype=xp.float64) / GRID
    both = [xp.abs(derivatives(name, bias + sign * steps, order, xp)[order, :]) for sign in (1.0, -1.0)]
    running = numpy.maximum.accumulate(to_host(xp.maximum(*both)))
    # The step that reaches just beyond.
    return xp.take(xp.asarray(running), xp.astype(xp.ceil(reach / far * GRID), xp.int64))


def _exact_rows(stream: Stream) -> Iterator[Row]:
    """z^2/2 + z^4/24 at the bias 0, in fractions: the error and its bound are the same number."""
    t, u, v = (Fraction(int(k) + 1, 8) for k in to_host(stream.integers(3, 16)))

    def quartic(z: Fraction) -> Fraction:
        return z**2 / 2 + z**4 / 24

    shifts = (t * (u + v), -t * (u + v)), (t * (u - v), t * (v - u))
    plus, minus = (sum(map(quartic, pair)) for pair in shifts)
    error = (plus - minus) / (4 * t**2) - u * v
    inputs: dict[str, Any] = {"t": t, "u": u, "v": v}
    yield _row("quartic", "b", "sharp_error", inputs, error)
    at = {**inputs, "s2": 1, "M": 1}
    yield _row("quartic-bound", "a", "squared_error_bound", at, error**2, relation="<=")
    # Without a bound on the fourth derivative M may be anything, nothing for instance.
    at, variant = {**at, "M": 0}, "any-activation"
    yield _row("quartic-no-bound", "a", "squared_error_bound", at, error**2, relation="<=", variant=variant)


def _oddness(pair: Any, t: float, xp: Any) -> Iterator[Row]:
    """The gate at (u, v) with its sign changed, for the closed form at (-u, v) and at (u, -v); then all signs plus."""
    u, v = float(pair[0]), float(pair[1])
    value = -float(gate("softplus", 0.0, t, pair[:1], pair[1:], xp)[0])
    for part, turned in (("c", (-u, v)), ("c'", (u, -v))):
        at = {"activation": "softplus", "t": t, "u": turned[0], "v": turned[1]}
        yield _row(f"odd-{part}", part, "gate", at, value)
    shifts = xp.asarray([u + v, -u - v, u - v, v - u], dtype=xp.float64)
    total = float(xp.sum(derivatives("softplus", t * shifts, 1, xp)[0, :]))
    all_plus = -total / (4 * _at("softplus", 0.0, 2, xp) * t**2)
    at = {"activation": "softplus", "t": t, "u": -u, "v": v}
    yield _row("plus-everywhere", "c", "gate", at, all_plus, variant="all-plus")


def _orders(pairs: Any, xp: Any) -> Iterator[Row]:
    """Softplus, and the logistic function at its own bias, found as the zero of its fourth derivative."""
    coarse, fine = (_ratios("softplus", 0.0, t, pairs, xp) for t in (2 * SMALL, SMALL))
    at = {"activation": "softplus"}
    yield _row("slope-softplus", "d", "order", at, _slope(coarse, fine), tolerance=0.02)
    extrapolated = (4.0 * fine - coarse) / 3.0
    yield _row("coefficient", "d", "leading_coefficient", at, extrapolated, tolerance=1e-5)
    coarse, fine = (_ratios("logistic", zero(xp), t, pairs, xp) for t in (2 * SMALL, SMALL))
    yield _row("slope-logistic", "e'", "fourth_order", {}, _slope(coarse, fine), tolerance=0.02)


def _rounding_slope(pairs: Any, xp: Any) -> float:
    """The power of t in the error where nothing but rounding is left of it."""
    u, v = pairs[:, 0], pairs[:, 1]
    coarse, fine = (xp.mean((gate("softplus", 0.0, t, u, v, xp) - u * v) ** 2) for t in ROUNDED)
    return log2(float(coarse) / float(fine)) / (2 * log2(ROUNDED[0] / ROUNDED[1]))


def _slope(coarse: float, fine: float) -> float:
    """The power of t in the error, from its ratio to t^2 at 2t and at t."""
    return 2.0 + log2(abs(coarse / fine))


def _ratios(name: str, bias: float, t: float, pairs: Any, xp: Any) -> float:
    """The error divided by t^2 uv (u^2 + v^2), averaged over pairs away from the axes."""
    u, v = pairs[:, 0], pairs[:, 1]
    far = xp.abs(u * v) > 0.1
    sizes = xp.where(far, t**2 * u * v * (u**2 + v**2), 1.0)
    errors = (gate(name, bias, t, u, v, xp) - u * v) / sizes
    return float(xp.sum(xp.where(far, errors, 0.0)) / xp.sum(xp.astype(far, xp.float64)))


def _logistic_rows(pairs: Any, xp: Any) -> Iterator[Row]:
    bias = 3.0 * float(pairs[2, 0])
    at = {"p": _at("logistic", bias, 0, xp), "s2": _at("logistic", bias, 2, xp)}
    yield _row("logistic-fourth", "e", "logistic_fourth", at, _at("logistic", bias, 4, xp))
    yield _row("logistic-bias", "e'", "fourth_order_bias", {}, zero(xp))


def zero(xp: Any) -> float:
    """Where the fourth derivative of the logistic function changes its sign, between 1 and 4."""
    low, high = 1.0, 4.0
    below = _at("logistic", low, 4, xp) > 0
    for _ in range(52):
        middle = (low + high) / 2
        low, high = (middle, high) if (_at("logistic", middle, 4, xp) > 0) == below else (low, middle)
    return low


def _numbers(t: float, pair: Any) -> dict[str, Any]:
    return {"t": t, "u": float(pair[0]), "v": float(pair[1])}


def _row(name: str, part: str, quantity: str, at: dict[str, Any], value: Any, **others: Any) -> Row:
    exact = isinstance(value, Fraction)
    if "tolerance" not in others:
        others.setdefault("relative", 0.0 if exact else ROUNDING)
    return Row(
        name=name, quantity=quantity, at=at, part=part, kind="exact", value=value, grade="exact", **others
    )
