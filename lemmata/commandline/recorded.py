"""What the command paper sets: the results that are recorded, and the files that they become."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from lemmata import kept, results
from lemmata.catalogue import find, scan
from lemmata.commandline.output import say
from lemmata.commandline.program import failure
from lemmata.kept import Kept
from lemmata.model import LemmataError, Report
from lemmata.reporting import latex_fragments as fragments
from lemmata.reporting.latex import Style

FOLDER = Path("paper")
GENERATED = FOLDER / "generated"
APPENDIX = FOLDER / "appendix.tex"
BIBLIOGRAPHY = FOLDER / "references.bib"


def runs(targets: Sequence[str]) -> tuple[list[Kept], int]:
    """The last runs of the theorems named, or of all that have one, and the exit code.

    What is missing or older than its files is said on stderr; of all, so is what is broken, and the rest is set.
    """
    catalogue = scan()
    pairs = zip(targets, map(find, targets), strict=True) if targets else None
    found: list[Kept] = []
    code = 0
    for name, entry in pairs or zip(catalogue.names(), catalogue.entries, strict=True):
        try:
            last = kept.last(entry)
            if last is None and targets:
                raise LemmataError(f"{name} has no result here: run verify {name}")
        except LemmataError as error:
            if targets:
                raise
            code = failure(error)
            continue
        if last is None:
            say(f"no result of {name}: run verify {name}")
            continue
        if last.stale:
            say(f"warning: the result of {name} is {kept.STALE}: run verify {name}")
        found.append(last)
    if not found and not code:
        raise LemmataError("there are no results here: run verify --all")
    return found, code


def keys() -> frozenset[str]:
    r"""The keys that ``\cite`` may name: those of the bibliography beside the appendix."""
    try:
        text = BIBLIOGRAPHY.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return frozenset()
    return frozenset(re.findall(r"^\s*@\w+\s*\{\s*([^\s,]+)\s*,", text, re.MULTILINE))


def older(found: Sequence[Kept]) -> list[Report]:
    """The reports whose files have changed since."""
    return [last.report for last in found if last.stale]


def write(found: Sequence[Kept], style: Style) -> list[str]:
    """All files, or none where one cannot be written; their names. Raises LemmataError."""
    texts = _texts(found, style)
    try:
        results.write_all({GENERATED / f"{name}.tex": text for name, text in texts.items()})
    except OSError as error:
        raise LemmataError(f"{GENERATED} cannot be written to: {error.strerror}") from error
    return list(texts)


def _texts(found: Sequence[Kept], style: Style) -> dict[str, str]:
    """The files by name: a fragment for each theorem, and those about all of them."""
    reports = [last.report for last in found]
    names = fragments.names([(last.report.id, last.name) for last in found])
    stale = frozenset(name for name, last in zip(names, found, strict=True) if last.stale)
    return {
        **{
            name: fragments.fragment(report, name, style) for name, report in zip(names, reports, strict=True)
        },
        "summary": fragments.summary(reports, style, older(found)),
        "ledger": fragments.ledger(reports, style, older(found)),
        "errata": fragments.errata([erratum for report in reports for erratum in report.errata], style),
        "verified": fragments.verified(dict(zip(names, reports, strict=True)), stale),
        "all": fragments.everything(names),
    }
