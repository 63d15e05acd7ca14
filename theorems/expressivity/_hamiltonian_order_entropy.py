"""Parts (d1) and (d2) of hamiltonian-order: exp(sum_a l_a f_a)/Z has the largest entropy among all with its moments.

Proved for every finite alphabet of N outcomes and every number m of statistics; no claim is made for densities.
"""

from __future__ import annotations

from lemmata.proof import (
    C,
    Proof,
    claim,
    derivative,
    eq,
    function,
    index,
    le,
    lt,
    nat,
    square,
    total,
    use,
)
from theorems.expressivity._hamiltonian_order import a, b, c, t, z

N, m = nat("N"), nat("stats")
s, r = index("s", N), index("r", N)
j = index("j", m)
p, q = function("p", s), function("q", s)
lam, stat = function("lam", j), function("stat", j, s)
ln = function("ln", C(1, z))
log_slope = claim((t,), eq(derivative(z, ln(z), t), 1 / t), [lt(0, t)])


def entropy(of):
    """-sum_s of(s) ln of(s)."""
    return -total(s, of(s) * ln(of(s)))


divergence = total(s, q(s) * (ln(q(s)) - ln(p(s))))
family = claim((r,), eq(ln(p(r)), total(j, lam(j) * stat(j, r)) - c))
whole = (eq(total(s, p(s)), 1), eq(total(s, q(s)), 1))
moments = claim((j,), eq(total(s, q(s) * stat(j, s)), total(s, p(s) * stat(j, s))))
given = (family, *whole, moments)
symbols = (ln, N, m, p, q, lam, stat, c)
divergence_claim = claim(symbols, eq(entropy(p) - entropy(q), divergence), given)
entropy_claim = claim(
    symbols,
    le(entropy(q), entropy(p)),
    (*given, log_slope, claim((r,), lt(0, p(r))), claim((r,), le(0, q(r)))),
)


def derive_entropy(proof: Proof) -> None:
    """The difference of the entropies is a divergence; a divergence is not negative, since ln t <= t - 1."""
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
    _logarithm(proof)
    proof.conclude(
        "d2",
        "square",
        using=[
            use("d1", times=-1),
            use("Gibbs", under=[total(s, 1)], a=q(s), b=p(s), given=[use(5, r=s), use(6, r=s)]),
            use(1),
            use(2, times=-1),
        ],
        because="both are probabilities: the sum of b - a is 0",
    )


def _logarithm(proof: Proof) -> None:
    """a (ln b - ln a) <= b - a for a >= 0 and b > 0, from the derivative of the logarithm alone."""
    proof.step(
        "above",
        claim((a, z), lt(0, z), [lt(0, a), le(a, z)]),
        "square",
        using=[use(0), use(1)],
        printed=False,
    )
    _tangent(proof, "above the tangent", (a, b), le(a, z), le(a, b), 1)
    _tangent(proof, "below the tangent", (b, a), le(z, a), lt(b, a), -1)
    both = [use(f"{way} the tangent", guard=[3]) for way in ("above", "below")]
    proof.step("Gibbs, a > 0", gibbs([lt(0, a), lt(0, b)]), "square", using=both, printed=False)
    proof.step(
        "nothing",
        claim((z, b, c), lt(z * c, b - z), [le(0, z), le(z, 0), lt(0, b)]),
        "square",
        using=[use(2), use(0, times=c**2 / 4)],
        squares=[square(1 + c / 2, times=-z)],
        printed=False,
    )
    proof.step(
        "Gibbs",
        gibbs([le(0, a), lt(0, b)]),
        "square",
        using=[use("Gibbs, a > 0", guard=[1]), use("nothing", guard=[1], z=a, c=ln(b) - ln(a))],
        because="ln t <= t - 1 at t = b/a, since t - ln t falls to t = 1 and rises from there",
    )


def gibbs(given):
    """a (ln b - ln a) <= b - a, under some hypotheses on a and b."""
    return claim((ln, a, b), le(a * (ln(b) - ln(a)), b - a), [log_slope, *given])


def _tangent(proof: Proof, name, ends, inside, order, sign) -> None:
    """t/a - ln t rises from a on, and falls up to it."""
    low, high = ends
    proof.step(
        f"{name}, slope",
        claim(
            (ln, a, z),
            le(0, sign * (1 / a - derivative(t, ln(t), z))),
            [log_slope, lt(0, a), lt(0, z), inside],
        ),
        "square",
        using=[use(0, t=z, times=sign), use(3, times=1 / (a * z))],
        printed=False,
    )
    proof.monotone(
        f"{name}, t/a - ln t",
        claim(
            (ln, a, b),
            le(sign * (low / a - ln(low)), sign * (high / a - ln(high))),
            [log_slope, lt(0, a), lt(0, b), order],
        ),
        z,
        sign * (z / a - ln(z)),
        (low, high),
        slope={"rule": "square", "using": [use(f"{name}, slope", given=[use("above", a=low)])]},
        printed=False,
    )
    proof.step(
        name,
        gibbs([lt(0, a), lt(0, b), order]),
        "square",
        using=[use(f"{name}, t/a - ln t", times=a)],
        printed=False,
    )
