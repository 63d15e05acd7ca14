"""What a run of a given size would have found, and how large a run must be to find it."""

from __future__ import annotations

import math
from statistics import NormalDist

from lemmata.model import LemmataError
from lemmata.statistics.martingale import GRID


def detectable(sigma: float, n: int, alpha: float, power: float = 0.99) -> float:
    """The smallest shift of a mean that n samples refute with the given probability, in the units of sigma.

    It is (sqrt(2 ln(2 J / alpha)) + z) sigma / sqrt(n) with z the normal quantile of ``power``: one of J bets
    is close to the best one, and must earn J times the threshold 2/alpha. At alpha = 1e-6 and power 0.99 it
    is 8.35 sigma / sqrt(n). Infinite without samples.
    Raises LemmataError for sigma < 0, n < 0, alpha or power outside (0, 1).
    """
    if not sigma >= 0 or n < 0:
        raise LemmataError(f"a detectable size needs sigma >= 0 and n >= 0, not {sigma} and {n}")
    return _constant(alpha, power) * sigma / math.sqrt(n) if n else math.inf


def samples_needed(sigma: float, difference: float, alpha: float, power: float = 0.99) -> int:
    """The sample size at which ``difference`` is detectable, the inverse of :func:`detectable`; at least 1.

    About 70 (sigma / difference)^2 at alpha = 1e-6 and power 0.99. Raises LemmataError for sigma < 0,
    difference <= 0, alpha or power outside (0, 1).
    """
    if not sigma >= 0 or not difference > 0:
        raise LemmataError(
            f"a sample size needs sigma >= 0 and a difference > 0, not {sigma} and {difference}"
        )
    return max(1, math.ceil((_constant(alpha, power) * sigma / difference) ** 2))


def scatter(sigma: float, n: int, power: float = 0.99) -> float:
    """How far the mean of n samples strays to one side, exceeded with probability 1 - ``power`` (normal law).

    Infinite without samples.
    """
    return NormalDist().inv_cdf(power) * sigma / math.sqrt(n) if n else math.inf


def _constant(alpha: float, power: float) -> float:
    if not (0 < alpha < 1 and 0 < power < 1):
        raise LemmataError(f"alpha and power must lie strictly between 0 and 1, not {alpha} and {power}")
    return math.sqrt(2 * math.log(2 * GRID.size / alpha)) + NormalDist().inv_cdf(power)
