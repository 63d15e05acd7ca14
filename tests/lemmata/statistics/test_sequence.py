"""Confidence sequences: against plain bisection, at the edges, their coverage and their width."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from lemmata.model import LemmataError
from lemmata.statistics import confidence_sequence, log_wealth

COIN = np.array([0.0, 1.0])
LATTICE = np.arange(4097) / 4096


def rounded(x: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.int64]:
    """Counts on the lattice 1/4096 after rounding at random, which keeps the mean."""
    steps = x * 4096
    floor = np.floor(steps)
    up = rng.random(x.size) < steps - floor
    return np.bincount((floor + up).astype(np.int64), minlength=4097)


def plain_bisection(values: NDArray[np.float64], counts: NDArray[np.int64], alpha: float) -> float:
    """inf{m : K+(m) < 2/alpha} by halving alone."""
    low, high = 0.0, 1.0
    for _ in range(100):
        middle = (low + high) / 2
        if log_wealth(values, counts, middle) >= math.log(2 / alpha):
            low = middle
        else:
            high = middle
    return low


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 64), st.integers(0, 10**5)), min_size=1, max_size=6),
    st.sampled_from([0.5, 0.05, 1e-3, 1e-6, 1e-12]),
)
def test_ends_agree_with_plain_bisection(bins: list[tuple[int, int]], alpha: float) -> None:
    values = np.array([v / 64 for v, _ in bins])
    counts = np.array([c for _, c in bins])
    lower, upper = confidence_sequence(values, counts, alpha)
    mean = math.fsum(values * counts) / counts.sum() if counts.sum() else 0.5
    assert lower <= mean <= upper
    for end, exact, centre in [
        (lower, plain_bisection(values, counts, alpha), mean),
        (1 - upper, plain_bisection(1 - values, counts, alpha), 1 - mean),
    ]:
        # The end lies on the rejected side, at most a millionth of its distance from the mean too far out.
        assert exact - 1e-6 * (centre - exact) - 1e-15 <= end <= exact + 1e-12


def test_nothing_seen_rules_nothing_out() -> None:
    assert confidence_sequence(COIN, np.array([0, 0]), 1e-6) == (0, 1)
    assert confidence_sequence([], np.array([], dtype=np.int64), 1e-6) == (0, 1)


def test_constant_samples_keep_their_end() -> None:
    lower, upper = confidence_sequence(COIN, [10**4, 0], 1e-6)
    assert lower == 0
    assert 0 < upper < 3e-3
    assert confidence_sequence(COIN, [0, 10**4], 1e-6) == (pytest.approx(1 - upper, abs=1e-12), 1)
    inner = confidence_sequence([0.25], [10**4], 1e-6)
    assert 0.245 < inner[0] < 0.25 < inner[1] < 0.26


def test_reflection_swaps_the_ends() -> None:
    values, counts = np.array([0.0, 0.25, 1.0]), np.array([900, 50, 7])
    lower, upper = confidence_sequence(values, counts, 1e-3)
    assert confidence_sequence(1 - values, counts, 1e-3) == pytest.approx((1 - upper, 1 - lower), abs=1e-15)


def test_order_and_empty_bins_change_no_digit() -> None:
    rng = np.random.default_rng(3)
    counts = rounded(rng.beta(2, 5, 5000), rng)
    order = rng.permutation(4097)
    kept = counts > 0
    first = confidence_sequence(LATTICE[kept], counts[kept], 1e-6)
    assert confidence_sequence(LATTICE, counts, 1e-6) == first
    assert confidence_sequence(LATTICE[order], counts[order], 1e-6) == pytest.approx(first, rel=1e-9)


def test_smaller_alpha_is_wider_and_more_samples_narrower() -> None:
    widths = [np.ptp(confidence_sequence(COIN, [600, 400], a)) for a in (0.1, 1e-3, 1e-6, 1e-9)]
    assert widths == sorted(widths)
    assert np.ptp(confidence_sequence(COIN, [6000, 4000], 1e-6)) < widths[2] / 2


@pytest.mark.parametrize("null", ["coin", "rare coin", "uniform", "beta"])
def test_nearly_as_narrow_as_a_fixed_sample_interval(null: str) -> None:
    """At alpha = 1e-6: 1.22 times the normal interval, which holds at one sample size only."""
    n, rng = 2**18, np.random.default_rng(11)
    values, counts = {
        "coin": (COIN, np.array([n // 2, n // 2])),
        "rare coin": (COIN, np.array([n - n // 100, n // 100])),
        "uniform": (LATTICE, rounded(rng.random(n), rng)),
        "beta": (LATTICE, rounded(rng.beta(10, 30, n), rng)),
    }[null]
    mean = np.average(values, weights=counts)
    sigma = math.sqrt(np.average((values - mean) ** 2, weights=counts))
    normal = 2 * stats.norm.isf(0.5e-6) * sigma / math.sqrt(n)
    assert 1.0 < np.ptp(confidence_sequence(values, counts, 1e-6)) / normal < 1.3


def test_small_means_keep_their_relative_precision() -> None:
    lower, upper = confidence_sequence(COIN, [10**8, 10**4], 1e-6)
    assert 0.93e-4 < lower < 1e-4 < upper < 1.07e-4


@pytest.mark.parametrize("p", [0.5, 0.02])
def test_coverage_at_a_fixed_size(p: float) -> None:
    alpha, runs = 0.05, 400
    ones = np.random.default_rng(17).binomial(300, p, runs)
    missed = 0
    for k, times in zip(*np.unique(ones, return_counts=True), strict=True):
        lower, upper = confidence_sequence(COIN, [300 - k, k], alpha)
        missed += 0 if lower <= p <= upper else times
    assert missed <= stats.binom.isf(1e-6, runs, alpha)


@pytest.mark.parametrize("alpha", [0.0, 1.0, -1.0, math.nan])
def test_alpha_is_checked(alpha: float) -> None:
    with pytest.raises(LemmataError, match="alpha"):
        confidence_sequence(COIN, [1, 1], alpha)
