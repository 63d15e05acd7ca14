"""Ranges: empty ones, sizes that lose their last element, and indices that no range holds."""

from __future__ import annotations

from tests.attacks.attack import Attack, each, one, step

AB = "for all a: real, b: real"
ST = "for all s: sign, t: sign"
INDEX = "for all n: nat, m: nat, k: index(n), f: fn(nat) -> real"
OTHER = "for all n: nat, m: nat, k: index(m), f: fn(nat) -> real"
AT_K = "sum(i: index({}), [i = k]*f(i)) = 1"
CANCEL = "do not cancel"
OUTSIDE = "not below the size"

ATTACKS = [
    # [a <= b] is 1 - [b < a]: splitting off "the last term" left a range of size -1 where b < a.
    Attack(
        "a product over a bracket's range has no last factor",
        CANCEL,
        one("sum", f"{AB}. [b < a]*prod(i: index([a <= b]), i + 1) = 0"),
        one(
            "sum",
            f"{AB}. prod(i: index([b < a] + 1), i + 1) = prod(i: index([b < a]), i + 1)*([b < a] + 1)",
        ),
    ),
    Attack(
        "a sum over a bracket's range may be empty",
        "strictly positive",
        one(
            "square",
            f"{AB}, g: fn(real) -> real. if g(-[b < a]) != 0 then 0 < sum(i: index([a <= b]), g(i)^2)",
            squares=[{"times": "sum(i: index([a <= b]), g(i)^2)", "of": "1"}],
        ),
        one(
            "square",
            f"{AB}, g: fn(real) -> real. if g([b < a]) != 0 then 0 < sum(i: index([b < a] + 1), g(i)^2)",
            squares=[{"times": "sum(i: index([b < a]), g(i)^2)", "of": "1"}, {"of": "g([b < a])"}],
        ),
    ),
    # [s = t] is (1 + s t)/2: the "last term" was the one at s t/2.
    Attack(
        "no half is split off",
        CANCEL,
        one("sum", f"{ST}. sum(i: index([s = t] + 1), i) = (s*t)/2 + sum(i: index([s = t]), i)"),
        one("sum", f"{ST}. sum(i: index([s = t]), 1) = 1/2 + (s*t)/2"),
    ),
    Attack(
        "a sum of one term less",
        CANCEL,
        one(
            "sum",
            "for all n: nat, f: fn(nat) -> real. sum(i: index(n + 1), f(i)) = sum(i: index(n), f(i)) + f(n + 1)",
        ),
        one(
            "sum",
            "for all n: nat, f: fn(nat) -> real. sum(i: index(n + 1), f(i)) = sum(i: index(n), f(i)) + f(n)",
        ),
    ),
    Attack(
        "an empty sum is zero",
        CANCEL,
        one("sum", "for all f: fn(nat) -> real. sum(i: index(0), f(i)) = f(0)"),
        one("sum", "for all f: fn(nat) -> real. sum(i: index(1), f(i)) = f(0)"),
    ),
    Attack(
        "an empty product is one",
        CANCEL,
        one("sum", "prod(i: index(0), i) = 0"),
        one("sum", "prod(i: index(1), i) = 0"),
    ),
    Attack(
        "a constant is not the sum of itself",
        CANCEL,
        one("sum", "for all n: nat, a: real. sum(i: index(n), a) = a"),
        one("sum", "for all n: nat, a: real. sum(i: index(n), a) = n*a"),
    ),
    Attack(
        "a range may be empty: no average of n terms",
        "not known to differ from zero",
        one("sum", "for all n: nat, a: real. sum(i: index(n), a)/n = a"),
        one("sum", "for all n: nat, a: real. sum(i: index(n + 1), a)/(n + 1) = a"),
    ),
    Attack(
        "a mean over an index range is no term",
        "cannot be bound",
        one("sum", "for all n: nat. mean(i: index(n), 1) = 1"),
        one("sum", "for all n: nat. mean(x: signs(n), 1) = 1"),
    ),
    Attack(
        "a delta contracts only within the range",
        CANCEL,
        one(
            "sum",
            "for all n: nat, m: nat, f: fn(nat) -> real. sum(i: index(n), sum(j: index(m), [i = j]*f(j))) = "
            "sum(j: index(m), f(j))",
        ),
        one(
            "sum",
            "for all n: nat, f: fn(nat) -> real. sum(i: index(n), sum(j: index(n), [i = j]*f(j))) = "
            "sum(j: index(n), f(j))",
        ),
    ),
    Attack(
        "a shifted delta leaves the range",
        CANCEL,
        one("sum", "for all n: nat. sum(i: index(n), sum(j: index(n), [i = j + 1])) = n"),
        one("sum", "for all n: nat. sum(i: index(n), sum(j: index(n), [i + 1 = j + 1])) = n"),
    ),
    # A variable of the claim has a range as well, by its name: none that is bound anew has it, nor one of a premise.
    Attack(
        "a delta at an index of another range",
        CANCEL,
        one("sum", f"{INDEX}. sum(i: index(m), [i = k]*f(i)) = f(k)"),
        one("sum", f"{INDEX}. sum(i: index(n), [i = k]*f(i)) = f(k)"),
    ),
    Attack(
        "a delta at a natural of no range",
        CANCEL,
        one("sum", "for all n: nat, k: nat, f: fn(nat) -> real. sum(i: index(n), [i = k]*f(i)) = f(k)"),
        one("sum", "for all n: nat, k: index(n), f: fn(nat) -> real. sum(i: index(n), [k = i]*f(i)) = f(k)"),
    ),
    Attack(
        "a delta at the index after the last",
        CANCEL,
        one("sum", f"{INDEX}. sum(i: index(n), [i = k + 1]*f(i)) = f(k + 1)"),
        one("sum", f"{INDEX}. sum(i: index(n), [i + 1 = k + 1]*f(i)) = f(k)"),
    ),
    Attack(
        "a sum over the name of the claim's index",
        CANCEL,
        one("sum", f"{INDEX}. sum(k: index(m), sum(i: index(n), [i = k]*f(i))) = sum(k: index(m), f(k))"),
        one("sum", f"{INDEX}. sum(k: index(m), sum(i: index(m), [i = k]*f(i))) = sum(k: index(m), f(k))"),
    ),
    Attack(
        "a premise at an index of another range",
        "not of its sort",
        (
            step("p", "sum", f"{INDEX}. if f(k) = 1 then {AT_K.format('n')}", using=[{"from": 0}]),
            step("s", "sum", f"{OTHER}. if f(k) = 1 then {AT_K.format('n')}", ("p",), using=[{"from": "p"}]),
        ),
        (
            step("p", "sum", f"{INDEX}. if f(k) = 1 then {AT_K.format('n')}", using=[{"from": 0}]),
            step(
                "s",
                "sum",
                f"{OTHER}. if f(k) = 1 then {AT_K.format('m')}",
                ("p",),
                using=[{"from": "p", "with": {"n": "m"}}],
            ),
        ),
    ),
    Attack(
        "an index below another index",
        CANCEL,
        one("sum", "for all n: nat, k: index(n), l: index(k). sum(i: index(l), [i = k]) = 1"),
        one("sum", "for all n: nat, k: index(n), l: index(k). sum(i: index(k), [i = l]) = 1"),
    ),
    # [2 i = k] was never a delta: half of an index is none.
    Attack(
        "half of an index",
        CANCEL,
        one("sum", f"{INDEX}. sum(i: index(n), [2*i = k]) = 1"),
        one("sum", f"{INDEX}. sum(i: index(n), [2*i = 2*k]) = sum(i: index(n), [2*k = 2*i])"),
    ),
    Attack(
        "brackets that are alike with their sides exchanged, and orders that are not",
        CANCEL,
        one("sum", "for all a: real, b: real. sum(i: index(2), [a < b + i]) = sum(i: index(2), [b + i < a])"),
        one("sum", "for all a: real, b: real. sum(i: index(2), [a = b + i]) = sum(i: index(2), [b + i = a])"),
    ),
    Attack(
        "a bracket of opposite numbers",
        CANCEL,
        one(
            "sum",
            "for all a: real, b: real. sum(i: index(2), [a = b + i]) = sum(i: index(2), [a = (-b) - i])",
        ),
        one(
            "sum",
            "for all a: real, b: real. sum(i: index(2), [a = b + i]) = sum(i: index(2), [-a = (-b) - i])",
        ),
    ),
    Attack(
        "sums over dependent ranges are not exchanged",
        CANCEL,
        one(
            "sum",
            "for all n: nat, f: fn(nat, nat) -> real. sum(i: index(n), sum(j: index(i), f(i, j))) = "
            "sum(i: index(n), sum(j: index(i), f(j, i)))",
        ),
        one(
            "sum",
            "for all n: nat, f: fn(nat, nat) -> real. sum(i: index(n), sum(j: index(i), f(i, j))) = "
            "sum(k: index(n), sum(l: index(k), f(k, l)))",
        ),
    ),
    Attack(
        "x has no component n",
        OUTSIDE,
        one("sum", "for all n: nat, x: signs(n). x[n]^2 = 1"),
        one("sum", "for all n: nat, x: signs(n + 1). x[n]^2 = 1"),
    ),
    Attack(
        "x has no component i + 1",
        OUTSIDE,
        one("sum", "for all n: nat, x: signs(n). sum(i: index(n), x[i + 1]^2) = n"),
        one("sum", "for all n: nat, x: signs(n + 1). sum(i: index(n), x[i + 1]^2) = n"),
    ),
    Attack(
        "x has no component -1",
        OUTSIDE,
        one("sum", "for all n: nat, x: signs(n + 1). x[-1]^2 = 1"),
        one("sum", "for all n: nat, x: signs(n + 1). x[0]^2 = 1"),
    ),
    Attack(
        "nothing lies in an empty vector",
        OUTSIDE,
        one("sum", "for all n: nat, x: signs(n). x[0]^2 = 1"),
        one("sum", "for all n: nat, x: signs(n), k: index(n). x[k]^2 = 1"),
    ),
    Attack(
        "two indices together leave the range",
        OUTSIDE,
        one("sum", "for all n: nat, x: signs(n), i: index(n), j: index(n). x[i + j]^2 = 1"),
        one("sum", "for all n: nat, x: signs(2*n), i: index(n), j: index(n). x[i + j]^2 = 1"),
    ),
    Attack(
        "a size is a natural",
        "not a natural",
        one("sum", "for all n: nat. sum(i: index(n - 1), 1) = n - 1"),
        one("sum", "for all n: nat. sum(i: index(n + 1), 1) = n + 1"),
    ),
]


@each(ATTACKS)
def test_a_range_has_the_elements_it_has_and_no_others(attack: Attack) -> None:
    attack.run()
