"""Near misses of set-dimension, each with a point at which it is exactly false."""

from __future__ import annotations

from fractions import Fraction

from lemmata.proof import Variant, claim, eq, function, index, le, nat, product, total
from theorems.expressivity._set_dimension import M, elements, n, u
from theorems.expressivity._set_dimension_digits import B
from theorems.expressivity._set_dimension_digits import r as inverse
from theorems.expressivity._set_dimension_largest import powers_claim
from theorems.expressivity._set_dimension_polynomials import power
from theorems.expressivity._set_dimension_range import constant_claim
from theorems.expressivity._set_dimension_smooth import L, above_claim, largest, positive, smooth
from theorems.expressivity._set_dimension_smooth import top as place
from theorems.expressivity._set_dimension_smooth import values as numbers

m = nat("m")
i, o, last = elements(M), elements(m), index("last", n)
x, y = function("x", i), function("y", o)
c, d = function("c", last, to=n), function("d", last, to=n)


def power_sums(x, i, y, o, *given):
    """Equal power sums of two multisets, the powers up to M but for what ``given`` says."""
    return claim((power,), eq(total(i, x(i) ** (power + 1)), total(o, y(o) ** (power + 1))), given)


def same_multiset(x, i, y, o):
    """The polynomials whose roots they are."""
    return eq(product(i, u - x(i)), product(o, u - y(o)))


def code(counts):
    """The sum of phi over the first n elements."""
    j = elements(n)
    return total(j, counts(j) * inverse ** (j + 1))


fewer = power_sums(x, i, function("y", i), i, le(power + 2, M))
variants = (
    Variant(
        "fewer-sums",
        "M - 1 power sums for M",
        "a'",
        claim(powers_claim.variables, powers_claim.then, [*powers_claim.given[:-1], fewer]),
        {
            "M": 3,
            "x": lambda i: Fraction((3, 3, 0)[int(i)], 4),
            "y": lambda i: Fraction((4, 1, 1)[int(i)], 4),
            "c": 0,
        },
    ),
    Variant(
        "unpadded",
        "multisets of different sizes, without padding",
        "a",
        claim((M, m, x, y, u), same_multiset(x, i, y, o), [power_sums(x, i, y, o)]),
        {"M": 1, "m": 2, "x": lambda i: Fraction(0), "y": lambda i: Fraction(0), "u": 2},
    ),
    Variant(
        "smaller-error",
        "1/8 for 1/4",
        "d'",
        claim(constant_claim.variables, le(constant_claim.then.left, Fraction(1, 8)), constant_claim.given),
        {"s": 0},
        {"squared_constant_error": lambda: Fraction(1, 8)},
    ),
    Variant(
        "never-near",
        "an error of 1/2 at least for every t; witness with 2^z for ex",
        "e'",
        claim(above_claim.variables, le(numbers(place) + Fraction(1, 2), L), [positive, smooth, largest]),
        {
            "top": 0,
            "after": 1,
            "ex": lambda z: 2 ** int(z),
            "x": lambda i: Fraction(0),
            "t": Fraction(1, 4),
            "L": Fraction(1, 4),
        },
        {"smooth_max_error": lambda M, t: Fraction(1, 2) if M > 1 else Fraction(0)},
    ),
    Variant(
        "full-digits",
        "multiplicities up to B for B - 1",
        "f",
        claim(
            (B, inverse, n, c, d, last),
            eq(c(last), d(last)),
            [
                eq(B * inverse, 1),
                claim((elements(n),), le(c(elements(n)), B)),
                claim((elements(n),), le(d(elements(n)), B)),
                eq(code(c), code(d)),
            ],
        ),
        {
            "B": 4,
            "r": Fraction(1, 4),
            "n": 2,
            "c": lambda i: (0, 4)[int(i)],
            "d": lambda i: (1, 0)[int(i)],
            "last": 0,
        },
    ),
)
