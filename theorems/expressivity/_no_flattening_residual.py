"""Parts (d), (d'), (e) and (g): how far the best m neurons stay from the product."""

from __future__ import annotations

from lemmata.proof import (
    Proof,
    bit,
    bracket,
    claim,
    eq,
    function,
    le,
    lt,
    mean,
    nat,
    product,
    real,
    signs,
    total,
    use,
)
from theorems.expressivity._no_flattening import S, T, U, V, a, i, j, k, m, n, w
from theorems.expressivity._no_flattening_columns import derive_columns, gap
from theorems.expressivity._no_flattening_projection import A, B, P, X, permutation, seen

d, size = real("d"), nat("size")
x = signs("x", n)
kept = function("kept", x, to=bit("b"))
f = function("f", S, to=bit("b"))
everything = ((S, T), bracket(S, "=", T))


def power(j, S):
    """a_j^S = prod_i a_ji^S_i."""
    return product(i, a(j, i) ** S[i])


def complement(S, T):
    """[T is the complement of S], as prod_i [S_i + T_i = 1]."""
    return product(i, S[i] + T[i] - 2 * S[i] * T[i])


def norm(X):
    """The sum of the squares of all entries."""
    return total(S, total(T, X(S, T) ** 2))


def moments(S, T):
    """L(x^S x^T) = sum_j w_j a_j^S a_j^T."""
    return total(j, w(j) * power(j, S) * power(j, T))


def half(S, T):
    """2^-n sum of the kept signs x, each times prod x, x^S and x^T."""
    return mean(x, kept(x) * product(i, x[i]) * product(i, x[i] ** S[i]) * product(i, x[i] ** T[i]))


residual_claim = claim((n, m, w, a), le(2**n - m, norm(lambda S, T: moments(S, T) - complement(S, T))))
attained_claim = claim(
    (n, kept), eq(norm(lambda S, T: half(S, T) - complement(S, T)), 2**n - total(x, kept(x)))
)


def of_size(S):
    """[S has ``size`` elements]."""
    return bracket(total(i, S[i]), "=", size)


def products(S, T):
    """A matrix of m products of a column by a row."""
    return total(j, A(j, S) * B(j, T))


subsets = total(S, of_size(S))
# Rows S and columns T of one size, so that the product's own matrix is the identity.
middle = total(S, total(T, of_size(S) * of_size(T) * (products(S, T) - bracket(S, "=", T)) ** 2))
ridge_claim = claim((n, size, m, A, B, d), le(subsets - m, subsets * d), [le(middle, subsets * d)])
uniform_claim = claim((n, size, m, A, B), lt(subsets - m, 1), [lt(middle, 1)])


def derive_residual(proof: Proof) -> None:
    """All subsets as rows give (d), those of one size (e) and (g)."""
    derive_columns(proof)
    identity = use("kronecker", S=U, T=V)
    _derive_kronecker(proof)
    proof.step(
        "everything",
        claim((n, A, B, P, m), le(2**n - m, norm(gap)), [permutation]),
        "square",
        using=[use("near", R=everything, given=[identity]), use("seen by all", X=((S, T), gap(S, T)))],
    )
    proof.step(
        "complements",
        claim((n, S, T), eq(total(U, complement(S, U) * complement(T, U)), bracket(S, "=", T))),
        "cube",
        because="every set has one complement",
    )
    columns, rows = ((k, S), power(k, S)), ((k, S), w(k) * power(k, S))
    pairing = ((S, T), complement(S, T))
    known = use("everything", A=columns, B=rows, P=pairing, given=[use("complements", S=U, T=V)])
    proof.conclude("d", "square", using=[known], because="moments are m products")
    proof.conclude("d'", "cube", because="the functions of signs are orthogonal")
    _derive_middle(proof)


def _derive_kronecker(proof: Proof) -> None:
    proof.step(
        "kronecker",
        claim((n, S, T), eq(total(U, bracket(S, "=", U) * bracket(U, "=", T)), bracket(S, "=", T))),
        "cube",
        printed=False,
    )
    proof.step(
        "seen by all",
        claim((n, X), eq(seen(lambda S, T: bracket(S, "=", T), X), norm(X))),
        "cube",
        printed=False,
    )


def _derive_middle(proof: Proof) -> None:
    """The same for the rows and columns of a family of subsets, then for those of one size."""

    def projection(S, T):
        return bracket(S, "=", T) * f(S) * f(T)

    def chosen(S, T):
        return total(j, A(j, S) * B(j, T) * f(T)) - bracket(S, "=", T)

    family = total(S, f(S))
    entries = total(S, total(T, f(S) * f(T) * (products(S, T) - bracket(S, "=", T)) ** 2))
    proof.step(
        "projection on a family",
        claim((n, f, S, T), eq(total(U, projection(S, U) * projection(U, T)), projection(S, T))),
        "cube",
        printed=False,
    )
    proof.step(
        "seen by a family",
        claim((n, f, X), eq(seen(projection, X), total(S, total(T, f(S) * X(S, T) ** 2)))),
        "cube",
        printed=False,
    )
    proof.step(
        "only the family",
        claim((n, f, A, B, m), eq(total(S, total(T, f(S) * chosen(S, T) ** 2)), entries)),
        "cube",
        printed=False,
    )
    rows = ((k, T), B(k, T) * f(T))
    proof.step(
        "family",
        claim((n, f, A, B, m), le(family - m, entries)),
        "square",
        using=[
            use(
                "near",
                B=rows,
                P=((S, T), bracket(S, "=", T)),
                R=((S, T), projection(S, T)),
                given=[use("kronecker", S=U, T=V), use("projection on a family", S=U, T=V)],
            ),
            use("seen by a family", X=((S, T), chosen(S, T))),
            use("only the family"),
        ],
        because="the rows of a family of subsets alone",
    )
    here = use("family", f=((S,), of_size(S)))
    proof.conclude("e", "square", using=[here, use(0)], because="the subsets of one size")
    proof.conclude("g", "square", using=[here, use(0)], because="a distance below 1 leaves no rank to miss")
