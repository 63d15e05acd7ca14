"""The layer whose cube nobody goes through: what is counted for it, and what is drawn, against whole small cubes."""

import numpy
import pytest

from lemmata.sampling import Stream, compiled, layer, pair_products
from numerics.hardness import _layer as twin


def stream(label):
    return Stream.keyed(6, "layer", label)


def on_cube(weights, bias):
    """The gradient at every input: int (2^n, width (1 + n))."""
    n = weights.shape[1]
    signs = 1 - 2 * (numpy.arange(2**n)[:, None] >> numpy.arange(n) & 1)
    on = signs @ weights.T + bias > 0
    inputs = numpy.concatenate([numpy.ones((2**n, 1), int), signs], axis=1)
    return (on[:, :, None] * inputs[:, None, :]).reshape(2**n, -1)


@pytest.mark.parametrize(("n", "block"), [(1, 0), (1, 1), (7, 0), (7, 3), (9, 2), (8, 8)])
def test_the_mean_square_is_that_of_the_cube(n, block):
    weights, bias = twin.draw_layer(stream(f"{n} {block}"), 5, n)
    # Bit i of an index is input i: the block comes last where the index is split.
    averaged = on_cube(weights, bias).reshape(2 ** (n - block), 2**block, -1).mean(axis=0)
    assert float(twin.mean_square(weights, bias, block)) == pytest.approx(
        (averaged**2).sum(axis=1).mean(), rel=1e-13
    )


def test_the_statistic_has_the_mean_of_the_correlations():
    """Every subset of the block by brute force on 2^8 inputs, against draws and their standard error."""
    n = 8
    weights, bias = twin.draw_layer(stream("mean"), 6, n)
    g, index = on_cube(weights, bias), numpy.arange(2**n)
    exact = 0.0
    for subset in range(2**twin.BLOCK):
        chi = (-1.0) ** numpy.bitwise_count(index & subset)
        exact += ((chi @ g / 2**n) ** 2).sum() / 2**twin.BLOCK
    drawn = twin.products(layer(weights, bias), stream("draws"), 2**15) / twin.PAIRS
    assert abs(drawn.mean() - exact) < 6 * drawn.std() / 2**7.5
    assert exact > 20 * drawn.std() / 2**7.5  # or zero would do as well
    assert float(twin.mean_square(weights, bias, twin.BLOCK)) / 2**twin.BLOCK == pytest.approx(
        exact, rel=1e-12
    )


def test_samples_stay_inside_their_bounds_and_numba_draws_the_same(monkeypatch):
    row, drawn = twin.layer_row(stream("row")), []
    for worth in (False, True) if compiled.ready() else (False,):
        monkeypatch.setattr(compiled, "worth", lambda seconds, worth=worth: worth)
        drawn.append(row.sampler(stream("samples"), 2**13))
        assert (drawn[-1] == drawn[0]).all()
    low, high = row.support
    assert drawn[0].shape == (2**13,) and low <= drawn[0].min() < drawn[0].max() <= high


def test_the_largest_sum_is_the_upper_bound_and_a_negative_one_is_above_the_lower():
    """Units that are always on: sixteen equal inputs, then eight of them with one sign changed, and chi_I with it."""
    units = layer(numpy.zeros((twin.WIDTH, 32), int), numpy.ones(twin.WIDTH, int))
    low, high = twin.layer_row(stream("row")).support
    words = numpy.zeros((twin.GROUP, 2), dtype=numpy.uint32)
    words[::2, 1] = 1
    largest, negative = pair_products(units, words, numpy.ones(2, dtype=numpy.uint32)) / twin.PAIRS
    assert largest == high
    assert low <= negative < 0.4 * low
