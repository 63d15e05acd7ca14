"""A ReLU network on the whole cube from the tables of its two halves, without an array for each unit."""

from __future__ import annotations

from typing import Any

import numpy

from lemmata.sampling.compiled.jit import compiled

# So many values of the low table and of the result stay in the nearest cache.
TILE = 1024


@compiled
def add_units(low: Any, high: Any, outer: Any, out: Any) -> None:
    """Add sum over u of outer[u] max(0, low[u, i] + high[u, j]) to ``out[j, i]``.

    ``low`` (width, L), ``high`` (width, H), ``outer`` (width,) and ``out`` (H, L) are of one float type.
    """
    width, length = low.shape
    zero = low.dtype.type(0)
    for first in range(0, length, TILE):
        last = min(first + TILE, length)
        for j in range(high.shape[1]):
            row = out[j, first:last]
            for u in range(width):
                table, shift, factor = low[u, first:last], high[u, j], outer[u]
                for i in range(row.size):
                    row[i] += factor * max(table[i] + shift, zero)


def on_cube(low: Any, high: Any, outer: Any) -> Any:
    """The values, flat: (L * H,)."""
    out = numpy.zeros((high.shape[1], low.shape[1]), dtype=low.dtype)
    add_units(low, high, outer, out)
    return out.reshape(-1)
