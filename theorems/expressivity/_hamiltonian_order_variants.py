"""The false variants of hamiltonian-order, each with a point at which it is exactly false."""

from __future__ import annotations

from fractions import Fraction
from math import comb
from random import Random

from lemmata.proof import Variant, claim, eq, le, lt, total
from theorems.expressivity import _hamiltonian_order_values as values
from theorems.expressivity._hamiltonian_order import a as shift
from theorems.expressivity._hamiltonian_order import c, ex, z
from theorems.expressivity._hamiltonian_order_bits import beta, error, k, lo, x
from theorems.expressivity._hamiltonian_order_counts import n, quadratic_claim
from theorems.expressivity._hamiltonian_order_entropy import family, larger, logarithms, symbols, whole
from theorems.expressivity._hamiltonian_order_exact import exponential, logistic
from theorems.expressivity._hamiltonian_order_lower import Q, a, i, j, lower_claim, m, o, r, w
from theorems.expressivity._hamiltonian_order_mixture import mixture_claim
from theorems.expressivity._hamiltonian_order_model import neurons
from theorems.expressivity._hamiltonian_order_posterior import (
    H,
    normaliser,
    posterior,
    posterior_claim,
    share,
)
from theorems.expressivity._hamiltonian_order_posterior import whole as both
from theorems.expressivity._hamiltonian_order_posterior import x as observed


def softmax(energy):
    """The posterior as another softmax: what is assumed of the exponential for all numbers is left out."""
    given = posterior_claim.given[1:4]
    return claim(posterior_claim.variables, eq(posterior, share(energy)), [*given, lt(0, normaliser(energy))])


# Two classes of likelihoods 1/4 and 1/16, and the same priors.
TWO_CLASSES = {
    "classes": 2,
    "y": 0,
    "x": 0,
    "ex": exponential,
    "H": lambda y, x: (1 + y) / 3,
    "mu": lambda y: (1 + y) / 3,
    "likely": lambda y, x: exponential(-(1 + y) / 3),
    "prior": lambda y: exponential(-(1 + y) / 3),
}


def coefficients():
    """The two polynomials have the same coefficients: no point decides that they are equal for all x."""
    weighted = [(1, 0, ()), (a(j, i), 0, (i,)), (a(j, i) * a(j, o), Q(i, o), (i, o))]
    return [claim(places, eq(total(j, w(j) * value), known)) for value, known, places in weighted]


def four_directions():
    """Six neurons for a form of rank 4, such as a sum of two products."""
    found = {"n": 4, **neurons(4, Random(0))}
    return {v.name: found[v.name] for v in lower_claim.variables}


# The family exp(l f) on four outcomes, and the uniform distribution.
FOUR_OUTCOMES = {
    "ex": exponential,
    "N": 4,
    "stats": 1,
    "p": lambda s: Fraction(1, (2, 4, 8, 8)[int(s)]),
    "q": lambda s: Fraction(1, 4),
    "lnp": lambda s: Fraction(-(1, 2, 3, 3)[int(s)], 6),
    "lnq": lambda s: Fraction(-1, 3),
    "lam": lambda j: 1,
    "stat": lambda j, s: Fraction(-(1, 2, 3, 3)[int(s)], 6),
    "c": 0,
}
# What is assumed for all numbers no point decides: a witness has rational numbers in place of the exponential.
BASE = "; in the witness e^t is 64^t"

variants = (
    Variant(
        "plus",
        "softmax(H + mu)" + BASE,
        "a1",
        softmax(lambda label: -both(label)),
        TWO_CLASSES,
        {"posterior": values.of_plus},
    ),
    Variant(
        "no-mu",
        "softmax(-H), without mu" + BASE,
        "a1",
        softmax(lambda label: H(label, observed)),
        TWO_CLASSES,
        {"posterior": values.without_priors},
    ),
    Variant(
        "degree-below",
        "C(n+d-1, d) for C(n+d, d)",
        "c2",
        claim((n,), eq(quadratic_claim.then.left, n * (n + 1) / 2)),
        {"n": 1},
        {"coefficients": lambda n, d: Fraction(comb(max(n + d - 1, 0), d))},
    ),
    Variant(
        "any-moments",
        "no moments in common" + BASE,
        "d2",
        claim((ex, *symbols), larger, [family, *whole, *logarithms]),
        FOUR_OUTCOMES,
    ),
    Variant(
        "four-a-product",
        "4 neurons a product: twice the rank",
        "e2",
        claim(lower_claim.variables, le(2 * (r + 1), m), [*coefficients(), *lower_claim.given[1:]]),
        four_directions(),
        {"quadratic_neurons": lambda rank: 2 * rank},
    ),
    Variant(
        "twice-beta",
        "1/(1 + e^beta) for 1/(1 + e^(beta/2))" + BASE,
        "f1",
        claim((lo, k, x, beta), le(error(lambda place: x[place]) ** 2, lo(-beta) ** 2), [lt(0, beta)]),
        {"lo": logistic, "k": 1, "x": (0,), "beta": 2},
        {"bit_product_error": lambda beta: values.bit_product_error(2 * beta)},
    ),
    Variant(
        "quadratic-mixture",
        "a mixture is quadratic" + BASE,
        "h1",
        claim((ex, shift, c, z), eq(ex(-(z**2) / 2 - c), mixture_claim.then.right)),
        {"ex": exponential, "a": 1, "c": Fraction(1, 2), "z": 2},
        {"mixture_hamiltonian": lambda x, a: x**2 / 2},
    ),
)
