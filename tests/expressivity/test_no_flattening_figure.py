"""What the figure of no-flattening shows: circuits that were counted, on the lines of the closed forms."""

from __future__ import annotations

from typing import Any

import numpy
import pytest

from lemmata.sampling import Stream
from numerics.expressivity._no_flattening_figure import DEPTHS, draw
from theorems.expressivity import _no_flattening_values as values

figures = pytest.importorskip("matplotlib.figure")


def formula(name: str, /, **at: Any) -> Any:
    return getattr(values, name)(**at)


@pytest.fixture(scope="module")
def lines() -> list[dict[int, int]]:
    figure = figures.Figure()
    draw(figure, formula, Stream.keyed(0, "", "figure"), numpy)
    (axes,) = figure.axes
    assert axes.get_yscale() == "log"
    return [dict(zip(line.get_xdata(), line.get_ydata(), strict=True)) for line in axes.lines]


def test_counted_circuits_stand_on_their_lines(lines: list[dict[int, int]]) -> None:
    *both, legend = lines
    assert not legend
    drawn, counted = both[: len(both) // 2], both[len(both) // 2 :]
    assert len(drawn) == len(counted) == 2 + len(DEPTHS)
    for line, points in zip(drawn, counted, strict=True):
        assert len(points) > 5
        # Even shares are the cheapest but for some n at depth 3, where they cost one part in twenty more.
        assert all(line[n] <= neurons <= 1.05 * line[n] for n, neurons in points.items())
    for line, points in ((drawn[0], counted[0]), (drawn[1], counted[1]), (drawn[-1], counted[-1])):
        assert all(line[n] == neurons for n, neurons in points.items())


def test_depth_pays(lines: list[dict[int, int]]) -> None:
    shallow, *deeper = lines[: 2 + len(DEPTHS)]
    assert shallow[14] == 2**14
    assert deeper[0][64] > deeper[1][64] > deeper[2][64] == 4 * 63
