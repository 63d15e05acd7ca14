"""What every pair of the catalogue owes, unasked: true claims, tied formulas, sharp rows, an honest docstring."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
import sympy as sp

from lemmata import verification
from lemmata.catalogue import Entry, scan
from lemmata.kernel.claims import Claim
from lemmata.kernel.errors import Undefined
from lemmata.kernel.logic import ABSURD
from lemmata.kernel.terms import NAT, REAL, Function
from lemmata.model import Evidence, LemmataError, Row
from lemmata.proof import Proof, Quantity, Theorem, derive
from lemmata.proof.quantities import admitted, find
from lemmata.proof.theorem import kernel_claim
from lemmata.proof.translation import term
from lemmata.proof.worlds import World
from lemmata.running import Experiment, evidence
from lemmata.statistics import Tally

ENTRIES = scan().entries
SEEDS = range(6)
ALPHA = 1e-6
LINE = re.compile(r"(\w+)\(([^()]*)\) = (-?[\d/]+)")


@pytest.fixture(params=ENTRIES, ids=lambda e: e.id, scope="module")
def entry(request: pytest.FixtureRequest) -> Entry:
    return request.param


@pytest.fixture(scope="module")
def theorem(entry: Entry) -> Theorem:
    return verification.load(entry)[0]


@pytest.fixture(scope="module")
def proof(entry: Entry, theorem: Theorem) -> Proof:
    return derive(theorem, verification.load(entry)[1].derive).proof


@pytest.fixture(scope="module")
def worlds(theorem: Theorem, proof: Proof) -> Callable[[int], World]:
    return cache(lambda seed: World(seed, theorem.model(seed), proof.judge.definitions))


def test_every_part_is_true_in_concrete_worlds_and_never_empty(
    theorem: Theorem, worlds: Callable[[int], World]
) -> None:
    for part in theorem.parts:
        claim = kernel_claim(part.statement)
        for seed in SEEDS:
            world = worlds(seed)
            at = world.point(claim)
            assert world.satisfied(claim, at), f"({part.label}) says nothing in world {seed}"
            assert world.holds(claim, at), f"({part.label}) is false in world {seed}"


def test_every_step_is_true_in_concrete_worlds(proof: Proof, worlds: Callable[[int], World]) -> None:
    for step in proof.judge.steps.values():
        said = sum(_said(worlds(seed), step.claim) for seed in SEEDS)
        # What a proof by contradiction assumes holds nowhere, and all functions of numbers cannot be looked at.
        beyond = step.claim.conclusion == ABSURD or any(map(_over_functions, step.claim.hypotheses))
        assert said or beyond, f"empty in every world: {step.claim}"


def _over_functions(hypothesis: Claim) -> bool:
    """Whether a hypothesis is about all functions on an infinite range, of which no list can be made."""
    sorts = [v.sort for v in hypothesis.variables if isinstance(v.sort, Function)]
    infinite = any(sort in (NAT, REAL) for one in sorts for sort in one.arguments)
    return infinite or any(map(_over_functions, hypothesis.hypotheses))


def _said(world: World, claim: Claim) -> bool:
    """Whether the claim's hypotheses hold, and then it does; one over too many functions cannot be looked at."""
    at = world.point(claim)
    try:
        if not world.satisfied(claim, at):
            return False
        assert world.evaluator.relation(claim.conclusion, at), f"false in world {world.seed}: {claim}"
        return True
    except Undefined:
        return False


def test_formulas_are_the_right_sides_of_the_claims(theorem: Theorem, worlds: Callable[[int], World]) -> None:
    for quantity in theorem.quantities:
        if quantity.side is None:
            continue
        label, arguments = quantity.side
        claim = kernel_claim(next(p.statement for p in theorem.parts if p.label == label))
        for seed in SEEDS:
            world = worlds(seed)
            point = world.point(claim)
            at = {name: world.evaluator.term(term(expr), point) for name, expr in arguments.items()}
            at |= {name: int(point[name]) for name in quantity.parameters if name not in at}
            assert quantity.formula(**at) == world.evaluator.term(claim.conclusion.right, point)


def test_the_docstring_says_what_the_claims_say(entry: Entry, theorem: Theorem) -> None:
    words = ast.get_docstring(ast.parse(entry.theorem.read_text(encoding="utf-8"))) or ""
    assert set(re.findall(r"\((\w+'*)\)", words)) >= set(theorem.labels)
    assert all(reference in words for reference in theorem.references)
    lines = LINE.findall(" ".join(words.partition("Numbers.")[2].split()))
    for name, arguments, value in lines:
        at = dict(pair.split("=") for pair in re.split(r",(?=\w+=)", arguments.replace(" ", "")) if pair)
        assert verification.evaluate(entry, name, at).exact == value
    # A formula that is a part's right side has its example, so that the words cannot drift from the claim.
    assert {name for name, _, _ in lines} >= {q.name for q in theorem.quantities if q.side}


def test_the_formulas_of_the_docstring_are_those_of_the_claims(entry: Entry, theorem: Theorem) -> None:
    """What stands before a part's label, read as a formula, has the values of that part's right side."""
    words = " ".join((ast.get_docstring(ast.parse(entry.theorem.read_text(encoding="utf-8"))) or "").split())
    for quantity in theorem.quantities:
        if quantity.side is None:
            continue
        label = quantity.side[0]
        before = words.partition(f" ({label})")[0]
        formula = _formula(before[-120:], theorem, quantity)
        assert formula is not None, f"no formula of {', '.join(quantity.parameters)} stands before ({label})"
        for k in range(1, 5):
            at = {
                name: Fraction(k + 2 * j, 2 if kind not in ("nat", "count") else 1)
                for j, (name, kind) in enumerate(quantity.parameters.items())
            }
            at = {
                name: int(v) if quantity.parameters[name] in ("nat", "count") else v for name, v in at.items()
            }
            said = formula.subs({name: sp.Rational(v) for name, v in at.items()})
            try:
                meant = sp.Rational(quantity.formula(**at))
            except LemmataError:  # refused there: the next points are further inside
                assert k == 1, at
                continue
            # A bound on a square is said as a bound on its root.
            assert meant in (said, said**2), f"({label}): {formula}"


def _formula(words: str, theorem: Theorem, quantity: Quantity) -> sp.Expr | None:
    """The longest end of a text that is a formula in the parameters of a quantity."""
    for written, meant in theorem.notation.items():
        words = words.replace(written, f"({meant})")
    names = {name: sp.Symbol(name, real=True) for name in quantity.parameters}
    for start in [0, *(m.end() for m in re.finditer(r"\s", words))]:
        try:
            found = sp.sympify(_multiplied(words[start:]), locals=names)
        except (sp.SympifyError, SyntaxError, TypeError, AttributeError, ValueError):
            continue
        if isinstance(found, sp.Expr) and found.free_symbols <= set(names.values()):
            return found.subs({s: sp.Symbol(str(s)) for s in names.values()})
    return None


def _multiplied(words: str) -> str:
    """A text with its products written out."""
    tokens = re.findall(r"[A-Za-z_]\w*|\d+|\^|[-+*/()]|\S", words)
    found: list[str] = []
    for token in tokens:
        operand = re.fullmatch(r"\w+|\(", token)
        called = found and found[-1] == "Abs" and token == "("
        if found and operand and re.fullmatch(r"\w+|\)", found[-1]) and not called:
            found.append("*")
        found.append("**" if token == "^" else token)
    return " ".join(found)


def test_every_quantity_part_and_variant_is_looked_at(entry: Entry, theorem: Theorem) -> None:
    rows = Experiment(entry.twin_source, {}, 0, entry.id, "numpy").rows()
    assert {p.label for p in theorem.parts} <= {r.part for r in rows} <= set(theorem.labels)
    seen = {r.quantity for r in rows if r.variant is None}
    tied = {q.name for q in theorem.quantities if q.side}
    assert tied <= seen
    assert {r.variant for r in rows if r.variant} <= {v.name for v in theorem.variants}


def test_a_violation_of_the_printed_size_is_seen(entry: Entry, theorem: Theorem) -> None:
    """Every prediction moved by 1.5 times (tolerance + detectable) is refuted, whichever way it is moved."""
    experiment = Experiment(entry.twin_source, {}, 0, entry.id, "numpy")
    tallies: dict[str, Tally] = {}

    def judged(row: Row, moved: Callable[[Any], Any]) -> Evidence:
        def predict(name: str, at: Mapping[str, Any]) -> Any:
            quantity = find(name, theorem, entry.id)
            return moved(quantity.formula(**admitted(quantity, at)))

        return evidence(experiment, row, predict, ALPHA, tallies=tallies)

    for row in experiment.rows():
        if row.variant is not None:
            continue
        seen = judged(row, lambda value: value)
        assert seen.verdict == "consistent", row.name
        for moved in _moves(row, seen):
            assert judged(row, moved).verdict == "refuted", row.name


def _moves(row: Row, seen: Evidence) -> list[Callable[[Any], Any]]:
    step = 1.5 * (seen.tolerance + (seen.detectable or 0.0))
    if row.kind == "mean-at-most" or row.relation == "<=":
        # A bound is moved to below what was measured: it may lie far above.
        return [lambda value: seen.estimate - max(step, abs(seen.estimate) * 1e-9)]
    if row.relation == ">=":
        return [lambda value: seen.estimate + max(step, abs(seen.estimate) * 1e-9)]
    if step == 0.0:  # compared as fractions: nothing is too small to be seen
        return [
            lambda value: value + Fraction(value) / 2**200,
            lambda value: value - Fraction(value) / 2**200,
        ]
    return [lambda value: value + step, lambda value: value - step]


def test_a_model_is_the_same_again_for_the_same_seed(theorem: Theorem) -> None:
    for seed in SEEDS:
        one, two = theorem.model(seed), theorem.model(seed)
        assert {k: v for k, v in one.items() if not callable(v)} == {
            k: v for k, v in two.items() if not callable(v)
        }
