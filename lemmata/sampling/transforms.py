"""The Walsh-Hadamard transform: all 2^n character sums of a function on the cube at once.

The 2^n by 2^n matrix is a Kronecker product of small ones, so the transform is a few batched matrix products
(Fino, Algazi, "Unified matrix treatment of the fast Walsh-Hadamard transform", IEEE Trans. Computers, 1976).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy

from lemmata.model import LemmataError
from lemmata.sampling.backends import namespace

# Measured with OpenBLAS on AVX2: products with 16 x 16 blocks beat 8, 32 and 64 at every n from 12 to 24.
BLOCK_BITS = 4
EXACT_IN_FLOAT = 2**53


def walsh_hadamard(values: Any) -> Any:
    """The unnormalised transform of the last axis: out[..., s] = sum over t of (-1)^|s & t| values[..., t].

    ``values`` is float64, float32 or int64 of shape (..., 2^n); the result has the same shape and type, and
    the input is not modified. Peak memory beyond the input is twice its size, for integers three times.
    Raises LemmataError if the last axis is no power of two, for another type, and where an integer would
    overflow.
    """
    xp = namespace(values)
    bits = _bits(values.shape)
    if values.dtype in (xp.float64, xp.float32):
        return _kronecker(values, bits, xp)
    if values.dtype != xp.int64:
        raise LemmataError(f"walsh_hadamard takes float64, float32 or int64 values, not {values.dtype}")
    return _integer(values, bits, xp)


def _bits(shape: tuple[int, ...]) -> int:
    length = shape[-1] if shape else 0
    if length < 1 or length & (length - 1):
        raise LemmataError(f"walsh_hadamard needs a last axis of length 2^n, not {length}")
    return length.bit_length() - 1


def _kronecker(values: Any, bits: int, xp: Any) -> Any:
    """One matrix product for each group of index bits, lowest first; groups are as equal as they can be."""
    out, done = values, 0
    for width in _groups(bits):
        block = xp.asarray(_hadamard(width), dtype=values.dtype)
        if done == 0:
            out = xp.matmul(xp.reshape(out, (-1, 2**width)), block)
        else:
            out = xp.matmul(block, xp.reshape(out, (-1, 2**width, 2**done)))
        done += width
    return xp.reshape(out, values.shape) if done else xp.positive(values)


def _integer(values: Any, bits: int, xp: Any) -> Any:
    """Matrix products are exact in float64 while partial sums stay below 2^53; beyond, add and subtract."""
    largest = max(int(xp.max(values)), -int(xp.min(values))) << bits if values.shape[0] else 0
    if largest < EXACT_IN_FLOAT:
        return xp.astype(_kronecker(xp.astype(values, xp.float64), bits, xp), xp.int64)
    if largest >= 2**63:
        raise LemmataError(f"walsh_hadamard of these integers can reach {largest}, which does not fit int64")
    out = values
    for bit in range(bits):
        pairs = xp.reshape(out, (-1, 2, 2**bit))
        out = xp.stack([pairs[:, 0, :] + pairs[:, 1, :], pairs[:, 0, :] - pairs[:, 1, :]], axis=1)
    return xp.reshape(out, values.shape)


def _groups(bits: int) -> Iterator[int]:
    count = -(-bits // BLOCK_BITS)
    return ((bits + place) // count for place in range(count))


@cache
def _hadamard(bits: int) -> Any:
    block = numpy.ones((1, 1))
    for _ in range(bits):
        block = numpy.block([[block, block], [block, -block]])
    return block
