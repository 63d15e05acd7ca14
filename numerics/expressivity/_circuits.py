"""Circuits of neurons as directed graphs: cost and depth are read off the graph, and a compiled circuit computes.

A node is an input, a neuron (the activation of a bias and a weighted sum) or a sum (a weighted sum alone); an edge
carries its weight. A gate of b inputs is 2^b neurons, one for each choice of signs, and their sum.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

import numpy

from numerics.expressivity._jets import activation, derivatives, variable

NEURON, SUM, INPUT = "neuron", "sum", "input"
OUTPUT = "output"
# A gate of so many inputs, a single one being an input itself, or a gate of the values of other shapes.
Shape = int | tuple["Shape", ...]


@dataclass(frozen=True, slots=True)
class Neurons:
    """What all neurons of a circuit share: an activation by name, its bias, and the scale t of the weights."""

    name: str
    bias: float
    t: float

    def derivative(self, order: int, xp: Any) -> float:
        """The derivative of the activation at the bias."""
        return float(derivatives(self.name, xp.asarray([self.bias], dtype=xp.float64), order, xp)[order, 0])


def empty(n: int) -> Any:
    """A graph of ``n`` inputs, numbered from 0."""
    from networkx import DiGraph

    graph = DiGraph()
    graph.add_nodes_from(range(n), kind=INPUT)
    return graph


def add_neuron(graph: Any, inputs: Sequence[Any], weights: Sequence[float], bias: float) -> Any:
    """A neuron over earlier nodes; returns its node."""
    node = (NEURON, len(graph))
    graph.add_node(node, kind=NEURON, bias=bias)
    graph.add_weighted_edges_from((u, node, w) for u, w in zip(inputs, weights, strict=True))
    return node


def add_sum(graph: Any, inputs: Sequence[Any], weights: Sequence[float]) -> Any:
    """A weighted sum of earlier nodes; returns its node."""
    node = (SUM, len(graph))
    graph.add_node(node, kind=SUM)
    graph.add_weighted_edges_from((u, node, w) for u, w in zip(inputs, weights, strict=True))
    return node


def add_gate(graph: Any, inputs: Sequence[Any], of: Neurons, xp: Any) -> Any:
    """The sign gate: 2^b neurons whose sum is near the product of ``inputs``; returns the sum's node."""
    b = len(inputs)
    scale = (2 * of.t) ** b * of.derivative(b, xp)
    signs = list(product((1, -1), repeat=b))
    neurons = [add_neuron(graph, inputs, [of.t * s for s in row], of.bias) for row in signs]
    return add_sum(graph, neurons, [prod(row) / scale for row in signs])


# ---------------------------------------------------------------- whole circuits


def shallow(n: int, of: Neurons, xp: Any) -> Any:
    """One gate of all ``n`` inputs."""
    return tree([n], of, xp)


def tree(fan_ins: Sequence[int], of: Neurons, xp: Any) -> Any:
    """Layers of equal gates, of ``fan_ins[i]`` inputs in layer i; there are prod(fan_ins) inputs."""
    graph = empty(prod(fan_ins))
    values: list[Any] = list(graph)
    for b in fan_ins:
        values = [add_gate(graph, values[k : k + b], of, xp) for k in range(0, len(values), b)]
    return closed(graph, values[0])


def nested(shape: Shape, of: Neurons, xp: Any) -> Any:
    """Gates of any sizes within gates: an input within a gate of gates skips the layers before it."""
    graph = empty(_inputs(shape))
    rest = iter(list(graph))

    def value(inner: Shape) -> Any:
        if inner == 1:
            return next(rest)
        values = [next(rest) for _ in range(inner)] if isinstance(inner, int) else list(map(value, inner))
        return add_gate(graph, values, of, xp) if len(values) > 1 else values[0]

    return closed(graph, value(shape))


def _inputs(shape: Shape) -> int:
    return shape if isinstance(shape, int) else sum(map(_inputs, shape))


def binary_tree(n: int, of: Neurons, xp: Any, *, layered: bool = False) -> Any:
    """Gates of two inputs, for any ``n``: a value without a partner skips a layer.

    With ``layered`` it passes through a gate of one input, two neurons, instead: every layer then sees only the one
    before.
    """
    graph = empty(n)
    values: list[Any] = list(graph)
    while len(values) > 1:
        pairs = [values[k : k + 2] for k in range(0, len(values), 2)]
        values = [add_gate(graph, pair, of, xp) if layered or len(pair) == 2 else pair[0] for pair in pairs]
    return closed(graph, values[0])


def closed(graph: Any, node: Any) -> Any:
    """The graph with its output named."""
    graph.graph[OUTPUT] = node
    return graph


# ---------------------------------------------------------------- what is read off the graph


def neurons(graph: Any) -> int:
    """How many nodes are neurons."""
    return sum(kind == NEURON for _, kind in graph.nodes(data="kind"))


def levels(graph: Any) -> dict[Any, int]:
    """For every node the most neurons on a path to it, itself included."""
    from networkx import topological_sort

    found: dict[Any, int] = {}
    for node in topological_sort(graph):
        before = max((found[u] for u in graph.predecessors(node)), default=0)
        found[node] = before + (graph.nodes[node]["kind"] == NEURON)
    return found


def depth(graph: Any) -> int:
    """The most neurons on a path to the output."""
    return levels(graph)[graph.graph[OUTPUT]]


def skips(graph: Any) -> int:
    """The values that skip layers, one for each layer that they skip: none in a layered circuit."""
    level = levels(graph)

    def skipped(node: Any) -> int:
        uses = [level[v] - 1 for v in graph.successors(node) if graph.nodes[v]["kind"] == NEURON]
        return max(uses, default=level[node]) - level[node]

    return sum(skipped(node) for node in graph)


# ---------------------------------------------------------------- running it


def compile(graph: Any, of: Neurons, xp: Any) -> Callable[[Any], Any]:
    """The function of arrays that a circuit computes: float64 (points, inputs) to (points,).

    Nodes of one kind that are ready together are computed together, by one product of matrices.
    """
    place = {node: node for node, kind in graph.nodes(data="kind") if kind == INPUT}
    steps = list(_steps(graph, place, xp))
    output = place[graph.graph[OUTPUT]]

    def run(points: Any) -> Any:
        values = points
        for weights, biases in steps:
            reached = values @ weights
            if biases is not None:
                reached = _activated(of.name, reached + biases, xp)
            values = xp.concat([values, reached], axis=1)
        return values[:, output]

    return run


def _steps(graph: Any, place: dict[Any, int], xp: Any) -> Iterator[tuple[Any, Any]]:
    """Weights (values so far, nodes), and the biases of neurons; each node is given its column among the values."""
    from networkx import topological_generations

    for generation in topological_generations(graph):
        for kind in (NEURON, SUM):
            nodes = [node for node in generation if graph.nodes[node]["kind"] == kind]
            if not nodes:
                continue
            width = len(place)
            weights = numpy.zeros((width, len(nodes)))
            for column, node in enumerate(nodes):
                for source, _, weight in graph.in_edges(node, data="weight"):
                    weights[place[source], column] = weight
            biases = xp.asarray([graph.nodes[v]["bias"] for v in nodes]) if kind == NEURON else None
            place.update((node, width + k) for k, node in enumerate(nodes))
            yield xp.asarray(weights), biases


def _activated(name: str, at: Any, xp: Any) -> Any:
    return xp.reshape(activation(name, variable(xp.reshape(at, (-1,)), 2, xp), xp)[0, :], at.shape)
