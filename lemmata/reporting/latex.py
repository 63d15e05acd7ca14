"""LaTeX of a document: one function for each kind of node. Words come from the nodes, layout from the macros."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import assert_never

from lemmata.reporting.latex_tables import tabular
from lemmata.reporting.latex_text import Latex, breakable, escaped, prose
from lemmata.reporting.nodes import Cell, Document, Figure, Heading, Mark, Mathematics, Node, Paragraph, Table
from lemmata.reporting.nodes import TableRow as Row

BADGES = {"good": "badge", "open": "open", "bad": "bad", "plain": "badge"}


@dataclass(frozen=True, slots=True)
class Style:
    """What a document is set with: symbols declared on its page, citation keys there are, packages wished for.

    ``label`` starts the label and ``about`` the caption of every table, ``ending`` ends every list;
    a cell that is one of the theorems ``named`` refers to it.
    """

    symbols: Mapping[str, str] = field(default_factory=dict[str, str])
    keys: frozenset[str] = frozenset()
    siunitx: bool = False
    longtable: bool = False
    label: str = "lemmata"
    about: str = ""
    ending: str = ""
    named: frozenset[str] = frozenset()


def render(nodes: Iterable[Node], style: Style) -> Latex:
    """The LaTeX of the nodes, in their order."""
    return Latex("\n\n".join(_node(node, style) for node in nodes))


def _node(node: Node, style: Style) -> str:
    match node:
        case Heading(text, mark, level):
            head = rf"\textbf{{{escaped(text)}}}" if level == 1 else rf"\textit{{{_worded(text, style)}}}"
            return rf"\par\medskip\noindent {head}{'~ ' + inline(mark, style) if mark else ''}\par"
        case Mark():
            return rf"{{\lemmatalines {inline(node, style)}\par}}"
        case Paragraph():
            return _paragraph(node, style)
        case Mathematics():
            return rf"{{\lemmatalines {inline(node, style)}\par}}"
        case Figure(caption):
            return rf"{{\lemmatalines {escaped(caption)}\par}}"
        case Table():
            return _items(node, style) if node.items else tabular(node, style, inline)
    assert_never(node)


def _worded(text: str, style: Style) -> str:
    """Prose in which keys of the bibliography are cited."""
    if not style.keys:
        return prose(text, style.symbols)
    parts = re.split(rf"\b({'|'.join(map(re.escape, sorted(style.keys)))})\b", text)
    return "".join(cited(part, style.keys) if k % 2 else _spaced(part, style) for k, part in enumerate(parts))


def _spaced(text: str, style: Style) -> str:
    """Prose with the spaces at its ends."""
    lead, tail = (" " if text[:1] == " " else ""), (" " if text[-1:] == " " and text.strip() else "")
    return f"{lead}{prose(text, style.symbols)}{tail}"


def _paragraph(node: Paragraph, style: Style) -> str:
    label = rf"\lemmatalabel{{{escaped(node.label.capitalize())}}}" if node.label else ""
    if node.latex:
        text = f"${_displayed(node.latex)}$"
    elif node.cites:
        text = ", ".join(cited(source, style.keys) for source in node.cites)
    elif node.verbatim:
        text = rf"\texttt{{{escaped(node.text)}}}"
    elif node.literal:
        text = escaped(node.text)
    else:
        text = _worded(node.text, style)
    return rf"{{\lemmatalines {label}{text}\par}}"


def cited(source: str, keys: frozenset[str]) -> Latex:
    r"""A source as ``\cite``, where there is a bibliography that has its key; its name elsewhere."""
    key, _, rest = source.partition(" ")
    return (
        Latex(rf"\cite{{{key}}}" + (f" {escaped(rest)}" if rest else "")) if key in keys else escaped(source)
    )


def _items(table: Table, style: Style) -> str:
    """Each row an item: what is before the growing column its label, what is after it at the right margin."""
    grow = next(k for k, column in enumerate(table.columns) if column.grow)
    widest = max((str(row.cells[0]) for row in table.rows), key=len, default="") if grow else ""
    ends = ["" for _ in table.rows[1:]] + [style.ending]
    items = "\n".join(_item(row, table, grow, style, end) for row, end in zip(table.rows, ends, strict=True))
    return f"\\begin{{lemmataitems}}{{{escaped(widest)}}}\n{items}\n\\end{{lemmataitems}}"


def _item(row: Row, table: Table, grow: int, style: Style, end: str) -> str:
    label = " ".join(map(escaped, row.cells[:grow]))
    after = zip(table.columns[grow + 1 :], row.cells[grow + 1 :], strict=True)
    aside = r"\enspace ".join(
        _titled(column.title, inline(cell, style)) for column, cell in after if cell not in ("", "-")
    )
    return rf"\item[{{{label}}}] {inline(row.cells[grow], style)}\lemmataaside{{{aside}}}{_below(row.note, style, end)}"


def _below(note: Cell, style: Style, end: str) -> str:
    """A note on a line of its own: a formula in full size, a reason small."""
    if not note and not end:
        return ""
    shown = inline(note, style) + end
    below = f"{shown}\\par" if isinstance(note, Mathematics) else f"{{\\footnotesize {shown}\\par}}"
    return f"\\nobreak\n{below}"


def _titled(title: str, text: str) -> str:
    return f"uses {text}" if title == "uses" else text


def inline(cell: Cell, style: Style) -> str:
    """A cell, or a node of the same kind, in a line of text."""
    match cell:
        case str() if cell in style.named:
            return rf"{escaped(cell)}\lemmataref{{lemmata:{cell}}}"
        case str():
            return _worded(cell, style)
        case Mathematics(plain, latex, words):
            return (
                f"{escaped(words)}{' ' if words else ''}${_displayed(latex)}$"
                if latex
                else _worded(plain, style)
            )
        case Mark(word, tone, text):
            tail = rf"\ {_worded(text, style)}" if text else ""
            return rf"\lemmata{BADGES[tone]}{{{escaped(word)}}}{tail}" if word else _worded(text, style)
    assert_never(cell)


def _displayed(latex: str) -> str:
    """A formula with fractions of full size; quantifiers at its start in the text's own."""
    return (
        rf"\displaystyle {breakable(latex)}" if re.search(r"\\(frac|sum|prod)", latex) else breakable(latex)
    )


def theorem_nodes(
    document: Document, statement: str, steps: str
) -> tuple[list[Node], list[Node], list[Node]]:
    """The nodes of the statement, the proof, and the rest.

    ``statement`` and ``steps`` are the titles of the tables that end the first and are the second.
    """
    nodes = list(document.nodes)
    titles = [node.title if isinstance(node, Table) else None for node in nodes]
    end = titles.index(statement) + 1 if statement in titles else 0
    return nodes[:end], *_split(nodes[end:], titles[end:], steps)


def _split(nodes: list[Node], titles: list[str | None], steps: str) -> tuple[list[Node], list[Node]]:
    count = titles.index(steps) + 1 if steps in titles else 0
    return nodes[:count], nodes[count:]
