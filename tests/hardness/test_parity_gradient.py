"""What only parity-gradient knows: published numbers, tight cases, and the hypotheses whose removal breaks it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations, product
from math import prod
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner

from cli import program
from lemmata import verification
from lemmata.catalogue import find
from lemmata.kernel.evaluation import Evaluator
from lemmata.proof.quantities import find as quantity
from lemmata.proof.theorem import kernel_claim

ENTRY = find("parity-gradient")
THEOREM, _ = verification.load(ENTRY)


def formula(name: str) -> Callable[..., Any]:
    return quantity(name, THEOREM, ENTRY.id).formula


def test_the_published_number_of_queries() -> None:
    words = ["eval", "parity-gradient", "queries", "n=20", "eps=1/100", "G=1", "probability=1/2"]
    done = CliRunner().invoke(program, words)
    assert done.exit_code == 0
    assert done.stdout.split() == ["queries", "=", "32768/625", "=", "52.4288"]


def test_that_many_queries_tell_exactly_that_fraction() -> None:
    random = Random(0)
    for _ in range(50):
        n, eps, G = (
            random.randint(0, 30),
            Fraction(random.randint(1, 9), 7),
            Fraction(random.randint(1, 9), 4),
        )
        probability = Fraction(random.randint(0, 8), 8)
        T = formula("queries")(n=n, eps=eps, G=G, probability=probability)
        assert formula("told_apart")(n=n, eps=eps, G=G, T=T) == probability


def test_majority_of_five_shares_its_square_among_the_odd_levels() -> None:
    """Coefficients 3/8, -1/8, 3/8 at |I| = 1, 3, 5; their squares sum to 1."""
    cube = list(product((1, -1), repeat=5))
    squares = Fraction(0)
    for size in range(6):
        for subset in combinations(range(5), size):
            total = sum((1 if sum(x) > 0 else -1) * prod(x[i] for i in subset) for x in cube)
            expected = {1: Fraction(3, 8), 3: Fraction(-1, 8), 5: Fraction(3, 8)}.get(size, Fraction(0))
            assert Fraction(total, 32) == expected
            squares += expected**2
    assert squares == 1
    assert formula("second_moment")(n=5, grad_sq=Fraction(1)) == squares / 2**5


def test_the_variance_is_nothing_for_a_gradient_that_lives_at_one_point() -> None:
    """g = 2^n [x = (1,..,1)] correlates alike with every parity: E|g|^2 = 2^n, |g(1,..,1)|^2 = 4^n."""
    for n in range(6):
        assert formula("variance")(n=n, grad_sq=Fraction(2**n), grad_sq_at_ones=Fraction(4**n)) == 0


@pytest.mark.parametrize(
    ("label", "dropped", "instance"),
    [
        # Two equal targets hear the same: [k = l] fails, and so does the bound.
        (
            "e",
            0,
            {"n": 1, "m": 2, "h": lambda k, x: 3 * x[0] ** int(k), "p": 1, "g": lambda j, x: 1 - x[0]},
        ),
        ("f", 0, {"n": 1, "p": 1, "r": lambda z: 2 * z, "f": lambda j, t, x: t * x[0], "w": lambda j: 0}),
    ],
)
def test_a_hypothesis_that_is_dropped_breaks_it(label: str, dropped: int, instance: dict[str, Any]) -> None:
    claim = kernel_claim(next(p.statement for p in THEOREM.parts if p.label == label))
    rest = tuple(h for k, h in enumerate(claim.hypotheses) if k != dropped)
    judge = verification.derivation(ENTRY).proof.judge
    evaluator = Evaluator(judge.definitions, {"real": (Fraction(0), Fraction(1))})
    point = {k: v if callable(v) else Fraction(v) for k, v in instance.items()}
    assert evaluator.refutes(type(claim)(claim.variables, rest, claim.conclusion), point)
    assert not evaluator.refutes(claim, point)
