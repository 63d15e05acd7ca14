"""A model of the user's own: what its rows measure."""

from itertools import product

import array_api_strict
import numpy
import pytest

from lemmata.running import Experiment, Processes, evidence, tally
from lemmata.sampling import Stream
from numerics.hardness import _model
from numerics.hardness import parity_gradient as twin
from numerics.hardness._model import BLOCK, INPUTS, NEAR, Model, load_model

PERCEPTRON = """
import numpy

def factory(n):
    w = numpy.random.default_rng(5).normal(size=n) / n**0.5

    def gradients(signs):
        slope = 1 - numpy.tanh(signs @ w + 0.3) ** 2
        return numpy.concatenate([slope[:, None] * signs, slope[:, None]], axis=1)

    return gradients, (n + 1) ** 0.5
"""
CONSTANT = (
    "import numpy\ndef factory(n):\n    return (lambda signs: numpy.full((len(signs), 2), 3.0)), 18**0.5\n"
)


def stream(label="model"):
    return Stream.keyed(0, "model", label)


def cube(n):
    return numpy.array([[1 - 2 * (index >> i & 1) for i in range(n)] for index in range(2**n)], numpy.int8)


def correlations(g, subsets, inputs):
    """E[chi_I g] for each subset, from the definition: (subsets, p)."""
    return numpy.array([(inputs[:, subset].prod(axis=1)[:, None] * g).mean(axis=0) for subset in subsets])


def subsets_of(indices):
    chosen = product((False, True), repeat=len(indices))
    return [[i for i, inside in zip(indices, c, strict=True) if inside] for c in chosen]


# On the whole cube ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("xp", [numpy, array_api_strict], ids=lambda xp: xp.__name__)
@pytest.mark.parametrize("small", [False, True], ids=["at-once", "in-groups"])
def test_the_exact_rows_measure_both_sides(named, monkeypatch, xp, small):
    if small:  # two coordinates a group, four inputs a call
        monkeypatch.setattr(_model, "TABLE_BYTES", 8 * 2 * 2**5)
        monkeypatch.setattr(_model, "CALL_BYTES", 8 * 4 * 6)
    model = load_model(named(PERCEPTRON), 5, stream())
    moment, variance = twin._spectrum_rows("model", 5, model.coordinates(xp), xp)
    g = model(cube(5))
    found = correlations(g, subsets_of(range(5)), cube(5))
    assert moment.value == pytest.approx((found**2).sum() / 2**5, rel=1e-12)
    assert variance.value == pytest.approx(found.var(axis=0).sum(), rel=1e-12)
    assert moment.at["grad_sq"] == pytest.approx((g**2).sum() / 2**5, rel=1e-12)
    assert variance.at["grad_sq_at_ones"] == pytest.approx((g[0] ** 2).sum(), rel=1e-12)


def test_the_rows_of_a_model_take_the_place_of_the_drawn_spectra(named):
    names = [row.name for row in twin.rows(stream(), numpy, n=3, far=1, model=named(PERCEPTRON))]
    assert names[-2:] == ["spectrum-model", "variance-model"]
    assert not {"spectrum-tanh", "spectrum-relu", "model-sampled"} & set(names)


# Beyond enumeration -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [2, 3])
def test_the_statistic_is_unbiased(size):
    """Its mean over all groups of inputs of a tiny cube is the mean over I of |E chi_I g|^2, to rounding."""
    table = numpy.random.default_rng(1).normal(size=(8, 4))
    model = Model("own", 3, 4, lambda s: table[(s < 0) @ [1, 2, 4]], None, (0, 2))
    groups = product(range(8), repeat=size)
    mean = numpy.mean([model.mean_product(cube(3)[list(group)]) for group in groups])
    expected = (correlations(table, subsets_of((0, 2)), cube(3)) ** 2).sum() / 4
    assert mean == pytest.approx(expected, rel=1e-12)


def test_long_gradients_are_asked_for_in_several_calls(named, monkeypatch):
    model = load_model(named(PERCEPTRON), 24, stream())
    at_once = model.mean_products(stream("draw"), 5)
    monkeypatch.setattr(_model, "CALL_BYTES", 8 * 8 * model.p)
    assert model.rows_per_call == 8
    assert model.mean_products(stream("draw"), 5) == pytest.approx(at_once, rel=1e-12)


def test_its_support_is_attained_and_never_left():
    direction = Model("own", 6, 1, lambda s: 2.0 * s[:, 5:], 2.0, (0, 1, 2, 3, 4))
    low, high = direction.support
    same = numpy.ones((INPUTS, 6), numpy.int8)
    halves = same.copy()
    halves[::2, 5] = -1
    assert direction.mean_product(same) == pytest.approx(4, rel=1e-12)
    assert direction.mean_product(halves) == pytest.approx(-4 / (INPUTS - 1), rel=1e-12)
    assert low < -4 / (INPUTS - 1) and high > 4
    assert (high, low) == pytest.approx((4, -4 / (INPUTS - 1)), rel=5 * NEAR)
    drawn = direction.mean_products(stream("draw"), 200)
    assert drawn.shape == (200,)
    assert low <= drawn.min() < 0 < drawn.max() <= high


def test_the_longest_gradient_that_passes_stays_inside_the_support(named):
    """Single precision may round a length up to just above the bound: neither the model nor its sample is refused."""
    model = load_model(named("numpy.full((len(s), 1), 3 * (1 + 9e-7))", "3"), 30, stream())
    assert model.mean_product(numpy.ones((INPUTS, 30), numpy.int8)) <= model.support[1]


def sampled(name, n=24):
    return Experiment(f"module:{twin.__name__}", {"n": n, "far": 1, "model": name}, key="own")


def judged(experiment, factor, tallies):
    def predict(quantity, at):
        assert quantity == "second_moment"
        return factor * at["grad_sq"] / 2 ** at["n"]

    row = experiment.row("model-sampled")
    return evidence(experiment, row, predict, 1e-6, tallies=tallies)


def test_the_sampled_row_is_decided_even_where_the_bound_is_attained(named):
    """A constant gradient is as long as its bound and correlates with one subset alone: nothing is slack."""
    experiment, tallies = sampled(named(CONSTANT)), {}
    row = experiment.row("model-sampled")
    assert (row.at["n"], row.at["grad_sq"]) == (BLOCK, pytest.approx(18))
    found = judged(experiment, 1.0, tallies)
    assert found.verdict == "consistent" and found.estimate == pytest.approx(18 / 2**BLOCK, rel=0.02)
    assert found.detectable < 0.3 * found.predicted
    assert judged(experiment, 0.75, tallies).verdict == "refuted"


def test_the_block_is_drawn_and_the_row_runs_at_both_ends(named):
    blocks = {load_model(named(PERCEPTRON), 30, stream(str(k))).block for k in range(5)}
    assert len(blocks) > 1
    assert all(len(set(block)) == BLOCK and set(block) <= set(range(30)) for block in blocks)
    for n in (21, 1000):
        model = load_model(named(PERCEPTRON), n, stream())
        assert numpy.isfinite(model.mean_products(stream("draw"), 2)).all()


def test_workers_draw_the_same_samples(named):
    experiment = sampled(named(PERCEPTRON))
    alone = tally(experiment, "model-sampled", 256)
    with Processes(2) as pool:
        together = tally(experiment, "model-sampled", 256, pool)
    assert (alone.counts == together.counts).all() and alone.counts.sum() == 256
