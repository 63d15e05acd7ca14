"""The transform depth first: blocks in registers, joined by eight as soon as eight neighbours are done.

What is joined was written last, so that it is still in the nearest cache that holds it: the memory beyond the caches
is gone through about twice, however large the cube.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

from lemmata.sampling import compiled as package
from lemmata.sampling.compiled.jit import compiled
from lemmata.sampling.compiled.vectors import BYTES, block_bits, join_4, join_8, join_16, transform_block

# Below, starting threads costs more than they bring.
SHARED_BITS = 22


def walsh_hadamard(values: Any, out: Any, bits: int) -> None:
    """``out`` = the transform of each row of 2^bits numbers of ``values``; both flat, contiguous, of one type.

    They are float32, float64 or int64, and may be the same array; ``bits`` is at least 8.
    """
    block, workers = block_bits(values.itemsize), package.threads()
    if bits < SHARED_BITS or workers == 1:
        transform_rows(values, out, 0, values.size, block, bits)
        return
    with ThreadPoolExecutor(workers) as pool:
        part = 2 ** (bits - 3)
        inner = [
            pool.submit(transform_rows, values, out, first, first + part, block, bits - 3)
            for first in range(0, values.size, part)
        ]
        for done in inner:
            done.result()
        # A thread's columns begin at a cache line of its own.
        cuts = [part // 64 * k // workers * 64 for k in range(workers + 1)]
        outer = [
            pool.submit(join_columns, out, first, part, low, high, BYTES // values.itemsize)
            for first in range(0, values.size, 8 * part)
            for low, high in pairwise(cuts)
        ]
        for done in outer:
            done.result()


@compiled
def transform_rows(values: Any, out: Any, first: int, last: int, block: int, bits: int) -> None:
    """The rows of 2^bits numbers between ``first`` and ``last``, each by itself."""
    size, row = 1 << block, 1 << bits
    # The bits that joins by eight leave over: a join by 16 takes four in about the time that one by eight takes.
    odd = (0, 4, 2)[(bits - block) % 3]
    lanes = size // 8
    for start in range(first, last, size):
        transform_block(values, out, start)
        end, done = start + size, size
        if odd == 2 and (end - first) % (4 * done) == 0:
            for at in range(end - 4 * done, end - 3 * done, lanes):
                join_4(out, at, done)
        if odd == 4 and (end - first) % (16 * done) == 0:
            for at in range(end - 16 * done, end - 15 * done, lanes):
                join_16(out, at, done)
        done <<= odd
        while done < row and (end - first) % (8 * done) == 0:
            for at in range(end - 8 * done, end - 7 * done, lanes):
                join_8(out, at, done)
            done *= 8


@compiled
def join_columns(out: Any, first: int, stride: int, low: int, high: int, lanes: int) -> None:
    """The last join of eight neighbours of length ``stride`` from ``first`` on, in the columns low..high."""
    for at in range(first + low, first + high, lanes):
        join_8(out, at, stride)
