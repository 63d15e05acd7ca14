"""A line of styled text."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A piece of a line: its text and the name of its style."""

    text: str
    style: str = ""


Line = list[Span]


def place(*spans: tuple[int, Span]) -> Line:
    """The line that has each span at its column; a span that would overlap the one before it follows it."""
    line: Line = []
    end = 0
    for column, span in spans:
        if span.text:
            line += [Span(" " * max(column - end, 1 if end else 0)), span] if column > end or end else [span]
            end = max(column, end + 1 if end else 0) + len(span.text)
    return line
