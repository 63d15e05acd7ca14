"""The neuron with integer weights against the definition: all inputs and all subsets, in fractions."""

from fractions import Fraction
from itertools import product

import numpy
import pytest

from lemmata.sampling import Stream
from numerics.hardness._neuron import LARGEST_WEIGHT, MANY, Neuron, correlations, draw_neuron, moments, slopes

BY_HAND = [
    Neuron(((1, 1),), 0),
    Neuron(((1, 5),), 2),
    Neuron(((3, 1), (1, 3)), -3),
    Neuron(((2, 2), (3, 2), (1, 3)), 1),
    # Always active, never active: h is constant, so that only one subset correlates with it.
    Neuron(((1, 2), (2, 1)), 9),
    Neuron(((1, 2), (2, 1)), -9),
]
DRAWN = [draw_neuron(Stream.keyed(seed, "neuron", str(n)), n) for seed in range(3) for n in (1, 2, 5, 8)]


def stream(n, seed=0):
    return Stream.keyed(seed, "neuron", str(n))


def drawn_up(neuron):
    """The weights of a neuron one by one, class after class."""
    return [weight for weight, count in neuron.classes for _ in range(count)]


def gradients(neuron):
    """g at every input of the cube from its definition: the inputs and integers (2^n, n + 1)."""
    weights = drawn_up(neuron)
    inputs = numpy.array(list(product((1, -1), repeat=len(weights))), dtype=object)
    active = [int(sum(w * s for w, s in zip(weights, x, strict=True)) + neuron.bias > 0) for x in inputs]
    return inputs, numpy.array([[h, *(h * x)] for h, x in zip(active, inputs, strict=True)], dtype=object)


def all_correlations(neuron):
    """Every subset with its 2^n E[chi_I g], in integers."""
    inputs, g = gradients(neuron)
    for chosen in product((0, 1), repeat=neuron.n):
        character = inputs[:, [i for i, c in enumerate(chosen) if c]].prod(axis=1)
        yield chosen, character.dot(g).tolist()


def mean(values):
    values = list(values)
    return Fraction(sum(values)) / len(values)


@pytest.mark.parametrize("neuron", BY_HAND + DRAWN, ids=str)
def test_moments_are_those_of_all_inputs_and_all_subsets(neuron):
    _, g = gradients(neuron)
    size = 2**neuron.n
    columns = list(zip(*(c for _, c in all_correlations(neuron)), strict=True))
    found = moments(neuron)
    assert found.square == mean((g**2).sum(axis=1))
    assert found.at_ones == sum(g[0] ** 2)
    assert found.second == sum(mean(c**2 for c in column) for column in columns) / size**2
    # The mean of (c - mean c)^2 with both multiplied by the number of subsets: integers to the end.
    deviations = (mean((size * c - sum(column)) ** 2 for c in column) for column in columns)
    assert found.variance == sum(deviations) / size**4


@pytest.mark.parametrize("neuron", BY_HAND + DRAWN[:6], ids=str)
def test_correlations_depend_only_on_how_many_of_each_class_are_chosen(neuron):
    table = correlations(neuron)
    for chosen, (first, *_) in all_correlations(neuron):
        left = iter(chosen)
        counts = tuple(sum(next(left) for _ in range(count)) for _, count in neuron.classes)
        assert table[counts] == first


def by_generating_function(neuron, counts):
    """2^n E[chi_I h]: the inputs of each sum, those with chi_I = -1 counted negatively, one input at a time."""
    signed = {0: 1}
    for (weight, count), inside in zip(neuron.classes, counts, strict=True):
        for k in range(count):
            sign = -1 if k < inside else 1
            moved = {}
            for s, c in signed.items():
                moved[s + weight] = moved.get(s + weight, 0) + c
                moved[s - weight] = moved.get(s - weight, 0) + sign * c
            signed = moved
    return sum(c for s, c in signed.items() if s + neuron.bias > 0)


@pytest.mark.parametrize("n", [40, 80])
def test_correlations_beyond_enumeration_agree_with_another_route(n):
    neuron = draw_neuron(stream(n), n)
    table = correlations(neuron)
    sizes = [count for _, count in neuron.classes]
    for counts in [[0] * len(sizes), sizes, [1] * len(sizes), [count // 2 for count in sizes]]:
        assert table[tuple(counts)] == by_generating_function(neuron, counts)


@pytest.mark.parametrize("n", [1, 2, 40, MANY, 1000])
def test_parseval_holds_to_the_last_digit(n):
    """Both sides are computed apart: one over inputs by their sums, the other over subsets by their sizes."""
    found = moments(draw_neuron(stream(n), n))
    assert found.square > 0
    assert found.second == found.square / 2**n
    assert found.variance == found.second - Fraction(found.at_ones, 4**n)


@pytest.mark.parametrize("n", [1, 2, MANY, MANY + 1, 1000])
def test_a_drawn_neuron_has_n_small_weights(n):
    neurons = [draw_neuron(stream(n, seed), n) for seed in range(40)]
    for neuron in neurons:
        assert neuron.n == n
        assert {weight for weight, _ in neuron.classes} <= set(range(1, LARGEST_WEIGHT + 1))
        assert [count for _, count in neuron.classes] == sorted(count for _, count in neuron.classes)
    assert {neuron.bias for neuron in neurons} == set(range(-3, 4))
    assert draw_neuron(stream(n), n) == neurons[0]


def test_the_neuron_is_strictly_active():
    """A sum of weights that meets the bias exactly is not above it: h is 1 where w.x + b > 0."""
    assert slopes(Neuron(((1, 2),), 0)).tolist() == [0, 0, 1]
    assert slopes(Neuron(((1, 2),), 1)).tolist() == [0, 1, 1]
    assert slopes(Neuron(((1, 2),), -2)).tolist() == [0, 0, 0]
