"""Part (a) of set-dimension: M power sums determine the polynomial of M numbers, by Newton's identities for two."""

from __future__ import annotations

from typing import Any

from lemmata.proof import Proof, bracket, claim, eq, le, nat, square, total, use
from theorems.expressivity._set_dimension import M, by_induction, elements, j, k, q, u
from theorems.expressivity._set_dimension_newton import (
    EXTRA,
    TOP,
    U,
    V,
    equal_sums,
    h,
    power_sum,
    roots,
    scheme,
    x,
)

e = nat("e")
_given, _pair = [*scheme, equal_sums], (M, x, h, U, V)
_signs = ((1, U), (-1, V))
i = elements(M)


def mixed_sum(j, k, U):
    """sum_i x_i^(j+1) h(M, k, x_i)."""
    return total(i, x(i, U) ** (j + 1) * h(M, k, x(i, U), U))


def left(steps, rest):
    """1 if the rest is what is left of M steps."""
    return bracket(steps + rest, "=", M)


def derive_sums(proof: Proof) -> None:
    """Equal power sums, equal mixed sums, equal coefficients, equal polynomials."""
    _mixed(proof)
    _equal(proof)


def _mixed(proof: Proof) -> None:
    """Equal power sums make these equal, as far as j + k + 1 <= M: so far that a natural e is left."""

    def equal(k, j, e):
        return eq(left(k + j + 1, e) * (mixed_sum(j, k, U) - mixed_sum(j, k, V)), 0)

    _power_sums(proof)
    here, each = left(k + j + 2, e), power_sum(V, j + 1) / (k + 1)
    base, step = [], []
    for sign, A in _signs:
        under: dict[str, Any] = {"under": [total(i, 1)], "W": A}
        base.append(use(TOP, p=M, z=x(i, A), times=sign * left(j + 1, e) * x(i, A) ** (j + 1), **under))
        under = {"under": [total(i, 1)], "U": A}
        step.append(use("Horner", m=M, u=x(i, A), times=sign * here * x(i, A) ** (j + 1), **under))
        step.append(use("Newton", m=M, U=A, times=sign * here * each))
    last = h(M, k + 1, 0, U)
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
        claim((M, x, U, V, j, e), eq(power_sum(U, j + 1), power_sum(V, j + 1)), [known, some]),
        "sum",
        using=[use(0, q=j, given=[use("as many")])],
        printed=False,
    )


def _equal(proof: Proof) -> None:
    """Coefficient by coefficient, and so the whole polynomials."""
    here = left(k + 1, e)
    proof.step(
        "coefficients",
        claim((*_pair, k, e), eq(here * (h(M, k + 1, 0, U) - h(M, k + 1, 0, V)), 0), _given),
        "sum",
        using=[
            *(use("Newton", m=M, U=A, times=sign * here / (k + 1)) for sign, A in _signs),
            use("mixed sums", j=0, times=-1 / (k + 1)),
        ],
        printed=False,
    )
    by_induction(
        proof,
        "polynomials",
        claim((*_pair, u, k, e), eq(left(k, e) * (h(M, k, u, U) - h(M, k, u, V)), 0), _given),
        k,
        base={"using": [use(TOP, p=M, z=u, W=A, times=sign * left(0, e)) for sign, A in _signs]},
        step={
            "using": [
                *(use("Horner", m=M, U=A, times=sign * here) for sign, A in _signs),
                use("coefficients"),
                use(EXTRA + 1, **{"e'": e + 1}, times=u),
            ]
        },
    )
    whole = [use("whole", m=M, U=A, times=-sign) for sign, A in _signs]
    proof.step(
        "equal polynomials",
        claim((M, x, h, U, V, u), eq(roots(U), roots(V)), [*scheme, equal_sums]),
        "sum",
        using=[use("polynomials", k=M, e=0), *whole],
        because="after M steps both are whole",
        printed=False,
    )
