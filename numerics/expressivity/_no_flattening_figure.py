"""The figure of expressivity.no_flattening: neurons against inputs, by depth, and the circuits that were counted."""

from __future__ import annotations

from typing import Any

from lemmata.sampling import Stream
from numerics.expressivity import _circuits as circuits
from numerics.expressivity._no_flattening_trees import BINARY, WIDE, balanced

INPUTS = 64
DEPTHS = (2, 3)
# One layer is drawn and built only this far: it leaves the picture.
SHALLOW, BUILT_SHALLOW = 14, 10
LOWEST, HIGHEST = 3.0, 2.0**SHALLOW
MARKERS = ("o", "s", "^", "D")


def draw(figure: Any, formula: Any, rng: Stream, xp: Any) -> None:
    """One layer, the cheapest trees of two and three layers, and binary trees; points are neurons of graphs."""
    axes = figure.subplots()
    few, many = range(2, SHALLOW + 1), range(2, INPUTS + 1)
    lines = [("one layer", few, [formula("neurons_shallow", r=(1,) * n) for n in few])]
    lines += [
        (f"depth {k}", many, [formula("neurons_at_depth_mixed", n=n, k=k) for n in many]) for k in DEPTHS
    ]
    lines.append(("binary tree, $4(n-1)$", many, [formula("neurons_deep", n=n) for n in many]))
    for k, (name, ns, counts) in enumerate(lines):
        axes.plot(ns, counts, color=f"C{k}", linestyle="-", label=name)
    for k, points in enumerate(_counted(xp)):
        axes.plot(*zip(*points, strict=True), color=f"C{k}", linestyle="", marker=MARKERS[k])
    axes.plot([], [], color="0.4", linestyle="", marker="o", label="counted in circuits")
    axes.set(yscale="log", ylim=(LOWEST, HIGHEST), xlim=(0, INPUTS + 2), xlabel="inputs, $n$")
    axes.set_ylabel("neurons")
    figure.legend(loc="outside upper center", ncols=3)


def _counted(xp: Any) -> list[list[tuple[int, int]]]:
    """For every line the inputs and the neurons of circuits that are built."""
    shapes: list[list[tuple[int, circuits.Shape]]] = [
        [(n, n) for n in range(2, BUILT_SHALLOW + 1)],
        *([(n, balanced(n, k)) for n in range(3 + k, INPUTS + 1, 6)] for k in DEPTHS),
    ]
    counted = [[(n, circuits.neurons(circuits.nested(s, WIDE, xp))) for n, s in line] for line in shapes]
    deep = [(n, circuits.neurons(circuits.binary_tree(n, BINARY, xp))) for n in range(2, INPUTS + 1, 6)]
    return [*counted, deep]
