"""What the figure of hamiltonian-order shows: two parabolas, and labels that follow the softmax of their difference."""

from __future__ import annotations

from math import exp
from typing import Any

import numpy
import pytest

from lemmata.catalogue import find
from lemmata.proof.quantities import admitted
from lemmata.proof.quantities import find as quantity
from lemmata.sampling import Stream
from lemmata.theorem_files import load
from numerics.expressivity._hamiltonian_order_figure import draw

figures = pytest.importorskip("matplotlib.figure")


def formula(name: str, /, **at: Any) -> Any:
    found = quantity(name, load(find("hamiltonian-order"))[0], "hamiltonian-order")
    return found.formula(**admitted(found, at))


@pytest.fixture(scope="module")
def lines() -> dict[str, list[tuple[float, float]]]:
    figure = figures.Figure()
    draw(figure, formula, Stream.keyed(0, "", "figure"), numpy)
    return {
        str(line.get_label()): list(zip(line.get_xdata(), line.get_ydata(), strict=True))
        for axes in figure.axes
        for line in axes.lines
    }


def test_hamiltonians_are_parabolas(lines: dict[str, list[tuple[float, float]]]) -> None:
    for label, curvature in (("$H_0 + \\mu_0$", 1.0), ("$H_1 + \\mu_1$", 2.0)):
        (x, _), (y, _) = lines[label][:2]
        values = numpy.array([value for _, value in lines[label]])
        assert numpy.diff(values, 2) / (y - x) ** 2 == pytest.approx(curvature, abs=1e-9)


def test_the_posterior_is_the_softmax_of_what_is_drawn_above(
    lines: dict[str, list[tuple[float, float]]],
) -> None:
    sets = (lines[name] for name in ("$H_0 + \\mu_0$", "$H_1 + \\mu_1$", "softmax of $-H-\\mu$"))
    for (_, zero), (_, one), (_, share) in zip(*sets, strict=True):
        assert share == pytest.approx(1 / (1 + exp(one - zero)), rel=1e-9)


def test_the_labels_follow_it(lines: dict[str, list[tuple[float, float]]]) -> None:
    curve = numpy.array(lines["softmax of $-H-\\mu$"])
    seen = numpy.array(lines["labels drawn"])
    assert len(seen) >= 8
    expected = numpy.interp(seen[:, 0], curve[:, 0], curve[:, 1])
    assert numpy.abs(seen[:, 1] - expected).max() < 0.1
    assert numpy.abs(seen[:, 1] - expected).mean() < 0.03
