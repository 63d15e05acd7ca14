"""Quantified hypotheses of a premise, established by references: for all values of their variables, no others."""

from __future__ import annotations

from typing import Any

import pytest

from lemmata.kernel.errors import Refused
from tests.attacks.attack import Attack, Record, each, judged, step

UNMET = "a hypothesis of the premise is not established"
ZERO = step(
    "zero",
    "sum",
    "for all n: nat, f: fn(index(n)) -> real. if (for all i: index(n). f(i) = 0) then sum(i: index(n), f(i)) = 0",
    using=[{"from": 0, "under": ["sum(i: index(n))"]}],
)
TIMES = step(
    "times",
    "sum",
    "for all n: nat, f: fn(index(n)) -> real, g: fn(index(n)) -> real, i: index(n). "
    "if (for all j: index(n). g(j) = 0) then f(i)*g(i) = 0",
    using=[{"from": 0, "with": {"j": "i"}, "times": "f(i)"}],
)
FG = "for all n: nat, f: fn(index(n)) -> real, g: fn(index(n)) -> real"
ALL = "(for all j: index(n). g(j) = 0)"
DOT = "sum(k: index(n), f(k)*g(k)) = 0"
PRODUCT = {"f": {"of": ["l: index(n)"], "is": "f(l)*g(l)"}}
# Names of the claims below stand in the sort of a later variable, or are those of a variable to be opened.
DEPENDENT = step(
    "dependent",
    "assume",
    "for all f: fn(nat) -> real. if (for all k: nat, x: signs(k), i: index(k). f(k)*x[i] = 0) then f(1) = 0",
)
SCALED = step(
    "scaled",
    "sum",
    "for all f: fn(nat) -> real, m: nat, a: real. if (for all l: nat. f(l) = 0) then f(m)*a = 0",
    using=[{"from": 0, "with": {"l": "m"}, "times": "a"}],
)
DELTA = step(
    "delta",
    "assume",
    "for all n: nat, m: nat, f: fn(nat) -> real. "
    "if (for all k: index(m). sum(i: index(n), [i = k]*f(i)) = f(k)) then f(0) = 0",
)
ORDER = step("order", "assume", "for all a: real. if (for all b: real. if b <= 0 then a*b <= 0) then 0 <= a")

NULL = step(
    "null",
    "square",
    "for all a: real, b: real. if a = 0; b <= 0 then a*b <= 0",
    using=[{"from": 0, "times": "b"}],
)
RISES = step(
    "rises",
    "square",
    "for all a: real, b: real. if a <= b then a <= b + 1",
    using=[{"from": 0}],
    squares=[{"of": "1"}],
)
ABOVE = step(
    "above", "assume", "for all a: real. if (for all b: real. if a <= b then a <= b + 1) then 0 <= 1"
)


def using(
    source: str,
    claim: str,
    *given: Record,
    more: tuple[str, ...] = (),
    values: Record | None = None,
    **entry: Any,
) -> Record:
    """A step that uses one premise, whose hypotheses the references give; ``more`` are steps that these name."""
    rule = "square" if "<=" in claim.split("then")[-1] else "sum"
    used = {"from": source, "given": list(given), "with": values or {}, **entry}
    return step("s", rule, claim, (source, *more), using=[used])


GOOD = (
    ZERO,
    TIMES,
    using("zero", f"{FG}. if {ALL} then {DOT}", {"from": "times"}, more=("times",), values=PRODUCT),
)

ATTACKS = [
    # The claim has an i of its own: the opened one is i1, and what is known at i says nothing of it.
    Attack(
        "what is known at one index is not known at all",
        UNMET,
        (
            ZERO,
            using("zero", f"{FG}, i: index(n). if f(i)*g(i) = 0 then {DOT}", {"from": 0}, values=PRODUCT),
        ),
        GOOD,
    ),
    Attack(
        "the claim's own index in place of the opened one",
        UNMET,
        (
            ZERO,
            TIMES,
            using(
                "zero",
                f"{FG}, i: index(n). if {ALL} then {DOT}",
                {"from": "times", "with": {"i": "i"}},
                more=("times",),
                values=PRODUCT,
            ),
        ),
        (
            ZERO,
            TIMES,
            using(
                "zero",
                f"{FG}, i: index(n). if {ALL} then {DOT}",
                {"from": "times", "with": {"i": "i1"}},
                more=("times",),
                values=PRODUCT,
            ),
        ),
    ),
    Attack(
        "the index of a sum that the premise stands under, in place of the opened one",
        UNMET,
        (
            ZERO,
            using(
                "zero",
                f"{FG}. if (for all j: index(n). f(j) = g(j)) then sum(i: index(n), sum(k: index(n), f(k) - f(i))) = 0",
                {"from": 0, "with": {"j": "i"}},
                under=["sum(i: index(n))"],
                values={"f": {"of": ["l: index(n)"], "is": "f(l) - f(i)"}},
            ),
        ),
        (
            ZERO,
            TIMES,
            using(
                "zero",
                f"{FG}. if (for all j: index(n). f(j) = 0) then sum(i: index(n), sum(k: index(n), f(k)*g(i))) = 0",
                {"from": "times", "with": {"i": "i1", "g": "f", "f": {"of": ["z: index(n)"], "is": "g(i)"}}},
                more=("times",),
                under=["sum(i: index(n))"],
                values={"f": {"of": ["l: index(n)"], "is": "f(l)*g(i)"}},
            ),
        ),
    ),
    Attack(
        "a size that the claim names like an opened one",
        UNMET,
        (
            DEPENDENT,
            using("dependent", "for all f: fn(nat) -> real, k: nat. if f(k) = 0 then f(1) = 0", {"from": 0}),
        ),
        (
            DEPENDENT,
            SCALED,
            using(
                "dependent",
                "for all f: fn(nat) -> real, k: nat. if (for all m: nat. f(m) = 0) then f(1) = 0",
                {"from": "scaled", "with": {"m": "k1", "a": "x[i]"}},
                more=("scaled",),
            ),
        ),
    ),
    Attack(
        "a component of an opened vector at an index of the claim",
        UNMET,
        (
            DEPENDENT,
            SCALED,
            using(
                "dependent",
                "for all f: fn(nat) -> real, n: nat, q: index(n). if (for all m: nat. f(m) = 0) then f(1) = 0",
                {"from": "scaled", "with": {"m": "k", "a": "x[q]"}},
                more=("scaled",),
            ),
        ),
        (
            DEPENDENT,
            SCALED,
            using(
                "dependent",
                "for all f: fn(nat) -> real, n: nat, q: index(n). if (for all m: nat. f(m) = 0) then f(1) = 0",
                {"from": "scaled", "with": {"m": "k", "a": "x[i]"}},
                more=("scaled",),
            ),
        ),
    ),
    Attack(
        "the range of the claim's index for the opened index of that name",
        UNMET,
        (DELTA, using("delta", "for all n: nat, m: nat, f: fn(nat) -> real, k: index(n). f(0) = 0")),
        (
            DELTA,
            using("delta", "for all n: nat, f: fn(nat) -> real, k: nat. f(0) = 0", values={"m": "n"}),
        ),
    ),
    # What is opened brings hypotheses of its own: they hold inside, not for the claim.
    Attack(
        "a hypothesis of what is opened, used for the claim",
        "there is no hypothesis 0",
        (
            RISES,
            ABOVE,
            step(
                "s",
                "square",
                "for all a: real. 0 <= a",
                ("above", "rises"),
                using=[{"from": "above", "given": [{"from": "rises"}]}, {"from": 0}],
            ),
        ),
        (RISES, ABOVE, using("above", "for all a: real. 0 <= 1", {"from": "rises"}, more=("rises",))),
    ),
    Attack(
        "a reference that needs what is not known",
        UNMET,
        (ORDER, using("order", "for all a: real. 0 <= a", {"from": 0})),
        (
            ORDER,
            NULL,
            using("order", "for all a: real. if a = 0 then 0 <= a", {"from": "null"}, more=("null",)),
        ),
    ),
    Attack(
        "a quantified hypothesis has no bracket to guard it",
        "has no bracket",
        (ZERO, using("zero", f"{FG}. {DOT}", guard=[0], values=PRODUCT)),
        GOOD,
    ),
    Attack(
        "a reference cannot guard",
        "unknown key 'guard'",
        (ZERO, TIMES, using("zero", f"{FG}. {DOT}", {"from": "times", "guard": [0]}, values=PRODUCT)),
        GOOD,
    ),
    Attack(
        "a premise that only a reference without effect names",
        "the premises listed are not those",
        (
            ZERO,
            TIMES,
            using(
                "zero",
                f"{FG}. if (for all i: index(n). f(i)*g(i) = 0) then {DOT}",
                more=("times",),
                values=PRODUCT,
            ),
        ),
        (
            ZERO,
            using("zero", f"{FG}. if (for all i: index(n). f(i)*g(i) = 0) then {DOT}", values=PRODUCT),
        ),
    ),
]


@each(ATTACKS)
def test_a_quantified_hypothesis_is_shown_for_all_its_values(attack: Attack) -> None:
    attack.run()


FOUR = step("four", "assume", "for all a: real, b: real. if a = b; a = b; a = b; a = b then a = b")


def nested(depth: int) -> Record:
    """Four hypotheses, each by a reference whose four hypotheses are each by a reference, and so on."""
    given: Record = {"from": 0}
    for _ in range(depth):
        given = {"from": "four", "given": [given]}
    return using("four", "for all a: real, b: real. if a + 0 = b then a = b", given)


def test_references_within_references_do_not_keep_the_judge_busy_without_end() -> None:
    judged(FOUR, nested(2))
    with pytest.raises(Refused, match="more than 2000 references"):
        judged(FOUR, nested(40))
