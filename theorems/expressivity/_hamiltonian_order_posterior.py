"""Parts (a) and (a') of hamiltonian-order: the posterior is the softmax of minus the Hamiltonians and priors.

For any number k of classes: q(y, x) is p(x|y), w(y) is p(y), H and mu are minus their logarithms.
"""

from __future__ import annotations

from lemmata.proof import Proof, claim, eq, function, index, lt, nat, point, total, use
from theorems.expressivity._hamiltonian_order import a, adds, b, c, ex, u, z

k = nat("k")
x, v = point("x"), point("v")
y, j, i = (index(name, k) for name in ("y", "j", "i"))
q, H, w, mu, g = function("q", y, x), function("H", y, x), function("w", y), function("mu", y), function("g", x)


def share(energy):
    """The softmax of -energy at the class y."""
    return ex(-energy(y)) / normaliser(energy)


def normaliser(energy):
    """The sum over the classes that divides it."""
    return total(i, ex(-energy(i)))


def whole(label):
    """H_y(x) + mu_y."""
    return H(label, x) + mu(label)


def shifted(label):
    """The same with H + g(x) in place of H."""
    return H(label, x) + g(x) + mu(label)


evidence = total(i, q(i, x) * w(i))
likely = claim((j, v), eq(ex(-H(j, v)), q(j, v)))
before = claim((j,), eq(ex(-mu(j)), w(j)))
symbols = (ex, k, y, x, q, w, H, mu)
given = (adds, likely, before, lt(0, evidence), lt(0, normaliser(whole)))
posterior = q(y, x) * w(y) / evidence
posterior_claim = claim(symbols, eq(posterior, share(whole)), given)
shift_claim = claim(
    (ex, k, y, x, H, mu, g),
    eq(share(shifted), share(whole)),
    (adds, lt(0, normaliser(shifted)), lt(0, normaliser(whole))),
)


def derive_posterior(proof: Proof) -> None:
    """Divide; what does not know the class cancels."""
    proof.step(
        "joint",
        claim(symbols, eq(q(y, x) * w(y), ex(-whole(y))), (adds, likely, before)),
        "sum",
        using=[
            use(0, s=-H(y, x), t=-mu(y), times=-1),
            use(1, j=y, v=x, times=-w(y)),
            use(2, j=y, times=-ex(-H(y, x))),
        ],
        because="p(x|y) p(y) = e^(-H - mu)",
    )
    proof.step(
        "evidence",
        claim(symbols, eq(evidence, normaliser(whole)), (adds, likely, before)),
        "sum",
        using=[use("joint", y=i, under=[total(i, 1)])],
        because="the sum is over the classes",
    )
    proof.step(
        "ratio",
        claim((a, b, c, z, u), eq(a / b, c / z), (eq(a, c * u), eq(b, z * u), lt(0, b), lt(0, z))),
        "sum",
        using=[use(0, times=1 / b), use(1, times=-c / (b * z))],
        printed=False,
    )
    proof.conclude(
        "a",
        "sum",
        using=[_ratio(q(y, x) * w(y), evidence, 1, use("joint"), use("evidence"))],
        because="divide",
    )
    proof.step(
        "constant",
        claim((ex, k, y, x, H, mu, g), eq(ex(-shifted(y)), ex(-whole(y)) * ex(-g(x))), (adds,)),
        "sum",
        using=[use(0, s=-whole(y), t=-g(x))],
        printed=False,
    )
    proof.step(
        "constant, summed",
        claim((ex, k, x, H, mu, g), eq(normaliser(shifted), normaliser(whole) * ex(-g(x))), (adds,)),
        "sum",
        using=[use("constant", y=i, under=[total(i, 1)])],
        printed=False,
    )
    own = ex(-shifted(y)), normaliser(shifted)
    proof.conclude(
        "a'",
        "sum",
        using=[_ratio(*own, ex(-g(x)), use("constant"), use("constant, summed"))],
        because="e^-g stands above and below",
    )


def _ratio(above, below, factor, *given):
    """above/below is the share of the class y, if both are that many times its parts."""
    at = {"a": above, "b": below, "c": ex(-whole(y)), "z": normaliser(whole), "u": factor}
    return use("ratio", given=list(given), **at)
