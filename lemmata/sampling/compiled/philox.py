"""The words of a stream, and the floats that two of them make.

The rounds are those of :mod:`lemmata.sampling.philox`, on words whose upper halves are left as they fall.
"""

from __future__ import annotations

from typing import Any

import numpy

from lemmata.sampling.compiled.jit import compiled, inlined
from lemmata.sampling.philox import MULTIPLIERS, ROUNDS, WEYL
from lemmata.sampling.philox import WORD as _WORD

M0, M1 = map(numpy.uint64, MULTIPLIERS)
W0, W1 = map(numpy.uint64, WEYL)
WORD, HALF = numpy.uint64(_WORD), numpy.uint64(32)


@inlined
def block(index: Any, shard: Any, label: Any, low: Any, high: Any) -> Any:
    """The four words of one block of a stream, each in the lower half of a uint64."""
    x0, x1, x2, x3 = index & WORD, index >> HALF, shard, label
    for _ in range(ROUNDS):
        # What is above a word is masked where it is multiplied, which vector instructions do for nothing.
        first, second = (x0 & WORD) * M0, (x2 & WORD) * M1
        x0, x2 = (second >> HALF) ^ x1 ^ low, (first >> HALF) ^ x3 ^ high
        x1, x3 = second, first
        low, high = low + W0, high + W1
    return x0 & WORD, x1 & WORD, x2 & WORD, x3 & WORD


@compiled
def fill_words(out: Any, first: Any, shard: Any, label: Any, low: Any, high: Any) -> None:
    """``out`` = the words of the blocks from ``first`` on: uint32 (4 * blocks,); all else is uint64."""
    for i in range(out.size // 4):
        a, b, c, d = block(first + numpy.uint64(i), shard, label, low, high)
        out[4 * i] = a
        out[4 * i + 1] = b
        out[4 * i + 2] = c
        out[4 * i + 3] = d


@compiled
def fill_reals(
    out: Any, shift: Any, offset: float, scale: float, first: Any, shard: Any, label: Any, low: Any, high: Any
) -> None:
    """``out`` = (k + offset) scale, k being two words each, the first one high, without their last ``shift`` bits.

    ``out`` is float64 (2 * blocks,), and ``shift`` is at least 11, so that k is a float64 without rounding.
    """
    for i in range(out.size // 2):
        a, b, c, d = block(first + numpy.uint64(i), shard, label, low, high)
        out[2 * i] = (numpy.float64(numpy.int64((a << HALF | b) >> shift)) + offset) * scale
        out[2 * i + 1] = (numpy.float64(numpy.int64((c << HALF | d) >> shift)) + offset) * scale
