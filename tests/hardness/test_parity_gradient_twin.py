"""The twin of parity-gradient alone: its networks, its bounds, and that it refuses what it cannot hold."""

import tracemalloc
from fractions import Fraction

import array_api_strict
import numpy
import pytest

from lemmata.model import LemmataError
from lemmata.sampling import Stream, compiled, walsh_hadamard
from numerics.hardness import parity_gradient as twin
from numerics.hardness._network import (
    WIDTH,
    characters,
    draw_network,
    gradient,
    preactivation,
    times_input,
)
from numerics.hardness._network import output as on_cube
from numerics.hardness._sampled import pairs_of


def instance(seed=0):
    return Stream.keyed(seed, "parity-gradient", "instance")


@pytest.fixture(scope="module")
def rows():
    return {row.name: row for row in twin.rows(instance(), numpy, n=7)}


def cube(n):
    return numpy.array([[1 - 2 * (index >> i & 1) for i in range(n)] for index in range(2**n)], dtype=float)


def output(net, inputs, inner, bias, outer):
    act = {"tanh": numpy.tanh, "relu": lambda z: numpy.maximum(z, 0)}[net.activation]
    return act(inputs @ inner.T + bias) @ outer


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_backpropagation_agrees_with_differences(activation):
    net = draw_network(instance(), 4, activation)
    inputs, (inner, bias, outer) = cube(4), map(numpy.array, (net.inner, net.bias, net.outer))
    expected = []
    for unit in range(WIDTH):
        for where in [(outer, unit), (bias, unit), *((inner, (unit, i)) for i in range(4))]:
            parameters, sides = (inner, bias, outer), []
            for step in (1e-6, -1e-6):
                moved = [p.copy() for p in parameters]
                moved[next(k for k, p in enumerate(parameters) if p is where[0])][where[1]] += step
                sides.append(output(net, inputs, *moved))
            expected.append((sides[0] - sides[1]) / 2e-6)
    assert numpy.allclose(list(gradient(net, numpy)), expected, atol=1e-8)


def test_cubes_beyond_the_table_of_low_inputs_agree_with_the_definition(monkeypatch):
    """Half-cube tables, and signs by rows: thirteen inputs need both; numba gives NumPy's digits."""
    net, inputs = draw_network(instance(), 13, "relu"), cube(13)
    outer, inner, bias = map(numpy.array, (net.outer, net.inner, net.bias))
    z = preactivation(net.inner[2], net.bias[2], numpy)
    assert numpy.allclose(z, inputs @ inner[2] + bias[2], rtol=0, atol=1e-13)
    for i in (0, 5, 11, 12):
        assert (times_input(z, i, numpy) == inputs[:, i] * z).all()
    monkeypatch.setattr(compiled, "worth", lambda seconds: False)
    expected = on_cube(net, numpy)
    assert numpy.allclose(expected, output(net, inputs, inner, bias, outer), rtol=0, atol=1e-12)
    if compiled.ready():
        monkeypatch.setattr(compiled, "worth", lambda seconds: True)
        assert (on_cube(net, numpy) == expected).all()


@pytest.mark.parametrize("name", ["moment-2", "moment-6", "one-subset"])
def test_numba_draws_the_same_samples(rows, name, monkeypatch):
    pytest.importorskip("numba")
    drawn = []
    for worth in (False, True):
        monkeypatch.setattr(compiled, "worth", lambda seconds, worth=worth: worth)
        drawn.append(rows[name].sampler(Stream.keyed(4, "numba", name), 5000))
    assert (drawn[0] == drawn[1]).all()


def test_characters_are_products_of_signs():
    inputs = cube(4)
    for subset, row in enumerate(characters(4, numpy)):
        assert (row == inputs[:, [i for i in range(4) if subset >> i & 1]].prod(axis=1)).all()


def test_names_are_stable(rows):
    assert list(rows) == [
        *(f"moment-{n}" for n in range(2, 7)),
        *(
            "decay",
            "one-subset",
            "relu-layer",
            "majority-of-5",
            "gram-equal",
            "gram-distinct",
            "derivative",
            "biased-signs",
            *("random-basis", "loss-logistic", "loss-hinge", "loss-steep"),
            *("oracle", "descent-3-queries", "search-3-queries"),
            *("neuron-40", "neuron-variance-40", "published-bound"),
            *("neuron-1000", "neuron-variance-1000"),
        ),
        *("spectrum-tanh", "variance-tanh", "spectrum-relu", "variance-relu"),
    ]
    assert {row.variant for row in rows.values()} == {None, "every-subset", "biased-signs", "any-loss"}


def test_the_statistic_has_the_mean_of_the_correlations(rows):
    """The mean over all subsets by brute force against 2^17 draws and their standard error."""
    net = draw_network(instance().spawn("sampled 4"), 4, "tanh")
    g = numpy.array(list(gradient(net, numpy)))
    exact = ((g @ characters(4, numpy).T / 2**4) ** 2).sum(axis=0).mean()
    drawn = rows["moment-4"].sampler(Stream.keyed(1, "statistic", "moment-4"), 2**17)
    assert abs(drawn.mean() - exact) < 6 * drawn.std() / 2**8.5


@pytest.mark.parametrize("name", ["moment-2", "moment-6", "one-subset"])
def test_samples_stay_inside_their_bounds(rows, name):
    low, high = rows[name].support
    drawn = rows[name].sampler(Stream.keyed(2, "bounds", name), 2**16)
    assert drawn.shape == (2**16,)
    assert low <= drawn.min() < drawn.max() <= high


def test_bounds_are_attained_at_the_extremes(rows):
    """Eight times the longest gradient gives the upper bound; the lower one cannot be passed by any draw."""
    pairs = pairs_of(draw_network(instance().spawn("sampled 2"), 2, "tanh"), numpy)
    grid = numpy.stack(numpy.meshgrid(*[numpy.arange(4, dtype=numpy.uint8)] * 8), axis=-1).reshape(-1, 8)
    low, high = pairs.support()
    for subset in range(4):
        values = pairs.mean_product(numpy.full(len(grid), subset, dtype=numpy.uint8), grid, numpy)
        assert values.max() == pytest.approx(high, rel=1e-8)
        assert values.min() >= low


def test_exact_rows_measure_both_sides(rows):
    net = draw_network(instance().spawn("tanh"), 7, "tanh")
    g = numpy.array(list(gradient(net, numpy)))
    correlations = g @ characters(7, numpy).T / 2**7
    spectrum, variance = rows["spectrum-tanh"], rows["variance-tanh"]
    assert spectrum.value == pytest.approx((correlations**2).sum(axis=0).mean(), rel=1e-12)
    assert variance.value == pytest.approx(correlations.var(axis=1).sum(), rel=1e-12)
    assert spectrum.at["grad_sq"] == pytest.approx((g**2).sum(axis=0).mean(), rel=1e-12)
    assert variance.at["grad_sq_at_ones"] == pytest.approx((g[:, 0] ** 2).sum(), rel=1e-12)


def test_majority_of_five_has_its_known_spectrum(rows):
    votes = cube(5).sum(axis=1)
    coefficients = walsh_hadamard(numpy.sign(votes).astype(numpy.int64))
    by_size = {s.bit_count(): Fraction(int(c), 32) for s, c in enumerate(coefficients) if c}
    assert by_size == {1: Fraction(3, 8), 3: Fraction(-1, 8), 5: Fraction(3, 8)}
    assert rows["majority-of-5"].value == Fraction(sum(int(c) ** 2 for c in coefficients), 32**3)
    assert rows["majority-of-5"].at["grad_sq"] == 1


def test_the_complex_step_agrees_with_differences(rows):
    net = draw_network(instance().spawn("derivative"), 7, "tanh")
    subset = int(instance().spawn("target").integers(1, 2**7)[0])
    inner, bias, outer = map(numpy.array, (net.inner, net.bias, net.outer))
    losses = []
    for step in (1e-5, -1e-5):
        inner[0, 0] += step
        losses.append(
            ((output(net, cube(7), inner, bias, outer) - characters(7, numpy)[subset]) ** 2).mean() / 2
        )
        inner[0, 0] -= step
    assert rows["derivative"].value == pytest.approx((losses[0] - losses[1]) / 2e-5, abs=1e-9)


def test_variants_differ_visibly_from_what_they_vary(rows):
    biased, worst = rows["biased-signs"], rows["one-subset"]
    assert biased.value > 1.02 * biased.at["grad_sq"] * 2.0**-7
    drawn = worst.sampler(Stream.keyed(3, "worst", ""), 2**14)
    assert drawn.mean() > 2 * worst.at["grad_sq"] / 2**6


def test_an_instance_depends_on_its_stream_alone(rows):
    again = {row.name: row.value for row in twin.rows(instance(), numpy, n=7)}
    assert again == {name: row.value for name, row in rows.items()}
    other = next(row for row in twin.rows(instance(1), numpy, n=7) if row.name == "spectrum-relu")
    assert other.value != rows["spectrum-relu"].value


@pytest.mark.parametrize("n", [1, 2, 12])
def test_small_and_larger_cubes_run(n):
    sizes = [row.at["n"] for row in twin.rows(instance(), numpy, n=n) if row.name.startswith("spectrum")]
    assert sizes == [n, n]


@pytest.mark.parametrize(
    ("n", "message"), [(0, "1..26"), (-3, "1..26"), (27, r"2\^3 GiB"), (5000, r"2\^4976 GiB")]
)
def test_other_cubes_are_refused_before_anything_is_held(n, message):
    tracemalloc.start()
    with pytest.raises(LemmataError, match=message):
        next(twin.rows(instance(), numpy, n=n))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**20


def test_the_printed_memory_is_what_a_spectrum_takes():
    net = draw_network(instance(), 16, "relu")
    list(twin._spectrum_rows("relu", 16, gradient(net, numpy), numpy))
    tracemalloc.start()
    list(twin._spectrum_rows("relu", 16, gradient(net, numpy), numpy))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert 0.5 < peak / 2**16 / twin.BYTES_PER_INPUT < 1.1


def test_another_namespace_gives_the_same_rows(rows):
    strict = Stream(instance().key, 0, array_api_strict)
    for row in twin.rows(strict, array_api_strict, n=7):
        expected = rows[row.name]
        assert row.at == pytest.approx(dict(expected.at), rel=1e-12)
        if row.value is not None:
            assert float(row.value) == pytest.approx(float(expected.value), rel=1e-12)
