"""False alarms with a look after every sample: by null runs, exactly for a coin, and by reweighting."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from benchmarks.calibration.laws import Floats, Ints, Law, stream
from lemmata.statistics import GRID, log_factors, martingale

Flags = NDArray[np.bool_]
COIN = np.array([0.0, 1.0])
Rule = Callable[[Law, Ints, float], Flags]
# Samples worked on at once; part of the streams' names, so another number gives other figures.
BATCH = 30_000


def alarmed(law: Law, nodes: Ints, alpha: float) -> Flags:
    """Whether the true mean is ruled out after each sample of each run: (runs, looks), from node numbers."""
    high = np.full(nodes.shape, -math.inf)
    for side in (law, law.reflected()):
        # Reflection turns the law around, so the nodes too.
        places = nodes if side is law else law.values.size - 1 - nodes
        factors = log_factors(side.values, side.mean)
        high = np.maximum(high, martingale.log_mean_exp(np.cumsum(factors[:, places], axis=2)))
    return high >= math.log(2 / alpha)


def batches(runs: int, looks: int) -> Iterator[Ints]:
    """The numbers of the runs, a few at a time."""
    yield from np.array_split(np.arange(runs), max(1, runs * looks // BATCH))


def peeked(law: Law, nodes: Ints, alpha: float) -> Flags:
    """What a z test for one look would say after each sample from the 30th on, the usual mistake."""
    n = np.arange(1, nodes.shape[1] + 1)
    z = np.abs(np.cumsum(law.values[nodes], axis=1) - n * law.mean) / (law.sigma * np.sqrt(n))
    return z[:, 29:] >= stats.norm.isf(alpha / 2)


def null_alarms(law: Law, runs: int, looks: int, alpha: float, rule: Rule = alarmed) -> int:
    """How many runs ever rule out their true mean."""
    count = 0
    for number, batch in enumerate(batches(runs, looks)):
        nodes = law.draw(stream("null", law.name, number), (batch.size, looks))
        count += int(rule(law, nodes, alpha).any(axis=1).sum())
    return count


def reweighted_rate(law: Law, looks: int, alpha: float, paths: int) -> tuple[float, float]:
    """The chance of an alarm within so many samples, and its standard error, by importance sampling.

    Each path follows the law that one bet would have been best for, up or down; its weight at the alarm is the
    inverse likelihood ratio of that mixture, taken from the laws' probabilities and not from the engine. For
    a right engine that is 1 over its capital at stopping.
    """
    tilts = [law.tilted(r) for r in GRID] + [law.reflected().tilted(r).reflected() for r in GRID]
    with np.errstate(divide="ignore", invalid="ignore"):  # a node of probability zero is never drawn
        ratios = np.log(np.stack([tilt.probabilities for tilt in tilts]) / law.probabilities)
    chosen = np.arange(paths) % len(tilts)  # as often each: less scatter than at random
    weights = np.zeros(paths)
    for number, batch in enumerate(batches(paths, looks)):
        words = stream("reweighted", law.name, looks, alpha, number)
        nodes = np.stack([tilts[k].draw(words, (looks,)) for k in chosen[batch]])
        hit = alarmed(law, nodes, alpha)
        first = np.argmax(hit, axis=1)
        for row in np.flatnonzero(hit.any(axis=1)):
            seen = np.bincount(nodes[row, : first[row] + 1], minlength=law.values.size)
            there = seen > 0
            likelihood = ratios[:, there] @ seen[there]
            weights[batch[row]] = math.exp(math.log(len(tilts)) - special.logsumexp(likelihood))
    return float(weights.mean()), _error(weights, chosen)


def _error(weights: Floats, strata: Ints) -> float:
    """Standard error of a mean over strata of equal size."""
    return (
        math.sqrt(sum(np.var(weights[strata == k], ddof=1) * (strata == k).sum() for k in set(strata)))
        / weights.size
    )


def coin_limits(p: float, looks: int, alpha: float) -> tuple[Ints, Ints]:
    """After t = 1..looks flips, the fewest heads that refute p from above and the most that do from below.

    Unreachable limits are t + 1 and -1. Found by halving on the engine's own factors.
    """
    t = np.arange(1, looks + 1)

    def fewest(m: float) -> Ints:
        factors = log_factors(COIN, m)
        kept, refuted = np.zeros_like(t) - 1, t + 1
        for _ in range(looks.bit_length() + 1):
            heads = (kept + refuted) // 2
            logs = factors[:, :1] * (t - heads) + factors[:, 1:] * heads
            hit = martingale.log_mean_exp(logs) >= math.log(2 / alpha)
            kept, refuted = np.where(hit, kept, heads), np.where(hit, heads, refuted)
        return refuted

    return fewest(p), t - fewest(1 - p)


def exact_rates(p: float, looks: list[int], alpha: float) -> list[float]:
    """The chance that a coin of bias p is found to have another within so many flips, without sampling.

    Dynamic programming over the heads of runs not yet alarmed: they lie between the limits.
    """
    above, below = coin_limits(p, max(looks), alpha)
    alive, rate, rates = np.zeros(max(looks) + 2), 0.0, {}
    alive[0], low, high = 1.0, 0, 0
    for t, (most, least) in enumerate(zip(above.tolist(), below.tolist(), strict=True), start=1):
        up = p * alive[low : high + 1]
        alive[low : high + 1] *= 1 - p
        alive[low + 1 : high + 2] += up
        top, bottom = min(high + 1, most - 1), max(low, least + 1)
        rate += alive[top + 1 : high + 2].sum() + alive[low:bottom].sum()
        alive[top + 1 : high + 2] = 0
        alive[low:bottom] = 0
        low, high = bottom, top
        rates[t] = rate
    return [float(rates[each]) for each in looks]
