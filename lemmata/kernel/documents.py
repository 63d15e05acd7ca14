"""Certificates as documents: reading, hashing, and judging all steps and parts anew."""

# A certificate is JSON: its shape is checked value by value, which the type checker cannot follow.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownMemberType=false
from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from lemmata.kernel.errors import CertificateError, Refused
from lemmata.kernel.judge import Judge
from lemmata.kernel.records import require_prose
from lemmata.kernel.tokens import MAX_DIGITS

FORMAT, VERSION = "lemmata-certificate", 1
MAX_BYTES = 10_000_000
# A certificate nests a few levels; what nests deeper than this is refused before any recursion meets it.
MAX_NESTING = 100
NOT_HASHED = ("because", "title", "latex", "references", "provenance", "hash")
DOCUMENT_KEYS = {"format", "version", "id", "title", "steps", "parts", "hash", "references", "provenance"}


@dataclass(frozen=True, slots=True)
class Replay:
    """What a replay accepted."""

    steps: int
    parts: tuple[str, ...]
    ledger: Mapping[str, int]
    hash: str


def document_hash(document: Mapping[str, Any]) -> str:
    """The hash of all that is judged: prose and provenance are left out."""

    def strip(value: Mapping[str, Any]) -> dict[str, Any]:
        return {k: v for k, v in value.items() if k not in NOT_HASHED}

    # Prose stands in the document and in its steps only: inside of a certificate "title" is a variable's name.
    steps = [strip(s) if isinstance(s, Mapping) else s for s in document.get("steps", [])]
    judged = {**strip(document), "steps": steps}
    return sha256(json.dumps(judged, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def replay(document: Mapping[str, Any]) -> Replay:
    """Judge a whole certificate anew; raises CertificateError or Refused."""
    if not _shallow(document):
        raise CertificateError(f"not a certificate: nested deeper than {MAX_NESTING}")
    steps, parts = _contents(document)
    judge = Judge()
    for record in steps:
        judge.accept(record)
    conclusions = [_part(part, judge) for part in parts]
    labels = tuple(label for label, _ in conclusions)
    if len(set(labels)) != len(labels):
        raise CertificateError("a part occurs twice")
    found = document_hash(document)
    if "hash" in document and document["hash"] != found:
        raise Refused("the hash is not the document's", "hash")
    return Replay(len(judge.steps), labels, judge.ledger(*(s for _, s in conclusions)), found)


def _contents(document: Mapping[str, Any]) -> tuple[list[Any], list[Any]]:
    """The steps and the parts of a document that is a certificate by its keys and their kinds."""
    unknown = set(document) - DOCUMENT_KEYS
    if unknown:
        raise CertificateError(f"unknown key {sorted(map(str, unknown))[0]!r}")
    if (
        document.get("format") != FORMAT
        or type(document.get("version")) is not int
        or document["version"] != VERSION
    ):
        raise CertificateError(f"not a certificate of the format {FORMAT}, version {VERSION}")
    require_prose(document, {"id": str, "title": str, "hash": str, "references": list, "provenance": dict})
    steps, parts = document.get("steps"), document.get("parts")
    if not isinstance(steps, list) or not isinstance(parts, list) or not steps or not parts:
        raise CertificateError("a certificate has steps and parts")
    return steps, parts


def _shallow(value: object) -> bool:
    level: list[Any] = [value]
    for _ in range(MAX_NESTING):
        inner = [list(v.values()) if isinstance(v, Mapping) else v for v in level]
        level = [each for v in inner if isinstance(v, list | tuple) for each in v]
        if not level:
            return True
    return False


def _part(part: object, judge: Judge) -> tuple[str, str]:
    if not isinstance(part, Mapping) or set(part) != {"label", "step", "claim"}:
        raise CertificateError("a part has exactly a label, a step and a claim")
    label, step, claim = part["label"], part["step"], part["claim"]
    if not isinstance(label, str) or not isinstance(step, str) or not isinstance(claim, str):
        raise CertificateError("a part has exactly a label, a step and a claim")
    if not label or not label.isprintable():
        raise CertificateError(f"the label {label!r} of a part cannot be printed")
    if step not in judge.steps:
        raise Refused(f"part ({label}) names no step", step)
    if str(judge.steps[step].claim) != claim:
        raise Refused(f"part ({label}) is not what its step proves", step)
    return label, step


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise CertificateError("a key occurs twice in one object")
    return found


def _no_constant(name: str) -> Any:
    raise CertificateError(f"{name} is not a number here")


def _short(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise CertificateError(f"a numeral has more than {MAX_DIGITS} digits")
    return int(digits)


def read(source: str | bytes) -> Mapping[str, Any]:
    """The document of a JSON text; raises CertificateError."""
    try:
        document = json.loads(
            source, object_pairs_hook=_no_duplicates, parse_constant=_no_constant, parse_int=_short
        )
    except RecursionError:
        raise CertificateError(f"not a certificate: nested deeper than {MAX_NESTING}") from None
    except ValueError as error:
        raise CertificateError(f"not a certificate: {str(error).splitlines()[0][:120]}") from None
    if not isinstance(document, dict):
        raise CertificateError("not a certificate: the document is not an object")
    return document  # type: ignore[return-value]


def replay_file(path: str | Path) -> Replay:
    """Judge the certificate in a file; raises CertificateError or Refused."""
    if (place := Path(path)).exists() and not place.is_file():
        # A pipe that nobody writes to would be waited for without end.
        raise CertificateError(f"{path} is no regular file: save the certificate to one")
    try:
        with place.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CertificateError(f"cannot read {path}: {error.strerror or error}") from None
    if len(data) > MAX_BYTES:
        raise CertificateError(f"{path} is larger than {MAX_BYTES} bytes")
    return replay(read(data))
