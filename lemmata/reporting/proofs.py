"""Which steps of a proof are shown, under which numbers, and which shown steps each of them uses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lemmata.model import ProofReport, StepReport

# From the strongest to the weakest way of knowing a step.
TIERS = (
    "definition",
    "decided",
    "induction",
    "interval",
    "theory",
    "enumerated",
    "probabilistic",
    "smt",
    "assumed",
    "cited",
)
# Those that rest on nothing but the kernel.
STRONG = TIERS[: TIERS.index("enumerated")]


@dataclass(frozen=True, slots=True)
class Shown:
    """The steps on the page, numbered from 1 in their order."""

    steps: tuple[StepReport, ...]
    numbers: Mapping[str, int]
    hidden: Mapping[str, StepReport]

    def number(self, step: str) -> str:
        """The number of a shown step, or the step's own name."""
        return str(self.numbers.get(step, step))

    def uses(self, step: StepReport) -> str:
        """The numbers of the steps that a step rests on, seen through those that are not shown."""
        found = self.above(step)
        names = sorted(name for name in found if name not in self.numbers)
        numbers = sorted(self.numbers[name] for name in found if name in self.numbers)
        return ", ".join([*map(str, numbers), *names]) or "-"

    def above(self, step: StepReport) -> list[str]:
        """The steps that a step rests on, seen through those that are not shown, sorted by name."""
        found, seen, waiting = set[str](), set[str](), list(step.premises)
        while waiting:
            name = waiting.pop()
            if name in self.hidden and name not in seen:
                waiting += self.hidden[name].premises
            elif name not in self.hidden:
                found.add(name)
            seen.add(name)
        return sorted(found)


def shown(proof: ProofReport, verbose: bool) -> Shown:
    """The lemma lines of a proof, or with ``verbose`` every kernel step."""
    steps = tuple(step for step in proof.steps if step.printed or verbose)
    numbers = {step.id: k for k, step in enumerate(steps, 1)}
    return Shown(steps, numbers, {step.id: step for step in proof.steps if step.id not in numbers})


def weakest(ledger: Mapping[str, int]) -> str:
    """The weakest tier that occurs; one that is not known here counts as weaker than all."""
    present = [tier for tier, steps in ledger.items() if steps]
    return max(present, key=lambda tier: TIERS.index(tier) if tier in TIERS else len(TIERS), default="none")
