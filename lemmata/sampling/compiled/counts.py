"""A shard's values checked, rounded and counted in one pass."""

from __future__ import annotations

from math import floor
from typing import Any

import numpy

from lemmata.sampling.compiled.jit import compiled


@compiled
def count_rounded(values: Any, low: float, high: float, cells: int, words: Any, counts: Any) -> bool:
    """Add to ``counts`` the nodes that float64 ``values`` are rounded to, with a word of uint32 ``words`` each.

    Returns whether all values are inside [low, high]; ``counts`` holds nothing of use otherwise.
    """
    scale = cells / (high - low)
    for i in range(values.size):
        if not (values[i] >= low and values[i] <= high):
            return False
        step = (values[i] - low) * scale
        below = floor(step)
        threshold = (numpy.float64(words[i]) + 0.5) * 2.0**-32
        counts[int(below) + int(threshold < step - below)] += 1
    return True
