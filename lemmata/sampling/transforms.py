"""The Walsh-Hadamard transform: all 2^n character sums of a function on the cube at once.

One function, four routes to the same numbers: matrix products (any namespace), vector code (numba, extra ``fast``),
kernels of a device (CuPy), and sums and differences of integers that are too large for a product of floats.
"""

from __future__ import annotations

from typing import Any

import numpy

from lemmata.model import LemmataError
from lemmata.sampling import compiled
from lemmata.sampling.backends import namespace
from lemmata.sampling.kronecker import CHUNK, kronecker
from lemmata.sampling.memory import aligned

EXACT_IN_FLOAT = 2**53
# Below, loading numba takes longer than what it would save.
COMPILED_BITS = 14


def walsh_hadamard(values: Any) -> Any:
    """The unnormalised transform of the last axis: out[..., s] = sum over t of (-1)^|s & t| values[..., t].

    ``values`` is float64, float32 or int64 of shape (..., 2^n); the result has the same shape and type, and
    the input is not modified. With the input, the result and all else, that takes twice the memory of the input
    (NumPy; at most three times elsewhere, and for integers beyond 2^53 where numba is not installed).
    Integers are exact, floats agree between the routes to rounding.
    Raises LemmataError if the last axis is no power of two, for another type, and where an integer would
    overflow.
    """
    xp = namespace(values)
    bits = _bits(values.shape)
    if values.dtype not in (xp.float64, xp.float32, xp.int64):
        raise LemmataError(f"walsh_hadamard takes float64, float32 or int64 values, not {values.dtype}")
    largest = _require_room(values, bits, xp) if values.dtype == xp.int64 else 0
    flat = xp.reshape(values, (-1,))
    return xp.reshape(_route(flat, bits, largest, xp), values.shape)


def _route(flat: Any, bits: int, largest: int, xp: Any) -> Any:
    if xp is numpy and bits >= COMPILED_BITS and compiled.ready():
        from lemmata.sampling.compiled import hadamard

        out = aligned(flat.size, flat.dtype)
        hadamard.walsh_hadamard(numpy.ascontiguousarray(flat), out, bits)
        return out
    if hasattr(xp, "RawModule"):
        from lemmata.sampling.device import walsh_hadamard as launched

        return launched(flat, bits, xp)
    if flat.dtype != xp.int64:
        return kronecker(flat, bits, xp)
    return _products(flat, bits, xp) if largest < EXACT_IN_FLOAT else butterfly(flat, bits, xp)


def _bits(shape: tuple[int, ...]) -> int:
    length = shape[-1] if shape else 0
    if length < 1 or length & (length - 1):
        raise LemmataError(f"walsh_hadamard needs a last axis of length 2^n, not {length}")
    return length.bit_length() - 1


def _require_room(values: Any, bits: int, xp: Any) -> int:
    """A bound on the sums, if it fits int64."""
    empty = 0 in values.shape
    largest = 0 if empty else max(int(xp.max(values)), -int(xp.min(values))) << bits
    if largest >= 2**63:
        raise LemmataError(f"walsh_hadamard of these integers can reach {largest}, which does not fit int64")
    return largest


def _products(flat: Any, bits: int, xp: Any) -> Any:
    """Integers whose sums stay below 2^53: products of floats are exact."""
    if xp is not numpy:
        return xp.astype(kronecker(xp.astype(flat, xp.float64), bits, xp), xp.int64)
    whole = numpy.empty_like(flat)
    # The floats stand where the integers will: a part at a time, or NumPy would make a copy of them all.
    real = kronecker(flat, bits, numpy, whole.view(numpy.float64))
    for first in range(0, flat.size, CHUNK):
        whole[first : first + CHUNK] = real[first : first + CHUNK].copy()
    return whole


def butterfly(flat: Any, bits: int, xp: Any) -> Any:
    """The transform by sums and differences, one index bit at a time: what every other route is compared with."""
    out = xp.asarray(flat, copy=True)
    for bit in range(bits):
        pairs = xp.reshape(out, (-1, 2, 2**bit))
        difference = pairs[:, 0, :] - pairs[:, 1, :]
        pairs[:, 0, :] += pairs[:, 1, :]
        pairs[:, 1, :] = difference
    return out
