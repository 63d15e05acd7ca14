"""Where half the sign gate multiplies: at a zero of a derivative of the activation, and with powers among waves."""

from __future__ import annotations

from math import factorial
from typing import Any

import numpy

from lemmata.sampling import Stream, to_host
from numerics.expressivity._jets import derivatives
from numerics.expressivity._no_flattening_ranks import half_signs, multi_indices

POINTS = 1000
GRID = 1 << 16
# Between these numbers an activation's derivative of order n - 1 changes its sign, and that of order n does not.
FLAT = {1: ("tanh", -0.6, 0.9), 2: ("silu", -2.0, -1.0), 3: ("tanh", -0.3, 0.5), 4: ("tanh", 0.3, 1.0)}
ROUNDING = 1e-9
# z^n + sin z + cos z at weights of this size is z^n but for their -n-th power.
WEIGHT = 10_000


def neurons_at_a_zero(n: int, xp: Any) -> int:
    """The neurons of half the sign gate at a zero of the derivative of order n - 1, 0 if that is no product.

    Every derivative of the network at 0, through degree n, is the activation's times a moment.
    """
    name, low, high = FLAT[n]
    bias, net = _zero(name, n - 1, low, high, xp), half_signs(n)
    s = to_host(derivatives(name, xp.asarray([bias], dtype=xp.float64), max(n, 1), xp)[:, 0])
    table = {al: float(s[sum(al)]) * net.moment(al) for al in multi_indices(n, n)}
    wanted = abs(table.pop((1,) * n))
    wrong = max(abs(value) for value in table.values())
    return len(net.points) if wrong < ROUNDING * wanted else 0


def _zero(name: str, order: int, low: float, high: float, xp: Any) -> float:
    """Where a derivative of an activation changes its sign between two numbers."""

    def above(z: float) -> bool:
        at = xp.asarray([z], dtype=xp.float64)
        return float(derivatives(name, at, max(order, 1), xp)[order, 0]) > 0

    rising = above(high)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if above(middle) == rising else (middle, high)
    return (low + high) / 2


def neurons_of_waves(n: int, stream: Stream) -> int:
    """The neurons of z^n + sin z + cos z that come uniformly near the product at random points, 0 if they do not."""
    x, net = 2.0 * to_host(stream.uniform((POINTS, n))) - 1.0, half_signs(n)
    signs = numpy.asarray(net.points, dtype=float)
    z = WEIGHT * x @ signs.T
    weights = signs.prod(axis=1) / (WEIGHT**n * 2 ** (n - 1) * factorial(n))
    network = (z**n + numpy.sin(z) + numpy.cos(z)) @ weights
    worst = float(abs(network - x.prod(axis=1)).max())
    return len(signs) if worst <= 2.0 / WEIGHT**n + 1e-14 else 0


def distance_from_power(d: int, scale: float, xp: Any) -> float:
    """The largest |sigma(az)/a^d - z^d| on a grid of [-1, 1], for sigma(z) = z^d + sin z + cos z."""
    z = scale * (2.0 * xp.arange(GRID + 1, dtype=xp.float64) / GRID - 1.0)
    return float(xp.max(xp.abs((z**d + xp.sin(z) + xp.cos(z)) / scale**d - (z / scale) ** d)))
