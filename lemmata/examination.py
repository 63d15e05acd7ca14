"""One theorem, finding by finding: each step, row and variant by itself, what they share made once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from lemmata.catalogue import Entry, find
from lemmata.experimenting import Laboratory
from lemmata.foreign import blamed, patience
from lemmata.kernel.claims import Claim, parse_claim
from lemmata.kernel.errors import KernelError
from lemmata.kernel.records import Tier
from lemmata.model import Evidence, LemmataError, Options, Recheck
from lemmata.proof import Outcome, Part, Theorem
from lemmata.proof.modular import recheck
from lemmata.proof.reports import value_text
from lemmata.proof.theorem import claim_text
from lemmata.proof.worlds import World
from lemmata.reporting import failures
from lemmata.running.loading import load_module
from lemmata.theorem_files import theorem_of
from lemmata.verification import claims_hash, derived, refusal

SEEDS = range(20)


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one step, row or variant: a word for it, and the lines that say why."""

    outcome: str
    passed: bool
    lines: tuple[str, ...] = ()
    properties: Mapping[str, Any] = field(default_factory=dict[str, Any])


def examinations(path: Path, options: Options) -> list[Examination]:
    """Every theorem of a file, which is run once. Raises LemmataError naming what the file did wrong."""
    entry = find(str(path))
    module = load_module(entry.theorem_source, "theorem")
    named = [""] if entry.module else _names(module)
    entries = [find(f"{path}::{name}") if name else entry for name in named]
    return [Examination(each, theorem_of(each, module), module, options) for each in entries]


def _names(module: ModuleType) -> list[str]:
    """The theorem called ``theorem`` (as ""), and those with a derivation of their own; without it, all others."""
    every = {name: value for name, value in vars(module).items() if isinstance(value, Theorem)}
    if "theorem" not in every:
        return list(every) or [""]
    return ["", *(name for name in every if callable(getattr(module, f"derive_{name}", None)))]


class Examination:
    """A theorem whose derivation has run; the samples of a row are drawn when it, or a variant, is first asked for."""

    def __init__(self, entry: Entry, theorem: Theorem, module: ModuleType, options: Options) -> None:
        self.id = entry.id
        self._entry, self._theorem, self._module = entry, theorem, module
        self._outcome: Outcome = derived(entry, theorem, module)
        self._laboratory = Laboratory(entry, theorem, options, claims_hash(theorem))
        self._rows = {row.name: row for row in self._laboratory.rows()}

    def all(self) -> dict[str, Mapping[str, Callable[[], Finding]]]:
        """What there is to find by kind and name, in the order of the theorem; nothing is found yet."""
        return {
            "step": {name: lambda name=name: self._step(name) for name in self._steps()},
            "row": {name: lambda name=name: self._row(name) for name in self._rows},
            "variant": {v.name: lambda name=v.name: self._variant(name) for v in self._theorem.variants},
        }

    # ---------------------------------------------------------------- the proof

    def _steps(self) -> list[str]:
        """The steps accepted, the one refused, and the parts that no step was reached for."""
        refused = [self._outcome.failed] if self._outcome.failed else []
        parts = [part.label for part in self._theorem.parts]
        return list(dict.fromkeys([*self._outcome.proof.judge.steps, *refused, *parts]))

    def _step(self, name: str) -> Finding:
        proof, failed = self._outcome.proof, self._outcome.failed
        if name == failed:
            said = f"step {name!r} refused: {self._outcome.reason}"
            return Finding("refused", False, (said, *self._refused_claim()))
        part = next((p for p in self._theorem.parts if p.label == name), None)
        if part and name not in proof.proved:
            return Finding("unproved", False, self._unproved(part))
        step = proof.judge.steps[name]
        known = {"rule": step.rule, "tier": step.tier.value}
        if step.tier == Tier.ASSUMED:
            return Finding("assumed", False, (f"step {name!r} is assumed, not proved: {step.claim}",), known)
        if name in self._second.failed:
            said = f"step {name!r} was accepted, and its identity does not hold modulo {self._second.prime}"
            return Finding("doubtful", False, (said, str(step.claim)), known)
        return Finding("cited" if step.tier == Tier.CITED else "accepted", True, (), known)

    def _unproved(self, part: Part) -> tuple[str, ...]:
        """Why nothing proves a part: the proof ended before, or the step of its name says something else."""
        failed = self._outcome.failed
        why = f": step {failed!r} before it was refused" if failed else ""
        lines = (f"nothing proves part ({part.label}){why}", f"it claims  {claim_text(part.statement)}")
        other = self._outcome.proof.judge.steps.get(part.label)
        return (*lines, f"its step   {other.claim}") if other else lines

    @cached_property
    def _second(self) -> Recheck:
        return recheck(self._outcome.proof.judge)

    def _refused_claim(self) -> tuple[str, ...]:
        """The claim that was refused, and where it is false if that is soon found."""
        proof = self._outcome.proof
        if proof.asked.get("id") != self._outcome.failed:
            return ()
        text = str(proof.asked["claim"])
        said = (f"it claims  {text}",)
        try:
            with (
                patience(self._entry.theorem_source, "the model of its theorem"),
                blamed(f"{self._entry.theorem}: the model raised"),
            ):
                return (*said, self._residual(parse_claim(text, proof.judge.definitions)))
        except KernelError:  # not even a claim: the reason says why
            return said
        except LemmataError as error:
            return (*said, f"residual   not looked for: {error}")

    def _residual(self, claim: Claim) -> str:
        """The two sides at a point where the claim is false, if one of a few worlds has such a point."""
        for seed in SEEDS:
            world = World(seed, self._theorem.model(seed), self._outcome.proof.judge.definitions)
            at = world.point(claim)
            try:
                if world.holds(claim, at):
                    continue
                left, right = (
                    world.evaluator.term(side, at) for side in (claim.conclusion.left, claim.conclusion.right)
                )
            except (KernelError, KeyError, ZeroDivisionError):
                continue
            values = ", ".join(f"{name} = {value_text(v)}" for name, v in at.items() if not callable(v))
            drawn = f", its functions as in world {seed}" if any(map(callable, at.values())) else ""
            where = f"{values or 'every point'}{drawn}"
            gap = f"left {left} minus right {right} is {left - right}"
            return f"residual   {gap} at {where}: the claim is false"
        return f"residual   none found in {len(SEEDS)} worlds: the claim may be true, and the step does not prove it"

    # ---------------------------------------------------------------- the numbers

    def _row(self, name: str) -> Finding:
        found = self._laboratory.judge(self._rows[name])
        passed = found.verdict == "consistent"
        return Finding(found.verdict, passed, () if passed else failures.measured(found), _properties(found))

    def _variant(self, name: str) -> Finding:
        variant = next(v for v in self._theorem.variants if v.name == name)
        judged = refusal(self._entry, self._theorem, self._module, variant, self._outcome.proof)
        found = self._laboratory.variant(variant, judged)
        caught = found.proof == "refused" and found.numerics == "refuted"
        outcome = "refused and refuted" if caught else f"{found.proof}, {found.numerics}"
        known = {"changes": found.changes, "step": found.step, "witness": found.witness}
        return Finding(outcome, caught, () if caught else failures.uncaught(found), known)


def _properties(row: Evidence) -> dict[str, Any]:
    return {
        "part": row.part,
        "predicted": row.predicted,
        "tolerance": row.tolerance,
        "estimate": row.estimate,
        "interval": f"[{row.lower!r}, {row.upper!r}]",
        "n": row.n,
        "seed": row.seed,
        "detectable": row.detectable,
    }
