"""Quantifiers that their hypotheses bound: every value below the bound is looked at, of the right sort, no guess."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from lemmata.kernel.claims import Claim, parse_claim
from lemmata.kernel.errors import Undefined
from lemmata.kernel.evaluation import Evaluator

OUTER = "for all d: nat, c: real, n: nat, f: fn(nat) -> real"


def hypothesis(text: str) -> Claim:
    """A quantified hypothesis of a claim about d, c, n and f."""
    return parse_claim(f"{OUTER}. if ({text}) then 0 = 0", {}).hypotheses[0]


def holds(text: str, **at: Any) -> bool:
    values = {"d": Fraction(2), "c": Fraction(5, 2), "n": Fraction(2), "f": lambda t: t, **at}
    return Evaluator({}).claim(hypothesis(text), values)


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("for all k: nat. if k <= d then f(k) <= 2", True),
        ("for all k: nat. if k <= d then f(k) <= 1", False),
        ("for all k: nat. if k = d then f(k) = 2", True),
        ("for all k: nat. if k + n <= d then f(k) <= 0", True),
        ("for all k: nat. if k + n <= d + 1 then f(k) <= 0", False),
        # The bound is for all of them together: each is looked at up to it.
        ("for all k: nat, l: nat. if k + l <= d then f(k)*f(l) <= 1", True),
        ("for all k: nat, l: nat. if k + l <= d then f(k)*f(l) <= 0", False),
        ("for all a: fn(index(n)) -> nat, i: index(n). if sum(j: index(n), a(j)) <= d then a(i) <= 2", True),
        ("for all a: fn(index(n)) -> nat, i: index(n). if sum(j: index(n), a(j)) <= d then a(i) <= 1", False),
        (
            "for all a: fn(index(n)) -> nat, i: index(n). if sum(j: index(n), a(j) + 1) = 2*d then a(i) <= 2",
            True,
        ),
        # Bits were given the values 2, 3, .. up to the bound, and a true claim was called false.
        (
            "for all a: fn(index(n)) -> bit, i: index(n). if sum(j: index(n), a(j)) <= d + 3 then a(i) <= 1",
            True,
        ),
        ("for all a: fn(index(n)) -> bit, i: index(n). if sum(j: index(n), a(j)) <= d then a(i) = 0", False),
        # No index, one function: what is said of every index is true, what is said of the sum is decided.
        (
            "for all a: fn(index(0)) -> nat. if sum(j: index(0), a(j)) <= d then sum(j: index(0), a(j)) = 0",
            True,
        ),
        # A later variable has the value of an earlier one in its range.
        ("for all k: nat, i: index(k). if k <= d then f(i) <= 1", True),
        ("for all k: nat, i: index(k). if k <= d then f(i) <= 0", False),
    ],
)
def test_a_bounded_quantifier_is_decided(text: str, truth: bool) -> None:
    assert holds(text) is truth


@pytest.mark.parametrize(
    "text",
    [
        "for all k: nat. f(k) <= 2",
        # What bounds itself, or is bounded by what it bounds, has no bound.
        "for all k: nat. if k <= k then f(k) <= 2",
        "for all k: nat, l: nat. if k <= l; l <= k then f(k) = f(l)",
        "for all a: fn(index(n)) -> nat, i: index(n). if sum(j: index(n), a(j)) <= a(i) then a(i) <= 2",
        # Something that may be negative stands beside it.
        "for all k: nat, c': real. if k + c' <= d then f(k) <= 2",
        "for all k: nat. if k - n <= d then f(k) <= 2",
        "for all k: nat. if k < d then f(k) <= 2",
        "for all k: nat. if d <= k then f(k) <= 2",
        "for all a: fn(index(n)) -> real, i: index(n). if sum(j: index(n), a(j)) <= d then a(i) <= 2",
        # Not all indices are summed over, and a product says little where one factor is zero.
        "for all a: fn(index(n + 1)) -> nat. if sum(j: index(n), a(j)) <= d then a(n) <= 2",
        "for all a: fn(index(n)) -> nat, i: index(n). if prod(j: index(n), a(j)) <= d then a(i) <= 2",
        # The hypothesis holds under another one only.
        "for all k: nat. if (if c < 0 then k <= d) then f(k) <= 2",
        # Negative, or between two naturals: such a bound is left alone.
        "for all k: nat. if k <= d - 3 then f(k) <= 2",
        "for all k: nat. if k <= c then f(k) <= 2",
    ],
)
def test_without_a_bound_nothing_is_decided(text: str) -> None:
    with pytest.raises(Undefined):
        holds(text)


def test_more_functions_than_can_be_enumerated_are_not_looked_at() -> None:
    text = "for all a: fn(index(n)) -> nat. if sum(j: index(n), a(j)) <= d then 0 = 0"
    assert holds(text, n=Fraction(3))
    with pytest.raises(Undefined, match="too many"):
        holds(text, n=Fraction(40))


def test_a_name_of_the_outside_is_not_the_bound_variable() -> None:
    # At the k that is given the hypothesis would hold; its own k is another one.
    claim = parse_claim(f"{OUTER}, k: nat. if (for all l: nat. if l <= d then f(l) = 0) then f(k) = 0", {})
    at = {"d": Fraction(2), "c": Fraction(0), "n": Fraction(0), "k": Fraction(3)}
    assert Evaluator({}).refutes(claim, {**at, "f": lambda t: Fraction(t == 3)})
    assert not Evaluator({}).refutes(claim, {**at, "f": lambda t: Fraction(t >= 2)})
