"""What the parts of set-dimension share: a sequence for every multiset, and three facts about brackets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lemmata.proof import Proof, bracket, claim, eq, function, index, le, lt, nat, point, real, square, total, use

M, m, k, j, n = (nat(name) for name in ("M", "m", "k", "j", "n"))
a, b = nat("a"), nat("b")
t, s, u, v = (real(name) for name in ("t", "s", "u", "v"))
# What the hypotheses call their own variables.
p, q, z = nat("p"), nat("q"), real("z")
X, Y, Z = (point(name) for name in ("X", "Y", "Z"))
i = index("i", M)


def within(left, right):
    """1 if left <= right."""
    return bracket(left, "<=", right)


def derive_brackets(proof: Proof) -> None:
    """From what cannot be follows everything, so two brackets that exclude one another have the product 0."""
    proof.step("itself", claim((u,), eq(u, 0), [eq(u, 0)]), "sum", using=[use(0)], printed=False)
    proof.step(
        "positive is not 0",
        claim((u,), eq(bracket(u, "=", 0), 0), [lt(0, u)]),
        "sum",
        using=[use("itself", guard=[0], times=1 / u)],
        printed=False,
    )


def impossible(proof: Proof, name: str, variables, given, **how: Any) -> None:
    """1 = 0 under contradictory hypotheses; ``how`` proves 0 < 0 from them, by the rule square."""
    proof.step(f"{name}, 0 < 0", claim(variables, lt(0, 0), given), "square", printed=False, **how)
    proof.step(
        name,
        claim(variables, eq(1, 0), given),
        "sum",
        using=[use("positive is not 0", u=0, given=[use(f"{name}, 0 < 0")])],
        printed=False,
    )


def derive_within(proof: Proof) -> None:
    """[a + b <= M] [b <= M] = [a + b <= M] for naturals."""
    impossible(
        proof,
        "between",
        (a, b, M),
        [le(a + b, M), lt(M, b)],
        using=[use(0), use(1)],
        squares=[square(1, times=a)],
    )
    proof.step(
        "the smaller too",
        claim((a, b, M), eq(within(a + b, M) * within(b, M), within(a + b, M))),
        "sum",
        using=[use("between", guard=[0, 1], times=-1)],
        printed=False,
    )


def by_induction(
    proof: Proof, name: str, statement, over, base: Mapping[str, Any], step: Mapping[str, Any], because: str = ""
) -> None:
    """An induction; without a reason it is one of the steps that -v shows."""
    proof.induction(name, statement, over, base=base, step=step, because=because)
    if not because:
        proof.hidden.add(name)


__all__ = ["M", "X", "Y", "Z", "a", "b", "function", "i", "j", "k", "m", "n", "s", "t", "total", "u", "v"]
