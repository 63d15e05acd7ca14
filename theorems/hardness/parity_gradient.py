r"""The gradient of a parity target carries 2^-n of what it would have to carry.

For x uniform on {-1,1}^n, a subset I with indicator e, and chi_e(x) = prod_i x_i^e_i, the squared loss
F_e(w) = E[(f_w(x) - chi_e(x))^2]/2 of any differentiable f has the gradient E[f g] - E[chi_e g] (a), g = grad f_w: only
the second term depends on e. The parities are orthonormal (b), and over all 2^n subsets these correlations have second
moment exactly 2^-n E|g|^2 (c) and variance exactly 2^-n E|g|^2 - 4^-n |g(1,...,1)|^2 (d). So the variance is at most
2^-n E|g|^2 (d'), as published; for m orthonormal targets at most E|g|^2/m (e); for every 1-Lipschitz loss at most
2^-n E|g|^2 (f). An oracle that hides the second term while it is no longer than eps is off by the square of a distance
of at most eps^2 (g). If E|g|^2 <= G^2 everywhere, its answers to T queries depend on the subset for a fraction of the
subsets of at most T G^2/(eps^2 2^n) (g').

Idea.       The 2^n parities are orthonormal and there are 2^n of them, so Parseval shares E|g|^2 among all of them.
Numbers.    second_moment(n=2, grad_sq=1) = 1/4; variance(n=1, grad_sq=1, grad_sq_at_ones=1) = 1/4;
            targets_variance(m=3, grad_sq=2) = 2/3; loss_variance(n=3, grad_sq=1) = 1/8; oracle_error(eps=1/2) = 1/4;
            told_apart(n=4, eps=1/2, G=1, T=2) = 1/2; queries(n=20, eps=1/100, G=1, probability=1/2) = 32768/625;
            gradient(signal=1, bias=3) = 2.
References. ShalevShwartzShamirShammah2017 (Theorem 1).
"""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from lemmata.proof import Part, Proof, Quantity, Theorem, Variant, claim, eq, le, mean, product, total
from theorems.hardness._parity_gradient import chi, correlation, e, g, i, j, length_sq, n, p, slope, x
from theorems.hardness._parity_gradient_model import model
from theorems.hardness._parity_gradient_queries import (
    G,
    T,
    derive_oracle,
    derive_queries,
    eps,
    oracle_claim,
    oracle_error,
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
    m,
    target_variance,
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
    """The function that is the same everywhere."""
    return lambda *arguments: Fraction(value)


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
    Variant(
        "square-of-m",
        "1/m^2 for 1/m",
        "e",
        claim(targets_claim.variables, le(target_variance, length_sq(g(j, x)) / m**2), targets_claim.given),
        {"n": 1, "m": 2, "p": 1, "h": lambda k, x: x[0] ** k, "g": lambda j, x: 1 - x[0]},
        {"targets_variance": lambda m, grad_sq: grad_sq / m**2},
    ),
    Variant(
        "any-loss",
        "any differentiable loss",
        "f",
        claim(loss_claim.variables, loss_claim.then),
        {"n": 1, "p": 1, "r": lambda z: 2 * z, "f": lambda j, t, x: t * x[0], "w": constant(0)},
    ),
    Variant(
        "half-eps",
        "eps/2 for eps",
        "g",
        claim(oracle_claim.variables, le(oracle_error, eps**2 / 4)),
        {"n": 1, "p": 1, "e": (1,), "f": lambda j, t, x: t * x[0], "w": constant(0), "eps": 1},
        {"oracle_error": lambda eps: eps**2 / 4},
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
        "G": "G^2 bounds E|grad|^2 at every query",
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
            "oracle_error",
            "bound on the squared distance of the oracle's answer from the gradient",
            {"eps": "positive"},
            lambda eps: eps**2,
            side=("g", {"eps": eps}),
        ),
        Quantity(
            "told_apart",
            "bound on the fraction of subsets on which the transcript of T queries can depend",
            {"n": "nat", "eps": "positive", "G": "nonnegative", "T": "nat"},
            lambda n, eps, G, T: T * G**2 / (eps**2 * 2**n),
            side=("g'", {"eps": eps, "G": G, "T": T}),
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
    model=model,
    notation={
        "E|g|^2": "grad_sq",
        "|g(1,...,1)|^2": "grad_sq_at_ones",
        "E[f g]": "bias",
        "E[chi_e g]": "signal",
    },
    references=("ShalevShwartzShamirShammah2017",),
)
