"""The document model: six kinds of node, and nothing in them that a renderer would have to work out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Tone = Literal["good", "bad", "open", "plain"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A verdict: one word, what kind of news it is, and an explanation."""

    word: str
    tone: Tone = "plain"
    text: str = ""


@dataclass(frozen=True, slots=True)
class Mathematics:
    """A formula made from the kernel's own term: its plain text and its LaTeX (empty where there is none).

    ``words`` stand at the start of the plain text and are not part of the LaTeX.
    """

    plain: str
    latex: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A title, with the verdict that belongs to it."""

    text: str
    mark: Mark | None = None
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Prose under an optional label; ``verbatim`` text is never broken into lines, so that it can be copied.

    ``latex`` says the same where the text is a formula, ``cites`` tells that it is a list of sources. ``literal``
    text holds values, such as a hash, and no formula, whatever they look like.
    """

    text: str
    label: str = ""
    verbatim: bool = False
    latex: str = ""
    cites: tuple[str, ...] = ()
    literal: bool = False


Cell = str | Mathematics | Mark


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; the one that grows takes the room that the others leave.

    ``only`` says where there is such a column: a column of a "page" is part of the row's note in a "text".
    """

    title: str = ""
    align: Literal["left", "right"] = "left"
    grow: bool = False
    only: Literal["", "text", "page"] = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells of one row, and a note that belongs under (or after) its growing cell."""

    cells: tuple[Cell, ...]
    note: Cell = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a title; exactly one column grows.

    ``items`` says that the rows are read one after another: a page sets them as a list that may break.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    items: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture as SVG text; a renderer without pictures shows the caption."""

    caption: str
    svg: str


Node = Heading | Paragraph | Mathematics | Mark | Table | Figure


@dataclass(frozen=True, slots=True)
class Document:
    """Nodes in reading order; ``symbols`` maps every name on the page to the text of its sort."""

    nodes: tuple[Node, ...]
    symbols: Mapping[str, str] = field(default_factory=dict[str, str])
