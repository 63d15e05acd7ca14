"""Why a matrix of rank m stays away from a permutation: projections are made orthogonal to one vector after another.

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
from theorems.expressivity._no_flattening import S, T, U, V, j, k, m, n

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


def gap(S, T):
    """The sum of the first m products, minus the permutation."""
    return total(j, A(j, S) * B(j, T)) - P(S, T)


def longer(S, T):
    """The same with one product more."""
    return total(j, A(j, S) * B(j, T)) + A(m, S) * B(m, T) - P(S, T)


def along(S):
    """What R leaves of the next column."""
    return total(U, R(S, U) * A(m, U))


near_claim = claim((n, A, B, P, m, R), le(trace(R) - m, seen(R, gap)), [permutation, *a_projection(R)])


def derive_projection(proof: Proof) -> None:
    """dim R - m <= |R (K - P)|^2 for every projection R, every permutation P and every K of m products."""
    _derive_less(proof)
    _derive_shorter(proof)
    _derive_next(proof)
    proof.step(
        "frobenius",
        claim((n, P, R), eq(seen(R, P), total(S, total(U, R(S, U) ** 2))), [permutation]),
        "cube",
        using=[use(0, U=U, V=V, under=[total(S, 1), total(U, 1), total(V, 1)], times=R(S, U) * R(S, V))],
        because="a permutation changes no length",
    )
    proof.step(
        "no neuron",
        claim((n, P, R), eq(trace(R), seen(R, P)), [permutation, *a_projection(R)]),
        "sum",
        using=[
            use("frobenius", times=-1),
            use(1, U=S, V=U, under=[total(S, 1), total(U, 1)], times=-R(S, U)),
            use(2, U=S, V=S, under=[total(S, 1)], times=-1),
        ],
    )
    proof.induction(
        "near",
        near_claim,
        m,
        base={"rule": "square", "using": [use("no neuron")]},
        step={
            "rule": "square",
            "using": [use("new column", guard=[4]), use("old column", guard=[4])],
            "squares": [square(1, times=bracket(total(S, along(S) ** 2), "=", 0))],
        },
        because="each product of a column by a row costs one dimension",
    )


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


def _derive_next(proof: Proof) -> None:
    """From m products to m + 1: the next column has a part that R sees, or none."""
    new = (n, A, B, P, m, R)
    known = Statement((W,), a_projection(W), le(trace(W) - m, seen(W, gap)))
    given = [permutation, *a_projection(R), known]
    goal = le(trace(R) - (m + 1), seen(R, longer))
    proof.step(
        "through",
        claim(
            (*new, v, q),
            le(trace(R) - (m + 1), _seen_gap()),
            [*a_projection(R), inside, length, ne(q, 0), known],
        ),
        "square",
        using=[
            use(
                "grown",
                X=((S, T), gap(S, T)),
                b=((T,), B(m, T)),
                t=m,
                given=[
                    use(
                        5,
                        W=((S, T), less(S, T)),
                        given=[use("symmetric", S=U, T=V), use("idempotent", S=U, T=V)],
                    )
                ],
            )
        ],
        printed=False,
    )
    proof.step(
        "along",
        claim(
            (n, A, m, R, S),
            eq(total(U, R(S, U) * total(T, R(U, T) * A(m, T))), along(S)),
            a_projection(R)[1:],
        ),
        "sum",
        using=[use(0, U=S, V=T, under=[total(T, 1)], times=A(m, T))],
        printed=False,
    )
    size = total(S, along(S) ** 2)
    proof.step(
        "new column",
        claim(new, goal, [*given, ne(size, 0)]),
        "square",
        using=[use("through", v=((S,), along(S)), q=size, given=[use("along", S=U)])],
        because="a column that R sees",
    )
    _derive_seen_nowhere(proof)
    proof.step(
        "old column",
        claim(new, le(trace(R) - m, seen(R, longer)), [*given, eq(size, 0)]),
        "square",
        using=[
            use("dropped", v=((S,), along(S)), X=((S, T), gap(S, T)), b=((T,), B(m, T)), times=-1),
            use(3, W=((S, T), R(S, T))),
        ],
        because="a column that R does not see adds nothing",
    )


def _seen_gap():
    return total(S, total(T, (total(U, R(S, U) * gap(U, T)) + v(S) * B(m, T)) ** 2))


def _derive_seen_nowhere(proof: Proof) -> None:
    """A vector of length 0 is 0 and may be dropped."""
    nothing = eq(total(U, v(U) ** 2), 0)
    proof.step(
        "one of them",
        claim((n, v, S), eq(total(U, bracket(U, "=", S) * v(U) ** 2), v(S) ** 2)),
        "cube",
        printed=False,
    )
    proof.contradiction(
        "zero",
        claim((n, v, S), eq(v(S), 0), [nothing]),
        absurd={
            "using": [use(0), use("one of them", times=-1)],
            "squares": [square(v(S)), square((1 - bracket(U, "=", S)) * v(U), under=[total(U, 1)])],
        },
        because="only 0 has length 0",
        printed=False,
    )
    proof.congruence(
        "dropped",
        claim((n, R, X, v, b), eq(seen_with(b), seen(R, X)), [nothing]),
        h,
        total(S, total(T, (total(U, R(S, U) * X(U, T)) + h(S) * b(T)) ** 2)),
        use("zero"),
        over=[S],
        printed=False,
    )
