"""Tables of LaTeX: booktabs, columns as wide as their texts need, numbers as they are set in mathematics."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from lemmata.reporting.latex_text import Latex, escaped
from lemmata.reporting.nodes import Cell, Mark, Mathematics, Table, TableRow

if TYPE_CHECKING:
    from lemmata.reporting.latex import Style

Inline = Callable[[Cell, "Style"], str]
MOST_ROWS = 34
"""A table that may not break over pages is cut into tables of so many rows."""
ROOM, NARROW, GAP = 84, 14, 2
"""About how many letters stand in a line of a table, in a column that is never broken, and between two columns."""
_NUMBER = re.compile(
    r"\(?(?P<value>-?[\d,]+(?:\.\d+)?)(?: \+- (?P<half>[\d.]+)\)?)?(?:e(?P<power>[+-]?\d+))?"
)


def tabular(table: Table, style: Style, inline: Inline) -> str:
    """The table as one float, as several if it is too long for a page, or as a longtable."""
    columns = [k for k, column in enumerate(table.columns) if column.only != "text"]
    specs = _specs(table, columns, style.named)
    layout = "".join(specs.values())
    head = " & ".join(rf"\textbf{{{escaped(table.columns[k].title)}}}" for k in columns)
    rows = [_row(row, table, specs, style, inline) for row in table.rows]
    caption = rf"\caption{{{escaped(f'{table.title.capitalize()} {style.about}'.strip())}}}"
    label = rf"\label{{{style.label}:{_slug(table.title)}}}"
    if style.longtable:
        return _long(layout, head, rows, caption + label)
    parts = [rows[k : k + MOST_ROWS] for k in range(0, len(rows), MOST_ROWS)] or [[]]
    floats = [_float(layout, head, part, caption + (label if k == 0 else "")) for k, part in enumerate(parts)]
    return "\n".join(floats)


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "table"


def _float(layout: str, head: str, rows: list[str], caption: str) -> str:
    body = "\n".join(rows)
    return (
        f"\\begin{{\\lemmatatable}}[htbp]\\centering{caption}\\par\\vspace{{4pt}}\n\\lemmatafit{{\\begin{{tabular}}{{{layout}}}\n"
        f"\\toprule\n{head} \\\\\n\\midrule\n{body}\n\\bottomrule\n\\end{{tabular}}}}\n\\end{{\\lemmatatable}}"
    )


def _long(layout: str, head: str, rows: list[str], caption: str) -> str:
    body = "\n".join(rows)
    return (
        f"{{\\scriptsize\\setlength{{\\tabcolsep}}{{2pt}}\\begin{{longtable}}{{{layout}}}\n{caption}\\\\\n\\toprule\n"
        f"{head} \\\\\n\\midrule\\endfirsthead\n\\toprule\n"
        f"{head} \\\\\n\\midrule\\endhead\n\\bottomrule\\endfoot\n{body}\n\\end{{longtable}}}}"
    )


def _specs(table: Table, columns: list[int], named: frozenset[str]) -> dict[int, str]:
    """Each column's letter for ``tabular``: as wide as it is, or broken where the widest have to give way."""
    widths = {k: max([len(table.columns[k].title), *_widths(table, k, named)]) for k in columns}
    right = {k for k in columns if table.columns[k].align == "right"}
    room = ROOM - GAP * len(columns) - sum(widths[k] for k in right)
    left = [widths[k] for k in columns if k not in right]
    most = next((cap for cap in range(ROOM, NARROW, -1) if sum(min(w, cap) for w in left) <= room), NARROW)
    share = rf"p{{{most / ROOM:.2f}\linewidth}}"
    return {k: "r" if k in right else share if widths[k] > most else "l" for k in columns}


def _widths(table: Table, k: int, named: frozenset[str]) -> Iterator[int]:
    """About how many letters wide each cell of a column is, and each note of the growing one."""
    for row in table.rows:
        cell = row.cells[k]
        yield len(_text(cell)) + (len(" (Theorem 10)") if cell in named else 0)
        if table.columns[k].grow:
            yield len(_text(row.note)) + 2


def _text(cell: Cell) -> str:
    match cell:
        case str():
            return cell
        case Mathematics(plain):
            return plain
        case Mark(word, _, text):
            return f"{word} {text}".strip()


def _row(row: TableRow, table: Table, columns: dict[int, str], style: Style, inline: Inline) -> str:
    """A line of the table and, below its growing cell, its note."""
    cells = [_cell(row.cells[k], spec, style, inline) for k, spec in columns.items()]
    line = " & ".join(cells) + r" \\"
    if not row.note:
        return line
    grow = next(place for place, k in enumerate(columns) if table.columns[k].grow)
    note = _cell(row.note, list(columns.values())[grow], style, inline)
    return f"{line}\n{'& ' * grow}\\quad {note} \\\\"


def _cell(cell: Cell, spec: str, style: Style, inline: Inline) -> str:
    if spec == "r" and isinstance(cell, str):
        return number(cell, style.siunitx)
    shown = _word(cell, style, inline) if isinstance(cell, Mark) else inline(cell, style)
    return rf"\lemmatacell {shown}" if spec.startswith("p") else shown


def _word(mark: Mark, style: Style, inline: Inline) -> str:
    """A verdict in a table: bad news is bold, what is open slanted."""
    command = {"bad": r"\textbf", "open": r"\textit"}.get(mark.tone, "")
    return f"{command}{{{escaped(mark.word)}}} {inline(mark.text, style)}".strip()


def number(text: str, siunitx: bool = False) -> Latex:
    r"""A number with its uncertainty and power of ten; with ``siunitx`` as ``\num``. Other text is escaped."""
    match = _NUMBER.fullmatch(text)
    if not match:
        return Latex(r"$\infty$" if text == "inf" else r"$-\infty$" if text == "-inf" else escaped(text))
    value, half, power = match["value"], match["half"], match["power"]
    if siunitx:
        plain = value.replace(",", "") + (f" +- {half}" if half else "")
        return Latex(rf"\num{{{plain}{f'e{int(power)}' if power else ''}}}")
    shown = value.replace(",", "{,}") + (rf" \pm {half}" if half else "")
    if not power:
        return Latex(f"${shown}$")
    return Latex(rf"${f'({shown})' if half else shown} \cdot 10^{{{int(power)}}}$")
