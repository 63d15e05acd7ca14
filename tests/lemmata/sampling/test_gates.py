"""Products of gradients over pairs: every route against gradients written out, and what a layer refuses."""

from __future__ import annotations

from itertools import combinations

import numpy
import pytest

from lemmata.model import LemmataError
from lemmata.sampling import Stream, compiled, to_host
from lemmata.sampling.gates import MOST, REACH, layer, pair_products

SHAPES = [(1, 1, 2, 5), (7, 3, 16, 300), (32, 33, 5, 40), (13, 64, MOST, 7)]


def instance(n, width, inputs, size):
    stream = Stream.keyed(2, "gates", f"{n} {width} {inputs}")
    weights, bias = stream.integers((width, n), 15) - 7, stream.integers(width, 15) - 7
    return weights, bias, stream.words(inputs * size).reshape(inputs, size), stream.words(size)


def gradient(weights, bias, word):
    """Of the sum of the units in all biases and weights, input by input."""
    signs = numpy.array([1 - 2 * (word >> i & 1) for i in range(weights.shape[1])])
    return ((weights @ signs + bias > 0)[:, None] * numpy.array([1, *signs])[None, :]).reshape(-1)


def written_out(weights, bias, words, subsets):
    whole, totals = 2 ** weights.shape[1] - 1, []
    for column, subset in zip(words.T.tolist(), subsets.tolist(), strict=True):
        signed = [
            (-1) ** (word & subset & whole).bit_count() * gradient(weights, bias, word) for word in column
        ]
        totals.append(sum(int(a @ b) for a, b in combinations(signed, 2)))
    return totals


@pytest.fixture(params=["arrays", "vectors"])
def route(request, monkeypatch):
    if request.param == "vectors":
        pytest.importorskip("numba")
    monkeypatch.setattr(compiled, "worth", lambda seconds: request.param == "vectors")


@pytest.mark.parametrize(("n", "width", "inputs", "size"), SHAPES)
def test_sums_are_those_of_gradients_written_out(route, n, width, inputs, size):
    weights, bias, words, subsets = instance(n, width, inputs, size)
    found = pair_products(layer(weights, bias), words, subsets)
    assert found.dtype == numpy.int64
    assert found.tolist() == written_out(weights, bias, words, subsets)


def test_routes_agree_on_more_than_is_gone_through_together(monkeypatch):
    pytest.importorskip("numba")
    weights, bias, words, subsets = instance(32, 40, 3, 5000)
    found = []
    for worth in (False, True):
        monkeypatch.setattr(compiled, "worth", lambda seconds, worth=worth: worth)
        found.append(pair_products(layer(weights, bias), words, subsets))
    assert (found[0] == found[1]).all() and found[0].any()


@pytest.mark.parametrize("name", ["array_api_strict", pytest.param("cupy", marks=pytest.mark.gpu)])
def test_another_namespace_finds_the_same(name):
    xp = pytest.importorskip(name)
    weights, bias, words, subsets = instance(13, 40, 4, 100)
    found = pair_products(layer(weights, bias), xp.asarray(words), xp.asarray(subsets))
    assert (to_host(found) == pair_products(layer(weights, bias), words, subsets)).all()


def test_sums_at_the_edge_of_sixteen_bits_are_exact(route):
    """A unit and its mirror image at their reach: one is on at 1,..,1, the other at -1,..,-1."""
    weights = numpy.array([[1000] * 32, [-1000] * 32])
    bias = numpy.array([REACH - 32_000, 32_000 - REACH])
    words = numpy.array([[0, 0, 2**32 - 1], [0, 2**32 - 1, 2**32 - 1]], dtype=numpy.uint32)
    none = numpy.zeros(3, dtype=numpy.uint32)
    found = pair_products(layer(weights, bias), words, none)
    assert found.tolist() == written_out(weights, bias, words, none) == [33, 0, 33]


def test_a_single_input_has_no_pairs_and_no_groups_no_sums(route):
    weights, bias, words, subsets = instance(9, 2, 1, 6)
    assert pair_products(layer(weights, bias), words, subsets).tolist() == [0] * 6
    assert pair_products(layer(weights, bias), words[:, :0], subsets[:0]).shape == (0,)


@pytest.mark.parametrize(
    ("weights", "bias", "message"),
    [
        (numpy.zeros((2, 33), int), numpy.zeros(2, int), "n <= 32"),
        (numpy.zeros((0, 5), int), numpy.zeros(0, int), "width"),
        (numpy.zeros((2, 5), int), numpy.zeros(3, int), "biases"),
        (numpy.zeros(5, int), numpy.zeros(5, int), "weights"),
        (numpy.zeros((2, 5)), numpy.zeros(2), "integers, not float64"),
        (numpy.full((2, 32), 1024), numpy.zeros(2, int), "at most 32767, not 32768"),
        (numpy.full((1, 1), -(2**63)), numpy.zeros(1, int), "at most 32767, not 9223372036854775808"),
    ],
)
def test_what_is_no_layer_is_refused(weights, bias, message):
    with pytest.raises(LemmataError, match=message):
        layer(weights, bias)


@pytest.mark.parametrize(
    ("words", "subsets", "message"),
    [
        (numpy.zeros(4, numpy.uint32), numpy.zeros(4, numpy.uint32), "groups"),
        (numpy.zeros((4, 3), numpy.uint32), numpy.zeros(4, numpy.uint32), "groups"),
        (numpy.zeros((MOST + 1, 3), numpy.uint32), numpy.zeros(3, numpy.uint32), "at most 32 inputs"),
        (numpy.zeros((2, 3), numpy.uint64), numpy.zeros(3, numpy.uint32), "uint32 words, not uint64"),
        (
            numpy.zeros((2, 3), numpy.uint32),
            numpy.zeros(3, numpy.int64),
            "uint32 words, not uint32 and int64",
        ),
    ],
)
def test_groups_that_do_not_fit_are_refused(words, subsets, message):
    with pytest.raises(LemmataError, match=message):
        pair_products(layer(numpy.zeros((2, 5), int), numpy.zeros(2, int)), words, subsets)
