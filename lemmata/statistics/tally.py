"""One finished sample as integers: a histogram over the scaled support."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lemmata.model import LemmataError
from lemmata.statistics.martingale import Counts, Vector, histogram, moments
from lemmata.statistics.sequence import confidence_sequence


@dataclass(frozen=True, eq=False)
class Tally:
    """How often each value was seen: all that a verdict needs, whatever the order of the samples.

    ``values`` (B,) are scaled to [0, 1], ``counts`` (B,) are integers >= 0, and ``support`` holds the ends
    of the declared support in the statistic's own units. ``step`` is the width of the lattice, on [0, 1], to
    which values were stochastically rounded, and 0 if they were not. Tallies of disjoint samples add.
    Raises LemmataError for a malformed histogram, an empty or infinite support, or a step outside [0, 1].
    """

    values: Vector
    counts: Counts
    support: tuple[float, float]
    step: float = 0.0

    def __post_init__(self) -> None:
        low, high = self.support
        if not (math.isfinite(high - low) and low < high):
            raise LemmataError(f"a support needs two finite ends, the lower first, not {low} and {high}")
        if not 0 <= self.step <= 1:
            raise LemmataError(f"a rounding step is a fraction of the support, not {self.step}")
        values, counts = histogram(self.values, self.counts)
        object.__setattr__(self, "values", values)
        object.__setattr__(self, "counts", counts)

    def __add__(self, other: Tally) -> Tally:
        if (self.support, self.step) != (other.support, other.step):
            raise LemmataError(
                f"samples over {self.support} and {other.support} (or rounded otherwise) do not add"
            )
        joined = np.concatenate([self.values, other.values])
        values, place = np.unique(joined, return_inverse=True)
        counts = np.zeros(values.size, dtype=np.int64)
        np.add.at(counts, place, np.concatenate([self.counts, other.counts]))
        return Tally(values, counts, self.support, self.step)

    @cached_property
    def _moments(self) -> tuple[int, float, float]:
        return moments(self.values, self.counts)

    @property
    def width(self) -> float:
        """Length of the support."""
        return self.support[1] - self.support[0]

    @property
    def n(self) -> int:
        """Sample size."""
        return self._moments[0]

    @property
    def mean(self) -> float:
        """Sample mean in the statistic's own units; the middle of the support if there are no samples."""
        return self.support[0] + self.width * self._moments[1]

    @property
    def sigma(self) -> float:
        """Standard deviation in the statistic's own units; half of the support if there are no samples."""
        return self.width * self._moments[2]

    @property
    def rounding_ratio(self) -> float:
        """Largest share of the variance that stochastic rounding can have added: step^2 / (4 variance).

        Refine the step where it exceeds 0.01. Zero where nothing varies, for then nothing was rounded.
        """
        sigma = self._moments[2]
        return (self.step / sigma) ** 2 / 4 if sigma else 0.0

    def interval(self, alpha: float) -> tuple[float, float]:
        """Confidence sequence for the mean in the statistic's own units; the support without samples."""
        lower, upper = confidence_sequence(self.values, self.counts, alpha)
        # Each end is measured from its own side, so that an uninformed end is exactly the support's.
        return self.support[0] + self.width * lower, self.support[1] - self.width * (1 - upper)
