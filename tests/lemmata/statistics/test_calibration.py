"""How often the engine cries wolf, looking after every sample: by null runs, exactly, and by reweighting.

These are the quick forms; test_calibration_document.py holds the long ones, whose figures docs/calibration.md shows.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy import special, stats

from benchmarks.calibration.alarms import (
    COIN,
    alarmed,
    coin_limits,
    exact_rates,
    null_alarms,
    peeked,
    reweighted_rate,
)
from benchmarks.calibration.laws import coin, four_laws, stream
from lemmata.statistics import confidence_sequence, log_wealth, martingale

LAWS = four_laws()


@pytest.mark.parametrize("name", LAWS)
def test_laws_are_what_they_say(name: str) -> None:
    """Their total, mean and variance from the probabilities, and a sample against them."""
    law = LAWS[name]
    assert law.probabilities.sum() == pytest.approx(1, abs=1e-9)
    assert math.fsum(law.probabilities * law.values) == pytest.approx(law.mean, abs=1e-9)
    rounding = 0 if law.values.size == 2 else 1 / 6 / 4096**2
    known = {"uniform": 1 / 12, "Beta(10, 30)": 0.25 * 0.75 / 41}.get(name, law.mean * (1 - law.mean))
    assert law.sigma**2 == pytest.approx(known + rounding, rel=1e-7)
    drawn = law.values[law.draw(stream("test", name), (2**16,))]
    assert abs(drawn.mean() - law.mean) < 5 * law.sigma / 2**8


@pytest.mark.parametrize("name", LAWS)
def test_null_runs_rarely_alarm(name: str) -> None:
    assert null_alarms(LAWS[name], 300, 400, 1e-3) <= stats.binom.isf(1e-6, 300, 1e-3)


@pytest.mark.parametrize("name", LAWS)
def test_null_runs_catch_a_peeking_z_test(name: str) -> None:
    """The harness has teeth: the usual fixed-sample test, looked at all the time, is caught."""
    assert null_alarms(LAWS[name], 1000, 1000, 1e-3, peeked) > stats.binom.isf(1e-6, 1000, 1e-3)


def test_null_runs_catch_a_missing_division(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sum over bets in place of their mean spends 37 times the budget."""
    monkeypatch.setattr(martingale, "log_mean_exp", lambda logs: special.logsumexp(logs, axis=0))
    assert null_alarms(LAWS["coin 0.5"], 300, 200, 1e-2) > stats.binom.isf(1e-6, 300, 1e-2)


@pytest.mark.parametrize("name", LAWS)
def test_an_alarm_is_a_mean_outside_the_sequence(name: str) -> None:
    """Running capital, as the null runs use it, and the confidence sequence are one rule."""
    law, alpha, seen = LAWS[name], 0.5, set()
    claimed = replace(law, mean=law.mean / 4)  # so far off that some looks see it
    nodes = law.draw(stream("bridge", name), (8, 1000))
    for run, flags in zip(nodes, alarmed(claimed, nodes, alpha), strict=True):
        for look in (1, 3, 10, 30, 100, 1000):
            counts = np.bincount(run[:look], minlength=law.values.size)
            lower, upper = confidence_sequence(law.values, counts, alpha)
            assert flags[look - 1] == (not lower <= claimed.mean <= upper)
            seen.add(bool(flags[look - 1]))
    assert len(seen) == 2


@pytest.mark.parametrize("name", LAWS)
def test_evidence_against_a_mean_puts_it_outside_the_sequence(name: str) -> None:
    law, alpha, seen = LAWS[name], 0.2, set()
    nodes = law.draw(stream("outside", name), (40, 200))
    for number, run in enumerate(nodes):
        counts = np.bincount(run, minlength=law.values.size)
        lower, upper = confidence_sequence(law.values, counts, alpha)
        shifted = min(1.0, max(0.0, law.mean + (number - 20) / 20 * (upper - lower)))
        above = log_wealth(law.values, counts, shifted) >= math.log(2 / alpha)
        below = log_wealth(1 - law.values, counts, 1 - shifted) >= math.log(2 / alpha)
        assert (shifted < lower, shifted > upper) == (above, below)
        seen.add((above, below))
    assert len(seen) >= 2


@pytest.mark.parametrize("t", [1, 2, 5, 40, 100])
def test_limits_of_a_coin_are_the_engines_verdicts(t: int) -> None:
    above, below = coin_limits(0.3, 100, 1e-2)
    for k in range(t + 1):
        lower, upper = confidence_sequence(COIN, [t - k, k], 1e-2)
        assert (k >= above[t - 1], k <= below[t - 1]) == (lower > 0.3, upper < 0.3)


@pytest.mark.parametrize("p", [0.5, 0.3])
def test_exact_rates_agree_with_all_sequences_of_flips(p: float) -> None:
    """Every one of 2^12 sequences, against dynamic programming over the heads of those not yet alarmed."""
    nodes = (np.arange(2**12)[:, np.newaxis] >> np.arange(12)) & 1
    chances = np.prod(np.where(nodes, p, 1 - p), axis=1)
    flags = alarmed(coin(p), nodes, 0.9)
    expected = [math.fsum(chances[flags[:, :n].any(axis=1)]) for n in (5, 8, 12)]
    assert expected[0] > 0
    assert exact_rates(p, [5, 8, 12], 0.9) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("alpha", [1e-3, 1e-6])
@pytest.mark.parametrize("p", [0.5, 0.01])
def test_true_false_alarm_rate_is_within_budget(p: float, alpha: float) -> None:
    (rate,) = exact_rates(p, [1000], alpha)
    assert 0.02 * alpha < rate < alpha
    estimate, error = reweighted_rate(coin(p), 1000, alpha, 4 * 74)
    assert abs(estimate - rate) < 5 * error
    assert 0 < error < 0.2 * rate


@pytest.mark.parametrize("name", ["uniform", "Beta(10, 30)"])
def test_true_false_alarm_rate_of_continuous_laws_is_within_budget(name: str) -> None:
    estimate, error = reweighted_rate(LAWS[name], 1000, 1e-6, 4 * 74)
    assert 1e-8 < estimate < 1e-6
    assert 0 < error < 0.3 * estimate


def test_a_missing_division_exceeds_the_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(martingale, "log_mean_exp", lambda logs: special.logsumexp(logs, axis=0))
    assert exact_rates(0.5, [1000], 1e-6)[0] > 1e-6
    assert reweighted_rate(coin(0.5), 1000, 1e-6, 2 * 74)[0] > 1e-6
