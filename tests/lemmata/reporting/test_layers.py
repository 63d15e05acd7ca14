from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import combinations
from random import Random
from types import SimpleNamespace

import networkx
import pytest

from lemmata.reporting import layers
from lemmata.reporting.layers import GAP, HEIGHT, WIDTH, Layout, Point, lay_out, layered, packed


def some_graph(seed: int, size: int = 24, share: float = 0.12) -> networkx.DiGraph[str]:
    random = Random(seed)
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    graph.add_nodes_from(f"n{k}" for k in range(size))
    graph.add_edges_from(
        (f"n{j}", f"n{k}") for j, k in combinations(range(size), 2) if random.random() < share
    )
    return graph


def without_dot(graph: networkx.DiGraph[str], monkeypatch: pytest.MonkeyPatch) -> Layout:
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    return lay_out(graph)


def curve(points: list[Point], steps: int = 12) -> list[Point]:
    """Points of the cubic pieces."""
    found: list[Point] = []
    for k in range(0, len(points) - 1, 3):
        a, b, c, d = points[k : k + 4]
        for j in range(steps + 1):
            t = j / steps
            w = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            found.append(tuple(sum(u * p[i] for u, p in zip(w, (a, b, c, d), strict=True)) for i in (0, 1)))  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize("seed", range(12))
def test_no_boxes_overlap_and_no_line_runs_through_a_box(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = some_graph(seed)
    found = without_dot(graph, monkeypatch)
    assert set(found.centres) == set(graph) and set(found.lines) == set(graph.edges)
    for (x, y), (u, v) in combinations(found.centres.values(), 2):
        assert abs(x - u) >= WIDTH + GAP - 1e-6 or abs(y - v) >= HEIGHT
    for (start, end), points in found.lines.items():
        assert points[0] == pytest.approx((found.centres[start][0], found.centres[start][1] + HEIGHT / 2))
        assert points[-1] == pytest.approx((found.centres[end][0], found.centres[end][1] - HEIGHT / 2))
        for x, y in curve(list(points)):
            for u, v in found.centres.values():
                assert abs(x - u) > WIDTH / 2 or abs(y - v) > HEIGHT / 2 - 1e-6


@pytest.mark.parametrize("seed", range(12))
def test_everything_is_inside_and_every_line_leads_down(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = some_graph(seed)
    found = without_dot(graph, monkeypatch)
    for x, y in found.centres.values():
        assert WIDTH / 2 - 1e-6 <= x <= found.width - WIDTH / 2 + 1e-6
        assert HEIGHT / 2 <= y <= found.height - HEIGHT / 2
    for start, end in graph.edges:
        assert found.centres[start][1] < found.centres[end][1]


def test_a_tree_and_a_ladder_are_drawn_without_crossings() -> None:
    ladder = networkx.DiGraph(
        [("a1", "a2"), ("a2", "a3"), ("b1", "b2"), ("b2", "b3"), ("a1", "b2"), ("a2", "b3")]
    )
    tree = networkx.DiGraph(
        [("r", "x"), ("r", "y"), ("y", "p"), ("x", "q"), ("y", "s"), ("x", "t"), ("r", "s0")]
    )
    for graph in (ladder, tree):
        depth = layers._depths(graph)
        routes = {(a, b): layers._route(a, b, depth) for a, b in sorted(graph.edges)}
        filled = layers._filled(graph, depth, routes)
        assert layers.crossings(layers._sorted_layers(filled, routes.values()), routes.values()) == 0


def test_sweeps_never_make_it_worse() -> None:
    better = 0
    for seed in range(8):
        graph = some_graph(seed)
        depth = layers._depths(graph)
        routes = {(a, b): layers._route(a, b, depth) for a, b in sorted(graph.edges)}
        filled = layers._filled(graph, depth, routes)
        before = layers.crossings(filled, routes.values())
        after = layers.crossings(layers._sorted_layers(filled, routes.values()), routes.values())
        assert after <= before
        better += after < before / 2
    assert better >= 6


def test_a_step_stands_right_above_the_first_that_rests_on_it() -> None:
    graph = networkx.DiGraph([("a", "b"), ("b", "c"), ("late", "c")])
    found = layered(graph)
    assert found.centres["late"][1] == found.centres["b"][1]


def test_pieces_stand_apart_in_rows() -> None:
    pieces = [Layout({str(k): (50.0, 20.0)}, {}, 100.0, 40.0) for k in range(5)]
    found = packed(pieces, widest=300.0)
    assert len(set(found.centres.values())) == 5
    assert found.width <= 300 and len({y for _, y in found.centres.values()}) == 3


def test_an_empty_graph_takes_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    found = without_dot(networkx.DiGraph(), monkeypatch)
    assert (found.centres, found.width, found.height) == ({}, 0.0, 0.0)


def test_where_dot_does_not_run_the_layers_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def AGraph(self, **options: object) -> object:
            raise ValueError("Program dot not found in path.")

    graph = some_graph(1)
    monkeypatch.setitem(sys.modules, "pygraphviz", Broken())
    assert lay_out(graph) == without_dot(graph, monkeypatch)


class Dot:
    """What pygraphviz says of a -> b after dot: points from below, one list continued on the next line."""

    def __init__(self, **options: object) -> None:
        self.graph_attr: dict[str, str] = {}
        self.node_attr: dict[str, str] = {}
        self.edge_attr: dict[str, str] = {}
        self.edges: list[tuple[str, str]] = []

    def add_nodes_from(self, names: Iterable[str]) -> None:
        assert list(names) == ["0", "1"]

    def add_edges_from(self, edges: Iterable[tuple[str, str]]) -> None:
        self.edges += edges

    def layout(self, prog: str) -> None:
        assert prog == "dot" and self.edges == [("0", "1")]
        self.graph_attr["bb"] = "0,0,184,126"

    def get_node(self, name: str) -> SimpleNamespace:
        return SimpleNamespace(attr={"pos": {"0": "92,104", "1": "92,22"}[name]})

    def get_edge(self, start: str, end: str) -> SimpleNamespace:
        return SimpleNamespace(attr={"pos": "92,82 92,70.5 92,55.5 \\\n92,44"})


def test_what_dot_says_is_turned_the_right_way_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygraphviz", SimpleNamespace(AGraph=Dot))  # type: ignore[arg-type]
    found = lay_out(networkx.DiGraph([("a", "b")]))
    assert found.centres == {"a": (92, 22), "b": (92, 104)}
    assert found.lines == {("a", "b"): [(92, 44), (92, 55.5), (92, 70.5), (92, 82)]}
    assert (found.width, found.height) == (184, 126)


def test_dot_lays_out_the_same_graph() -> None:
    pytest.importorskip("pygraphviz")
    from lemmata.reporting.dot import by_dot

    graph = some_graph(3)
    found = by_dot(graph)
    assert set(found.centres) == set(graph) and set(found.lines) == set(graph.edges)
    for (start, end), points in found.lines.items():
        assert len(points) % 3 == 1
        assert points[0] == pytest.approx(
            (found.centres[start][0], found.centres[start][1] + HEIGHT / 2), abs=1
        )
        assert points[-1] == pytest.approx((found.centres[end][0], found.centres[end][1] - HEIGHT / 2), abs=1)
