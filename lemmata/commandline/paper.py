"""The command paper: recorded results as LaTeX that a paper reads, and the appendix as a PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lemmata.commandline import completion
from lemmata.commandline.options import CONTEXT
from lemmata.commandline.output import emit, say, show
from lemmata.commandline.program import failure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lemmata.kept import Kept
    from lemmata.model import Report
    from lemmata.reporting.latex import Style

FOLDER = Path("paper")
GENERATED = FOLDER / "generated"
APPENDIX = FOLDER / "appendix.tex"
BIBLIOGRAPHY = FOLDER / "references.bib"


@click.command(context_settings=CONTEXT)
@click.argument("targets", nargs=-1, metavar="[ID|PATH]...", shell_complete=completion.ids)
@click.option("--pdf", is_flag=True, allow_from_autoenv=False, help="Also compile ./paper/appendix.tex.")
@click.option("--siunitx", is_flag=True, help=r"Numbers as \num of the package siunitx.")
@click.option("--longtable", is_flag=True, help="Tables that break over pages, with the package longtable.")
def paper(targets: tuple[str, ...], pdf: bool, siunitx: bool, longtable: bool) -> int:
    r"""Recorded results as LaTeX, in ./paper/generated.

    Of every theorem that has a result, or of those named. For each a fragment ID.tex with statement, proof,
    numbers and variants; for all summary.tex, ledger.tex, errata.tex, the macro \verified{ID} in verified.tex, and
    all.tex, which reads the fragments. Nothing is run: what is set is what verify left in ./results, and a result
    older than its files says so. With IDs the files about all theorems hold those alone. Exit code 2: a result is
    missing or broken, or --pdf finds no LaTeX, an error, or a reference or citation that is nowhere.
    """
    found, code = _results(targets)
    if not found:
        return code
    from lemmata import typesetting
    from lemmata.model import LemmataError
    from lemmata.reporting.latex import Style
    from lemmata.reporting.overview import summary

    style = Style(keys=_keys(), siunitx=siunitx, longtable=longtable)
    if pdf:
        typesetting.require(APPENDIX)
    try:
        written = _write(found, style)
    except OSError as error:
        raise LemmataError(f"{GENERATED} cannot be written to: {error.strerror}") from error
    show(summary([last.report for last in found], _older(found)))
    emit(f"written in {GENERATED}: {', '.join(written)}")
    if pdf:
        emit(f"compiled: {typesetting.compiled(APPENDIX, GENERATED)}")
    return code


def _results(targets: Sequence[str]) -> tuple[list[Kept], int]:
    """The last runs of the theorems named, or of all that have one, and the exit code.

    What is missing or older than its files is said on stderr; of all, so is what is broken, and the rest is set.
    """
    from lemmata import kept
    from lemmata.catalogue import find, scan
    from lemmata.model import LemmataError

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


def _keys() -> frozenset[str]:
    r"""The keys that ``\cite`` may name: those of the bibliography beside the appendix."""
    import re

    try:
        text = BIBLIOGRAPHY.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return frozenset()
    return frozenset(re.findall(r"^\s*@\w+\s*\{\s*([^\s,]+)\s*,", text, re.MULTILINE))


def _older(found: Sequence[Kept]) -> list[Report]:
    return [last.report for last in found if last.stale]


def _write(found: Sequence[Kept], style: Style) -> list[str]:
    """All files, or none where one cannot be written; their names. Raises OSError."""
    from lemmata.reporting import latex_fragments as fragments
    from lemmata.results import write_all

    reports = [last.report for last in found]
    names = fragments.names([(last.report.id, last.name) for last in found])
    stale = frozenset(name for name, last in zip(names, found, strict=True) if last.stale)
    texts = {
        **{
            name: fragments.fragment(report, name, style) for name, report in zip(names, reports, strict=True)
        },
        "summary": fragments.summary(reports, style, _older(found)),
        "ledger": fragments.ledger(reports, style, _older(found)),
        "errata": fragments.errata([erratum for report in reports for erratum in report.errata], style),
        "verified": fragments.verified(dict(zip(names, reports, strict=True)), stale),
        "all": fragments.everything(names),
    }
    write_all({GENERATED / f"{name}.tex": text for name, text in texts.items()})
    return list(texts)
