"""What a run would have found: the printed size against violations planted at fractions of it."""

from __future__ import annotations

import math

import pytest
from scipy import stats

from benchmarks.calibration import coins, sampled
from benchmarks.calibration.laws import four_laws
from lemmata.model import LemmataError
from lemmata.statistics import decision, detectable, samples_needed, scaling
from lemmata.statistics.power import scatter

ALPHA = 1e-6
N = 2**16
# Fractions of the printed size, and how often a violation of that size is found.
FOUND = {0.5: 0.03, 0.71: 0.46, 0.85: 0.86, 1.0: 0.985}


def test_the_constant_is_the_published_one() -> None:
    assert detectable(1.0, 1, ALPHA) == pytest.approx(8.35, abs=0.01)
    assert detectable(0.5, N, ALPHA) == pytest.approx(8.346 / 512, rel=1e-3)
    assert detectable(1.0, 0, ALPHA) == math.inf
    assert detectable(1.0, 1, ALPHA, power=0.5) == pytest.approx(math.sqrt(2 * math.log(74e6)))


def test_the_scatter_is_the_rest_of_the_constant() -> None:
    """What is left of the detectable size at even odds: the normal quantile of the power."""
    assert scatter(2.0, 25) == pytest.approx(stats.norm.ppf(0.99) * 2 / 5)
    assert detectable(2.0, 25, ALPHA, 0.5) + scatter(2.0, 25) == pytest.approx(detectable(2.0, 25, ALPHA))
    assert scatter(1.0, 0) == math.inf


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


@pytest.mark.parametrize(("p", "n"), [(0.5, 2**16), (0.01, 2**24)])
@pytest.mark.parametrize("side", [-1, 1])
@pytest.mark.parametrize("fraction", FOUND)
def test_planted_violations_of_a_coin_exactly(p: float, n: int, side: int, fraction: float) -> None:
    """The chance of a refutation, summed over all outcomes of the coin: no sampling."""
    assert coins.found(p, n, fraction, side, ALPHA) == pytest.approx(FOUND[fraction], abs=0.03)


@pytest.mark.parametrize("name", ["uniform", "Beta(10, 30)"])
def test_planted_violations_of_continuous_laws(name: str) -> None:
    runs, slack = 40, 0.03
    count = sampled.found_in_runs(four_laws()[name], 2**14, list(FOUND), runs, ALPHA)
    for fraction, found in count.items():
        least, most = max(0.0, FOUND[fraction] - slack), min(1.0, FOUND[fraction] + slack)
        assert stats.binom.ppf(1e-6, runs, least) <= found <= stats.binom.isf(1e-6, runs, most), fraction


# Few samples and rare values, where a normal law says little; in the last three about ten, 65 and ten ones are seen.
@pytest.mark.parametrize(
    ("p", "n"), [(0.5, 2**6), (0.5, 2**10), (0.1, 2**8), (0.01, 2**10), (0.001, 2**16), (1e-5, 2**20)]
)
@pytest.mark.parametrize("side", [-1, 1])
@pytest.mark.parametrize("alpha", [1e-3, 1e-6])
def test_a_violation_of_the_printed_size_is_found(p: float, n: int, side: int, alpha: float) -> None:
    assert coins.found_as_printed(p, n, side, alpha) >= 0.97


@pytest.mark.parametrize("side", [-1, 1])
def test_a_slope_off_by_the_printed_size_is_found(side: int) -> None:
    assert coins.law_found_as_printed(128, side, ALPHA) >= 0.97


def test_the_ends_of_an_interval_are_no_detectable_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the scatter, a rare coin and a slope print a size that is found half of the time."""
    for module in (decision, scaling):
        monkeypatch.setattr(module, "scatter", lambda sigma, n: 0.0)
    assert coins.found_as_printed(0.01, 2**10, 1, ALPHA) < 0.7
    assert coins.law_found_as_printed(128, -1, ALPHA) < 0.7
