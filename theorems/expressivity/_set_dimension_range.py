"""Parts (d) and (d') of set-dimension: with one latent dimension the range is not approximated better than 1/2.

The multiset of a 1 and zeros, of range 1, has the same sum as that of so many equal numbers, of range 0.
"""

from __future__ import annotations

import sympy as sp

from lemmata.proof import (
    Proof,
    bit,
    bracket,
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
from theorems.expressivity._set_dimension import by_induction, elements, j, m, s, u, z

level, Q, eps = (real(name) for name in ("level", "Q", "eps"))
more = nat("more")
u2, v2 = real("u2"), real("v2")
size = more + 2
i, o, c, d = (index(name, size) for name in ("i", "o", "c", "d"))
psi, rho, delta, x = function("psi", u), function("rho", u), function("delta", u), function("x", i)
on = bit("on")
HALF = sp.Rational(1, 2)

continuous = [
    claim((z,), lt(0, delta(z)), [lt(0, z)]),
    claim(
        (z, u2, v2),
        le((psi(u2) - psi(v2)) ** 2, z),
        [lt(0, z), le(0, u2), le(u2, 1), le(0, v2), le(v2, 1), le((u2 - v2) ** 2, delta(z))],
    ),
]
multiset = [
    claim((o,), le(0, x(o))),
    claim((o,), le(x(o), 1)),
    claim((o,), le(x(o), x(c))),
    claim((o,), le(x(d), x(o))),
]
approximates = claim((x, c, d), le((rho(total(i, psi(x(i)))) - (x(c) - x(d))) ** 2, eps**2), multiset)
range_claim = claim((more, psi, rho, delta, eps), le(HALF, eps), [le(0, eps), approximates, *continuous])
POSITIVE, APPROXIMATES = range(2)
LAST = len(range_claim.given)

# That there is such an s: what is 0 whenever there is, is 0.
exists = claim((s,), eq(Q, 0), [le(0, s), le(s, 1), eq(psi(s), level)])
between_claim = claim(
    (psi, delta, level, Q), eq(Q, 0), [exists, le(0, (psi(0) - level) * (level - psi(1))), *continuous]
)
constant_claim = claim((s,), le((s - HALF) ** 2, sp.Rational(1, 4)), [le(0, s), le(s, 1)])

average = ((more + 1) * psi(0) + psi(1)) / size
two_values = [le(0, eps), approximates, le(0, s), le(s, 1), eq(psi(s), average)]


def one(o):
    """A 1 in the last place, and zeros."""
    return bracket(o, "=", more + 1)


one_sum, equal_sum = total(i, psi(one(i))), total(i, psi(s))


def derive_range(proof: Proof) -> None:
    """(d) from intermediate values, (d') by one product."""
    _sums(proof)
    _two_values(proof)
    proof.cite(
        "between",
        between_claim,
        "Rudin1976 (Theorem 4.23, intermediate values)",
        because="a continuous function takes every value between two of its own",
    )
    proof.step(
        "the mean is between",
        claim((more, psi), le(0, (psi(0) - average) * (average - psi(1)))),
        "square",
        squares=[square(psi(0) - psi(1), times=(more + 1) / size**2)],
        printed=False,
    )
    below = bracket(eps, "<", HALF)
    proof.step(
        "not below 1/2",
        claim((more, psi, rho, eps, s), eq(below, 0), two_values),
        "sum",
        using=[use("not below 0", u=eps - HALF, given=[use("two values")])],
        printed=False,
    )
    given = [use("the mean is between"), use("not below 1/2")]
    proof.step(
        "somewhere",
        claim(range_claim.variables, eq(below, 0), range_claim.given),
        "sum",
        using=[use("between", level=average, Q=below, given=given)],
        printed=False,
    )
    proof.contradiction(
        "d",
        proof.statement("d"),
        absurd={
            "using": [use("somewhere"), use("positive is not up to 0", u=HALF - eps, given=[use(LAST)])],
            "squares": [square(1)],
        },
        because="a continuous psi takes its mean over them",
    )
    proof.conclude("d'", "square", using=[use(1, times=s)], because="s (1 - s) is not negative")


def _sums(proof: Proof) -> None:
    proof.cases(
        "0 or 1",
        claim((psi, on), eq(psi(on), psi(0) + on * (psi(1) - psi(0)))),
        on,
        {"0": {}, "1": {}},
    )
    proof.hidden.add("0 or 1")
    there = elements(m)
    by_induction(
        proof,
        "not there",
        claim((m, j), eq(total(there, bracket(there, "=", m + j)), 0)),
        m,
        base={"using": []},
        step={"using": [use(0, **{"j'": j + 1}), use("positive is not 0", u=j + 1)]},
    )
    before = elements(more)
    proof.step(
        "equal sums",
        claim((more, psi, s), eq(one_sum, equal_sum), [eq(psi(s), average)]),
        "sum",
        using=[
            use("0 or 1", under=[total(before, 1)], on=one(before)),
            use("not there", m=more, j=1, times=psi(1) - psi(0)),
            use(0, times=-size),
        ],
        printed=False,
    )


def _two_values(proof: Proof) -> None:
    given = two_values
    proof.congruence(
        "same value",
        claim((more, psi, rho, s), eq(rho(one_sum), rho(equal_sum)), [eq(psi(s), average)]),
        u,
        rho(u),
        use("equal sums"),
        printed=False,
    )
    proof.step("up to 1", claim((on,), le(on, 1)), "square", squares=[square(1 - on)], printed=False)
    a, share = rho(equal_sum), 1 / (eps + HALF)
    values = use(
        APPROXIMATES, x=((o,), one(o)), c=more + 1, d=more, times=share / 2, given=[use("up to 1", on=one(o))]
    )
    proof.step(
        "two values",
        claim((more, psi, rho, eps, s), le(HALF, eps), given),
        "square",
        using=[
            values,
            use(APPROXIMATES, x=((o,), s), c=0, d=0, times=share / 2),
            use("same value", times=-share / 2 * (rho(one_sum) + a - 2)),
        ],
        squares=[square(a - HALF, times=share)],
        because="one value cannot be near 0 and near 1",
    )
