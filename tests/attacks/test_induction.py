"""Induction: its own base, its own step, a natural variable, and finitely many cases that are not all."""

from __future__ import annotations

from tests.attacks.attack import Attack, Record, each, one, step

SUM = "2*sum(i: index({0} + 1), i) = {0}^2 + {0}"
NEXT = "2*sum(i: index((n + 1) + 1), i) = (n + 1)^2 + (n + 1)"
CLAIM = "for all n: nat. " + SUM.format("n")
BASE = step("b", "sum", SUM.format("0"))
STEP = step("t", "sum", f"for all n: nat. if {SUM.format('n')} then {NEXT}", using=[{"from": 0}])
FALSE = "for all n: nat. 2*sum(i: index(n + 1), i) = n^2 + 2*n"
NOT_STEP, NOT_BASE = "the step is not the claim", "the base is not the claim"


def by_induction(claim: str, variable: str = "n", base: str = "b", after: str = "t") -> Record:
    return step("s", "induction", claim, (base, after), variable=variable, base=base, step=after)


GOOD = (BASE, STEP, by_induction(CLAIM))
ATTACKS = [
    Attack("another claim's base and step", NOT_BASE, (BASE, STEP, by_induction(FALSE)), GOOD),
    Attack("base and step exchanged", NOT_BASE, (BASE, STEP, by_induction(CLAIM, base="t", after="b")), GOOD),
    Attack(
        "a base at one",
        NOT_BASE,
        (step("b", "sum", SUM.format("1")), STEP, by_induction(CLAIM)),
        GOOD,
    ),
    Attack(
        "a step from k - 1 to k",
        NOT_STEP,
        (
            BASE,
            step(
                "t",
                "assume",
                "for all n: nat. if 2*sum(i: index(n), i) = (n - 1)^2 + (n - 1) then " + SUM.format("n"),
            ),
            by_induction(CLAIM),
        ),
        GOOD,
    ),
    Attack(
        "a step that assumes the claim everywhere",
        NOT_STEP,
        (
            step("b", "assume", "2*sum(i: index(0 + 1), i) = 0^2 + 2*0"),
            step(
                "t",
                "assume",
                "for all n: nat. if (for all m: nat. 2*sum(i: index(m + 1), i) = m^2 + 2*m) then "
                "2*sum(i: index((n + 1) + 1), i) = (n + 1)^2 + 2*(n + 1)",
            ),
            by_induction(FALSE),
        ),
        GOOD,
    ),
    # A hypothesis that mentions n is one of the claim at n as well: without it there, a < 1 would give a < 0.
    Attack(
        "a hypothesis that grows with n, assumed away at n",
        "the step is not the claim at n . 1",
        (
            step("b", "square", "for all a: real. if a < 0 then a < 0", using=[{"from": 0}]),
            step(
                "t", "square", "for all a: real, n: nat. if a < n + 1; a < 0 then a < 0", using=[{"from": 1}]
            ),
            step(
                "s",
                "induction",
                "for all a: real, n: nat. if a < n then a < 0",
                ("b", "t"),
                variable="n",
                base="b",
                step="t",
            ),
        ),
        (
            step("b", "square", "for all a: real. if 0 <= a then 0 <= a", using=[{"from": 0}]),
            step(
                "l",
                "square",
                "for all a: real, n: nat. if n + 1 <= a then n <= a",
                using=[{"from": 0}],
                squares=[{"of": "1"}],
            ),
            step(
                "t",
                "square",
                "for all a: real, n: nat. if n + 1 <= a; (if n <= a then 0 <= a) then 0 <= a",
                ("l",),
                using=[{"from": 1, "given": [{"from": "l"}]}],
            ),
            step(
                "s",
                "induction",
                "for all a: real, n: nat. if n <= a then 0 <= a",
                ("b", "t"),
                variable="n",
                base="b",
                step="t",
            ),
        ),
    ),
    Attack(
        "a hypothesis on a vector of n signs that holds at 0 alone",
        "the base is not the claim at 0",
        (
            step("t", "assume", "0 = 0"),
            step(
                "s",
                "induction",
                "for all n: nat, x: signs(n). if (for all y: signs(n). [x = y] = 1) then 0 = 1",
                ("t",),
                variable="n",
                base="t",
                step="t",
            ),
        ),
    ),
    Attack(
        "induction over a real",
        "a variable of the sort nat",
        (
            step("b", "identity", "0 = 0"),
            step("t", "identity", "for all a: real. if a = a then a + 1 = a + 1"),
            step("s", "induction", "for all a: real. a = a", ("b", "t"), variable="a", base="b", step="t"),
        ),
        (
            step("b", "identity", "0 = 0"),
            step("t", "identity", "for all a: nat. if a = a then a + 1 = a + 1"),
            step("s", "induction", "for all a: nat. a = a", ("b", "t"), variable="a", base="b", step="t"),
        ),
    ),
    Attack(
        "induction over an index",
        "a variable of the sort nat",
        (
            step("b", "identity", "0 = 0"),
            step(
                "s",
                "induction",
                "for all n: nat, k: index(n). k = 0",
                ("b", "b"),
                variable="k",
                base="b",
                step="b",
            ),
        ),
    ),
    Attack(
        "k := k - 1",
        "not of its sort",
        (
            step("p", "sum", "for all k: nat. sum(i: index(k + 1), 1) = k + 1"),
            step("s", "sum", "for all k: nat. k = k", ("p",), using=[{"from": "p", "with": {"k": "k - 1"}}]),
        ),
        (
            step("p", "assume", "for all k: nat. k = 7"),
            step(
                "s", "sum", "for all k: nat. k + 1 = 7", ("p",), using=[{"from": "p", "with": {"k": "k + 1"}}]
            ),
        ),
    ),
    Attack(
        "k := k/2",
        "not of its sort",
        (
            step("p", "assume", "for all k: nat. 0 <= k"),
            step(
                "s", "square", "for all k: nat. 0 <= k", ("p",), using=[{"from": "p", "with": {"k": "k/2"}}]
            ),
        ),
    ),
    Attack(
        "two cases are not all naturals",
        "a variable of the sort sign or bit",
        one("cases", "for all n: nat. n^2 = n", variable="n", values={"0": {}, "1": {}}),
        one("cases", "for all n: bit. n^2 = n", variable="n", values={"0": {}, "1": {}}),
    ),
    Attack(
        "one case is not both",
        "cases needs exactly the values",
        one("cases", "for all s: sign. s = 1", variable="s", values={"1": {}}),
        one("cases", "for all s: sign. s^3 = s", variable="s", values={"1": {}, "-1": {}}),
    ),
    Attack(
        "signs are not bits",
        "cases needs exactly the values",
        one("cases", "for all s: sign. s^2 = s", variable="s", values={"0": {}, "1": {}}),
        one("cases", "for all s: sign. s^2 = 1", variable="s", values={"-1": {}, "1": {}}),
    ),
    Attack(
        "a result at n = 3 is none for n",
        "do not cancel",
        (
            step("p", "assume", "sum(i: index(3), i) = 7"),
            step("s", "sum", "for all n: nat. sum(i: index(n), i) = 7", ("p",), using=[{"from": "p"}]),
        ),
        (
            step("p", "assume", "for all n: nat. sum(i: index(n), i) = 7"),
            step("s", "sum", "3 = 7", ("p",), using=[{"from": "p", "with": {"n": "3"}}]),
        ),
    ),
]


@each(ATTACKS)
def test_what_holds_somewhere_does_not_hold_everywhere(attack: Attack) -> None:
    attack.run()
