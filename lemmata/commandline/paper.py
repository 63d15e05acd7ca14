"""The command paper: recorded results as LaTeX that a paper reads, and the appendix as a PDF."""

from __future__ import annotations

import click

from lemmata.commandline.options import CONTEXT, TARGETS
from lemmata.commandline.output import emit, show


@click.command(context_settings=CONTEXT, params=[TARGETS])
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
    from lemmata.commandline import recorded

    found, code = recorded.runs(targets)
    if not found:
        return code
    from lemmata import typesetting
    from lemmata.reporting.latex import Style
    from lemmata.reporting.overview import summary

    style = Style(keys=recorded.keys(), siunitx=siunitx, longtable=longtable)
    if pdf:
        typesetting.require(recorded.APPENDIX)
    written = recorded.write(found, style)
    show(summary([last.report for last in found], recorded.older(found)))
    emit(f"written in {recorded.GENERATED}: {', '.join(written)}")
    if pdf:
        emit(f"compiled: {typesetting.compiled(recorded.APPENDIX, recorded.GENERATED)}")
    return code
