"""The twin of hamiltonian-order: what it refuses, and that its measurements can tell right from wrong."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy
import pytest

from lemmata.model import LemmataError
from lemmata.sampling import Stream
from numerics.expressivity import _hamiltonian_order_entropy as entropies
from numerics.expressivity import _hamiltonian_order_networks as networks
from numerics.expressivity._hamiltonian_order_exact import (
    commutant,
    gram_rank,
    local_rank,
    rank,
    shifted_images,
    solve,
)
from numerics.expressivity._hamiltonian_order_gaussians import classes, drawn, precision
from numerics.expressivity._hamiltonian_order_networks import SIGNATURES, neuron_rows
from numerics.expressivity._hamiltonian_order_neurons import (
    Form,
    Neurons,
    construct,
    draw_form,
    fewest,
    moment_rank,
    taylor,
)
from numerics.expressivity.hamiltonian_order import rows
from tests.expressivity.hamiltonian_order import predicted, stream


def test_densities_are_those_of_scipy() -> None:
    stats = pytest.importorskip("scipy.stats")
    two = classes("1,-2,0.5", "2,1/2,0,1/2,1,-1/4,0,-1/4,3", "1/4,3/4", numpy)
    _, x = two.draw(stream(), 20)
    S = numpy.array([[2, 0.5, 0], [0.5, 1, -0.25], [0, -0.25, 3]])
    known = stats.multivariate_normal([1, -2, 0.5], S).logpdf(x)
    assert two.one.log_density(x, numpy) == pytest.approx(known)
    one = drawn(stream("g"), 3, numpy)
    assert precision(one, numpy) @ (one.factor @ one.factor.T) == pytest.approx(numpy.eye(3), abs=1e-12)


def test_draws_have_the_moments_that_were_asked_for() -> None:
    two = classes("1,1", "2,1/2,1/2,1", "1/4,3/4", numpy)
    labels, x = two.draw(stream(), 2**16)
    assert labels.mean() == pytest.approx(0.75, abs=0.01)
    assert numpy.cov(x[labels == 1].T) == pytest.approx(numpy.array([[2, 0.5], [0.5, 1]]), abs=0.05)
    assert numpy.cov(x[labels == 0].T) == pytest.approx(numpy.eye(2), abs=0.05)


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"covariance": "1,2,2,1"}, "not positive definite"),
        ({"covariance": "0,0,0,0"}, "not positive definite"),
        ({"covariance": "1,2,0,1"}, "not symmetric"),
        ({"mean": "1,2,3"}, "needs a covariance of 9"),
        ({"priors": "1/2,1/3"}, "sum to 1"),
        ({"priors": "1,0"}, "positive"),
        ({"priors": "1/3,1/3,1/3"}, "two"),
        ({"mean": "1,x"}, "numbers with commas"),
        ({"mean": "1,1/0"}, "numbers with commas"),
        ({"mean": "1e999999999,1"}, "numbers with commas"),
        ({"mean": ",".join("1" * 41)}, "at most 40 numbers"),
    ],
)
def test_bad_parameters_are_refused(parameters: dict[str, str], said: str) -> None:
    with pytest.raises(LemmataError, match=said):
        next(rows(stream(), numpy, **parameters))


def test_other_classes_may_be_given() -> None:
    found = next(rows(stream(), numpy, mean="0,1,2", covariance="1,0,0,0,2,0,0,0,3", priors="0.5,0.5"))
    assert len(found.at["x"]) == 3 and found.at["priors"] == (Fraction(1, 2), Fraction(1, 2))


# ---------------------------------------------------------------- ranks


def test_ranks_without_rounding() -> None:
    hilbert = [[Fraction(1, i + j + 1) for j in range(9)] for i in range(9)]
    assert rank(hilbert) == 9
    assert rank([*hilbert, [sum(column) for column in zip(*hilbert, strict=True)]]) == 9
    assert rank([[0, 0], [0, 0]]) == 0
    assert gram_rank([[1, 2, 3, 4], [2, 4, 6, 8], [0, 1, 0, 1]]) == 2


def test_local_sets_are_those_whose_pairs_are_near() -> None:
    """Counted by pairs of members, where the twin looks at the first and the last."""
    for n, k in ((6, 2), (7, 3)):
        subsets = (s for size in range(1, n + 1) for s in combinations(range(n), size))
        assert local_rank(n, k) == sum(all(abs(i - j) < k for i in s for j in s) for s in subsets)


def test_what_commutes_with_the_shift_is_spanned_by_its_powers() -> None:
    for n in (2, 3, 5):
        shift = numpy.roll(numpy.eye(n, dtype=int), 1, axis=0)
        powers = [numpy.linalg.matrix_power(shift, k).ravel().tolist() for k in range(n)]
        assert (rank(powers),) * 2 == commutant(n) == (n, n)
    first, second = shifted_images([1, 2, 3, 5, 8], [2, 0, 0, 1, 0])
    assert first == second
    assert first == (numpy.array([[1, 8, 5, 3, 2]]) @ [[0], [0], [1], [0], [2]])[0].tolist() + first[1:]


def test_weights_are_found_where_there_are_some() -> None:
    columns = [[Fraction(1), Fraction(2), Fraction(0)], [Fraction(0), Fraction(1), Fraction(3)]]
    assert solve(columns, [Fraction(2), Fraction(3), Fraction(-3)]) == [2, -1]
    assert solve(columns, [Fraction(2), Fraction(3), Fraction(-2)]) is None
    assert solve([], [Fraction(1)]) is None


# ---------------------------------------------------------------- neurons


@pytest.mark.parametrize("signs", SIGNATURES)
@pytest.mark.parametrize("output_bias", [False, True])
def test_neurons_make_forms_of_every_signature(signs: tuple[int, ...], output_bias: bool) -> None:
    form = draw_form(stream(str(signs)), len(signs) + 1, signs)
    network = construct(stream(f"{signs} neurons"), form, output_bias)
    assert rank(form.matrix()) == len(signs)
    assert network.matches(form, output_bias)
    assert len(network.weights) == len(signs) + (1 if output_bias else 2)
    assert fewest(stream("others"), network, form, output_bias) == len(network.weights)
    assert moment_rank(network, form, output_bias) == len(network.weights)


def test_a_network_that_is_off_does_not_match() -> None:
    form = draw_form(stream(), 3, (1, -1))
    network = construct(stream("neurons"), form, False)
    weights = [network.weights[0] + Fraction(1, 10**9), *network.weights[1:]]
    assert not Neurons(weights, network.inputs).matches(form, False)
    assert not Neurons(network.weights[:-1], network.inputs[:-1]).matches(form, False)
    assert Neurons(network.weights[:-1], network.inputs[:-1]).matches(form, True)


def test_more_neurons_than_needed_have_moments_of_the_same_rank() -> None:
    """Each half of a form's weight on its own network: twice the neurons, and the rank still r + 2."""
    form = draw_form(stream(), 3, (1, -1, 1))
    halves = [construct(stream(name), form, False) for name in ("one", "two")]
    weights = [w / 2 for half in halves for w in half.weights]
    both = Neurons(weights, [a for half in halves for a in half.inputs])
    assert both.matches(form, False)
    assert moment_rank(both, form, False) == 5


def test_the_fewest_neurons_are_counted_among_more_than_are_needed() -> None:
    form = draw_form(stream(), 3, (1, -1))
    network = construct(stream("neurons"), form, False)
    idle = Neurons(
        [*network.weights, Fraction(0)], [*network.inputs, [Fraction(9), Fraction(-7), Fraction(5)]]
    )
    assert fewest(stream("others"), idle, form, False) == 4
    lacking = Neurons(network.weights[1:], network.inputs[1:])
    assert fewest(stream("others"), lacking, form, False) == 0


def test_a_network_that_is_off_is_a_refuted_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """Input weights that are off by little make no form, whatever the output weights."""

    def off(here: Stream, form: Form, output_bias: bool) -> Neurons:
        right = construct(here, form, output_bias)
        first, *others = right.inputs
        return Neurons(right.weights, [[v + Fraction(1, 10**30) for v in first], *others])

    def wrong() -> set[str]:
        return {
            row.name.partition(" of")[0].partition(" -")[0].partition(" +")[0]
            for row in neuron_rows(stream(), numpy)
            if row.value != predicted(row.quantity, row.at) and not row.tolerance
        }

    monkeypatch.setattr(networks, "RANKS", (1, 2, 3))
    assert wrong() == set()
    monkeypatch.setattr(networks, "construct", off)
    assert wrong() >= {"network", "neurons", "bias neurons"}


@pytest.mark.parametrize("name", ["tanh", "softplus", "silu"])
def test_only_the_second_coefficient_is_left(name: str) -> None:
    form = draw_form(stream(), 2, (1, -1))
    network = construct(stream("neurons"), form, False)
    coefficients, s2 = taylor(network, name, 0.3, [0.5, -0.25], numpy)
    x = [Fraction(1, 2), Fraction(-1, 4)]
    value = sum(c * x[i] * x[j] for i, row in enumerate(form.matrix()) for j, c in enumerate(row))
    assert coefficients == pytest.approx([0.0, 0.0, s2 * float(value) / 2], abs=1e-11)


# ---------------------------------------------------------------- entropy


def test_the_family_has_the_moments_of_its_rival() -> None:
    rng: Any = stream()
    p, q = entropies.rivals(rng, numpy)
    statistics = stream().normal((entropies.STATISTICS, entropies.OUTCOMES))
    assert statistics @ p == pytest.approx(statistics @ q, abs=1e-12)
    assert p.sum() == pytest.approx(1) and numpy.abs(p - q).max() > 0.01


@pytest.mark.parametrize(
    ("density", "variance"),
    [(entropies.gaussian, 1.0), (entropies.laplace, 2.0), (entropies.logistic, numpy.pi**2 / 3)],
)
def test_variances_by_quadrature(density: Any, variance: float) -> None:
    assert entropies.measured(density, numpy)[0] == pytest.approx(variance, rel=1e-6)
