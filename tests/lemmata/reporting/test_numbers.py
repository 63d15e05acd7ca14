from __future__ import annotations

import math
import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lemmata.reporting import numbers

FINITE = st.floats(min_value=-1e12, max_value=1e12, allow_nan=False).filter(
    lambda x: x == 0 or abs(x) > 1e-12
)


def interval(text: str) -> tuple[Fraction, Fraction]:
    scaled = re.fullmatch(r"\((\S+) \+- (\S+)\)e(-?\d+)", text)
    centre, half, exponent = scaled.groups() if scaled else (*text.split(" +- "), "0")
    factor = Fraction(10) ** int(exponent)
    return (Fraction(centre) - Fraction(half)) * factor, (Fraction(centre) + Fraction(half)) * factor


@given(FINITE, FINITE, st.floats(min_value=0, max_value=1))
def test_a_printed_interval_contains_the_measured_one(a: float, b: float, where: float) -> None:
    lower, upper = sorted((a, b))
    estimate = min(max(lower + where * (upper - lower), lower), upper)
    text = numbers.measured(estimate, lower, upper)
    if lower == upper:
        assert text == numbers.value(estimate)
    else:
        left, right = interval(text)
        assert left <= lower and upper <= right
        # and it is not much wider: two digits of the half-width, one unit of rounding on either side
        half = max(Fraction(upper) - Fraction(estimate), Fraction(estimate) - Fraction(lower))
        assert (right - left) / 2 <= half * Fraction(12, 10)


@pytest.mark.parametrize(
    ("estimate", "lower", "upper", "text"),
    [
        (0.0151234, 0.0150034, 0.0152434, "0.01512 +- 0.00013"),
        (3.0, 3.0, 3.0, "3"),
        (1.5e-7, 1.4e-7, 1.6e-7, "(1.50 +- 0.11)e-7"),
        (0.5, -math.inf, 0.75, "0.5 in [-inf, 0.75]"),
        (0.0, -0.1, 0.1, "0.00 +- 0.11"),
    ],
)
def test_measured(estimate: float, lower: float, upper: float, text: str) -> None:
    assert numbers.measured(estimate, lower, upper) == text


@given(st.floats(min_value=1e-300, max_value=1e300))
def test_a_bound_is_rounded_up_by_at_most_a_tenth(number: float) -> None:
    printed = float(numbers.bound(number))
    assert printed >= number or math.isclose(printed, number, rel_tol=1e-15)
    assert printed <= number * 1.1000001


@pytest.mark.parametrize(
    ("number", "text"), [(Fraction(1, 3), "1/3"), (2, "2"), (0.1, "0.1"), (1 / 3, "0.3333333"), ("x", "x")]
)
def test_an_exact_number_stays_exact(number: object, text: str) -> None:
    assert numbers.value(number) == text


def test_count() -> None:
    assert numbers.count(2**20) == "1,048,576"
