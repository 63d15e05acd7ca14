"""Parts (b) and (c) of set-dimension: sums that determine the maximum determine the multiset, so M of them are needed.

A multiset of M numbers in [0,1] is a function on the indices below M. With everything before place k put to 0, the
smallest number there is, the maximum of one that falls is what stands at k.
"""

from __future__ import annotations

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
    ne,
    real,
    square,
    total,
    use,
)
from theorems.expressivity._set_dimension import M, by_induction, elements, k, u, within, z

N, Q, other = nat("N"), real("Q"), real("other")
i, o, o2 = elements(M), index("o", M), index("o2", M)
c, d, c2 = (index(name, M) for name in ("c", "d", "c2"))
x, y, f, g, x2, y2 = (function(name, i) for name in ("x", "y", "f", "g", "x2", "y2"))
place, on = index("l", N), bit("on")
phi, delta = function("phi", place, u), function("delta", u)
u2, v2 = real("u2"), real("v2")

# ---------------------------------------------------------------- what multisets and maps are asked for


def difference(x, y):
    """The squared distance of the sums over two multisets."""
    return total(place, total(i, phi(place, x(i)) - phi(place, y(i))) ** 2)


def inside(x):
    """0 <= x <= 1."""
    return [claim((o,), le(0, x(o))), claim((o,), le(x(o), 1))]


def falls(x):
    """The largest first."""
    return claim((o, o2), le(x(o2), x(o)), [le(o, o2)])


def largest(x, place):
    """What stands at a place is the maximum."""
    return claim((o,), le(x(o), x(place)))


def maxima(x, y, c):
    """Two multisets with equal sums, their maxima in one place."""
    return [*inside(x), *inside(y), largest(x, c), largest(y, c), eq(difference(x, y), 0)]


def falling(x, y):
    """Two multisets with equal sums, written with the largest first."""
    return [*inside(x), *inside(y), falls(x), falls(y), eq(difference(x, y), 0)]


# What is positive has a positive modulus; equicontinuous, since N is finite.
continuous = [
    claim((z,), lt(0, delta(z)), [lt(0, z)]),
    claim(
        (place, z, u2, v2),
        le((phi(place, u2) - phi(place, v2)) ** 2, z),
        [lt(0, z), le(0, u2), le(u2, 1), le(0, v2), le(v2, 1), le((u2 - v2) ** 2, delta(z))],
    ),
]

# ---------------------------------------------------------------- the claims

determined = claim((f, g, c2), eq(f(c2), g(c2)), maxima(f, g, c2))
multiset_claim = claim((N, M, phi, x, y, c), eq(x(c), y(c)), [determined, *falling(x, y)])
DETERMINED, ABOVE_X, BELOW_X, ABOVE_Y, BELOW_Y, FALLS_X, FALLS_Y, EQUAL = range(8)

# That something exists: what is 0 whenever there is such a thing, is 0.
exists_falling = claim((x, y, c), eq(Q, 0), [*falling(x, y), ne(x(c), y(c))])
exists_maxima = claim((f, g, c2), eq(Q, 0), [*maxima(f, g, c2), ne(f(c2), g(c2))])
domain_claim = claim((N, M, phi, delta, Q), eq(Q, 0), [exists_falling, le(N + 1, M), *continuous])
collision_claim = claim((N, M, phi, delta, Q), eq(Q, 0), [exists_maxima, le(N + 1, M), *continuous])


def derive_maximum(proof: Proof) -> None:
    """(b) by induction over the places, (c) by invariance of domain."""
    _kept(proof)
    _same_maximum(proof)
    _rest(proof)
    _collision(proof)


def kept(x, k):
    """The multiset with what stands before place k put to 0."""
    return lambda o: within(k, o) * x(o)


def rest(k):
    """The squared distance of the sums over what stands from place k on."""
    return total(place, _gap(k) ** 2)


def _gap(k, i=i):
    return total(i, within(k, i) * (phi(place, x(i)) - phi(place, y(i))))


def _kept(proof: Proof) -> None:
    proof.cases(
        "put to 0",
        claim(
            (N, phi, place, on, u),
            eq(phi(place, on * u), phi(place, 0) + on * (phi(place, u) - phi(place, 0))),
        ),
        on,
        {"0": {}, "1": {}},
    )
    proof.hidden.add("put to 0")
    both = difference(kept(x, k), kept(y, k))
    twice = total(o, phi(place, within(k, o) * x(o)) - phi(place, within(k, o) * y(o))) + _gap(k, o)
    using = [
        use("put to 0", under=[total(place, 1), total(i, 1)], on=within(k, i), u=w(i), times=sign * twice)
        for sign, w in ((1, x), (-1, y))
    ]
    proof.step("sums kept", claim((N, M, phi, x, y, k), eq(both, rest(k))), "sum", using=using, printed=False)
    proof.step(
        "kept above 0",
        claim((on, u), le(0, on * u), [le(0, u)]),
        "square",
        using=[use(0, times=on)],
        printed=False,
    )
    proof.step(
        "kept below 1",
        claim((on, u), le(on * u, 1), [le(0, u), le(u, 1)]),
        "square",
        using=[use(1)],
        squares=[square(1 - on, times=u)],
        printed=False,
    )
    proof.step(
        "first is largest",
        claim((M, x, c, d), le(within(c, d) * x(d), x(c)), [inside(x)[0], falls(x)]),
        "square",
        using=[use(1, o=c, o2=d, guard=[0]), use(0, o=c, times=bracket(d, "<", c))],
        printed=False,
    )


def _same_maximum(proof: Proof) -> None:
    """If the sums from place k = c on are equal, so is what stands there."""
    symbols, given = (N, M, phi, x, y, k, c), [*multiset_claim.given[:EQUAL], eq(rest(k), 0), eq(k, c)]
    hole = nat("hole")
    both = difference(kept(x, c), kept(y, c))
    proof.congruence(
        "moved",
        claim((N, M, phi, x, y, k, c), eq(difference(kept(x, k), kept(y, k)), both), [eq(k, c)]),
        hole,
        difference(kept(x, hole), kept(y, hole)),
        0,
        printed=False,
    )
    proof.step(
        "sums kept, moved",
        claim((N, M, phi, x, y, k, c), eq(both, 0), [eq(rest(k), 0), eq(k, c)]),
        "sum",
        using=[use("moved", times=-1), use("sums kept"), use(0)],
        printed=False,
    )
    above = [
        use("kept above 0", on=within(c, o), u=w(o), given=[use(n, o=o)])
        for n, w in ((ABOVE_X, x), (ABOVE_Y, y))
    ]
    below = [
        use("kept below 1", on=within(c, o), u=w(o), given=[use(n, o=o), use(n + 1, o=o)])
        for n, w in ((ABOVE_X, x), (ABOVE_Y, y))
    ]
    top = [use("first is largest", x=w.name, d=o) for w in (x, y)]
    proof.step(
        "same maximum",
        claim(symbols, eq(x(c), y(c)), given),
        "sum",
        using=[
            use(
                DETERMINED,
                f=((o,), kept(x, c)(o)),
                g=((o,), kept(y, c)(o)),
                c2=c,
                given=[*above, *below, *top, use("sums kept, moved")],
            )
        ],
        because="it is the maximum once the others are put to 0",
    )
    proof.congruence(
        "same there",
        claim((N, M, phi, x, y, k, c, place), eq(phi(place, x(c)), phi(place, y(c))), given),
        u,
        phi(place, u),
        use("same maximum"),
        printed=False,
    )


def _rest(proof: Proof) -> None:
    """So the sums from place k + 1 on are equal too."""
    each, sides = [total(place, 1), total(i, 1)], phi(place, x(i)) - phi(place, y(i))
    first = total(o, phi(place, x(o)) - phi(place, y(o)))
    twice = _gap(k + 1, o) + _gap(k, o)
    by_induction(
        proof,
        "rests",
        claim((N, M, phi, x, y, k), eq(rest(k), 0), multiset_claim.given),
        k,
        base={
            "using": [
                use(EQUAL),
                use("no natural below 0", a=i, under=each, times=-sides * (_gap(0, o) + first)),
            ]
        },
        step={
            "using": [
                use(EQUAL + 1),
                use("equal or less", a=k, b=i, under=each, times=-sides * twice),
                use("same there", c=i, under=each, guard=[EQUAL + 1], times=-twice),
            ]
        },
        because="what is equal can be taken away",
    )
    proof.conclude(
        "b", "sum", using=[use("same maximum", k=c, given=[use("rests", k=c)])], because="place by place"
    )


def _collision(proof: Proof) -> None:
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
        claim((N, M, phi, Q, x2, y2, c), eq(Q, 0), [exists_maxima, *falling(x2, y2), ne(x2(c), y2(c))]),
        absurd={
            "using": [use("b", x=x2.name, y=y2.name, given=[equal], times=gap)],
            "squares": [square(gap)],
        },
        because="otherwise equal sums would have equal maxima, and (b) would apply",
    )
    known = use("different", x2=x.name, y2=y.name)
    proof.conclude("c", "sum", using=[use("domain", given=[known])], because="two sorted multisets differ")
