"""Parts (a) to (d') of parity-gradient: orthonormality, Parseval, and the exact variance over all subsets."""

from __future__ import annotations

from lemmata.proof import Proof, bracket, claim, derivative, eq, le, mean, product, square, total, use, vector
from theorems.hardness._parity_gradient import (
    chi,
    correlation,
    d,
    e,
    f,
    g,
    i,
    j,
    length_sq,
    n,
    ones,
    output,
    p,
    slope,
    spread,
    t,
    u,
    w,
    x,
    y,
)

both = vector("bits", i, e[i] + d[i] - 2 * e[i] * d[i])
reproducing = product(i, 1 + x[i] * y[i])
loss_gradient = derivative(t, mean(x, (f(j, t, x) - chi(e, x)) ** 2) / 2, w(j))

# ---------------------------------------------------------------- the claims

bias, signal = mean(x, output * slope), mean(x, chi(e, x) * slope)
grad_sq, at_ones = length_sq(g(j, x)), total(j, g(j, ones) ** 2)
coordinate = correlation(e, g(j, x))
second_moment = mean(e, total(j, coordinate**2))
average = mean(d, correlation(d, g(j, x)))
variance = mean(e, total(j, (coordinate - average) ** 2))

gradient_claim = claim((n, p, e, f, w, j), eq(loss_gradient, bias - signal))
orthonormal_claim = claim((n, e, d), eq(mean(x, chi(e, x) * chi(d, x)), bracket(e, "=", d)))
moment_claim = claim((n, p, g), eq(second_moment, grad_sq / 2**n))
variance_claim = claim((n, p, g), eq(variance, grad_sq / 2**n - at_ones / 4**n))
bound_claim = claim((n, p, g), le(variance, grad_sq / 2**n))


def derive_characters(proof: Proof) -> None:
    """(a) and (b)."""
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


def derive_spectrum(proof: Proof) -> None:
    """(c), (d) and (d')."""
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
        claim((n, u), eq(total(e, correlation(e, u(x)) ** 2), mean(x, u(x) ** 2))),
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
        claim((n, u), eq(mean(e, correlation(e, u(x))), u(ones) / 2**n)),
        "sum",
        using=[
            use("all parities", under=[mean(x, 1)], times=u(x) * 2 ** (-n)),
            use("at ones", times=2 ** (-n)),
        ],
    )
    centre = mean(e, correlation(e, u(x))) + u(ones) / 2**n
    proof.step(
        "one coordinate",
        claim(
            (n, u),
            eq(
                spread(lambda subset: correlation(subset, u(x))),
                mean(x, u(x) ** 2) / 2**n - u(ones) ** 2 / 4**n,
            ),
        ),
        "sum",
        using=[use("Parseval", times=2 ** (-n)), use("mean", times=-centre)],
        because="second moment minus squared mean",
    )
    proof.conclude(
        "d",
        "sum",
        using=[use("one coordinate", under=[total(j, 1)], u=((x,), g(j, x)))],
        because="coordinate by coordinate",
    )
    proof.conclude(
        "d'",
        "square",
        using=["d"],
        squares=[square(g(j, ones), times=4 ** (-n), under=[total(j, 1)])],
        because="the slack is 4^-n |g(1,...,1)|^2",
    )
