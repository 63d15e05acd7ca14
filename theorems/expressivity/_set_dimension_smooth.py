"""Parts (e) and (e') of set-dimension: one latent dimension brings the maximum as near as one likes.

No logarithm stands in a formula: L/t and w are the numbers whose exponentials are the sum and the number of its terms.
"""

from __future__ import annotations

from lemmata.proof import (
    C,
    Proof,
    claim,
    derivative,
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
from theorems.expressivity._exponential import derive_above
from theorems.expressivity._set_dimension import by_induction, elements, j, t, u, v, z

L, w, y = (real(name) for name in ("L", "w", "y"))
# M elements, of which number top is the largest.
top, after = nat("top"), nat("after")
M = top + after + 1
i, f = index("i", M), function("f", j)
ex, values = function("ex", C(1, z)), function("x", j)

own_slope = claim((z,), eq(derivative(y, ex(y), z), ex(z)))
at_zero = eq(ex(0), 1)
adds = claim((y, z), eq(ex(y + z), ex(y) * ex(z)))
exponential = [own_slope, at_zero, adds]
SLOPE, ZERO, ADDS = range(3)

symbols = (top, after, ex, values, t, L)

positive = lt(0, t)
smooth = eq(ex(L / t), total(i, ex(values(i) / t)))
largest = claim((i,), le(values(i), values(top)))
size = eq(ex(w), M)
above_claim = claim(symbols, le(values(top), L), [*exponential, positive, smooth])
below_claim = claim(
    (*symbols, w), le(L - values(top), t * w), [*exponential, positive, smooth, largest, size]
)
POSITIVE, SMOOTH, LARGEST, SIZE = range(3, 7)


def derive_smooth(proof: Proof) -> None:
    """The exponential lies above its tangents, so it rises, and so does its inverse: both bounds compare sums."""
    _tangents(proof)
    _rises(proof)
    _one_summand(proof)
    _all_summands(proof)


def _tangents(proof: Proof) -> None:
    """ex(u) >= ex(v) (1 + u - v)."""
    derive_above(proof, ex, exponential)
    gap = ex(u - v) - 1 - u + v
    proof.step(
        "tangent",
        claim((ex, u, v), le(ex(v) * (1 + u - v), ex(u)), exponential),
        "square",
        using=[
            use("above", u=u - v, times=ex(v / 2) ** 2),
            use(ADDS, y=u - v, z=v, times=-1),
            use(ADDS, y=v / 2, z=v / 2, times=-gap),
        ],
        because="ex(u) = ex(v) ex(u - v)",
        printed=False,
    )


def _rises(proof: Proof) -> None:
    """The exponential rises, and nothing but a larger number has a larger exponential."""
    proof.step(
        "rises",
        claim((ex, u, v), le(ex(u), ex(v)), [*exponential, le(u, v)]),
        "square",
        using=[
            use("tangent", u=v, v=u),
            use(3, times=ex(u / 2) ** 2),
            use(ADDS, y=u / 2, z=u / 2, times=u - v),
        ],
        printed=False,
    )
    below = ex(-v / 2) ** 2
    proof.step(
        "inverse rises",
        claim((ex, u, v), le(u, v), [*exponential, le(ex(u), ex(v))]),
        "square",
        using=[
            use("tangent", times=below),
            use(3, times=below),
            use(ADDS, y=-v / 2, z=-v / 2, times=ex(v) * (u - v)),
            use(ADDS, y=-v, z=v, times=u - v),
            use(ZERO, times=v - u),
        ],
        because="tangent at v, divided by ex(v)",
    )


def _one_summand(proof: Proof) -> None:
    """The sum is at least one of its terms."""
    largest_of = values(top) / t
    squares = total(elements(M), f(elements(M)) ** 2)
    by_induction(
        proof,
        "one square",
        claim((top, f, after), le(f(top) ** 2, squares)),
        after,
        base={"rule": "square", "squares": [square(f(elements(top)), under=[total(elements(top), 1)])]},
        step={"rule": "square", "using": [use(0)], "squares": [square(f(M))]},
    )
    proof.step(
        "one summand",
        claim(symbols, le(ex(largest_of), ex(L / t)), [*exponential, positive, smooth]),
        "square",
        using=[
            use(SMOOTH, times=-1),
            use("one square", f=((j,), ex(values(j) / (2 * t)))),
            use(ADDS, y=largest_of / 2, z=largest_of / 2),
            use(ADDS, y=values(i) / (2 * t), z=values(i) / (2 * t), under=[total(i, 1)], times=-1),
        ],
        printed=False,
    )
    proof.conclude(
        "e",
        "square",
        using=[use("inverse rises", u=largest_of, v=L / t, times=t, given=[use("one summand")])],
    )


def _all_summands(proof: Proof) -> None:
    """And at most M times the largest."""
    largest_of = values(top) / t
    proof.step(
        "scaled",
        claim((t, u, v), le(u / t, v / t), [positive, le(u, v)]),
        "square",
        using=[use(1, times=1 / t)],
        printed=False,
    )
    below = use("scaled", u=values(i), v=values(top), given=[use(LARGEST, i=i)])
    proof.step(
        "M summands",
        claim((*symbols, w), le(ex(L / t), ex(w + largest_of)), below_claim.given),
        "square",
        using=[
            use(SMOOTH),
            use("rises", u=values(i) / t, v=largest_of, under=[total(i, 1)], given=[below]),
            use(ADDS, y=w, z=largest_of, times=-1),
            use(SIZE, times=-ex(largest_of)),
        ],
        printed=False,
    )
    proof.conclude(
        "e'",
        "square",
        using=[use("inverse rises", u=L / t, v=w + largest_of, times=t, given=[use("M summands")])],
    )
