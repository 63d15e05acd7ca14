"""Where the sources of hamiltonian-order say more than is true, or say it of something else."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, combinations_with_replacement, product
from math import comb, prod

import sympy as sp

from lemmata.proof import Comparison, Counterexample, Erratum, Identity, claim, eq, real

# ---------------------------------------------------------------- decimals of a product of bits

DECIMALS = 3


def lost_decimals() -> Iterator[Comparison]:
    """The worst error of the logistic function of -beta(k - 1/2 - sum x_i) is 1/(1 + e^(beta/2))."""
    for beta in (4 * sp.log(10), sp.Rational(31, 10) * sp.log(10)):
        asked = DECIMALS * sp.log(10)
        yield Comparison(f"beta, above {DECIMALS} ln 10", asked, "<", beta)
        yield Comparison("the error, above 10^-3", sp.Rational(1, 10**DECIMALS), "<", _worst_error(beta))
    enough = 2 * sp.log(10**DECIMALS - 1)
    yield Comparison(
        "at 2 ln(10^3 - 1) + 10^-9", _worst_error(enough + Fraction(1, 10**9)), "<", Fraction(1, 10**DECIMALS)
    )
    yield Comparison(
        "at 2 ln(10^3 - 1) - 10^-9", Fraction(1, 10**DECIMALS), "<", _worst_error(enough - Fraction(1, 10**9))
    )


def _worst_error(beta):
    """How far the logistic function is from 1 where all bits are 1, and from 0 where one bit is 0."""
    return 1 / (1 + sp.exp(beta / 2))


# ---------------------------------------------------------------- density, posterior, softmax

p, q, prior = real("p"), real("q"), real("prior")
AT = {"p": Fraction(3, 4), "q": Fraction(1, 4), "prior": Fraction(1, 3)}


def conflated() -> Iterator[Comparison | Counterexample | Identity]:
    """Two classes with the likelihoods p, q at one x: the posterior is neither of what is written for it."""
    joint, other = p * prior, q * (1 - prior)
    posterior = joint / (joint + other)
    symbols = (p, q, prior)
    yield Counterexample("softmax(-H), without mu", claim(symbols, eq(p / (p + q), posterior)), AT)
    plus = (1 / joint) / (1 / joint + 1 / other)
    yield Counterexample("softmax(H + mu)", claim(symbols, eq(plus, posterior)), AT)
    yield Counterexample("the density of x", claim(symbols, eq(joint + other, posterior)), AT)
    yield Counterexample("normalised over x, p(x|y)", claim(symbols, eq(p, posterior)), AT)


# ---------------------------------------------------------------- the neurons of a quadratic form

RANK = 3


def cheaper_forms() -> Iterator[Comparison | Identity]:
    """The form sum x_i^2 + (sum x_i)^2, of full rank: r + 2 neurons at 0, the axes and their negative sum."""
    s = tuple(real(f"s{k}") for k in range(3))
    inputs = tuple(real(f"x{k}") for k in range(1, RANK + 1))

    def neuron(at):
        return s[0] + s[1] * at + s[2] * at**2 / 2

    points = [*inputs, -sum(inputs), sp.Integer(0)]
    weights = [1] * (RANK + 1) + [-(RANK + 1)]
    network = sum(w * neuron(at) for w, at in zip(weights, points, strict=True))
    form = sum(at**2 for at in inputs) + sum(inputs) ** 2
    words = f"{len(points)} neurons for a form of rank {RANK}"
    yield Identity(words, claim((*s, *inputs), eq(network, s[2] * form / 2)))
    matrix = sp.eye(RANK) + sp.ones(RANK, RANK)
    yield Comparison("its determinant", int(matrix.det()), "!=", 0)
    monomials = len(list(combinations_with_replacement(range(RANK), 2)))
    yield Comparison("neurons, four for each of its products", len(points), "<", 4 * monomials)


# ---------------------------------------------------------------- coefficients on bits; marginalising

BITS, DEGREE = 4, 2


def fewer_coefficients() -> Iterator[Comparison]:
    """On bits many monomials are the same function."""
    cube = list(product((0, 1), repeat=BITS))
    exponents = [e for e in product(range(DEGREE + 1), repeat=BITS) if sum(e) <= DEGREE]
    columns = [[prod(x**k for x, k in zip(point, e, strict=True)) for point in cube] for e in exponents]
    rank = sp.Matrix(columns).rank()
    subsets = sum(len(list(combinations(range(BITS), k))) for k in range(DEGREE + 1))
    yield Comparison(f"dimension on {BITS} bits to degree {DEGREE}", rank, "<", comb(BITS + DEGREE, DEGREE))
    yield Comparison("which is the number of subsets", rank, "=", subsets)


def fourth_order_mixture() -> Iterator[Comparison]:
    """x^2/2 - ln cosh(x) is, up to a constant, the H of an equal mixture of N(1, 1) and N(-1, 1)."""
    x = sp.Symbol("x", real=True)
    cosh = (sp.exp(x) + sp.exp(-x)) / 2
    coefficient = sp.diff(x**2 / 2 - sp.log(cosh), x, 4).subs(x, 0) / 24
    yield Comparison("x^4 in H of the mixture at +-1", coefficient, "=", Fraction(1, 12))
    yield Comparison("and of order 2 it would be", 0, "!=", coefficient)


errata = (
    Erratum(
        "decimals-of-beta",
        "LinTegmarkRolnick2017, as quoted",
        "beta > D ln 10 gives a product of bits to D decimals",
        "false",
        "the worst error is 1/(1 + e^(beta/2)), below 10^-D if and only if beta > 2 ln(10^D - 1), about 2 D ln 10",
        "f1",
        lost_decimals,
    ),
    Erratum(
        "density-and-posterior",
        "LinTegmarkRolnick2017, as summarised",
        "p(x|y), the density of x and the vector p(y|x) are one p(x), and the classifier is a softmax of H",
        "imprecise",
        "p(y|x) is entry y of the softmax of -H(x) - mu, H_y = -ln p(x|y), mu_y = -ln p(y); it is normalised over y",
        "a1",
        conflated,
    ),
    Erratum(
        "quadratic-cost",
        "LinTegmarkRolnick2017, as summarised",
        "four neurons a multiplication are the cost of a quadratic Hamiltonian",
        "imprecise",
        "a quadratic form of rank r >= 1 costs exactly r + 2 neurons: 3 for a square, 4 for a product",
        "e2",
        cheaper_forms,
    ),
    Erratum(
        "coefficients-on-bits",
        "LinTegmarkRolnick2017, as summarised",
        "a Hamiltonian of degree d has C(n+d, d) coefficients",
        "imprecise",
        "C(n+d, d) in n real variables, and sum_{k<=d} C(n, k) on bits",
        "b1",
        fewer_coefficients,
    ),
    Erratum(
        "order-of-a-marginal",
        "LinTegmarkRolnick2017, as summarised",
        "a Hamiltonian of low order stays so when variables are marginalised",
        "imprecise",
        "an equal mixture of N(a, 1) and N(-a, 1), of order 2 with its label, has a^4/12 x^4 in its own H",
        "h2",
        fourth_order_mixture,
    ),
)
