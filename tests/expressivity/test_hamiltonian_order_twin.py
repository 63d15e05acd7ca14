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
from numerics.expressivity._hamiltonian_order_exact import commutant, gram_rank, local_rank, rank, shifts
from numerics.expressivity._hamiltonian_order_gaussians import classes, drawn, precision
from numerics.expressivity._hamiltonian_order_networks import SIGNATURES
from numerics.expressivity._hamiltonian_order_neurons import (
    Neurons,
    construct,
    draw_form,
    moment_rank,
    taylor,
)
from numerics.expressivity.hamiltonian_order import rows


def stream(name: str = "test") -> Stream:
    return Stream.keyed(7, "", name)


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
        assert rank(powers) == commutant(n) == n
    first, second = shifts(stream(), 5)
    assert first == second


# ---------------------------------------------------------------- neurons


@pytest.mark.parametrize("signs", SIGNATURES)
@pytest.mark.parametrize("output_bias", [False, True])
def test_neurons_make_forms_of_every_signature(signs: tuple[int, ...], output_bias: bool) -> None:
    form = draw_form(stream(str(signs)), len(signs) + 1, signs)
    network = construct(stream(f"{signs} neurons"), form, output_bias)
    assert rank(form.matrix()) == len(signs)
    assert network.matches(form, output_bias)
    assert len(network.weights) == len(signs) + (1 if output_bias else 2)
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
