"""What the parts of set-dimension share: symbols, and a few facts about order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lemmata.proof import Proof, bracket, claim, eq, index, le, lt, nat, ne, ordered, point, real, square, use

M, m, k, j, n = (nat(name) for name in ("M", "m", "k", "j", "n"))
a, b, K = nat("a"), nat("b"), nat("K")
t, s, u, v = (real(name) for name in ("t", "s", "u", "v"))
X, Y, Z = (point(name) for name in ("X", "Y", "Z"))
# What hypotheses call their own variables.
p, q, z = nat("p"), nat("q"), real("z")


def elements(size):
    """An index of the first elements."""
    return index("i", size)


def within(left, right):
    """1 if left <= right."""
    return bracket(left, "<=", right)


def by_induction(
    proof: Proof,
    name: str,
    statement,
    over,
    base: Mapping[str, Any],
    step: Mapping[str, Any],
    because: str = "",
) -> None:
    """An induction; without a reason it is one of the steps that -v shows."""
    proof.induction(name, statement, over, base=base, step=step, because=because)
    if not because:
        proof.hidden.add(name)


def derive_order(proof: Proof) -> None:
    """What is positive is neither 0 nor less; two numbers that are not above one another are equal."""
    proof.step("itself", claim((u,), eq(u, 0), [eq(u, 0)]), "sum", using=[use(0)], printed=False)
    proof.step(
        "positive is not 0",
        claim((u,), eq(bracket(u, "=", 0), 0), [lt(0, u)]),
        "sum",
        using=[use("itself", guard=[0], times=1 / u)],
        printed=False,
    )
    for name, relation in (("positive is not below 0", lt(u, 0)), ("positive is not up to 0", le(u, 0))):
        holds = bracket(relation.left, relation.op, relation.right)
        proof.contradiction(
            name,
            claim((u,), eq(holds, 0), [lt(0, u)]),
            absurd={"squares": [square(holds, times=u**2)], "ordered": [ordered(relation, times=u)]},
            printed=False,
        )
    proof.contradiction(
        "antisymmetric",
        claim((u, v), eq(u, v), [le(u, v), le(v, u)]),
        absurd={"squares": [square(u - v)], "using": [use(1, times=v - u)]},
        printed=False,
    )
    _not_below(proof)


def _not_below(proof: Proof) -> None:
    """If 0 <= u then [u < 0] = 0: [u < 0] u is 0, so one of the two is, and 0 is not below 0."""
    below = bracket(u, "<", 0)
    proof.step(
        "one is 0",
        claim((u, v), eq(u, 0), [eq(v * u, 0), ne(v, 0)]),
        "sum",
        using=[use(0, times=1 / v)],
        printed=False,
    )
    proof.congruence(
        "0 is not below 0", claim((u,), eq(below, 0), [eq(u, 0)]), s, bracket(s, "<", 0), 0, printed=False
    )
    proof.step("up to 0", claim((u,), le(below * u, 0)), "square", ordered=[ordered(lt(u, 0))], printed=False)
    proof.step(
        "from 0",
        claim((u,), le(0, below * u), [le(0, u)]),
        "square",
        using=[use(0, times=below)],
        printed=False,
    )
    proof.step(
        "neither",
        claim((u,), eq(below * u, 0), [le(0, u)]),
        "sum",
        using=[use("antisymmetric", u=below * u, v=0, given=[use("up to 0"), use("from 0")])],
        printed=False,
    )
    proof.contradiction(
        "not below 0",
        claim((u,), eq(below, 0), [le(0, u)]),
        absurd={
            "using": [use("0 is not below 0", given=[use("one is 0", v=below, given=[use("neither")])])],
            "squares": [square(below)],
        },
        printed=False,
    )
