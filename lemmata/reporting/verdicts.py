"""The words for what was found: about the parts, the rows, the variants, and all of it."""

from __future__ import annotations

from collections.abc import Mapping

from lemmata.model import ProofReport, Report, VariantReport
from lemmata.reporting import numbers
from lemmata.reporting.nodes import Mark, Tone
from lemmata.reporting.phrases import summary

REFUSED: Mapping[str, Tone] = {"refused": "good", "unproved": "open", "accepted": "bad"}
REFUTED: Mapping[str, Tone] = {
    "refuted": "good",
    "inconclusive": "open",
    "not run": "open",
    "consistent": "bad",
}


def headline(report: Report) -> str:
    """The verdict on what was run: on the proof or on the numbers where only one of them was."""
    if report.proof is None and report.numerics is not None:
        return report.numerics.verdict
    if report.numerics is None and report.proof is not None:
        return report.proof.status
    return report.verdict


def parts_known(proof: ProofReport) -> str:
    """How many parts there are, and how they are known."""
    return summary((part.status for part in proof.parts), "part")


def outcome(variant: VariantReport) -> tuple[Mark, Mark]:
    """The words for the proof and for the numbers; about a false claim it is good news that both say no."""
    return Mark(variant.proof, REFUSED[variant.proof]), Mark(variant.numerics, REFUTED[variant.numerics])


def joint(variant: VariantReport) -> Mark:
    """The words for both, with the worse tone."""
    refused, refuted = outcome(variant)
    tones = {refused.tone, refuted.tone}
    worst: Tone = "bad" if "bad" in tones else "open" if "open" in tones else "good"
    return Mark(f"{refused.word} and {refuted.word}", worst)


def proved(report: Report) -> list[str]:
    """The parts in words; nothing where there is no proof."""
    return [parts_known(report.proof)] if report.proof else []


def seen(report: Report) -> list[str]:
    """The rows in words; nothing where nothing was measured."""
    if not report.numerics:
        return []
    rows = report.numerics.evidence
    return [" ".join([summary((row.verdict for row in rows), "row"), *error_level(report)])]


def error_level(report: Report) -> list[str]:
    """The largest chance with which a row of a true theorem would have been refuted."""
    if not report.numerics:
        return []
    return [f"at error {numbers.value(max((row.alpha for row in report.numerics.evidence), default=0.0))}"]


def caught(report: Report) -> list[str]:
    """The variants in words; nothing where there are none."""
    if not report.variants:
        return []
    return [summary((joint(variant).word for variant in report.variants), "variant")]
