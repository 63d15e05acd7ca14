"""Part (a'') of set-dimension: multisets with equal power sums have equal largest elements.

Equal power sums make equal polynomials. At the largest element of X the one vanishes, so the other does; but where it
is above every element of Y, each factor is at least their distance d, and the product at least d^M.
"""

from __future__ import annotations

from lemmata.proof import Proof, bracket, claim, eq, function, le, lt, nat, product, square, total, use
from theorems.expressivity._set_dimension import M, X, Y, by_induction, elements, j, k, s, u, v, z
from theorems.expressivity._set_dimension_newton import h, power_sum, roots, scheme, x
from theorems.expressivity._set_dimension_sums import e, left

top, after, q = nat("top"), nat("after"), nat("q")
f, g = function("f", j), function("g", j)
size = top + after + 1
equal = claim((q,), eq(power_sum(X, q + 1, size), power_sum(Y, q + 1, size)), [le(q + 1, size)])


EQUAL = 3


def is_largest(X):
    """The element in place top is the maximum."""
    return claim((q,), le(x(q, X), x(top, X)), [le(q + 1, size)])


largest_claim = claim(
    (top, after, x, h, X, Y), eq(x(top, X), x(top, Y)), [*scheme, equal, is_largest(X), is_largest(Y)]
)


def derive_largest(proof: Proof) -> None:
    i = elements(size)
    by_induction(
        proof,
        "zero factor",
        claim((top, f, after), eq(product(i, f(top) - f(i)), 0)),
        after,
        base={"using": []},
        step={"using": [use(0, times=f(top) - f(size))]},
    )
    _never_zero(proof)
    _not_above(proof)
    proof.step(
        "turned sums",
        claim((top, after, x, X, Y, q), eq(power_sum(Y, q + 1, size), power_sum(X, q + 1, size)), [equal, le(q + 1, size)]),
        "sum",
        using=[use(0, times=-1)],
        printed=False,
    )
    other = use("not above", X=Y, Y=X, given=[use("turned sums")])
    proof.conclude(
        "a''",
        "sum",
        using=[use("antisymmetric", u=x(top, X), v=x(top, Y), given=[use("not above"), other])],
        because="a product is 0 only if a factor is",
    )


def _never_zero(proof: Proof) -> None:
    """A product of positive numbers is not 0."""
    i, positive = elements(k), claim((q,), lt(0, f(q)), [le(q + 1, M)])
    zero = [eq(v * u, 0), lt(0, v)]
    proof.step("other is 0", claim((u, v), eq(u, 0), zero), "sum", using=[use(0, times=1 / v)], printed=False)
    proof.congruence(
        "is 0", claim((u, v), eq(_zero(u), 1), zero), s, _zero(s), use("other is 0"), printed=False
    )
    proof.step(
        "some factor",
        claim((M, f, j, e, u), eq(_zero(f(j) * u) * (1 - _zero(u)), 0), [positive, eq(j + 1 + e, M)]),
        "sum",
        using=[use("is 0", v=f(j), guard=[0], given=[use(0, q=j, given=[use("as many")])], times=-1)],
        printed=False,
    )
    whole = product(i, f(i))
    by_induction(
        proof,
        "never 0",
        claim((M, f, k, e), eq(left(k, e) * _zero(whole), 0), [positive]),
        k,
        base={"using": []},
        step={
            "using": [
                use(1, **{"e'": e + 1}, times=_zero(whole * f(k))),
                use("some factor", j=k, u=whole, guard=[1]),
            ]
        },
    )
    proof.step(
        "distance",
        claim((u, v, z), lt(0, u - z), [le(z, v), lt(v, u)]),
        "square",
        using=[use(0), use(1)],
        printed=False,
    )


def _zero(value):
    return bracket(value, "=", 0)


def _not_above(proof: Proof) -> None:
    """The largest element of X is not above that of Y: a product of positive numbers would be 0."""
    symbols, given = (top, after, x, h, X, Y), largest_claim.given
    above, gap, i = lt(x(top, Y), x(top, X)), x(top, X) - x(q, Y), elements(size)
    whole = product(i, x(top, X) - x(i, Y))
    proof.step(
        "vanishes",
        claim(symbols, eq(whole, 0), given),
        "sum",
        using=[
            use("a", M=size, t=x(top, X), times=-1),
            use("zero factor", f=((j,), x(j, X))),
        ],
        printed=False,
    )
    proof.congruence(
        "is vanishing", claim(symbols, eq(_zero(whole), 1), given), s, _zero(s), use("vanishes"), printed=False
    )
    apart = use("distance", u=x(top, X), v=x(top, Y), z=x(q, Y), given=[use(EQUAL + 2), use(EQUAL + 3)])
    proof.contradiction(
        "not above",
        claim(symbols, le(x(top, X), x(top, Y)), given),
        absurd={
            "using": [
                use("never 0", M=size, f=((q,), gap), k=size, e=0, given=[apart]),
                use("is vanishing", times=-1),
            ],
            "squares": [square(1)],
        },
        printed=False,
    )
