"""What the templates know of the steps before the one that they prove."""

from __future__ import annotations

from dataclasses import dataclass, field

from lemmata.coq.membership import introductions
from lemmata.coq.premises import Premises
from lemmata.coq.statements import Printer
from lemmata.kernel.claims import Claim
from lemmata.kernel.context import Context
from lemmata.kernel.definitions import Definition


@dataclass
class Proofs:
    """What the templates know: the claims accepted so far, their Coq names, and the definitions."""

    claims: dict[str, Claim]
    names: dict[str, str]
    definitions: dict[str, Definition]
    defining: dict[str, str]
    unsorted: set[str] = field(default_factory=set[str])

    @property
    def printer(self) -> Printer:
        """A printer for the definitions so far."""
        return Printer(self.definitions, self.unsorted)

    def premises(self, claim: Claim) -> Premises:
        """What a claim may use."""
        context = Context(self.claims, self.definitions, self.defining)
        return Premises(claim, context, self.names, self.printer)


def opened(proofs: Proofs, claim: Claim) -> str:
    """Introduce a claim's variables and hypotheses."""
    names = introductions(claim, proofs.printer)
    return f"intros {' '.join(names)}.\n" if names else ""


def handed_on(claim: Claim, printer: Printer) -> tuple[list[str], list[str]]:
    """A claim's own variables and hypotheses, handed on to a premise that has further variables between them."""
    names = introductions(claim, printer)
    count = len(claim.hypotheses)
    return names[: len(names) - count], names[len(names) - count :]
