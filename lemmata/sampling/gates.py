"""What the gradient of a layer of ReLU units is made of: signed counts of the inputs at which each unit is on.

For inputs x, a subset I and units [w.x + b > 0] these are the sums over x of chi_I(x) [..] and of chi_I(x) [..] x_i.
The derivatives of a two-layer network, correlated with chi_I, are these integers times its outer weights.

Sign vectors stay packed. A unit's w.x is a sum of one number for each byte of x, looked up in a table of all bytes;
and the chi_I(x) of the inputs at which it is on are added up byte by byte, so that the signs x_i enter once, at the
end. All routes make the same sums in the same order, so that the same units are on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy

from lemmata.model import LemmataError
from lemmata.sampling import compiled
from lemmata.sampling.backends import namespace, to_host
from lemmata.sampling.signs import BYTE_SIGNS, parity

LARGEST = 64
# Inputs that are gone through together: their counts fit the mantissa of a float32 by far.
PART = 2**12
# What NumPy takes for one input of one unit.
SECONDS = 4e-9


@dataclass(frozen=True, slots=True)
class Layer:
    """ReLU units on n signs: ``tables`` (ceil(n/8), 256, width), on the host: a byte's share in w.x + b."""

    n: int
    tables: Any

    @property
    def width(self) -> int:
        return self.tables.shape[2]


def layer(weights: Any, bias: Any) -> Layer:
    """The units of ``weights`` (width, n), n <= 64, and ``bias`` (width,): float32 or float64, on the host.

    Raises LemmataError for other shapes or types.
    """
    width, n = weights.shape if weights.ndim == 2 else (0, 0)
    if not (width and 1 <= n <= LARGEST and bias.shape == (width,)):
        raise LemmataError(
            f"a layer has weights (width, n) with n <= {LARGEST} and biases (width,), not {weights.shape}, {bias.shape}"
        )
    if weights.dtype not in (numpy.float32, numpy.float64):
        raise LemmataError(f"the weights of a layer are float32 or float64, not {weights.dtype}")
    tables = numpy.zeros((-(-n // 8), 256, width), dtype=weights.dtype)
    tables[0] += bias.astype(weights.dtype)
    for i in range(n):
        tables[i // 8] += BYTE_SIGNS[:, i % 8, None] * weights[None, :, i]
    return Layer(n, tables)


def gate_sums(units: Layer, words: Any, subset: int) -> Any:
    """Sums over inputs of chi_I(x) [w.x + b > 0], and of the same times x_i: int64 (width, 1 + n), on the host.

    ``words`` is uint64 (size, 1), as :meth:`Stream.packed_signs` makes them; bit i of ``subset`` says that i is in I.
    """
    xp = namespace(words)
    if words.shape[1:] != (1,) or not 0 <= subset < 2**units.n:
        raise LemmataError(f"inputs are packed (size, 1), and a subset has {units.n} bits")
    flat = words[:, 0]
    if xp is numpy and compiled.worth(flat.size * units.width * SECONDS):
        from lemmata.sampling.compiled.gates import count_rows

        return _with_signs(count_rows(units.tables, numpy.ascontiguousarray(flat), subset), units.n)
    if hasattr(xp, "RawModule"):
        from lemmata.sampling.device import gate_sums as launched

        return launched(units, flat, subset, xp)
    return _by_products(units, flat, subset, xp)


def _with_signs(rows: Any, n: int) -> Any:
    """The sums from those of the inputs with each value of each byte: ``rows`` is int64 (ceil(n/8), 256, width)."""
    # Integers that float64 holds: 2^53 inputs are out of reach.
    signed = numpy.matmul(rows.transpose(0, 2, 1).astype(numpy.float64), BYTE_SIGNS.astype(numpy.float64))
    signs = signed.transpose(1, 0, 2).reshape(rows.shape[2], -1)[:, :n]
    return numpy.concatenate([rows[0].sum(axis=0)[:, None], signs.astype(numpy.int64)], axis=1)


def _by_products(units: Layer, flat: Any, subset: int, xp: Any) -> Any:
    """The counts of a part as a product of two matrices of small integers, which float32 holds exactly."""
    total = numpy.zeros((units.width, 1 + units.n), dtype=numpy.int64)
    tables = [xp.asarray(table) for table in units.tables]
    places = xp.arange(units.n, dtype=xp.uint64)
    for first in range(0, flat.shape[0], PART):
        words = flat[first : min(first + PART, flat.shape[0])]
        octets = [xp.astype((words >> 8 * k) & 255, xp.int64) for k in range(len(tables))]
        z = xp.take(tables[0], octets[0], axis=0)
        for table, octet in zip(tables[1:], octets[1:], strict=True):
            z = z + xp.take(table, octet, axis=0)
        signed = xp.astype(parity(words & subset, xp), xp.float32)[:, None] * xp.astype(z > 0, xp.float32)
        signs = 1 - 2 * xp.astype((words[:, None] >> places) & 1, xp.int8)
        ones = xp.ones((words.shape[0], 1), dtype=xp.int8)
        inputs = xp.astype(xp.concat([ones, signs], axis=1), xp.float32)
        total += to_host(xp.matmul(signed.T, inputs)).astype(numpy.int64)
    return total
