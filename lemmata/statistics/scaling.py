"""Exponential laws: the slope of log(mean) over an abscissa, from one confidence sequence a point."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product

from lemmata.model import Grade, LemmataError
from lemmata.statistics.decision import Decision, check_claim, compare, restrain
from lemmata.statistics.power import scatter
from lemmata.statistics.tally import Tally


def decide_scaling_law(
    tallies: Sequence[Tally],
    abscissae: Sequence[float],
    scales: Sequence[float],
    predicted_slope: float,
    tolerance: float,
    alpha: float,
    grade: Grade = "valid",
    remainder: float = 0.0,
) -> Decision:
    """Is log(mean / scale) = c + s x at K points, for some c, with s in ``predicted_slope`` +- ``tolerance``?

    Each of the K points gets a confidence sequence at alpha / K. ``remainder`` bounds the law's own deviation
    from a straight line, in units of the logarithm, and widens every interval. A slope interval disjoint from
    the claim refutes it, and so does a lack of any line through all intervals; one inside the claim is
    consistent. If no line fits, the set of slopes is empty, and ``lower`` exceeds ``upper``.
    ``detectable`` is the half-width of the slope interval that remains when each interval is also widened by
    the scatter of its mean, ``estimate`` the middle of the slope interval, ``n`` the sum of sizes.
    Ends and half-width are infinite as long as the means that would bound the slope may be zero.
    Raises LemmataError for lists of unequal lengths, fewer than two different abscissae, a scale that is not
    positive, a remainder < 0, and otherwise as :func:`decide_mean_equals` does.
    """
    check_claim(predicted_slope, tolerance)
    _check_points(tallies, abscissae, scales, remainder)
    level = alpha / len(tallies)
    ends = [tally.interval(level) for tally in tallies]
    lowers = [_log(low / scale) - remainder for (low, _), scale in zip(ends, scales, strict=True)]
    uppers = [_log(high / scale) + remainder for (_, high), scale in zip(ends, scales, strict=True)]
    lower, upper = slope_interval(lowers, uppers, abscissae)
    empty = lower > upper
    verdict = (
        "refuted"
        if empty
        else compare(lower, upper, predicted_slope - tolerance, predicted_slope + tolerance)
    )
    seen = Decision(
        verdict=verdict,
        estimate=_middle(lower, upper),
        lower=lower,
        upper=upper,
        detectable=0.0 if empty else _reach(tallies, lowers, uppers, abscissae),
        n=sum(tally.n for tally in tallies),
        note="no straight line passes through all intervals" if empty else "",
    )
    return restrain(seen, grade)


def slope_interval(
    lowers: Sequence[float], uppers: Sequence[float], abscissae: Sequence[float]
) -> tuple[float, float]:
    """The slopes s for which some c has lowers[i] <= c + s x_i <= uppers[i] at all i, in closed form.

    Eliminating c leaves lowers[i] - uppers[j] <= s (x_i - x_j) for every pair (Fourier 1826, Motzkin 1936).
    All three have length K. A lower bound may be -inf; an upper bound of -inf is met by no line. The ends
    returned may be infinite, and an empty set is a pair whose first end is the larger.
    """
    points = list(zip(lowers, uppers, abscissae, strict=True))
    least, most = -math.inf, math.inf
    if any(high == -math.inf for high in uppers):
        return math.inf, -math.inf
    for (low, _, right), (_, high, left) in product(points, points):
        run, rise = right - left, low - high
        if run > 0:
            least = max(least, rise / run)
        elif run < 0:
            most = min(most, rise / run)
        elif rise > 0:
            return math.inf, -math.inf
    return least, most


def _reach(
    tallies: Sequence[Tally], lowers: Sequence[float], uppers: Sequence[float], abscissae: Sequence[float]
) -> float:
    """The size of a violation found with probability 0.99; a slope at the interval's end is, half of the time."""
    strays = [_log_scatter(tally) for tally in tallies]
    lower, upper = slope_interval(
        [low - stray for low, stray in zip(lowers, strays, strict=True)],
        [high + stray for high, stray in zip(uppers, strays, strict=True)],
        abscissae,
    )
    return (upper - lower) / 2


def _log_scatter(tally: Tally) -> float:
    """The scatter of the logarithm of a mean, to first order."""
    return scatter(tally.sigma, tally.n) / tally.mean if tally.mean > 0 else math.inf


def _check_points(
    tallies: Sequence[Tally], abscissae: Sequence[float], scales: Sequence[float], remainder: float
) -> None:
    if not len(tallies) == len(abscissae) == len(scales):
        raise LemmataError(
            f"a scaling law needs one abscissa and one scale a point, "
            f"not {len(abscissae)} and {len(scales)} for {len(tallies)} points"
        )
    if len(set(abscissae)) < 2 or not all(map(math.isfinite, abscissae)):
        raise LemmataError("a scaling law needs points at two or more different, finite abscissae")
    if not all(scale > 0 and math.isfinite(scale) for scale in scales):
        raise LemmataError("a scaling law takes logarithms, so every scale must be positive and finite")
    if not (remainder >= 0 and math.isfinite(remainder)):
        raise LemmataError(f"the remainder of a scaling law must be finite and at least 0, not {remainder}")


def _log(number: float) -> float:
    return math.log(number) if number > 0 else -math.inf


def _middle(lower: float, upper: float) -> float:
    """The middle of an interval of slopes; its finite end if there is one only, and 0 for the whole line."""
    finite = [end for end in (lower, upper) if math.isfinite(end)]
    return math.fsum(finite) / len(finite) if finite else 0.0
