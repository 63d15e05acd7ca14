"""Text for a terminal, a file or a pipe: the same lines, coloured only where colour was asked for."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO

from lemmata.reporting.layout import lay_out
from lemmata.reporting.lines import Line
from lemmata.reporting.nodes import Document

WIDTH = 100
STYLES = {
    "heading": "bold",
    "label": "bold",
    "note": "dim",
    "math": "cyan",
    "good": "green",
    "bad": "bold red",
    "open": "yellow",
    "plain": "",
    "": "",
}


def render(document: Document, *, width: int = WIDTH, colour: bool = False) -> str:
    """The document as text of at most ``min(width, 100)`` columns, without a final newline.

    Colours are escape sequences made by rich, which is imported only if ``colour`` is true.
    """
    found = lay_out(document, min(width, WIDTH))
    return _painted(found) if colour else "\n".join(_plain(line) for line in found)


def _plain(line: Line) -> str:
    return "".join(span.text for span in line).rstrip()


def _painted(lines: Iterable[Line]) -> str:
    from rich.console import Console
    from rich.text import Text

    console = Console(
        file=StringIO(), force_terminal=True, no_color=False, width=1000, color_system="standard"
    )
    with console.capture() as captured:
        for line in lines:
            text = Text.assemble(*((span.text, STYLES[span.style]) for span in line))
            text.rstrip()
            console.print(text, no_wrap=True, crop=False, soft_wrap=True, highlight=False)
    return captured.get().removesuffix("\n")
