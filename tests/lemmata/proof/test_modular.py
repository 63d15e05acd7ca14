"""The second engine agrees with the kernel where it is right, and would have told where it is not."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
import sympy as sp

from lemmata import verification
from lemmata.catalogue import Entry, scan
from lemmata.kernel.claims import Claim, parse_claim
from lemmata.kernel.errors import KernelError
from lemmata.kernel.judge import Judge
from lemmata.kernel.records import Step
from lemmata.proof.modular import IDENTITIES, Field, is_prime, random_prime, recheck
from lemmata.proof.mutants import mutants
from lemmata.proof.reports import seconded

ENTRIES = scan().entries
# Of the changes that could be made to a long proof.
FORGED = 60


@pytest.fixture(params=ENTRIES, ids=lambda e: e.id, scope="module")
def entry(request: pytest.FixtureRequest) -> Entry:
    return request.param


@pytest.fixture(scope="module")
def judge(entry: Entry) -> Judge:
    return verification.derivation(entry).proof.judge


def test_every_decided_step_holds_modulo_primes(judge: Judge) -> None:
    for seed in range(2):
        found = recheck(judge, seed)
        assert not found.failed
        assert not found.skipped
        assert found.identities == sum(s.rule in IDENTITIES for s in judge.steps.values())
        assert 0 < found.error < 1e-8


def test_equal_arguments_have_equal_values() -> None:
    """Zero as a product with a random number, and as a numeral, is one argument of a function."""
    judge = Judge()
    claim = "for all f: fn(real) -> real, b: bit, u: real. f(b*u) = b*(f(u) - f(0)) + f(0)"
    certificate = {"variable": "b", "values": {"0": {}, "1": {}}}
    judge.accept({"id": "s", "rule": "cases", "claim": claim, "premises": [], "certificate": certificate})
    assert recheck(judge).identities == 1
    assert not recheck(judge).failed


def test_a_step_that_was_accepted_wrongly_is_told(judge: Judge) -> None:
    """A drawn constant or sign of an equation changed behind the judge's back."""
    made = [
        (step, mutant)
        for step in judge.steps.values()
        if step.rule in ("sum", "cube", "identity")
        for mutant in mutants(step.claim)
        # That hypotheses are met where they are used is the kernel's affair: the second engine adds up.
        if mutant.kind in ("constant", "sign") and mutant.claim.hypotheses == step.claim.hypotheses
    ]
    changed = told = 0
    for step, mutant in Random(1).sample(made, min(FORGED, len(made))):
        try:
            claim = parse_claim(str(mutant.claim), judge.definitions)
        except KernelError:
            continue
        changed += 1
        told += recheck(_forged(judge, step, claim)).failed == (step.id,)
    # The others are true, as a sign below a square is, or false at larger sizes only.
    assert told > 0.75 * changed > 15


def _forged(judge: Judge, step: Step, claim: Claim) -> Judge:
    forged = judge.branch()
    others = {s.id: replace(s, rule="assume") for s in judge.steps.values() if s.id != step.id}
    forged.steps = {step.id: replace(step, claim=claim)} | others
    return forged


def test_a_failed_identity_fails_the_proof() -> None:
    report = verification.prove(ENTRIES[0]).proof
    assert report is not None and report.recheck is not None
    assert report.status == "proved"
    failed = seconded(report, replace(report.recheck, failed=("c",)))
    assert failed.status == "failed"
    assert "'c'" in failed.failure


def test_random_primes_are_primes_of_61_bits() -> None:
    for seed in range(20):
        prime = random_prime(Random(seed))
        assert prime.bit_length() == 61
        assert sp.isprime(prime)
    assert [n for n in range(50) if is_prime(n)] == list(sp.primerange(50))
    assert not is_prime(3215031751)  # a strong pseudoprime to the bases 2, 3, 5, 7


def test_residues_compute_as_fractions_do_and_know_their_degrees() -> None:
    field = Field(1_000_003)
    x, y = (field.draw(Random(k)) for k in range(2))
    assert (x + y) * (x - y) == x**2 - y**2
    assert 1 / x * x == 1
    assert x * Fraction(1, 3) * 3 == x
    assert (x**3 * y).above == 4
    assert (1 / x + 1 / y).above == 1 and (1 / x + 1 / y).below == 2
    assert (x < y) != (y < x)
    assert not x < x
