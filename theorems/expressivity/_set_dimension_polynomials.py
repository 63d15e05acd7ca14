"""Part (a) of set-dimension: M power sums determine the polynomial whose roots are M numbers."""

from __future__ import annotations

from lemmata.proof import Proof, bracket, claim, eq, function, index, le, product, total, use
from theorems.expressivity._set_dimension import M, j, k, n, p, q, s, u, z
from theorems.expressivity._set_dimension_multisets import i, x, y
from theorems.expressivity._set_dimension_newton import GROWS, U, W, h, scheme_of
from theorems.expressivity._set_dimension_scheme import first

power = index("l", M)
w = function("value", power)


def equal_power_sums(x, y):
    """The first M power sums of two multisets are equal."""
    return claim((power,), eq(total(i, x(i) ** (power + 1)), total(i, y(i) ** (power + 1))))


def polynomial(x):
    """The polynomial whose roots they are."""
    return product(i, u - x(i))


newton_claim = claim((M, x, y, u), eq(polynomial(x), polynomial(y)), [equal_power_sums(x, y)])


def find(k, w):
    """w(k) if k is a place, else 0."""
    o = index("o", M)
    return total(o, bracket(o, "=", k) * w(o))


def either(k, W):
    """Element k of x if W = 0, of y if W = 1."""
    return find(k, lambda o: (1 - W) * x(o) + W * y(o))


_first = first(M, either)


def derive_polynomials(proof: Proof) -> None:
    """With a Horner scheme for the two multisets, and so without."""
    _each_power(proof)
    _found(proof)
    _found_again(proof)
    _equal(proof)


def _each_power(proof: Proof) -> None:
    """The hypothesis, for naturals in the place of indices."""
    difference = total(i, x(i) ** (j + 1)) - total(i, y(i) ** (j + 1))
    proof.step(
        "each power",
        claim((M, x, y, j), eq(difference, 0), [equal_power_sums(x, y), le(j + 1, M)]),
        "sum",
        using=[
            use(0, under=[total(power, 1)], times=bracket(power, "=", j)),
            use("picked", f=((k,), difference.xreplace({j: k})), a=j, K=M, times=-1),
            use("not below 0", u=M - j - 1, times=difference),
        ],
        printed=False,
    )


def _found(proof: Proof) -> None:
    """Among M places each is found, in powers and products too."""
    hole = function("hole", power)
    proof.step("found", claim((M, w, power), eq(find(power, w), w(power))), "sum", printed=False)
    for name, other, of in (
        ("powers found", n, lambda w: total(power, w(power) ** (n + 1))),
        ("factors found", u, lambda w: product(power, u - w(power))),
    ):
        statement = claim((M, w, other), eq(of(lambda power: find(power, w)), of(w)))
        proof.congruence(name, statement, hole, of(hole), "found", over=[power], printed=False)


def _found_again(proof: Proof) -> None:
    """The first M of these are all: so a scheme for the one is a scheme for the other."""
    o = index("o", M)
    here = bracket(o, "=", n)
    proof.step(
        "all of them",
        claim((M, x, y, n, U), eq(_first(n, U), either(n, U))),
        "sum",
        using=[
            use("picked", f=((k,), either(k, U)), a=n, K=M, times=-1),
            use(
                "found",
                value=((power,), (1 - U) * x(power) + U * y(power)),
                l=o,
                under=[total(o, 1)],
                times=here,
            ),
        ],
        printed=False,
    )
    law = eq(h(j + 1, n + 1, s, U), h(j, n + 1, s, U) - either(j, U) * h(j, n, s, U))
    proof.step(
        "law found",
        claim((M, x, y, h, j, n, s, U), law, scheme_of(_first)),
        "sum",
        using=[use(GROWS, p=j, q=n, z=s, W=U), use("all of them", n=j, times=-h(j, n, s, U))],
        printed=False,
    )


def _equal(proof: Proof) -> None:
    """Equal power sums, equal polynomials."""
    sums = [total(i, either(i, W) ** (j + 1)) for W in (0, 1)]
    proof.step(
        "each power, found",
        claim((M, x, y, j), eq(*sums), [equal_power_sums(x, y), le(j + 1, M)]),
        "sum",
        using=[
            use("each power"),
            use("powers found", value=x.name, n=j),
            use("powers found", value=y.name, n=j, times=-1),
        ],
        printed=False,
    )
    elements, gap = ((k, W), either(k, W)), polynomial(x) - polynomial(y)
    proof.step(
        "equal, by a scheme",
        claim((M, x, y, h, u), eq(gap, 0), [equal_power_sums(x, y), *scheme_of(either)]),
        "sum",
        using=[
            use("equal polynomials", el=elements, U=0, V=1, given=[use("each power, found", j=q)]),
            use("factors found", value=x.name, times=-1),
            use("factors found", value=y.name),
        ],
        printed=False,
    )
    laws = [use("law found", j=p, n=q, s=z, U=W)]
    proof.conclude(
        "a",
        "sum",
        using=[use("a scheme", el=elements, m=M, Q=gap, given=[use("equal, by a scheme", given=laws)])],
        because="the coefficients of both are those that Newton's identities give",
    )
