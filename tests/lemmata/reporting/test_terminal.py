from __future__ import annotations

import re

import pytest

from lemmata.model import Report
from lemmata.reporting import Document, render, theorem
from lemmata.reporting.nodes import Column, Figure, Heading, Mathematics, Paragraph, Table, TableRow

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def test_colour_changes_no_character(report: Report) -> None:
    plain, painted = render(theorem(report)), render(theorem(report), colour=True)
    assert "\x1b" not in plain
    assert ESCAPE.search(painted)
    stripped = "\n".join(line.rstrip() for line in ESCAPE.sub("", painted).splitlines())
    assert stripped == plain


@pytest.mark.parametrize("width", [60, 80, 100])
def test_no_line_is_wider_than_the_terminal(report: Report, width: int) -> None:
    lines = render(theorem(report), width=width).splitlines()
    wide = [line for line in lines if len(line) > width]
    # the numbers of a table stay on one line, however narrow the terminal
    assert all("consistent" in line or "second moment" in line or "would have seen" in line for line in wide)
    assert width < 100 or not wide


def test_text_with_markup_characters_is_printed_as_it_is() -> None:
    text = "[bold]x[/bold] :smile: [e[i] = 1]"
    document = Document((Heading(text), Paragraph(text, "NOTE"), Mathematics(text)))
    assert ESCAPE.sub("", render(document, colour=True)).count(text) == 3


def test_verbatim_text_is_never_broken() -> None:
    command = "python cli.py verify " + "-p name=value " * 20
    assert command in render(Document((Paragraph(command, "REPRODUCE", verbatim=True),))) + " "


def test_a_note_stands_beside_its_cell_if_there_is_room_and_below_otherwise() -> None:
    columns = (Column(grow=True), Column("status"))
    rows = (TableRow(("short", "yes"), "a note"), TableRow(("x" * 60, "no"), "another note " * 4))
    lines = render(Document((Table("TITLE", columns, rows),)), width=80).splitlines()
    assert lines[1].split() == ["short", "a", "note", "yes"]
    assert lines[2].split() == ["x" * 60, "no"]
    assert lines[3].strip().startswith("another note")


def test_a_figure_shows_its_caption() -> None:
    assert "a graph" in render(Document((Figure("a graph", "<svg/>"),)))
