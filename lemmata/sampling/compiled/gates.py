"""The gates of a layer, one input after the other: see :mod:`lemmata.sampling.gates`."""

from __future__ import annotations

from functools import reduce
from typing import Any

import numpy

from lemmata.sampling.compiled.jit import compiled, inlined, intrinsic, numba
from lemmata.sampling.compiled.vectors import BYTES, Vectors

# Sums of so many signs are integers that int16 holds: what is gone through in memory is what takes the time.
PART = 2**15 - 1
# Tables and sums that are gone through together have at most so many bytes.
CACHED = 2**18
BYTE = numpy.uint64(255)


def count_rows(tables: Any, words: Any, subset: int) -> Any:
    """The sums of chi_I over the inputs at which each unit is on, for every value of every byte of the input.

    ``tables`` is float32 or float64 (octets, 256, width), octets <= 8, ``words`` uint64 (size,). Returns int64 like
    ``tables``.
    """
    # So many units at a time that their tables and sums stay in cache.
    step = CACHED // (512 * tables.shape[0] * tables.itemsize)
    blocks = [_rows(tables[:, :, u : u + step], words, subset) for u in range(0, tables.shape[2], step)]
    return numpy.concatenate(blocks, axis=2)


def _rows(tables: Any, words: Any, subset: int) -> Any:
    octets, _, width = tables.shape
    lanes, half = BYTES // tables.itemsize, octets <= 4
    # Units and bytes that are not there: never on, and zero.
    filled = numpy.zeros((4 if half else 8, 256, -(-width // lanes) * lanes), dtype=tables.dtype)
    filled[:octets, :, :width] = tables
    add, flat = (add_half if half else add_whole), filled.reshape(-1)
    sums, total = numpy.zeros(filled.size, dtype=numpy.int16), numpy.zeros(filled.size, dtype=numpy.int64)
    for first in range(0, words.size, PART):
        add(flat, words[first : first + PART], numpy.uint64(subset), sums, filled.shape[2], lanes)
        total += sums
        sums.fill(0)
    return total.reshape(filled.shape)[:octets, :, :width]


@intrinsic
def add_vector(typing_context: Any, tables: Any, sums: Any, places: Any, chi: Any) -> Any:
    """For the units of one vector: z = the sum of ``tables[p]``, and chi added to every ``sums[p]`` where z > 0.

    ``sums`` and ``chi`` are int16.
    """
    del typing_context

    def write(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        given, kept, at, number = arguments
        vectors = Vectors(context, builder, signature.args[0])
        counts = Vectors(context, builder, signature.args[1], vectors.lanes)
        indices = [builder.extract_value(at, k) for k in range(len(signature.args[2]))]
        z = reduce(vectors.add, [vectors.load(vectors.place(given, index)) for index in indices])
        gated = counts.where(vectors.positive(z), number)
        for pointer in (counts.place(kept, index) for index in indices):
            counts.store(counts.add(counts.load(pointer), gated), pointer)
        return context.get_dummy_value()

    return numba.types.void(tables, sums, places, chi), write


@inlined
def sign(bits: Any) -> Any:
    """-1 to the number of set bits of a uint64: int64."""
    for shift in (32, 16, 8, 4, 2, 1):
        bits ^= bits >> numpy.uint64(shift)
    return 1 - 2 * numpy.int64(bits & numpy.uint64(1))


@inlined
def row(word: Any, k: int, width: int) -> Any:
    """Where the row of byte ``k`` of a word starts."""
    return (256 * k + numpy.int64((word >> numpy.uint64(8 * k)) & BYTE)) * width


@compiled
def add_half(tables: Any, words: Any, subset: Any, sums: Any, width: int, lanes: int) -> None:
    """Inputs of up to 32 signs; ``tables`` and ``sums`` are flat (4 * 256 * width,)."""
    for word in words:
        chi = numpy.int16(sign(word & subset))
        a, b, c, d = row(word, 0, width), row(word, 1, width), row(word, 2, width), row(word, 3, width)
        for u in range(0, width, lanes):
            add_vector(tables, sums, (a + u, b + u, c + u, d + u), chi)


@compiled
def add_whole(tables: Any, words: Any, subset: Any, sums: Any, width: int, lanes: int) -> None:
    """Inputs of up to 64 signs; ``tables`` and ``sums`` are flat (8 * 256 * width,)."""
    for word in words:
        chi = numpy.int16(sign(word & subset))
        a, b, c, d = row(word, 0, width), row(word, 1, width), row(word, 2, width), row(word, 3, width)
        e, f, g, h = row(word, 4, width), row(word, 5, width), row(word, 6, width), row(word, 7, width)
        for u in range(0, width, lanes):
            add_vector(tables, sums, (a + u, b + u, c + u, d + u, e + u, f + u, g + u, h + u), chi)
