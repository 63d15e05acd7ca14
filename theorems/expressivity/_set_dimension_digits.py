"""Part (f) of set-dimension: one number holds a whole multiset of bounded multiplicities, as its digits.

Element number k of the universe counts r^(k+1), r = 1/B, so that the multiplicities are the digits of the sum to the
base B.
"""

from __future__ import annotations

from lemmata.proof import Proof, claim, eq, function, le, nat, real, square, total, use
from theorems.expressivity._set_dimension import X, Y, Z, by_induction, elements, j, k, m, n, p

B, r = nat("B"), real("r")
count = function("count", k, X, to=n)
f = function("f", k)


def code(k, X, size=n):
    """The sum over the multiset from element number k on: sum_(i<size) count(k+i) r^(i+1)."""
    i = elements(size)
    return total(i, count(k + i, X) * r ** (i + 1))


inverse, positive = eq(B * r, 1), le(0, r)
digits = claim((p, Z), le(count(p, Z) + 1, B))
finite = claim((p, Z), eq(count(n + p, Z), 0))
scheme = [inverse, positive, digits, finite]
INVERSE, POSITIVE, DIGITS, FINITE, EXTRA = range(5)
digits_claim = claim(
    (B, r, n, count, X, Y, k), eq(count(k, X), count(k, Y)), [*scheme, eq(code(0, X), code(0, Y))]
)


def derive_digits(proof: Proof) -> None:
    """The code times B is the first digit and what the rest codes, which is below 1."""
    _next(proof)
    _bounds(proof)
    _digits(proof)
    _rests(proof)


def _next(proof: Proof) -> None:
    """B code(k) = count(k) + code(k+1)."""
    i = elements(m)
    by_induction(
        proof,
        "first term",
        claim(
            (f, r, m),
            eq(
                r * total(i, f(i + 1) * r ** (i + 1)) + r * f(0),
                total(i, f(i) * r ** (i + 1)) + f(m) * r ** (m + 1),
            ),
        ),
        m,
        base={"using": []},
        step={"using": [use(0)]},
    )
    rest = code(k + 1, X) + count(k, X)
    proof.step(
        "next",
        claim((B, r, n, count, X, k), eq(B * code(k, X), count(k, X) + code(k + 1, X)), scheme),
        "sum",
        using=[
            use("first term", m=n, f=((j,), count(k + j, X)), times=-B),
            use(INVERSE, times=rest),
            use(FINITE, p=k, Z=X, times=-B * r ** (n + 1)),
        ],
        because="the first digit comes before the point",
    )


def _bounds(proof: Proof) -> None:
    """0 <= code <= 1 - r^m < 1."""
    symbols = (B, r, n, count, X, k, m)
    i = elements(m)
    proof.step(
        "not negative",
        claim(symbols, le(0, code(k, X, m)), scheme),
        "square",
        squares=[square(1, times=count(k + i, X) * r ** (i + 1), under=[total(i, 1)])],
        printed=False,
    )
    by_induction(
        proof,
        "below 1",
        claim(symbols, le(code(k, X, m), 1 - r**m), scheme),
        m,
        base={"rule": "square"},
        step={
            "rule": "square",
            "using": [
                use(EXTRA),
                use(DIGITS, p=k + m, Z=X, times=r ** (m + 1)),
                use(INVERSE, times=r**m),
            ],
        },
        because="no digit is above B - 1",
    )
    by_induction(
        proof,
        "powers",
        claim((B, r, m), eq(B**m * r**m, 1), [inverse]),
        m,
        base={"using": []},
        step={"using": [use(1), use(0, times=B**m * r**m)]},
    )


def _digits(proof: Proof) -> None:
    """Equal codes have equal first digits."""
    symbols, q_n = (B, r, n, count, X, Y, k), B**n
    given = [*scheme, eq(code(k, X), code(k, Y))]
    proof.step(
        "not larger by 1",
        claim(symbols, le(q_n * count(k, X) + 1, q_n * (count(k, Y) + 1)), given),
        "square",
        using=[
            use("below 1", X=Y, k=k + 1, m=n, times=q_n),
            use("not negative", k=k + 1, m=n, times=q_n),
            use("next", times=-q_n),
            use("next", X=Y, times=q_n),
            use(EXTRA, times=q_n * B),
            use("powers", m=n, times=-1),
        ],
        because="two codes below 1 cannot make up for a digit",
    )
    one_more = use("one more", a=count(k, X), b=count(k, Y), times=q_n)
    proof.contradiction(
        "not larger",
        claim(symbols, le(count(k, X), count(k, Y)), given),
        absurd={"using": [use("not larger by 1"), one_more], "squares": [square(1)]},
        printed=False,
    )
    proof.step(
        "turned",
        claim(symbols, eq(code(k, Y), code(k, X)), given),
        "sum",
        using=[use(EXTRA, times=-1)],
        printed=False,
    )
    both = [use("not larger"), use("not larger", X=Y, Y=X, given=[use("turned")])]
    proof.step(
        "same digit",
        claim(symbols, eq(count(k, X), count(k, Y)), given),
        "sum",
        using=[use("antisymmetric", u=count(k, X), v=count(k, Y), given=both)],
        printed=False,
    )


def _rests(proof: Proof) -> None:
    """And so equal rests, digit by digit."""
    using = [
        use(EXTRA + 1, times=B),
        use("next", times=-1),
        use("next", X=Y),
        use("same digit", times=-1),
    ]
    by_induction(
        proof,
        "same rest",
        claim((B, r, n, count, X, Y, k), eq(code(k, X), code(k, Y)), digits_claim.given),
        k,
        base={"using": [use(EXTRA)]},
        step={"using": using},
    )
    proof.conclude("f", "sum", using=[use("same digit", given=[use("same rest")])], because="digit by digit")
