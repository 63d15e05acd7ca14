"""What only no-flattening knows: the hypotheses whose removal must break a part, and what its terms count."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from lemmata.proof import Statement, derive
from theorems.expressivity.no_flattening import derive as script
from theorems.expressivity.no_flattening import theorem


def part(label: str) -> Statement:
    return next(p.statement for p in theorem.parts if p.label == label)


@pytest.mark.parametrize(
    ("label", "dropped"),
    [
        ("a", 0),
        ("a", 1),
        ("a", 2),
        ("b", 0),
        ("b", 1),
        ("f", 0),
        ("f", 1),
        ("c'", 0),
        ("c'", 1),
        ("h", 0),
        ("h", 1),
    ],
)
def test_no_hypothesis_can_be_left_out(label: str, dropped: int) -> None:
    known = part(label)
    given = (*known.given[:dropped], *known.given[dropped + 1 :])
    outcome = derive(theorem, script, "", {label: Statement(known.variables, given, known.then)})
    assert outcome.failed


@pytest.mark.parametrize("label", ["e", "g"])
def test_the_distance_must_be_small(label: str) -> None:
    known = part(label)
    assert derive(theorem, script, "", {label: Statement(known.variables, (), known.then)}).failed


def test_the_counted_subsets_are_those_of_one_size() -> None:
    """What stands for C(n, k) in (e) and (g) is that number."""
    from lemmata.kernel.evaluation import Evaluator
    from lemmata.proof.translation import term
    from theorems.expressivity._no_flattening_residual import subsets

    def count(n: int, size: int) -> Any:
        return Evaluator({}).term(term(subsets), {"n": Fraction(n), "size": Fraction(size)})

    assert [count(5, k) for k in range(6)] == [1, 5, 10, 10, 5, 1]
