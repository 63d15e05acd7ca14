"""Derivatives: of what has none, in several arguments at once, oftener than declared, under a range that moves."""

from __future__ import annotations

from tests.attacks.attack import Attack, each, one

TOGETHER = "not declared differentiable in several arguments together"
OFTEN = "not declared differentiable often enough"
C1 = "for all f: fn(C1 real) -> real, a: real"

ATTACKS = [
    # The derivative's key ended in a prime and an order, and so may a name.
    Attack(
        "a function called f'1 is not the derivative of f",
        "do not cancel",
        one(
            "identity",
            "for all f: fn(C1 real) -> real, f'1: fn(real) -> real, a: real. diff(t: real, f(t), a) = f'1(a)",
        ),
        one(
            "identity",
            "for all f: fn(C1 real) -> real, a: real. diff(t: real, f(t), a) = diff(t: real, f(t), a)",
        ),
    ),
    # x y (x^2 - y^2)/(x^2 + y^2) is continuously differentiable, and its mixed derivatives at 0 are 1 and -1.
    Attack(
        "mixed derivatives need not be equal",
        TOGETHER,
        one(
            "identity",
            "for all f: fn(C1 real, C1 real) -> real, a: real, b: real. "
            "diff(s: real, diff(t: real, f(s, t), b), a) = diff(t: real, diff(s: real, f(s, t), a), b)",
        ),
        one(
            "identity",
            "for all f: fn(C2 real, C2 real) -> real, a: real, b: real. "
            "diff(s: real, diff(t: real, f(t, b), s), a) = diff(s: real, diff(t: real, f(t, b), s), a)",
        ),
    ),
    # x^2 y/(x^2 + y^2) is smooth in each argument by itself; along x = y it is t/2, and both partial derivatives are 0.
    Attack(
        "partial derivatives give none along the diagonal",
        TOGETHER,
        one(
            "identity",
            "for all f: fn(C1 real, C1 real) -> real, a: real. "
            "diff(t: real, f(t, t), a) = diff(t: real, f(t, a), a) + diff(t: real, f(a, t), a)",
        ),
        one(
            "identity",
            "for all f: fn(C1 real) -> real, g: fn(C1 real) -> real, a: real. diff(t: real, f(t)*g(t), a) = "
            "diff(t: real, f(t), a)*g(a) + f(a)*diff(t: real, g(t), a)",
        ),
    ),
    # Where the range jumps at 0 the sum has no derivative there.
    Attack(
        "a range that depends on the variable",
        "the range of a sum depends on",
        one("sum", "for all f: fn(nat) -> real. diff(t: real, t + sum(i: index([0 < t]), f(i)), 0) = 1"),
        one("sum", "for all n: nat, f: fn(nat) -> real. diff(t: real, t + sum(i: index(n), f(i)), 0) = 1"),
    ),
    Attack(
        "a bracket has no derivative",
        "does not differentiate a bracket",
        one("identity", "diff(t: real, [0 < t], 0) = 0"),
        one("identity", "for all a: real. diff(t: real, [0 < a]*t, 0) = [0 < a]"),
    ),
    Attack(
        "a derivative inside of a bracket",
        "does not differentiate a bracket",
        one("identity", "diff(t: real, t*[t = 0], 0) = 1"),
        one("identity", "for all a: real. diff(t: real, t*[a = 0], 0) = [a = 0]"),
    ),
    Attack(
        "a symbolic power",
        "does not differentiate a pow",
        one("identity", "for all n: nat. diff(t: real, t^n, 1) = n - 1"),
        one("identity", "diff(t: real, t^5, 1) = 5"),
    ),
    Attack(
        "a function of any kind",
        OFTEN,
        one(
            "identity",
            "for all f: fn(real) -> real, a: real. diff(t: real, f(t), a) = diff(s: real, f(s), a)",
        ),
        one("identity", f"{C1}. diff(t: real, f(t), a) = diff(s: real, f(s), a)"),
    ),
    Attack(
        "once is not twice",
        OFTEN,
        one("identity", f"{C1}. diff(s: real, diff(t: real, f(t), s), a) = 0"),
        one("identity", f"{C1}. diff(s: real, diff(t: real, f(t), a), a) = 0"),
    ),
    Attack(
        "one argument is not the other",
        OFTEN,
        one("identity", "for all f: fn(C1 real, real) -> real, a: real. diff(t: real, f(a, t), a) = 0"),
        one(
            "identity",
            "for all f: fn(C1 real, real) -> real, a: real. diff(t: real, f(2*t, a), a) = "
            "2*diff(t: real, f(t, a), 2*a)",
        ),
    ),
    Attack(
        "the inner derivative",
        "do not cancel",
        one("identity", f"{C1}. diff(t: real, f(t^2), a) = diff(t: real, f(t), a^2)"),
        one("identity", f"{C1}. diff(t: real, f(t^2), a) = 2*a*diff(t: real, f(t), a^2)"),
    ),
    Attack(
        "the product's second half",
        "do not cancel",
        one("identity", f"{C1}. diff(t: real, t*f(t), a) = f(a)"),
        one("identity", f"{C1}. diff(t: real, t*f(t), a) = f(a) + a*diff(t: real, f(t), a)"),
    ),
    Attack(
        "a derivative at a point is not that of the value",
        "do not cancel",
        one(
            "identity",
            f"{C1}. diff(t: real, f(t), a) = diff(t: real, f(a), a)",
        ),
        one("identity", f"{C1}. diff(t: real, f(a), a) = 0"),
    ),
    Attack(
        "a quotient with a pole",
        "not known to differ from zero",
        one("identity", "diff(t: real, 1/t, 1) = -1"),
        one("identity", "diff(t: real, 1/(t^2 + 1), 1) = -1/2"),
    ),
    Attack(
        "a natural has no derivative",
        "a derivative needs a real variable",
        one("identity", "for all a: nat. diff(k: nat, k^2, a) = 2*a"),
        one("identity", "for all a: nat. diff(k: real, k^2, a) = 2*a"),
    ),
    Attack(
        "a function given for a smooth one",
        "not a function of the premise's sort",
        one(
            "identity",
            "for all g: fn(real) -> real, a: real. if (for all f: fn(C1 real) -> real. f(a) = 0) then g(a) = 0",
            using=[{"from": 0, "with": {"f": "g"}}],
        ),
        one(
            "identity",
            "for all g: fn(C1 real) -> real, a: real. if (for all f: fn(C1 real) -> real. f(a) = 0) then g(a) = 0",
            using=[{"from": 0, "with": {"f": "g"}}],
        ),
    ),
]


@each(ATTACKS)
def test_a_derivative_is_taken_only_where_there_is_one(attack: Attack) -> None:
    attack.run()
