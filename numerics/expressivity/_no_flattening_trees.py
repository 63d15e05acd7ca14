"""Trees of gates that are built, run and counted: the cheapest of a depth, and the order of their errors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from math import log2
from typing import Any

from lemmata.sampling import Stream
from numerics.expressivity import _circuits as circuits

POINTS = 1000
# How near a circuit must come to the product to be counted.
NEAR = 0.05
BINARY = circuits.Neurons("softplus", 0.0, 0.01)
# All derivatives of exp are 1, so that gates of any number of inputs can be made of it.
WIDE = circuits.Neurons("exp", 0.0, 0.05)
COARSE, FINE = (circuits.Neurons("softplus", 0.0, t) for t in (0.04, 0.02))
# More inputs at the root than this cost more than a root of two.
WIDEST = 6


def neurons_of_tree(n: int, stream: Stream, xp: Any) -> int:
    """The neurons of the binary tree, 0 if it does not multiply."""
    return _cost(circuits.binary_tree(n, BINARY, xp), n, BINARY, stream, xp)


def cheapest_uniform(n: int, k: int, stream: Stream, xp: Any) -> int:
    """The neurons of the cheapest tree of k layers of equal gates, 0 if one of them does not multiply at that depth."""
    built = (circuits.tree(fan_ins, WIDE, xp) for fan_ins in factorisations(n, k))
    return min(_cost(graph, n, WIDE, stream, xp, k) for graph in built)


def cheapest_of_two_layers(n: int, stream: Stream, xp: Any) -> int:
    """The neurons of the cheapest tree of depth at most two, 0 if one of them does not multiply."""
    built = (circuits.nested(sizes, WIDE, xp) for sizes in partitions(n, n) if len(sizes) <= WIDEST)
    return min(_cost(graph, n, WIDE, stream, xp) for graph in built)


def cheapest_balanced(n: int, k: int, stream: Stream, xp: Any) -> int:
    """The neurons of the cheapest tree of depth at most k whose gates share their inputs evenly, 0 if it fails."""
    return _cost(circuits.nested(balanced(n, k), WIDE, xp), n, WIDE, stream, xp)


@cache
def balanced(n: int, k: int) -> circuits.Shape:
    """The shape of that tree; at depth 1 there is one gate."""
    if k == 1 or n <= 2:
        return n
    shares = (tuple(balanced(n // b + (i < n % b), k - 1) for i in range(b)) for b in range(2, n))
    return min([balanced(n, k - 1), *shares], key=_signs)


def _signs(shape: circuits.Shape) -> int:
    """The choices of signs in all gates: what shapes are chosen by before one of them is built and counted."""
    if shape == 1:
        return 0
    return 2**shape if isinstance(shape, int) else 2 ** len(shape) + sum(map(_signs, shape))


def order(build: Callable[..., Any], n: int, stream: Stream, xp: Any) -> float:
    """The power of t in the mean absolute error: from t to t/2."""
    x = 2.0 * stream.uniform((POINTS, n)) - 1.0

    def error(of: circuits.Neurons) -> float:
        found = circuits.compile(build(n, of, xp), of, xp)(x)
        return float(xp.mean(xp.abs(found - xp.prod(x, axis=1))))

    return log2(error(COARSE) / error(FINE))


def factorisations(n: int, k: int) -> Iterator[list[int]]:
    """All ways to write n as a product of k whole numbers from 2 on, in every order."""
    if k == 0:
        yield from [[]] if n == 1 else []
        return
    for b in range(2, n + 1):
        if n % b == 0:
            yield from ([b, *rest] for rest in factorisations(n // b, k - 1))


def partitions(n: int, largest: int) -> Iterator[tuple[int, ...]]:
    """All ways to write n as a sum of whole numbers, the largest first."""
    if n == 0:
        yield ()
    for first in range(min(n, largest), 0, -1):
        yield from ((first, *rest) for rest in partitions(n - first, first))


def _cost(graph: Any, n: int, of: circuits.Neurons, stream: Stream, xp: Any, depth: int | None = None) -> int:
    """The neurons of a circuit that multiplies n random numbers near 1 and -1; 0 if it does not, at that depth."""
    x = (0.9 + 0.2 * stream.uniform((POINTS, n))) * (
        1.0 - 2.0 * xp.astype(stream.bits(POINTS, n), xp.float64)
    )
    known = xp.prod(x, axis=1)
    worst = float(xp.max(xp.abs(circuits.compile(graph, of, xp)(x) / known - 1.0)))
    right = worst <= NEAR and depth in (None, circuits.depth(graph))
    return circuits.neurons(graph) if right else 0
