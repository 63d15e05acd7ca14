"""What only hamiltonian-order knows: published numbers, limits, and hypotheses that it cannot do without."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from math import log, pi
from random import Random
from typing import Any

import pytest
import sympy as sp
from click.testing import CliRunner

from cli import program
from lemmata.kernel.evaluation import Evaluator
from lemmata.proof import claim, derive, lt
from lemmata.proof.expressions import Statement
from lemmata.proof.theorem import kernel_claim
from lemmata.proof.worlds import RANGES, World
from theorems.expressivity import _hamiltonian_order_values as values
from theorems.expressivity._hamiltonian_order_entropy import derive_entropy, entropy_claim
from theorems.expressivity._hamiltonian_order_exact import exponential, log_cosh
from theorems.expressivity._hamiltonian_order_gaussian import derive_gaussian, hamiltonian_claim
from theorems.expressivity._hamiltonian_order_lower import derive_lower, lower_claim, output_bias_claim
from theorems.expressivity._hamiltonian_order_model import neurons
from theorems.expressivity._hamiltonian_order_neurons import derive_neurons, neurons_claim
from theorems.expressivity._hamiltonian_order_symmetry import (
    circulant_claim,
    column_claim,
    commutes_claim,
    derive_symmetry,
)
from theorems.expressivity.hamiltonian_order import theorem

x1, x2 = sp.symbols("x1 x2", real=True)
EXAMPLE = {
    "mean": (1, 1),
    "covariance": (2, 0, 0, Fraction(1, 2)),
    "priors": (Fraction(2, 3), Fraction(1, 3)),
}


def quantity(name: str) -> Callable[..., Any]:
    return next(q.formula for q in theorem.quantities if q.name == name)


def parts() -> dict[str, Statement]:
    return {p.label: p.statement for p in theorem.parts}


# ---------------------------------------------------------------- published numbers, and limits


def test_published_numbers() -> None:
    assert values.coefficients(2, 2) == 6
    assert values.bit_coefficients(10, 2) == 56
    assert values.local_parameters(10, 3) == 35
    assert values.circulant_image((1, 2, 3), (1, 0, 0), 0) == 2
    assert values.entropy((Fraction(1, 2), Fraction(1, 2))) == sp.log(2)
    assert quantity("quadratic_neurons")(rank=1) == 3  # a square
    assert quantity("quadratic_neurons")(rank=2) == 4  # a product
    assert float(values.gaussian_entropy(1)) == pytest.approx((1 + log(2 * pi)) / 2)
    assert float(values.gaussian_entropy(1)) == pytest.approx(1.4189385, abs=5e-8)


@pytest.mark.parametrize("x", [(0, 0), (1, 2), (-3, Fraction(1, 2))])
def test_the_log_odds_of_the_example(x: tuple[Any, ...]) -> None:
    expected = x1**2 / 4 + x1 / 2 - x2**2 / 2 + 2 * x2 - sp.Rational(5, 4) - sp.log(2)
    at = dict(zip((x1, x2), map(sp.Rational, x), strict=True))
    assert sp.simplify(values.log_odds(x, **EXAMPLE) - expected.subs(at)) == 0


def test_equal_covariances_make_the_log_odds_linear() -> None:
    at = {**EXAMPLE, "covariance": (1, 0, 0, 1)}
    ends = [values.log_odds(x, **at) for x in ((0, 0), (1, 2), (2, 4))]
    assert sp.simplify(ends[0] - 2 * ends[1] + ends[2]) == 0
    ends = [values.log_odds(x, **EXAMPLE) for x in ((0, 0), (1, 2), (2, 4))]
    assert sp.simplify(ends[0] - 2 * ends[1] + ends[2]) != 0


def test_every_function_of_n_bits_is_of_degree_n_and_of_diameter_n() -> None:
    for n in range(1, 8):
        assert values.bit_coefficients(n, n) == 2**n
        assert values.local_parameters(n, n) == 2**n - 1
        assert values.local_parameters(n, 1) == n


def test_a_quadratic_hamiltonian_is_a_polynomial_of_degree_2() -> None:
    for n in range(10):
        assert quantity("hamiltonian_coefficients")(n) == values.coefficients(n, 2)


def test_local_parameters_are_linear_in_n() -> None:
    found = [values.local_parameters(n, 4) for n in range(4, 12)]
    assert {b - a for a, b in pairwise(found)} == {2**3}


def test_decimals_of_a_product_of_bits_cost_beta_twice() -> None:
    for decimals in (1, 3, 6):
        enough = 2 * log(10**decimals - 1)
        assert float(values.bit_product_error(enough)) == pytest.approx(10**-decimals, rel=1e-12)


# ---------------------------------------------------------------- formulas that are no right side as they are written


@pytest.mark.parametrize("seed", range(6))
def test_counts_are_those_of_the_claims(seed: int) -> None:
    from lemmata.proof import Proof

    proof = Proof(theorem)
    world = World(seed, theorem.model(seed), proof.judge.definitions)
    for label, formula in (("b1", values.coefficients), ("b2", values.bit_coefficients)):
        right = kernel_claim(parts()[label]).conclusion.right
        for n in range(5):
            for d in range(5):
                at = {**theorem.model(seed), "n": Fraction(n), "d": Fraction(d)}
                assert world.evaluator.term(right, at) == formula(n, d)


def test_the_neurons_counted_are_those_of_the_parts() -> None:
    """r + 1 is the rank in (e2) and (e3)."""
    for label, name in (("e2", "quadratic_neurons"), ("e3", "quadratic_neurons_output_bias")):
        left = kernel_claim(parts()[label]).conclusion.left
        for r in range(4):
            assert Evaluator({}).term(left, {"r": Fraction(r)}) == quantity(name)(rank=r + 1)


# ---------------------------------------------------------------- hypotheses that cannot be left out


def without(statement: Statement, number: int) -> Statement:
    """The same under 0 < 1 in place of one hypothesis: the others keep their numbers."""
    given = [lt(0, 1) if k == number else h for k, h in enumerate(statement.given)]
    return claim(statement.variables, statement.then, given)


@pytest.mark.parametrize(
    ("label", "statement", "script"),
    [
        ("c1", hamiltonian_claim, derive_gaussian),
        ("d2", entropy_claim, derive_entropy),
        ("e1", neurons_claim, derive_neurons),
        ("e2", lower_claim, derive_lower),
        ("e3", output_bias_claim, derive_lower),
        ("g2", commutes_claim, derive_symmetry),
        ("g3", circulant_claim, derive_symmetry),
        ("g4", column_claim, derive_symmetry),
    ],
)
def test_no_hypothesis_of_the_claim_can_be_left_out(
    label: str, statement: Statement, script: Callable[..., None]
) -> None:
    for number in range(len(statement.given)):
        assert derive(theorem, script, "", {label: without(statement, number)}).failed


def hypotheses(statement: Statement, at: dict[str, Any]) -> list[bool]:
    """Which of a claim's hypotheses hold at a point."""
    evaluator = Evaluator({}, RANGES)
    given = (h if isinstance(h, Statement) else claim((), h) for h in statement.given)
    return [evaluator.claim(kernel_claim(h), at) for h in given]


def test_the_neuron_at_0_is_needed_for_the_constant_alone() -> None:
    """Without it the Taylor polynomial is the form up to a constant, which an output bias takes off."""
    found = {"n": Fraction(2), **neurons(2, Random(0))}
    assert all(hypotheses(lower_claim, found))
    fewer = {**found, "m": found["m"] - 1}
    assert hypotheses(output_bias_claim, fewer) == [False, True, True, True, True]
    fewer["bias"] = found["weight"](found["m"] - 1) * found["s0"]
    assert all(hypotheses(output_bias_claim, fewer))


def table(*values: int) -> Callable[..., Fraction]:
    return lambda j, *others: Fraction(values[int(j)], 2)


@pytest.mark.parametrize(
    ("missing", "number", "weights", "inputs"),
    [("s0", 5, (1, 1), (2, -2)), ("s1", 3, (2, -2), (2, 0)), ("s2", 4, (), ())],
)
def test_fewer_neurons_suffice_where_a_derivative_is_0(
    missing: str, number: int, weights: tuple[int, ...], inputs: tuple[int, ...]
) -> None:
    """The square x^2, of rank 1, by two neurons or none: one hypothesis of (e2) does not hold, nor its conclusion."""
    one: dict[str, Any] = {k: table(2) for k in ("form", "axis", "curve", "inverse")}
    at: dict[str, Any] = {
        "m": Fraction(len(weights)),
        "n": Fraction(1),
        "r": Fraction(0),
        "bias": Fraction(0),
    }
    at |= {"s0": Fraction(3), "s1": Fraction(-2), "s2": Fraction(5), missing: Fraction(0)}
    at |= {**one, "weight": table(*weights), "input": table(*inputs)}
    assert [k for k, holds in enumerate(hypotheses(lower_claim, at)) if not holds] == [number]
    assert not Evaluator({}).relation(kernel_claim(lower_claim).conclusion, at)


@pytest.mark.parametrize("circulant", [True, False])
def test_a_matrix_that_is_not_circulant_does_not_commute_with_the_shift(circulant: bool) -> None:
    """The hypothesis of (g3) tells them apart: three places, one entry changed."""
    n, random = 3, Random(1)
    column = [Fraction(random.randint(-4, 4)) for _ in range(n)]
    changed = Fraction(0 if circulant else 1)

    def matrix(u: Fraction, v: Fraction) -> Fraction:
        return column[int(u - v) % n] + changed * (u % n == 1) * (v % n == 2)

    at = {"n": Fraction(n), "matrix": matrix}
    assert hypotheses(circulant_claim, at) == [True, circulant]


def test_a_divergence_from_the_uniform_distribution_is_what_the_entropy_lacks() -> None:
    q = (Fraction(1, 2), Fraction(1, 3), Fraction(1, 6), Fraction(0))
    gap = values.entropy((Fraction(1, 4),) * 4) - values.entropy(q)
    assert sp.expand_log(values.divergence(q, (Fraction(1, 4),) * 4) - gap, factor=True) == 0


def test_a_fact_about_one_number_is_not_one_about_all() -> None:
    """(h2) rests on what ln cosh is everywhere: at 0 alone it has no derivatives."""
    statement = parts()["h2"]
    weaker = claim(statement.variables, statement.then, [*statement.given[1:], lt(0, 1)])
    from theorems.expressivity._hamiltonian_order_mixture import derive_mixture

    assert derive(theorem, derive_mixture, "", {"h2": weaker}).failed


# ---------------------------------------------------------------- the model's own exponential


def test_the_exponential_of_the_model_takes_sums_to_products_and_has_the_logarithms_of_cosh() -> None:
    numbers = [Fraction(k, 6) for k in range(-7, 8)] + [log_cosh(Fraction(k, 6)) for k in range(5)]
    for s in numbers:
        assert exponential(s) > 0
        for t in numbers:
            assert exponential(s + t) == exponential(s) * exponential(t)
    for k in range(-9, 10):
        u = Fraction(k, 6)
        assert exponential(log_cosh(u)) == (exponential(u) + exponential(-u)) / 2
    assert exponential(Fraction(1)) == 64


# ---------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["log_odds", "x=1,2", "covariance=1,2,2,1"], "not positive definite"),
        (["log_odds", "x=1,2", "covariance=1,2,0,1"], "not symmetric"),
        (["log_odds", "x=1,2", "covariance=1,9e-10,0,1"], "not symmetric"),
        (["posterior", "x=1,2", "covariance=1,1e-30,0,1"], "not symmetric"),
        (["log_odds", "x=1,2,3"], "the mean needs 3 too and the covariance 9"),
        (["log_odds", "x=1,two"], "its entry 2 is 'two'"),
        (["posterior", "x=0,0", "priors=1/2,1/3"], "sum to 1"),
        (["posterior", "x=0,0", "priors=0,1"], "two positive probabilities"),
        (["posterior", "x=0,0", "priors=1/3,1/3,1/3"], "two positive probabilities"),
        (["local_parameters", "n=2", "k=3"], "take k from 1 to n"),
        (["quadratic_neurons", "rank=0"], "a whole number from 1"),
        (["bit_product_error", "beta=0"], "a number above 0"),
        (["gaussian_entropy", "variance=-1"], "a number above 0"),
        (["divergence", "q=1/2,1/2", "p=1/2,1/4"], "p is a distribution"),
        (["divergence", "q=1/2,1/2", "p=1/2,1/4,1/4"], "q has 2 entries and p 3"),
        (["divergence", "q=1/2,1/2", "p=1,0"], "the divergence is infinite"),
        (["largest_entropy", "p=3/2,-1/2"], "p is a distribution"),
        (["circulant_image", "column=1,2", "x=1,2,3", "place=0"], "the column has 2 entries and x 3"),
    ],
)
def test_bad_arguments_get_one_clear_line(words: list[str], said: str) -> None:
    done = CliRunner().invoke(program, ["eval", "hamiltonian-order", *words])
    assert done.exit_code == 2
    assert said in done.stderr and done.stderr.count("\n") == 1 and not done.stdout
