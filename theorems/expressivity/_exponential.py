"""From ex' = ex, ex(0) = 1 and ex(y + z) = ex(y) ex(z) alone: the exponential lies above its tangent at 0."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from lemmata.proof import Proof, Statement, bracket, claim, le, lt, real, square, use

u, mid = real("u"), real("mid")


def derive_above(proof: Proof, ex: Any, facts: Sequence[Any]) -> None:
    """The step "above", 1 + u <= ex(u), and "exponentials are not negative": right of 0, left of 0, and everywhere.

    ``facts`` are the three laws in the order above, each over variables of its own.
    """
    slope, _, adds = facts
    (at,), (first, second) = _names(slope), _names(adds)
    not_negative, here = "exponentials are not negative", {at: mid}
    proof.step(
        not_negative,
        claim((ex, u), le(0, ex(u)), facts),
        "square",
        using=[use(2, times=-1, **{first: u / 2, second: u / 2})],
        squares=[square(ex(u / 2))],
        printed=False,
    )
    rising, falling = use(0, times=-1, **here), use(0, **here)

    def on_a_side(name: str, right: bool, of: Callable[[Any], Any], using: list[Any]) -> None:
        ends, condition = ((0, u), le(0, u)) if right else ((u, 0), le(u, 0))
        low, high = map(of, ends)
        statement = claim((ex, u), le(low, high), [*facts, condition])
        how = {"rule": "square", "using": using}
        proof.monotone(name, statement, mid, of(mid), ends, slope=how, printed=False)

    on_a_side("right", True, ex, [rising, use(not_negative, u=mid)])
    on_a_side("left", False, ex, [rising, use(not_negative, u=mid)])
    on_a_side("above, right", True, lambda z: ex(z) - z, [rising, use(1, times=-1), use("right", u=mid)])
    on_a_side("above, left", False, lambda z: z - ex(z), [falling, use(1), use("left", u=mid)])
    proof.step(
        "above, strictly left",
        claim((ex, u), le(1 + u, ex(u)), [*facts, lt(u, 0)]),
        "square",
        using=[use("above, left"), use(1, times=-1)],
        printed=False,
    )
    proof.step(
        "above",
        claim((ex, u), le(1 + u, ex(u)), facts),
        "square",
        using=[
            use("above, right", guard=[3]),
            use("above, strictly left", guard=[3]),
            use(1, times=-bracket(0, "<=", u)),
        ],
        printed=False,
    )


def _names(law: Statement) -> list[str]:
    return [variable.name for variable in law.variables]
