"""Scaling laws: the closed form against a linear program, and verdicts on planted exponential laws."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from scipy import optimize

from lemmata.model import LemmataError
from lemmata.statistics import Decision, Tally, decide_scaling_law, slope_interval

LOG2 = math.log(2)
SIZES = [3.0, 4.0, 5.0, 6.0, 7.0]


def coins(law: Callable[[float], float], samples: int = 2**22) -> list[Tally]:
    """One coin a size, with bias ``law(size)``."""
    rng = np.random.default_rng(23)
    ones = [rng.binomial(samples, law(n)) for n in SIZES]
    return [Tally(np.array([0.0, 1.0]), np.array([samples - k, k]), (0.0, 1.0)) for k in ones]


def decide(
    law: Callable[[float], float], slope: float, tolerance: float = 0.05, samples: int = 2**22
) -> Decision:
    return decide_scaling_law(coins(law, samples), SIZES, [1.0] * 5, slope, tolerance, 1e-6)


def test_recovers_the_slope_of_a_halving_law() -> None:
    decision = decide(lambda n: 3 * 2.0**-n, -LOG2)
    assert decision.verdict == "consistent"
    assert decision.estimate == pytest.approx(-LOG2, abs=0.01)
    assert decision.lower < -LOG2 < decision.upper
    assert decision.detectable is not None
    assert 1.2 < decision.detectable / ((decision.upper - decision.lower) / 2) < 1.5
    assert decision.n == 5 * 2**22


def test_refutes_half_the_exponent() -> None:
    assert decide(lambda n: 2.0**-n, -LOG2 / 2).verdict == "refuted"
    assert decide(lambda n: 2.0 ** (-n / 2), -LOG2).verdict == "refuted"


def test_few_samples_are_inconclusive() -> None:
    assert decide(lambda n: 2.0**-n, -LOG2, samples=2**11).verdict == "inconclusive"


def test_a_bent_law_fits_no_line_whatever_the_slope() -> None:
    bent = decide(lambda n: 2.0 ** (-(n**2) / 8), -LOG2, tolerance=10.0)
    assert bent.verdict == "refuted"
    assert bent.lower > bent.upper
    assert "no straight line" in bent.note


def test_the_remainder_excuses_a_bend_and_no_more() -> None:
    tallies = coins(lambda n: 2.0 ** (-(n**2) / 8))
    # Chord over tangent of n^2/8 on [3, 7]: a line within 2^2/16 in base 2, at slope -10/8.
    for remainder, fits in [(0.25 * LOG2 + 0.01, True), (0.25 * LOG2 - 0.05, False)]:
        seen = decide_scaling_law(tallies, SIZES, [1.0] * 5, -10 / 8 * LOG2, 0.05, 1e-6, remainder=remainder)
        assert (seen.lower <= seen.upper) == fits
        assert (seen.verdict == "refuted") != fits


def test_scales_are_divided_out() -> None:
    scales = [n**2 for n in SIZES]
    tallies = coins(lambda n: n**2 / 50 * 2.0**-n)
    assert decide_scaling_law(tallies, SIZES, scales, -LOG2, 0.05, 1e-6).verdict == "consistent"
    assert decide_scaling_law(tallies, SIZES, [1.0] * 5, -LOG2, 0.05, 1e-6).verdict == "refuted"


def test_a_mean_that_may_be_zero_leaves_the_slope_open_below() -> None:
    zero = Tally(np.array([0.0, 1.0]), np.array([20, 0]), (0.0, 1.0))
    half = Tally(np.array([0.0, 1.0]), np.array([500, 500]), (0.0, 1.0))
    steep = decide_scaling_law([half, zero], [0.0, 1.0], [1.0, 1.0], -LOG2, 0.1, 1e-3)
    assert steep.lower == -math.inf
    assert math.isfinite(steep.upper)
    assert steep.estimate == steep.upper
    assert (steep.verdict, steep.detectable) == ("inconclusive", math.inf)
    unknown = decide_scaling_law([zero, zero], [0.0, 1.0], [1.0, 1.0], -LOG2, 0.1, 1e-3)
    assert (unknown.lower, unknown.upper, unknown.verdict) == (-math.inf, math.inf, "inconclusive")


def test_a_negative_mean_follows_no_exponential_law() -> None:
    minus = Tally(np.array([0.0, 1.0]), np.array([10**4, 0]), (-1.0, 1.0))
    plus = Tally(np.array([0.0, 1.0]), np.array([0, 10**4]), (-1.0, 1.0))
    assert decide_scaling_law([plus, minus], [0.0, 1.0], [1.0, 1.0], -1.0, 0.1, 1e-3).verdict == "refuted"


def test_every_point_pays_its_share_of_alpha() -> None:
    tallies = coins(lambda n: 2.0**-n, 2**16)
    seen = decide_scaling_law(tallies[:2], SIZES[:2], [1.0, 1.0], -LOG2, 0.05, 2e-6)
    (low3, high3), (low4, high4) = (tally.interval(1e-6) for tally in tallies[:2])
    assert (seen.lower, seen.upper) == pytest.approx((math.log(low4 / high3), math.log(high4 / low3)))


def test_asymptotic_evidence_never_refutes() -> None:
    tallies = coins(lambda n: 2.0**-n)
    seen = decide_scaling_law(tallies, SIZES, [1.0] * 5, -LOG2 / 2, 0.05, 1e-6, grade="asymptotic")
    assert seen.verdict == "inconclusive"


def test_closed_form_agrees_with_the_linear_program() -> None:
    rng = np.random.default_rng(29)
    feasible = 0
    for _ in range(60):
        x = rng.choice(6, size=4).astype(float)
        centre = -0.7 * x + rng.normal(0, 0.4, 4)
        half = rng.uniform(0.1, 0.8, 4)
        lowers, uppers = centre - half, centre + half
        lowers[rng.random(4) < 0.2] = -math.inf
        least, most = slope_interval(list(lowers), list(uppers), list(x))
        constraints = np.concatenate([np.stack([np.ones(4), x], 1), -np.stack([np.ones(4), x], 1)])
        limits = np.concatenate([uppers, -lowers])
        kept = np.isfinite(limits)
        for sign, end in [(1, least), (-1, most)]:
            program = optimize.linprog(
                [0, sign],
                A_ub=constraints[kept],
                b_ub=limits[kept],
                bounds=[(None, None)] * 2,
                method="highs",
            )
            if least > most:
                assert program.status == 2
            elif math.isinf(end):
                assert program.status in {3, 4}
            else:
                assert program.x[1] == pytest.approx(end, abs=1e-7)
                feasible += 1
    assert feasible > 30


@pytest.mark.parametrize(
    ("points", "abscissae", "scales", "remainder", "message"),
    [
        (2, [1.0], [1.0, 1.0], 0.0, "one abscissa"),
        (2, [1.0, 1.0], [1.0, 1.0], 0.0, "two or more different"),
        (1, [1.0], [1.0], 0.0, "two or more different"),
        (0, [], [], 0.0, "two or more different"),
        (2, [1.0, math.nan], [1.0, 1.0], 0.0, "finite"),
        (2, [1.0, 2.0], [1.0, 0.0], 0.0, "positive"),
        (2, [1.0, 2.0], [1.0, 1.0], -0.1, "remainder"),
    ],
)
def test_malformed_laws_are_named(
    points: int, abscissae: list[float], scales: list[float], remainder: float, message: str
) -> None:
    tallies = coins(lambda n: 2.0**-n, 64)[:points]
    with pytest.raises(LemmataError, match=message):
        decide_scaling_law(tallies, abscissae, scales, -1.0, 0.1, 1e-3, remainder=remainder)
