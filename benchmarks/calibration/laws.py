"""Laws with a known mean, on a lattice in [0, 1], and how to draw from them: never through the engine's own bets."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from lemmata.sampling import Stream

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
CELLS = 4096


@dataclass(frozen=True, eq=False)
class Law:
    """Probabilities (B,) of the nodes 0, 1/(B-1), .., 1."""

    name: str
    mean: float
    probabilities: Floats

    @cached_property
    def values(self) -> Floats:
        return np.arange(self.probabilities.size) / (self.probabilities.size - 1)

    @cached_property
    def sigma(self) -> float:
        return math.sqrt(math.fsum((self.values - self.mean) ** 2 * self.probabilities))

    def tilted(self, weight: float) -> Law:
        """With probability ``weight`` size-biased, else as it is: the law that one bet would be best for."""
        return Law(self.name, math.nan, self.probabilities * (1 - weight + weight * self.values / self.mean))

    def reflected(self) -> Law:
        """The law of 1 - x."""
        return Law(self.name, 1 - self.mean, self.probabilities[::-1])

    def draw(self, stream: Stream, shape: tuple[int, ...]) -> Ints:
        """Node numbers, by inversion."""
        total = np.cumsum(self.probabilities)[:-1]
        return np.searchsorted(total, stream.uniform(shape), side="right")


def coin(p: float) -> Law:
    return Law(f"coin {p:g}", p, np.array([1 - p, p]))


def rounded(name: str, law: stats.rv_frozen, biased: stats.rv_frozen) -> Law:
    """A continuous law on [0, 1], rounded at random to multiples of 1/4096: from its distribution functions, to 1e-10.

    ``biased`` is the law whose density is x/mean times that of ``law``. The probability of a node is the mean
    of a hat function, a second difference of E max(0, a - x) = a P(x <= a) - mean P_biased(x <= a).
    """
    mean = float(law.mean())
    nodes = np.arange(-1, CELLS + 2) / CELLS
    below = np.maximum(nodes, 0) * law.cdf(nodes) - mean * biased.cdf(nodes)
    return Law(name, mean, np.maximum(0.0, np.diff(below, 2) * CELLS))


def four_laws() -> dict[str, Law]:
    """A fair coin, a rare one, and two continuous laws, rounded as the engine rounds."""
    laws = [
        coin(0.5),
        coin(0.01),
        rounded("uniform", stats.uniform(), stats.beta(2, 1)),
        rounded("Beta(10, 30)", stats.beta(10, 30), stats.beta(11, 30)),
    ]
    return {law.name: law for law in laws}


def stream(*words: object) -> Stream:
    """A stream of this benchmark's own; the same digits everywhere."""
    return Stream.keyed(0, "calibration", " ".join(map(str, words)))
