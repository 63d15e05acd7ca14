"""set-dimension: published numbers, exact pairs, codes, bad input, and what the proof rests on."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations_with_replacement, product
from typing import Any

import pytest
import sympy as sp
from click.testing import CliRunner

import cli
from lemmata.model import LemmataError, ProofReport
from lemmata.proof import Outcome, claim, derive, lt
from lemmata.proof.reports import proof_report
from theorems.expressivity import _set_dimension_values as values
from theorems.expressivity import set_dimension


@pytest.fixture(scope="module")
def own() -> Outcome:
    return derive(set_dimension.theorem, set_dimension.derive)


@pytest.fixture(scope="module")
def proof(own: Outcome) -> ProofReport:
    return proof_report(set_dimension.theorem, own)


# The proof --------------------------------------------------------------------------------------------------


def test_only_the_topological_parts_cite(proof: ProofReport) -> None:
    citing = {part.label for part in proof.parts if part.status == "proved-modulo"}
    assert citing == {"a''", "c", "d"}
    assert {part.status for part in proof.parts if part.label not in citing} == {"proved"}
    assert [source.split()[0] for source in proof.citations] == ["Rudin1976", "Hatcher2002", "Rudin1976"]
    assert sum(step.printed for step in proof.steps) <= 30


@pytest.mark.parametrize(
    ("label", "missing"),
    [
        *(("a", 0), ("a'", 6), ("a'", 5), ("a''", 0), ("a''", 1)),
        *(("b", 7), ("c", 1), ("d", 1), ("e'", 6), ("f", 2), ("f'", 0)),
    ],
    ids=[
        *("sums", "sums of [0,1]", "sorted", "gap", "positive"),
        *("equal", "dimension", "approximates", "size", "digits", "different"),
    ],
)
def test_no_part_is_proved_without_what_decides_it(own: Outcome, label: str, missing: int) -> None:
    """0 < 1 in its place breaks the proof, the others keep their numbers: equal power sums, N < M, ..."""
    statement = next(p for p in set_dimension.theorem.parts if p.label == label).statement
    given = [lt(0, 1) if k == missing else h for k, h in enumerate(statement.given)]
    weaker = claim(statement.variables, statement.then, given)
    outcome = derive(set_dimension.theorem, set_dimension.derive, "", {label: weaker}, own.proof)
    assert outcome.failed and label not in outcome.proof.proved


# Closed forms -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("N", [1, 2, 3, 4])
def test_a_smallest_pair_agrees_up_to_N_and_no_further(N: int) -> None:
    X, Y = values.collision(N)
    assert len(X) == len(Y) == N + 1 and X != Y
    gaps = [sum(x**k for x in X) - sum(y**k for y in Y) for k in range(N + 2)]
    assert not any(gaps[: N + 1]) and gaps[N + 1]


def test_the_published_pairs() -> None:
    assert values.collision(2) == ((0, 3, 3), (1, 1, 4))
    assert values.collision(3) == ((0, 3, 4, 7), (1, 1, 6, 6))


def test_nothing_smaller_collides() -> None:
    for N in (2, 3):
        height = values.collision_height(N)
        smaller = combinations_with_replacement(range(height), N + 1)
        sums = [tuple(sum(x**k for x in X) for k in range(1, N + 1)) for X in smaller]
        assert len(sums) == len(set(sums))


def test_published_numbers() -> None:
    assert values.multisets(2, 20) == 231
    assert values.multisets(3, 12) == 455
    assert values.smooth_max_error(3, Fraction(1, 2)) == sp.log(3) / 2
    assert values.sup_error_lower_bound((0, 3, 3), (1, 1, 4)) == Fraction(1, 8)
    assert values.sup_error_lower_bound((0, Fraction(1, 2)), (0, 1)) == Fraction(1, 4)
    assert values.jacobian((0, 3, 4, 7)) == 24 * 3 * 4 * 7 * 1 * 4 * 3


def test_the_distance_of_multisets_whose_sums_are_near() -> None:
    """One number moves as its sum does; pairs that agree in all sums but the last are as far apart as their root."""
    assert values.multiset_distance(1, Fraction(1, 7)) == Fraction(1, 7)
    assert values.multiset_distance(2, Fraction(1, 16), 4) == 1
    for N in (1, 2, 3, 4):
        X, Y = ([Fraction(e, 10**6) for e in one] for one in values.collision(N))
        gap = abs(sum(x ** (N + 1) for x in X) - sum(y ** (N + 1) for y in Y))
        moved, bound = max(min(abs(x - y) for x in X) for y in Y), values.multiset_distance(N + 1, gap)
        # Within a factor: so no power of the gap above the root would do.
        assert moved <= bound < 30 * moved
        assert moved > 100 * (N + 1) * 2**N * gap


@pytest.mark.parametrize("B", [2, 3, 10])
def test_codes_are_read_again(B: int) -> None:
    for counts in [(1,), (0, B - 1, 1), (B - 1,) * 5, (0, 0, 1)]:
        assert values.decode(B, values.encode(B, counts)) == counts
    assert values.decode(B, 0) == ()


def test_a_hundred_thousand_codes_are_read_again() -> None:
    """All multiplicities of five elements to the base 10; the codes are integers, divided by 10^5."""
    for code, counts in enumerate(product(range(10), repeat=5)):
        found = values.decode(10, Fraction(code, 10**5))
        assert isinstance(found, tuple) and found + (0,) * (5 - len(found)) == counts


def test_one_element_of_a_code_is_read() -> None:
    code = values.encode(4, (1, 0, 3))
    assert [values.decode(4, code, k) for k in (1, 2, 3, 4)] == [1, 0, 3, 0]


def test_multiplicity_B_is_where_codes_are_lost() -> None:
    assert sum(Fraction(1, 4**2) for _ in range(4)) == values.encode(4, (1,))
    with pytest.raises(LemmataError, match="multiplicity 4"):
        values.encode(4, (0, 4))


# The command line -------------------------------------------------------------------------------------------


def evaluated(*arguments: str) -> Any:
    return CliRunner().invoke(cli.program, ["eval", "set-dimension", *arguments])


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (("collision", "N=2"), "collision = (0, 3, 3), (1, 1, 4)"),
        (("decode", "B=4", "value=27/64"), "decode = (1, 2, 3)"),
        (("decode", "B=4", "value=0"), "decode = ()"),
        (("decode", "B=4", "value=27/64", "element=3"), "decode = 3 = 3"),
        (("sup_error_lower_bound", "X=0,3,3", "Y=1,1,4"), "sup_error_lower_bound = 1/8 = 0.125"),
        (("smooth_max_error", "M=10", "t=1/100"), "smooth_max_error = log(10)/100 = 0.0230258509299405"),
    ],
)
def test_eval(arguments: tuple[str, ...], shown: str) -> None:
    done = evaluated(*arguments)
    assert (done.exit_code, done.stdout.strip()) == (0, shown)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("sup_error_lower_bound", "X=0,3", "Y=1,1,4"), "the same number of elements, not 2 and 3"),
        (("sup_error_lower_bound", "X=-1,3", "Y=1,1"), "none is below 0"),
        (("sup_error_lower_bound", "X=0,0", "Y=0,0"), "give a largest element above 0"),
        (("encode", "B=4", "counts=1,4"), "take B > 4"),
        (("encode", "B=1", "counts=0"), "take B >= 2"),
        (("decode", "B=4", "value=1/3"), "no finite sum of powers of 1/4"),
        (("decode", "B=4", "value=5/4"), "lie in [0, 1)"),
        (("decode", "B=4", "value=-1/4"), "lie in [0, 1)"),
        (("decode", "B=4", "value=1/4", "element=-1"), "element must be"),
        (("multiset_distance", "M=2", "gap=2"), "gap must be a number in [0, 1]"),
        (("multiset_distance", "M=2", "gap=1", "size=1/2"), "take size >= 1"),
        (("rounding_separation", "residual=1", "slope=0"), "slope must be"),
        (("collision", "N=6"), "take N <= 5"),
        (("min_latent_dimension", "M=0"), "M must be"),
        (("smooth_max_error", "M=2", "t=0"), "t must be"),
    ],
)
def test_bad_input_is_one_clear_line(arguments: tuple[str, ...], words: str) -> None:
    done = evaluated(*arguments)
    assert done.exit_code == 2 and not done.stdout
    assert words in done.stderr and done.stderr.count("\n") == 1
