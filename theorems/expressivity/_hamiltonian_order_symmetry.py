"""Parts (g2) to (g4) of hamiltonian-order: what commutes with the cyclic shift of n places is what is circulant.

Places are naturals, the same if they differ by n: A(u + n, v) = A(u, v) = A(u, v + n). A vector x has values at 0 to n,
with x(n) = x(0); in (g2) it may have others. The shift is (Sx)(v) = x(v + 1), so that (ASx)(u) = sum_v A(u, v) x(v + 1)
and (SAx)(u) = sum_v A(u + 1, v) x(v); AS = SA says that these are equal for all x and u. Circulant means that A(u + 1,
v + 1) = A(u, v).
"""

from __future__ import annotations

from typing import Any

from lemmata.proof import Proof, bracket, claim, eq, function, index, lt, nat, square, total, use
from theorems.expressivity._hamiltonian_order import apart

n, u, v, k = (nat(name) for name in ("n", "u", "v", "k"))
rest, column = nat("rest"), nat("column")
j, k2, step = index("j", n), index("l", n), index("j", column)
A = function("matrix", u, v)


def place(size):
    """0 to n, where n is 0 again."""
    return index("i", size + 1)


def signal(size):
    """A vector, by its values at these places."""
    return function("signal", place(size))


def same_row(size):
    """A(u + n, v) = A(u, v)."""
    return claim((u, v), eq(A(u + size, v), A(u, v)))


def same_column(size):
    """A(u, v + n) = A(u, v)."""
    return claim((u, v), eq(A(u, v + size), A(u, v)))


def of_shifted(size, row, x):
    """(ASx)(row)."""
    at = index("j", size)
    return total(at, A(row, at) * x(at + 1))


def shifted(size, row, x):
    """(SAx)(row)."""
    at = index("j", size)
    return total(at, A(row + 1, at) * x(at))


def commutes(size):
    """(ASx)(u) = (SAx)(u) for all x and u."""
    x = signal(size)
    return claim((x, u), eq(of_shifted(size, u, x), shifted(size, u, x)), [eq(x(size), x(0))])


x, F = function("signal", v), function("F", place(n))
circulant = claim((u, k2), eq(A(u + 1, k2 + 1), A(u, k2)))
commutes_claim = claim(
    (n, A, x, k), eq(of_shifted(n, k, x), shifted(n, k, x)), [same_column(n), circulant, eq(x(n), x(0))]
)
circulant_claim = claim((n, A, k, k2), eq(A(k + 1, k2 + 1), A(k, k2)), [same_column(n), commutes(n)])
around = rest + column
column_claim = claim(
    (rest, column, A, k),
    eq(A(k, column), A(k + rest, 0)),
    [same_row(around), same_column(around), commutes(around)],
)


def derive_symmetry(proof: Proof) -> None:
    """A sum over a period may start anywhere; a matrix is looked at by what it does to the indicator of a place."""
    i = place(n)
    same: Any = ((i,), F(i))
    proof.induction(
        "shifted sum",
        claim((n, F), eq(total(j, F(j + 1)), total(j, F(j)) + F(n) - F(0))),
        n,
        base={},
        step={"using": [use(0, **{"F'": same})]},
        because="the terms cancel but for two",
    )
    proof.conclude(
        "g2",
        "sum",
        using=[
            use(1, under=[total(j, 1)], u=k, l=j, times=-x(j + 1)),
            use("shifted sum", F=((i,), A(k + 1, i) * x(i))),
            use(0, u=k + 1, v=0, times=x(n)),
            use(2, times=A(k + 1, 0)),
        ],
        because="a sum over one period may start anywhere",
    )
    _indicator(proof)
    at_last = bracket(k2 + 1, "=", n)
    proof.conclude(
        "g3",
        "sum",
        using=[
            use(1, signal=((i,), indicator(i)), u=k, given=[use("ends")], times=-1),
            use("shifted sum", F=((i,), A(k + 1, i) * indicator(i))),
            use("apart", low=0, high=j + 1, under=[total(j, 1)], times=A(k, j) * at_last),
            use("apart", low=0, high=j + 1, under=[total(j, 1)], times=-A(k + 1, j + 1) * at_last),
            use(0, u=k + 1, v=0, times=indicator(n)),
            use("ends", times=A(k + 1, 0)),
        ],
        because="x the indicator of the place l + 1",
    )
    _first_column(proof)


def _first_column(proof: Proof) -> None:
    """From an entry along its diagonal to the first column."""
    same_vector = use(2, signal=((place(around),), signal(around)(place(around))))
    diagonal = ((place(column),), A(k + rest + place(column), place(column)))
    proof.conclude(
        "g4",
        "sum",
        using=[
            use(
                "g3", n=around, k=k + rest + step, l=step, under=[total(step, 1)], given=[use(1), same_vector]
            ),
            use("shifted sum", n=column, F=diagonal, times=-1),
            use(0, u=k, v=column, times=-1),
        ],
        because="along the diagonal, and once around",
    )


def indicator(at):
    """Of the place l + 1: it is 1 at 0 too if that is n."""
    return bracket(at, "=", k2 + 1) + bracket(at, "=", 0) * bracket(k2 + 1, "=", n)


def _indicator(proof: Proof) -> None:
    """Different places are no one place; the indicator has x(n) = x(0)."""
    apart(proof)
    proof.step(
        "a place",
        claim((n, k2), lt(0, n)),
        "square",
        squares=[square(1 - bracket(j, "=", k2), under=[total(j, 1)]), square(1)],
        printed=False,
    )
    proof.step(
        "ends",
        claim((n, k2), eq(indicator(n), indicator(0))),
        "sum",
        using=[
            use("apart", low=0, high=n, given=[use("a place")], times=bracket(k2 + 1, "=", n)),
            use("apart", low=0, high=k2 + 1, times=-1),
        ],
        printed=False,
    )
