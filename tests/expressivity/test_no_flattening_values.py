"""Published counts of no-flattening, what ties them to each other, and what they refuse."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, product
from math import ceil, comb, inf, log2, prod

import pytest
from click.testing import CliRunner

from cli import program
from lemmata.model import LemmataError
from theorems.expressivity import _no_flattening_values as values

SIZES = range(1, 6)


def test_published_numbers() -> None:
    ones = [(1,) * n for n in SIZES]
    assert [values.neurons_shallow(r) for r in ones] == [2, 4, 8, 16, 32]
    assert [values.neurons_shallow_output_bias(r) for r in ones] == [1, 3, 7, 15, 31]
    assert [values.uniform_neurons(n) for n in SIZES] == [1, 2, 3, 6, 10]
    assert [values.neurons_free_bias(n) for n in SIZES] == [1, 2, 4, 8, 16]
    assert values.neurons_shallow((3, 2, 1)) == 24
    assert values.l2_lower_bound(2, 1) == Fraction(1, 2)
    assert [values.residual(3, m) for m in (0, 5, 8)] == [8, 3, 0]
    assert values.neurons_deep(32) == 124
    assert [values.neurons_at_depth(16, k) for k in (1, 2, 4)] == [65536, 80, 60]
    assert (values.neurons_at_depth(32, 2), values.neurons_at_depth_mixed(32, 2)) == (384, 304)
    assert values.sign_gate((Fraction(1, 2), -3, 4)) == -6


def test_a_bound_is_never_negative() -> None:
    assert values.l2_lower_bound(4, 100) == 0
    assert [values.l2_lower_bound(4, m) for m in range(7)] == [1 - Fraction(m, 6) for m in range(7)]


def uniform_trees(n: int, k: int) -> list[tuple[int, ...]]:
    return [b for b in product(range(2, n + 1), repeat=k) if prod(b) == n]


@pytest.mark.parametrize("n", range(2, 25))
def test_uniform_trees_are_all_looked_at(n: int) -> None:
    for k in range(1, 5):
        costs = [sum(n // prod(b[: i + 1]) * 2 ** b[i] for i in range(k)) for b in uniform_trees(n, k)]
        if costs:
            assert values.neurons_at_depth(n, k) == min(costs)
        else:
            with pytest.raises(LemmataError, match="there are uniform trees of depth 1"):
                values.neurons_at_depth(n, k)


def test_the_order_of_the_factors_matters() -> None:
    cost = {b: 16 // b[0] * 2 ** b[0] + 2 ** b[1] for b in uniform_trees(16, 2)}
    assert cost == {(2, 8): 288, (4, 4): 80, (8, 2): 516}


def cheapest(n: int, k: int) -> float:
    """By trying every split of the inputs among the inputs of the root."""
    if n == 1:
        return 0
    if k == 0:
        return inf
    return min(2**b + spread(n, b, k - 1) for b in range(2, n + 1))


def spread(n: int, b: int, k: int) -> float:
    if b == 1:
        return cheapest(n, k)
    return min(
        (cheapest(first, k) + spread(n - first, b - 1, k) for first in range(1, n - b + 2)), default=inf
    )


@pytest.mark.parametrize("k", [1, 2, 3])
def test_mixed_trees_are_the_cheapest_of_all(k: int) -> None:
    assert [values.neurons_at_depth_mixed(n, k) for n in range(1, 9)] == [cheapest(n, k) for n in range(1, 9)]


def test_mixed_trees_are_no_dearer_than_uniform_ones_and_no_cheaper_than_binary_ones() -> None:
    for n in range(2, 65):
        costs = [values.neurons_at_depth_mixed(n, k) for k in range(1, 8)]
        assert all(low >= high for low, high in pairwise(costs))
        assert costs[-1] == values.neurons_deep(n) == values.neurons_at_depth_mixed(n, ceil(log2(n)))
    assert values.neurons_at_depth_mixed(64, 6) == values.neurons_at_depth(64, 6)
    assert values.neurons_at_depth_mixed(12, 2) <= values.neurons_at_depth(12, 2)


def test_a_single_input_is_its_own_product() -> None:
    assert values.neurons_deep(1) == values.neurons_at_depth(1, 0) == values.neurons_at_depth_mixed(1, 0) == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "neurons_shallow r=3,0,1",
            "r must have exponents from 1 on, and its entry 2 is 0: leave out an input",
        ),
        ("neurons_shallow_output_bias r=0", "its entry 1 is 0"),
        ("neurons_shallow r=2,-1", "its entry 2 is '-1'"),
        ("neurons_shallow r=1/2", "its entry 1 is '1/2'"),
        ("residual n=3 m=9", "m = 9 is more than the 2^3 = 8 neurons that leave no error: take m <= 8"),
        ("l2_lower_bound n=0 m=1", "n must be a whole number from 1"),
        ("neurons_deep n=0", "n must be a whole number from 1"),
        ("neurons_at_depth n=12 k=4", "there are uniform trees of depth 1 to 3"),
        ("neurons_at_depth n=7 k=2", "there are uniform trees of depth 1"),
        ("neurons_at_depth n=1 k=1", "there are uniform trees of depth 0"),
        ("neurons_at_depth_mixed n=257 k=2", "take n <= 256"),
        ("neurons_at_depth_mixed n=2 k=0", "take k >= 1"),
    ],
)
def test_what_has_no_value_is_one_line(words: str, said: str) -> None:
    result = CliRunner().invoke(program, ["eval", "no-flattening", *words.split()])
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr and result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("neurons_shallow r=3,2,1", "neurons_shallow = 24 = 24\n"),
        ("neurons_free_bias n=64", "neurons_free_bias = 9223372036854775808 = 9.22337203685478e+18\n"),
        ("l2_lower_bound n=4 m=1", "l2_lower_bound = 5/6 = 0.833333333333333\n"),
        ("sign_gate x=1/2,-3,4", "sign_gate = -6 = -6\n"),
    ],
)
def test_exact_values_are_printed(words: str, printed: str) -> None:
    result = CliRunner().invoke(program, ["eval", "no-flattening", *words.split()])
    assert (result.exit_code, result.stdout) == (0, printed)


def test_large_sizes_are_answered() -> None:
    assert values.neurons_shallow((100_000,) * 3) == 100_001**3
    assert values.uniform_neurons(10_000) == comb(10_000, 5000)
    assert values.neurons_at_depth(65_536, 16) == values.neurons_deep(65_536)
