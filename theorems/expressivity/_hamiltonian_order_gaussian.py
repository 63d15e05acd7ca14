"""Parts (c1) and (c3) to (c5) of hamiltonian-order: Gaussians of any dimension n, and what tells two of them apart.

P and R are precision matrices (inverse covariances), centre and other the means; c holds what does not know x.
"""

from __future__ import annotations

from lemmata.proof import Proof, bracket, claim, eq, function, index, lt, nat, real, total, use
from theorems.expressivity._hamiltonian_order import adds, c, ex, s, t

n, N = nat("n"), nat("N")
i, j, k, k2 = (index(name, n) for name in ("i", "j", "k", "l"))
x, p, q, B = (function(name, i) for name in ("x", "centre", "other", "slope"))
b = real("intercept")
P, R = function("P", i, j), function("R", i, j)


def energy(precision, mean, at):
    """Half the squared distance of ``at`` from the mean."""
    return total(i, total(j, precision(i, j) * (at(i) - mean(i)) * (at(j) - mean(j)))) / 2


def pull(precision, mean, place):
    """A coordinate of the precision matrix times a vector."""
    return total(j, precision(place, j) * mean(j))


def symmetric(matrix):
    """A matrix is its own transpose."""
    return claim((k, k2), eq(matrix(k, k2), matrix(k2, k)))


def square_of(matrix, vector):
    """The quadratic form of a matrix."""
    return total(i, total(j, matrix(i, j) * vector(i) * vector(j)))


energies = {
    "quadratic": square_of(P, x),
    "linear": total(i, pull(P, p, i) * x(i)),
    "constant": c + square_of(P, p) / 2,
}
hamiltonian_claim = claim(
    (n, x, p, P, c),
    eq(energy(P, p, x) + c, energies["quadratic"] / 2 - energies["linear"] + energies["constant"]),
    [symmetric(P)],
)

# ---------------------------------------------------------------- (c3) the constant, on any finite set of places

y, h = index("y", N), function("h", index("y", N))
partition = total(y, ex(-h(y)))
constant_claim = claim(
    (ex, N, h, c), eq(ex(-c), 1 / partition), [adds, eq(total(y, ex(-(h(y) + c))), 1), lt(0, partition)]
)

# ---------------------------------------------------------------- (c4) and (c5) log-odds


def log_odds(other, at):
    """Of the first class, whose precision is P, against the second."""
    return energy(other, q, at) - energy(P, p, at) + c


odds = {
    "pull": total(i, pull(P, lambda place: p(place) - q(place), i) * x(i)),
    "constant": c + square_of(P, q) / 2 - square_of(P, p) / 2,
}
linear_claim = claim((n, x, p, q, P, c), eq(log_odds(P, x), odds["pull"] + odds["constant"]), [symmetric(P)])


def plane(place):
    """s e_k + t e_l: the points of the plane of two coordinates."""
    return s * bracket(place, "=", k) + t * bracket(place, "=", k2)


is_linear = claim((k, k2, s, t), eq(log_odds(R, plane), b + s * B(k) + t * B(k2)))
covariance_claim = claim(
    (n, p, q, P, R, c, b, B),
    eq(total(k, total(k2, (P(k, k2) - R(k, k2)) ** 2)), 0),
    [symmetric(P), symmetric(R), is_linear],
)


def derive_gaussian(proof: Proof) -> None:
    """Expand, with P_ij = P_ji; then normalise, and compare two."""
    proof.conclude(
        "c1",
        "sum",
        using=[use(0, under=[total(i, 1), total(j, 1)], times=-p(j) * x(i) / 2, k=j, l=i)],
        because="expand the square",
    )
    proof.conclude(
        "c3",
        "sum",
        using=[
            use(1, times=1 / partition),
            use(0, s=-h(y), t=-c, under=[total(y, 1)], times=-1 / partition),
        ],
        because="e^-c is a factor of the sum",
    )
    _two_gaussians(proof)


def _two_gaussians(proof: Proof) -> None:
    """The same expansion for the log-odds; and the second difference of a linear function is 0."""
    cross = x(i) * (p(j) - q(j)) / 2
    proof.conclude(
        "c4",
        "sum",
        using=[use(0, under=[total(i, 1), total(j, 1)], times=cross, k=j, l=i)],
        because="the quadratic terms cancel",
    )
    each = P(k, k2) - R(k, k2)
    under = [total(k, 1), total(k2, 1)]
    corners = ((1, 1, -1), (1, 0, 1), (0, 1, 1), (0, 0, -1))
    proof.conclude(
        "c5",
        "sum",
        using=[use(2, under=under, times=sign * each, s=one, t=two) for one, two, sign in corners]
        + [use(0, under=under, times=each / 2), use(1, under=under, times=-each / 2)],
        because="a linear function has no second difference, log-odds have R_kl - P_kl",
    )
