"""A projection loses one dimension when it is made orthogonal to a vector, and sees no more of a matrix.

R is a projection on the functions of subsets, v a vector that it leaves as it is, q = |v|^2, and ``less`` the
projection R - v v^T/q. X stands for a matrix, and R X + v b for the same with one more product of a column by a row.
"""

from __future__ import annotations

from lemmata.proof import (
    Proof,
    Statement,
    bits,
    bracket,
    claim,
    eq,
    function,
    le,
    ne,
    real,
    square,
    total,
    use,
)
from theorems.expressivity._no_flattening import S, T, U, V, k, n

E = bits("E", n)
q, t = real("q"), real("t")
A, B = function("A", k, S), function("B", k, S)
P, R, W, X = (function(name, S, T) for name in ("P", "R", "W", "X"))
v, b, h = (function(name, S) for name in ("v", "b", "h"))


def a_projection(R):
    """R is symmetric and R R = R."""
    idempotent = Statement((U, V), (), eq(total(E, R(U, E) * R(E, V)), R(U, V)))
    return Statement((U, V), (), eq(R(U, V), R(V, U))), idempotent


permutation = Statement((U, V), (), eq(total(E, P(U, E) * P(V, E)), bracket(U, "=", V)))
inside = Statement((U,), (), eq(total(E, R(U, E) * v(E)), v(U)))
length = eq(total(S, v(S) ** 2), q)
projected = (*a_projection(R), inside, length, ne(q, 0))


def trace(R):
    """The dimension that R projects on."""
    return total(S, R(S, S))


def less(S, T):
    """R without the direction of v."""
    return R(S, T) - v(S) * v(T) / q


def seen(R, X):
    """|R X|^2."""
    return total(S, total(T, total(U, R(S, U) * X(U, T)) ** 2))


def seen_with(b):
    """|R X + v b|^2."""
    return total(S, total(T, (total(U, R(S, U) * X(U, T)) + v(S) * b(T)) ** 2))


def derive_projection(proof: Proof) -> None:
    """What R - v v^T/q is, and what it sees."""
    _derive_less(proof)
    _derive_shorter(proof)


def _derive_less(proof: Proof) -> None:
    """R - v v^T/q is a projection again, takes v to 0, and has one dimension less."""
    known = (n, R, v, q)
    proof.step(
        "reflected",
        claim((*known, T), eq(total(S, v(S) * R(S, T)), v(T)), projected),
        "sum",
        using=[use(0, U=S, V=T, under=[total(S, 1)], times=v(S)), use(2, U=T)],
        printed=False,
    )
    proof.step(
        "away",
        claim((*known, T), eq(total(S, v(S) * less(S, T)), 0), projected),
        "sum",
        using=[use("reflected"), use(3, times=-v(T) / q)],
        because="what is left is orthogonal to v",
    )
    proof.step(
        "symmetric",
        claim((*known, S, T), eq(less(S, T), less(T, S)), projected),
        "sum",
        using=[use(0, U=S, V=T)],
        printed=False,
    )
    proof.step(
        "idempotent",
        claim((*known, S, T), eq(total(U, less(S, U) * less(U, T)), less(S, T)), projected),
        "sum",
        using=[use(1, U=S, V=T), use("away", times=-v(S) / q), use(2, U=S, times=-v(T) / q)],
        because="a projection again",
    )
    proof.step(
        "one less",
        claim(known, eq(trace(less), trace(R) - 1), projected),
        "sum",
        using=[use(3, times=-1 / q)],
        because="of one dimension less",
    )


def _derive_shorter(proof: Proof) -> None:
    """|less X| <= |R X + v b|, whatever b is."""
    orthogonal = Statement((U,), (), eq(total(S, v(S) * W(S, U)), 0))
    proof.step(
        "pythagoras",
        claim(
            (n, W, v, b),
            le(total(S, total(T, W(S, T) ** 2)), total(S, total(T, (W(S, T) + v(S) * b(T)) ** 2))),
            [orthogonal],
        ),
        "square",
        using=[use(0, U=T, under=[total(T, 1)], times=-2 * b(T))],
        squares=[square(v(S) * b(T), under=[total(S, 1), total(T, 1)])],
    )
    proof.step(
        "off",
        claim((n, R, v, q, X, T), eq(total(S, v(S) * total(U, less(S, U) * X(U, T))), 0), projected),
        "sum",
        using=[use("away", T=U, under=[total(U, 1)], times=X(U, T))],
        printed=False,
    )
    rest = ((T,), b(T) + total(U, v(U) * X(U, T)) / q)
    left = ((S, T), total(U, less(S, U) * X(U, T)))
    proof.step(
        "shorter",
        claim((n, R, v, q, X, b), le(seen(less, X), seen_with(b)), projected),
        "square",
        using=[use("pythagoras", W=left, b=rest, given=[use("off", T=U)])],
        because="one more row b along v cannot come nearer than v is long",
    )
    known = le(trace(less) - t, seen(less, X))
    proof.step(
        "grown",
        claim((n, R, v, q, X, b, t), le(trace(R) - (t + 1), seen_with(b)), [*projected, known]),
        "square",
        using=[use(5), use("shorter"), use("one less", times=-1)],
    )
