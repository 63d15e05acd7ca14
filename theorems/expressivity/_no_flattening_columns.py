"""Why a matrix of rank m stays away from a permutation: a projection is made orthogonal to one column after another."""

from __future__ import annotations

from lemmata.proof import Proof, Statement, bracket, claim, eq, le, ne, square, total, use
from theorems.expressivity._no_flattening import S, T, U, V, j, m, n
from theorems.expressivity._no_flattening_projection import (
    A,
    B,
    P,
    R,
    W,
    X,
    a_projection,
    b,
    derive_projection,
    h,
    inside,
    length,
    less,
    permutation,
    q,
    seen,
    seen_with,
    trace,
    v,
)


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


def derive_columns(proof: Proof) -> None:
    """dim R - m <= |R (K - P)|^2 for every projection R, every permutation P and every K of m products."""
    derive_projection(proof)
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
