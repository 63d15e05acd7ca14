"""Where output goes: results to stdout, everything else to stderr, colours and bars only to a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from lemmata.model import Progress
    from lemmata.reporting import Document

# An error is read, not scrolled through: what is wrong comes first, and what to do about it last.
LONGEST, TAIL = 1000, 200


def say(text: str) -> None:
    """A line on stderr; where it cannot be written, no more than the line is lost."""
    try:
        click.echo(text, err=True)
    except OSError:
        _abandon(sys.stderr)


def emit(text: str) -> None:
    """A result on stdout. A reader who has gone away (``| head``) changes nothing about the verdict.

    Raises OSError where the result cannot be written for another reason, a full disk for instance.
    """
    try:
        click.echo(text)
    except BrokenPipeError:
        _abandon(sys.stdout)


def settle() -> None:
    """Give up what a stream could not take: the interpreter would try again at exit and spoil the exit code."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:  # pyright: ignore[reportUnnecessaryComparison]
                stream.flush()
        except (OSError, ValueError):
            _abandon(stream)


def _abandon(stream: Any) -> None:
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _is_terminal(stream: Any) -> bool:
    # A stream that the caller has closed (``>&-``) is None.
    return stream is not None and stream.isatty()


def show(document: Document) -> None:
    """A document as text: coloured only on a terminal, and not where NO_COLOR is set."""
    from shutil import get_terminal_size

    from lemmata.reporting import render

    terminal = _is_terminal(sys.stdout)
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = get_terminal_size().columns if terminal else 100
    emit(render(document, width=width, colour=colour))


@contextmanager
def watched(quiet: bool) -> Generator[Progress | None]:
    """A bar for each row on stderr, if stderr is a terminal and nobody asked for quiet."""
    if quiet or not _is_terminal(sys.stderr):
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bars

    with Bars(*_columns(), console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, Any] = {}

        def told(row: str, done: int, total: int) -> None:
            if row not in tasks:
                # What is there from the start was not drawn now, and says nothing of the rate.
                tasks[row] = bars.add_task(row, completed=done, total=total)
            bars.update(tasks[row], completed=done, total=total, visible=done < total)

        yield told


def _columns() -> list[Any]:
    """The row, how far it is, how many shards a second, and the time left."""
    from rich import progress

    class Rate(progress.ProgressColumn):
        def render(self, task: progress.Task) -> str:  # type: ignore[override]
            return f"{task.speed:.3g}/s" if task.speed else ""

    return [
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        Rate(),
        progress.TimeRemainingColumn(),
    ]


def survive_narrow_encodings() -> None:
    """A character that stdout or stderr cannot encode is escaped, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")


def one_line(text: str) -> str:
    """The text as one line that a terminal only shows: its beginning and its end where it is very long.

    Every run of white space, line ends included, is one space; a character that moves the cursor is escaped.
    """
    words = " ".join(text.split())
    if len(words) > LONGEST:
        words = f"{words[: LONGEST - TAIL]} ... {words[-TAIL:]}"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in words)
