"""The value of a recursion: from its two equations, at numbers and vectors, and only once both are known."""

from __future__ import annotations

from fractions import Fraction
from math import comb, factorial
from typing import Any

import pytest

from lemmata.kernel.errors import Undefined
from lemmata.kernel.evaluation import MAX_RECURSION, Evaluator
from lemmata.kernel.judge import Judge
from lemmata.kernel.parsing import parse_term
from lemmata.kernel.terms import BIT, NAT, REAL, Sort, Vector
from tests.attacks.attack import Record, judged, step

SCOPE: dict[str, Sort] = {"n": NAT, "a": REAL, "b": BIT, "x": Vector("signs", parse_term("2", {}, {}))}


def recursion(symbol: str, base: str, after: str) -> tuple[Record, Record]:
    how: dict[str, Any] = {"symbol": symbol, "recursion": True}
    return step(f"{symbol} 0", "define", base, **how), step(symbol, "define", after, (f"{symbol} 0",), **how)


FACTORIAL = recursion("fac", "fac(0) = 1", "for all k: nat. fac(k + 1) = (k + 1)*fac(k)")
NESTED = recursion(
    "nest",
    "for all a: real. nest(0, a) = a",
    "for all k: nat, a: real. nest(k + 1, a) = nest(k, a)*fac(k) + a",
)
VECTORS = recursion(
    "walk",
    "for all x: signs(2). walk(0, x) = 0",
    "for all k: nat, x: signs(2). walk(k + 1, x) = walk(k, x) + sum(i: index(2), x[i]*2^i)",
)
# The bound b of the sum is the argument of the recursion below it: one value needs two.
SPREAD = recursion(
    "spread",
    "for all b: bit. spread(0, b) = b",
    "for all k: nat, b: bit. spread(k + 1, b) = sum(b: bit, spread(k, b))",
)


def value(source: str, *records: Record, **at: Any) -> Any:
    definitions = judged(*records).definitions
    return Evaluator(definitions).term(parse_term(source, SCOPE, definitions), at)


@pytest.mark.parametrize("n", [0, 1, 5, MAX_RECURSION])
def test_a_recursion_has_the_value_of_its_equations(n: int) -> None:
    assert value("fac(n)", *FACTORIAL, n=Fraction(n)) == factorial(n)


def test_a_recursion_within_a_recursion() -> None:
    expected = Fraction(3)
    for k in range(4):
        expected = expected * factorial(k) + 3
    assert value("nest(4, a)", *FACTORIAL, *NESTED, a=Fraction(3)) == expected


def test_the_other_arguments_tell_values_apart() -> None:
    assert value("walk(3, x) - walk(2, signs(i: index(2), -x[i]))", *VECTORS, x=(1, -1)) == -3 - 2
    assert value("nest(2, a) - nest(2, 2*a)", *FACTORIAL, *NESTED, a=Fraction(1)) == -3


def test_a_sum_that_binds_the_other_argument() -> None:
    assert value("spread(n, b)", *SPREAD, n=Fraction(0), b=Fraction(1)) == 1
    assert value("spread(n, b)", *SPREAD, n=Fraction(6), b=Fraction(0)) == 2**5


def test_a_long_step_at_the_last_value_does_not_nest_too_deep() -> None:
    body = "deep(k, a)"
    for _ in range(12):
        body = f"({body} + 1)*1"
    deep = recursion(
        "deep", "for all a: real. deep(0, a) = a", f"for all k: nat, a: real. deep(k + 1, a) = {body}"
    )
    assert value("deep(n, a)", *deep, n=Fraction(MAX_RECURSION), a=Fraction(0)) == 12 * MAX_RECURSION


@pytest.mark.parametrize("n", [Fraction(MAX_RECURSION + 1), Fraction(-1), Fraction(1, 2), Fraction(10**9)])
def test_where_a_recursion_has_no_value_none_is_guessed(n: Fraction) -> None:
    with pytest.raises(Undefined, match="a long recursion, or none"):
        value("fac(n)", *FACTORIAL, n=n)


def test_half_a_recursion_has_no_value_even_at_zero() -> None:
    with pytest.raises(Undefined, match="lacks its second equation"):
        value("fac(n)", FACTORIAL[0], n=Fraction(0))


def test_one_symbol_means_in_each_judge_what_it_was_defined_as() -> None:
    double = recursion("fac", "fac(0) = 1", "for all k: nat. fac(k + 1) = 2*fac(k)")
    assert value("fac(4)", *FACTORIAL) == 24
    assert value("fac(4)", *double) == 16


def test_a_branch_completes_a_recursion_for_itself() -> None:
    trunk = Judge()
    trunk.accept(FACTORIAL[0])
    branch = trunk.branch()
    branch.accept(FACTORIAL[1])
    term = parse_term("fac(3)", {}, branch.definitions)
    assert Evaluator(branch.definitions).term(term, {}) == factorial(3)
    with pytest.raises(Undefined, match="lacks its second equation"):
        Evaluator(trunk.definitions).term(term, {})


def test_what_a_recursion_counts_is_what_it_should() -> None:
    """sum_j C(n, j) by Pascal's rule for rows, written as a recursion of the row sums."""
    rows = recursion("rows", "rows(0) = 1", "for all k: nat. rows(k + 1) = rows(k) + rows(k)")
    for n in range(8):
        assert value("rows(n)", *rows, n=Fraction(n)) == sum(comb(n, j) for j in range(n + 1))
