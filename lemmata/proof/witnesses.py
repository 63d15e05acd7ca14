"""What an erratum's witness shows when it is computed anew: each finding is judged here, none by its author."""

from __future__ import annotations

from typing import assert_never

from lemmata.kernel.claims import Claim
from lemmata.kernel.errors import KernelError
from lemmata.kernel.judge import Judge
from lemmata.proof.constants import compare, text
from lemmata.proof.reports import falsity
from lemmata.proof.theorem import (
    Comparison,
    Counterexample,
    Erratum,
    Finding,
    Identity,
    kernel_claim,
    relation_text,
)


def refutes(erratum: Erratum) -> tuple[bool | None, str | None]:
    """Whether all findings of the witness hold, and what they are; None twice for an attribution without one."""
    if erratum.witness is None:
        return (None, None) if erratum.grade == "attribution" else (False, "there is no witness")
    judged = [_judged(finding) for finding in erratum.witness()]
    return bool(judged) and all(holds for holds, _ in judged), "; ".join(words for _, words in judged)


def _judged(finding: Finding) -> tuple[bool, str]:
    match finding:
        case Comparison(words, left, op, right):
            held = compare(left, op, right)
            said = f"{words}: {text(left)} {op} {text(right)}"
            return bool(held), said if held else f"{said} ({'undecided' if held is None else 'false'})"
        case Identity(words, statement):
            return _identity(words, kernel_claim(statement))
        case Counterexample(words, statement, instance):
            held, said = falsity(kernel_claim(statement), instance, {})
            return held, f"{words}, at {said}{'' if held else ' (not refuted)'}"
    assert_never(finding)


def _identity(words: str, claim: Claim) -> tuple[bool, str]:
    """Whether the kernel accepts the claim with nothing but arithmetic."""
    record = {"id": "identity", "rule": "identity", "claim": str(claim), "premises": [], "certificate": {}}
    said = f"{words}: {relation_text(claim.conclusion)}"
    try:
        Judge().accept(record)
    except KernelError as error:
        return False, f"{said} (refused: {error})"
    return True, said
