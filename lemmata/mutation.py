"""The checker's own score on a theorem: every step's claim changed in one place, and its certificate robbed.

A mutant's truth is decided by exact evaluation in concrete worlds, never by the rule under test. Every false one has
to be refused with the step's own certificate; a rule that is broken on purpose has to score badly.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from random import Random
from time import perf_counter
from typing import Any

from lemmata.catalogue import Entry
from lemmata.kernel.claims import Claim, parse_claim
from lemmata.kernel.errors import KernelError, Undefined
from lemmata.kernel.judge import Judge
from lemmata.kernel.records import Step
from lemmata.kernel.substitution import free_names
from lemmata.model import LemmataError, MutationReport
from lemmata.proof.mutants import KINDS, mutants
from lemmata.proof.theorem import Theorem
from lemmata.proof.worlds import World
from lemmata.theorem_files import load
from lemmata.verification import derivation

# Worlds in which the hypotheses hold, and worlds in which nothing says so: a mutant without a hypothesis is false
# in the latter. Both are small, since a mutant may be looked at in all of them.
MODELLED, WILD, LARGEST = (1, 3, 2), (0, 1), 2
# What is true there and accepted is looked at once more, in twelve worlds: a falsehood must not hide in these.
AGAIN_MODELLED, AGAIN_WILD = range(4, 12), range(2, 6)
# A long proof has tens of thousands: then so many are drawn, the same ones for the same theorem.
MOST, DRAWN = 1700, 1000
FATES = ("ill-formed", "true, refused", "true, accepted", "false, refused", "false, accepted")
NOTHING_TO_CHANGE = ("define", "cite", "assume")


@dataclass
class Score:
    """What became of the mutants of one kind, and of the false ones that were accepted."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    accepted: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    false: list[tuple[Step, Claim]] = field(default_factory=list[tuple[Step, Claim]])


def mutate(entry: Entry) -> MutationReport:
    """The score of the kernel on a theorem; raises LemmataError if its derivation does not close."""
    start = perf_counter()
    theorem, _ = load(entry)
    outcome = derivation(entry)
    if outcome.failed:
        raise LemmataError(
            f"{entry.id} is not proved, so there is nothing to mutate: step {outcome.failed!r} is refused"
        )
    judge = outcome.proof.judge
    worlds = Worlds(theorem, judge)
    before = _prefixes(judge)
    score = Score()
    made = _all(judge)
    drawn = made if len(made) <= MOST else Random(entry.id).sample(made, DRAWN)
    for step, kind, text in drawn:
        score.counts[kind, _fate(step, text, before[step.id], worlds, score)] += 1
    dropped, kept = _robbed(judge, before)
    return MutationReport(
        id=entry.id,
        made=len(made),
        counts={kind: _row(score.counts, kind) for kind in KINDS if any(k == kind for k, _ in score.counts)},
        accepted=tuple(score.accepted),
        dropped=dropped,
        missed=tuple(kept),
        controls=_controls(score),
        seconds=perf_counter() - start,
    )


class Worlds:
    """Where mutants are looked at; the further worlds are made when the first accepted one asks for them."""

    def __init__(self, theorem: Theorem, judge: Judge) -> None:
        self._theorem, self._definitions = theorem, judge.definitions
        self.first = self._made(MODELLED, WILD)

    @cached_property
    def further(self) -> list[World]:
        return self._made(AGAIN_MODELLED, AGAIN_WILD)

    def _made(self, modelled: Iterable[int], wild: Iterable[int]) -> list[World]:
        return [
            *(World(seed, self._theorem.model(seed), self._definitions) for seed in modelled),
            *(World(seed, {}, self._definitions, largest=LARGEST) for seed in wild),
        ]


def _row(counts: Counter[tuple[str, str]], kind: str) -> dict[str, int]:
    return {fate: counts[kind, fate] for fate in FATES}


def _prefixes(judge: Judge) -> dict[str, Judge]:
    """For each step a judge that knows those before it."""
    found: dict[str, Judge] = {}
    current = Judge()
    for step in judge.steps.values():
        found[step.id] = current
        current = current.branch()
        current.accept(record(step))
    return found


def record(step: Step, **changes: Any) -> dict[str, Any]:
    """The record that a judge reads, with changes."""
    return {
        "id": step.id,
        "rule": step.rule,
        "claim": str(step.claim),
        "premises": list(step.premises),
        "certificate": step.certificate,
        **changes,
    }


def _all(judge: Judge) -> list[tuple[Step, str, str]]:
    """Step, kind and text of every mutant."""
    found: list[tuple[Step, str, str]] = []
    for step in judge.steps.values():
        if step.rule in NOTHING_TO_CHANGE:
            continue
        kinds = {str(mutant.claim): mutant.kind for mutant in mutants(step.claim)}
        found += [(step, kind, text) for text, kind in kinds.items() if text != str(step.claim)]
    return found


def _fate(step: Step, text: str, judge: Judge, worlds: Worlds, score: Score) -> str:
    claim = _parsed(text, judge)
    if claim is None:
        return "ill-formed"
    refused = _refused(judge, record(step, claim=text))
    if not _false_somewhere(claim, worlds.first if refused else [*worlds.first, *worlds.further]):
        return f"true, {'refused' if refused else 'accepted'}"
    score.false.append((step, claim))
    if refused:
        return "false, refused"
    score.accepted.append((step.id, text))
    return "false, accepted"


def _parsed(text: str, judge: Judge) -> Claim | None:
    try:
        return parse_claim(text, judge.definitions)
    except KernelError:
        return None


def _refused(judge: Judge, changed: Mapping[str, Any]) -> bool:
    try:
        judge.branch().accept(changed)
    except KernelError:
        return True
    return False


def _false_somewhere(claim: Claim, worlds: list[World]) -> bool:
    """Whether the claim is false in a world; where a term has no value there, the world says nothing."""
    for world in worlds:
        try:
            if not world.holds(claim, world.point(claim)):
                return True
        except Undefined:
            continue
    return False


# ---------------------------------------------------------------- robbed certificates


def _robbed(judge: Judge, before: Mapping[str, Judge]) -> tuple[int, list[str]]:
    """How many steps with a premise or a certificate entry left out were refused, and which were not."""
    refused, accepted = 0, []
    for step in judge.steps.values():
        for what, changed in _thefts(step):
            if _refused(before[step.id], changed):
                refused += 1
            else:
                accepted.append(f"{step.id} without {what}")
    return refused, accepted


def _thefts(step: Step) -> Iterator[tuple[str, dict[str, Any]]]:
    for premise in step.premises:
        left = [p for p in step.premises if p != premise]
        yield f"the premise {premise}", record(step, premises=left)
    for what, certificate in _less(step.certificate):
        yield what, record(step, certificate=certificate)


def _less(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """A certificate with one entry of one of its lists left out, at any depth."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from ((what, {**value, key: v}) for what, v in _less(inner, f"{path}{key}"))
    elif isinstance(value, list | tuple):
        for k, inner in enumerate(value):
            yield f"{path}[{k}]", [*value[:k], *value[k + 1 :]]
            yield from ((what, [*value[:k], v, *value[k + 1 :]]) for what, v in _less(inner, f"{path}[{k}]."))


# ---------------------------------------------------------------- controls


def _controls(score: Score) -> dict[str, float]:
    """The share of the false mutants that rules broken on purpose refuse: a score that cannot be low says nothing."""
    total = max(1, len(score.false))
    return {
        name: sum(shape(step.claim) != shape(claim) for step, claim in score.false) / total
        for name, shape in BROKEN.items()
    }


def _shape(claim: Claim) -> str:
    return re.sub(r"[-+*() ]|\b(?!(?:sum|mean|prod|diff|if|then|for|all)\b)\w+\b", "", str(claim))


# A broken rule accepts whatever looks to it like the step's own claim.
BROKEN: Mapping[str, Callable[[Claim], object]] = {
    "accepts everything": lambda claim: None,
    "sees no more than the symbols": lambda claim: (
        free_names(claim.conclusion.left) | free_names(claim.conclusion.right)
    ),
    "sees neither signs, numbers nor names": _shape,
}
