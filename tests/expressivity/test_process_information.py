"""What only process-information knows: which process can be undone, what collides, and limits of its closed forms."""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction
from itertools import product

import numpy
import pytest
from click.testing import CliRunner

from cli import program
from lemmata.catalogue import find
from lemmata.coq import export
from lemmata.verification import certificate, evaluate
from numerics.expressivity.process_information import rule_30, xorshift

ENTRY = find("process-information")


@pytest.mark.parametrize("n", range(1, 13))
def test_xorshift_can_be_undone_and_rule_30_cannot(n: int) -> None:
    states = numpy.arange(2**n, dtype=numpy.int64)
    assert sorted(xorshift(states, n).tolist()) == states.tolist()
    told = rule_30(states, n)
    assert told.min() >= 0 and told.max() < 2**n
    assert n < 3 or len(set(told.tolist())) < 2**n


def test_one_step_of_rule_30_is_its_table() -> None:
    """New cells for 111, 110, .., 000 are the bits of 30, after Wolfram's numbering; seven steps are seven of it."""
    n = 8
    table = {tuple(map(int, f"{k:03b}")): (30 >> k) & 1 for k in range(8)}

    def step(cells: list[int]) -> list[int]:
        # The cell of the next higher place is the right-hand one of the mirrored ring that the words are.
        return [table[cells[i - 1], cells[i], cells[(i + 1) % n]] for i in range(n)]

    for state in (1, 0b10011010, 2**n - 2):
        cells = [(state >> i) & 1 for i in range(n)]
        for _ in range(7):
            cells = step(cells)
        (found,) = rule_30(numpy.array([state], dtype=numpy.int64), n).tolist()
        assert [(found >> i) & 1 for i in range(n)] == cells


@pytest.mark.parametrize("n", [0, 1, 2])
def test_the_bound_is_the_best_over_all_processes(n: int) -> None:
    """Every process on n bits is looked at: the largest probability is that of the closed form."""
    inputs = 2**n

    def apart(results: tuple[int, ...]) -> Fraction:
        return 1 - Fraction(sum(c**2 for c in Counter(results).values()), inputs**2)

    best = max(map(apart, product(range(inputs), repeat=inputs)))
    assert evaluate(ENTRY, "differing", {"n": str(n)}).exact == str(best)


def test_the_limits_of_the_closed_forms() -> None:
    assert evaluate(ENTRY, "differing", {"n": "0"}).exact == "0", "who was told nothing tells nothing"
    alone = evaluate(ENTRY, "differing", {"n": "6"}).exact
    assert evaluate(ENTRY, "differing_with_draws", {"n": "6", "m": "0"}).exact == alone
    assert evaluate(ENTRY, "differing_with_draws", {"n": "0", "m": "6"}).exact == alone


@pytest.mark.parametrize("n", ["2", "17"])
def test_a_state_of_another_size_is_bad_input(n: str) -> None:
    done = CliRunner().invoke(program, ["check", "process-information", "-p", f"n={n}"], prog_name="lemmata")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"error: n = {n} is outside [3, 16]: every state is run\n"


def test_the_whole_proof_can_be_said_in_coq() -> None:
    """Among it an exponent of several negated terms, which is stated as that of a quotient."""
    document = json.loads(certificate(ENTRY))
    assert any("2^(-(m + n))" in step["claim"] for step in document["steps"])
    assert not export(document).hypotheses
