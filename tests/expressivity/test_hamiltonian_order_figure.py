"""What the figure of hamiltonian-order shows: two parabolas, and labels that follow the softmax of their difference."""

from __future__ import annotations

from math import exp
from typing import Any

import numpy
import pytest

from lemmata.catalogue import find
from lemmata.model import LemmataError
from lemmata.proof.quantities import admitted
from lemmata.proof.quantities import find as quantity
from lemmata.sampling import Stream
from lemmata.theorem_files import load
from numerics.expressivity._hamiltonian_order_figure import draw

figures = pytest.importorskip("matplotlib.figure")


def formula(name: str, /, **at: Any) -> Any:
    found = quantity(name, load(find("hamiltonian-order"))[0], "hamiltonian-order")
    return found.formula(**admitted(found, at))


Lines = dict[str, list[tuple[float, float]]]


def drawn(**parameters: str) -> tuple[Any, Lines]:
    figure = figures.Figure()
    draw(figure, formula, Stream.keyed(0, "", "figure"), numpy, **parameters)
    return figure, {
        str(line.get_label()): list(zip(line.get_xdata(), line.get_ydata(), strict=True))
        for axes in figure.axes
        for line in axes.lines
    }


@pytest.fixture(scope="module")
def lines() -> Lines:
    return drawn()[1]


def test_hamiltonians_are_parabolas(lines: Lines) -> None:
    for label, curvature in (("$H_0 + \\mu_0$", 1.0), ("$H_1 + \\mu_1$", 2.0)):
        (x, _), (y, _) = lines[label][:2]
        values = numpy.array([value for _, value in lines[label]])
        assert numpy.diff(values, 2) / (y - x) ** 2 == pytest.approx(curvature, abs=1e-9)


def test_the_posterior_is_the_softmax_of_what_is_drawn_above(
    lines: Lines,
) -> None:
    sets = (lines[name] for name in ("$H_0 + \\mu_0$", "$H_1 + \\mu_1$", "softmax of $-H-\\mu$"))
    for (_, zero), (_, one), (_, share) in zip(*sets, strict=True):
        assert share == pytest.approx(1 / (1 + exp(one - zero)), rel=1e-9)


def test_the_labels_follow_it(lines: Lines) -> None:
    curve = numpy.array(lines["softmax of $-H-\\mu$"])
    seen = numpy.array(lines["labels drawn"])
    assert len(seen) >= 8
    expected = numpy.interp(seen[:, 0], curve[:, 0], curve[:, 1])
    assert numpy.abs(seen[:, 1] - expected).max() < 0.1
    assert numpy.abs(seen[:, 1] - expected).mean() < 0.03


@pytest.mark.parametrize(
    ("mean", "covariance", "label", "curvatures"),
    [
        ("1", "4", "$x_1$", (1.0, 1 / 4)),
        ("-30,1", "1,0,0,1/2", "$x_2$ at $x_1 = -30$", (1.0, 2.0)),
        ("0,1,1", "1,0,0,0,2,1,0,1,2", "$x_3$, the others those of the mean of class 1", (1.0, 2 / 3)),
    ],
)
def test_the_classes_are_those_that_are_given(
    mean: str, covariance: str, label: str, curvatures: tuple[float, float]
) -> None:
    """Curvatures along the last coordinate are entries of the inverse covariances."""
    figure, found = drawn(mean=mean, covariance=covariance, priors="1/2,1/2")
    assert figure.axes[1].get_xlabel() == label
    for name, curvature in zip(("$H_0 + \\mu_0$", "$H_1 + \\mu_1$"), curvatures, strict=True):
        (x, _), (y, _) = found[name][:2]
        values = numpy.array([value for _, value in found[name]])
        assert numpy.diff(values, 2) / (y - x) ** 2 == pytest.approx(curvature, abs=1e-6)
    curve, seen = (numpy.array(found[name]) for name in ("softmax of $-H-\\mu$", "labels drawn"))
    assert numpy.abs(seen[:, 1] - numpy.interp(seen[:, 0], curve[:, 0], curve[:, 1])).max() < 0.1


def test_what_is_no_gaussian_is_not_drawn() -> None:
    with pytest.raises(LemmataError, match="not symmetric"):
        drawn(covariance="1,2,0,1")
