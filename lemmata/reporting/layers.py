"""Where the boxes and lines of a graph go: layers by depth, few crossings, short lines; and the same every time.

After Sugiyama, Tagawa and Toda (1981): a line that passes a layer has a place of its own there, each layer is sorted by
the mean place of its neighbours in the next, and then every box moves towards its neighbours as far as others let it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx

WIDTH, HEIGHT = 230.0, 72.0  # of a box
GAP, FALL, LANE = 18.0, 38.0, 10.0  # between boxes, between layers, for a line that passes a layer
SWEEPS = 12

Point = tuple[float, float]
# A node, or a line from one node to another on its way through a layer.
Place = str | tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Layout:
    """The centres of the boxes and the lines: a start, then three control points for each piece of a curve."""

    centres: Mapping[str, Point]
    lines: Mapping[tuple[str, str], Sequence[Point]]
    width: float
    height: float

    def moved(self, x: float, y: float) -> Layout:
        """The same elsewhere."""
        centres = {name: (a + x, b + y) for name, (a, b) in self.centres.items()}
        lines = {edge: [(a + x, b + y) for a, b in line] for edge, line in self.lines.items()}
        return Layout(centres, lines, self.width, self.height)


def lay_out(graph: networkx.DiGraph[str]) -> Layout:
    """By dot where pygraphviz is installed and works, else as described above; a cycle is not allowed."""
    from lemmata.reporting.dot import by_dot

    try:
        return by_dot(graph)
    except (ImportError, OSError, ValueError):
        return packed([layered(piece) for piece in _components(graph)])


def _components(graph: networkx.DiGraph[str]) -> list[networkx.DiGraph[str]]:
    """The graphs of nodes that belong together, each in the order of the whole; the largest come first."""
    import networkx

    order = {name: k for k, name in enumerate(graph)}
    groups = [sorted(nodes, key=order.__getitem__) for nodes in networkx.weakly_connected_components(graph)]
    found: list[networkx.DiGraph[str]] = []
    for group in sorted(groups, key=lambda group: (-len(group), order[group[0]])):
        # The nodes of a subgraph come in the order of a set, another one in every run.
        piece: networkx.DiGraph[str] = networkx.DiGraph()
        piece.add_nodes_from(group)
        piece.add_edges_from((name, other) for name in group for other in graph.successors(name))
        found.append(piece)
    return found


def packed(pieces: Sequence[Layout], widest: float = 1100.0) -> Layout:
    """Pieces side by side in rows no wider than ``widest`` or the widest piece."""
    widest = max([widest, *(piece.width for piece in pieces)])
    centres: dict[str, Point] = {}
    lines: dict[tuple[str, str], Sequence[Point]] = {}
    x = y = height = width = 0.0
    for piece in pieces:
        if x and x + piece.width > widest:
            x, y, height = 0.0, y + height + FALL, 0.0
        placed = piece.moved(x, y)
        centres |= placed.centres
        lines |= placed.lines
        x, height, width = x + piece.width + 2 * GAP, max(height, piece.height), max(width, x + piece.width)
    return Layout(centres, lines, width, y + height)


# ---------------------------------------------------------------- layers


def layered(graph: networkx.DiGraph[str]) -> Layout:
    """A connected graph in layers."""
    depth = _depths(graph)
    routes = {(a, b): _route(a, b, depth) for a, b in sorted(graph.edges)}
    layers = _sorted_layers(_filled(graph, depth, routes), routes.values())
    across = _places(layers, routes.values())
    left = min(across[place] - _size(place) / 2 for layer in layers for place in layer)
    right = max(across[place] + _size(place) / 2 for layer in layers for place in layer)
    middle = [HEIGHT / 2 + k * (HEIGHT + FALL) for k in range(len(layers))]
    centres = {name: (across[name] - left, middle[depth[name]]) for name in graph}
    lines = {
        (a, b): _line([(across[place] - left, middle[depth[a] + k]) for k, place in enumerate(route)])
        for (a, b), route in routes.items()
    }
    return Layout(centres, lines, right - left, middle[-1] + HEIGHT / 2)


def _depths(graph: networkx.DiGraph[str]) -> dict[str, int]:
    """The longest way to a node; a node that others rest on stands right above the first of them."""
    import networkx

    generations = list(networkx.topological_generations(graph))
    depth = {name: k for k, names in enumerate(generations) for name in names}
    for names in reversed(generations):
        for name in names:
            below = [depth[other] for other in graph.successors(name)]
            depth[name] = min(below) - 1 if below else depth[name]
    return depth


def _route(start: str, end: str, depth: Mapping[str, int]) -> list[Place]:
    return [start, *((start, end, k) for k in range(depth[start] + 1, depth[end])), end]


def _filled(
    graph: networkx.DiGraph[str], depth: Mapping[str, int], routes: Mapping[tuple[str, str], list[Place]]
) -> list[list[Place]]:
    layers: list[list[Place]] = [[] for _ in range(max(depth.values()) + 1)]
    for name in graph:
        layers[depth[name]].append(name)
    for (start, _), route in routes.items():
        for k, place in enumerate(route[1:-1], depth[start] + 1):
            layers[k].append(place)
    return layers


def _neighbours(routes: Iterable[Sequence[Place]], down: bool) -> dict[Place, list[Place]]:
    """For each place those of the layer above it (or below it) that a line joins it to."""
    found: dict[Place, list[Place]] = {}
    for route in routes:
        for above, below in pairwise(route):
            here, there = (below, above) if down else (above, below)
            found.setdefault(here, []).append(there)
    return found


def _sorted_layers(layers: list[list[Place]], routes: Iterable[Sequence[Place]]) -> list[list[Place]]:
    """The order with the fewest crossings that sweeps of barycentres come upon."""
    routes = list(routes)
    best, fewest = layers, crossings(layers, routes)
    for sweep in range(2 * SWEEPS):
        if not fewest:
            break
        down = sweep % 2 == 0
        joined = _neighbours(routes, down)
        current = [list(layer) for layer in layers]
        for k in range(1, len(current)) if down else range(len(current) - 2, -1, -1):
            at = {place: j for j, place in enumerate(current[k - 1 if down else k + 1])}
            old = {place: float(j) for j, place in enumerate(current[k])}
            mean = {p: sum(at[q] for q in joined[p]) / len(joined[p]) if p in joined else old[p] for p in old}
            current[k].sort(key=lambda place, mean=mean, old=old: (mean[place], old[place]))
        layers = current
        if (count := crossings(layers, routes)) < fewest:
            best, fewest = layers, count
    return best


def crossings(layers: Sequence[Sequence[Place]], routes: Iterable[Sequence[Place]]) -> int:
    """How many pairs of lines cross between neighbouring layers."""
    at = {place: (k, j) for k, layer in enumerate(layers) for j, place in enumerate(layer)}
    pieces: dict[int, list[tuple[int, int]]] = {}
    for route in routes:
        for above, below in pairwise(route):
            pieces.setdefault(at[above][0], []).append((at[above][1], at[below][1]))
    return sum(
        (a[0] - b[0]) * (a[1] - b[1]) < 0
        for found in pieces.values()
        for k, a in enumerate(found)
        for b in found[:k]
    )


# ---------------------------------------------------------------- places within a layer


def _size(place: Place) -> float:
    return WIDTH if isinstance(place, str) else LANE


def _places(layers: Sequence[Sequence[Place]], routes: Iterable[Sequence[Place]]) -> dict[Place, float]:
    """The middle of every place: near the mean of its neighbours' in the layer before, in sweeps down and up."""
    routes = list(routes)
    across: dict[Place, float] = {}
    for layer in layers:
        across |= _apart(layer, dict.fromkeys(layer, 0.0))
    for sweep in range(2 * SWEEPS):
        joined = _neighbours(routes, down=sweep % 2 == 0)
        for layer in layers if sweep % 2 == 0 else reversed(layers):
            wished = {p: _mean([across[q] for q in joined.get(p, [p])]) for p in layer}
            across |= _apart(layer, wished)
    return across


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _apart(layer: Sequence[Place], wished: Mapping[Place, float]) -> dict[Place, float]:
    """The places nearest to the wished ones, by squares, that keep the order and the gaps (pooled violators)."""
    offsets = [0.0]
    for left, right in pairwise(layer):
        offsets.append(offsets[-1] + (_size(left) + _size(right)) / 2 + GAP)
    pools: list[tuple[float, int]] = []
    for place, offset in zip(layer, offsets, strict=True):
        value, count = wished[place] - offset, 1
        while pools and pools[-1][0] > value:
            other, more = pools.pop()
            value, count = (value * count + other * more) / (count + more), count + more
        pools.append((value, count))
    values = [value for value, count in pools for _ in range(count)]
    return {place: value + offset for place, value, offset in zip(layer, values, offsets, strict=True)}


def _line(points: Sequence[Point]) -> list[Point]:
    """A curve through the gaps between layers, straight down where it passes a layer between boxes."""
    found: list[Point] = []
    for k, ((x, y), (u, v)) in enumerate(pairwise(points)):
        start, end = y + HEIGHT / 2, v - HEIGHT / 2
        if k:
            found += [(x, start), (x, start), (x, start)]
        else:
            found.append((x, start))
        found += [(x, (start + end) / 2), (u, (start + end) / 2), (u, end)]
    return found
