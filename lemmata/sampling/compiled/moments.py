"""Generate, evaluate, add up: one pass that keeps nothing but a few sums."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy

from lemmata.sampling.compiled.jit import specialised
from lemmata.sampling.compiled.philox import block
from lemmata.sampling.compiled.words import real
from lemmata.sampling.moments import PART

PART_BLOCKS = PART // 4
# Sums that are kept side by side, so that they fill vectors; fewer than 16 are not made into such.
LANES = 16


@lru_cache(maxsize=64)
def sums_of(integrand: Callable[[Any], Any]) -> Callable[..., tuple[float, float]]:
    """The kernel that adds up ``integrand`` and its square over one part of a stream."""
    function = specialised(integrand)

    def at(word: Any) -> Any:
        return function((real(word) + 0.5) * 2.0**-32)

    evaluate = specialised(at)

    def sums(first: Any, shard: Any, label: Any, low: Any, high: Any) -> tuple[float, float]:
        totals, squares = numpy.zeros(LANES), numpy.zeros(LANES)
        for start in range(0, PART_BLOCKS, LANES):
            for lane in range(LANES):
                index = first + numpy.uint64(start + lane)
                w0, w1, w2, w3 = block(index, shard, label, low, high)
                a, b, c, d = evaluate(w0), evaluate(w1), evaluate(w2), evaluate(w3)
                totals[lane] += (a + b) + (c + d)
                squares[lane] += (a * a + b * b) + (c * c + d * d)
        return totals.sum(), squares.sum()

    return specialised(sums)
