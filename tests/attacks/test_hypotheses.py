"""Hypotheses: one that cannot hold proves much, so it must be established wherever the claim is used."""

from __future__ import annotations

from tests.attacks.attack import Attack, each, one, step

UNMET = "a hypothesis of the premise is not established"
VACUOUS = step("p", "identity", "for all a: real. if a != a then 0 = 1", using=[])
ABSURD = step("p", "identity", "for all a: real. if 1 = 0 then a = 0", using=[{"from": 0, "times": "a"}])
WEAK = step("p", "square", "for all a: real. if 0 <= a then 0 <= 2*a", using=[{"from": 0, "times": "2"}])
ALL = "(for all i: index(n). f(i) = 0)"
ZERO = step(
    "p",
    "sum",
    f"for all n: nat, f: fn(nat) -> real. if {ALL} then sum(i: index(n), f(i)) = 0",
    using=[{"from": 0, "under": ["sum(i: index(n))"]}],
)

ATTACKS = [
    Attack(
        "a claim that holds for want of cases, used",
        UNMET,
        (
            ABSURD,
            step(
                "s", "identity", "for all b: real. b = 0", ("p",), using=[{"from": "p", "with": {"a": "b"}}]
            ),
        ),
        (
            ABSURD,
            step(
                "s",
                "identity",
                "for all b: real. if 1 = 0 then b + b = 0",
                ("p",),
                using=[{"from": "p", "with": {"a": "2*b"}}],
            ),
        ),
    ),
    Attack(
        "a contradiction proves what follows from it, not everything by itself",
        "do not cancel",
        (VACUOUS,),
        one("identity", "for all a: real. if 0 = 1 then 0 = a", using=[{"from": 0, "times": "a"}]),
    ),
    Attack(
        "a hypothesis that does not hold at the value",
        UNMET,
        (WEAK, step("s", "square", "0 <= 2*(-1)", ("p",), using=[{"from": "p", "with": {"a": "-1"}}])),
        (
            WEAK,
            step(
                "s",
                "square",
                "for all b: real. 0 <= 2*b^2",
                ("p",),
                using=[{"from": "p", "with": {"a": "b^2"}}],
            ),
        ),
    ),
    Attack(
        "a hypothesis that is given by another relation",
        UNMET,
        (
            step("w", "assume", "for all b: real. 0 <= b + 1"),
            WEAK,
            step(
                "s",
                "square",
                "for all b: real. 0 <= 2*b",
                ("p", "w"),
                using=[{"from": "p", "with": {"a": "b"}, "given": [{"from": "w"}]}],
            ),
        ),
        (
            step("w", "assume", "for all b: real. 0 <= b + 1"),
            WEAK,
            step(
                "s",
                "square",
                "for all b: real. 0 <= 2*(b + 1)",
                ("p", "w"),
                using=[{"from": "p", "with": {"a": "b + 1"}, "given": [{"from": "w"}]}],
            ),
        ),
    ),
    Attack(
        "a weak hypothesis given for a strict one",
        UNMET,
        (
            step("p", "square", "for all a: real. if 0 < a then 0 < 2*a", using=[{"from": 0, "times": "2"}]),
            step("w", "assume", "for all b: real. 0 <= b"),
            step(
                "s",
                "square",
                "for all b: real. 0 < 2*b",
                ("p", "w"),
                using=[{"from": "p", "with": {"a": "b"}, "given": [{"from": "w"}]}],
            ),
        ),
    ),
    Attack(
        "a hypothesis turned around",
        UNMET,
        (
            WEAK,
            step(
                "s",
                "square",
                "for all b: real. if b <= 0 then 0 <= 2*b",
                ("p",),
                using=[{"from": "p", "with": {"a": "b"}}],
            ),
        ),
        (
            WEAK,
            step(
                "s",
                "square",
                "for all b: real. if b <= 0 then 0 <= 2*(-b)",
                ("p",),
                using=[{"from": "p", "with": {"a": "-b"}, "given": [{"from": 0}]}],
            ),
        ),
    ),
    Attack(
        "a hypothesis for all indices, known at one",
        UNMET,
        (
            ZERO,
            step(
                "s",
                "sum",
                "for all n: nat, f: fn(nat) -> real, k: index(n). if f(k) = 0 then sum(i: index(n), f(i)) = 0",
                ("p",),
                using=[{"from": "p"}],
            ),
        ),
        (
            ZERO,
            step(
                "s",
                "sum",
                f"for all n: nat, f: fn(nat) -> real, k: index(n). if {ALL} then 2*sum(i: index(n), f(i)) = 0",
                ("p",),
                using=[{"from": "p", "times": "2"}],
            ),
        ),
    ),
    Attack(
        "a hypothesis for all indices, of a shorter range",
        UNMET,
        (
            ZERO,
            step(
                "s",
                "sum",
                f"for all n: nat, f: fn(nat) -> real. if {ALL} then sum(i: index(n + 1), f(i)) = 0",
                ("p",),
                using=[{"from": "p", "with": {"n": "n + 1"}}],
            ),
        ),
    ),
    Attack(
        "a hypothesis about a value that is not in its range",
        "not of its sort",
        one(
            "sum",
            f"for all n: nat, f: fn(nat) -> real. if {ALL} then f(n) = 0",
            using=[{"from": 0, "with": {"i": "n"}}],
        ),
        one(
            "sum",
            f"for all n: nat, f: fn(nat) -> real, k: index(n). if {ALL} then f(k) = 0",
            using=[{"from": 0, "with": {"i": "k"}}],
        ),
    ),
    Attack(
        "a hypothesis that is not there",
        "there is no hypothesis 1",
        one("sum", "for all a: real. if a = 0 then a = 1", using=[{"from": 1}]),
        one("sum", "for all a: real. if a = 0 then a^2 = 0", using=[{"from": 0, "times": "a"}]),
    ),
    Attack(
        "a claim for its own hypothesis",
        "there is no earlier step",
        one("sum", "for all a: real. a = 0", using=[{"from": "s"}]),
    ),
    Attack(
        "an equation used upside down",
        "do not cancel",
        one("identity", "for all a: real, b: real. if a = b^2 then b = a^2", using=[{"from": 0}]),
        one(
            "identity",
            "for all a: real, b: real. if a = b^2 then b^2 = a",
            using=[{"from": 0, "times": "-1"}],
        ),
    ),
    Attack(
        "a strict hypothesis for an inequation of another number",
        "not known to differ from zero",
        one("identity", "for all a: real, b: real. if 0 < a + b then a/a = 1"),
        one("identity", "for all a: real, b: real. if 0 < a + b then (a + b)/(a + b) = 1"),
    ),
]


@each(ATTACKS)
def test_what_is_supposed_is_established_before_it_is_used(attack: Attack) -> None:
    attack.run()
