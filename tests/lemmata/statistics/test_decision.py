"""Verdicts on means and exact values: all three words, and what each is read off."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from lemmata.model import LemmataError
from lemmata.statistics import (
    Tally,
    decide_exact,
    decide_exact_at_least,
    decide_exact_at_most,
    decide_mean_at_most,
    decide_mean_equals,
    detectable,
)

ALPHA = 1e-6
N = 2**20


def coin(n: int, ones: int, support: tuple[float, float] = (0.0, 1.0)) -> Tally:
    return Tally(np.array([0.0, 1.0]), np.array([n - ones, ones]), support)


FAIR = coin(N, N // 2)


@pytest.mark.parametrize(
    ("predicted", "tolerance", "verdict"),
    [
        (0.5, 0.01, "consistent"),
        (0.505, 0.01, "consistent"),
        (0.508, 0.01, "inconclusive"),
        (0.512, 0.01, "inconclusive"),
        (0.514, 0.01, "refuted"),
        (0.486, 0.01, "refuted"),
        (0.5, 0.001, "inconclusive"),
        (0.5, 0.0, "inconclusive"),
        (0.25, 0.0, "refuted"),
    ],
)
def test_equality_is_read_off_the_sequence(predicted: float, tolerance: float, verdict: str) -> None:
    decision = decide_mean_equals(FAIR, predicted, tolerance, ALPHA)
    assert decision.verdict == verdict
    assert (decision.lower, decision.upper) == FAIR.interval(ALPHA)
    assert (decision.estimate, decision.n) == (0.5, N)
    assert decision.detectable == pytest.approx(detectable(0.5, N, ALPHA))


@pytest.mark.parametrize(
    ("bound", "tolerance", "verdict"),
    [
        (0.496, 0.02, "refuted"),
        (0.498, 0.01, "consistent"),
        (0.5, 0.001, "inconclusive"),
        (0.5, 0.0, "inconclusive"),
        (0.504, 0.0, "consistent"),
    ],
)
def test_a_bound_is_read_off_the_same_sequence(bound: float, tolerance: float, verdict: str) -> None:
    decision = decide_mean_at_most(FAIR, bound, tolerance, ALPHA)
    assert decision.verdict == verdict
    assert decision.note == f"slack {2 * bound:.4g}"


def test_verdicts_are_in_the_quantitys_own_units() -> None:
    tally = coin(N, N // 2, (10.0, 30.0))
    assert decide_mean_equals(tally, 20.0, 0.1, ALPHA).verdict == "consistent"
    seen = decide_mean_equals(tally, 20.5, 0.1, ALPHA)
    assert seen.verdict == "refuted"
    assert seen.detectable == pytest.approx(detectable(10.0, N, ALPHA))


@pytest.mark.parametrize("ones", [0, 1, 10, N // 1000, N // 2, N])
@pytest.mark.parametrize("sign", [-1, 1])
def test_a_shift_of_half_more_than_detectable_is_refuted(ones: int, sign: int) -> None:
    """Whatever was seen, the printed size is one that this very sample refutes."""
    tally, tolerance = coin(N, ones), 1e-4
    reach = decide_mean_equals(tally, tally.mean, tolerance, ALPHA).detectable
    assert reach is not None
    shifted = tally.mean + sign * 1.5 * (tolerance + reach)
    assert decide_mean_equals(tally, shifted, tolerance, ALPHA).verdict == "refuted"


def test_a_sample_without_variation_does_not_claim_infinite_power() -> None:
    seen = decide_mean_equals(coin(1000, 0), 0.0, 0.0, ALPHA)
    assert seen.detectable == seen.upper > 0.01


def test_no_samples_decide_nothing() -> None:
    empty = coin(0, 0, (-1.0, 3.0))
    for decide in (decide_mean_equals, decide_mean_at_most):
        seen = decide(empty, 0.0, 0.5, ALPHA)
        assert (seen.verdict, seen.lower, seen.upper, seen.n) == ("inconclusive", -1.0, 3.0, 0)
        assert (seen.detectable, seen.note) == (math.inf, "no samples")


def test_asymptotic_evidence_supports_but_never_refutes() -> None:
    seen = decide_mean_equals(FAIR, 0.25, 0.01, ALPHA, grade="asymptotic")
    assert seen.verdict == "inconclusive"
    assert "asymptotic" in seen.note
    assert decide_mean_at_most(FAIR, 0.25, 0.01, ALPHA, grade="asymptotic").verdict == "inconclusive"
    assert decide_exact(1, 2, grade="asymptotic").verdict == "inconclusive"
    assert decide_mean_equals(FAIR, 0.5, 0.01, ALPHA, grade="asymptotic").verdict == "consistent"
    assert decide_mean_equals(FAIR, 0.25, 0.01, ALPHA, grade="uses-lemma").verdict == "refuted"


def test_coarse_rounding_is_reported() -> None:
    coarse = Tally(np.array([0.0, 0.25, 0.5]), np.array([10, 80, 10]), (0.0, 1.0), step=0.25)
    assert "refine the lattice" in decide_mean_equals(coarse, 0.25, 0.1, ALPHA).note
    fine = Tally(np.array([0.0, 1.0]), np.array([50, 50]), (0.0, 1.0), step=1 / 4096)
    assert decide_mean_equals(fine, 0.5, 0.1, ALPHA).note == ""


@pytest.mark.parametrize(
    ("measured", "predicted", "tolerance", "verdict"),
    [
        (3, 3, 0.0, "consistent"),
        (3, 4, 0.0, "refuted"),
        (10**17 + 1, 10**17, 0.0, "refuted"),
        (Fraction(1, 3), Fraction(1, 3), 0.0, "consistent"),
        (Fraction(1, 3), Fraction(10**17 + 1, 3 * 10**17), 0.0, "refuted"),
        (Fraction(1, 3), 1 / 3, 0.0, "consistent"),
        (Fraction(1, 3), 1 / 3, 1e-15, "consistent"),
        (0.1 + 0.2, 0.3, 1e-12, "consistent"),
        (np.float64(0.31), 0.3, 1e-3, "refuted"),
    ],
)
def test_exact_values_are_compared_without_rounding(
    measured: Any, predicted: Any, tolerance: float, verdict: str
) -> None:
    seen = decide_exact(measured, predicted, tolerance)
    assert seen.verdict == verdict
    assert (seen.lower, seen.estimate, seen.upper) == (float(measured),) * 3
    assert (seen.detectable, seen.n) == (None, 1)


@pytest.mark.parametrize(
    ("measured", "predicted"), [(math.nan, 0), (0, math.inf), ("a", 0), (10**400, 0), (1j, 0), (None, 0)]
)
def test_what_is_no_number_is_not_compared(measured: Any, predicted: Any) -> None:
    with pytest.raises(LemmataError, match=r"measured value|prediction"):
        decide_exact(measured, predicted)


@pytest.mark.parametrize(
    ("predicted", "tolerance", "alpha", "message"),
    [
        (math.nan, 0.1, ALPHA, "prediction"),
        (0.5, -0.1, ALPHA, "tolerance"),
        (0.5, math.nan, ALPHA, "tolerance"),
        (0.5, 0.1, 0.0, "alpha"),
    ],
)
def test_senseless_questions_are_refused(
    predicted: float, tolerance: float, alpha: float, message: str
) -> None:
    for decide in (decide_mean_equals, decide_mean_at_most):
        with pytest.raises(LemmataError, match=message):
            decide(FAIR, predicted, tolerance, alpha)


@pytest.mark.parametrize(
    ("measured", "bound", "tolerance", "verdict", "note"),
    [
        (Fraction(4), Fraction(3), 0.0, "consistent", "slack 1.333"),
        (Fraction(3), Fraction(3), 0.0, "consistent", "slack 1"),
        (Fraction(3) - Fraction(1, 2**200), Fraction(3), 0.0, "refuted", "slack 1"),
        (2.9, 3, 0.2, "consistent", "slack 0.9667"),
        (2.7, 3, 0.2, "refuted", "slack 0.9"),
        (-1, 0, 0.0, "refuted", ""),
    ],
)
def test_bounds_from_above_and_below_are_mirror_images(
    measured: Fraction | float, bound: Fraction | float, tolerance: float, verdict: str, note: str
) -> None:
    below = decide_exact_at_least(measured, bound, tolerance)
    assert (below.verdict, below.note) == (verdict, note)
    assert decide_exact_at_most(-measured, -bound, tolerance).verdict == verdict
    assert decide_exact_at_most(bound, measured, tolerance).verdict == verdict
    with pytest.raises(LemmataError, match="finite"):
        decide_exact_at_least(measured, math.inf, tolerance)
