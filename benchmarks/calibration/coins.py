"""Verdicts on coins, exactly: the chance of each verdict, summed over all outcomes instead of sampled."""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from scipy import stats

from lemmata.statistics import Decision, Tally, decide_mean_equals, decide_scaling_law, detectable

# Outcomes beyond this chance on either side are left out: where small chances are summed, and where large ones.
TAIL, COARSE = 1e-12, 1e-7
LOG2 = math.log(2)
Decide = Callable[[Tally], Decision]


class Remembering(Tally):
    """A tally whose intervals are computed once."""

    interval = functools.cache(Tally.interval)


@functools.cache
def flips(n: int, heads: int) -> Tally:
    return Remembering(np.array([0.0, 1.0]), np.array([n - heads, heads]), (0.0, 1.0))


def outcomes(n: int, p: float, tail: float = TAIL) -> list[tuple[Tally, float]]:
    """Every outcome of n flips that is not absurd, with its chance."""
    heads = range(int(stats.binom.ppf(tail, n, p)), int(stats.binom.isf(tail, n, p)) + 1)
    return [(flips(n, k), float(stats.binom.pmf(k, n, p))) for k in heads]


def chance_ever(decide: Decide, verdict: str, p: float, looks: Sequence[int]) -> float:
    """The chance that a verdict is given at one of the looks, at a coin of bias p."""
    alive, rate, before = np.ones(1), 0.0, 0
    for n in looks:
        step = n - before
        alive, before = np.convolve(alive, stats.binom.pmf(np.arange(step + 1), step, p)), n
        given = np.array([decide(flips(n, k)).verdict == verdict for k in range(n + 1)])
        rate += float(alive[given].sum())
        alive[given] = 0
    return rate


def found(p: float, n: int, fraction: float, side: int, alpha: float) -> float:
    """The chance that a prediction off by this fraction of the detectable size is refuted after n flips."""
    predicted = p + side * fraction * detectable(math.sqrt(p * (1 - p)), n, alpha)

    def refuted(heads: int) -> bool:
        return decide_mean_equals(flips(n, heads), predicted, 0.0, alpha).verdict == "refuted"

    kept, far = round(n * predicted), 0 if side > 0 else n
    while abs(kept - far) > 1:  # refuted at far, not at kept
        middle = (kept + far) // 2
        kept, far = (kept, middle) if refuted(middle) else (middle, far)
    return float(stats.binom.cdf(far, n, p) if side > 0 else stats.binom.sf(far - 1, n, p))


def found_as_printed(p: float, n: int, side: int, alpha: float) -> float:
    """The chance that a prediction off by what each sample itself prints is refuted by that sample."""
    chance = 0.0
    for tally, weight in outcomes(n, p, COARSE):
        printed = decide_mean_equals(tally, p, 0.0, alpha).detectable or 0.0
        seen = decide_mean_equals(tally, p + side * printed, 0.0, alpha)
        chance += weight * (seen.verdict == "refuted")
    return chance


def law_chances(n: int, slope: float, tolerance: float, alpha: float, tail: float = TAIL) -> Counter[str]:
    """The chance of each verdict on the slope between coins of bias 1/2 and 1/4, n flips each."""
    chances: Counter[str] = Counter()
    for first, one in outcomes(n, 0.5, tail):
        for second, two in outcomes(n, 0.25, tail):
            chances[_slope(first, second, slope, tolerance, alpha).verdict] += one * two
    return chances


def law_found_as_printed(n: int, side: int, alpha: float) -> float:
    """The chance that a slope off by what each sample itself prints is refuted by that sample."""
    chance = 0.0
    for first, one in outcomes(n, 0.5, COARSE):
        for second, two in outcomes(n, 0.25, COARSE):
            printed = _slope(first, second, -LOG2, 0.0, alpha).detectable or 0.0
            seen = _slope(first, second, -LOG2 + side * printed, 0.0, alpha)
            chance += one * two * (seen.verdict == "refuted")
    return chance


def _slope(first: Tally, second: Tally, slope: float, tolerance: float, alpha: float) -> Decision:
    return decide_scaling_law([first, second], [1.0, 2.0], [1.0, 1.0], slope, tolerance, alpha)
