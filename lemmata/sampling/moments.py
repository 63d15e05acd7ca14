"""The mean and the variance of a function of one uniform number, without an array of them where numba is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import fsum
from typing import Any

import numpy

from lemmata.sampling import compiled
from lemmata.sampling.stream import Stream

# Samples that are added up by themselves: the same sums then, whoever adds them and in whatever order they come.
PART = 2**16
# What NumPy takes for one sample.
SECONDS = 20e-9


@dataclass(frozen=True, slots=True)
class Moments:
    """How many samples there were, their sum and the sum of their squares."""

    count: int
    total: float
    squares: float

    @property
    def mean(self) -> float:
        return self.total / self.count

    @property
    def variance(self) -> float:
        """The mean squared deviation from the mean."""
        return self.squares / self.count - self.mean**2


def moments(integrand: Callable[[Any], Any], stream: Stream, size: int) -> Moments:
    """The moments of ``integrand(u)`` over the next ``size`` words of ``stream``, one for each u.

    u is uniform on the 2^32 midpoints (k + 1/2) 2^-32. ``integrand`` is arithmetic that means the same for a float64
    and for an array of them; numba compiles it where that is worth it, which changes the sums by rounding alone, and
    the number of threads changes nothing. Raises ValueError unless size is positive.
    """
    if size < 1:
        raise ValueError("moments are those of at least one sample")
    whole = size - size % PART
    stream.place(0)  # a kernel makes whole blocks
    host = stream.xp is numpy and compiled.worth(size * SECONDS)
    parts = list(_compiled(integrand, stream, whole) if host else _evaluated(integrand, stream, whole))
    parts += _evaluated(integrand, stream, size - whole)
    totals, squares = zip(*parts, strict=True)
    return Moments(size, fsum(totals), fsum(squares))


def _evaluated(integrand: Callable[[Any], Any], stream: Stream, size: int) -> Iterator[tuple[float, float]]:
    xp = stream.xp
    for first in range(0, size, PART):
        words = stream.words(min(PART, size - first))
        values = integrand((xp.astype(words, xp.float64) + 0.5) * 2.0**-32)
        yield float(xp.sum(values)), float(xp.sum(values * values))


def _compiled(integrand: Callable[[Any], Any], stream: Stream, size: int) -> Iterator[tuple[float, float]]:
    from lemmata.sampling.compiled.moments import PART_BLOCKS, sums_of

    kernel = sums_of(integrand)
    first, *identity = stream.place(size)
    words = tuple(map(numpy.uint64, identity))

    def part(k: int) -> tuple[float, float]:
        return kernel(numpy.uint64(first + k * PART_BLOCKS), *words)

    count, workers = size // PART, compiled.threads()
    if workers == 1 or count < 2 * workers:
        return map(part, range(count))
    return _shared(part, count, workers)


def _shared(
    part: Callable[[int], tuple[float, float]], count: int, workers: int
) -> Iterator[tuple[float, float]]:
    """The parts in order, made by threads that take some neighbours at a time."""
    step = max(1, min(64, count // (2 * workers)))

    def several(first: int) -> list[tuple[float, float]]:
        return [part(k) for k in range(first, min(first + step, count))]

    with ThreadPoolExecutor(workers) as pool:
        for found in pool.map(several, range(0, count, step)):
            yield from found
