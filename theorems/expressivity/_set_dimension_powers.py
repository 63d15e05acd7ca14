"""Powers are continuous: (u^m - v^m)^2 <= m^2 (u - v)^2 on [0,1], for part (a'') of set-dimension."""

from __future__ import annotations

from lemmata.proof import Proof, claim, eq, le, lt, ordered, square, use
from theorems.expressivity._set_dimension import M, by_induction, m, s, u, v, z
from theorems.expressivity._set_dimension_multisets import u2, v2
from theorems.expressivity._set_dimension_polynomials import power

# As s the difference has a square that is at least 0 by its form.
gap, unit = u**m - v**m, [le(0, u), le(u, 1), le(0, v), le(v, 1), eq(s, u - v)]


def derive_powers(proof: Proof) -> None:
    """By u^(m+1) - v^(m+1) = u (u^m - v^m) + v^m (u - v)."""
    _rise(proof)
    _near(proof)
    _modulus(proof)


def _rise(proof: Proof) -> None:
    """(u^m - v^m) (u - v) <= m (u - v)^2."""
    by_induction(
        proof,
        "power up to 1",
        claim((v, m), le(v**m, 1), [le(0, v), le(v, 1)]),
        m,
        base={"rule": "square"},
        step={"rule": "square", "using": [use(1), use(2, times=v)]},
    )
    by_induction(
        proof,
        "powers rise slowly",
        claim((u, v, s, m), le(gap * s, m * s**2), unit),
        m,
        base={"rule": "square"},
        step={
            "rule": "square",
            "using": [
                use(5, times=u),
                use(1, times=m * s**2),
                use("power up to 1", times=s**2),
                use(4, times=-s * v**m),
            ],
        },
    )


def _near(proof: Proof) -> None:
    """(u^m - v^m)^2 <= m^2 (u - v)^2."""
    following = u ** (m + 1) - v ** (m + 1)
    by_induction(
        proof,
        "powers are near",
        claim((u, v, s, m), le(gap**2, m**2 * s**2), unit),
        m,
        base={"rule": "square"},
        step={
            "rule": "square",
            "using": [
                use(5, times=u**2),
                use(1, times=(m**2 * (1 + u) + 2 * m) * s**2),
                use("powers rise slowly", times=2 * u * v**m),
                use("power up to 1", times=(2 * m * u + 1 + v**m) * s**2),
                use(4, times=-(v**m) * (following + u * gap + v**m * s)),
            ],
        },
    )


def _modulus(proof: Proof) -> None:
    """What (u - v)^2 is to be for (u^(l+1) - v^(l+1))^2 to be small."""
    distance, last = u2 - v2, le(power + 1, M)
    proof.contradiction(
        "positive modulus",
        claim((M, z), lt(0, z / (M + 1) ** 2), [lt(0, z)]),
        absurd={"using": [use(0), use(1, times=(M + 1) ** 2)]},
        printed=False,
    )
    proof.step(
        "up to M",
        claim((M, power), last),
        "square",
        using=[use("in range", K=M, times=M - power - 1)],
        ordered=[ordered(last)],
        printed=False,
    )
    proof.step(
        "at most M",
        claim((M, power, s), le((power + 1) ** 2 * s**2, (M + 1) ** 2 * s**2)),
        "square",
        using=[use("up to M", times=(M + power + 2) * s**2)],
        squares=[square(s, times=M + power + 2)],
        printed=False,
    )
    near = le(distance**2, z / (M + 1) ** 2)
    proof.step(
        "continuous powers",
        claim(
            (M, power, z, u2, v2),
            le((u2 ** (power + 1) - v2 ** (power + 1)) ** 2, z),
            [lt(0, z), le(0, u2), le(u2, 1), le(0, v2), le(v2, 1), near],
        ),
        "square",
        using=[
            use("powers are near", u=u2, v=v2, s=distance, m=power + 1),
            use(5, times=(M + 1) ** 2),
            use("at most M", s=distance),
        ],
        printed=False,
    )
