"""What the judge takes and keeps: records as they are written, and accepted steps."""

# A certificate is JSON: its shape is checked value by value, which the type checker cannot follow.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownMemberType=false
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lemmata.kernel.claims import Claim
from lemmata.kernel.errors import CertificateError

STEP_KEYS = {"id", "rule", "claim", "premises", "certificate", "because", "latex"}


class Tier(StrEnum):
    """How a step is known."""

    DEFINITION = "definition"
    DECIDED = "decided"
    INDUCTION = "induction"
    CITED = "cited"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class Step:
    """An accepted step."""

    id: str
    rule: str
    tier: Tier
    claim: Claim
    premises: tuple[str, ...]
    certificate: Mapping[str, Any]
    because: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A step that asks to be accepted: its claim is a text, and nothing of it is judged yet."""

    id: str
    rule: str
    claim: str
    premises: tuple[str, ...]
    certificate: Mapping[str, Any]
    because: str

    def accepted(self, tier: Tier, claim: Claim) -> Step:
        """The step, once its claim is read and judged."""
        return Step(self.id, self.rule, tier, claim, self.premises, self.certificate, self.because)


def read_record(record: object) -> Record:
    """The record with every value of its kind; raises CertificateError."""
    if not isinstance(record, Mapping):
        raise CertificateError("a step is not an object")
    unknown = set(record) - STEP_KEYS
    if unknown:
        raise CertificateError(f"unknown key {sorted(map(str, unknown))[0]!r} in a step")
    for key in ("id", "rule", "claim"):
        if not isinstance(record.get(key), str) or not record[key]:
            raise CertificateError(f"a step has no {key}")
    premises, certificate = record.get("premises", []), record.get("certificate", {})
    if not isinstance(premises, list | tuple) or not all(isinstance(p, str) for p in premises):
        raise CertificateError("the premises of a step are not a list of ids")
    if not isinstance(certificate, Mapping):
        raise CertificateError("the certificate of a step is not an object")
    require_prose(record, {"because": str, "latex": str})
    because = str(record.get("because", ""))
    return Record(record["id"], record["rule"], record["claim"], tuple(premises), certificate, because)


def require_prose(record: Mapping[str, Any], kinds: Mapping[str, type]) -> None:
    """What is not judged is still of its kind, so that whoever prints it need not ask."""
    for key, kind in kinds.items():
        if key in record and not isinstance(record[key], kind):
            words = {str: "a text", list: "a list", dict: "an object"}[kind]
            raise CertificateError(f"{key!r} is not {words}")
