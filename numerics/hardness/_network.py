"""A two-layer network on the whole cube {-1,1}^n, with its gradient written out.

An input is an index: bit i is 1 where x_i = -1. A subset is an index too: bit i is 1 where i belongs to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy

from lemmata.sampling import Stream, compiled, parity, to_host

WIDTH = 8
# The low inputs, whose part of w.x + b stays in cache while the high ones are gone through.
LOW = 12
# What NumPy takes for a unit at one input.
SECONDS = 4e-9


@dataclass(frozen=True, slots=True)
class Network:
    """Weights of v . act(W x + b): W (8, n), b (8,), v (8,) as Python floats."""

    n: int
    activation: str
    inner: tuple[tuple[float, ...], ...]
    bias: tuple[float, ...]
    outer: tuple[float, ...]


def draw_network(stream: Stream, n: int, activation: str) -> Network:
    inner, bias, outer = (to_host(stream.normal(size)).tolist() for size in ((WIDTH, n), WIDTH, WIDTH))
    return Network(n, activation, tuple(map(tuple, inner)), tuple(bias), tuple(outer))


def preactivation(weights: Iterable[float], bias: float, xp: Any) -> Any:
    """w.x + b on the whole cube: float64 (2^n,), beyond 12 inputs as sums of two tables of half as many inputs."""
    given = tuple(weights)
    low = _sums_of_signs(given[:LOW], bias, xp)
    if len(given) <= LOW:
        return low
    return xp.reshape(_sums_of_signs(given[LOW:], 0.0, xp)[:, None] + low[None, :], (-1,))


def _sums_of_signs(weights: Iterable[float], start: float, xp: Any) -> Any:
    values = xp.asarray([start], dtype=xp.float64)
    for weight in weights:
        values = xp.concat([values + weight, values - weight])
    return values


def activate(activation: str, z: Any, xp: Any) -> tuple[Any, Any]:
    """The activation and its derivative at z."""
    if activation == "tanh":
        unit = xp.tanh(z)
        return unit, 1.0 - unit * unit
    active = xp.astype(z > 0, xp.float64)
    return z * active, active


def times_input(values: Any, i: int, xp: Any) -> Any:
    """x_i times a function on the cube."""
    row = 2**LOW
    if i >= LOW or values.shape[0] < row:
        signs = xp.asarray([1.0, -1.0])[None, :, None]
        return xp.reshape(xp.reshape(values, (-1, 2, 2**i)) * signs, (-1,))
    # The sign of a low input changes often: rows of many changes are long enough for vectors.
    signs = 1 - 2 * (xp.arange(row, dtype=xp.int64) >> i & 1)
    return xp.reshape(xp.reshape(values, (-1, row)) * xp.astype(signs, xp.float64), (-1,))


def output(net: Network, xp: Any) -> Any:
    """The network on the whole cube: float64 (2^n,)."""
    relu = net.activation == "relu" and xp is numpy
    if relu and compiled.worth(SECONDS * len(net.outer) * 2**net.n):
        from numerics.hardness._network_compiled import on_cube

        return on_cube(*_halves(net), numpy.array(net.outer))
    units = (
        outer * activate(net.activation, preactivation(weights, bias, xp), xp)[0]
        for weights, bias, outer in zip(net.inner, net.bias, net.outer, strict=True)
    )
    return sum(units)


def _halves(net: Network) -> tuple[Any, Any]:
    """Each unit's w.x + b as tables (width, 2^l) and (width, 2^(n - l)) of the low and the high inputs."""
    inner, bias = numpy.array(net.inner), numpy.array(net.bias)[:, None]
    return _table(inner[:, :LOW], bias), _table(inner[:, LOW:], numpy.zeros_like(bias))


def _table(weights: Any, start: Any) -> Any:
    """The sums that :func:`preactivation` makes for one unit, for all of them at once."""
    for weight in weights.T[:, :, None]:
        start = numpy.concatenate([start + weight, start - weight], axis=1)
    return start


def gradient(net: Network, xp: Any) -> Iterator[Any]:
    """The coordinates of g on the whole cube: 8 (n + 2) arrays float64 (2^n,)."""
    for weights, bias, outer in zip(net.inner, net.bias, net.outer, strict=True):
        unit, slope = activate(net.activation, preactivation(weights, bias, xp), xp)
        yield unit
        backward = outer * slope
        yield backward
        for i in range(net.n):
            yield times_input(backward, i, xp)


def characters(n: int, xp: Any) -> Any:
    """chi_I(x) for all pairs: int8 (2^n subsets, 2^n inputs)."""
    index = xp.arange(2**n, dtype=xp.uint64)
    return parity(index[:, None] & index[None, :], xp)
