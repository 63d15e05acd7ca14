"""The figure of expressivity.set_dimension: two multisets of three numbers that a map into two dimensions confuses."""

from __future__ import annotations

from typing import Any

import numpy as np

from lemmata.sampling import Stream
from numerics.expressivity._set_dimension_maps import Map, Pair, collide

SIZE, CURVE, RADIUS, DRAWN = 3, 400, 0.2, 12
MARKERS, COLOURS = ("o", "s"), ("C0", "C1")


def draw(figure: Any, formula: Any, rng: Stream, xp: Any) -> None:
    """The curve phi with the elements of both multisets on it, and their sums, element after element."""
    phi, pair = _widest(rng)
    left, right = figure.subplots(1, 2)
    curve = phi(np.linspace(0.0, 1.0, CURVE))
    left.plot(curve[0, :], curve[1, :], color="0.6", linestyle="-", label="$\\varphi([0,1])$")
    multisets = np.sort(pair.X), np.sort(pair.Y)
    for name, multiset, marker, colour in zip("XY", multisets, MARKERS, COLOURS, strict=True):
        points = phi(multiset)
        left.plot(
            points[0, :],
            points[1, :],
            color=colour,
            linestyle="",
            marker=marker,
            label=_named(name, multiset),
        )
        path = np.hstack([np.zeros((2, 1)), np.cumsum(points, axis=1)])
        right.plot(path[0, :], path[1, :], color=colour, linestyle="-", marker=marker, markersize=4)
    X, Y = (tuple(map(float, multiset)) for multiset in (pair.X, pair.Y))
    # The quantity is a share of the largest element.
    error = float(formula("sup_error_lower_bound", X=X, Y=Y)) * max(*X, *Y)
    total = np.sum(phi(pair.X), axis=1)
    label = f"common sum: max is missed by {error:.2f}"
    right.plot([total[0]], [total[1]], color="k", linestyle="", marker="*", markersize=9, label=label)
    left.set(xlabel="$\\varphi_1$", ylabel="$\\varphi_2$", title="elements")
    right.set(xlabel="$\\varphi_1$", title="sums, element by element")
    figure.legend(loc="outside upper center", ncols=2)


def _widest(rng: Stream) -> tuple[Map, Pair]:
    """Of a few maps, the one whose multisets differ most in their maxima."""
    tried: list[tuple[Map, Pair]] = []
    for k in range(DRAWN):
        own = rng.spawn(str(k))
        phi = Map.drawn(own, SIZE - 1)
        tried.append((phi, collide(phi, SIZE, own, RADIUS)))
    return max(
        (one for one in tried if one[1].found), key=lambda one: abs(np.max(one[1].X) - np.max(one[1].Y))
    )


def _named(name: str, multiset: Any) -> str:
    return f"${name} = \\{{{', '.join(f'{element:.2f}' for element in multiset)}\\}}$"
