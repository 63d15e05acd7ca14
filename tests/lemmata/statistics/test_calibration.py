"""How often the engine cries wolf, looking after every sample: by null runs, exactly, and by reweighting."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import special, stats

from lemmata.statistics import GRID, confidence_sequence, log_factors, log_wealth, martingale

COIN = np.array([0.0, 1.0])
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Draw = Callable[[np.random.Generator, tuple[int, int]], Floats]

# Name: (mean, lattice, sampler of values in [0, 1]).
NULLS: dict[str, tuple[float, int, Draw]] = {
    "coin": (0.5, 1, lambda rng, shape: (rng.random(shape) < 0.5).astype(float)),
    "rare coin": (0.01, 1, lambda rng, shape: (rng.random(shape) < 0.01).astype(float)),
    "uniform": (0.5, 4096, lambda rng, shape: rng.random(shape)),
    "beta": (0.25, 4096, lambda rng, shape: rng.beta(10, 30, shape)),
}


def on_lattice(x: Floats, cells: int, rng: np.random.Generator) -> Ints:
    """Node numbers after rounding at random to multiples of 1/cells, which keeps the mean."""
    floor = np.floor(x * cells)
    return (floor + (rng.random(x.shape) < x * cells - floor)).astype(np.int64)


def alarms(null: str, runs: int, looks: int, alpha: float, seed: int) -> int:
    """How many runs ever rule out their true mean, with a look after every one of their samples."""
    mean, cells, draw = NULLS[null]
    rng, values = np.random.default_rng(seed), np.arange(NULLS[null][1] + 1) / NULLS[null][1]
    up, down = log_factors(values, mean), log_factors(1 - values, 1 - mean)
    threshold, count = math.log(2 / alpha), 0
    for batch in np.array_split(np.arange(runs), max(1, runs * looks // 10**5)):
        nodes = on_lattice(draw(rng, (batch.size, looks)), cells, rng)
        best = np.full(batch.size, -math.inf)
        for factors in (up, down):
            capital = martingale.log_mean_exp(np.cumsum(factors[:, nodes], axis=2))
            best = np.maximum(best, capital.max(axis=1))
        count += int((best >= threshold).sum())
    return count


@pytest.mark.parametrize("null", NULLS)
def test_null_runs_rarely_alarm(null: str) -> None:
    assert alarms(null, 300, 400, 1e-3, seed=41) <= stats.binom.isf(1e-6, 300, 1e-3)


@pytest.mark.nightly
@pytest.mark.parametrize("null", NULLS)
def test_ten_thousand_null_runs_rarely_alarm(null: str) -> None:
    """The limit is a binomial one: a rule with a true rate of 1e-3 exceeds 26 alarms with chance 1e-5."""
    assert alarms(null, 10_000, 2000, 1e-3, seed=43) <= 26


def test_null_runs_catch_a_peeking_z_test() -> None:
    """The harness has teeth: the usual fixed-sample test, looked at all the time, is caught."""
    rng, runs, looks = np.random.default_rng(47), 1000, 2000
    totals = np.cumsum(rng.random((runs, looks)) < 0.5, axis=1)
    n = np.arange(1, looks + 1)
    z = np.abs(totals - n / 2) / np.sqrt(n / 4)
    crossed = (z[:, 29:] >= stats.norm.isf(0.5e-3)).any(axis=1).sum()
    assert crossed > stats.binom.isf(1e-6, runs, 1e-3)


def test_null_runs_catch_a_missing_division(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sum over bets in place of their mean spends 37 times the budget."""
    monkeypatch.setattr(martingale, "log_mean_exp", lambda logs: special.logsumexp(logs, axis=0))
    assert alarms("coin", 300, 400, 1e-2, seed=53) > stats.binom.isf(1e-6, 300, 1e-2)


@pytest.mark.parametrize("null", NULLS)
def test_an_alarm_is_a_mean_outside_the_sequence(null: str) -> None:
    """Running capital, as the null runs use it, and the confidence sequence are one rule."""
    mean, cells, draw = NULLS[null]
    rng, values, alpha = np.random.default_rng(59), np.arange(cells + 1) / cells, 0.2
    seen = set()
    for _ in range(60):
        counts = np.bincount(on_lattice(draw(rng, (1, 200)), cells, rng)[0], minlength=cells + 1)
        lower, upper = confidence_sequence(values, counts, alpha)
        shifted = min(1.0, max(0.0, mean + rng.normal() * 3 * (upper - lower) / 4))
        above = log_wealth(values, counts, shifted) >= math.log(2 / alpha)
        below = log_wealth(1 - values, counts, 1 - shifted) >= math.log(2 / alpha)
        assert (shifted < lower, shifted > upper) == (above, below)
        seen.add((above, below))
    assert len(seen) >= 2


def coin_limits(p: float, looks: int, alpha: float) -> tuple[Ints, Ints]:
    """After t = 1..looks flips, the fewest heads that refute p from above and the most that do from below.

    Unreachable limits are t + 1 and -1. Found by halving on the engine's own factors.
    """
    t = np.arange(1, looks + 1)

    def fewest(m: float) -> Ints:
        factors = log_factors(COIN, m)
        kept, refuted = np.zeros_like(t) - 1, t + 1
        for _ in range(looks.bit_length() + 1):
            heads = (kept + refuted) // 2
            logs = factors[:, :1] * (t - heads) + factors[:, 1:] * heads
            hit = martingale.log_mean_exp(logs) >= math.log(2 / alpha)
            kept, refuted = np.where(hit, kept, heads), np.where(hit, heads, refuted)
        return refuted

    return fewest(p), t - fewest(1 - p)


def exact_rate(p: float, looks: int, alpha: float) -> float:
    """The chance that a coin of bias p is ever found to have another, by dynamic programming over heads."""
    above, below = coin_limits(p, looks, alpha)
    alive, rate = np.zeros(looks + 1), 0.0
    alive[0] = 1.0
    for high, low in zip(above, below, strict=True):
        alive[1:] = p * alive[:-1] + (1 - p) * alive[1:]
        alive[0] *= 1 - p
        rate += alive[high:].sum() + alive[: low + 1].sum()
        alive[high:] = 0
        alive[: low + 1] = 0
    return float(rate)


def reweighted_rate(p: float, looks: int, alpha: float, paths: int, seed: int) -> tuple[float, float]:
    """The same chance and its standard error by importance sampling.

    Each path flips a coin whose bias one bet would have been best for, up or down; its weight at the alarm is the
    inverse likelihood ratio of that mixture, taken from the binomial law and not from the engine.
    """
    above, below = coin_limits(p, looks, alpha)
    biases = np.concatenate([p * (1 - GRID + GRID / p), 1 - (1 - p) * (1 - GRID + GRID / (1 - p))])
    rng, weights = np.random.default_rng(seed), np.zeros(paths)
    for batch in np.array_split(np.arange(paths), max(1, paths * looks // 10**6)):
        flips = rng.random((batch.size, looks)) < rng.choice(biases, batch.size)[:, np.newaxis]
        heads = np.cumsum(flips, axis=1)
        alarm = (heads >= above) | (heads <= below)
        first = np.argmax(alarm, axis=1)
        k = heads[np.arange(batch.size), first]
        ratio = np.multiply.outer(np.log(biases / p), k) + np.multiply.outer(
            np.log1p(-biases) - math.log1p(-p), first + 1 - k
        )
        inverse = np.exp(math.log(biases.size) - special.logsumexp(ratio, axis=0))
        weights[batch] = np.where(alarm.any(axis=1), inverse, 0.0)
    return float(weights.mean()), float(weights.std() / math.sqrt(paths))


@pytest.mark.parametrize("t", [1, 2, 5, 40, 200])
def test_limits_of_a_coin_are_the_engines_verdicts(t: int) -> None:
    above, below = coin_limits(0.3, 200, 1e-2)
    for k in range(t + 1):
        lower, upper = confidence_sequence(COIN, [t - k, k], 1e-2)
        assert (k >= above[t - 1], k <= below[t - 1]) == (lower > 0.3, upper < 0.3)


@pytest.mark.parametrize("alpha", [1e-3, 1e-6])
@pytest.mark.parametrize("p", [0.5, 0.01])
def test_true_false_alarm_rate_is_within_budget(p: float, alpha: float) -> None:
    rate = exact_rate(p, 1000, alpha)
    assert 0.02 * alpha < rate < alpha
    estimate, error = reweighted_rate(p, 1000, alpha, 2000, seed=61)
    assert abs(estimate - rate) < 5 * error
    assert 0 < error < rate


@pytest.mark.nightly
@pytest.mark.parametrize("p", [0.5, 0.01])
def test_true_false_alarm_rate_at_length(p: float) -> None:
    rate = exact_rate(p, 2**14, 1e-6)
    assert 1e-7 < rate < 1e-6
    estimate, error = reweighted_rate(p, 2**14, 1e-6, 20_000, seed=67)
    assert abs(estimate - rate) < 5 * error
    assert error < 0.05 * rate


def test_a_missing_division_exceeds_the_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(martingale, "log_mean_exp", lambda logs: special.logsumexp(logs, axis=0))
    assert exact_rate(0.5, 1000, 1e-6) > 1e-6
