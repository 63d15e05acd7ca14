"""Finished samples: units, merging, and the variance that rounding adds."""

from __future__ import annotations

import math

import numpy as np
import pytest

from lemmata.model import LemmataError
from lemmata.statistics import Tally, confidence_sequence

SIGNS = np.array([0.0, 1.0])


def signs(minus: int, plus: int) -> Tally:
    return Tally(SIGNS, np.array([minus, plus]), (-1.0, 1.0))


def test_moments_are_in_the_statistics_own_units() -> None:
    tally = signs(25, 75)
    assert (tally.n, tally.mean) == (100, 0.5)
    assert tally.sigma == pytest.approx(math.sqrt(0.75))


def test_interval_is_the_scaled_sequence() -> None:
    lower, upper = confidence_sequence(SIGNS, [25, 75], 1e-3)
    assert signs(25, 75).interval(1e-3) == pytest.approx((2 * lower - 1, 2 * upper - 1), abs=1e-15)


def test_an_uninformed_interval_is_exactly_the_support() -> None:
    empty = Tally(SIGNS, np.array([0, 0]), (-0.1, 0.7))
    assert empty.interval(1e-6) == (-0.1, 0.7)
    assert (empty.n, empty.rounding_ratio) == (0, pytest.approx(0))


def test_merging_is_addition_in_any_order() -> None:
    rng = np.random.default_rng(1)
    parts = [Tally(np.arange(9) / 8, rng.integers(0, 50, 9), (0.0, 3.0)) for _ in range(5)]
    forward = sum(parts[1:], parts[0])
    backward = sum(parts[-2::-1], parts[-1])
    assert forward.counts.tolist() == backward.counts.tolist()
    assert forward.n == sum(part.n for part in parts)
    assert (forward.mean, forward.sigma) == (backward.mean, backward.sigma)
    assert forward.interval(1e-6) == backward.interval(1e-6)


def test_merging_joins_different_bins() -> None:
    joined = Tally(np.array([0.25, 1.0]), np.array([3, 0]), (0.0, 1.0)) + Tally(
        np.array([0.0, 0.25]), np.array([1, 2]), (0.0, 1.0)
    )
    assert (joined.values.tolist(), joined.counts.tolist()) == ([0.0, 0.25], [1, 5])


def test_merging_needs_one_support_and_one_rounding() -> None:
    other = Tally(SIGNS, np.array([1, 1]), (0.0, 1.0))
    with pytest.raises(LemmataError, match="do not add"):
        signs(1, 1) + other
    with pytest.raises(LemmataError, match="do not add"):
        other + Tally(SIGNS, np.array([1, 1]), (0.0, 1.0), step=0.5)


def test_rounding_ratio_bounds_the_variance_that_rounding_adds() -> None:
    step, rng = 1 / 16, np.random.default_rng(2)
    x = rng.uniform(0.3, 0.7, 200_000)
    steps = x / step
    nodes = (np.floor(steps) + (rng.random(x.size) < steps - np.floor(steps))).astype(np.int64)
    tally = Tally(np.arange(17) * step, np.bincount(nodes, minlength=17), (0.0, 1.0), step)
    added = 1 - x.var() / tally.sigma**2
    assert 0 < added < tally.rounding_ratio < 2 * added
    assert tally.rounding_ratio > 0.01
    assert signs(1, 1).rounding_ratio == 0


@pytest.mark.parametrize("support", [(1.0, 1.0), (2.0, 1.0), (0.0, math.inf), (math.nan, 1.0)])
def test_a_support_must_be_an_interval(support: tuple[float, float]) -> None:
    with pytest.raises(LemmataError, match="support"):
        Tally(SIGNS, np.array([1, 1]), support)


def test_a_malformed_histogram_is_refused_at_once() -> None:
    with pytest.raises(LemmataError, match="outside"):
        Tally(np.array([-1.0, 1.0]), np.array([1, 1]), (-1.0, 1.0))
    with pytest.raises(LemmataError, match="rounding step"):
        Tally(SIGNS, np.array([1, 1]), (-1.0, 1.0), step=2.0)
