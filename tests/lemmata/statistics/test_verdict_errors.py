"""Wrong verdicts where the truth lies at the very edge of what is claimed, summed over all outcomes of coins.

At an edge both verdicts can be wrong: the claim holds there, so it must not be refuted, and beyond the edge by
any amount it does not, so it must not be called consistent.
"""

from __future__ import annotations

import math
from functools import partial

import pytest

from benchmarks.calibration import coins
from benchmarks.calibration.coins import COARSE, LOG2, chance_ever, law_chances
from lemmata.statistics import Decision, Tally, decide_mean_at_most, decide_mean_equals, decision, scaling

ALPHA = 0.2
LOOKS = [8, 16, 32, 64]


def equals(predicted: float, tolerance: float) -> coins.Decide:
    return partial(decide_mean_equals, predicted=predicted, tolerance=tolerance, alpha=ALPHA)


@pytest.mark.parametrize(("predicted", "tolerance"), [(0.5, 0.25), (0.3, 0.2)])
@pytest.mark.parametrize("side", [-1, 1])
@pytest.mark.parametrize("verdict", ["refuted", "consistent"])
def test_an_equality_at_its_edge(predicted: float, tolerance: float, side: int, verdict: str) -> None:
    """Half of the error is spent on each side, and a wrong verdict needs one side only."""
    chance = chance_ever(equals(predicted, tolerance), verdict, predicted + side * tolerance, LOOKS)
    assert ALPHA / 1000 < chance <= ALPHA / 2


def test_an_equality_away_from_its_edges_is_decided_rightly() -> None:
    assert chance_ever(equals(0.5, 0.25), "consistent", 0.5, LOOKS) > 0.7
    assert chance_ever(equals(0.5, 0.25), "refuted", 0.95, LOOKS) > 0.9


def test_a_bound_at_its_edges() -> None:
    """True at the bound itself; false by the whole tolerance at its far end."""
    decide = partial(decide_mean_at_most, bound=0.3, tolerance=0.2, alpha=ALPHA)
    assert ALPHA / 1000 < chance_ever(decide, "refuted", 0.3, LOOKS) <= ALPHA / 2
    assert ALPHA / 1000 < chance_ever(decide, "consistent", 0.5, LOOKS) <= ALPHA / 2
    assert chance_ever(decide, "consistent", 0.3, LOOKS) > 0.5
    assert chance_ever(decide, "refuted", 0.5, [*LOOKS, 128]) > 0.5


@pytest.mark.parametrize("side", [-1, 1])
def test_a_scaling_law_at_its_edge(side: int) -> None:
    """Two points must err together, each at half of the error: wrong verdicts are rarer still."""
    chances = law_chances(256, -LOG2 + side * LOG2, LOG2, 0.5, tail=1e-9)
    assert 1e-7 < chances["refuted"] <= 0.5
    assert 1e-7 < chances["consistent"] <= 0.5


def test_a_scaling_law_away_from_its_edges_is_decided_rightly() -> None:
    assert law_chances(256, -LOG2, LOG2, 0.5, COARSE)["consistent"] > 0.7
    far = law_chances(128, LOG2, LOG2, 0.5, COARSE)
    assert far["refuted"] > 0.4 and far["consistent"] == 0


def by_estimate(lower: float, upper: float, least: float, most: float) -> str:
    """The usual mistake: the estimate decides, and the interval is for show."""
    return "consistent" if least <= (lower + upper) / 2 <= most else "refuted"


def test_verdicts_by_estimate_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decision, "compare", by_estimate)
    monkeypatch.setattr(scaling, "compare", by_estimate)
    for verdict in ("refuted", "consistent"):
        assert chance_ever(equals(0.5, 0.25), verdict, 0.75, LOOKS) > ALPHA / 2
    assert law_chances(64, -LOG2 / 2, LOG2 / 2, 0.2, COARSE)["refuted"] > 0.2


def test_intervals_that_spend_alpha_on_each_side_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """One look is enough to see a threshold without its two: by the sequence of a fixed sample's test."""

    def fixed(self: Tally, alpha: float) -> tuple[float, float]:
        half = 1.2816 * self.sigma / math.sqrt(self.n)  # leaves 0.1 on each side, at one look
        return self.mean - half, self.mean + half

    monkeypatch.setattr(coins.Remembering, "interval", fixed)
    assert chance_ever(equals(0.5, 0.25), "refuted", 0.75, LOOKS) > ALPHA / 2


def test_chances_are_those_of_a_direct_sum() -> None:
    """One look: the chance is a binomial sum, by hand."""

    def many(tally: Tally) -> Decision:
        return decide_mean_equals(tally, 1.0 if tally.mean < 0.5 else 0.0, 0.0, 0.999)

    n, p = 20, 0.3
    refuted = [k for k in range(n + 1) if many(coins.flips(n, k)).verdict == "refuted"]
    expected = math.fsum(math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in refuted)
    assert chance_ever(many, "refuted", p, [n]) == pytest.approx(expected, abs=1e-12)
    assert 0 < expected <= 1
