"""Part (b) of set-dimension: sums that determine the maximum determine the multiset.

With everything before place k put to 0, the smallest number there is, the maximum of a multiset that falls is what
stands at k.
"""

from __future__ import annotations

from lemmata.proof import Proof, bit, bracket, claim, eq, le, nat, square, total, use
from theorems.expressivity._set_dimension import M, by_induction, k, u, within
from theorems.expressivity._set_dimension_multisets import (
    N,
    alike,
    c,
    c2,
    d,
    difference,
    f,
    falls,
    g,
    i,
    inside,
    maxima,
    o,
    phi,
    place,
    x,
    y,
)

determined = claim((f, g, c2), eq(f(c2), g(c2)), maxima(f, g, c2))
multiset_claim = claim((N, M, phi, x, y, c), eq(x(c), y(c)), [determined, *alike(x, y)])
DETERMINED, ABOVE_X, BELOW_X, ABOVE_Y, BELOW_Y, FALLS_X, FALLS_Y, EQUAL = range(8)


def derive_maximum(proof: Proof) -> None:
    """By induction over the places."""
    _kept(proof)
    _moved(proof)
    _same_maximum(proof)
    _rest(proof)


def kept(x, k):
    """The multiset with what stands before place k put to 0."""
    return lambda o: within(k, o) * x(o)


def rest(k):
    """The squared distance of the sums over what stands from place k on."""
    return total(place, _gap(k) ** 2)


def _gap(k, i=i):
    return total(i, within(k, i) * (phi(place, x(i)) - phi(place, y(i))))


def _kept(proof: Proof) -> None:
    """Sums over what is kept; it is in [0,1], and its first element is the largest."""
    on = bit("on")
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
    _bounds(proof, on)


def _bounds(proof: Proof, on) -> None:
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


def _moved(proof: Proof) -> None:
    """Equal sums from place k = c on, as sums with everything before place c put to 0."""
    hole = nat("hole")
    symbols, both = (N, M, phi, x, y, k, c), difference(kept(x, c), kept(y, c))
    proof.congruence(
        "moved",
        claim(symbols, eq(difference(kept(x, k), kept(y, k)), both), [eq(k, c)]),
        hole,
        difference(kept(x, hole), kept(y, hole)),
        0,
        printed=False,
    )
    proof.step(
        "sums kept, moved",
        claim(symbols, eq(both, 0), [eq(rest(k), 0), eq(k, c)]),
        "sum",
        using=[use("moved", times=-1), use("sums kept"), use(0)],
        printed=False,
    )


def _same_maximum(proof: Proof) -> None:
    """If the sums from place k = c on are equal, so is what stands there."""
    symbols, given = (N, M, phi, x, y, k, c), [*multiset_claim.given[:EQUAL], eq(rest(k), 0), eq(k, c)]
    known = [use("first is largest", x=w.name, d=o) for w in (x, y)]
    for n, w in ((ABOVE_X, x), (ABOVE_Y, y)):
        above, below = use(n, o=o), use(n + 1, o=o)
        known.append(use("kept above 0", on=within(c, o), u=w(o), given=[above]))
        known.append(use("kept below 1", on=within(c, o), u=w(o), given=[above, below]))
    left = {"f": ((o,), kept(x, c)(o)), "g": ((o,), kept(y, c)(o)), "c2": c}
    proof.step(
        "same maximum",
        claim(symbols, eq(x(c), y(c)), given),
        "sum",
        using=[use(DETERMINED, **left, given=[*known, use("sums kept, moved")])],
        because="it is the maximum once the others are put to 0",
        printed=False,
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
