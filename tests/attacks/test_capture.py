"""Capture: a name that is bound anew, renamed onto another, or seen from a scope that is not its own."""

from __future__ import annotations

from tests.attacks.attack import Attack, each, one, step

G = "g: fn(real, real) -> real, h: fn(real) -> real"
INNER = "(for all a: real. if (for all {0}: real. g({0}, b1) = 0) then h(a) = 0)"
HERE = {"from": 0, "under": ["sum(b: index(n))"], "with": {"a": "b"}}
SHADOW = "bound anew where a sort depends on it"
TERM = "for all n: nat, f: fn(nat, nat) -> real, i: nat"

ATTACKS = [
    # b is summed over, so the hypothesis's own b was renamed: to b1, which the claim already had.
    Attack(
        "a renamed variable of a hypothesis meets a name that is free in it",
        "not established: for all b2: real. g\\(b2, b1\\) = 0",
        one(
            "sum",
            f"for all n: nat, b1: real, {G}. if {INNER.format('b')}; (for all c: real. g(c, c) = 0) then "
            "sum(b: index(n), h(b)) = 0",
            using=[HERE],
        ),
        one(
            "sum",
            f"for all n: nat, b1: real, {G}. if {INNER.format('b')}; (for all c: real. g(c, b1) = 0) then "
            "sum(b: index(n), h(b)) = 0",
            using=[HERE],
        ),
    ),
    # Both x and x' were primed to x'' in the inductive hypothesis, which then held for reals: false at k = 1, x = 0.
    Attack(
        "two variables primed to one name in an inductive hypothesis",
        "the step is not the claim at k \\+ 1",
        (
            step("b", "square", "for all x: nat, x': real. 0 <= x", squares=[{"times": "x", "of": "1"}]),
            step(
                "t",
                "square",
                "for all k: nat, x: nat, x': real. if (for all p: nat, q: real. k <= q) then k + 1 <= x",
                using=[{"from": 0, "with": {"p": "0", "q": "x - 1"}}],
            ),
            step(
                "s",
                "induction",
                "for all k: nat, x: nat, x': real. k <= x",
                ("b", "t"),
                variable="k",
                base="b",
                step="t",
            ),
        ),
        (
            step("b", "square", "for all x: nat, x': real. 0 <= x + 0", squares=[{"times": "x", "of": "1"}]),
            step(
                "t",
                "square",
                "for all k: nat, x: nat, x': real. if (for all p: nat, q: real. 0 <= p + k) then 0 <= x + (k + 1)",
                using=[{"from": 0, "with": {"p": "x", "q": "0"}}],
                squares=[{"of": "1"}],
            ),
            step(
                "s",
                "induction",
                "for all k: nat, x: nat, x': real. 0 <= x + k",
                ("b", "t"),
                variable="k",
                base="b",
                step="t",
            ),
        ),
    ),
    # x has k signs for the k of the claim; under the sum, index(k) looked like the range of its components.
    Attack(
        "a size that is bound anew",
        SHADOW,
        one(
            "sum",
            "for all n: nat, k: index(n), x: signs(k). sum(k: index(n), sum(i: index(k), x[i]^2)) = "
            "sum(k: index(n), k)",
        ),
        one(
            "sum",
            "for all n: nat, k: index(n), x: signs(k). sum(j: index(n), sum(i: index(k), x[i]^2)) = n*k",
        ),
    ),
    Attack(
        "a size that is a bit and bound anew",
        SHADOW,
        one("sum", "for all b: bit, x: signs(b). sum(b: bit, sum(i: index(b), x[i]^2)) = 1"),
        one("sum", "for all b: bit, x: signs(b). sum(c: bit, sum(i: index(b), x[i]^2)) = 2*b"),
    ),
    Attack(
        "a function's range that is bound anew",
        SHADOW,
        one("sum", "for all b: bit, g: fn(signs(b)) -> sign. sum(b: bit, mean(y: signs(b), g(y)^2)) = 2"),
        one("sum", "for all b: bit, g: fn(signs(b)) -> sign. sum(c: bit, mean(y: signs(b), g(y)^2)) = 2"),
    ),
    Attack(
        "an inner sum of the same name",
        "do not cancel",
        one(
            "sum",
            f"{TERM}. sum(i: index(n), sum(i: index(n), f(i, i))) = sum(i: index(n), sum(j: index(n), f(i, j)))",
        ),
        one("sum", f"{TERM}. sum(i: index(n), sum(i: index(n), f(i, i))) = n*sum(i: index(n), f(i, i))"),
    ),
    Attack(
        "a free name and a bound one",
        "do not cancel",
        one("sum", f"{TERM}. sum(i: index(n), f(i, i)) = sum(j: index(n), f(i, j))"),
        one("sum", f"{TERM}. sum(i: index(n), f(i, i)) = sum(j: index(n), f(j, j))"),
    ),
    Attack(
        "an unfolded definition does not capture its argument",
        "do not cancel",
        (
            step("d", "define", "for all n: nat, a: real. d(n, a) = sum(i: index(n), a)", symbol="d"),
            step(
                "s",
                "sum",
                "for all n: nat. sum(i: index(n), d(n, i)) = sum(i: index(n), i)*1",
                ("d",),
                unfold=["d"],
            ),
        ),
        (
            step("d", "define", "for all n: nat, a: real. d(n, a) = sum(i: index(n), a)", symbol="d"),
            step(
                "s",
                "sum",
                "for all n: nat. sum(i: index(n), d(n, i)) = n*sum(i: index(n), i)",
                ("d",),
                unfold=["d"],
            ),
        ),
    ),
    Attack(
        "a given function does not capture",
        "do not cancel",
        (
            step("p", "assume", "for all n: nat, f: fn(nat) -> real. sum(i: index(n), f(0)) = 7"),
            step(
                "s",
                "sum",
                "for all n: nat, i: nat. sum(i: index(n), i) = 7",
                ("p",),
                using=[{"from": "p", "with": {"f": {"of": ["z: nat"], "is": "i"}}}],
            ),
        ),
        (
            step("p", "assume", "for all n: nat, f: fn(nat) -> real. sum(i: index(n), f(0)) = 7"),
            step(
                "s",
                "sum",
                "for all n: nat, i: nat. n*i = 7",
                ("p",),
                using=[{"from": "p", "with": {"f": {"of": ["z: nat"], "is": "i"}}}],
            ),
        ),
    ),
    Attack(
        "a certificate binds no name of the claim",
        "already taken",
        one(
            "sum",
            "for all n: nat, i: nat, f: fn(nat) -> real. if (for all k: nat. f(k) = 0) then sum(i: index(n), f(i)) = 0",
            using=[{"from": 0, "under": ["sum(i: index(n))"], "with": {"k": "i"}}],
        ),
        one(
            "sum",
            "for all n: nat, i: nat, f: fn(nat) -> real. if (for all k: nat. f(k) = 0) then sum(i: index(n), f(i)) = 0",
            using=[{"from": 0, "under": ["sum(j: index(n))"], "with": {"k": "j"}}],
        ),
    ),
    Attack(
        "a derivative's variable does not reach its point",
        "do not cancel",
        one(
            "identity",
            "for all f: fn(C1 real) -> real, t: real. diff(t: real, f(t), t + 1) = diff(s: real, f(s), t)",
        ),
        one(
            "identity",
            "for all f: fn(C1 real) -> real, t: real. diff(t: real, f(t), t) = diff(s: real, f(s), t)",
        ),
    ),
]


@each(ATTACKS)
def test_no_name_is_taken_for_another(attack: Attack) -> None:
    attack.run()
