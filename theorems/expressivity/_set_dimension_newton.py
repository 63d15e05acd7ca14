"""Newton's identities for set-dimension, by induction over the number of roots, and the claim of part (a).

h(m, k, t, X) is what Horner's scheme holds after k steps on prod_(i<m) (t - x_i), the polynomial whose roots are the
first m elements of X: its k + 1 leading coefficients. So h(m, m, t, X) is that product, and h(m, k, 0, X) is the
coefficient that came last.
"""

from __future__ import annotations

from lemmata.proof import Proof, claim, eq, function, le, product, total, use
from theorems.expressivity._set_dimension import M, X, Y, Z, by_induction, elements, j, k, m, p, q, s, t, z

x = function("el", k, X)
h = function("h", m, k, t, X)


def roots(X, size=M):
    """The polynomial whose roots are the elements."""
    place = elements(size)
    return product(place, t - x(place, X))


def power_sum(X, power, size=M):
    """The sum of a power of the elements."""
    place = elements(size)
    return total(place, x(place, X) ** power)


# ---------------------------------------------------------------- the claim

top = claim((p, z, Z), eq(h(p, 0, z, Z), 1))
empty = claim((q, z, Z), eq(h(0, q + 1, z, Z), z * h(0, q, z, Z)))
grows = claim((p, q, z, Z), eq(h(p + 1, q + 1, z, Z), h(p, q + 1, z, Z) - x(p, Z) * h(p, q, z, Z)))
scheme = [top, empty, grows]
equal_sums = claim((q,), eq(power_sum(X, q + 1), power_sum(Y, q + 1)), [le(q + 1, M)])
newton_claim = claim((M, x, h, X, Y, t), eq(roots(X), roots(Y)), [*scheme, equal_sums])
# The numbers of the hypotheses in every claim of this file.
TOP, EMPTY, GROWS, EXTRA = range(4)


def derive_newton(proof: Proof) -> None:
    """Horner's scheme and Newton's identities."""
    _horner(proof)
    _whole(proof)
    _newton(proof)


# ---------------------------------------------------------------- one multiset


def _horner(proof: Proof) -> None:
    """Horner's scheme: h(m, k+1, t) = t h(m, k, t) + h(m, k+1, 0)."""

    def after(m, k, t, X):
        return eq(h(m, k + 1, t, X), t * h(m, k, t, X) + h(m, k + 1, 0, X))

    known = claim((q, z, Z), after(m, q, z, Z))
    by_induction(
        proof,
        "Horner, one more",
        claim((x, h, m, j, s, X), after(m + 1, j, s, X), [*scheme, known]),
        j,
        base={
            "using": [
                use(GROWS, p=m, q=0, z=s, Z=X),
                use(GROWS, p=m, q=0, z=0, Z=X, times=-1),
                use(EXTRA, q=0, z=s, Z=X),
                use(TOP, p=m, z=s, Z=X, times=s - x(m, X)),
                use(TOP, p=m + 1, z=s, Z=X, times=-s),
                use(TOP, p=m, z=0, Z=X, times=x(m, X)),
            ]
        },
        step={
            "using": [
                use(GROWS, p=m, q=j + 1, z=s, Z=X),
                use(GROWS, p=m, q=j, z=s, Z=X, times=-s),
                use(GROWS, p=m, q=j + 1, z=0, Z=X, times=-1),
                use(EXTRA, q=j + 1, z=s, Z=X),
                use(EXTRA, q=j, z=s, Z=X, times=-x(m, X)),
            ]
        },
    )
    by_induction(
        proof,
        "Horner",
        claim((x, h, m, k, t, X), after(m, k, t, X), scheme),
        m,
        base={"using": [use(EMPTY, q=k, z=t, Z=X), use(EMPTY, q=k, z=0, Z=X, times=-1)]},
        step={"using": [use("Horner, one more", j=k, s=t)]},
        because="one root more",
    )


def _whole(proof: Proof) -> None:
    """After m steps nothing is left out: h(m, m, t) is the product."""
    by_induction(
        proof,
        "beyond",
        claim((x, h, X, m, j), eq(h(m, m + 1 + j, 0, X), 0), scheme),
        m,
        base={"using": [use(EMPTY, q=j, z=0, Z=X)]},
        step={
            "using": [
                use(GROWS, p=m, q=m + 1 + j, z=0, Z=X),
                use(EXTRA, **{"j'": j + 1}),
                use(EXTRA, **{"j'": j}, times=-x(m, X)),
            ]
        },
    )
    by_induction(
        proof,
        "whole",
        claim((x, h, X, t, m), eq(h(m, m, t, X), roots(X, m)), scheme),
        m,
        base={"using": [use(TOP, p=0, z=t, Z=X)]},
        step={
            "using": [
                use(GROWS, p=m, q=m, z=t, Z=X),
                use("Horner", k=m),
                use("beyond", j=0),
                use(EXTRA, times=t - x(m, X)),
            ]
        },
        because="no coefficient is left",
    )


def _newton(proof: Proof) -> None:
    """Newton's identities: (k+1) h(m, k+1, 0) = - sum_i x_i h(m, k, x_i)."""

    def newton(m, k, X):
        i = elements(m)
        return eq((k + 1) * h(m, k + 1, 0, X), -total(i, x(i, X) * h(m, k, x(i, X), X)))

    known = claim((q, Z), newton(m, q, Z))
    one, all_ = elements(m), elements(m + 1)
    last = x(m, X)
    by_induction(
        proof,
        "Newton, one more",
        claim((x, h, m, j, X), newton(m + 1, j, X), [*scheme, known]),
        j,
        base={
            "using": [
                use(TOP, under=[total(all_, 1)], times=x(all_, X), p=m + 1, z=x(all_, X), Z=X),
                use(TOP, under=[total(one, 1)], times=-x(one, X), p=m, z=x(one, X), Z=X),
                use(GROWS, p=m, q=0, z=0, Z=X),
                use(TOP, p=m, z=0, Z=X, times=-last),
                use(EXTRA, q=0, Z=X),
            ]
        },
        step={
            "using": [
                use(GROWS, under=[total(all_, 1)], times=x(all_, X), p=m, q=j, z=x(all_, X), Z=X),
                use(GROWS, p=m, q=j + 1, z=0, Z=X, times=j + 2),
                use(EXTRA, q=j + 1, Z=X),
                use(EXTRA, q=j, Z=X, times=-last),
                use("Horner", k=j, t=last, times=last),
            ]
        },
    )
    by_induction(
        proof,
        "Newton",
        claim((x, h, m, k, X), newton(m, k, X), scheme),
        m,
        base={"using": [use(EMPTY, q=k, z=0, Z=X, times=k + 1)]},
        step={"using": [use("Newton, one more", j=k)]},
        because="Newton's identities: one root more",
    )
