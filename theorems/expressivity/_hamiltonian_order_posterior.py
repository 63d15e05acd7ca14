"""Parts (a1) and (a2) of hamiltonian-order: the posterior is the softmax of minus the Hamiltonians and priors.

For any number k of classes: likely(y, x) is p(x|y), prior(y) is p(y), H and mu are minus their logarithms.
"""

from __future__ import annotations

from lemmata.proof import Proof, claim, eq, function, index, lt, nat, point, real, total, use
from theorems.expressivity._hamiltonian_order import adds, ex

k = nat("classes")
x = point("x")
y, j, i = (index(name, k) for name in ("y", "j", "i"))
q, w = function("likely", y, x), function("prior", y)
H, mu, g = function("H", y, x), function("mu", y), function("shift", x)


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


up, down, c, z, u = (real(name) for name in ("up", "down", "part", "whole", "factor"))
evidence = total(i, q(i, x) * w(i))
likely = claim((j,), eq(ex(-H(j, x)), q(j, x)))
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
            use(1, j=y, times=-w(y)),
            use(2, j=y, times=-ex(-H(y, x))),
        ],
        because="p(x|y) p(y) = e^(-H - mu)",
    )
    proof.step(
        "evidence",
        claim(symbols, eq(evidence, normaliser(whole)), (adds, likely, before)),
        "sum",
        using=[use("joint", y=i, under=[total(i, 1)])],
        printed=False,
    )
    proof.step(
        "ratio",
        claim(
            (up, down, c, z, u), eq(up / down, c / z), (eq(up, c * u), eq(down, z * u), lt(0, down), lt(0, z))
        ),
        "sum",
        using=[use(0, times=1 / down), use(1, times=-c / (down * z))],
        printed=False,
    )
    proof.conclude(
        "a1",
        "sum",
        using=[_ratio(q(y, x) * w(y), evidence, 1, use("joint"), use("evidence"))],
        because="divide",
    )
    _shift(proof)


def _shift(proof: Proof) -> None:
    """e^-g is a factor of every term."""
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
        "a2",
        "sum",
        using=[_ratio(*own, ex(-g(x)), use("constant"), use("constant, summed"))],
        because="e^-g stands above and below",
    )


def _ratio(above, below, factor, *given):
    """above/below is the share of the class y, if both are that many times its parts."""
    at = {"up": above, "down": below, "part": ex(-whole(y)), "whole": normaliser(whole), "factor": factor}
    return use("ratio", given=list(given), **at)
