"""From a finished derivation to what a renderer sees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal

from lemmata.kernel.claims import Claim
from lemmata.kernel.definitions import Definition
from lemmata.kernel.documents import document_hash
from lemmata.kernel.errors import KernelError
from lemmata.kernel.evaluation import Evaluator
from lemmata.kernel.records import Step, Tier
from lemmata.model import PartReport, PartStatus, ProofReport, Recheck, StepReport
from lemmata.proof.derivation import Outcome, Proof
from lemmata.proof.latex import claim_latex, memberships
from lemmata.proof.theorem import Observation, Part, Theorem, Variant, kernel_claim

# From the weakest; what is empirical is no proof and stands apart.
ORDER: tuple[PartStatus, ...] = ("failed", "checked", "proved-modulo", "proved")


def proof_report(theorem: Theorem, outcome: Outcome) -> ProofReport:
    """The judged derivation: parts, steps, ledger, and what nothing rests on."""
    proof, judge = outcome.proof, outcome.proof.judge
    conclusions = list(proof.proved.values())
    used = judge.ancestors(*conclusions)
    parts = tuple(_part(part, outcome) for part in theorem.parts)
    known = [ORDER.index(part.status) for part in parts]
    unused = tuple(name for name in judge.steps if name not in used)
    return ProofReport(
        # A step may be refused after the last part is proved.
        status="failed" if outcome.failed else ORDER[min(known)] if known else "empirical",
        parts=(*parts, *map(observed, theorem.observations)),
        steps=tuple(_step(s, proof) for s in judge.steps.values()),
        ledger=judge.ledger(*conclusions) if conclusions else {},
        citations=_sources(used),
        assumptions=tuple(n for n, s in used.items() if s.tier == Tier.ASSUMED),
        unused=unused if not outcome.failed else (),
        hash=document_hash(proof.certificate()),
        failure=f"step {outcome.failed!r} refused: {outcome.reason}" if outcome.failed else "",
        memberships=_memberships(theorem, judge.steps.values()),
    )


def _memberships(theorem: Theorem, steps: Iterable[Step]) -> dict[str, str]:
    stated = (
        *(part.statement for part in theorem.parts),
        *(variant.statement for variant in theorem.variants),
    )
    return memberships((*map(kernel_claim, stated), *(step.claim for step in steps)))


def seconded(report: ProofReport, recheck: Recheck) -> ProofReport:
    """The report with the second engine's opinion: an identity that does not hold there fails the proof."""
    if not recheck.failed:
        return replace(report, recheck=recheck)
    failure = (
        f"step {recheck.failed[0]!r} was accepted, and its identity does not hold modulo {recheck.prime}"
    )
    return replace(report, status="failed", failure=failure, recheck=recheck)


def _sources(steps: Mapping[str, Step]) -> tuple[str, ...]:
    return tuple(str(s.certificate["source"]) for s in steps.values() if s.tier == Tier.CITED)


def _part(part: Part, outcome: Outcome) -> PartReport:
    claim = kernel_claim(part.statement)
    name = outcome.proof.proved.get(part.label)
    status: PartStatus = "failed"
    citations: tuple[str, ...] = ()
    failure = ""
    if name is None:
        failure = (
            f"step {outcome.failed!r} refused: {outcome.reason}" if outcome.failed else "nothing proves it"
        )
    else:
        ancestors = outcome.proof.judge.ancestors(name)
        citations = _sources(ancestors)
        open_ends = any(s.tier in (Tier.CITED, Tier.ASSUMED) for s in ancestors.values())
        status = "proved-modulo" if open_ends else "proved"
    return PartReport(
        label=part.label,
        words=part.words,
        statement=str(claim),
        latex=claim_latex(claim),
        status=status,
        citations=citations,
        failure=failure,
    )


def observed(observation: Observation) -> PartReport:
    """An empirical part: it has words, and no formula that a step could prove."""
    return PartReport(
        label=observation.label, words=observation.words, statement="", latex="", status="empirical"
    )


def _step(step: Step, proof: Proof) -> StepReport:
    label = next((label for label, name in proof.proved.items() if name == step.id), "")
    return StepReport(
        id=step.id,
        part=label,
        statement=str(step.claim),
        latex=claim_latex(step.claim),
        tier=step.tier.value,
        rule=step.rule,
        premises=step.premises,
        because=step.because,
        printed=step.id not in proof.hidden,
    )


@dataclass(frozen=True, slots=True)
class Refusal:
    """What became of a false variant's proof: refused at a step and false at an instance, or not."""

    proof: Literal["refused", "unproved", "accepted"]
    step: str
    witness: str
    statement: str


def variant_proof(theorem: Theorem, variant: Variant, outcome: Outcome) -> Refusal:
    """Refused means both: the derivation fails at a named step, and the claim is false at an exact instance."""
    claim = kernel_claim(variant.statement)
    if not outcome.failed:
        return Refusal("accepted", "", "", str(claim))
    false, witness = falsity(claim, variant.instance, outcome.proof.judge.definitions)
    return Refusal("refused" if false else "unproved", outcome.failed, witness, str(claim))


def falsity(
    claim: Claim, instance: Mapping[str, Any], definitions: Mapping[str, Definition]
) -> tuple[bool, str]:
    """Whether a claim is exactly false at an instance, and the instance with the values of both sides."""
    evaluator = Evaluator(definitions)
    point = {name: _exact(value) for name, value in instance.items()}
    try:
        false = evaluator.refutes(claim, point)
        left, right = (
            evaluator.term(side, point) for side in (claim.conclusion.left, claim.conclusion.right)
        )
    except (KernelError, KeyError) as error:
        return False, f"no instance: {error}"
    shown = ", ".join(f"{n}={value_text(v)}" for n, v in instance.items() if not callable(v))
    return false, f"{shown}: {left} against {right}"


def value_text(value: Any) -> str:
    """A number, or the numbers of a tuple."""
    return f"({', '.join(map(str, value))})" if isinstance(value, tuple) else str(value)


def _exact(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(Fraction(v) for v in value)
    return value if callable(value) else Fraction(value)
