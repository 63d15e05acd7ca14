"""Where output goes: results to stdout, everything else to stderr, colours and bars only to a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from lemmata.model import Progress
    from lemmata.reporting import Document


def say(text: str) -> None:
    """A line on stderr."""
    click.echo(text, err=True)


def emit(text: str) -> None:
    """A result on stdout. A reader who has gone away (``| head``) changes nothing about the verdict."""
    try:
        click.echo(text)
    except BrokenPipeError:
        # What is still buffered would fail again when the interpreter flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def show(document: Document) -> None:
    """A document as text: coloured only on a terminal, and not where NO_COLOR is set."""
    from shutil import get_terminal_size

    from lemmata.reporting import render

    terminal = sys.stdout.isatty()
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = get_terminal_size().columns if terminal else 100
    emit(render(document, width=width, colour=colour))


@contextmanager
def watched(quiet: bool) -> Generator[Progress | None]:
    """A bar for each row on stderr, if stderr is a terminal and nobody asked for quiet."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bars

    with Bars(console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, Any] = {}

        def told(row: str, done: int, total: int) -> None:
            if row not in tasks:
                tasks[row] = bars.add_task(row, total=total)
            bars.update(tasks[row], completed=done, total=total, visible=done < total)

        yield told


def survive_narrow_encodings() -> None:
    """A character that stdout or stderr cannot encode is escaped, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")


def one_line(text: str) -> str:
    """The text with every run of white space, line ends included, as one space."""
    return " ".join(text.split())
