"""Part (a') of set-dimension: M power sums determine M numbers of [0,1], which are written with the largest first.

At an element of x the polynomial of x is 0, so by (a) that of y is. Above the largest element of y it is not: there
each factor is at least the distance d to that one, and the product at least d^M. So equal power sums have equal maxima,
and (b) takes the maxima away.
"""

from __future__ import annotations

from lemmata.proof import Proof, bracket, claim, eq, function, le, lt, product, real, square, total, use
from theorems.expressivity._set_dimension import M, by_induction, elements, k, m, n, p, u, v, within
from theorems.expressivity._set_dimension_multisets import c, c2, falling, i, largest, o, x, y
from theorems.expressivity._set_dimension_multisets import f as f2
from theorems.expressivity._set_dimension_multisets import g as g2
from theorems.expressivity._set_dimension_polynomials import equal_power_sums, find, power, w

f = function("f", k)
low, high, low2, high2 = (real(name) for name in ("low", "high", "low2", "high2"))
powers_claim = claim((M, x, y, c), eq(x(c), y(c)), [*falling(x, y), equal_power_sums(x, y)])


def power_gap(x, y):
    """The squared distance of the first M power sums of two multisets."""
    return total(power, total(i, x(i) ** (power + 1) - y(i) ** (power + 1)) ** 2)


def derive_largest(proof: Proof) -> None:
    """Where a polynomial is 0 and where it is not, so which is the largest of its roots."""
    _zero(proof)
    _positive(proof)
    _not_above(proof)
    _sums(proof)
    _sorted(proof)


def _zero(proof: Proof) -> None:
    """The polynomial is 0 at the elements."""
    i = elements(M)
    factors = product(i, f(n) - f(i))
    by_induction(
        proof,
        "zero factor",
        claim((f, n, M), eq(within(n + 1, M) * factors, 0)),
        M,
        base={"using": [use("positive is not up to 0", u=n + 1)]},
        step={
            "using": [
                use(0, times=f(n) - f(M)),
                use("equal or less", a=n, b=M, times=factors * (f(n) - f(M))),
            ]
        },
    )
    found_factors = product(power, x(c) - find(power, x))
    proof.step(
        "at an element",
        claim((M, x, c), eq(product(power, x(c) - x(power)), 0)),
        "sum",
        using=[
            use("zero factor", f=((k,), find(k, x)), n=c),
            use("in range", K=M, l=c, times=-found_factors),
            use("factors found", value=x.name, u=x(c), times=-1),
        ],
        printed=False,
    )


def _positive(proof: Proof) -> None:
    """Powers of positive numbers are positive, and products of numbers at least u are at least a power of it."""
    proof.contradiction(
        "positive product",
        claim((u, v), lt(0, u * v), [lt(0, u), lt(0, v)]),
        absurd={"using": [use(2, times=1 / u), use(1)]},
        printed=False,
    )
    by_induction(
        proof,
        "positive power",
        claim((u, m), lt(0, u**m), [lt(0, u)]),
        m,
        base={"rule": "square", "squares": [square(1)]},
        step={"rule": "square", "using": [use("positive product", v=u**m)]},
    )
    proof.step(
        "bounds multiply",
        claim(
            (low, high, low2, high2),
            le(low * low2, high * high2),
            [le(low, high), le(low2, high2), le(0, low), le(0, low2)],
        ),
        "square",
        using=[use(0, times=high2 - low2), use(0, times=low2), use(1, times=low)],
        printed=False,
    )
    i, not_negative = elements(m), claim((p,), le(0, f(p)))
    whole = product(i, u + f(i))
    multiplied = use("bounds multiply", low=u**m, low2=u, high=whole, high2=u + f(m), given=[use(1, p=m)])
    by_induction(
        proof,
        "product of large factors",
        claim((u, f, m), le(u**m, whole), [lt(0, u), not_negative]),
        m,
        base={"rule": "square"},
        step={"rule": "square", "using": [multiplied]},
    )


def _not_above(proof: Proof) -> None:
    """No element of x is above the largest of y."""
    above = x(c) - y(c)

    def below(k):
        return find(k, lambda o: y(c) - y(o))

    proof.step(
        "found below",
        claim((M, y, c, n), le(0, below(n)), [largest(y, c)]),
        "square",
        using=[use(0, under=[total(o, 1)], times=bracket(o, "=", n))],
        printed=False,
    )
    proof.contradiction(
        "not above",
        claim((M, x, y, c), le(x(c), y(c)), [equal_power_sums(x, y), largest(y, c)]),
        absurd={
            "using": [
                use("positive power", u=above, m=M, given=[use(2)]),
                use(
                    "product of large factors",
                    u=above,
                    m=M,
                    f=((k,), below(k)),
                    given=[use(2), use("found below", n=p)],
                ),
                use("factors found", u=above, value=((power,), y(power) - y(c))),
                use("a", u=x(c), times=-1),
                use("at an element"),
            ]
        },
        printed=False,
    )


def _sums(proof: Proof) -> None:
    """Equal power sums, and a squared distance of 0 between them."""
    rest = 1 - bracket(o, "=", power)
    proof.contradiction(
        "a sum of squares",
        claim((M, w, power), eq(w(power), 0), [eq(total(o, w(o) ** 2), 0)]),
        absurd={
            "using": [use(0)],
            "squares": [square(w(o), times=rest, under=[total(o, 1)]), square(w(power))],
        },
        printed=False,
    )
    each = total(i, x(i) ** (power + 1) - y(i) ** (power + 1))
    apart = claim(
        (M, x, y, power),
        eq(total(i, x(i) ** (power + 1)), total(i, y(i) ** (power + 1))),
        [eq(power_gap(x, y), 0)],
    )
    proof.step(
        "power by power",
        apart,
        "sum",
        using=[use("a sum of squares", value=((c,), each.xreplace({power: c})))],
        printed=False,
    )
    proof.step(
        "all powers",
        claim((M, x, y), eq(power_gap(x, y), 0), [equal_power_sums(x, y)]),
        "sum",
        using=[use(0, under=[total(power, 1)], times=each)],
        printed=False,
    )
    proof.step(
        "turned sums",
        claim(
            (M, x, y, c), eq(total(i, y(i) ** (c + 1)), total(i, x(i) ** (c + 1))), [equal_power_sums(x, y)]
        ),
        "sum",
        using=[use(0, l=c, times=-1)],
        printed=False,
    )


def _sorted(proof: Proof) -> None:
    """Equal maxima, so by (b) equal multisets."""
    both = [use("not above"), use("not above", x=y.name, y=x.name, given=[use("turned sums", c=power)])]
    proof.step(
        "equal largest",
        claim((M, x, y, c), eq(x(c), y(c)), [equal_power_sums(x, y), largest(x, c), largest(y, c)]),
        "sum",
        using=[use("antisymmetric", u=x(c), v=y(c), given=both)],
        because="a product is 0 only if a factor is",
    )
    same = use(
        "equal largest", x=f2.name, y=g2.name, c=c2, given=[use("power by power", x=f2.name, y=g2.name)]
    )
    proof.conclude(
        "a'",
        "sum",
        using=[use("b", N=M, phi=((power, u), u ** (power + 1)), given=[same, use("all powers")])],
        because="(b), for phi = (x, ..., x^M)",
    )
