"""Part (a) of set-dimension: M power sums determine a multiset of M numbers. Newton's identities, by induction.

h(m, k, t, X) is what Horner's scheme holds after k steps on prod_(i<m) (t - x_i), the polynomial whose roots are the
first m elements of X: its k + 1 leading coefficients. So h(m, m, t, X) is that product, and h(m, k, 0, X) is the
coefficient that came last.
"""

from __future__ import annotations

from typing import Any

from lemmata.proof import Proof, bracket, claim, eq, function, le, nat, product, square, total, use
from theorems.expressivity._set_dimension import M, X, Y, Z, by_induction, elements, j, k, m, p, q, s, t, z

e = nat("e")
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
    """Horner's scheme and Newton's identities for one multiset; then two with equal power sums."""
    _horner(proof)
    _whole(proof)
    _newton(proof)
    _mixed(proof)
    _equal(proof)


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


# ---------------------------------------------------------------- two multisets

_given, _pair = [*scheme, equal_sums], (M, x, h, X, Y)
_signs = ((1, X), (-1, Y))
i = elements(M)


def mixed_sum(j, k, X):
    """sum_i x_i^(j+1) h(M, k, x_i)."""
    return total(i, x(i, X) ** (j + 1) * h(M, k, x(i, X), X))


def left(steps, rest):
    """1 if the rest is what is left of M steps."""
    return bracket(steps + rest, "=", M)


def _mixed(proof: Proof) -> None:
    """Equal power sums make these equal, as far as j + k + 1 <= M: so far that a natural e is left."""

    def equal(k, j, e):
        return eq(left(k + j + 1, e) * (mixed_sum(j, k, X) - mixed_sum(j, k, Y)), 0)

    _power_sums(proof)
    here, each = left(k + j + 2, e), power_sum(Y, j + 1) / (k + 1)
    base, step = [], []
    for sign, A in _signs:
        under: dict[str, Any] = {"under": [total(i, 1)], "Z": A}
        base.append(use(TOP, p=M, z=x(i, A), times=sign * left(j + 1, e) * x(i, A) ** (j + 1), **under))
        under = {"under": [total(i, 1)], "X": A}
        step.append(use("Horner", m=M, t=x(i, A), times=sign * here * x(i, A) ** (j + 1), **under))
        step.append(use("Newton", m=M, X=A, times=sign * here * each))
    last = h(M, k + 1, 0, X)
    by_induction(
        proof,
        "mixed sums",
        claim((*_pair, k, j, e), equal(k, j, e), _given),
        k,
        base={"using": [*base, use("power sums", guard=[1])]},
        step={
            "using": [
                *step,
                use(EXTRA + 1, **{"j'": j + 1, "e'": e}),
                use("power sums", guard=[1], e=e + k + 1, times=last),
                use(EXTRA + 1, **{"j'": 0, "e'": e + j + 1}, times=-each),
            ]
        },
        because="Horner under the sum, then Newton",
    )


def _power_sums(proof: Proof) -> None:
    """The hypothesis, for so many powers that a natural e is left."""
    some, known = eq(j + 1 + e, M), claim((q,), equal_sums.then, equal_sums.given)
    proof.step(
        "as many",
        claim((M, j, e), le(j + 1, M), [some]),
        "square",
        using=[use(0)],
        squares=[square(1, times=e)],
        printed=False,
    )
    proof.step(
        "power sums",
        claim((M, x, X, Y, j, e), eq(power_sum(X, j + 1), power_sum(Y, j + 1)), [known, some]),
        "sum",
        using=[use(0, q=j, given=[use("as many")])],
        printed=False,
    )


def _equal(proof: Proof) -> None:
    """Coefficient by coefficient, and so the whole polynomials."""
    here = left(k + 1, e)
    proof.step(
        "coefficients",
        claim((*_pair, k, e), eq(here * (h(M, k + 1, 0, X) - h(M, k + 1, 0, Y)), 0), _given),
        "sum",
        using=[
            *(use("Newton", m=M, X=A, times=sign * here / (k + 1)) for sign, A in _signs),
            use("mixed sums", j=0, times=-1 / (k + 1)),
        ],
        printed=False,
    )
    by_induction(
        proof,
        "polynomials",
        claim((*_pair, t, k, e), eq(left(k, e) * (h(M, k, t, X) - h(M, k, t, Y)), 0), _given),
        k,
        base={"using": [use(TOP, p=M, z=t, Z=A, times=sign * left(0, e)) for sign, A in _signs]},
        step={
            "using": [
                *(use("Horner", m=M, X=A, times=sign * here) for sign, A in _signs),
                use("coefficients"),
                use(EXTRA + 1, **{"e'": e + 1}, times=t),
            ]
        },
    )
    whole = [use("whole", m=M, X=A, times=-sign) for sign, A in _signs]
    proof.conclude(
        "a",
        "sum",
        using=[use("polynomials", k=M, e=0), *whole],
        because="after M steps both are whole",
    )
