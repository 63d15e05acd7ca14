"""Signed counts of gates: every route against signs written out one by one, and what a layer refuses."""

from __future__ import annotations

import numpy
import pytest

from lemmata.model import LemmataError
from lemmata.sampling import Stream, compiled
from lemmata.sampling.gates import PART, gate_sums, layer


def instance(n, width, dtype, size):
    stream = Stream.keyed(2, "gates", f"{n} {width}")
    weights, bias = stream.normal((width, n)).astype(dtype), stream.normal(width).astype(dtype)
    return weights, bias, stream.packed_signs(size, n), int(stream.integers(1, 2 ** min(n, 30))[0])


def written_out(weights, bias, words, subset):
    """One input and one unit after the other, in integers but for w.x + b."""
    width, n = weights.shape
    total = numpy.zeros((width, 1 + n), dtype=numpy.int64)
    for word in words[:, 0].tolist():
        signs = numpy.array([1 - 2 * (word >> i & 1) for i in range(n)])
        on = weights.astype(float) @ signs + bias > 0
        total += (-1) ** (word & subset).bit_count() * on[:, None] * numpy.array([1, *signs])[None, :]
    return total


@pytest.fixture(params=["products", "vectors"])
def route(request, monkeypatch):
    if request.param == "vectors":
        pytest.importorskip("numba")
    monkeypatch.setattr(compiled, "worth", lambda seconds: request.param == "vectors")


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(("n", "width"), [(1, 1), (7, 3), (8, 8), (32, 33), (33, 5), (64, 9)])
def test_counts_are_those_of_signs_written_out(route, n, width, dtype):
    weights, bias, words, subset = instance(n, width, dtype, 300)
    found = gate_sums(layer(weights, bias), words, subset)
    assert found.dtype == numpy.int64
    assert (found == written_out(weights, bias, words, subset)).all()


@pytest.mark.parametrize(("n", "width", "dtype"), [(20, 40, "float32"), (40, 12, "float64")])
def test_routes_count_alike_where_sums_are_ties_too(monkeypatch, n, width, dtype):
    """Weights of one size tie often; then a sum in another order could fall on the other side of zero."""
    pytest.importorskip("numba")
    weights, bias, words, subset = instance(n, width, dtype, 2 * PART + 5)
    units = layer(0.1 * numpy.sign(weights).astype(dtype), 0 * bias)
    found = []
    for worth in (False, True):
        monkeypatch.setattr(compiled, "worth", lambda seconds, worth=worth: worth)
        found.append(gate_sums(units, words, subset))
    assert (found[0] == found[1]).all() and found[0].any()


@pytest.mark.parametrize("name", ["array_api_strict", pytest.param("cupy", marks=pytest.mark.gpu)])
def test_another_namespace_counts_alike(name):
    xp = pytest.importorskip(name)
    weights, bias, words, subset = instance(13, 4, "float32", 100)
    strict = xp.asarray(words)
    assert (
        gate_sums(layer(weights, bias), strict, subset) == gate_sums(layer(weights, bias), words, subset)
    ).all()


def test_no_inputs_count_nothing(route):
    weights, bias, words, subset = instance(9, 2, "float32", 0)
    assert not gate_sums(layer(weights, bias), words, subset).any()


def test_the_counts_are_the_gradient_of_a_network(route):
    """dE[chi_I f]/dW by differences, for f = sum of ReLU units on the whole cube."""
    n, subset = 6, 0b100101
    weights, bias, _, _ = instance(n, 4, "float64", 1)
    cube = numpy.arange(2**n, dtype=numpy.uint64)[:, None]
    signs = 1 - 2 * (cube.astype(int) >> numpy.arange(n) & 1)
    chi = (-1.0) ** numpy.bitwise_count(cube[:, 0] & numpy.uint64(subset))

    def correlation(inner):
        return (chi[:, None] * numpy.maximum(signs @ inner.T + bias, 0)).sum()

    found, step = gate_sums(layer(weights, bias), cube, subset), 1e-7
    for unit, i in ((0, 0), (1, 5), (3, 2)):
        moved = [weights.copy(), weights.copy()]
        moved[0][unit, i] += step
        moved[1][unit, i] -= step
        slope = (correlation(moved[0]) - correlation(moved[1])) / (2 * step)
        assert slope == pytest.approx(found[unit, 1 + i], abs=1e-5)


@pytest.mark.parametrize(
    ("weights", "bias", "message"),
    [
        (numpy.zeros((2, 65)), numpy.zeros(2), "n <= 64"),
        (numpy.zeros((0, 5)), numpy.zeros(0), "width"),
        (numpy.zeros((2, 5)), numpy.zeros(3), "biases"),
        (numpy.zeros(5), numpy.zeros(5), "weights"),
        (numpy.zeros((2, 5), dtype=int), numpy.zeros(2), "float32 or float64"),
    ],
)
def test_what_is_no_layer_is_refused(weights, bias, message):
    with pytest.raises(LemmataError, match=message):
        layer(weights, bias)


@pytest.mark.parametrize(("shape", "subset"), [((4, 2), 0), ((4,), 0), ((4, 1), 2**5), ((4, 1), -1)])
def test_inputs_and_subsets_that_do_not_fit_are_refused(shape, subset):
    units = layer(numpy.zeros((2, 5)), numpy.zeros(2))
    with pytest.raises(LemmataError, match="packed"):
        gate_sums(units, numpy.zeros(shape, dtype=numpy.uint64), subset)
