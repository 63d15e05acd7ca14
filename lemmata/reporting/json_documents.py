"""The JSON documents that other programs rely on. Keys are added, never renamed, while the version stays."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from typing import Any

from lemmata.model import (
    Description,
    ErratumReport,
    Evaluation,
    Evidence,
    Listing,
    MutationReport,
    NumericsReport,
    ProofReport,
    Recheck,
    Report,
)
from lemmata.reporting.pages import Finding
from lemmata.reporting.verdicts import headline

SCHEMA_VERSION = 1
Json = dict[str, Any]


def text(document: Json) -> str:
    """The document as JSON; no NaN or infinity occurs in it."""
    return json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False)


def reports(found: Iterable[Report]) -> Json:
    """``verify --json``; a half that was not run is null. The same run gives the same bytes: no times are kept."""
    return _versioned(theorems=[_report(report) for report in found])


def listing(entries: Iterable[Listing], problems: Iterable[str]) -> Json:
    """``list --json``."""
    return _versioned(
        theorems=[_fields(e, "id", "theme", "title", "status", "stale") for e in entries],
        problems=list(problems),
    )


def description(found: Description) -> Json:
    """``show --json``."""
    return _versioned(
        **_fields(found, "id", "title", "theme", "setting"),
        parts=[
            {**_fields(part, "label", "words", "statement", "latex"), "empirical": part.status == "empirical"}
            for part in found.parts
        ],
        readings=dict(found.readings),
        references=list(found.references),
        parameters=[_fields(p, "name", "type", "default", "doc") for p in found.parameters],
        quantities=[_fields(q, "name", "signature", "doc") for q in found.quantities],
        variants=[{"name": name, "changes": changes} for name, changes in found.variants.items()],
    )


def begun(files: Iterable[str], verify: str) -> Json:
    """``new --json``: the files that were written, and the command that verifies what is in them."""
    return _versioned(files=list(files), verify=verify)


def evaluation(found: Evaluation) -> Json:
    """``eval --json``; ``exact`` is null where there is no exact form."""
    return _versioned(**_fields(found, "name", "exact", "decimal"))


def errata(found: Iterable[ErratumReport]) -> Json:
    """``errata --json``."""
    keys = (
        "id",
        "source",
        "printed",
        "grade",
        "witness",
        "corrected",
        "theorem",
        "part",
        "status",
        "refuted",
    )
    return _versioned(errata=[_fields(erratum, *keys) for erratum in found])


def mutation(report: MutationReport) -> Json:
    """``mutate --json``."""
    return _versioned(
        id=report.id,
        made=report.made,
        counts={kind: dict(counts) for kind, counts in report.counts.items()},
        accepted=[{"step": step, "claim": claim} for step, claim in report.accepted],
        dropped=report.dropped,
        missed=list(report.missed),
        controls=dict(report.controls),
    )


def diagnosis(found: Mapping[str, Iterable[Finding]]) -> Json:
    """``doctor --json``; ``found`` is null where there is nothing usable."""
    keys = ("name", "found", "text")
    return _versioned(
        **{name: [dict(zip(keys, row, strict=True)) for row in rows] for name, rows in found.items()}
    )


def _versioned(**content: Any) -> Json:
    return {"schema_version": SCHEMA_VERSION, **content}


def _fields(noun: object, *names: str) -> Json:
    return {name: _value(getattr(noun, name)) for name in names}


def _report(report: Report) -> Json:
    return {
        **_fields(report, "id", "title", "theme"),
        "verdict": headline(report),
        "proof": report.proof and _proof(report.proof),
        "numerics": report.numerics and _numerics(report.numerics),
        "variants": [_fields(v, "name", "changes", "proof", "numerics", "witness") for v in report.variants],
        "provenance": _value({"command": report.command, "notes": report.notes, **report.provenance}),
    }


def _proof(proof: ProofReport) -> Json:
    steps = ("id", "part", "statement", "latex", "tier", "rule", "premises", "because")
    return {
        **_fields(proof, "status", "assumptions", "citations", "unused", "hash", "ledger"),
        **({"recheck": _recheck(proof.recheck)} if proof.recheck else {}),
        "parts": [
            _fields(part, "label", "words", "statement", "status", "citations") for part in proof.parts
        ],
        "steps": [_fields(step, *steps) for step in proof.steps],
    }


def _recheck(recheck: Recheck) -> Json:
    # The prime is text: not every reader of JSON has whole numbers of 61 bits.
    return {**_fields(recheck, "identities", "failed", "skipped", "error"), "prime": str(recheck.prime)}


def _numerics(numerics: NumericsReport) -> Json:
    return {"verdict": numerics.verdict, "evidence": [_evidence(row) for row in numerics.evidence]}


def _evidence(row: Evidence) -> Json:
    before = ("name", "part", "kind", "point", "predicted", "estimate", "lower", "upper")
    return _fields(
        row, *before, "tolerance", "n", "alpha", "detectable", "grade", "seed", "backend", "verdict"
    )


def _value(value: Any) -> Any:
    """Plain JSON: exact numbers that JSON has no word for become text, what is not finite becomes null."""
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return float(value) if math.isfinite(value) else None
        case Mapping():
            return {str(key): _value(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_value(inner) for inner in value]
        case _ if hasattr(value, "tolist"):
            return _value(value.tolist())
        case _:
            return str(value)
