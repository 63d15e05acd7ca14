"""Verdicts, each read off one confidence sequence, so that all of its statements err together."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

from lemmata.model import Grade, LemmataError, NumericVerdict
from lemmata.statistics.power import detectable, scatter
from lemmata.statistics.tally import Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A verdict with what was seen and what would have been seen, in the quantity's own units.

    ``lower`` and ``upper`` bound the quantity with the confidence asked for. ``detectable`` is the size,
    beyond the tolerance, of a violation found with probability 0.99; it is None for an exact comparison.
    """

    verdict: NumericVerdict
    estimate: float
    lower: float
    upper: float
    detectable: float | None
    n: int
    note: str = ""


def decide_mean_equals(
    tally: Tally, predicted: float, tolerance: float, alpha: float, grade: Grade = "valid"
) -> Decision:
    """Is the mean ``predicted`` +- ``tolerance``?

    The sequence inside that band is consistent, disjoint from it refuted, anything else inconclusive.
    Raises LemmataError for a prediction that is not finite, a tolerance < 0 or an alpha outside (0, 1).
    """
    check_claim(predicted, tolerance)
    lower, upper = tally.interval(alpha)
    verdict = compare(lower, upper, predicted - tolerance, predicted + tolerance)
    return _mean(tally, alpha, grade, lower, upper, verdict)


def decide_mean_at_most(
    tally: Tally, bound: float, tolerance: float, alpha: float, grade: Grade = "valid"
) -> Decision:
    """Is the mean at most ``bound``?

    A sequence wholly above the bound refutes; wholly below bound + tolerance it is consistent. The note gives
    the slack bound / mean: where it is large, the bound was hardly tested. Raises LemmataError as
    :func:`decide_mean_equals` does.
    """
    check_claim(bound, tolerance)
    lower, upper = tally.interval(alpha)
    verdict: NumericVerdict = "inconclusive"
    if lower > bound:
        verdict = "refuted"
    elif upper <= bound + tolerance:
        verdict = "consistent"
    slack = f"slack {bound / tally.mean:.4g}" if tally.n and tally.mean else ""
    return _mean(tally, alpha, grade, lower, upper, verdict, slack)


def decide_exact(measured: Any, predicted: Any, tolerance: float = 0.0, grade: Grade = "exact") -> Decision:
    """Does a value computed without sampling agree with the prediction to within ``tolerance``?

    Integers and fractions are compared as such, without rounding; a float on either side makes it a
    comparison of floats. Never inconclusive, unless the grade is asymptotic. The note of a refutation gives the
    difference, which may be smaller than the digits of either number show.
    Raises LemmataError for a value or prediction that is not finite, or a tolerance < 0.
    """
    value = to_float(measured, "the measured value")
    check_claim(to_float(predicted, "the prediction"), tolerance)
    agrees = bool(abs(measured - predicted) <= tolerance)
    seen = Decision(
        verdict="consistent" if agrees else "refuted",
        estimate=value,
        lower=value,
        upper=value,
        detectable=None,
        n=1,
        note="" if agrees else f"off by {_size(measured - predicted)}",
    )
    return restrain(seen, grade)


def _size(difference: Any) -> str:
    """Two digits of a number, or its power of two where it is too small for a float."""
    size = float(difference)
    if size or not difference:
        return f"{size:.2g}"
    return f"about 2^{difference.numerator.bit_length() - difference.denominator.bit_length()}"


def decide_exact_at_most(
    measured: Any, bound: Any, tolerance: float = 0.0, grade: Grade = "exact"
) -> Decision:
    """Is a value computed without sampling at most ``bound``, to within ``tolerance``?

    Compared as :func:`decide_exact` compares, and raising as it does. The note gives the slack bound / value:
    where it is large, the bound was hardly tested.
    """
    return _bounded(measured, bound, 1, tolerance, grade)


def decide_exact_at_least(
    measured: Any, bound: Any, tolerance: float = 0.0, grade: Grade = "exact"
) -> Decision:
    """Is a value computed without sampling at least ``bound``, to within ``tolerance``?

    Compared as :func:`decide_exact` compares, and raising as it does. The note gives the slack value / bound.
    """
    return _bounded(measured, bound, -1, tolerance, grade)


def _bounded(measured: Any, bound: Any, side: int, tolerance: float, grade: Grade) -> Decision:
    """``side`` is 1 for a bound from above, -1 for one from below."""
    value, limit = to_float(measured, "the measured value"), to_float(bound, "the prediction")
    check_claim(limit, tolerance)
    large, small = (limit, value)[::side]
    seen = Decision(
        verdict="consistent" if bool(side * (measured - bound) <= tolerance) else "refuted",
        estimate=value,
        lower=value,
        upper=value,
        detectable=None,
        n=1,
        note=f"slack {large / small:.4g}" if small else "",
    )
    return restrain(seen, grade)


def compare(lower: float, upper: float, least: float, most: float) -> NumericVerdict:
    """Inside [least, most]: consistent; disjoint from it: refuted; overlapping: inconclusive."""
    if upper < least or lower > most:
        return "refuted"
    return "consistent" if least <= lower and upper <= most else "inconclusive"


def restrain(decision: Decision, grade: Grade) -> Decision:
    """Asymptotic evidence carries no guarantee at any finite size, so it may support but never refute."""
    if grade != "asymptotic" or decision.verdict != "refuted":
        return decision
    note = "; ".join(filter(None, [decision.note, "would refute, but asymptotic evidence may not"]))
    return replace(decision, verdict="inconclusive", note=note)


def check_claim(predicted: float, tolerance: float) -> None:
    """Raises LemmataError for a prediction or a tolerance with which no comparison makes sense."""
    if not math.isfinite(predicted):
        raise LemmataError(f"the prediction is {predicted}; a comparison needs a finite number")
    if not (tolerance >= 0 and math.isfinite(tolerance)):
        raise LemmataError(f"a tolerance must be finite and at least 0, not {tolerance}")


def to_float(number: Any, what: str) -> float:
    """A number as a float; raises LemmataError if it is none, too large, or not finite."""
    try:
        value = float(number)
    except (TypeError, ValueError, OverflowError) as error:
        raise LemmataError(f"{what} is no real number that a float can hold: {error}") from error
    if not math.isfinite(value):
        raise LemmataError(f"{what} is {value}; a comparison needs a finite number")
    return value


def _mean(
    tally: Tally,
    alpha: float,
    grade: Grade,
    lower: float,
    upper: float,
    verdict: NumericVerdict,
    *remarks: str,
) -> Decision:
    notes = [*remarks, "" if tally.n else "no samples"]
    if tally.rounding_ratio > 0.01:
        notes.append(f"rounding adds up to {tally.rounding_ratio:.2g} of the variance; refine the lattice")
    # A rare value makes the interval longer on one side than sigma says. What it leaves open was not excluded,
    # and a violation at its very end would be found half of the time only: the scatter of the mean is added.
    open_ends = max(tally.mean - lower, upper - tally.mean) + scatter(tally.sigma, tally.n)
    reach = max(detectable(tally.sigma, tally.n, alpha), open_ends)
    seen = Decision(
        verdict=verdict,
        estimate=tally.mean,
        lower=lower,
        upper=upper,
        detectable=reach,
        n=tally.n,
        note="; ".join(filter(None, notes)),
    )
    return restrain(seen, grade)
