"""The gates of a layer as bits, and the counts of bits that their products are: see :mod:`lemmata.sampling.gates`."""

from __future__ import annotations

import importlib
from functools import reduce
from typing import Any

import numpy

from lemmata.sampling.compiled.jit import compiled, inlined, intrinsic, numba
from lemmata.sampling.gates import BITS, ROWS, UNITS

ir: Any = importlib.import_module("llvmlite.ir")
# Groups that are gone through together: their words and gates stay in the nearest cache.
COLUMNS = 256
LAST = numpy.uint32(ROWS - 1)
ONE = numpy.uint32(1)


@intrinsic
def gates_at(typing_context: Any, tables: Any, places: Any) -> Any:
    """Of 32 units those with a positive sum, as bits of a uint32: their numbers start at ``places`` of ``tables``."""
    del typing_context
    vector = ir.VectorType(ir.IntType(16), UNITS)

    def write(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array, at = arguments
        data = context.make_array(signature.args[0])(context, builder, array).data

        def load(k: int) -> Any:
            start = builder.gep(data, [builder.extract_value(at, k)])
            found = builder.load(builder.bitcast(start, vector.as_pointer()))
            found.align = 2
            return found

        z = reduce(builder.add, map(load, range(len(signature.args[1]))))
        return builder.bitcast(builder.icmp_signed(">", z, ir.Constant(vector, None)), ir.IntType(UNITS))

    return numba.types.uint32(tables, places), write


@intrinsic
def ones(typing_context: Any, word: Any) -> Any:
    """How many bits of an unsigned integer are 1."""
    del typing_context

    def write(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        del context, signature
        return builder.ctpop(arguments[0])

    return word(word), write


@inlined
def row(word: Any, k: int) -> Any:
    """Where the row of part ``k`` of a word starts."""
    return (ROWS * k + numpy.int64((word >> numpy.uint32(BITS * k)) & LAST)) * UNITS


@compiled
def find_gates(tables: Any, words: Any, out: Any) -> None:
    """``out`` = the units that are on at ``words``, uint32 (size,) both; ``tables`` is flat."""
    for i in range(words.size):
        w = words[i]
        out[i] = gates_at(tables, (row(w, 0), row(w, 1), row(w, 2), row(w, 3), row(w, 4), row(w, 5)))


@compiled
def add_products(on: Any, other: Any, words: Any, others: Any, subsets: Any, n: int, out: Any) -> None:
    """Add g(x).g(x') chi(x) chi(x') of the units ``on`` at x and on at the ``other`` x': all (size,), words uint32."""
    for j in range(COLUMNS):
        apart = words[j] ^ others[j]
        product = numpy.int32(ones(on[j] & other[j])) * (
            numpy.int32(1 + n) - numpy.int32(2) * numpy.int32(ones(apart))
        )
        odd = numpy.int32(ones(apart & subsets[j]) & ONE)
        # The product with its sign changed where odd is 1.
        out[j] += numpy.int32((product ^ -odd) + odd)


@compiled
def add_pairs(tables: Any, words: Any, subsets: Any, mask: Any, n: int, out: Any) -> None:
    """Add the sums over pairs to ``out``, int64 (size,): ``words`` (k, size), ``subsets`` and ``mask`` are uint32."""
    count, size = words.shape
    x = numpy.empty((count, COLUMNS), dtype=numpy.uint32)
    on = numpy.empty((count, COLUMNS), dtype=numpy.uint32)
    subset = numpy.zeros(COLUMNS, dtype=numpy.uint32)
    total = numpy.empty(COLUMNS, dtype=numpy.int32)
    for first in range(0, size, COLUMNS):
        length = min(COLUMNS, size - first)
        subset[:length] = subsets[first : first + length]
        for a in range(count):
            for j in range(length):
                x[a, j] = words[a, first + j] & mask
        for tile in range(tables.shape[0]):
            flat = tables[tile].reshape(-1)
            for a in range(count):
                find_gates(flat, x[a, :length], on[a])
            # What 32 units give fits 32 bits; what is beyond the length is never read.
            total.fill(0)
            for a in range(count):
                for b in range(a + 1, count):
                    add_products(on[a], on[b], x[a], x[b], subset, n, total)
            out[first : first + length] += total[:length]
