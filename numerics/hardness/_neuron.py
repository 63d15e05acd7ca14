"""One ReLU neuron with integer weights, on cubes that nobody can enumerate: exact, in integers.

For f(x) = max(0, w.x + b) the gradient is g = h(w.x) (1, x_1, .., x_n) with h(s) = [s + b > 0]. Inputs of one
weight are alike, so E[chi_I h] depends only on how many inputs of each weight belong to I. Taking the inputs
out one at a time turns a function of the sum s into half of h(s + a) + h(s - a), or half of h(s + a) - h(s - a)
for an input that belongs to I: a dynamic program over weight classes. Every number is a Python integer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, reduce
from typing import Any

import numpy

from lemmata.sampling import Stream, to_host

# Three classes of weights cost about (n/3)^3 correlations; two cost n of them for each input of weight 2.
MANY = 64
LARGEST_WEIGHT = 3


@dataclass(frozen=True, slots=True)
class Neuron:
    """``classes`` holds pairs of a positive weight and how many inputs have it; ``bias`` is b."""

    classes: tuple[tuple[int, int], ...]
    bias: int

    @property
    def n(self) -> int:
        return sum(count for _, count in self.classes)


@dataclass(frozen=True, slots=True)
class Moments:
    """E|g|^2 and |g(1,..,1)|^2, and over all subsets the second moment and the variance of E chi_I g."""

    square: Fraction
    at_ones: int
    second: Fraction
    variance: Fraction


def draw_neuron(stream: Stream, n: int) -> Neuron:
    """Weights from 1, 2, 3 and a bias from -3..3; of more than 64 inputs all but one have the weight 1."""
    drawn = 1 + to_host(stream.integers(n, LARGEST_WEIGHT)) if n <= MANY else [2] + [1] * (n - 1)
    counts = numpy.bincount(drawn).tolist()
    # The largest class comes last: it alone is contracted to single numbers.
    classes = sorted(((a, m) for a, m in enumerate(counts) if m), key=lambda pair: pair[1])
    return Neuron(tuple(classes), int(stream.integers(1, 7)[0]) - 3)


def slopes(neuron: Neuron) -> Any:
    """h on the possible sums -W, -W + 2, .., W in order, W the sum of the weights: integers (W + 1,)."""
    reach = sum(a * m for a, m in neuron.classes)
    return _integers(int(s + neuron.bias > 0) for s in range(-reach, reach + 1, 2))


def correlations(neuron: Neuron) -> Any:
    """2^n E[chi_I h] for every number of indices of each class in I: integers (m_1 + 1, .., m_c + 1)."""
    return _contract(slopes(neuron), neuron.classes)


def moments(neuron: Neuron) -> Moments:
    """What theorem and experiment compare, both sides from the definition."""
    n, h = neuron.n, slopes(neuron)
    total = second = variance = 0
    for copies, pieces in _coordinates(neuron):
        total = sum(_over_subsets(piece) for piece in pieces)
        second += copies * sum(_over_subsets(piece**2) for piece in pieces)
        variance += copies * sum(_over_subsets((2**n * piece - total) ** 2) for piece in pieces)
    return Moments(
        square=Fraction((n + 1) * int(_sums(neuron).dot(h**2)), 2**n),
        at_ones=(n + 1) * int(h[-1]) ** 2,
        second=Fraction(second, 8**n),
        variance=Fraction(variance, 32**n),
    )


def _coordinates(neuron: Neuron) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """2^n E[chi_I g_j] over all subsets, for each kind of coordinate j: how many there are, and its tables.

    Times x_i, the character of I is that of I without i, or with i. So the tables for x_i run over the subsets
    of the other inputs: first those I that do not contain i, then those that do.
    """
    table = correlations(neuron)
    yield 1, (table,)
    for axis, (_, count) in enumerate(neuron.classes):
        rest = numpy.moveaxis(table, axis, -1)
        yield count, (rest[..., 1:], rest[..., :-1])


def _over_subsets(table: Any) -> int:
    """The sum over all subsets of a table by class: an axis of length m + 1 stands for m inputs."""
    return int(reduce(lambda rest, size: rest.dot(_binomials(size - 1)), reversed(table.shape), table))


def _sums(neuron: Neuron) -> Any:
    """How many of the 2^n inputs have each of the sums that :func:`slopes` runs over."""
    found = _integers([1])
    for weight, count in neuron.classes:
        spread = _integers([0] * (weight * count + 1))
        spread[::weight] = _binomials(count)
        found = numpy.convolve(found, spread)
    return found


def _contract(values: Any, classes: tuple[tuple[int, int], ...]) -> Any:
    """Take the inputs of all ``classes`` out of a function of the sum, in and out of I in every number."""
    if not classes:
        return values[0]
    (weight, count), rest = classes[0], classes[1:]
    found: list[Any] = []
    for inside in range(count + 1):
        found.append(_contract(_add(values, weight, count - inside), rest))
        values = values[weight:] - values[:-weight]
    return numpy.array(found, dtype=object)


def _add(values: Any, weight: int, count: int) -> Any:
    """``count`` inputs outside of I at once: the sum over both signs of each."""
    length = len(values) - weight * count
    if length == 1:
        return _integers([_dot(values[::weight], _binomials(count))])
    shifted = (values[weight * j : weight * j + length] for j in range(count + 1))
    return sum(c * part for c, part in zip(_binomials(count), shifted, strict=True))


def _dot(values: Any, weights: Any) -> Any:
    """Their sum of products. Differences of a step vanish far from it: only the middle is multiplied."""
    present = values.nonzero()[0]
    middle = slice(present[0], present[-1] + 1) if len(present) else slice(0)
    return values[middle].dot(weights[middle])


@lru_cache(1024)
def _binomials(count: int) -> Any:
    """A row of Pascal's triangle: integers (count + 1,). Its second half mirrors the first."""
    half = [1]
    for j in range(count // 2):
        half.append(half[-1] * (count - j) // (j + 1))
    return _integers(half + half[(count + 1) // 2 - 1 :: -1] if count else half)


def _integers(values: Any) -> Any:
    """Python integers, which do not overflow."""
    return numpy.array(list(values), dtype=object)
