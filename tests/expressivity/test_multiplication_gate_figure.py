"""What the gate's figure shows: slopes 2 and 4, the bound above the error until rounding takes over."""

from __future__ import annotations

from functools import partial
from math import log10
from typing import Any

import numpy
import pytest

from lemmata.catalogue import find
from lemmata.proof.quantities import admitted
from lemmata.proof.quantities import find as quantity
from lemmata.sampling import Stream
from lemmata.theorem_files import load
from numerics.expressivity._multiplication_gate_figure import ROUNDING, draw
from theorems.expressivity import _multiplication_gate_values as values

figures = pytest.importorskip("matplotlib.figure")


def formula(name: str, /, **at: Any) -> Any:
    theorem = load(find("multiplication-gate"))[0]
    found = quantity(name, theorem, "multiplication-gate")
    return found.formula(**admitted(found, at))


@pytest.fixture(scope="module")
def lines() -> dict[str, list[tuple[float, float]]]:
    figure = figures.Figure()
    draw(figure, formula, Stream.keyed(0, "", "figure"), numpy)
    (axes,) = figure.axes
    shown = [line for line in axes.lines if not str(line.get_label()).startswith("_")]
    return {
        str(line.get_label()): list(zip(line.get_xdata(), line.get_ydata(), strict=True)) for line in shown
    }


def named(lines: dict[str, list[tuple[float, float]]], start: str) -> list[tuple[float, float]]:
    (found,) = [points for name, points in lines.items() if name.startswith(start)]
    return found


@pytest.mark.parametrize(
    ("name", "power", "low", "high"), [("softplus", 2, 1e-3, 0.1), ("logistic", 4, 0.03, 0.2)]
)
def test_the_slopes(
    lines: dict[str, list[tuple[float, float]]], name: str, power: int, low: float, high: float
) -> None:
    inside = [(t, error) for t, error in named(lines, name) if low < t < high]
    (t, error), (s, other) = inside[0], inside[-1]
    assert log10(other / error) / log10(s / t) == pytest.approx(power, abs=0.03)


@pytest.mark.parametrize("name", ["softplus", "logistic"])
def test_the_bound_is_above_the_error_until_rounding_takes_over(
    lines: dict[str, list[tuple[float, float]]], name: str
) -> None:
    pairs = zip(named(lines, name), named(lines, f"bound (a), {name}"), strict=True)
    above = [(t, error <= bound, error - bound <= 20 * ROUNDING / t**2) for (t, error), (_, bound) in pairs]
    assert all(within for _, _, within in above)
    assert all(bounded for t, bounded, _ in above if t > 3e-3)
    assert not above[0][1], "rounding is shown, not left out"


@pytest.mark.parametrize("name", values.ACTIVATIONS)
@pytest.mark.parametrize("bias", [-0.7, 0.0, 1.0])
@pytest.mark.parametrize("reach", [0.01, 1.2, 4.0])
def test_the_supremum_of_a_derivative_is_above_all_of_its_values(
    name: str, bias: float, reach: float
) -> None:
    """Also where the largest value stands on a point of the grid that is searched."""
    value = partial(values.numeric, name, 4)
    largest = max(abs(value(bias + reach * (k / 500 - 1))) for k in range(1001))
    assert largest <= values.supremum(name, 4, bias - reach, bias + reach) * (1 + 1e-12)
    assert values.supremum(name, 4, bias - reach, bias + reach) <= largest * (1 + 1e-3)
