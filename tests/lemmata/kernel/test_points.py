"""Equal points stand for each other, and only they; brackets guard what they guard, and an ordered pair is ordered."""

from __future__ import annotations

from typing import Any

import pytest

from lemmata.kernel.errors import CertificateError, Refused
from lemmata.kernel.judge import Judge

POINTS = "for all a: point, b: point, c: point, f: fn(point) -> real, g: fn(point, point) -> point"


def judged(claim: str, rule: str = "sum", **certificate: Any) -> None:
    Judge().accept({"id": "s", "rule": rule, "claim": claim, "premises": [], "certificate": certificate})


def test_equal_points_have_equal_values_under_their_bracket() -> None:
    judged(f"{POINTS}. [a = b]*f(a) = [a = b]*f(b)")
    judged(f"{POINTS}. [a = b]*f(g(a, c)) = [a = b]*f(g(b, c))")
    judged(f"{POINTS}. [a = b]*[b = c] = [a = b]*[a = c]")


@pytest.mark.parametrize(
    "equation",
    [
        "f(a) = f(b)",
        "[a = b]*f(a) = f(b)",
        "[a != b]*f(a) = [a != b]*f(b)",
        "(1 + [a = b])*f(a) = (1 + [a = b])*f(b)",
        "[a = b] + f(a) = [a = b] + f(b)",
        "[a = b]*f(a) = [a = c]*f(c)",
        "[g(a, b) = g(b, a)] = 1",
        "[g(a, c) = g(b, c)] = [a = b]",
        "[a = b]*[b = c] = [a = c]",
        "[a = b]^2 = 2*[a = b]",
    ],
)
def test_points_that_may_differ_are_kept_apart(equation: str) -> None:
    with pytest.raises(Refused):
        judged(f"{POINTS}. {equation}")


@pytest.mark.parametrize(
    ("head", "equation"),
    [
        # The bracket's points depend on the bound variable: outside of its sum it says nothing.
        (
            "for all n: nat, p: fn(index(n)) -> point, a: point, f: fn(point) -> real",
            "sum(i: index(n), [p(i) = a])*f(a) = sum(i: index(n), [p(i) = a])*sum(i: index(n), f(p(i)))",
        ),
        (
            "for all n: nat, p: fn(index(n)) -> point, a: point, f: fn(point) -> real, k: index(n)",
            "[p(k) = a]*sum(k: index(n), f(p(k))) = [p(k) = a]*sum(k: index(n), f(a))",
        ),
        (
            "for all n: nat, p: fn(index(n)) -> point, a: point, f: fn(point) -> real, k: index(n)",
            "[p(k) = a]*sum(i: index(n), f(p(i))) = [p(k) = a]*n*f(a)",
        ),
        (
            "for all n: nat, p: fn(index(n)) -> point, a: point, f: fn(point) -> real",
            "mean(i: index(n), [p(i) = a]) = [mean(i: index(n), [p(i) = a]) = 1]",
        ),
    ],
)
def test_no_bound_variable_is_captured_by_a_replacement(head: str, equation: str) -> None:
    with pytest.raises(Refused):
        judged(f"{head}. {equation}")


def test_the_same_replacement_is_made_where_nothing_is_captured() -> None:
    head = "for all n: nat, p: fn(index(n)) -> point, a: point, f: fn(point) -> real"
    judged(f"{head}. sum(i: index(n), [p(i) = a]*f(p(i))) = sum(i: index(n), [p(i) = a]*f(a))")
    judged(f"{head}, k: index(n). [p(k) = a]*sum(i: index(n), f(p(k))) = [p(k) = a]*n*f(a)")


@pytest.mark.parametrize(
    "term", ["a + b", "a*f(a)", "f(a)^b", "-a", "[a < b]", "[a <= b]", "g(f(a), a)", "f(1)"]
)
def test_a_point_has_no_arithmetic_and_no_order(term: str) -> None:
    with pytest.raises(Refused):
        judged(f"{POINTS}. {term} = {term}")


def test_an_equation_between_points_is_used_through_its_bracket() -> None:
    start = f"{POINTS}. if a = b then"
    judged(f"{start} f(a) = f(b)", using=[{"from": 0, "times": "f(b) - f(a)"}])
    with pytest.raises(Refused):
        judged(f"{start} f(a) = f(c)", using=[{"from": 0, "times": "f(c) - f(a)"}])
    with pytest.raises(Refused):
        judged(f"{POINTS}. if a != b then f(a) = f(b)", using=[{"from": 0, "times": "f(b) - f(a)"}])


def test_points_are_no_values_of_a_premise_for_numbers_nor_the_other_way_round() -> None:
    real = "for all a: point, f: fn(point) -> real. if (for all t: real. 0 = t - t) then f(a) = f(a)"
    with pytest.raises(Refused, match="sort"):
        judged(real, using=[{"from": 0, "with": {"t": "a"}}])
    point = "for all z: real, f: fn(point) -> real. if (for all t: point. 0 = f(t)) then z = z"
    with pytest.raises(Refused, match="sort"):
        judged(point, using=[{"from": 0, "with": {"t": "z"}}])


GUARDED = "for all a: real, b: real. if (if a <= b then a = 0) then"


def test_a_guarded_hypothesis_multiplies_by_its_bracket() -> None:
    judged(f"{GUARDED} [a <= b]*a = 0", using=[{"from": 0, "guard": [0]}])


@pytest.mark.parametrize(
    ("claim", "entry"),
    [
        ("a = 0", {"from": 0, "guard": [0]}),
        ("a = 0", {"from": 0}),
        ("[b < a]*a = 0", {"from": 0, "guard": [0]}),
        ("[a <= b]*a = 0", {"from": 0}),
        ("[a <= b]*a = 0", {"from": 0, "guard": [1]}),
        ("[a <= b]*a = 0", {"from": 0, "guard": [-1]}),
        ("[a <= b]*a = 0", {"from": 0, "guard": [0, 0]}),
    ],
)
def test_without_its_bracket_or_with_another_a_guarded_premise_says_nothing(
    claim: str, entry: dict[str, Any]
) -> None:
    with pytest.raises(Refused):
        judged(f"{GUARDED} {claim}", using=[entry])


@pytest.mark.parametrize("guard", [0, "0", [True], [0.0], ["0"], {"0": 0}])
def test_a_guard_is_a_list_of_numbers(guard: object) -> None:
    with pytest.raises(CertificateError):
        judged(f"{GUARDED} [a <= b]*a = 0", using=[{"from": 0, "guard": guard}])


def test_a_quantified_hypothesis_cannot_guard() -> None:
    claim = "for all a: real. if (if (for all t: real. t <= a) then a = 0) then a = 0"
    with pytest.raises(Refused, match="no bracket"):
        judged(claim, using=[{"from": 0, "guard": [0]}])


def test_a_guard_makes_a_strict_inequality_weak() -> None:
    start = "for all a: real, b: real. if (if a < b then 0 < a) then"
    judged(f"{start} 0 <= [a < b]*a", "square", using=[{"from": 0, "guard": [0]}])
    with pytest.raises(Refused):
        judged(f"{start} 0 < [a < b]*a", "square", using=[{"from": 0, "guard": [0]}])


def test_what_is_ordered_is_not_negative() -> None:
    judged("for all a: real, b: real. [a <= b]*a <= [a <= b]*b", "square", ordered=[{"that": "a <= b"}])
    judged("for all a: real, b: real. [a < b]*a <= [a < b]*b", "square", ordered=[{"that": "a < b"}])


@pytest.mark.parametrize(
    ("claim", "entry"),
    [
        ("a <= b", {"that": "a <= b"}),
        ("[a <= b]*b <= [a <= b]*a", {"that": "a <= b"}),
        ("[a <= b]*a < [a <= b]*b", {"that": "a <= b"}),
        ("[b < a]*a <= [b < a]*b", {"that": "a <= b"}),
        ("[a <= b]*b <= [a <= b]*a", {"that": "a <= b", "times": "-1"}),
        ("[a <= b]*a*c <= [a <= b]*b*c", {"that": "a <= b", "times": "c"}),
        ("[a = b]*a <= [a = b]*b", {"that": "a = b"}),
        ("[a != b]*a <= [a != b]*b", {"that": "a != b"}),
    ],
)
def test_what_is_not_ordered_is_refused(claim: str, entry: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        judged(f"for all a: real, b: real, c: real. {claim}", "square", ordered=[entry])


@pytest.mark.parametrize("that", [None, 1, "a", "a <=", "a <= b <= c", "for all t: real. t <= a"])
def test_an_ordered_pair_is_one_relation(that: object) -> None:
    with pytest.raises((Refused, CertificateError)):
        judged("for all a: real, b: real. [a <= b]*a <= [a <= b]*b", "square", ordered=[{"that": that}])
