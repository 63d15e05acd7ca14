"""What only no-flattening knows: published counts, and the hypotheses whose removal must break a part."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from lemmata import verification
from lemmata.catalogue import scan
from lemmata.proof import Statement, derive
from theorems.expressivity.no_flattening import derive as script
from theorems.expressivity.no_flattening import theorem

ENTRY = next(e for e in scan().entries if e.id == "no-flattening")


def value(quantity: str, **arguments: str) -> Fraction:
    return Fraction(verification.evaluate(ENTRY, quantity, arguments).exact or "")


def test_neurons_of_one_layer_are_those_of_the_paper() -> None:
    ones = [",".join("1" * n) for n in range(1, 6)]
    assert [value("neurons_shallow", r=r) for r in ones] == [2, 4, 8, 16, 32]
    assert [value("neurons_shallow_output_bias", r=r) for r in ones] == [1, 3, 7, 15, 31]
    assert value("neurons_shallow", r="3,2,1") == 24


def test_ridge_functions_number_the_middle_binomial_coefficient() -> None:
    assert [value("uniform_neurons", n=str(n)) for n in range(1, 6)] == [1, 2, 3, 6, 10]
    assert value("l2_lower_bound", n="2", m="1") == Fraction(1, 2)
    assert value("l2_lower_bound", n="2", m="7") == 0


def test_depth_pays() -> None:
    assert [value("neurons_at_depth", n="16", k=str(k)) for k in (1, 2, 4)] == [65536, 80, 60]
    assert value("neurons_at_depth", n="32", k="2") == 384
    assert value("neurons_at_depth_mixed", n="32", k="2") == 304
    assert value("neurons_deep", n="32") == 124


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
    from lemmata.proof.language import term
    from theorems.expressivity._no_flattening_residual import subsets

    def count(n: int, size: int) -> Any:
        return Evaluator({}).term(term(subsets), {"n": Fraction(n), "size": Fraction(size)})

    assert [count(5, k) for k in range(6)] == [1, 5, 10, 10, 5, 1]
