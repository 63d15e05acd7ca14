"""Part (a'') of set-dimension: where continuous sums determine the multiset, it depends on them continuously.

M power sums do (a'), and powers are continuous: |u^k - v^k| <= k |u - v| on [0,1].
"""

from __future__ import annotations

from lemmata.proof import Proof, claim, eq, le, lt, real, total, use
from theorems.expressivity._set_dimension import M, u
from theorems.expressivity._set_dimension_largest import power_gap
from theorems.expressivity._set_dimension_multisets import (
    N,
    Q,
    alike,
    c,
    c2,
    continuous,
    delta,
    difference,
    f,
    falling,
    g,
    i,
    phi,
    x,
    y,
)
from theorems.expressivity._set_dimension_polynomials import power

eps, gap, width = real("eps"), real("gap"), real("width")


def distance(x, y):
    """The squared distance of two multisets, both written with the largest first."""
    return total(i, (x(i) - y(i)) ** 2)


def nearer(x, y, gap=gap):
    """Two multisets whose sums are nearer than the gap."""
    return [*falling(x, y), lt(difference(x, y), gap)]


def exists_gap(then):
    """That there is a gap: what is 0 whenever there is, is 0."""
    return claim((gap,), eq(Q, 0), [lt(0, gap), then])


injective = claim((x, y, c), eq(x(c), y(c)), alike(x, y))
each_place = claim((f, g, c2), le((f(c2) - g(c2)) ** 2, eps), nearer(f, g))
all_places = claim((f, g), le(distance(f, g), eps), nearer(f, g))
symbols = (N, M, phi, delta, eps, Q)
compact_claim = claim(symbols, eq(Q, 0), [exists_gap(each_place), injective, lt(0, eps), *continuous])
any_claim = claim(symbols, eq(Q, 0), [exists_gap(all_places), injective, lt(0, eps), *continuous])
near_powers = claim((f, g), le(distance(f, g), eps), [*falling(f, g), lt(power_gap(f, g), gap)])
inverse_claim = claim((M, eps, Q), eq(Q, 0), [exists_gap(near_powers), lt(0, eps)])


def derive_inverse(proof: Proof) -> None:
    """A continuous map of a compact set that is one to one has a continuous inverse; power sums are such a map."""
    _any(proof)
    determined = use("a'", given=[use("power by power")])
    known = [determined, use("positive modulus"), use("continuous powers")]
    powers, modulus = ((power, u), u ** (power + 1)), ((u,), u / (M + 1) ** 2)
    proof.conclude(
        "a''",
        "sum",
        using=[use("continuous inverse", N=M, phi=powers, delta=modulus, given=known)],
        because="(a'), and powers are continuous",
    )


def _any(proof: Proof) -> None:
    """Any such sums: place by place, so in all places."""
    proof.cite(
        "compact",
        compact_claim,
        "Rudin1976 (Theorem 4.17, the inverse of a continuous map of a compact set; 4.14 and 4.19, it is uniformly so)",
        because="falling sequences in [0,1] are compact, so their sums are, and the inverse has one gap for all",
    )
    share = eps / (M + 1)
    small = claim((f, g, c2), le((f(c2) - g(c2)) ** 2, share), nearer(f, g, width))
    proof.step(
        "all places",
        claim(
            (N, M, phi, eps, width, x, y),
            le(distance(x, y), eps),
            [lt(0, eps), small, *nearer(x, y, width)],
        ),
        "square",
        using=[use(1, f=x.name, g=y.name, c2=i, under=[total(i, 1)]), use(0, times=1 / (M + 1))],
        printed=False,
    )
    proof.step(
        "one gap for all",
        claim(
            (N, M, phi, eps, Q, width), eq(Q, 0), [exists_gap(all_places), lt(0, eps), lt(0, width), small]
        ),
        "sum",
        using=[use(0, gap=width, given=[use("all places", x=f.name, y=g.name)])],
        printed=False,
    )
    proof.contradiction(
        "a share",
        claim((M, eps), lt(0, share), [lt(0, eps)]),
        absurd={"using": [use(0), use(1, times=M + 1)]},
        printed=False,
    )
    proof.step(
        "continuous inverse",
        any_claim,
        "sum",
        using=[use("compact", eps=share, given=[use("one gap for all", width=gap), use("a share")])],
        because="eps/(M + 1) in every place is less than eps in all",
        printed=False,
    )
