"""Parts (d1) and (d2) of hamiltonian-order: exp(sum_a l_a f_a)/Z has the largest entropy among all with its moments.

Proved for every finite alphabet of N outcomes and every number m of statistics; no claim is made for densities. The
logarithms of the probabilities are numbers that have these as exponentials: a function on all reals that is
differentiable and has the derivative 1/t for t > 0 would be none.
"""

from __future__ import annotations

from lemmata.proof import (
    Proof,
    claim,
    eq,
    function,
    index,
    le,
    lt,
    nat,
    real,
    square,
    total,
    use,
)
from theorems.expressivity._exponential import derive_above
from theorems.expressivity._hamiltonian_order import adds, at_zero, c, ex, own_slope, z

N, m = nat("N"), nat("stats")
s, r = index("o", N), index("r", N)
j = index("j", m)
p, q = function("p", s), function("q", s)
lnp, lnq = function("lnp", s), function("lnq", s)
lam, stat = function("lam", j), function("stat", j, s)
# One outcome: q and p there, and their logarithms.
a, b, la, lb = (real(name) for name in ("qs", "ps", "lnqs", "lnps"))
facts = (own_slope, at_zero, adds)


def entropy(of, log):
    """-sum_s of(s) ln of(s)."""
    return -total(s, of(s) * log(s))


divergence = total(s, q(s) * (lnq(s) - lnp(s)))
family = claim((r,), eq(lnp(r), total(j, lam(j) * stat(j, r)) - c))
whole = (eq(total(s, p(s)), 1), eq(total(s, q(s)), 1))
moments = claim((j,), eq(total(s, q(s) * stat(j, s)), total(s, p(s) * stat(j, s))))
# Where q is 0 its logarithm is any number: 0 times that is 0.
logarithms = (
    claim((r,), eq(ex(lnp(r)), p(r))),
    claim((r,), eq(ex(lnq(r)), q(r)), [lt(0, q(r))]),
    claim((r,), le(0, q(r))),
)
given = (family, *whole, moments)
symbols = (N, m, p, q, lnp, lnq, lam, stat, c)
divergence_claim = claim(symbols, eq(entropy(p, lnp) - entropy(q, lnq), divergence), given)
larger = le(entropy(q, lnq), entropy(p, lnp))
entropy_claim = claim((ex, *symbols), larger, (*given, *facts, *logarithms))
OF_P, OF_Q, NOT_NEGATIVE = range(7, 10)


def derive_entropy(proof: Proof) -> None:
    """The difference of the entropies is a divergence; a divergence is not negative, since 1 + u <= e^u."""
    proof.conclude(
        "d1",
        "sum",
        using=[
            use(0, under=[total(s, 1)], times=q(s) - p(s), r=s),
            use(1, times=c),
            use(2, times=-c),
            use(3, under=[total(j, 1)], times=lam(j)),
        ],
        because="ln p* is a sum of statistics, whose moments agree",
    )
    derive_above(proof, ex, facts)
    _gibbs(proof)
    there = {"qs": q(s), "ps": p(s), "lnqs": lnq(s), "lnps": lnp(s)}
    known = [use(OF_P, r=s), use(NOT_NEGATIVE, r=s), use(OF_Q, r=s)]
    proof.conclude(
        "d2",
        "square",
        using=[
            use("d1", times=-1),
            use("Gibbs", under=[total(s, 1)], given=known, **there),
            use(1),
            use(2, times=-1),
        ],
        because="both are probabilities: the sum of b - a is 0",
    )


def _gibbs(proof: Proof) -> None:
    """a (ln b - ln a) <= b - a for a >= 0 and b > 0."""
    of_a = claim((), eq(ex(la), a), [lt(0, a)])
    gap = ex(lb - la) - 1 - lb + la
    proof.step(
        "Gibbs, a > 0",
        gibbs([eq(ex(lb), b), lt(0, a), of_a]),
        "square",
        using=[
            use("above", u=lb - la, times=ex(la / 2) ** 2),
            use(2, s=la / 2, t=la / 2, times=-gap),
            use(2, s=lb - la, t=la, times=-1),
            use(3),
            use(5, times=la - lb - 1),
        ],
        printed=False,
    )
    proof.step(
        "Gibbs, a = 0",
        claim((z, c, b), le(z * c, b - z), [le(0, z), le(z, 0), le(0, b)]),
        "square",
        using=[use(2), use(0, times=c**2 / 4)],
        squares=[square(1 + c / 2, times=-z)],
        printed=False,
    )
    proof.step(
        "b is not negative",
        claim((ex, b, lb), le(0, b), [*facts, eq(ex(lb), b)]),
        "square",
        using=[use("exponentials are not negative", u=lb), use(3)],
        printed=False,
    )
    proof.step(
        "Gibbs",
        gibbs([eq(ex(lb), b), le(0, a), of_a]),
        "square",
        using=[
            use("Gibbs, a > 0", guard=[4]),
            use("Gibbs, a = 0", guard=[1], z=a, c=lb - la, given=[use("b is not negative")]),
        ],
        because="1 + u <= e^u at u = ln b - ln a, times a = e^(ln a)",
    )


def gibbs(given):
    """a (ln b - ln a) <= b - a, under some hypotheses on a and b."""
    return claim((ex, a, b, la, lb), le(a * (lb - la), b - a), [*facts, *given])
