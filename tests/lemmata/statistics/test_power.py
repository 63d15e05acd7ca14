"""What a run would have found: the printed size against violations planted at fractions of it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from lemmata.model import LemmataError
from lemmata.statistics import Tally, decide_mean_equals, detectable, samples_needed

ALPHA = 1e-6
N = 2**16
COIN = np.array([0.0, 1.0])
LATTICE = np.arange(4097) / 4096
# Fractions of the printed size, and how often a violation of that size is found.
FOUND = {0.5: 0.03, 0.71: 0.46, 0.85: 0.86, 1.0: 0.985}


def test_the_constant_is_the_published_one() -> None:
    assert detectable(1.0, 1, ALPHA) == pytest.approx(8.35, abs=0.01)
    assert detectable(0.5, N, ALPHA) == pytest.approx(8.346 / 512, rel=1e-3)
    assert detectable(1.0, 0, ALPHA) == math.inf
    assert detectable(1.0, 1, ALPHA, power=0.5) == pytest.approx(math.sqrt(2 * math.log(74e6)))


def test_sample_size_is_the_inverse() -> None:
    assert samples_needed(1.0, 1.0, ALPHA) == 70
    for sigma, difference in [(0.5, 1e-3), (3.0, 0.7), (1e-4, 1e-9)]:
        n = samples_needed(sigma, difference, ALPHA)
        assert detectable(sigma, n, ALPHA) <= difference < detectable(sigma, n - 1, ALPHA)
    assert samples_needed(0.0, 1.0, ALPHA) == 1


@pytest.mark.parametrize(
    ("sigma", "alpha", "power"), [(-1.0, 0.1, 0.9), (math.nan, 0.1, 0.9), (1.0, 0.0, 0.9), (1.0, 0.1, 1.0)]
)
def test_senseless_sizes_are_refused(sigma: float, alpha: float, power: float) -> None:
    with pytest.raises(LemmataError):
        detectable(sigma, 10, alpha, power)
    with pytest.raises(LemmataError):
        samples_needed(sigma, 1.0, alpha, power)


def test_a_sample_size_needs_a_difference() -> None:
    with pytest.raises(LemmataError, match="difference"):
        samples_needed(1.0, 0.0, ALPHA)


def refuted(n: int, ones: int, predicted: float) -> bool:
    tally = Tally(COIN, np.array([n - ones, ones]), (0.0, 1.0))
    return decide_mean_equals(tally, predicted, 0.0, ALPHA).verdict == "refuted"


@pytest.mark.parametrize(("p", "n"), [(0.5, 2**16), (0.01, 2**24)])
@pytest.mark.parametrize("side", [-1, 1])
@pytest.mark.parametrize("fraction", FOUND)
def test_planted_violations_of_a_coin_exactly(p: float, n: int, side: int, fraction: float) -> None:
    """The chance of a refutation, summed over all outcomes of the coin: no sampling."""
    predicted = p + side * fraction * detectable(math.sqrt(p * (1 - p)), n, ALPHA)
    kept, far = round(n * predicted), 0 if side > 0 else n
    while abs(kept - far) > 1:  # refuted at far, not at kept
        middle = (kept + far) // 2
        kept, far = (kept, middle) if refuted(n, middle, predicted) else (middle, far)
    chance = stats.binom.cdf(far, n, p) if side > 0 else stats.binom.sf(far - 1, n, p)
    assert chance == pytest.approx(FOUND[fraction], abs=0.03)


def sample(null: str, rng: np.random.Generator) -> tuple[np.ndarray, float, float]:
    """A histogram of N rounded draws, with the law's true mean and standard deviation."""
    law = stats.uniform() if null == "uniform" else stats.beta(10, 30)
    x = rng.random(N) if null == "uniform" else rng.beta(10, 30, N)
    steps = x * 4096
    floor = np.floor(steps)
    nodes = (floor + (rng.random(N) < steps - floor)).astype(np.int64)
    return np.bincount(nodes, minlength=4097), law.mean(), law.std()


def count_found(null: str, runs: int, seed: int) -> dict[float, int]:
    rng, found = np.random.default_rng(seed), dict.fromkeys(FOUND, 0)
    for run in range(runs):
        counts, mean, sigma = sample(null, rng)
        tally = Tally(LATTICE, counts, (0.0, 1.0), 1 / 4096)
        lower, upper = tally.interval(ALPHA)
        for fraction in FOUND:
            planted = mean + (-1) ** run * fraction * detectable(sigma, N, ALPHA)
            found[fraction] += not lower <= planted <= upper
    return found


def check_found(null: str, runs: int, seed: int, slack: float) -> None:
    for fraction, found in count_found(null, runs, seed).items():
        least, most = max(0.0, FOUND[fraction] - slack), min(1.0, FOUND[fraction] + slack)
        assert stats.binom.ppf(1e-6, runs, least) <= found <= stats.binom.isf(1e-6, runs, most), fraction


@pytest.mark.parametrize("null", ["uniform", "beta"])
def test_planted_violations_of_continuous_laws(null: str) -> None:
    check_found(null, 60, seed=31, slack=0.03)


@pytest.mark.nightly
@pytest.mark.parametrize("null", ["uniform", "beta"])
def test_planted_violations_of_continuous_laws_at_length(null: str) -> None:
    check_found(null, 2000, seed=37, slack=0.03)
