"""Sorts: what is no sign is not reduced like one, and no value is of a sort that it may leave."""

from __future__ import annotations

from tests.attacks.attack import Attack, each, one, step

CANCEL = "do not cancel"
OUT = "not one by form"
SORT = "not of its sort"

ATTACKS = [
    Attack(
        "a real squared",
        CANCEL,
        one("identity", "for all a: real. a^2 = 1"),
        one("identity", "for all a: sign. a^2 = 1"),
    ),
    Attack(
        "a natural squared",
        CANCEL,
        one("identity", "for all a: nat. a^2 = a"),
        one("identity", "for all a: bit. a^2 = a"),
    ),
    Attack(
        "a sum of signs",
        CANCEL,
        one("identity", "for all s: sign, t: sign. (s + t)^2 = 1"),
        one("identity", "for all s: sign, t: sign. (s*t)^2 = 1"),
    ),
    Attack(
        "a sum of bits",
        CANCEL,
        one("identity", "for all s: bit, t: bit. (s + t)^2 = s + t"),
        one("identity", "for all s: bit, t: bit. (s*t)^2 = s*t"),
    ),
    Attack(
        "a sum of brackets",
        CANCEL,
        one("identity", "for all a: real, b: real. ([a = b] + [a < b])^2 = [a = b]"),
        one("identity", "for all a: real, b: real. [a = b]^2 = [a = b]"),
    ),
    Attack(
        "a sum of products of signs",
        CANCEL,
        one("sum", "for all n: nat, x: signs(n). sum(i: index(n), x[i])^2 = 1"),
        one("sum", "for all n: nat, x: signs(n). prod(i: index(n), x[i])^2 = 1"),
    ),
    Attack(
        "a vector of zeros for signs",
        OUT,
        one("sum", "for all n: nat, k: index(n). signs(i: index(n), 0)[k] = 0"),
        one("sum", "for all n: nat, k: index(n). bits(i: index(n), 0)[k] = 0"),
    ),
    Attack(
        "twice a sign for a component",
        OUT,
        one("sum", "for all n: nat, x: signs(n), k: index(n). signs(i: index(n), 2*x[i])[k]^2 = 1"),
        one("sum", "for all n: nat, x: signs(n), k: index(n). signs(i: index(n), -x[i])[k]^2 = 1"),
    ),
    Attack(
        "a bit added to a bit",
        OUT,
        one("sum", "for all n: nat, e: bits(n), k: index(n). bits(i: index(n), e[i] + 1)[k] = e[k]"),
        one("sum", "for all n: nat, e: bits(n), k: index(n). bits(i: index(n), 1 - e[i])[k] = 1 - e[k]"),
    ),
    Attack(
        "a real for a sign",
        SORT,
        (
            step("p", "identity", "for all s: sign. s^2 = 1"),
            step(
                "s", "identity", "for all a: real. a^2 = 1", ("p",), using=[{"from": "p", "with": {"s": "a"}}]
            ),
        ),
        (
            step("p", "assume", "for all s: sign. s = 7"),
            step(
                "s", "identity", "for all a: sign. -a = 7", ("p",), using=[{"from": "p", "with": {"s": "-a"}}]
            ),
        ),
    ),
    Attack(
        "a natural for an index",
        SORT,
        (
            step("p", "assume", "for all n: nat, k: index(n). k = 0"),
            step("s", "sum", "for all n: nat. n = 0", ("p",), using=[{"from": "p", "with": {"k": "n"}}]),
        ),
        (
            step("p", "assume", "for all n: nat, k: index(n). k = 0"),
            step(
                "s",
                "sum",
                "for all n: nat. n = 0",
                ("p",),
                using=[{"from": "p", "with": {"n": "n + 1", "k": "n"}}],
            ),
        ),
    ),
    Attack(
        "an index for an empty range",
        SORT,
        (
            step("p", "assume", "for all n: nat, k: index(n). n = 0"),
            step("s", "sum", "1 = 0", ("p",), using=[{"from": "p", "with": {"n": "0", "k": "0"}}]),
        ),
        (
            step("p", "assume", "for all n: nat, k: index(n). n = 0"),
            step("s", "sum", "1 = 0", ("p",), using=[{"from": "p", "with": {"n": "1", "k": "0"}}]),
        ),
    ),
    Attack(
        "a vector of another length",
        SORT,
        (
            step("p", "assume", "for all n: nat, x: signs(n). n = 0"),
            step(
                "s",
                "sum",
                "for all n: nat, x: signs(n). n + 1 = 0",
                ("p",),
                using=[{"from": "p", "with": {"n": "n + 1", "x": "x"}}],
            ),
        ),
        (
            step("p", "assume", "for all n: nat, x: signs(n). n = 0"),
            step(
                "s",
                "sum",
                "for all n: nat, x: signs(n). n + 1 = 0",
                ("p",),
                using=[{"from": "p", "with": {"n": "n + 1", "x": "signs(i: index(n + 1), -1)"}}],
            ),
        ),
    ),
    Attack(
        "a real function for one of signs",
        "not of the premise's sort",
        (
            step("p", "sum", "for all f: fn(real) -> sign. f(0)^2 = 1"),
            step(
                "s",
                "sum",
                "0^2 = 1",
                ("p",),
                using=[{"from": "p", "with": {"f": {"of": ["t: real"], "is": "t"}}}],
            ),
        ),
        (
            step("p", "assume", "for all f: fn(real) -> sign. f(0) = 7"),
            step(
                "s",
                "sum",
                "-1 = 7",
                ("p",),
                using=[{"from": "p", "with": {"f": {"of": ["t: real"], "is": "-1"}}}],
            ),
        ),
    ),
    Attack(
        "a sum over the reals",
        "cannot be bound",
        one("sum", "sum(a: real, 1) = 0"),
        one("sum", "sum(a: bit, 1) = 2"),
    ),
    Attack(
        "a sum over the naturals",
        "cannot be bound",
        one("sum", "sum(a: nat, a) = 0"),
        one("sum", "sum(a: bit, a) = 1"),
    ),
    Attack(
        "vectors have no order and no arithmetic",
        "stands where a number is needed|compared with",
        one("sum", "for all n: nat, x: signs(n). x + x = 2*x"),
        one("sum", "for all n: nat, x: signs(n). [x = x] = 1"),
    ),
]


@each(ATTACKS)
def test_a_value_is_of_its_sort_and_reduced_by_no_other(attack: Attack) -> None:
    attack.run()
