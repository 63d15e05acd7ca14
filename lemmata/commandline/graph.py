"""The command graph: the proof as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lemmata.commandline.options import CONTEXT, TARGET, VERBOSE, FilePath
from lemmata.commandline.output import emit, one_line, say
from lemmata.commandline.program import EXIT

if TYPE_CHECKING:
    from pathlib import Path


OUTPUT = click.Option(
    ["-o", "--output", "file"],
    type=FilePath(dir_okay=False, writable=True),
    metavar="FILE.svg",
    allow_from_autoenv=False,
    help="Write the picture to this file instead of stdout.",
)


@click.command(context_settings=CONTEXT, params=[TARGET, OUTPUT, VERBOSE])
def graph(target: str, file: Path | None, verbose: bool) -> int:
    """The graph of the proof as SVG.

    A box for each lemma line, or with -v for each kernel step: its number in the report, its name, its rule and what it
    concludes, as far as two lines hold it. An arrow leads to every step that rests on it; how a step is known is told
    by colour and by dashes, and its box says all of it where the mouse rests. A proof that is refused is drawn as far
    as it was accepted; the exit code is then 1.
    """
    from lemmata.catalogue import find

    if file:
        _require(file)
    entry = find(target)
    from lemmata.reporting.document import headline
    from lemmata.reporting.svg import drawing
    from lemmata.verification import prove

    report = prove(entry)
    text = drawing(report, verbose)
    if file:
        _write(file, text)
        say(f"graph: {file}")
    else:
        emit(text.removesuffix("\n"))
    if report.proof and report.proof.status == "failed":
        faults = (report.proof.failure, *(part.failure for part in report.proof.parts))
        fault = next(filter(None, faults), "the proof failed")
        say(f"{target} is not proved, and the graph shows what was accepted: {one_line(fault)}")
    return EXIT[headline(report)]


def _require(file: Path) -> None:
    """What keeps a picture from being written, before anything is run."""
    from lemmata.model import LemmataError

    if file.suffix.lower() != ".svg":
        raise LemmataError(f"{file} is no name of a graph, which is written as SVG: it ends in .svg")
    if not file.parent.is_dir():
        raise LemmataError(f"the graph {file} cannot be written: there is no folder {file.parent}")


def _write(file: Path, text: str) -> None:
    from lemmata import results
    from lemmata.model import LemmataError

    try:
        results.write(file, text)
    except OSError as error:
        raise LemmataError(f"the graph {file} cannot be written: {error.strerror}") from error
