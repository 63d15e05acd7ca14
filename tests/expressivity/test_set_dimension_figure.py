"""What the figure of set-dimension shows: two multisets on the curve, and one sum."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lemmata.sampling import Stream
from numerics.expressivity._set_dimension_figure import draw
from theorems.expressivity._set_dimension_values import sup_error_lower_bound

figures = pytest.importorskip("matplotlib.figure")


def test_two_multisets_have_one_sum() -> None:
    asked: list[float] = []

    def formula(name: str, /, **at: Any) -> Any:
        assert name == "sup_error_lower_bound"
        asked.append(sup_error_lower_bound(**at))
        return asked[-1]

    figure = figures.Figure()
    draw(figure, formula, Stream.keyed(0, "", "figure"), np)
    left, right = figure.axes
    curve, *multisets = left.lines
    for multiset in multisets:
        points, line = (np.stack(one.get_data()) for one in (multiset, curve))
        distances = np.linalg.norm(points[:, :, None] - line[:, None, :], axis=0)
        assert distances.min(axis=1).max() < 0.05
    one, other, total = (np.stack(line.get_data()) for line in right.lines)
    assert one[:, -1] == pytest.approx(other[:, -1], abs=1e-11)
    assert one[:, -1] == pytest.approx(total[:, 0])
    assert not np.allclose(one[:, 1], other[:, 1])
    assert asked[0] > 0.02
