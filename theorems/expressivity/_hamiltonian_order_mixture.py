"""Parts (h1) and (h2) of hamiltonian-order: an equal mixture of two unit-variance Gaussians is not quadratic.

L is ln cosh, by what it is: e^L(u) = (e^u + e^-u)/2. Its derivatives at 0 follow from differentiating that. E is the
Hamiltonian of the mixture.
"""

from __future__ import annotations

from math import factorial

from sympy import Rational

from lemmata.proof import C, Proof, claim, derivative, eq, function, real, use
from theorems.expressivity._hamiltonian_order import a, adds, at_zero, c, ex, own_slope, z

HALF = Rational(1, 2)
L, E = function("L", C(4, z)), function("E", C(4, z))
u, w = real("u"), real("here")
log_cosh = claim((u,), eq(ex(L(u)), (ex(u) + ex(-u)) / 2))


def place(order):
    """The bound variable of the outermost of so many derivatives."""
    return real(f"y{order}")


def nth(of, order, at):
    """The derivative of the given order, at a number."""
    found = of(place(1))
    for k in range(1, order + 1):
        found = derivative(place(k), found, place(k + 1) if k < order else at)
    return found


def hamiltonian(at):
    """z^2/2 - ln cosh(a z) + c."""
    return at**2 / 2 - L(a * at) + c


mixture = (ex(-((z - a) ** 2) / 2) + ex(-((z + a) ** 2) / 2)) / 2
mixture_claim = claim((ex, L, a, c, z), eq(ex(-hamiltonian(z)), ex(a**2 / 2 - c) * mixture), (adds, log_cosh))
given = (log_cosh, own_slope, adds, at_zero)
energy = claim((u,), eq(E(u), hamiltonian(u)))
left = sum(nth(E, k, 0) * z**k / factorial(k) for k in range(1, 5))
taylor_claim = claim(
    (ex, L, E, a, c, z), eq(left, (1 - a**2) * z**2 / 2 + a**4 * z**4 / 12), (*given, energy)
)


def derive_mixture(proof: Proof) -> None:
    """The two squares; then four derivatives of ln cosh at 0."""
    inside, outside = a**2 / 2 - c, -(z**2) / 2 - c
    proof.conclude(
        "h1",
        "sum",
        using=[
            use(0, s=L(a * z), t=outside),
            use(1, u=a * z, times=ex(outside)),
            *(use(0, s=sign * a * z, t=outside, times=-HALF) for sign in (1, -1)),
            *(use(0, s=inside, t=-((z - sign * a) ** 2) / 2, times=HALF) for sign in (1, -1)),
        ],
        because="e^(ax) and e^(-ax) complete the two squares",
    )
    _slope(proof)
    _curvature(proof)
    _next_two(proof)
    _energy(proof)
    slope, curve, third = (nth(L, k, 0) for k in (1, 2, 3))
    first = -a * z + (a * z) ** 2 * slope / 2 + (a * z) ** 3 * curve / 3
    proof.conclude(
        "h2",
        "sum",
        using=[
            *(use(f"energy {k}", here=0, times=z**k / factorial(k)) for k in range(1, 5)),
            use("slope at 0", times=first + (a * z) ** 4 / 12 * (third - slope * (curve + 1))),
            use("curvature", here=0, times=-((a * z) ** 2) / 2 + (a * z) ** 4 * (curve + 1) / 12),
            use("derivative 3, in full", here=0, times=-((a * z) ** 3) / 6),
            use("derivative 4", here=0, times=-((a * z) ** 4) / 24),
        ],
        because="the derivatives of ln cosh at 0 are 0, 1, 0 and -2",
    )


def _slope(proof: Proof) -> None:
    """L' e^L = sinh, everywhere."""
    y, first, own = place(1), nth(L, 1, w), ex(L(w))
    proof.differentiate(
        "both sides",
        claim((ex, L, w), eq(derivative(y, ex(L(y)), w), derivative(y, (ex(y) + ex(-y)) / 2, w)), [log_cosh]),
        everywhere={"using": [use(0, u=y)]},
        printed=False,
    )
    proof.step(
        "slope",
        claim((ex, L, w), eq(first * own, (ex(w) - ex(-w)) / 2), given[:2]),
        "sum",
        using=[
            "both sides",
            use(1, t=L(w), times=-first),
            use(1, t=w, times=HALF),
            use(1, t=-w, times=-HALF),
        ],
        because="differentiate e^L = cosh",
    )
    proof.step(
        "reciprocal of cosh",
        claim((ex, L, w), eq(ex(-L(w)) * own, 1), (adds, at_zero)),
        "sum",
        using=[use(0, s=-L(w), t=L(w), times=-1), use(1)],
        printed=False,
    )
    proof.step(
        "slope at 0",
        claim((ex, L), eq(nth(L, 1, 0), 0), given),
        "sum",
        using=[use("slope", here=0, times=ex(-L(0))), use("reciprocal of cosh", here=0, times=-nth(L, 1, 0))],
        printed=False,
    )


def _curvature(proof: Proof) -> None:
    """L'' = 1 - L'^2, everywhere."""
    y, first, second, own = place(2), nth(L, 1, w), nth(L, 2, w), ex(L(w))
    proof.differentiate(
        "both slopes",
        claim(
            (ex, L, w),
            eq(derivative(y, nth(L, 1, y) * ex(L(y)), w), derivative(y, (ex(y) - ex(-y)) / 2, w)),
            given[:2],
        ),
        everywhere={"using": [use("slope", here=y)]},
        printed=False,
    )
    proof.step(
        "curvature, scaled",
        claim((ex, L, w), eq(second * own, (1 - first**2) * own), given[:2]),
        "sum",
        using=[
            "both slopes",
            use(1, t=L(w), times=-(first**2)),
            use(1, t=w, times=HALF),
            use(1, t=-w, times=HALF),
            use(0, u=w, times=-1),
        ],
        printed=False,
    )
    proof.step(
        "curvature",
        claim((ex, L, w), eq(second, 1 - first**2), given),
        "sum",
        using=[
            use("curvature, scaled", times=ex(-L(w))),
            use("reciprocal of cosh", times=-(second - 1 + first**2)),
        ],
        because="differentiate once more, and divide by e^L",
    )


def _next_two(proof: Proof) -> None:
    """Differentiate L'' = 1 - L'^2 twice."""
    before = "curvature"
    rights = {3: lambda at: 1 - nth(L, 1, at) ** 2, 4: lambda at: -2 * nth(L, 1, at) * nth(L, 2, at)}
    for order, right in rights.items():
        y, name = place(order), f"derivative {order}"
        proof.differentiate(
            name,
            claim((ex, L, w), eq(nth(L, order, w), derivative(y, right(y), w)), given),
            everywhere={"using": [use(before, here=y)]},
            because="differentiate",
            printed=order == 4,
        )
        if order == 3:
            before = "derivative 3, in full"
            proof.step(
                before,
                claim((ex, L, w), eq(nth(L, 3, w), rights[4](w)), given),
                "sum",
                using=[name],
                printed=False,
            )


def _energy(proof: Proof) -> None:
    """The derivatives of the Hamiltonian, in those of ln cosh."""
    rights = (hamiltonian, lambda at: at - a * nth(L, 1, a * at), lambda at: 1 - a**2 * nth(L, 2, a * at))
    for order, right in enumerate((*rights, lambda at: -(a**3) * nth(L, 3, a * at)), 1):
        y = place(order)
        proof.differentiate(
            f"energy {order}",
            claim((L, E, a, c, w), eq(nth(E, order, w), derivative(y, right(y), w)), [energy]),
            everywhere={"using": [use(0, u=y) if order == 1 else use(f"energy {order - 1}", here=y)]},
            printed=False,
        )
