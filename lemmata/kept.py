"""What is kept of a theorem's last run, and whether the theorem is still the one that was run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from lemmata import results
from lemmata.catalogue import Entry
from lemmata.model import LemmataError, Report
from lemmata.provenance import machine, sources
from lemmata.results import Result

STALE = "older than its files, which have changed since this run"


@dataclass(frozen=True, slots=True)
class Kept:
    """The last run of a theorem; ``stale`` says that its files have changed since, and so does a note."""

    name: str
    report: Report
    stale: bool


def located(report: Report) -> Report:
    """A finished run with where it comes from: the commit, the machine and the time."""
    return replace(report, provenance={**report.provenance, **machine()})


def keep(entry: Entry, report: Report) -> None:
    """Keep a finished run. Raises OSError where nothing can be written."""
    results.save(entry.kept, Result(report=report, sources=sources(entry)))


def last(entry: Entry) -> Kept | None:
    """The last run, or None. Raises LemmataError for a result that is unreadable, broken or of another version."""
    found = results.load(entry.kept)
    if found is None:
        return None
    stale = found.sources != _sources(entry)
    notes = (*found.report.notes, *((STALE,) if stale else ()))
    return Kept(entry.kept, replace(found.report, notes=notes), stale)


def status(entry: Entry, warn: Callable[[str], None]) -> tuple[str, bool]:
    """The verdict of the last run (or ``not run``, ``unreadable``), and whether its files have changed since.

    ``warn`` is told what is wrong with a result that cannot be read.
    """
    try:
        found = last(entry)
    except LemmataError as error:
        warn(str(error))
        return results.UNREADABLE, False
    return (found.report.verdict, found.stale) if found else (results.NOT_RUN, False)


def _sources(entry: Entry) -> str:
    """Files that cannot be read any more are not those of the result."""
    try:
        return sources(entry)
    except OSError:
        return ""
