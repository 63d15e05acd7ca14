"""Part (c) of set-dimension: fewer than M continuous sums do not determine the maximum of M numbers."""

from __future__ import annotations

from lemmata.proof import Proof, claim, eq, function, le, ne, real, square, use
from theorems.expressivity._set_dimension import M
from theorems.expressivity._set_dimension_multisets import (
    N,
    Q,
    alike,
    c,
    c2,
    continuous,
    delta,
    f,
    g,
    i,
    maxima,
    phi,
    x,
    y,
)

other = real("other")
x2, y2 = function("x2", i), function("y2", i)

# That something exists: what is 0 whenever there is such a thing, is 0.
exists_falling = claim((x, y, c), eq(Q, 0), [*alike(x, y), ne(x(c), y(c))])
exists_maxima = claim((f, g, c2), eq(Q, 0), [*maxima(f, g, c2), ne(f(c2), g(c2))])
domain_claim = claim((N, M, phi, delta, Q), eq(Q, 0), [exists_falling, le(N + 1, M), *continuous])
collision_claim = claim((N, M, phi, delta, Q), eq(Q, 0), [exists_maxima, le(N + 1, M), *continuous])


def derive_collision(proof: Proof) -> None:
    """Were the maxima always equal, the sums would determine the multiset: but then they would embed R^M in R^N."""
    proof.cite(
        "domain",
        domain_claim,
        "Hatcher2002 (Theorem 2B.3, invariance of domain)",
        because="no continuous map of a ball of falling sequences to fewer dimensions is injective; sums are one",
    )
    never = claim(exists_maxima.variables, eq(other, 0), exists_maxima.given)
    proof.contradiction(
        "equal maxima",
        claim((N, M, phi, other, x, y, c), eq(x(c), y(c)), [never, ne(other, 0), *maxima(x, y, c)]),
        absurd={"using": [use(0, f=x.name, g=y.name, c2=c, times=other)], "squares": [square(other)]},
        printed=False,
    )
    equal = use("equal maxima", other=Q, x=f.name, y=g.name, c=c2)
    gap = x2(c) - y2(c)
    proof.contradiction(
        "different",
        claim((N, M, phi, Q, x2, y2, c), eq(Q, 0), [exists_maxima, *alike(x2, y2), ne(x2(c), y2(c))]),
        absurd={
            "using": [use("b", x=x2.name, y=y2.name, given=[equal], times=gap)],
            "squares": [square(gap)],
        },
        because="otherwise equal sums would have equal maxima, and (b) would apply",
    )
    known = use("different", x2=x.name, y2=y.name)
    proof.conclude("c", "sum", using=[use("domain", given=[known])], because="two sorted multisets differ")
