"""Newton's identities for set-dimension, by induction over the number of roots, and the claim of part (a).

h(m, k, u, U) is what Horner's scheme holds after k steps on prod_(i<m) (u - x_i), the polynomial whose roots are the
first m elements of U: its k + 1 leading coefficients. So h(m, m, u, U) is that product, and h(m, k, 0, U) is the
coefficient that came last.
"""

from __future__ import annotations

from lemmata.proof import Proof, bit, claim, eq, function, le, product, total, use
from theorems.expressivity._set_dimension import M, by_induction, elements, j, k, m, p, q, s, u, z

# Of two multisets, which one: 0 or 1.
U, V, W = (bit(name) for name in ("U", "V", "W"))

x = function("el", k, U)
h = function("h", m, k, u, U)


def roots(U, size=M):
    """The polynomial whose roots are the elements."""
    place = elements(size)
    return product(place, u - x(place, U))


def power_sum(U, power, size=M):
    """The sum of a power of the elements."""
    place = elements(size)
    return total(place, x(place, U) ** power)


# ---------------------------------------------------------------- the claim


def scheme_of(x):
    """What makes h Horner's scheme for these elements."""
    return [
        claim((p, z, W), eq(h(p, 0, z, W), 1)),
        claim((q, z, W), eq(h(0, q + 1, z, W), z * h(0, q, z, W))),
        claim((p, q, z, W), eq(h(p + 1, q + 1, z, W), h(p, q + 1, z, W) - x(p, W) * h(p, q, z, W))),
    ]


scheme = scheme_of(x)
equal_sums = claim((q,), eq(power_sum(U, q + 1), power_sum(V, q + 1)), [le(q + 1, M)])
# The numbers of the hypotheses in every claim of this file.
TOP, EMPTY, GROWS, EXTRA = range(4)


def derive_newton(proof: Proof) -> None:
    """Horner's scheme and Newton's identities."""
    _horner(proof)
    _whole(proof)
    _newton(proof)


# ---------------------------------------------------------------- one multiset


def _horner(proof: Proof) -> None:
    """Horner's scheme: h(m, k+1, u) = u h(m, k, u) + h(m, k+1, 0)."""

    def after(m, k, u, U):
        return eq(h(m, k + 1, u, U), u * h(m, k, u, U) + h(m, k + 1, 0, U))

    known = claim((q, z, W), after(m, q, z, W))
    by_induction(
        proof,
        "Horner, one more",
        claim((x, h, m, j, s, U), after(m + 1, j, s, U), [*scheme, known]),
        j,
        base={
            "using": [
                use(GROWS, p=m, q=0, z=s, W=U),
                use(GROWS, p=m, q=0, z=0, W=U, times=-1),
                use(EXTRA, q=0, z=s, W=U),
                use(TOP, p=m, z=s, W=U, times=s - x(m, U)),
                use(TOP, p=m + 1, z=s, W=U, times=-s),
                use(TOP, p=m, z=0, W=U, times=x(m, U)),
            ]
        },
        step={
            "using": [
                use(GROWS, p=m, q=j + 1, z=s, W=U),
                use(GROWS, p=m, q=j, z=s, W=U, times=-s),
                use(GROWS, p=m, q=j + 1, z=0, W=U, times=-1),
                use(EXTRA, q=j + 1, z=s, W=U),
                use(EXTRA, q=j, z=s, W=U, times=-x(m, U)),
            ]
        },
    )
    by_induction(
        proof,
        "Horner",
        claim((x, h, m, k, u, U), after(m, k, u, U), scheme),
        m,
        base={"using": [use(EMPTY, q=k, z=u, W=U), use(EMPTY, q=k, z=0, W=U, times=-1)]},
        step={"using": [use("Horner, one more", j=k, s=u)]},
        because="one root more",
    )


def _whole(proof: Proof) -> None:
    """After m steps nothing is left out: h(m, m, u) is the product."""
    by_induction(
        proof,
        "beyond",
        claim((x, h, U, m, j), eq(h(m, m + 1 + j, 0, U), 0), scheme),
        m,
        base={"using": [use(EMPTY, q=j, z=0, W=U)]},
        step={
            "using": [
                use(GROWS, p=m, q=m + 1 + j, z=0, W=U),
                use(EXTRA, **{"j'": j + 1}),
                use(EXTRA, **{"j'": j}, times=-x(m, U)),
            ]
        },
    )
    by_induction(
        proof,
        "whole",
        claim((x, h, U, u, m), eq(h(m, m, u, U), roots(U, m)), scheme),
        m,
        base={"using": [use(TOP, p=0, z=u, W=U)]},
        step={
            "using": [
                use(GROWS, p=m, q=m, z=u, W=U),
                use("Horner", k=m),
                use("beyond", j=0),
                use(EXTRA, times=u - x(m, U)),
            ]
        },
    )


def _newton(proof: Proof) -> None:
    """Newton's identities: (k+1) h(m, k+1, 0) = - sum_i x_i h(m, k, x_i)."""

    def newton(m, k, U):
        i = elements(m)
        return eq((k + 1) * h(m, k + 1, 0, U), -total(i, x(i, U) * h(m, k, x(i, U), U)))

    known = claim((q, W), newton(m, q, W))
    one, all_ = elements(m), elements(m + 1)
    last = x(m, U)
    by_induction(
        proof,
        "Newton, one more",
        claim((x, h, m, j, U), newton(m + 1, j, U), [*scheme, known]),
        j,
        base={
            "using": [
                use(TOP, under=[total(all_, 1)], times=x(all_, U), p=m + 1, z=x(all_, U), W=U),
                use(TOP, under=[total(one, 1)], times=-x(one, U), p=m, z=x(one, U), W=U),
                use(GROWS, p=m, q=0, z=0, W=U),
                use(TOP, p=m, z=0, W=U, times=-last),
                use(EXTRA, q=0, W=U),
            ]
        },
        step={
            "using": [
                use(GROWS, under=[total(all_, 1)], times=x(all_, U), p=m, q=j, z=x(all_, U), W=U),
                use(GROWS, p=m, q=j + 1, z=0, W=U, times=j + 2),
                use(EXTRA, q=j + 1, W=U),
                use(EXTRA, q=j, W=U, times=-last),
                use("Horner", k=j, u=last, times=last),
            ]
        },
    )
    by_induction(
        proof,
        "Newton",
        claim((x, h, m, k, U), newton(m, k, U), scheme),
        m,
        base={"using": [use(EMPTY, q=k, z=0, W=U, times=k + 1)]},
        step={"using": [use("Newton, one more", j=k)]},
        because="Newton's identities: one root more",
    )
