"""The rule congruence: what is equal here is not equal below a binder of the same name, nor where no sort allows it."""

from __future__ import annotations

from typing import Any

from tests.attacks.attack import Attack, Record, each, step

AB = "for all a: real, b: real. if a = b then "
FG = "for all n: nat, f: fn(nat) -> real, g: fn(nat) -> real. if (for all i: index(n). f(i) = g(i)) then "
SMOOTH = "for all f: fn(C1 real) -> real, g: fn(C1 real) -> real, a: real. "
EVERYWHERE = "if (for all t: real. f(t) = g(t)) then "
SLOPES = "diff(t: real, f(t), a) = diff(t: real, g(t), a)"
OTHER = "a side is not the term"


def congruence(claim: str, of: str, over: list[str] | None = None, **changed: Any) -> tuple[Record, ...]:
    """A proof by congruence alone, from the claim's first hypothesis."""
    certificate = {"of": of, "hole": "h", "over": over or [], "equal": {"from": 0}}
    return (step("s", "congruence", claim, **{**certificate, **changed}),)


SUMS = congruence(
    f"{FG}sum(i: index(n), f(i)) = sum(i: index(n), g(i))", "sum(i: index(n), h(i))", ["i: index(n)"]
)
SQUARES = congruence(f"{AB}a^2 = b^2", "h^2")

ATTACKS = [
    # The bound a of the term and the a that is put into the hole are two.
    Attack(
        "a binder of the name that fills the hole",
        OTHER,
        congruence(f"{AB}sum(a: sign, a*a) = sum(a: sign, a*b)", "sum(a: sign, a*h)"),
        congruence(f"{AB}sum(c: sign, c*a) = sum(c: sign, c*b)", "sum(c: sign, c*h)"),
    ),
    Attack(
        "equal at a point, so with equal derivatives",
        OTHER,
        congruence(f"{SMOOTH}if f(a) = g(a) then {SLOPES}", "diff(t: real, h, a)"),
        congruence(f"{SMOOTH}{EVERYWHERE}{SLOPES}", "diff(t: real, h(t), a)", ["t: real"]),
    ),
    Attack(
        "equal at the point of a derivative, put at all points",
        "the name a is already taken",
        congruence(f"{SMOOTH}if f(a) = g(a) then {SLOPES}", "diff(a: real, h(a), a)", ["a: real"]),
        congruence(
            f"{SMOOTH}{EVERYWHERE}{SLOPES}",
            "diff(z: real, h(z), a)",
            ["z: real"],
            equal={"from": 0, "with": {"t": "z"}},
        ),
    ),
    Attack(
        "a range with one index more than the equation",
        "an argument of h is not of its sort",
        congruence(
            f"{FG}sum(i: index(n + 1), f(i)) = sum(i: index(n + 1), g(i))",
            "sum(i: index(n + 1), h(i))",
            ["i: index(n)"],
        ),
        SUMS,
    ),
    Attack(
        "an equation at one index more than it is known for",
        "the value of i is not of its sort",
        congruence(
            f"{FG}sum(i: index(n + 1), f(i)) = sum(i: index(n + 1), g(i))",
            "sum(i: index(n + 1), h(i))",
            ["i: index(n + 1)"],
        ),
        SUMS,
    ),
    Attack(
        "an equation under a hypothesis that not all indices satisfy",
        "a hypothesis of the premise is not established",
        congruence(
            FG.replace("f(i) =", "if 1 <= i then f(i) =") + "sum(i: index(n), f(i)) = sum(i: index(n), g(i))",
            "sum(i: index(n), h(i))",
            ["i: index(n)"],
        ),
        SUMS,
    ),
    Attack(
        "a hypothesis that is guarded instead of established",
        "unknown key 'guard'",
        congruence(
            "for all a: real, b: real. if (if a < 0 then a = b) then a = b",
            "h",
            equal={"from": 0, "guard": [0]},
        ),
        congruence("for all a: real, b: real. if (if a < 0 then a = b); a < 0 then a = b", "h"),
    ),
    Attack(
        "a size that is a real number on one side",
        "a size is not a natural",
        congruence(
            "for all n: nat, b: real. if n = b then sum(i: index(n), i) = sum(i: index(n), i)",
            "sum(i: index(h), i)",
        ),
        congruence(
            "for all n: nat, m: nat. if n = m then sum(i: index(n), i) = sum(i: index(m), i)",
            "sum(i: index(h), i)",
        ),
    ),
    Attack(
        "an exponent that is a real number on one side",
        "an exponent is not an integer",
        congruence("for all a: real, n: nat, b: real. if n = b then a^n = a^n", "a^h"),
        congruence("for all a: real, n: nat, m: nat. if n = m then a^n = a^m", "a^h"),
    ),
    Attack(
        "a component at a number that no form bounds",
        "an index is not below",
        congruence("for all m: nat, x: signs(1). if 0 = m then x[0] = x[m]", "x[h]"),
    ),
    Attack(
        "a point in a hole for numbers",
        "an argument of f is not of its sort|no number",
        congruence("for all p: point, q: point, f: fn(point) -> real. if p = q then f(p) = f(q)", "f(h)"),
    ),
    Attack(
        "a vector in a hole for numbers",
        "no equation between numbers",
        congruence("for all n: nat, x: signs(n), y: signs(n). if x = y then [x = y] = [y = y]", "[h = y]"),
    ),
    Attack(
        "an inequality in the hole",
        "no equation between numbers",
        congruence("for all a: real, b: real. if a <= b then a = b", "h"),
        congruence(f"{AB}a = b", "h"),
    ),
    Attack("an order from equals", "equations only", congruence(f"{AB}a <= b", "h"), SQUARES),
    Attack(
        "the hole is a variable of the claim",
        "already taken",
        congruence(f"{AB}a*b = b*b", "a*b", hole="a"),
        SQUARES,
    ),
    Attack("the hole is no name", "or none", congruence(f"{AB}a = b", "h", hole="2"), SQUARES),
    Attack(
        "a variable of the claim over which the hole ranges",
        "already taken",
        congruence("for all f: fn(real) -> real, t: real. if f(t) = 1 then f(0) = 1", "h(0)", ["t: real"]),
        congruence(
            "for all f: fn(real) -> real. if (for all t: real. f(t) = 1) then f(0) = 1", "h(0)", ["t: real"]
        ),
    ),
    Attack(
        "two variables of one name",
        "already taken",
        congruence(f"{AB}a = b", "h(0, 1)", ["t: real", "t: real"]),
        congruence(f"{AB}a = b", "h(0, 1)", ["t: real", "u: real"]),
    ),
    Attack(
        "a range that depends on another variable of the hole",
        "the name i is not known",
        congruence(f"{AB}a = b", "h(0, 0)", ["i: index(1)", "j: index(i + 1)"]),
        congruence(f"{AB}a = b", "h(0, 0)", ["i: index(1)", "j: index(1)"]),
    ),
    Attack(
        "a hole over functions",
        "that of a function",
        congruence("for all f: fn(real) -> real. if f(0) = 1 then f(0) = 1", "h(f)", ["g: fn(real) -> real"]),
    ),
    Attack(
        "equal numbers are not known to differ from zero",
        "not known to differ from zero",
        congruence(f"{AB}1/a = 1/b", "1/h"),
        congruence("for all a: real, b: real. if a = b; a != 0; b != 0 then 1/a = 1/b", "1/h"),
    ),
]


@each(ATTACKS)
def test_equals_stand_for_equals_where_they_are_equal(attack: Attack) -> None:
    attack.run()
