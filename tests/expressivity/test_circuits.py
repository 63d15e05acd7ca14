"""Circuits: what the graphs count, and that what they compute comes near the product as t falls."""

from __future__ import annotations

from math import log2
from typing import Any

import array_api_strict
import networkx
import numpy
import pytest

from lemmata.sampling import Stream
from numerics.expressivity import _circuits as circuits
from numerics.expressivity._circuits import Neurons
from numerics.expressivity._no_flattening_trees import balanced, factorisations, partitions

SOFTPLUS, TANH, EXP = Neurons("softplus", 0.0, 0.02), Neurons("tanh", 0.5, 0.02), Neurons("exp", 0.0, 0.05)


def points(n: int, size: int = 200) -> Any:
    return 2.0 * Stream.keyed(0, "circuits", f"{n}").uniform((size, n)) - 1.0


def worst(graph: Any, of: Neurons, n: int) -> float:
    x = points(n)
    return float(abs(circuits.compile(graph, of, numpy)(x) - x.prod(axis=1)).max())


@pytest.mark.parametrize("n", [1, 2, 3, 5, 6, 8, 13])
@pytest.mark.parametrize("of", [SOFTPLUS, TANH])
def test_a_binary_tree_multiplies_with_four_neurons_a_gate(n: int, of: Neurons) -> None:
    graph = circuits.binary_tree(n, of, numpy)
    gates = sum(kind == circuits.SUM for _, kind in graph.nodes(data="kind"))
    assert (gates, circuits.neurons(graph)) == (n - 1, 4 * (n - 1))
    assert circuits.depth(graph) == (n - 1).bit_length()
    assert worst(graph, of, n) < 2e-3


@pytest.mark.parametrize("n", [1, 2, 3, 5, 6, 7, 8, 13, 16, 33])
def test_an_unbalanced_tree_skips_layers_or_passes_through(n: int) -> None:
    skipping = circuits.binary_tree(n, SOFTPLUS, numpy)
    layered = circuits.binary_tree(n, SOFTPLUS, numpy, layered=True)
    assert circuits.skips(layered) == 0
    assert circuits.neurons(layered) - circuits.neurons(skipping) == 2 * circuits.skips(skipping)
    assert bool(circuits.skips(skipping)) == bool(n & (n - 1)), "only a power of two fills its layers"
    assert circuits.depth(layered) == circuits.depth(skipping)
    assert worst(layered, SOFTPLUS, n) < 1e-3


@pytest.mark.parametrize("fan_ins", [[3], [2, 3], [3, 2], [4, 2], [2, 2, 2]])
def test_layers_of_equal_gates(fan_ins: list[int]) -> None:
    graph, n = circuits.tree(fan_ins, EXP, numpy), int(numpy.prod(fan_ins))
    widths = numpy.cumprod(fan_ins[::-1])[::-1] // fan_ins
    assert circuits.neurons(graph) == sum(w * 2**b for w, b in zip(widths, fan_ins, strict=True))
    assert (circuits.depth(graph), circuits.skips(graph)) == (len(fan_ins), 0)
    assert worst(graph, EXP, n) < 0.02


@pytest.mark.parametrize("shape", [1, 4, (1, 2), (3, 1, 2), ((2, 1), 2), (1, (1, (1, 2)))])
def test_gates_within_gates(shape: circuits.Shape) -> None:
    graph = circuits.nested(shape, EXP, numpy)
    n = sum(kind == circuits.INPUT for _, kind in graph.nodes(data="kind"))
    assert worst(graph, EXP, n) < 0.02
    assert networkx.is_directed_acyclic_graph(graph)


def test_a_gate_inside_skips_the_layers_before_it() -> None:
    graph = circuits.nested((1, (1, (1, 2))), EXP, numpy)
    assert (circuits.neurons(graph), circuits.depth(graph), circuits.skips(graph)) == (16, 4, 3 + 2 + 1)


@pytest.mark.parametrize(
    ("build", "n"), [(circuits.shallow, 2), (circuits.binary_tree, 3), (circuits.binary_tree, 7)]
)
def test_the_error_is_of_second_order(build: Any, n: int) -> None:
    coarse, fine = (Neurons("softplus", 0.0, t) for t in (0.08, 0.04))
    errors = [worst(build(n, of, numpy), of, n) for of in (coarse, fine)]
    assert log2(errors[0] / errors[1]) == pytest.approx(2.0, abs=0.02)


def test_a_circuit_is_what_its_graph_says() -> None:
    """One neuron by hand; then a weight of a gate is changed, and it no longer multiplies."""
    graph = circuits.empty(2)
    neuron = circuits.add_neuron(graph, [0, 1], [2.0, -1.0], 0.5)
    circuits.closed(graph, circuits.add_sum(graph, [neuron, 0], [3.0, 1.0]))
    x = points(2)
    expected = 3.0 * numpy.tanh(2.0 * x[:, 0] - x[:, 1] + 0.5) + x[:, 0]
    assert circuits.compile(graph, TANH, numpy)(x) == pytest.approx(expected, rel=1e-12)
    gate = circuits.shallow(2, SOFTPLUS, numpy)
    source, target = next((u, v) for u, v in gate.edges if v[0] == circuits.NEURON)
    gate.edges[source, target]["weight"] *= -1
    assert worst(gate, SOFTPLUS, 2) > 0.1


def test_the_array_standard_is_enough() -> None:
    graph = circuits.binary_tree(3, SOFTPLUS, array_api_strict)
    found = circuits.compile(graph, SOFTPLUS, array_api_strict)(array_api_strict.asarray(points(3)))
    expected = circuits.compile(circuits.binary_tree(3, SOFTPLUS, numpy), SOFTPLUS, numpy)(points(3))
    assert numpy.asarray(found) == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_factorisations_and_partitions_are_all_there() -> None:
    assert sorted(factorisations(12, 2)) == [[2, 6], [3, 4], [4, 3], [6, 2]]
    assert list(factorisations(7, 2)) == [] and list(factorisations(1, 0)) == [[]]
    assert [sum(1 for _ in partitions(n, n)) for n in range(8)] == [1, 1, 2, 3, 5, 7, 11, 15]
    assert set(partitions(4, 4)) == {(4,), (3, 1), (2, 2), (2, 1, 1), (1, 1, 1, 1)}


def test_even_shares_of_32_inputs() -> None:
    shape = balanced(32, 2)
    assert shape == (5, 5, 5, 5, 4, 4, 4)
    assert circuits.neurons(circuits.nested(shape, EXP, numpy)) == 2**7 + 4 * 2**5 + 3 * 2**4
