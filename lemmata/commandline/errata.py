"""The command errata: where the sources are wrong, with the witness computed anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lemmata.commandline.options import CONTEXT, JSON, TARGETS
from lemmata.commandline.output import emit, show
from lemmata.commandline.program import REFUTED, failure, worst

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lemmata.catalogue import Entry
    from lemmata.model import ErratumReport


@click.command(context_settings=CONTEXT, params=[TARGETS, JSON])
def errata(targets: tuple[str, ...], json: bool) -> int:
    """Where the sources of the theorems are wrong, and what is true instead.

    Of every theorem, or of those named. Each witness is computed anew and judged by the kernel or by exact
    arithmetic, and the proof is run of the theorem whose part states the correction. Exit code 0 says that every
    witness refutes what is printed and every such part is proved, 1 that one does not or is not.
    """
    from lemmata.catalogue import find, scan

    found = scan()
    chosen = [(target, find(target)) for target in targets] or list(
        zip(found.names(), found.entries, strict=True)
    )
    reports, codes = _collected(chosen)
    from lemmata.reporting import errata, json_documents

    if json:
        emit(json_documents.text(json_documents.errata(reports)))
    else:
        show(errata(reports))
    return worst([*codes, *(0 if report.upheld else REFUTED for report in reports)])


def _collected(chosen: Sequence[tuple[str, Entry]]) -> tuple[list[ErratumReport], list[int]]:
    """The errata of all theorems, and the exit codes of those that could not be looked at."""
    from lemmata.errata import errata

    reports: list[ErratumReport] = []
    codes: list[int] = []
    for target, entry in chosen:
        try:
            reports += errata(entry)
        except Exception as error:
            if len(chosen) == 1:
                raise
            codes.append(failure(error, about=target))
    return reports, codes
