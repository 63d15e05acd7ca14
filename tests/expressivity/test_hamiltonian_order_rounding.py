"""The rows of hamiltonian-order that are differences: none is refuted for its rounding, and each for what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import takewhile

import numpy
import pytest

from lemmata.model import Row
from lemmata.running.evidence import effective_tolerance
from lemmata.sampling import Stream
from lemmata.statistics.decision import decide_exact
from numerics.expressivity._hamiltonian_order_gaussians import gaussian_rows
from numerics.expressivity.hamiltonian_order import rows
from tests.expressivity.hamiltonian_order import predicted, stream

FAR = [
    *((mean, spread) for mean in ("0", "1", "100") for spread in ("1e-9", "1", "1e9")),
    ("100,100", "1e-9,0,0,1e9"),
    ("1,9", "1e9,1/2,1/2,1e-9"),
    ("3,100", "1,0.999999,0.999999,1"),
    # p(1|x) is a number of few digits there, some 1e-320.
    *((f"{mean},0", "1,0,0,1") for mean in ("38", "38.3", "38.5")),
]
HALVES = "1/2,1/2"
NEAR = [
    ("0", "1"),
    ("0", "1.000000000000001"),
    *((f"{mean},0", "1,0,0,1") for mean in ("0", "1e-9", "-0.000000000000001", "1e-3")),
    *(("0,0", f"{spread},0,0,1") for spread in ("1.000000001", "0.999999", "1.000000000000001")),
    ("1e-9,0", "1.000001,0,0,1"),
    ("1e-9,-1e-9,0", "1,1e-9,0,1e-9,1,0,0,0,1"),
]
# Of class 1 nearly all lie on a line: the second determinant is 10^-15, that of the next one 10^-30.
SINGULAR = [
    ("1,2", "1,0.999999999999999,0.999999999999999,1"),
    ("1/3,-7", "1,31622775/31622776,31622775/31622776,999999835455076/999999898700623"),
    ("0,0,0", ",".join(f"1/{i + j + 1}" for i in range(3) for j in range(3))),
]


def posterior_rows(name: str, mean: str, covariance: str, priors: str) -> Iterator[Row]:
    parameters = {"mean": mean, "covariance": covariance, "priors": priors}
    return takewhile(lambda row: row.part in ("a1", "a2"), rows(stream(name), numpy, **parameters))


def require_consistent(row: Row) -> None:
    value = predicted(row.quantity, row.at)
    decision = decide_exact(row.value, float(value), effective_tolerance(row, value), row.grade)
    assert decision.verdict == "consistent", (row.name, row.value, float(value))


@pytest.mark.parametrize(("mean", "covariance"), FAR)
def test_far_means_and_covariances_are_never_refuted(mean: str, covariance: str) -> None:
    """The exact rows about posteriors agree with the closed form; a calibration stays within its support."""
    for row in posterior_rows(mean, mean, covariance, "999/1000,1/1000"):
        if row.sampler is None:
            require_consistent(row)
        else:
            drawn = row.sampler(stream("draws"), 256)
            low, high = row.support or (0.0, 0.0)
            assert numpy.isfinite(drawn).all() and low <= drawn.min() <= drawn.max() <= high
            spread = 5 * (high - low) / 2 / 256**0.5
            assert row.variant or abs(drawn.mean() - predicted(row.quantity, row.at)) < spread


@pytest.mark.parametrize("priors", [HALVES, "499999999/1000000000,500000001/1000000000"])
@pytest.mark.parametrize(("mean", "covariance"), [*NEAR, *SINGULAR])
def test_classes_that_are_nearly_equal_or_singular_are_never_refuted(
    mean: str, covariance: str, priors: str
) -> None:
    for k in range(3):
        for row in posterior_rows(f"{mean} {k}", mean, covariance, priors):
            if row.sampler is None:
                require_consistent(row)


@pytest.mark.parametrize(("mean", "covariance"), [("1e-9,0", "1,0,0,1"), ("0,0", "1.000000001,0,0,1")])
def test_log_odds_near_0_that_are_wrong_are_refuted(mean: str, covariance: str) -> None:
    """By less than a billionth, the size of the odds themselves being some billionths."""
    found = [row for row in posterior_rows("wrong", mean, covariance, HALVES) if row.quantity == "log_odds"]
    assert len(found) == 3
    for row in found:
        value = float(predicted(row.quantity, row.at))
        assert abs(value) < 1e-8
        tolerance = effective_tolerance(row, value)
        for wrong in (value + 5e-10, value - 5e-10):
            assert decide_exact(row.value, wrong, tolerance, row.grade).verdict == "refuted"


def test_a_posterior_of_few_digits_may_lose_the_last() -> None:
    """Below the smallest normal float the next one is further off than any share of the number allows."""
    classes = ("38.3,0", "1,0,0,1", "999/1000,1/1000")
    found = [row for k in range(8) for row in posterior_rows(f"tiny {k}", *classes)]
    tiny = [row for row in found if row.kind == "exact" and 0 < row.value < 1e-315]
    assert {row.quantity for row in tiny} == {"posterior"}
    for row in tiny:
        after = numpy.nextafter(row.value, 1)
        decision = decide_exact(row.value, float(after), effective_tolerance(row, after), row.grade)
        assert decision.verdict == "consistent"


def test_the_floats_of_a_place_are_taken_as_the_fractions_they_are() -> None:
    """The closed form loses nothing, where the covariance is singular but for a hair and the places are floats."""
    covariance = tuple(map(Fraction, SINGULAR[1][1].split(",")))
    floats = {"x": (0.1, -0.3), "mean": (1 / 3, 0.7)}
    fractions = {name: tuple(map(Fraction, values)) for name, values in floats.items()}
    same = {"covariance": covariance, "priors": (Fraction(1, 2), Fraction(1, 2))}
    assert predicted("log_odds", {**floats, **same}) == predicted("log_odds", {**fractions, **same})


DIFFERENCES = ("hamiltonian", "shared-covariance", "second-difference")


@pytest.mark.parametrize("seed", range(40))
def test_differences_of_energies_are_never_refuted_and_refute_what_is_off(seed: int) -> None:
    found = [row for row in gaussian_rows(stream(f"gaussians {seed}"), numpy) if row.name in DIFFERENCES]
    assert [row.name for row in found] == list(DIFFERENCES)
    for row in found:
        require_consistent(row)
        value = float(predicted(row.quantity, row.at))
        tolerance = effective_tolerance(row, value)
        assert decide_exact(row.value, value + 1e-6, tolerance, row.grade).verdict == "refuted"


def test_a_difference_of_energies_that_is_nearly_0() -> None:
    """A stream at which the terms of a difference of 1e-4 lose more than 1e-11 of it."""
    for row in rows(Stream.keyed(4073, "r9", "x"), numpy):
        if row.name in DIFFERENCES:
            require_consistent(row)
