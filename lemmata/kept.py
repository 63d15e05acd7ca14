"""What is kept of a theorem's last run, and whether the theorem is still the one that was run."""

from __future__ import annotations

from collections.abc import Callable

from lemmata import results
from lemmata.catalogue import Entry
from lemmata.model import ErratumReport, LemmataError, Report
from lemmata.provenance import machine, sources
from lemmata.results import Result


def keep(entry: Entry, report: Report, errata: tuple[ErratumReport, ...]) -> None:
    """Keep a finished run with where it comes from. Raises OSError where nothing can be written."""
    from dataclasses import replace

    whole = replace(report, provenance={**report.provenance, **machine()})
    results.save(entry.kept, Result(report=whole, errata=errata, sources=sources(entry)))


def last(entry: Entry) -> Result | None:
    """The last result, with a note where the files have changed since; None where there is none.

    Raises LemmataError for a result that cannot be read, is broken or of another version.
    """
    found = results.load(entry.kept)
    return results.stale(found, _sources(entry)) if found else None


def status(entry: Entry, warn: Callable[[str], None]) -> tuple[str, bool]:
    """The verdict of the last run (or ``not run``, ``unreadable``), and whether its files have changed since.

    ``warn`` is told what is wrong with a result that cannot be read.
    """
    try:
        found = results.load(entry.kept)
    except LemmataError as error:
        warn(str(error))
        return results.UNREADABLE, False
    return (found.report.verdict, found.sources != _sources(entry)) if found else (results.NOT_RUN, False)


def _sources(entry: Entry) -> str:
    """Files that cannot be read any more are not those of the result."""
    try:
        return sources(entry)
    except OSError:
        return ""
