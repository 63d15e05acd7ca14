"""An attack on the judge: steps of which the last must be refused, for its reason, beside steps that are accepted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from lemmata.kernel.errors import KernelError
from lemmata.kernel.judge import Judge

Record = dict[str, Any]


def step(name: str, rule: str, claim: str, premises: tuple[str, ...] = (), **certificate: Any) -> Record:
    """The record of a step."""
    return {"id": name, "rule": rule, "claim": claim, "premises": list(premises), "certificate": certificate}


def one(rule: str, claim: str, **certificate: Any) -> tuple[Record, ...]:
    """A proof of a single step without premises."""
    return (step("s", rule, claim, **certificate),)


@dataclass(frozen=True)
class Attack:
    """``false`` ends in a step to be refused with ``reason``; ``true`` is its nearest neighbour that holds."""

    name: str
    reason: str
    false: tuple[Record, ...]
    true: tuple[Record, ...] = ()

    def run(self) -> None:
        """Only the last step may be refused, so that an attack fails for its own reason; the neighbour is accepted."""
        judge = Judge()
        for record in self.false[:-1]:
            judge.accept(record)
        with pytest.raises(KernelError, match=self.reason):
            judge.accept(self.false[-1])
        judged(*self.true)


def judged(*records: Record) -> Judge:
    """A judge that accepted all the records."""
    judge = Judge()
    for record in records:
        judge.accept(record)
    return judge


def each(attacks: list[Attack]) -> pytest.MarkDecorator:
    """One test for each attack."""
    return pytest.mark.parametrize("attack", attacks, ids=[a.name for a in attacks])
