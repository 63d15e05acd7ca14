"""The betting martingale: its defining identity in rationals, and the float version against it."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.calibration.identity import BETS, average, mean_capital, products, total, two_sided
from lemmata.model import LemmataError
from lemmata.statistics import GRID, log_factors, log_wealth, martingale

HALF, THIRD, CENT = Fraction(1, 2), Fraction(1, 3), Fraction(1, 100)


@pytest.mark.parametrize("p", [HALF, THIRD, CENT])
@pytest.mark.parametrize("n", range(1, 25))
def test_capital_has_mean_one(n: int, p: Fraction) -> None:
    assert mean_capital(n, p, average) == 1
    assert two_sided(n, p, HALF) == 1


@pytest.mark.nightly
@pytest.mark.parametrize("m", [THIRD, Fraction(7, 10)])
def test_capital_has_mean_one_on_three_values(m: Fraction) -> None:
    """All histograms of a law that is no coin, weighed by their multinomial chances."""
    n, values = 24, [Fraction(0), m, Fraction(1)]
    chances = [(1 - m) / 2, HALF, m / 2]
    expected = Fraction(0)
    for low in range(n + 1):
        for middle in range(n + 1 - low):
            counts = [low, middle, n - low - middle]
            ways = math.factorial(n) // math.prod(map(math.factorial, counts))
            chance = ways * math.prod(p**c for p, c in zip(chances, counts, strict=True))
            expected += chance * average(products(values, counts, m))
    assert expected == 1


def test_wrong_combinations_of_bets_fail_the_identity() -> None:
    assert two_sided(10, HALF, Fraction(1)) == 2
    assert mean_capital(10, HALF, total) == 37
    assert float(two_sided(10, HALF, Fraction(1), max)) == pytest.approx(4.738317)


def test_only_the_conditional_mean_matters() -> None:
    """The next sample's law may depend on the past in any way that keeps its mean."""
    m = THIRD
    laws = [
        [(Fraction(0), 1 - m), (Fraction(1), m)],
        [(m, Fraction(1))],
        [(Fraction(0), HALF), (2 * m, HALF)],
    ]

    def onward(past: tuple[Fraction, ...], capitals: list[Fraction]) -> Fraction:
        if len(past) == 5:
            return average(capitals)
        law = laws[int(3 * sum(past)) % 3]
        return sum(
            (
                probability
                * onward((*past, x), [k * (1 - r + r * x / m) for k, r in zip(capitals, BETS, strict=True)])
                for x, probability in law
            ),
            Fraction(0),
        )

    assert onward((), [Fraction(1)] * len(BETS)) == 1


def test_a_smaller_mean_wins_nothing_on_average() -> None:
    p, m = THIRD, HALF
    expected = sum(
        math.comb(8, k)
        * p**k
        * (1 - p) ** (8 - k)
        * average(products([Fraction(0), Fraction(1)], [8 - k, k], m))
        for k in range(9)
    )
    assert expected < 1


@pytest.mark.parametrize("m", [HALF, THIRD, CENT, Fraction(999, 1000)])
def test_float_capital_agrees_with_rationals(m: Fraction) -> None:
    values = [Fraction(0), Fraction(1, 8), HALF, Fraction(1)]
    for counts in ([0, 0, 0, 1], [9, 0, 0, 0], [3, 1, 4, 1], [20, 5, 0, 30]):
        exact = average(products(values, counts, m))
        expected = math.log(exact.numerator) - math.log(exact.denominator)
        assert log_wealth([float(v) for v in values], counts, float(m)) == pytest.approx(expected, abs=1e-10)


def float_identity(n: int, m: float) -> float:
    logs = [log_wealth([0.0, 1.0], [n - k, k], m) for k in range(n + 1)]
    return math.fsum(math.comb(n, k) * m**k * (1 - m) ** (n - k) * math.exp(logs[k]) for k in range(n + 1))


def test_float_identity_and_its_mutants(monkeypatch: pytest.MonkeyPatch) -> None:
    assert float_identity(24, 0.5) == pytest.approx(1, abs=1e-12)
    assert float_identity(24, 0.01) == pytest.approx(1, abs=1e-12)
    monkeypatch.setattr(martingale, "log_mean_exp", lambda logs: np.max(logs, axis=0))
    assert float_identity(24, 0.5) == pytest.approx(float(mean_capital(24, HALF, max)))
    assert float_identity(24, 0.5) > 3
    monkeypatch.setattr(martingale, "log_mean_exp", lambda logs: np.log(np.sum(np.exp(logs), axis=0)))
    assert float_identity(24, 0.5) == pytest.approx(37)


def test_the_grid_is_the_prescribed_one() -> None:
    assert GRID.shape == (37,)
    assert GRID[0] == 0.9
    assert GRID[-1] == 2.0**-18
    assert all(a / b == pytest.approx(math.sqrt(2)) for a, b in pairwise(GRID[1:]))
    with pytest.raises(ValueError, match="read-only"):
        GRID[0] = 1.0


@pytest.mark.parametrize("m", [1e-3, 0.2, 0.4999, 0.5, 0.9, 1.0])
def test_power_sums_agree_with_logarithms(m: float) -> None:
    """The shortcut for small bets against the plain sum over a full histogram."""
    values = np.arange(4097) / 4096
    counts = np.random.default_rng(5).integers(0, 1000, 4097)
    logs = (log_factors(values, m) * counts).sum(axis=1)
    direct = logs.max() + math.log(np.mean(np.exp(logs - logs.max())))
    assert log_wealth(values, counts, m) == pytest.approx(direct, rel=1e-11, abs=1e-8)


histograms = st.lists(
    st.tuples(st.floats(0, 1, allow_subnormal=False), st.integers(0, 10**6)), min_size=1, max_size=8
)


@settings(max_examples=100, deadline=None)
@given(histograms, st.lists(st.floats(0, 1), min_size=2, max_size=6))
def test_capital_falls_in_the_hypothetical_mean(bins: list[tuple[float, int]], means: list[float]) -> None:
    values, counts = zip(*bins, strict=True)
    logs = [log_wealth(values, counts, m) for m in sorted(means)]
    assert all(a >= b - 1e-9 * (1 + abs(a)) for a, b in pairwise(logs))


@settings(max_examples=100, deadline=None)
@given(histograms.filter(lambda bins: sum(c for _, c in bins) > 0))
def test_no_bet_gains_at_the_sample_mean(bins: list[tuple[float, int]]) -> None:
    values, counts = map(np.array, zip(*bins, strict=True))
    assert log_wealth(values, counts, min(1.0, math.fsum(values * counts) / counts.sum())) <= 1e-9


def test_extremes_are_finite() -> None:
    assert log_wealth([0.0], [10], 0.0) < 0
    assert log_wealth([1.0], [10], 1.0) == 0
    assert log_wealth([0.0, 1.0], [0, 0], 0.3) == 0
    assert log_wealth([], np.array([], dtype=np.int64), 0.3) == 0
    assert log_wealth([1.0], [10**6], 5e-324) == log_wealth([1.0], [10**6], 0.0) < math.inf
    assert log_wealth([0.5, 1.0], [3, 4], 1e-300) > 4000
    smallest = 10**15 * math.log1p(-(2.0**-36)) - math.log(37)
    assert log_wealth([0.0, 1.0], [10**15, 10**15], 0.5) == pytest.approx(smallest, rel=1e-9)


@pytest.mark.parametrize(
    ("values", "counts", "m", "message"),
    [
        ([0.0, 1.0], [1, 1], 1.5, "hypothetical mean"),
        ([0.0, 1.0], [1, 1], math.nan, "hypothetical mean"),
        ([0.0, 1.1], [1, 1], 0.5, "outside"),
        ([0.0, math.nan], [1, 1], 0.5, "outside"),
        ([0.0, 1.0], [1, -1], 0.5, "negative"),
        ([0.0, 1.0], [1.0, 2.0], 0.5, "integers"),
        ([0.0, 1.0], [1, 2, 3], 0.5, "one count a value"),
    ],
)
def test_malformed_input_is_named(values: list[float], counts: list[int], m: float, message: str) -> None:
    with pytest.raises(LemmataError, match=message):
        log_wealth(values, counts, m)
