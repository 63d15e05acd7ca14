"""Naturals are discrete, and there are no more of them below K than K: what set-dimension needs to know of them."""

from __future__ import annotations

from lemmata.proof import Proof, bracket, claim, eq, function, index, le, lt, nat, ne, real, square, total, use
from theorems.expressivity._set_dimension import a, b, by_induction, impossible, k, m, p, q, u, v, within

K, w = nat("K"), real("w")
number = function("number", k, to=k)
different = claim((p, q), eq(p, q), [eq(number(p), number(q))])


def derive_discrete(proof: Proof) -> None:
    """Of two naturals one is smaller by at least 1, or they are equal."""
    impossible(proof, "no natural below 0", (a,), [le(a + 1, 0)], using=[use(0)], squares=[square(1, times=a + 1)])
    impossible(proof, "no natural under 0", (a,), [lt(a, 0)], using=[use(0)], squares=[square(1, times=a)])

    def one_of_three(a, b):
        return eq(within(a + 1, b) + within(b + 1, a) + bracket(a, "=", b), 1)

    def positive(a):
        """a + 1 against 0."""
        return [
            use("no natural below 0", a=a + 1, guard=[0]),
            use("no natural under 0", a=a, guard=[0], times=-1),
            use("positive is not 0", u=a + 1),
        ]

    by_induction(
        proof,
        "0 and a natural",
        claim((b,), one_of_three(0, b)),
        b,
        base={"using": []},
        step={"using": positive(b)},
    )
    by_induction(
        proof,
        "one of three, one more",
        claim((a, b), one_of_three(a + 1, b), [claim((q,), one_of_three(a, q))]),
        b,
        base={"using": positive(a)},
        step={"using": [use(0, q=b)]},
    )
    by_induction(
        proof,
        "one of three",
        claim((a, b), one_of_three(a, b)),
        a,
        base={"using": [use("0 and a natural")]},
        step={"using": [use("one of three, one more")]},
        because="a natural is 0 or one more than a natural",
    )


# ---------------------------------------------------------------- (f') pigeons

i, l = index("i", m), index("l", K)


def places(size):
    """An index of the first points."""
    return index("i", size)


hits = total(places(K + 1), within(K, number(places(K + 1))))
places_claim = claim((K, number), le(1, hits), [different])


def derive_places(proof: Proof) -> None:
    """Each natural below K is the number of one point at most, so one of K + 1 points has another number."""
    _next_natural(proof)
    _one_hit(proof)
    here = places(K + 1)
    proof.conclude(
        "f'",
        "square",
        using=[
            use("one hit", k=l, m=K + 1, under=[total(l, 1)]),
            use("below", a=number(here), under=[total(here, 1)], times=-1),
            use("next natural", a=K, b=number(here), under=[total(here, 1)], times=-1),
        ],
        because="K holes for K + 1 points",
    )


def _next_natural(proof: Proof) -> None:
    """[a <= b] = 1 - [b + 1 <= a], and sum_(l<K) [a = l] = [a + 1 <= K]."""
    impossible(proof, "both smaller", (a, b), [lt(b, a), le(a + 1, b)], using=[use(0), use(1)], squares=[square(1)])
    impossible(proof, "both ways", (a, b), [le(a, b), le(b + 1, a)], using=[use(0), use(1)], squares=[square(1)])
    larger = bracket(b, "<", a)
    proof.step(
        "next natural",
        claim((a, b), eq(within(a, b), 1 - within(b + 1, a))),
        "sum",
        using=[
            use("one of three", times=larger),
            use("both smaller", guard=[0, 1], times=-1),
            use("both ways", guard=[0, 1]),
        ],
        printed=False,
    )
    by_induction(
        proof,
        "below",
        claim((a, K), eq(total(l, bracket(a, "=", l)), within(a + 1, K))),
        K,
        base={"using": [use("no natural below 0", guard=[0], times=-1)]},
        step={"using": [use(0), use("one of three", b=K), use("next natural", b=K, times=-1)]},
    )


def _one_hit(proof: Proof) -> None:
    """sum_(i<m) [number(i) = k] <= 1."""
    proof.step(
        "unequal",
        claim((u, v, w), eq(w, 0), [ne(u, v), eq(u, v)]),
        "sum",
        using=[use(1, times=w / (u - v))],
        printed=False,
    )
    proof.step(
        "both",
        claim((u, v, w), eq(u, v), [eq(u, w), eq(v, w)]),
        "sum",
        using=[use(0), use(1, times=-1)],
        printed=False,
    )
    same = use(0, p=a, q=b, given=[use("both", u=number(a), v=number(b), w=k)])
    proof.step(
        "two hits",
        claim((number, a, b, k), eq(1, 0), [different, eq(number(a), k), eq(number(b), k), ne(a, b)]),
        "sum",
        using=[use("unequal", u=a, v=b, w=1, given=[same])],
        printed=False,
    )
    other = index("o", m)
    found = total(i, bracket(number(i), "=", k))
    proof.step(
        "one hit",
        claim((number, m, k), le(found, 1), [different]),
        "square",
        using=[use("two hits", a=i, b=other, guard=[1, 2, 3], under=[total(i, 1), total(other, 1)])],
        squares=[square(1 - found)],
        because="different points have different numbers",
    )
