r"""The gradient of a parity target carries 2^-n of what it would have to carry.

For x uniform on {-1,1}^n, a subset I with indicator e, and chi_e(x) = prod_i x_i^e_i, the squared loss
F_e(w) = E[(f_w(x) - chi_e(x))^2]/2 of any differentiable f has a gradient that depends on e only through
E[chi_e g], g = grad f_w. Over all 2^n subsets these correlations have second moment exactly 2^-n E|g|^2 and
variance exactly 2^-n E|g|^2 - 4^-n |g(1,...,1)|^2.

Idea.       The 2^n parities are orthonormal and there are 2^n of them, so Parseval shares E|g|^2 among all of them.
References. ShalevShwartzShamirShammah2017 (Theorem 1).
"""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from lemmata.proof import (
    C,
    Part,
    Proof,
    Quantity,
    Theorem,
    Variant,
    bits,
    bracket,
    claim,
    define,
    derivative,
    eq,
    function,
    index,
    le,
    mean,
    nat,
    product,
    real,
    signs,
    square,
    total,
    use,
    vector,
)

# ---------------------------------------------------------------- symbols

n, p = nat("n"), nat("p")
e, d = bits("e", n), bits("d", n)
x, y = signs("x", n), signs("y", n)
i, j = index("i", n), index("j", p)
w, t = real("w"), real("t")
f = function("f", C(1, w), x)
g, u = function("g", j, x), function("u", x)

chi = define("chi", (e, x), product(i, x[i] ** e[i]), implicit=(n,))
ones = vector("signs", i, 1)
both = vector("bits", i, e[i] + d[i] - 2 * e[i] * d[i])
reproducing = product(i, 1 + x[i] * y[i])

slope = derivative(t, f(t, x), w)
loss_gradient = derivative(t, mean(x, (f(t, x) - chi(e, x)) ** 2) / 2, w)


def correlation(subset):
    """E[chi g_j], one coordinate of what the gradient tells of the subset."""
    return mean(x, chi(subset, x) * g(j, x))


grad_sq = mean(x, total(j, g(j, x) ** 2))
at_ones = total(j, g(j, ones) ** 2)
second_moment = mean(e, total(j, correlation(e) ** 2))
variance = mean(e, total(j, (correlation(e) - mean(d, correlation(d))) ** 2))

# ---------------------------------------------------------------- the claims

gradient_claim = claim((n, e, f, w), eq(loss_gradient, mean(x, f(w, x) * slope) - mean(x, chi(e, x) * slope)))
orthonormal_claim = claim((n, e, d), eq(mean(x, chi(e, x) * chi(d, x)), bracket(e, "=", d)))
moment_claim = claim((n, p, g), eq(second_moment, grad_sq / 2**n))
variance_claim = claim((n, p, g), eq(variance, grad_sq / 2**n - at_ones / 4**n))
bound_claim = claim((n, p, g), le(variance, grad_sq / 2**n))

# ---------------------------------------------------------------- the derivation


def derive(proof: Proof) -> None:
    """Four short steps a part; orthonormality and Parseval are derived for every n."""
    proof.conclude("a", "sum", because="chain rule under a finite mean")

    proof.step(
        "characters multiply",
        claim((n, e, d, x), eq(chi(e, x) * chi(d, x), chi(both, x))),
        "cube",
        unfold=["chi"],
    )
    proof.step(
        "fair signs",
        claim((n, e), eq(mean(x, chi(e, x)), product(i, 1 - e[i]))),
        "cube",
        unfold=["chi"],
        because="independent fair signs",
    )
    proof.conclude(
        "b",
        "cube",
        using=[use("characters multiply", under=[mean(x, 1)]), use("fair signs", e=both)],
        because="e xor d = 0 exactly if e = d",
    )

    proof.step(
        "complete",
        claim((n, x, y), eq(total(e, chi(e, x) * chi(e, y)), reproducing)),
        "cube",
        unfold=["chi"],
        because="bit by bit",
    )
    proof.step(
        "reproduce",
        claim((n, u, x), eq(mean(y, u(y) * reproducing), u(x))),
        "cube",
        because="it is 2^n [y = x]",
    )
    proof.step(
        "Parseval",
        claim((n, u), eq(total(e, mean(x, chi(e, x) * u(x)) ** 2), mean(x, u(x) ** 2))),
        "sum",
        using=[
            use("complete", under=[mean(x, 1), mean(y, 1)], times=u(x) * u(y)),
            use("reproduce", under=[mean(x, 1)], times=u(x)),
        ],
        because="exchange the sums",
    )
    proof.conclude(
        "c",
        "sum",
        using=[use("Parseval", under=[total(j, 1)], times=2 ** (-n), u=((x,), g(j, x)))],
        because="coordinate by coordinate",
    )

    proof.step(
        "all parities",
        claim((n, x), eq(total(e, chi(e, x)), product(i, 1 + x[i]))),
        "cube",
        unfold=["chi"],
        because="bit by bit",
    )
    proof.step(
        "at ones",
        claim((n, u), eq(mean(x, u(x) * product(i, 1 + x[i])), u(ones))),
        "cube",
    )
    proof.step(
        "mean",
        claim((n, u), eq(mean(e, mean(x, chi(e, x) * u(x))), u(ones) / 2**n)),
        "sum",
        using=[
            use("all parities", under=[mean(x, 1)], times=u(x) * 2 ** (-n)),
            use("at ones", times=2 ** (-n)),
        ],
    )
    average = mean(e, correlation(e))
    proof.conclude(
        "d",
        "sum",
        using=[
            use("c"),
            use("mean", under=[total(j, 1)], times=-(average + g(j, ones) / 2**n), u=((x,), g(j, x))),
        ],
        because="second moment minus squared mean",
    )
    proof.conclude(
        "e",
        "square",
        using=["d"],
        squares=[square(g(j, ones), times=4 ** (-n), under=[total(j, 1)])],
        because="the slack is 4^-n |g(1,...,1)|^2",
    )


# ---------------------------------------------------------------- false variants

BIASED = product(i, 1 + x[i] / 10)


def biased(subset):
    """The same correlation for signs that are -1 with probability 9/20."""
    return mean(x, BIASED * chi(subset, x) * g(j, x))


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
        "e",
        claim((n, p, g, e), le(total(j, correlation(e) ** 2), grad_sq / 2**n)),
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

G, A, S, B = real("grad_sq"), real("grad_sq_at_ones"), real("signal"), real("bias")

theorem = Theorem(
    setting="x uniform on {-1,1}^n; e in {0,1}^n marks the subset I; f is differentiable in w.",
    definitions=(chi,),
    parts=(
        Part("a", "Only the second term of the loss gradient knows the subset.", gradient_claim),
        Part("b", "The parities are orthonormal.", orthonormal_claim),
        Part("c", "Second moment.", moment_claim),
        Part("d", "Variance over all subsets: exactly 2^-n E|g|^2 - 4^-n |g(1,...,1)|^2.", variance_claim),
        Part("e", "The published bound: variance at most 2^-n E|g|^2.", bound_claim),
    ),
    readings={
        "chi(e, x)": "the parity of the coordinates of x in the subset marked by e",
        "f(w, x)": "the network, as a function of one coordinate w of its parameters",
        "g(j, x)": "coordinate j of the gradient at the input x, j < p",
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
            "gradient",
            "a coordinate of the loss gradient from its two means",
            {"signal": "real", "bias": "real"},
            lambda signal, bias: bias - signal,
            side=("a", {"signal": mean(x, chi(e, x) * slope), "bias": mean(x, f(w, x) * slope)}),
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
