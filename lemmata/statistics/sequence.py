"""Confidence sequences for a bounded mean, by inverting the betting martingale."""

from __future__ import annotations

import math
from collections.abc import Callable

from numpy.typing import ArrayLike

from lemmata.model import LemmataError
from lemmata.statistics.martingale import GRID, SMALLEST_MEAN, Counts, Vector, histogram, log_capital, moments

# The bracket of a boundary is closed to this fraction of its distance from the mean and from zero.
PRECISION = 2.0**-20
# How far past the expected root a trial lands, as a fraction of the bracket, so that the far end moves too.
OVERSHOOT = 2.0**-7


def confidence_sequence(values: ArrayLike, counts: ArrayLike, alpha: float) -> tuple[float, float]:
    """The means in [0, 1] that a histogram has not ruled out: (lower, upper), valid at every stopping time.

    ``values`` (B,) lie in [0, 1] and ``counts`` (B,) are integers >= 0. The ends are inf{m : K+(m) < 2/alpha}
    and sup{m : K-(m) < 2/alpha}; each is returned from its rejected side, so numerical error (at most one
    millionth of the distance from the sample mean) only widens the interval. With probability at least
    1 - alpha the true mean lies inside at all sample sizes together (Ville 1939).
    An empty histogram gives (0, 1).
    Raises LemmataError for a malformed histogram or an alpha outside (0, 1).
    """
    if not 0 < alpha < 1:
        raise LemmataError(f"alpha must lie strictly between 0 and 1, not {alpha}")
    points, weights = histogram(values, counts)
    threshold = math.log(2) - math.log(alpha)
    return _lower_end(points, weights, threshold), 1 - _lower_end(1 - points, weights, threshold)


def _lower_end(values: Vector, counts: Counts, threshold: float) -> float:
    """Largest mean found to be rejected, or 0 if none is."""
    n, mean, sigma = moments(values, counts)
    target = math.sqrt(threshold)

    def excess(m: float) -> float:
        return math.sqrt(max(0.0, log_capital(values, counts, m))) - target

    # Near the mean log K+ is about (mean - m)^2 n / (2 sigma^2) - log J at best, and its root about linear in m.
    guess = mean - sigma * math.sqrt(2 * (threshold + math.log(GRID.size)) / n) if n else 0.0
    if 0 < guess < mean and (above := excess(guess)) >= 0:
        return _boundary(excess, guess, above, mean, -target)
    # At the sample mean itself no bet gains (Jensen), so the excess there is -target.
    return _boundary(excess, 0.0, math.inf, mean, -target) if excess(0.0) >= 0 else 0.0


def _boundary(
    excess: Callable[[float], float], rejected: float, above: float, accepted: float, below: float
) -> float:
    """Largest m found with excess(m) >= 0, given excess(rejected) = above >= 0 > below = excess(accepted).

    Bisection, sped up by interpolation: a trial that fails to halve the bracket is followed by a midpoint.
    """
    mean, trial = accepted, _interpolate(rejected, above, accepted, below)
    while (gap := accepted - rejected) > PRECISION * min(accepted, mean - rejected):
        if not rejected < trial < accepted:
            trial = _midpoint(rejected, accepted)
        if not rejected < trial < accepted:
            break
        value = excess(trial)
        if value >= 0:
            rejected, above = trial, value
        else:
            accepted, below = trial, value
        halved = accepted - rejected <= gap / 2
        trial = _interpolate(rejected, above, accepted, below) if halved else math.nan
    return rejected


def _midpoint(rejected: float, accepted: float) -> float:
    """Halves the bracket, or its logarithm where the ends are of different orders of magnitude."""
    least = max(rejected, SMALLEST_MEAN)
    return (rejected + accepted) / 2 if accepted < 1024 * least else math.sqrt(least) * math.sqrt(accepted)


def _interpolate(rejected: float, above: float, accepted: float, below: float) -> float:
    """The secant's root between the ends of the bracket, moved slightly toward the farther end."""
    if math.isinf(above):
        return math.nan
    share = above / (above - below)
    share += OVERSHOOT if share < 0.5 else -OVERSHOOT
    return rejected + share * (accepted - rejected)
