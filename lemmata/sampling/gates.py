"""Products of gradients of a layer of ReLU units, added up over the pairs of small groups of inputs.

A sum of units max(0, w.x + b) has, in all its weights and biases, a gradient g with

    g(x).g(x') = (how many units are on at both x and x') (1 + x.x').

Both factors are counts of bits: an input's signs are the bits of a word, and so are the units that are on. Weights are
whole numbers, so that w.x + b is exact and every route has the same units on, whatever it adds up first.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy

from lemmata.model import LemmataError
from lemmata.sampling import compiled
from lemmata.sampling.backends import namespace
from lemmata.sampling.memory import aligned

# An input is one word of a stream, and so are the gates of as many units.
LARGEST = UNITS = 32
# A unit's w.x is a sum of one number for each so many bits of x. The tables of a word of units have 24 KB, which the
# nearest cache holds; with a byte for each they would have 64.
BITS = 6
ROWS, PARTS = 2**BITS, -(-LARGEST // BITS)
# The inputs of a group.
MOST = 32
# Sums of so much are held by the 16 bits that the tables' numbers have.
REACH = 2**15 - 1
# Inputs that NumPy goes through together.
AT_ONCE = 2**12
# What NumPy takes for a unit at one input, and for a pair of inputs with a word of units.
UNIT_SECONDS, PAIR_SECONDS = 3e-9, 9e-9


@dataclass(frozen=True, slots=True)
class Layer:
    """ReLU units on n signs: ``tables`` int16 (words of units, PARTS, ROWS, UNITS), a part's share in w.x + b."""

    n: int
    width: int
    tables: Any

    @property
    def largest(self) -> int:
        """The largest |g|^2."""
        return self.width * (1 + self.n)


def layer(weights: Any, bias: Any) -> Layer:
    """The units of whole-numbered ``weights`` (width, n), n <= 32, and ``bias`` (width,), on the host.

    Raises LemmataError for other shapes or types, and for a unit whose |w_1| + .. + |w_n| + |b| exceeds 2^15 - 1.
    """
    width, n = weights.shape if weights.ndim == 2 else (0, 0)
    if not (width and 1 <= n <= LARGEST and bias.shape == (width,)):
        raise LemmataError(
            f"a layer has weights (width, n) with n <= {LARGEST} and biases (width,), not {weights.shape}, {bias.shape}"
        )
    if weights.dtype.kind != "i" or bias.dtype.kind != "i":
        raise LemmataError(f"the weights of a layer are integers, not {weights.dtype} and {bias.dtype}")
    reach = int((numpy.abs(weights.astype(object)).sum(axis=1) + numpy.abs(bias.astype(object))).max())
    if reach > REACH:
        raise LemmataError(f"a unit's weights and bias add up to at most {REACH}, not {reach}")
    tiles = -(-width // UNITS)
    tables = numpy.zeros((PARTS, ROWS, tiles * UNITS), dtype=numpy.int16)
    # Units that are not there stay at zero, which is not above it.
    tables[0, :, :width] += bias.astype(numpy.int16)
    for i in range(n):
        signs = 1 - 2 * (numpy.arange(ROWS, dtype=numpy.int16) >> i % BITS & 1)
        tables[i // BITS, :, :width] += signs[:, None] * weights[None, :, i].astype(numpy.int16)
    split = aligned(tables.size, tables.dtype).reshape(tiles, PARTS, ROWS, UNITS)
    split[:] = tables.reshape(PARTS, ROWS, tiles, UNITS).transpose(2, 0, 1, 3)
    return Layer(n, width, split)


def pair_products(units: Layer, words: Any, subsets: Any) -> Any:
    """The sum of g(x).g(x') chi_I(x) chi_I(x') over the pairs of a group, for every group: int64 (size,).

    ``words`` is uint32 (k, size), k <= 32: the inputs of group j are column j, bit i being 1 where x_i = -1; bits from
    n on are ignored. ``subsets`` is uint32 (size,): bit i of it says that i is in the group's I. All routes give the
    same integers. Raises LemmataError for other shapes or types.
    """
    xp = namespace(words)
    if words.ndim != 2 or not 1 <= words.shape[0] <= MOST or subsets.shape != words.shape[1:]:
        raise LemmataError(
            f"groups are words (inputs, size), at most {MOST} inputs each, and subsets (size,), not {words.shape}, "
            f"{subsets.shape}"
        )
    if words.dtype != xp.uint32 or subsets.dtype != xp.uint32:
        raise LemmataError(f"inputs and subsets are uint32 words, not {words.dtype} and {subsets.dtype}")
    if xp is numpy and compiled.worth(_seconds(units, *words.shape)):
        from lemmata.sampling.compiled.gates import add_pairs

        out = numpy.zeros(subsets.shape, dtype=numpy.int64)
        add_pairs(units.tables, words, subsets, numpy.uint32(2**units.n - 1), units.n, out)
        return out
    if hasattr(xp, "RawModule"):
        from lemmata.sampling.device import pair_products as launched

        return launched(units, words, subsets, xp)
    return _on_arrays(units, words & (2**units.n - 1), subsets, xp)


def _seconds(units: Layer, inputs: int, size: int) -> float:
    tiles = len(units.tables)
    return size * tiles * inputs * (UNITS * UNIT_SECONDS + (inputs - 1) / 2 * PAIR_SECONDS)


def _on_arrays(units: Layer, words: Any, subsets: Any, xp: Any) -> Any:
    total = xp.zeros(subsets.shape, dtype=xp.int64)
    flat = xp.reshape(words, (-1,))
    gates = [xp.reshape(_gates(xp.asarray(table), flat, xp), words.shape) for table in units.tables]
    for a, b in combinations(range(words.shape[0]), 2):
        apart = words[a, :] ^ words[b, :]
        both = sum(_ones(on[a, :] & on[b, :], xp) for on in gates)
        signed = 1 - 2 * (_ones(apart & subsets, xp) & 1)
        total += both * signed * (1 + units.n - 2 * _ones(apart, xp))
    return total


def _gates(tables: Any, words: Any, xp: Any) -> Any:
    """Which of 32 units are on at each input: uint32 (size,)."""
    places = xp.asarray([2.0**k for k in range(UNITS)])
    found = [xp.zeros((0,), dtype=xp.uint32)]
    for first in range(0, words.shape[0], AT_ONCE):
        part = words[first : min(first + AT_ONCE, words.shape[0])]
        rows = [xp.astype(part >> BITS * k & (ROWS - 1), xp.int64) for k in range(PARTS)]
        z = sum(xp.take(tables[k, :, :], row, axis=0) for k, row in enumerate(rows))
        # Sums of powers of two below 2^32 are floats.
        found.append(xp.astype(xp.astype(z > 0, xp.float64) @ places, xp.uint32))
    return xp.concat(found)


def _ones(words: Any, xp: Any) -> Any:
    """How many bits of each uint32 are 1: int64."""
    if hasattr(xp, "bitwise_count"):
        return xp.astype(xp.bitwise_count(words), xp.int64)
    words = words - (words >> 1 & 0x55555555)
    words = (words & 0x33333333) + (words >> 2 & 0x33333333)
    words = words + (words >> 4) & 0x0F0F0F0F
    words = words + (words >> 8)
    return xp.astype(words + (words >> 16) & 63, xp.int64)
