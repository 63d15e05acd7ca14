"""A finished shard as a histogram of integers: all that a verdict needs, and mergeable by addition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy

from lemmata.model import LemmataError
from lemmata.sampling import compiled
from lemmata.sampling.backends import namespace, to_host
from lemmata.sampling.stream import Stream

# Stochastic rounding to 1/4096 of the support adds at most (1/4096)^2/4 to the variance.
CELLS = 2**12
LARGEST = 2**20
# A lattice value may be this far from its node, in lattice steps: float rounding, never a different value.
NEAR = 1e-6
# What NumPy takes for one value that is rounded.
SECONDS = 12e-9


class AssumptionViolated(LemmataError):
    """A sample broke what its row declares (its support, its lattice, finiteness) or a model its own bound.

    It says nothing of the formula. Its text starts with these words once, however often it is passed on.
    """

    WORDS = "assumption violated: "

    def __init__(self, text: str) -> None:
        super().__init__(self.WORDS + text.replace(self.WORDS, ""))


@dataclass(frozen=True, slots=True)
class Binned:
    """``counts`` int64 (cells + 1,) of the nodes ``values`` float64 (cells + 1,) of [0, 1]; on the host."""

    counts: Any
    values: Any


def bin_counts(
    values: Any, support: tuple[float, float], lattice: float | None, stream: Stream, cells: int = CELLS
) -> Binned:
    """Counts of the 1-D ``values`` scaled from ``support`` to [0, 1].

    Lattice values ``support[0] + k * lattice`` are counted as they are. Others are rounded at random to one
    of the two neighbouring multiples of 1/``cells`` with one word of ``stream`` each, which keeps their mean (to
    2^-33 of a cell, below the rounding of float64 statistics).
    Raises AssumptionViolated for a value outside the support, off the lattice or not finite: nothing is
    clipped; LemmataError for an empty support or a lattice that does not divide it.
    """
    xp = namespace(values)
    low, high = support
    if not -float("inf") < low < high < float("inf"):
        raise LemmataError(f"the support must be a finite interval with low < high, not [{low}, {high}]")
    values = xp.astype(values, xp.float64)
    if lattice is None and xp is numpy and compiled.worth(values.size * SECONDS):
        return _in_one_pass(values, low, high, stream, cells)
    _require_inside(values, low, high, xp)
    if lattice is not None:
        cells = _lattice_cells(low, high, lattice)
        nodes = _nearest(values, low, lattice, xp)
    else:
        nodes = _rounded((values - low) * (cells / (high - low)), stream, xp)
    return _count(nodes, cells, xp)


def _in_one_pass(values: Any, low: float, high: float, stream: Stream, cells: int) -> Binned:
    from lemmata.sampling.compiled.counts import count_rounded

    counts = numpy.zeros(cells + 1, dtype=numpy.int64)
    if not count_rounded(values, low, high, cells, stream.words(values.size), counts):
        _require_inside(values, low, high, numpy)
    return Binned(counts, numpy.arange(cells + 1) / cells)


def _require_inside(values: Any, low: float, high: float, xp: Any) -> None:
    # Comparisons with NaN are false, so one test covers finiteness too.
    inside = (values >= low) & (values <= high)
    if not bool(xp.all(inside)):
        worst = float(values[~inside][0])
        raise AssumptionViolated(f"a sample of {worst!r} is outside the declared support [{low}, {high}]")


def _lattice_cells(low: float, high: float, lattice: float) -> int:
    steps = (high - low) / lattice if lattice > 0 else 0.0
    if not 1 <= steps <= LARGEST or abs(steps - round(steps)) > NEAR:
        raise LemmataError(
            f"the lattice {lattice} does not divide the support [{low}, {high}] into 1 to 2^20 steps"
        )
    return round(steps)


def _nearest(values: Any, low: float, lattice: float, xp: Any) -> Any:
    steps = (values - low) / lattice
    nodes = xp.round(steps)
    off = xp.abs(steps - nodes) > NEAR
    if bool(xp.any(off)):
        raise AssumptionViolated(
            f"a sample of {float(values[off][0])!r} is off the lattice {low} + k * {lattice}"
        )
    return nodes


def _rounded(steps: Any, stream: Stream, xp: Any) -> Any:
    floor = xp.floor(steps)
    threshold = (xp.astype(stream.words(steps.shape[0]), xp.float64) + 0.5) * 2.0**-32
    return floor + xp.astype(threshold < steps - floor, xp.float64)


def _count(nodes: Any, cells: int, xp: Any) -> Binned:
    nodes = xp.astype(nodes, xp.int64)
    # The array API has no bincount; a namespace that lacks it counts on the host.
    there = hasattr(xp, "bincount")
    counts = to_host(
        (xp if there else numpy).bincount(nodes if there else to_host(nodes), minlength=cells + 1)
    )
    return Binned(counts.astype(numpy.int64), numpy.arange(cells + 1) / cells)
