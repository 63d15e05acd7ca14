"""Kernels for a CUDA device, as sources beside this file; CuPy compiles them where they run.

Every kernel has a twin in NumPy that gives the same integers, and floats to rounding.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lemmata.sampling.gates import Layer

SOURCES = Path(__file__).parent
THREADS = 256
BLOCKS = 1024
# What fits the shared memory of a block, in float64 too.
ROW_BITS, COLUMN_BITS, WIDTH = 11, 7, 16
_REALS = {"float32": "float", "float64": "double", "int64": "Whole"}


def walsh_hadamard(flat: Any, bits: int, xp: Any) -> Any:
    """The transform of each row of 2^bits numbers of ``flat``: a new array of its type."""
    module = _module("hadamard", xp, f"-DREAL={_REALS[flat.dtype.name]}", *sizes())
    out = xp.empty_like(flat)
    low = min(bits, ROW_BITS)
    if flat.size:
        given = xp.ascontiguousarray(flat)
        module.get_function("rows")((flat.size >> low,), (THREADS,), (given, out, xp.int32(low)))
    for done, width in groups(low, bits):
        blocks = flat.size // (WIDTH << width)
        module.get_function("columns")((blocks,), (THREADS,), (out, xp.int32(done), xp.int32(width)))
    return out


def groups(low: int, bits: int) -> list[tuple[int, int]]:
    """The index bits from ``low`` on in groups as equal as they can be: pairs of first bit and number of bits."""
    count = -(-(bits - low) // COLUMN_BITS)
    widths = [(bits - low + place) // count for place in range(count)]
    return [(low + sum(widths[:k]), width) for k, width in enumerate(widths)]


def pair_products(units: Layer, words: Any, subsets: Any, xp: Any) -> Any:
    """The sums of :func:`lemmata.sampling.gates.pair_products` for groups on the device: int64 (size,), there."""
    count, size = words.shape
    out = xp.empty((size,), dtype=xp.int64)
    given = (xp.asarray(units.tables), xp.ascontiguousarray(words), xp.ascontiguousarray(subsets), out)
    numbers = (
        xp.int64(size),
        xp.int32(count),
        xp.int32(len(units.tables)),
        xp.int32(units.n),
        xp.uint32(2**units.n - 1),
    )
    if size:
        blocks = min(BLOCKS, -(-size // THREADS))
        _module("gates", xp).get_function("pairs")((blocks,), (THREADS,), (*given, *numbers))
    return out


def sizes() -> tuple[str, ...]:
    """The sizes above as the compiler's options."""
    return f"-DROW_BITS={ROW_BITS}", f"-DCOLUMN_BITS={COLUMN_BITS}", f"-DWIDTH={WIDTH}"


@cache
def _module(name: str, xp: Any, *options: str) -> Any:
    source = (SOURCES / f"{name}.cu").read_text(encoding="utf-8")
    return xp.RawModule(code=source, options=("--std=c++17", "--fmad=false", *options))
