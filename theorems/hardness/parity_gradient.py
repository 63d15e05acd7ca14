r"""The gradient of a parity target carries 2^-n of what it would have to carry.

For x uniform on {-1,1}^n, a subset I with indicator e, and chi_e(x) = prod_i x_i^e_i, the squared loss
F_e(w) = E[(f_w(x) - chi_e(x))^2]/2 of any differentiable f has a gradient that depends on e only through
E[chi_e g], g = grad f_w. Over all 2^n subsets these correlations have second moment exactly 2^-n E|g|^2 and
variance exactly 2^-n E|g|^2 - 4^-n |g(1,...,1)|^2. Hence the published bound 2^-n E|g|^2, E|g|^2/m for any m
orthonormal targets, the same bound for every 1-Lipschitz loss, and an oracle with answers within eps of the
gradient after whose T answers at most a fraction T G^2/(eps^2 2^n) of the subsets can be told apart.

Idea.       The 2^n parities are orthonormal and there are 2^n of them, so Parseval shares E|g|^2 among all of them.
References. ShalevShwartzShamirShammah2017 (Theorem 1).
"""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from lemmata.proof import Part, Proof, Quantity, Theorem, Variant, claim, eq, le, mean, product, total
from theorems.hardness._parity_gradient import chi, correlation, e, g, i, j, length_sq, n, p, slope, x
from theorems.hardness._parity_gradient_queries import (
    derive_oracle,
    derive_queries,
    oracle_claim,
    queries_claim,
)
from theorems.hardness._parity_gradient_spectrum import (
    at_ones,
    bias,
    bound_claim,
    coordinate,
    derive_characters,
    derive_spectrum,
    grad_sq,
    gradient_claim,
    moment_claim,
    orthonormal_claim,
    second_moment,
    signal,
    variance,
    variance_claim,
)
from theorems.hardness._parity_gradient_targets import (
    derive_loss,
    derive_targets,
    loss_claim,
    targets_claim,
)


def derive(proof: Proof) -> None:
    """Orthonormality and Parseval are derived for every n; all else follows in a few short steps a part."""
    derive_characters(proof)
    derive_spectrum(proof)
    derive_targets(proof)
    derive_loss(proof)
    derive_oracle(proof)
    derive_queries(proof)


# ---------------------------------------------------------------- false variants

BIASED = product(i, 1 + x[i] / 10)


def biased(subset):
    """The same correlation for signs that are -1 with probability 9/20."""
    return correlation(subset, BIASED * g(j, x))


def constant(value):
    """The gradient that has one coordinate and is the same everywhere."""
    return lambda coordinate, point: Fraction(value)


variants = (
    Variant(
        "square-root",
        "2^(-n/2) for 2^-n",
        "c",
        claim((n, p, g), eq(second_moment, grad_sq / 2 ** (n / 2))),
        {"n": 2, "p": 1, "g": constant(1)},
        {
            "second_moment": lambda n, grad_sq: grad_sq / 2 ** (Fraction(n) / 2),
            "log_slope": lambda: -sp.log(2) / 2,
        },
    ),
    Variant(
        "no-mean",
        "no term at (1,...,1)",
        "d",
        claim((n, p, g), eq(variance, grad_sq / 2**n)),
        {"n": 1, "p": 1, "g": constant(1)},
        {"variance": lambda n, grad_sq, grad_sq_at_ones: grad_sq / 2**n},
    ),
    Variant(
        "every-subset",
        "every subset",
        "d'",
        claim((n, p, g, e), le(total(j, coordinate**2), grad_sq / 2**n)),
        {"n": 1, "p": 1, "g": constant(1), "e": (0,)},
    ),
    Variant(
        "biased-signs",
        "P(x_i = -1) = 9/20",
        "c",
        claim(
            (n, p, g), eq(mean(e, total(j, biased(e) ** 2)), mean(x, BIASED * total(j, g(j, x) ** 2)) / 2**n)
        ),
        {"n": 1, "p": 1, "g": constant(1)},
    ),
)

# ---------------------------------------------------------------- the theorem

theorem = Theorem(
    setting="x uniform on {-1,1}^n; e in {0,1}^n marks the subset I; f is differentiable in w.",
    definitions=(chi,),
    parts=(
        Part("a", "Only the second term of the loss gradient knows the subset.", gradient_claim),
        Part("b", "The parities are orthonormal.", orthonormal_claim),
        Part("c", "Second moment.", moment_claim),
        Part("d", "Variance over all subsets: exactly 2^-n E|g|^2 - 4^-n |g(1,...,1)|^2.", variance_claim),
        Part("d'", "The published bound: variance at most 2^-n E|g|^2.", bound_claim),
        Part("e", "Any m orthonormal targets h_k: variance over k at most E|g|^2/m.", targets_claim),
        Part("f", "The same bound for every 1-Lipschitz loss r(chi f).", loss_claim),
        Part(
            "g",
            "An oracle that says E[f g] while |E[chi g]| <= eps is within eps of the gradient.",
            oracle_claim,
        ),
        Part(
            "g'",
            "What T queries of it tell: a fraction T G^2/(eps^2 2^n) of the subsets at most.",
            queries_claim,
        ),
    ),
    readings={
        "chi(e, x)": "the parity of the coordinates of x in the subset marked by e",
        "f(j, t, x)": "the network as a function of its parameter j alone, which is w(j); the others are held",
        "g(j, x)": "coordinate j of the gradient at the input x, j < p",
        "diff(t: real, F(t), w)": "the derivative of F at w",
        "h(k, x)": "the target k of m orthonormal ones",
        "rho(t)": "r'(t), or any fixed selection with |rho| <= 1: for the hinge loss a step",
        "grad(j, q, x)": "coordinate j of the gradient at the query q (a choice of the parameters)",
        "ask(s), next(s, a)": "any deterministic algorithm: its query in the state s, its state after the answer a",
        "answer(e, q), silence(q)": "the oracle's answer for the subset e, and the one that tells nothing",
        "state(k, e), deaf(k)": "the state after k answers, and after k silences; it may hold the whole transcript",
        "bound": "G^2, a bound on E|grad|^2 at every query",
        "mean(x: signs(n), .)": "the expectation over x",
        "mean(e: bits(n), .)": "the average over all 2^n subsets",
    },
    quantities=(
        Quantity(
            "second_moment",
            "mean over all subsets of |E chi_I g|^2",
            {"n": "nat", "grad_sq": "nonnegative"},
            lambda n, grad_sq: grad_sq / 2**n,
            side=("c", {"grad_sq": grad_sq}),
        ),
        Quantity(
            "variance",
            "variance over all subsets of E chi_I g",
            {"n": "nat", "grad_sq": "nonnegative", "grad_sq_at_ones": "nonnegative"},
            lambda n, grad_sq, grad_sq_at_ones: grad_sq / 2**n - grad_sq_at_ones / 4**n,
            side=("d", {"grad_sq": grad_sq, "grad_sq_at_ones": at_ones}),
        ),
        Quantity(
            "targets_variance",
            "bound on the variance over m orthonormal targets h_k of E h_k g",
            {"m": "count", "grad_sq": "nonnegative"},
            lambda m, grad_sq: grad_sq / m,
            side=("e", {"grad_sq": grad_sq}),
        ),
        Quantity(
            "loss_variance",
            "bound on the variance over all subsets of the gradient of a 1-Lipschitz loss",
            {"n": "nat", "grad_sq": "nonnegative"},
            lambda n, grad_sq: grad_sq / 2**n,
            side=("f", {"grad_sq": length_sq(slope)}),
        ),
        Quantity(
            "told_apart",
            "bound on the fraction of subsets on which the transcript of T queries can depend",
            {"n": "nat", "eps": "positive", "G": "nonnegative", "T": "nat"},
            lambda n, eps, G, T: T * G**2 / (eps**2 * 2**n),
        ),
        Quantity(
            "queries",
            "queries before the transcript can depend on that fraction of the subsets",
            {"n": "nat", "eps": "positive", "G": "positive", "probability": "probability"},
            lambda n, eps, G, probability: probability * eps**2 * 2**n / G**2,
        ),
        Quantity(
            "gradient",
            "a coordinate of the loss gradient from its two means",
            {"signal": "real", "bias": "real"},
            lambda signal, bias: bias - signal,
            side=("a", {"signal": signal, "bias": bias}),
        ),
        Quantity(
            "character_inner_product",
            "E[chi_I chi_J] by the size of the symmetric difference",
            {"n": "nat", "differing": "nat"},
            lambda n, differing: Fraction(differing == 0),
        ),
        Quantity(
            "log_slope", "slope in n of the logarithm of second_moment / grad_sq", {}, lambda: -sp.log(2)
        ),
    ),
    variants=variants,
    references=("ShalevShwartzShamirShammah2017",),
)
