"""The tables of docs/performance.md, made from the results and from nothing else."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"
DOCUMENT = ROOT / "docs" / "performance.md"
HEADER = "| case | ratio | median | range | target | |\n| --- | --- | --- | --- | --- | --- |"


def tables() -> dict[str, str]:
    """The table of each workload that has results, by its name."""
    documents = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(RESULTS.glob("*.json"))]
    return {document["workload"]: _table(document) for document in documents}


def _table(document: dict[str, Any]) -> str:
    rows = [_row(result, ratio) for result in document["results"] for ratio in result["ratios"]]
    return "\n".join([_machine(document["machine"]), "", HEADER, *rows])


def _row(result: dict[str, Any], ratio: dict[str, Any]) -> str:
    verdict = {True: "met", False: "missed", None: ""}[ratio["met"]]
    numbers = f"{ratio['median']:.3g} | {ratio['low']:.3g} to {ratio['high']:.3g}"
    return (
        f"| {result['case']} | {ratio['of']} / {ratio['over']} | {numbers} | {ratio['target']} | {verdict} |"
    )


def _machine(machine: dict[str, Any]) -> str:
    packages = ", ".join(f"{name} {version}" for name, version in machine["packages"].items())
    return f"{machine['processor']}, {machine['cores']} cores, Python {machine['python']}, {packages}."


def replaced(text: str, found: dict[str, str]) -> str:
    """``text`` with what stands between the marks of each workload replaced by its table."""
    for name, table in found.items():
        text, count = re.subn(
            rf"(?<=<!-- begin {name} -->\n).*?(?=<!-- end {name} -->)",
            lambda _, t=table: f"{t}\n",
            text,
            flags=re.S,
        )
        if count != 1:
            raise SystemExit(f"{DOCUMENT} has {count} places for {name}, not one")
    return text


def write() -> None:
    text = replaced(DOCUMENT.read_text(encoding="utf-8"), tables())
    partial = DOCUMENT.with_suffix(".md.partial")
    partial.write_text(text, encoding="utf-8")
    os.replace(partial, DOCUMENT)
