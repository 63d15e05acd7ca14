"""Inequalities: what is positive, what is nonnegative by form, and what one may be multiplied by."""

from __future__ import annotations

from tests.attacks.attack import Attack, each, one

AB = "for all a: real, b: real"
MANY = "nothing in the certificate is strictly positive"

ATTACKS = [
    # A hypothesis made the whole nonnegative, its constant term made it "surely positive": 1 - a > 0 at a = 1.
    Attack(
        "a weak bound is not strict",
        MANY,
        one("square", "for all a: real. if a <= 1 then a < 1", squares=[{"times": "1 - a", "of": "1"}]),
        one(
            "square",
            "for all a: real. if a <= 1 then a < 2",
            squares=[{"times": "1 - a", "of": "1"}, {"of": "1"}],
        ),
    ),
    Attack(
        "a strict bound of something else is not this one",
        MANY,
        one("square", "for all a: real, b: real. if a <= 1; b < 1 then a < 1", using=[{"from": 0}]),
        one("square", "for all a: real, b: real. if a <= 1; b < 1 then b < 1", using=[{"from": 1}]),
    ),
    Attack(
        "a nonnegative multiple of a strict inequality may be zero",
        MANY,
        one("square", "for all a: real, n: nat. if 0 < a then 0 < n*a", using=[{"from": 0, "times": "n"}]),
        one(
            "square",
            "for all a: real, n: nat. if 0 < a then 0 < (n + 1)*a",
            using=[{"from": 0, "times": "n + 1"}],
        ),
    ),
    Attack(
        "a sum of strict inequalities may be empty",
        MANY,
        one(
            "square",
            "for all n: nat, f: fn(index(n)) -> real. if (for all i: index(n). 0 < f(i)) then "
            "0 < sum(i: index(n), f(i))",
            using=[{"from": 0, "under": ["sum(i: index(n))"], "with": {"i": "i"}}],
        ),
        one(
            "square",
            "for all n: nat, f: fn(index(n)) -> real. if (for all i: index(n). 0 < f(i)) then "
            "0 <= sum(i: index(n), f(i))",
            using=[{"from": 0, "under": ["sum(i: index(n))"], "with": {"i": "i"}}],
        ),
    ),
    Attack(
        "a square may vanish",
        MANY,
        one("square", f"{AB}. 0 < (a - b)^2", squares=[{"of": "a - b"}]),
        one("square", f"{AB}. if a != b then 0 < (a - b)^2", squares=[{"of": "a - b"}]),
    ),
    Attack(
        "an odd power is not nonnegative",
        "multiplied by what is not nonnegative",
        one("square", f"{AB}. 0 <= a^3", squares=[{"times": "a^3", "of": "1"}]),
        one("square", f"{AB}. 0 <= a^4", squares=[{"times": "a^4", "of": "1"}]),
    ),
    Attack(
        "a difference of naturals is not nonnegative",
        "multiplied by what is not nonnegative",
        one("square", "for all n: nat, m: nat. 0 <= n - m", squares=[{"times": "n - m", "of": "1"}]),
        one("square", "for all n: nat, m: nat. m <= n + m", squares=[{"times": "n", "of": "1"}]),
    ),
    Attack(
        "a sign is not nonnegative",
        "multiplied by what is not nonnegative",
        one("square", "for all s: sign. 0 <= s", squares=[{"times": "s", "of": "1"}]),
        one("square", "for all s: bit. 0 <= s", squares=[{"times": "s", "of": "1"}]),
    ),
    Attack(
        "a power of a negative base is not nonnegative",
        "multiplied by what is not nonnegative",
        one("square", "for all n: nat. 0 <= (-1)^n", squares=[{"times": "(-1)^n", "of": "1"}]),
        one("square", "for all n: nat. 0 <= (-1)^(2*n)", squares=[{"times": "(-1)^(2*n)", "of": "1"}]),
    ),
    Attack(
        "a negative multiple of a premise",
        "multiplied by what is not nonnegative",
        one("square", f"{AB}. if a <= b then b <= a", using=[{"from": 0, "times": "-1"}]),
        one("square", f"{AB}. if a <= b then 2*a <= 2*b", using=[{"from": 0, "times": "2"}]),
    ),
    Attack(
        "a multiplier that a hypothesis makes nonnegative, without that hypothesis",
        "multiplied by what is not nonnegative",
        one("square", f"{AB}, c: real. if a <= b; c <= 0 then c*a <= c*b", using=[{"from": 0, "times": "c"}]),
        one("square", f"{AB}, c: real. if a <= b; 0 <= c then c*a <= c*b", using=[{"from": 0, "times": "c"}]),
    ),
    Attack(
        "an inequation is no inequality",
        "an inequation is used as an inequality",
        one("square", f"{AB}. if a != b then a <= b", using=[{"from": 0}]),
        one("square", f"{AB}. if a = b then a <= b", using=[{"from": 0}]),
    ),
    Attack(
        "an inequality is no equation",
        "an inequality is used as an equation",
        one("identity", f"{AB}. if a <= b then a = b", using=[{"from": 0}]),
        one("identity", f"{AB}. if a = b then b = a", using=[{"from": 0, "times": "-1"}]),
    ),
    Attack(
        "a bracket of a weak inequality is not that of the strict one",
        "do not cancel",
        one("sum", f"{AB}. [a < b] = [a <= b]"),
        one("sum", f"{AB}. [a < b] = 1 - [b <= a]"),
    ),
    # p^2 = p shows that p is 0 or 1, as 1 - [a = b] is; twice a bracket is not its own square.
    Attack(
        "a factor that is not its own square",
        "not nonnegative by form",
        one(
            "square",
            f"{AB}, c: real. if 0 <= c then 0 <= (1 - 2*[a = b])*c",
            using=[{"from": 0, "times": "1 - 2*[a = b]"}],
        ),
        one(
            "square",
            f"{AB}, c: real. if 0 <= c then 0 <= (1 - [a = b])*c",
            using=[{"from": 0, "times": "1 - [a = b]"}],
        ),
    ),
    Attack(
        "a difference of brackets is its own square only where one lies in the other",
        "not nonnegative by form",
        one(
            "square",
            f"{AB}, c: real. if 0 <= c then 0 <= ([a < b] - [a = b])*c",
            using=[{"from": 0, "times": "[a < b] - [a = b]"}],
        ),
        one(
            "square",
            f"{AB}, c: real. if 0 <= c then 0 <= ([a < b] - [a < b]*[a = b])*c",
            using=[{"from": 0, "times": "[a < b] - [a < b]*[a = b]"}],
        ),
    ),
    Attack(
        "no integrality: a < 1 does not bound a real by 0",
        "left over",
        one("square", "for all a: real. if a < 1 then a <= 0", using=[{"from": 0}]),
        one("square", "for all a: real. if a < 1 then a <= 1", using=[{"from": 0}]),
    ),
]


@each(ATTACKS)
def test_a_false_inequality_is_refused_and_its_true_neighbour_accepted(attack: Attack) -> None:
    attack.run()
