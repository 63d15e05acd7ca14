"""A certificate as one file for Coq 8.16: the prelude, the definitions, every step, and a theorem for every part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from textwrap import indent, wrap
from typing import Any

from lemmata.coq.definitions import defined
from lemmata.coq.names import NoTemplate, prelude
from lemmata.coq.proofs import Proofs
from lemmata.coq.rules import script
from lemmata.kernel.claims import Claim
from lemmata.kernel.judge import Judge
from lemmata.kernel.records import Step
from lemmata.model import LemmataError

# What Coq's theory of the real numbers itself rests on, and all that Print Assumptions may name besides hypotheses.
FOUNDATIONS = (
    "ClassicalDedekindReals.sig_not_dec",
    "ClassicalDedekindReals.sig_forall_dec",
    "functional_extensionality_dep",
)
# The mean value theorem of Coq's library, which the rule monotone uses, rests on excluded middle too.
EXCLUDED_MIDDLE = "Classical_Prop.classic"


class NoCoqText(LemmataError):
    """A claim or a definition that the vocabulary of the prelude cannot state."""


@dataclass(frozen=True, slots=True)
class Exported:
    """The file, and the ids of the steps that enter it as hypotheses, with the reason for each."""

    text: str
    hypotheses: Mapping[str, str]


def export(document: Mapping[str, Any]) -> Exported:
    """The Coq file of a certificate, each step of which the kernel accepts first.

    Raises Refused for a step that the kernel does not accept, and NoCoqText for a claim that cannot be stated.
    """
    file = _File(document, Proofs({}, unique_names("step", (r["id"] for r in document["steps"])), {}, {}))
    judge = Judge()
    for record in document["steps"]:
        step = judge.accept(record)
        file.proofs.definitions, file.proofs.defining = judge.definitions, judge.defining
        try:
            file.add(step)
        except NoTemplate as error:
            raise NoCoqText(f"step {step.id!r} cannot be stated in Coq: {error}") from None
    return Exported(file.text(), file.hypotheses)


@dataclass
class _File:
    document: Mapping[str, Any]
    proofs: Proofs
    blocks: list[str] = field(default_factory=list[str])
    hypotheses: dict[str, str] = field(default_factory=dict[str, str])
    mean_value: bool = False

    def add(self, step: Step) -> None:
        """Append a step; raises NoTemplate if its claim has no Coq text."""
        statement = f"{self.proofs.names[step.id]} :\n  {self._statement(step.claim)}."
        if step.rule == "define":
            text = defined(self.proofs, step, self.document, statement)
        else:
            text = self._proved(step, statement)
        self.blocks.append(f"(* {prose(step.id)}: {step.rule} *)\n{text}")
        self.proofs.claims[step.id] = step.claim

    def _proved(self, step: Step, statement: str) -> str:
        try:
            lines = script(self.proofs, step)
        except NoTemplate as error:
            self.hypotheses[step.id] = _reason(step, error)
            return f"Hypothesis {statement}"
        self.mean_value |= step.rule == "monotone"
        return f"Lemma {statement}\nProof.\n{indent(lines, '  ')}\nQed."

    def _statement(self, claim: Claim) -> str:
        return self.proofs.printer.claim(claim, points=True)

    def text(self) -> str:
        """The whole file."""
        parts = self.document["parts"]
        names = unique_names("part", (p["label"] for p in parts))
        theorems = [
            f"Theorem {names[p['label']]} :\n  {self._statement(self.proofs.claims[p['step']])}.\n"
            f"Proof. exact {self.proofs.names[p['step']]}. Qed."
            for p in parts
        ]
        # Asked once for all parts: looking through the real numbers takes Coq a second each time.
        asked = f"Definition parts := ({', '.join(names.values())}).\nPrint Assumptions parts."
        body = "\n\n".join([*self.blocks, *theorems, asked])
        return f"{self._head()}\n{prelude()}\nSection Certificate.\n\n{body}\n\nEnd Certificate.\n"

    def _head(self) -> str:
        known = [f"  {prose(step)}: {prose(why)}" for step, why in self.hypotheses.items()]
        lines = [
            f"The proof of {prose(str(self.document.get('id', 'a theorem')))} for Coq 8.16 and its standard library.",
            "Every part is a theorem part_... at the end, where Print Assumptions says what they rest on.",
            f"Hypotheses:{'' if known else ' none.'}",
            *known,
            f"Coq's theory of the real numbers itself assumes {', '.join(FOUNDATIONS)}.",
            *([f"Its mean value theorem also assumes {EXCLUDED_MIDDLE}."] if self.mean_value else []),
        ]
        wrapped = [
            w for line in lines for w in wrap(line, 110, subsequent_indent="    ", break_on_hyphens=False)
        ]
        return "(* " + "\n   ".join(wrapped) + " *)\n"


def _reason(step: Step, error: NoTemplate) -> str:
    if step.rule == "cite":
        return f"cited, {step.certificate['source']}"
    return "assumed" if step.rule == "assume" else f"no template: {error}"


def prose(words: str) -> str:
    """Text inside a comment: nothing in it opens or ends a comment or a string."""
    return words.replace("*", "x").replace('"', "'")


def unique_names(prefix: str, labels: Iterable[str]) -> dict[str, str]:
    """A Coq name for each label, different for different labels."""
    found: dict[str, str] = {}
    for label in labels:
        letters = "".join(c if c.isascii() and (c.isalnum() or c in "_'") else "_" for c in label)
        word, number = f"{prefix}_{letters}", 1
        while word in found.values():
            number += 1
            word = f"{prefix}_{letters}_{number}"
        found[label] = word
    return found
