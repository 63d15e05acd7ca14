"""A document as lines of styled text of a given width: the one layout behind plain and coloured output."""

from __future__ import annotations

from typing import assert_never

from lemmata.reporting.lines import Line, Span, place
from lemmata.reporting.nodes import Document, Figure, Heading, Mark, Mathematics, Node, Paragraph, Table
from lemmata.reporting.tables import HANG, INDENT, table_lines
from lemmata.reporting.wrapping import wrap

LABEL = 11


def lay_out(document: Document, width: int) -> list[Line]:
    """Every line of the document; a heading, a titled table and a verdict have an empty line before them."""
    found: list[Line] = []
    for node in document.nodes:
        apart = isinstance(node, Mark | Heading) or (isinstance(node, Table) and node.title)
        if found and apart:
            found.append([])
        found += _node(node, width)
    return found


def _node(node: Node, width: int) -> list[Line]:
    match node:
        case Heading(text, mark, level):
            head = Span(text, "heading" if level == 1 else "label")
            return [[head, Span("   "), *_mark(mark)] if mark else [head]]
        case Mark():
            return _verdict(node, width)
        case Paragraph(text, label, verbatim):
            return _paragraph(text, label, verbatim, width)
        case Mathematics(plain):
            first, *rest = wrap(plain, width - INDENT, width - INDENT - HANG, formula=True)
            return [place((INDENT, Span(first))), *(place((INDENT + HANG, Span(line))) for line in rest)]
        case Figure(caption):
            return _paragraph(caption, "FIGURE", False, width)
        case Table():
            return table_lines(node, width)
    assert_never(node)


def _mark(mark: Mark) -> Line:
    return [Span(mark.word, mark.tone), *([Span(f" {mark.text}")] if mark.text else [])]


def _verdict(mark: Mark, width: int) -> list[Line]:
    indent = len(mark.word) + 1
    first, *rest = wrap(mark.text, width - indent, width - indent, formula=False)
    head = [Span(mark.word, mark.tone), *([Span(f" {first}")] if first else [])]
    return [head, *(place((indent, Span(line))) for line in rest)]


def _paragraph(text: str, label: str, verbatim: bool, width: int) -> list[Line]:
    indent = LABEL if label else 0
    first, *rest = [text] if verbatim else wrap(text, width - indent, width - indent, formula=False)
    head = place((0, Span(label, "label")), (indent, Span(first)))
    return [head, *(place((indent, Span(line))) for line in rest)]
