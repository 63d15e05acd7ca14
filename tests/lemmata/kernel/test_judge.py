"""The judge accepts what is true and refuses each of the holes that a kernel of this kind can have."""

from __future__ import annotations

from typing import Any

import pytest

from lemmata.kernel.errors import CertificateError, Refused
from lemmata.kernel.judge import Judge

CHI = "for all n: nat, e: bits(n), x: signs(n). chi(e, x) = prod(i: index(n), x[i]^e[i])"


def record(
    name: str, rule: str, claim: str, premises: tuple[str, ...] = (), **certificate: Any
) -> dict[str, Any]:
    return {"id": name, "rule": rule, "claim": claim, "premises": list(premises), "certificate": certificate}


def judge(*records: dict[str, Any]) -> Judge:
    found = Judge()
    for each in records:
        found.accept(each)
    return found


DEFINED = record("chi", "define", CHI, symbol="chi")
TRUE = [
    ("identity", "for all a: real, b: real. (a + b)^2 = a^2 + 2*a*b + b^2"),
    ("identity", "for all n: nat. 2^(n + 1) = 2*2^n"),
    ("identity", "for all n: nat. 1/(n + 1) + 1/(n + 2) = (2*n + 3)/((n + 1)*(n + 2))"),
    ("identity", "for all a: real. if a != 0 then a/a = 1"),
    ("identity", "for all n: nat. (-2)^(2*n) = 4^n"),
    ("sum", "for all n: nat. sum(i: index(n + 1), i) = sum(i: index(n), i) + n"),
    (
        "sum",
        "for all n: nat, f: fn(index(n), index(n)) -> real. sum(i: index(n), sum(k: index(n), [i = k]*f(i, k))) = "
        "sum(i: index(n), f(i, i))",
    ),
    (
        "sum",
        "for all n: nat, f: fn(index(n), index(n)) -> real. sum(i: index(n), sum(j: index(n), f(i, j))) = "
        "sum(j: index(n), sum(i: index(n), f(i, j)))",
    ),
    (
        "cube",
        "for all n: nat, x: signs(n), y: signs(n). sum(e: bits(n), chi(e, x)*chi(e, y)) = "
        "prod(i: index(n), 1 + x[i]*y[i])",
    ),
]
FALSE = [
    ("identity", "for all a: real, b: real. (a + b)^2 = a^2 + b^2"),
    ("identity", "for all n: nat. 2^(n + 1) = 3*2^n"),
    ("identity", "for all a: real. a/a = 1"),
    ("identity", "for all n: nat. n/n = 1"),
    ("identity", "for all n: nat. (-2)^n = -2^n"),
    ("identity", "for all n: nat. 0^n = 0"),
    ("sum", "for all n: nat. sum(i: index(n + 1), i) = sum(i: index(n), i) + n + 1"),
    ("sum", "for all n: nat, m: nat, f: fn(index(m)) -> real, k: index(m). sum(i: index(n), [i = k]) = 1"),
    (
        "sum",
        "for all n: nat, f: fn(index(n), index(n)) -> real. sum(i: index(n), sum(k: index(n), [i = k]*f(i, k))) = "
        "sum(i: index(n), sum(k: index(n), f(i, k)))",
    ),
    ("sum", "for all n: nat, f: fn(signs(n)) -> real. mean(x: signs(n), f(x)^2) = mean(x: signs(n), f(x))^2"),
    (
        "sum",
        "for all n: nat. sum(j: index(n), sum(i: index(j + 1), i)) = sum(j: index(n), sum(i: index(j), i))",
    ),
    ("cube", "for all n: nat, e: bits(n). mean(x: signs(n), chi(e, x)) = 0"),
    (
        "cube",
        "for all n: nat, g: fn(signs(n)) -> real, x: signs(n). "
        "mean(y: signs(n), g(y)*prod(i: index(n), 1 - x[i]*y[i])) = g(x)",
    ),
]


@pytest.mark.parametrize(("rule", "claim"), TRUE)
def test_what_is_true_is_accepted(rule: str, claim: str) -> None:
    used = ("chi",) if "chi" in claim else ()
    certificate = {"unfold": ["chi"]} if used else {}
    judge(DEFINED, record("s", rule, claim, used, **certificate))


@pytest.mark.parametrize(("rule", "claim"), FALSE)
def test_what_is_false_is_refused(rule: str, claim: str) -> None:
    used = ("chi",) if "chi" in claim else ()
    certificate = {"unfold": ["chi"]} if used else {}
    with pytest.raises(Refused):
        judge(DEFINED, record("s", rule, claim, used, **certificate))


def test_a_quantified_hypothesis_is_instantiated_without_capture() -> None:
    # From "for all a: s(a) = the sum over i < n of a" one must not get the sum over i < n of i by capturing i.
    hypothesis = "(for all a: real. s(a) = sum(i: index(n), a))"
    start = f"for all n: nat, s: fn(real) -> real, i: index(n). if {hypothesis} then"
    right = record("s", "sum", f"{start} s(i) = n*i", using=[{"from": 0, "with": {"a": "i"}}])
    judge(right)
    wrong = f"{start} s(i) = sum(i: index(n), i)"
    with pytest.raises(Refused):
        judge(record("s", "sum", wrong, using=[{"from": 0, "with": {"a": "i"}}]))


def test_a_claim_for_naturals_is_not_used_below_zero() -> None:
    first = record("p", "sum", "for all k: nat. sum(i: index(k + 1), 1) = k + 1")
    bad = record("q", "sum", "for all k: nat. k = k", ("p",), using=[{"from": "p", "with": {"k": "k - 1"}}])
    with pytest.raises(Refused, match="not of its sort"):
        judge(first, bad)


def test_a_hypothesis_of_a_premise_must_be_established() -> None:
    first = record("p", "identity", "for all a: real. if a != 0 then a/a = 1")
    bad = record("q", "identity", "for all a: real. 0*a = 1 - 1", ("p",), using=[{"from": "p"}])
    with pytest.raises(Refused, match="not established"):
        judge(first, bad)


def test_an_inequality_is_not_multiplied_by_what_may_be_negative() -> None:
    start = "for all a: real, b: real, c: real. if a <= b then"
    with pytest.raises(Refused, match="nonnegative"):
        judge(record("s", "square", f"{start} a*c <= b*c", using=[{"from": 0, "times": "c"}]))
    judge(record("s", "square", f"{start} a*c^2 <= b*c^2", using=[{"from": 0, "times": "c^2"}]))


def test_a_negative_square_is_refused() -> None:
    with pytest.raises(Refused, match="nonnegative"):
        judge(record("s", "square", "for all a: real. a^2 <= 0", squares=[{"of": "a", "times": "-1"}]))
    judge(record("s", "square", "for all a: real. 0 <= a^2", squares=[{"of": "a"}]))


INDUCTIVE = "for all n: nat. 2*sum(i: index(n + 1), i) = n^2 + n"
BASE = record("b", "sum", "2*sum(i: index(0 + 1), i) = 0^2 + 0")
STEP = record(
    "t",
    "sum",
    "for all n: nat. if 2*sum(i: index(n + 1), i) = n^2 + n then 2*sum(i: index(n + 1 + 1), i) = (n + 1)^2 + n + 1",
    using=[{"from": 0}],
)


def test_induction_needs_its_own_base_and_step() -> None:
    good = record("s", "induction", INDUCTIVE, ("b", "t"), variable="n", base="b", step="t")
    base, step = dict(BASE), dict(STEP)
    step["claim"] = str(step["claim"]).replace("index(n + 1 + 1)", "index((n + 1) + 1)")
    step["claim"] = str(step["claim"]).replace("(n + 1)^2 + n + 1", "(n + 1)^2 + (n + 1)")
    judge(base, step, good)
    swapped = record("s", "induction", INDUCTIVE, ("b", "t"), variable="n", base="t", step="b")
    with pytest.raises(Refused):
        judge(base, step, swapped)
    with pytest.raises(Refused):
        judge(base, step, good | {"claim": INDUCTIVE.replace("n^2 + n", "n^2 + 2*n")})


def test_a_premise_that_contributes_nothing_is_refused() -> None:
    first = record("p", "identity", "for all a: real. a + a = 2*a")
    with pytest.raises(Refused, match="contributes nothing"):
        judge(first, record("q", "identity", "for all a: real. 2*a = a + a", ("p",), using=[{"from": "p"}]))


@pytest.mark.parametrize("premises", [["q"], ["later"], ["p", "p"], []])
def test_premises_are_earlier_steps_and_listed_as_used(premises: list[str]) -> None:
    first = record("p", "assume", "for all a: real. a = 0")
    bad = record(
        "q", "identity", "for all a: real. a = 0", tuple(premises), using=[{"from": (premises or ["p"])[0]}]
    )
    with pytest.raises(Refused):
        judge(first, bad)


@pytest.mark.parametrize(
    "claim",
    ["2^(10^9) = 0", "(" * 100_000 + "0" + ")" * 100_000 + " = 0", "0 = 0 ", "0  = 0", "00 = 0", "x = x"],
)
def test_texts_that_are_huge_deep_or_not_canonical_are_refused(claim: str) -> None:
    with pytest.raises(Refused):
        judge(record("s", "identity", claim))


def test_an_id_occurs_once() -> None:
    same = record("s", "identity", "0 = 0")
    with pytest.raises(CertificateError, match="twice"):
        judge(same, same)
