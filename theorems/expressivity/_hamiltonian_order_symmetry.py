"""Parts (g') and (g'') of hamiltonian-order: matrices that are constant along the cyclic diagonals of n places.

Places are naturals, equal if they differ by n: a vector is a function x with x(v + n) = x(v), and (Sx)(v) = x(v + 1).
Both parts start at A(u + 1, v + 1) = A(u, v). Since (AS)(u, v + 1) = A(u, v) and (SA)(u, v + 1) = A(u + 1, v + 1),
that is AS = SA read entry by entry; this reading is no part of the claims, and so the converse of (g') is not one.
"""

from __future__ import annotations

from lemmata.proof import Proof, claim, eq, function, index, nat, total, use

n, u, v, k, k2 = (nat(name) for name in ("n", "u", "v", "k", "l"))
A, x, F = function("matrix", u, v), function("signal", v), function("F", v)
j = index("j", n)
periodic = claim((v,), eq(x(v + n), x(v)))
periodic_matrix = claim((u, v), eq(A(u, v + n), A(u, v)))
circulant = claim((u, v), eq(A(u + 1, v + 1), A(u, v)))

after = total(j, A(k + 1, j) * x(j))
commutes_claim = claim(
    (n, A, x, k),
    eq(total(j, A(k, j) * x(j + 1)), after),
    [periodic, periodic_matrix, circulant],
)
difference_claim = claim((A, k, k2), eq(A(k + k2, k2), A(k, 0)), [circulant])


def derive_symmetry(proof: Proof) -> None:
    """A sum over a period may start anywhere; and the same step again and again."""
    proof.induction(
        "shifted sum",
        claim((F, n), eq(total(j, F(j + 1)), total(j, F(j)) + F(n) - F(0))),
        n,
        base={},
        step={"using": [use(0)]},
        because="the terms cancel but for two",
    )
    proof.conclude(
        "g'",
        "sum",
        using=[
            use(2, under=[total(j, 1)], u=k, v=j, times=-x(j + 1)),
            use("shifted sum", F=((k2,), A(k + 1, k2) * x(k2))),
            use(0, v=0, times=A(k + 1, n)),
            use(1, u=k + 1, v=0, times=x(0)),
        ],
        because="a sum over one period may start anywhere",
    )
    proof.induction(
        "g''",
        proof.statement("g''"),
        k2,
        base={},
        step={"using": [use(0, u=k + k2, v=k2), use(1)]},
        because="one shift after another",
    )
