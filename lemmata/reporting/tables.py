"""Laying out a table: one column grows, long formulas break at their outermost operator, nothing is cut off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from lemmata.reporting.lines import Line, Span, place
from lemmata.reporting.nodes import Cell, Column, Mark, Mathematics, Table, TableRow
from lemmata.reporting.wrapping import wrap

INDENT, GAP, HANG, JOIN = 2, 2, 4, 3
WIDEST, NARROWEST = 34, 24


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the columns of a table are, which of them grows, and where a line ends."""

    offsets: tuple[int, ...]
    widths: tuple[int, ...]
    grow: int
    end: int


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines of one style that start at a column, ``top`` lines below the top of their row."""

    column: int
    lines: tuple[str, ...]
    style: str
    top: int = 0

    def at(self, height: int) -> tuple[int, Span]:
        inside = 0 <= height - self.top < len(self.lines)
        return self.column, Span(self.lines[height - self.top] if inside else "", self.style)


def table_lines(table: Table, width: int) -> list[Line]:
    """The header and the rows of a table in at most ``width`` columns."""
    table = _folded(table)
    grid = _grid(table, width)
    found = _header(table, grid)
    for row in table.rows:
        blocks = _cells(row, table, grid)
        if row.note:
            blocks.append(_note(row, blocks, grid))
        height = max(block.top + len(block.lines) for block in blocks)
        found += [place(*sorted(block.at(h) for block in blocks)) for h in range(height)]
    return found


def _folded(table: Table) -> Table:
    """Columns of a page become part of the note: there is no room for them in a text."""
    if not any(column.only == "page" for column in table.columns):
        return table
    kept = [k for k, column in enumerate(table.columns) if column.only != "page"]
    columns = tuple(table.columns[k] for k in kept)
    return Table(
        table.title, columns, tuple(_row(row, table.columns, kept) for row in table.rows), table.items
    )


def _row(row: TableRow, columns: tuple[Column, ...], kept: list[int]) -> TableRow:
    aside = [
        f"{column.title} {_text(cell)}"
        for column, cell in zip(columns, row.cells, strict=True)
        if column.only == "page" and _text(cell)
    ]
    return TableRow(tuple(row.cells[k] for k in kept), "; ".join(filter(None, (_text(row.note), *aside))))


def _grid(table: Table, width: int) -> _Grid:
    grow = next(k for k, column in enumerate(table.columns) if column.grow)
    widths = [
        min(max([len(c.title), *(len(_text(row.cells[k])) for row in table.rows)]), WIDEST)
        for k, c in enumerate(table.columns)
    ]
    room = width - INDENT - GAP * (len(widths) - 1) - sum(widths) + widths[grow]
    wished = max([len(table.columns[grow].title), *(_wished(row, grow) for row in table.rows)])
    widths[grow] = min(wished, max(NARROWEST, room))
    offsets = tuple(INDENT + sum(widths[:k]) + GAP * k for k in range(len(widths)))
    return _Grid(offsets, tuple(widths), grow, width)


def _wished(row: TableRow, grow: int) -> int:
    """The width in which the growing cell and its note stand on one line."""
    return len(_text(row.cells[grow])) + (JOIN + len(_text(row.note)) if row.note else 0)


def _header(table: Table, grid: _Grid) -> list[Line]:
    justified = [_justified(c.title, k, table, grid) for k, c in enumerate(table.columns)]
    titles = [
        (offset, Span(title, "label"))
        for offset, title in zip(grid.offsets, justified, strict=True)
        if title.strip()
    ]
    if table.title and titles and titles[0][0] <= len(table.title):
        return [[Span(table.title, "label")], place(*titles)]
    header = place((0, Span(table.title, "label")), *titles)
    return [header] if header else []


def _justified(text: str, k: int, table: Table, grid: _Grid) -> str:
    return text.rjust(grid.widths[k]) if table.columns[k].align == "right" else text


def _cells(row: TableRow, table: Table, grid: _Grid) -> list[_Block]:
    """A block for each cell. Below its first line the growing one may use the whole line if it is alone there."""
    fits = [len(_text(cell)) <= width for cell, width in zip(row.cells, grid.widths, strict=True)]
    alone = all(fit for k, fit in enumerate(fits) if k != grid.grow)
    blocks: list[_Block] = []
    for k, cell in enumerate(row.cells):
        rest = grid.end - grid.offsets[k] if alone and k == grid.grow else grid.widths[k]
        broken = _broken(cell, grid.widths[k], rest)
        lines = tuple(_justified(line, k, table, grid) for line in broken)
        blocks.append(_Block(grid.offsets[k], lines, _style(cell)))
    return blocks


def _note(row: TableRow, blocks: list[_Block], grid: _Grid) -> _Block:
    """The note on the line of its cell if there is room for both, otherwise below the row."""
    style = _style(row.note) or "note"
    start = grid.offsets[grid.grow]
    if _wished(row, grid.grow) <= grid.widths[grid.grow]:
        return _Block(start + len(_text(row.cells[grid.grow])) + JOIN, (_text(row.note),), style)
    room = grid.end - start - GAP
    below = max(len(block.lines) for block in blocks)
    return _Block(start + GAP, _broken(row.note, room, room), style, below)


def _broken(cell: Cell, first: int, rest: int) -> tuple[str, ...]:
    """The text of a cell as lines, all but the first indented where the cell is a formula."""
    formula = isinstance(cell, Mathematics)
    indent = HANG if formula else 0
    head, *more = wrap(_text(cell), first, rest - indent, formula)
    return (head, *(" " * indent + line for line in more))


def _text(cell: Cell) -> str:
    match cell:
        case str():
            return cell
        case Mathematics(plain):
            return plain
        case Mark(word, _, text):
            return f"{word} {text}" if text else word
    assert_never(cell)


def _style(cell: Cell) -> str:
    return cell.tone if isinstance(cell, Mark) else "math" if isinstance(cell, Mathematics) else ""
