"""The layout of Graphviz's dot, for those who have pygraphviz."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lemmata.reporting.layers import FALL, GAP, HEIGHT, WIDTH, Layout, Point

if TYPE_CHECKING:
    import networkx


def by_dot(graph: networkx.DiGraph[str]) -> Layout:
    """As Graphviz's dot lays it out; raises ImportError, OSError or ValueError where it is not to be had."""
    import pygraphviz  # pyright: ignore[reportMissingImports]

    numbered = {name: str(k) for k, name in enumerate(graph)}
    drawn = pygraphviz.AGraph(directed=True, strict=True)
    drawn.graph_attr.update(nodesep=str(GAP / 72), ranksep=str(FALL / 72))
    drawn.node_attr.update(
        shape="box", fixedsize="true", width=str(WIDTH / 72), height=str(HEIGHT / 72), label=""
    )
    drawn.edge_attr.update(arrowhead="none", tailport="s", headport="n")  # the picture has arrows of its own
    drawn.add_nodes_from(numbered.values())
    drawn.add_edges_from((numbered[a], numbered[b]) for a, b in sorted(graph.edges))
    drawn.layout(prog="dot")
    _, _, width, height = (float(word) for word in drawn.graph_attr["bb"].split(","))
    centres = {name: _flipped(drawn.get_node(k).attr["pos"], height) for name, k in numbered.items()}
    lines = {
        (a, b): _spline(drawn.get_edge(numbered[a], numbered[b]).attr["pos"], height)
        for a, b in sorted(graph.edges)
    }
    return Layout(centres, lines, width, height)


def _flipped(pair: str, height: float) -> Point:
    x, y = (float(word) for word in pair.split(","))
    return x, height - y


def _spline(text: str, height: float) -> list[Point]:
    """The control points of ``x,y x,y x,y ...``; long lists are continued after a backslash."""
    return [_flipped(word, height) for word in text.replace("\\\n", "").split()]
