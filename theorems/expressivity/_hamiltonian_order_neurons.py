"""Parts (e1) and (e4) of hamiltonian-order: r + 2 neurons for a quadratic form of rank r.

In the coordinates y_k = sum_i v_ki x_i the form is sum_k d_k y_k^2, no d_k being 0. The neurons stand at 0, at -u.y and
at u.y - (2S/3) (d_k/u_k) y_k, where S = sum_k u_k^2/d_k: simplices, weighted so that degrees 0 and 1 cancel.
"""

from __future__ import annotations

from sympy import Rational

from lemmata.proof import Proof, claim, eq, function, index, lt, nat, ne, real, square, total, use

r, n = nat("rank"), nat("n")
k, i = index("k", r), index("i", n)
d, e, u, g, y = (function(name, k) for name in ("curve", "inverse", "along", "steep", "y"))
v, x = function("v", k, i), function("x", i)
s0, s1, s2, S = (real(name) for name in ("s0", "s1", "s2", "S"))
inverse_d, inverse_u = claim((k,), eq(d(k) * e(k), 1)), claim((k,), eq(u(k) * g(k), 1))
scale = eq(S, total(k, u(k) ** 2 * e(k)))


def taylor(at):
    """The activation through degree 2."""
    return s0 + s1 * at + s2 * at**2 / 2


def network(coordinate):
    """r + 2 neurons, the last of them at 0: with an output bias in its place, r + 1."""
    along = total(k, u(k) * coordinate(k))
    place = along - 2 * S / 3 * d(k) * g(k) * coordinate(k)
    simplex = total(k, 9 * u(k) ** 2 * e(k) / (4 * S**2) * taylor(place))
    return simplex + 3 / (4 * S) * taylor(-along) - 3 / S * taylor(0)


def form(coordinate):
    """The quadratic form in its diagonal coordinates."""
    return total(k, d(k) * coordinate(k) ** 2)


def linear(place):
    """A coordinate as a linear form of the inputs."""
    return total(i, v(place, i) * x(i))


given = (inverse_d, inverse_u, scale, ne(S, 0))
symbols = (r, d, e, u, g, S, s0, s1, s2)
neurons_claim = claim((r, n, v, x, *symbols[1:]), eq(network(linear), s2 * form(linear) / 2), given)

# ---------------------------------------------------------------- (e4) a u with S != 0

T, e0 = real("T"), real("e0")
some_claim = claim((T, e0), lt(0, T**2 + (T + 3 * e0) ** 2), [ne(e0, 0)])


def derive_neurons(proof: Proof) -> None:
    """In the coordinates; then for a choice of u."""
    _in_coordinates(proof)
    proof.conclude(
        "e1", "sum", using=[use("in coordinates", y=((k,), linear(k)))], because="y_k = sum_i v_ki x_i"
    )
    proof.conclude(
        "e4",
        "square",
        squares=[square(T + 3 * e0 / 2, times=2), square(e0, times=Rational(9, 2))],
        because="two squares",
    )


def _in_coordinates(proof: Proof) -> None:
    """Degree by degree."""
    along = total(k, u(k) * y(k))
    proof.step(
        "degree 1",
        claim((*symbols, y), eq(total(k, u(k) ** 2 * e(k) * d(k) * g(k) * y(k)), along), given[:2]),
        "sum",
        using=[
            use(0, under=[total(k, 1)], times=u(k) ** 2 * g(k) * y(k)),
            use(1, under=[total(k, 1)], times=u(k) * y(k)),
        ],
        printed=False,
    )
    proof.step(
        "degree 2",
        claim(
            (*symbols, y),
            eq(total(k, u(k) ** 2 * e(k) * d(k) ** 2 * g(k) ** 2 * y(k) ** 2), form(y)),
            given[:2],
        ),
        "sum",
        using=[
            use(0, under=[total(k, 1)], times=u(k) ** 2 * d(k) * g(k) ** 2 * y(k) ** 2),
            use(1, under=[total(k, 1)], times=d(k) * y(k) ** 2 * (u(k) * g(k) + 1)),
        ],
        printed=False,
    )
    proof.step(
        "in coordinates",
        claim((*symbols, y), eq(network(y), s2 * form(y) / 2), given),
        "sum",
        using=[
            use("degree 1", times=-3 / (2 * S) * (s1 + s2 * along)),
            use("degree 2", times=s2 / 2),
            use(2, times=-9 / (4 * S**2) * (s0 + s1 * along + s2 * along**2 / 2)),
        ],
        because="the weights sum to 0, and so do the weighted places",
    )
