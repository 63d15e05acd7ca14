"""What only hamiltonian-order knows: published numbers, limits, and hypotheses that it cannot do without."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from math import log, pi
from typing import Any

import pytest
import sympy as sp
from click.testing import CliRunner

from cli import program
from lemmata.kernel.evaluation import Evaluator
from lemmata.proof import claim, derive, lt
from lemmata.proof.language import Statement
from lemmata.proof.theorem import kernel_claim
from lemmata.proof.worlds import RANGES, World
from theorems.expressivity import _hamiltonian_order_values as values
from theorems.expressivity._hamiltonian_order_entropy import derive_entropy, entropy_claim
from theorems.expressivity._hamiltonian_order_exact import exponential, log_cosh
from theorems.expressivity._hamiltonian_order_gaussian import derive_gaussian, hamiltonian_claim
from theorems.expressivity._hamiltonian_order_lower import derive_lower, lower_claim
from theorems.expressivity._hamiltonian_order_neurons import derive_neurons, neurons_claim
from theorems.expressivity._hamiltonian_order_symmetry import commutes_claim, derive_symmetry
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
    for label, formula in (("b", values.coefficients), ("b'", values.bit_coefficients)):
        right = kernel_claim(parts()[label]).conclusion.right
        for n in range(5):
            for d in range(5):
                at = {**theorem.model(seed), "n": Fraction(n), "d": Fraction(d)}
                assert world.evaluator.term(right, at) == formula(n, d)


def test_the_neurons_counted_are_those_of_the_parts() -> None:
    """r + 1 is the rank in (e') and (e'')."""
    for label, name in (("e'", "quadratic_neurons"), ("e''", "quadratic_neurons_output_bias")):
        left = kernel_claim(parts()[label]).conclusion.left
        for r in range(4):
            assert Evaluator({}).term(left, {"r": Fraction(r)}) == quantity(name)(rank=r + 1)


# ---------------------------------------------------------------- hypotheses that cannot be left out


def without(statement: Statement, number: int) -> Statement:
    return claim(
        statement.variables, statement.then, [h for k, h in enumerate(statement.given) if k != number]
    )


@pytest.mark.parametrize(
    ("label", "statement", "script"),
    [
        ("c", hamiltonian_claim, derive_gaussian),
        ("d'", entropy_claim, derive_entropy),
        ("e", neurons_claim, derive_neurons),
        ("e'", lower_claim, derive_lower),
        ("g'", commutes_claim, derive_symmetry),
    ],
)
def test_no_hypothesis_of_the_claim_can_be_left_out(
    label: str, statement: Statement, script: Callable[..., None]
) -> None:
    for number in range(len(statement.given)):
        assert derive(theorem, script, "", {label: without(statement, number)}).failed


def test_the_neuron_at_0_is_needed_for_the_constant_alone() -> None:
    """Without the neuron at 0 all is as it should be but the sum of the weights."""
    from theorems.expressivity._hamiltonian_order_variants import four_directions

    found = four_directions()
    fewer = {**found, "m": found["m"] - 1}
    evaluator = Evaluator({}, RANGES)
    holds = [
        evaluator.claim(kernel_claim(h) if isinstance(h, Statement) else _relation(h), fewer)
        for h in lower_claim.given
    ]
    assert holds == [True, True, True, True, False]
    assert evaluator.hypotheses(kernel_claim(lower_claim), found)


def _relation(relation: Any) -> Any:
    return kernel_claim(claim((), relation))


def test_a_fact_about_one_number_is_not_one_about_all() -> None:
    """(h') rests on what ln cosh is everywhere: at 0 alone it has no derivatives."""
    statement = parts()["h'"]
    weaker = claim(statement.variables, statement.then, [*statement.given[1:], lt(0, 1)])
    from theorems.expressivity._hamiltonian_order_mixture import derive_mixture

    assert derive(theorem, derive_mixture, "", {"h'": weaker}).failed


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
        (["log_odds", "x=1,2,3"], "the mean needs 3 too and the covariance 9"),
        (["log_odds", "x=1,two"], "its entry 2 is 'two'"),
        (["posterior", "x=0,0", "priors=1/2,1/3"], "sum to 1"),
        (["posterior", "x=0,0", "priors=0,1"], "two positive probabilities"),
        (["posterior", "x=0,0", "priors=1/3,1/3,1/3"], "two positive probabilities"),
        (["local_parameters", "n=2", "k=3"], "take k from 1 to n"),
        (["quadratic_neurons", "rank=0"], "a whole number from 1"),
        (["bit_product_error", "beta=0"], "a number above 0"),
        (["gaussian_entropy", "variance=-1"], "a number above 0"),
    ],
)
def test_bad_arguments_get_one_clear_line(words: list[str], said: str) -> None:
    done = CliRunner().invoke(program, ["eval", "hamiltonian-order", *words])
    assert done.exit_code == 2
    assert said in done.stderr and done.stderr.count("\n") == 1 and not done.stdout
