"""Part (f') of set-dimension: naturals are discrete, and there are no more of them below K than K."""

from __future__ import annotations

from lemmata.proof import Proof, bracket, claim, eq, function, index, le, lt, ordered, square, total, use
from theorems.expressivity._set_dimension import K, a, b, by_induction, elements, k, m, p, q, within

f, number = function("f", k), function("number", k, to=k)
different = claim((p, q), eq(p, q), [eq(number(p), number(q))])
i, other, hole = index("i", m), index("o", m), index("l", K)
here = elements(K + 1)
places_claim = claim((K, number), le(1, total(here, within(K, number(here)))), [different])


def derive_naturals(proof: Proof) -> None:
    """By induction over both numbers: a <= b or b + 1 <= a, and a <= b means a + 1 <= b or a = b."""
    by_induction(
        proof,
        "no natural below 0",
        claim((a,), eq(bracket(a, "<", 0), 0)),
        a,
        base={"using": []},
        step={"using": [use("positive is not below 0", u=a + 1)]},
    )
    by_induction(
        proof,
        "next natural, from 0",
        claim((a, b), _next(a + 1, b), [claim((q,), _next(a, q))]),
        b,
        base={"using": [use("positive is not up to 0", u=a + 1), use("no natural below 0", times=-1)]},
        step={"using": [use(0, q=b)]},
    )
    by_induction(
        proof,
        "next natural",
        claim((a, b), _next(a, b)),
        a,
        base={
            "using": [use("no natural below 0", a=b, times=-1), use("positive is not up to 0", u=b + 1)],
        },
        step={"using": [use("next natural, from 0")]},
    )
    proof.step(
        "one more",
        claim((a, b), le(b + 1, a), [lt(b, a)]),
        "square",
        using=[
            use("next natural", times=a - b - 1),
            use("positive is not up to 0", u=a - b, given=[use(0)], times=b + 1 - a),
        ],
        ordered=[ordered(le(b + 1, a))],
        printed=False,
    )
    _equal(proof)
    _below(proof)


def _next(a, b):
    return eq(within(a, b) + within(b + 1, a), 1)


def _equal_or_less(a, b):
    return eq(within(a, b), within(a + 1, b) + bracket(a, "=", b))


def derive_places(proof: Proof) -> None:
    """Each natural below K is the number of one point at most, so one of K + 1 points has another number."""
    _one_hit(proof)
    proof.conclude(
        "f'",
        "square",
        using=[
            use("one hit", k=hole, m=K + 1, under=[total(hole, 1)]),
            use("below", a=number(here), under=[total(here, 1)], times=-1),
            use("next natural", a=K, b=number(here), under=[total(here, 1)], times=-1),
        ],
        because="K holes for K + 1 points",
    )


def _equal(proof: Proof) -> None:
    by_induction(
        proof,
        "equal or less, 0",
        claim((b,), _equal_or_less(0, b)),
        b,
        base={"using": []},
        step={
            "using": [
                use("positive is not below 0", u=b + 1, times=-1),
                use("no natural below 0", a=b),
                use("positive is not 0", u=b + 1, times=-1),
            ]
        },
    )
    by_induction(
        proof,
        "equal or less, from 0",
        claim((a, b), _equal_or_less(a + 1, b), [claim((q,), _equal_or_less(a, q))]),
        b,
        base={
            "using": [
                use("positive is not up to 0", u=a + 1),
                use("positive is not up to 0", u=a + 2, times=-1),
                use("positive is not 0", u=a + 1, times=-1),
            ]
        },
        step={"using": [use(0, q=b)]},
    )
    by_induction(
        proof,
        "equal or less",
        claim((a, b), _equal_or_less(a, b)),
        a,
        base={"using": [use("equal or less, 0")]},
        step={"using": [use("equal or less, from 0")]},
    )


def _below(proof: Proof) -> None:
    """sum_(l<K) [a = l] = [a + 1 <= K], and where a is one of these l the sum is 1."""
    by_induction(
        proof,
        "below",
        claim((a, K), eq(total(hole, bracket(a, "=", hole)), within(a + 1, K))),
        K,
        base={"using": [use("positive is not up to 0", u=a + 1, times=-1)]},
        step={"using": [use(0), use("equal or less", b=K, times=-1)]},
    )
    by_induction(
        proof,
        "picked",
        claim((f, a, K), eq(total(hole, bracket(hole, "=", a) * f(hole)), within(a + 1, K) * f(a))),
        K,
        base={"using": [use("positive is not up to 0", u=a + 1, times=-f(a))]},
        step={"using": [use(0), use("equal or less", b=K, times=-f(a))]},
    )
    proof.step(
        "in range",
        claim((K, hole), eq(within(hole + 1, K), 1)),
        "sum",
        using=[use("below", a=hole, times=-1)],
        printed=False,
    )


def _one_hit(proof: Proof) -> None:
    """sum_(i<m) [number(i) = k] <= 1."""
    given = [different, eq(number(a), k), eq(number(b), k)]
    proof.step(
        "same number",
        claim((number, a, b, k), eq(number(a), number(b)), given),
        "sum",
        using=[use(1), use(2, times=-1)],
        printed=False,
    )
    proof.congruence(
        "two hits",
        claim((number, a, b, k), eq(bracket(a, "=", b), 1), given),
        m,
        bracket(m, "=", b),
        use(0, p=a, q=b, given=[use("same number")]),
        printed=False,
    )
    found = total(i, bracket(number(i), "=", k))
    proof.step(
        "one hit",
        claim((number, m, k), le(found, 1), [different]),
        "square",
        using=[use("two hits", a=i, b=other, guard=[1, 2], under=[total(i, 1), total(other, 1)], times=-1)],
        squares=[square(1 - found)],
        because="different points have different numbers",
    )
