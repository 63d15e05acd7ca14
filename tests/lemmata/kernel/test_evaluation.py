"""Exact values at a point: what a hypothesis quantifies is its own, and what has no value is not guessed."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from lemmata.kernel.claims import parse_claim
from lemmata.kernel.errors import Undefined
from lemmata.kernel.evaluation import Evaluator


def refutes(claim: str, ranges: dict[str, Any] | None = None, **at: Any) -> bool:
    return Evaluator({}, ranges).refutes(parse_claim(claim, {}), at)


def test_a_counter_instance_satisfies_a_quantified_hypothesis_everywhere() -> None:
    claim = "for all n: nat, f: fn(index(n)) -> real, k: index(n). if (for all j: index(n). f(j) = 0) then f(k) = 1"
    assert refutes(claim, n=Fraction(2), f=lambda k: Fraction(0), k=Fraction(0))
    # At the k that is given the hypothesis holds; at the other it does not, so nothing is refuted.
    assert not refutes(claim, n=Fraction(2), f=lambda k: Fraction(k), k=Fraction(0))


def test_a_hypothesis_about_all_numbers_has_a_truth_value_only_over_a_given_range() -> None:
    claim = "for all f: fn(real) -> real. if (for all t: real. f(t) <= 1) then f(3) <= 0"
    with pytest.raises(Undefined, match="not finite"):
        refutes(claim, f=lambda t: Fraction(1))
    reals = {"real": (Fraction(0), Fraction(3))}
    assert refutes(claim, reals, f=lambda t: Fraction(1))
    assert not refutes(claim, reals, f=lambda t: t)


def test_a_counter_instance_gives_every_variable() -> None:
    with pytest.raises(Undefined, match="every variable"):
        refutes("for all a: real, b: real. a = b", a=Fraction(1))


@pytest.mark.parametrize("term", ["1/a", "2^n", "a^(-1)", "2^(n/2)"])
def test_what_has_no_value_is_not_guessed(term: str) -> None:
    with pytest.raises(Undefined):
        refutes(f"for all a: real, n: nat. {term} = 0", a=Fraction(0), n=Fraction(20_001))
