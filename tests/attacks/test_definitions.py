"""Definitions: open, circular, repeated, at arguments of another size, and recursions that do not descend."""

from __future__ import annotations

import pytest

from tests.attacks.attack import Attack, Record, each, judged, one, step

FIRST = "for all n: nat, x: signs(n). d(x, n) = sum(i: index(n), x[i])"
GROWS = (
    step("f", "define", "for all a: real. f(0, a) = a", symbol="f", recursion=True),
    step(
        "g", "define", "for all k: nat, a: real. f(k + 1, a) = 2*f(k, a)", ("f",), symbol="f", recursion=True
    ),
)


def recursion(base: str, after: str) -> tuple[Record, Record]:
    return (
        step("f", "define", base, symbol="f", recursion=True),
        step("g", "define", after, ("f",), symbol="f", recursion=True),
    )


ATTACKS = [
    # The size comes after the vector: its sort was compared with whatever is called n where d is used.
    Attack(
        "a vector of another size than the argument after it says",
        "an argument of d is not of the sort of x",
        (
            step("d", "define", FIRST, symbol="d"),
            step(
                "s", "sum", "for all n: nat, y: signs(n). (d(y, n + 1) - d(y, n))^2 = 1", ("d",), unfold=["d"]
            ),
        ),
        (
            step("d", "define", FIRST, symbol="d"),
            step(
                "s",
                "sum",
                "for all m: nat, y: signs(m). d(y, m) - sum(i: index(m), y[i]) = 0",
                ("d",),
                unfold=["d"],
            ),
        ),
    ),
    Attack(
        "an open right side",
        "not known here",
        (step("c", "define", "for all a: real. c(a) = a + b", symbol="c"),),
        (step("c", "define", "for all a: real, b: real. c(a, b) = a + b", symbol="c"),),
    ),
    Attack(
        "a variable that the arguments do not determine",
        "do not determine",
        (step("c", "define", "for all a: real, b: real. c(a) = b", symbol="c"),),
        (step("c", "define", "for all n: nat, x: signs(n). c(x) = n", symbol="c"),),
    ),
    Attack(
        "a circle of one",
        "occurs in its own definition",
        (step("c", "define", "for all a: real. c(a) = c(a) + 1", symbol="c"),),
    ),
    Attack(
        "a circle of two",
        "c is not a known function",
        (step("b", "define", "for all a: real. b(a) = c(a) + 1", symbol="b"),),
        (
            step("c", "define", "for all a: real. c(a) = a", symbol="c"),
            step("b", "define", "for all a: real. b(a) = c(a) + 1", symbol="b"),
        ),
    ),
    Attack(
        "the same symbol again",
        "already defined",
        (
            step("c", "define", "for all a: real. c(a) = 0", symbol="c"),
            step("b", "define", "for all a: real. c(a) = 1", symbol="c"),
        ),
    ),
    Attack(
        "a recursion for a symbol that is defined",
        "already defined",
        (
            step("c", "define", "for all n: nat. c(n) = 0", symbol="c"),
            step("b", "define", "c(0) = 1", symbol="c", recursion=True),
        ),
    ),
    Attack(
        "a definition for the symbol of a recursion",
        "already defined",
        (
            step("c", "define", "c(0) = 1", symbol="c", recursion=True),
            step("b", "define", "for all n: nat. c(n) = 0", symbol="c"),
        ),
    ),
    Attack(
        "a second recursion step",
        "names the first, once",
        (
            *GROWS,
            step(
                "h",
                "define",
                "for all k: nat, a: real. f(k + 1, a) = 3*f(k, a)",
                ("f",),
                symbol="f",
                recursion=True,
            ),
        ),
        GROWS,
    ),
    # The second equation was searched for f alone: what stood between it and the first could hide f at k + 1.
    Attack(
        "a recursion that rises behind a definition made between its equations",
        "g is younger",
        (
            step("a", "define", "f(0) = 0", symbol="f", recursion=True),
            step("b", "define", "for all k: nat. g(k) = f(k)", symbol="g"),
            step(
                "c", "define", "for all k: nat. f(k + 1) = g(k + 1) + 1", ("a",), symbol="f", recursion=True
            ),
        ),
        (
            step("b", "define", "for all k: nat. g(k) = 2*k", symbol="g"),
            step("a", "define", "f(0) = 0", symbol="f", recursion=True),
            step(
                "c", "define", "for all k: nat. f(k + 1) = g(k + 1) + 1", ("a",), symbol="f", recursion=True
            ),
        ),
    ),
    Attack(
        "two recursions that rise through each other",
        "f is younger",
        (
            step("a", "define", "g(0) = 0", symbol="g", recursion=True),
            step("b", "define", "f(0) = 0", symbol="f", recursion=True),
            step("c", "define", "for all k: nat. g(k + 1) = f(k + 1)", ("a",), symbol="g", recursion=True),
        ),
        (
            step("a", "define", "g(0) = 0", symbol="g", recursion=True),
            step("b", "define", "f(0) = 0", symbol="f", recursion=True),
            step("c", "define", "for all k: nat. f(k + 1) = g(k + 1)", ("b",), symbol="f", recursion=True),
            step("d", "define", "for all k: nat. g(k + 1) = g(k) + 1", ("a",), symbol="g", recursion=True),
        ),
    ),
    Attack(
        "a recursion that rises",
        "elsewhere than at",
        recursion("for all a: real. f(0, a) = a", "for all k: nat, a: real. f(k + 1, a) = f(k + 1, a) + 1"),
        GROWS,
    ),
    Attack(
        "a recursion at another argument",
        "elsewhere than at",
        recursion("for all a: real. f(0, a) = a", "for all k: nat, a: real. f(k + 1, a) = f(k, a + 1)"),
        GROWS,
    ),
    Attack(
        "a recursion that starts at one",
        "the first equation is at 0",
        recursion("for all a: real. f(1, a) = a", "0 = 0")[:1],
        GROWS,
    ),
    Attack(
        "a recursion over all numbers",
        "an argument of f is not of the sort",
        recursion("f(0) = 0", "for all k: real. f(k + 1) = f(k) + 1"),
        recursion("f(0) = 0", "for all k: nat. f(k + 1) = f(k) + 1"),
    ),
    Attack(
        "a recursion with a hypothesis",
        "without hypotheses",
        recursion("for all a: real. f(0, a) = a", "for all k: nat, a: real. if k = 0 then f(k + 1, a) = 1"),
        GROWS,
    ),
    Attack(
        "a recursion is not unfolded at a symbol",
        "is not a definition that can be unfolded",
        (*GROWS, step("s", "sum", "for all n: nat, a: real. f(n, a) = 0", ("f",), unfold=["f"])),
    ),
    Attack(
        "a keyword for a symbol",
        "a definition|expected",
        (step("c", "define", "for all a: real. sum(a) = 0", symbol="sum"),),
    ),
    Attack(
        "the name of a symbol for a variable",
        "already taken",
        (
            step("c", "define", "for all a: real. c(a) = 0", symbol="c"),
            step("s", "sum", "for all c: fn(real) -> real, a: real. c(a) = 0", ("c",), unfold=["c"]),
        ),
        (
            step("c", "define", "for all a: real. c(a) = 0", symbol="c"),
            step("s", "sum", "for all b: real. c(b) = 0", ("c",), unfold=["c"]),
        ),
    ),
    Attack(
        "a definition that is a condition",
        "without hypotheses",
        (step("c", "define", "for all a: real. if a = 0 then c(a) = 1", symbol="c"),),
    ),
    Attack(
        "a definition with premises",
        "no premises",
        (
            step("p", "identity", "0 = 0"),
            step("c", "define", "for all a: real. c(a) = 1", ("p",), symbol="c"),
        ),
    ),
    Attack(
        "a definition that is not named",
        "do not cancel",
        (
            step("c", "define", "for all a: real. c(a) = a", symbol="c"),
            step("s", "sum", "for all a: real. c(a) = a"),
        ),
        (
            step("c", "define", "for all a: real. c(a) = a", symbol="c"),
            step("s", "sum", "for all a: real. c(a) = a", ("c",), unfold=["c"]),
        ),
    ),
    Attack(
        "a value that is no sign though it looks like one",
        "do not cancel",
        (
            step("c", "define", "for all s: sign, t: sign. c(s, t) = s + t", symbol="c"),
            step("s", "sum", "for all s: sign, t: sign. c(s, t)^2 = 1"),
        ),
        (
            step("c", "define", "for all s: sign, t: sign. c(s, t) = s*t", symbol="c"),
            step("s", "sum", "for all s: sign, t: sign. c(s, t)^2 = 1"),
        ),
    ),
]


@each(ATTACKS)
def test_a_definition_says_nothing_new(attack: Attack) -> None:
    attack.run()


@pytest.mark.parametrize("value", ["0", "1", "2*a"])
def test_a_recursion_that_was_refused_leaves_nothing_behind(value: str) -> None:
    judge = judged(*GROWS[:1])
    bad = step(
        "g", "define", "for all k: nat, a: real. f(k + 1, a) = f(k, 0)", ("f",), symbol="f", recursion=True
    )
    with pytest.raises(Exception, match="elsewhere than at"):
        judge.accept(bad)
    judge.accept(GROWS[1])
    with pytest.raises(Exception, match="do not cancel"):
        judge.accept(one("sum", f"for all a: real. f(1, a) = {value} + a")[0])
