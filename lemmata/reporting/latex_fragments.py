r"""Files of LaTeX that a paper reads with ``\input``: one for each theorem, and those about all of them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from lemmata.model import ErratumReport, Report
from lemmata.reporting import overview, pages
from lemmata.reporting.document import STATEMENT, STEPS, theorem
from lemmata.reporting.latex import Style, render, theorem_nodes
from lemmata.reporting.latex_line import names as names_in
from lemmata.reporting.latex_text import Latex, escaped, prose
from lemmata.reporting.nodes import Document, Heading, Mark, Node, Table
from lemmata.reporting.verdicts import error_level

SHORT = 12
"""Digits of a hash that are printed."""
RESERVED = ("summary", "ledger", "errata", "verified", "all")
"""Names of the files about all theorems."""
# What the time of a run changes is no part of a result.
_UNSTABLE = ("time",)


def names(found: Sequence[tuple[str, str]]) -> list[str]:
    """A name for the file and the labels of each of the pairs (id, unique name): the id where it is unique."""
    ids = [name for name, _ in found] + list(RESERVED)
    unique = (name if ids.count(name) == 1 else other for name, other in found)
    return [re.sub(r"[^A-Za-z0-9.-]", "-", name) for name in unique]


def fragment(report: Report, name: str, style: Style) -> str:
    """A theorem with its proof, its numbers and its variants. The same result gives the same text."""
    document = theorem(_steady(report), details=True)
    style = replace(
        style, symbols={**_read(report), **document.symbols}, label=f"lemmata:{name}", about=f"of {report.id}"
    )
    statement, steps, rest = theorem_nodes(document, STATEMENT, STEPS)
    closed = bool(steps) and _closed(statement)
    return _filled(
        "theorem.tex",
        style,
        id=name,
        claims=_hash(report),
        title=prose(report.title.removesuffix("."), document.symbols),
        statement=render(_headed(statement), style),
        closed=closed,
        proof=render(steps, replace(style, ending=r"\qedhere" if closed else "")),
        rest=render(rest, style),
    )


def _read(report: Report) -> dict[str, str]:
    """The defined functions that a reading explains: they are symbols of the page, without a sort to declare."""
    return {name: "" for key in report.readings for name, applied in names_in(key) if applied}


def _steady(report: Report) -> Report:
    kept = {key: value for key, value in report.provenance.items() if key not in _UNSTABLE}
    return replace(report, seconds=0.0, provenance=kept)


def _headed(nodes: list[Node]) -> list[Node]:
    """Without the heading's own words, which the theorem's heading says, but with its verdict."""
    heading = next((node for node in nodes if isinstance(node, Heading)), None)
    rest: list[Node] = [node for node in nodes[2:] if not isinstance(node, Heading)]
    return [heading.mark, *rest] if heading and heading.mark else rest


def _closed(nodes: list[Node]) -> bool:
    """Whether every part with a claim is known: only then is there a proof to end."""
    rows = [row for node in nodes if isinstance(node, Table) for row in node.rows]
    marks = [
        cell for row in rows for cell in row.cells if isinstance(cell, Mark) and cell.word != "empirical"
    ]
    return bool(marks) and all(mark.tone == "good" for mark in marks)


def summary(reports: Sequence[Report], style: Style, stale: Container[Report] = ()) -> str:
    """One line for each theorem, with a reference to it where the document has it."""
    return page(overview.summary(reports, stale), _about_all(reports, style))


def ledger(reports: Sequence[Report], style: Style, stale: Container[Report] = ()) -> str:
    """How everything is known: the steps of each theorem by tier, and what is cited or assumed."""
    return page(overview.ledger(reports, stale), _about_all(reports, style))


def _about_all(reports: Sequence[Report], style: Style) -> Style:
    named = frozenset(report.id for report in reports)
    return replace(style, label="lemmata:all", about="of all theorems", named=named)


def errata(found: Iterable[ErratumReport], style: Style) -> str:
    """Where the sources are wrong."""
    return page(pages.errata(found), replace(style, label="lemmata:all", about="of the sources"))


def page(document: Document, style: Style) -> str:
    """A document of its own."""
    style = replace(style, symbols=document.symbols)
    return _filled("page.tex", style, body=render(document.nodes, style))


def everything(found: Iterable[str]) -> str:
    """All fragments in their order."""
    return _filled("all.tex", Style(), names=list(found))


def verified(reports: Mapping[str, Report], stale: frozenset[str]) -> str:
    r"""The macro ``\verified`` for every recorded result; ``stale`` are those older than their files."""
    entries = [
        {
            "id": Latex(name),
            "hash": _hash(report),
            "status": report.verdict,
            "note": _note(report, name in stale),
        }
        for name, report in reports.items()
    ]
    return _filled("verified.tex", Style(), entries=entries)


def _hash(report: Report) -> Latex:
    return Latex(re.sub(r"[^0-9a-z]", "", str(report.provenance.get("claims", ""))))


def _note(report: Report, stale: bool) -> Latex:
    """Status, error level and short hash."""
    words = [report.verdict + (f" {overview.OLDER}" if stale else ""), *error_level(report)]
    return Latex(", ".join(prose(word, {}) for word in words) + rf", \texttt{{{_hash(report)[:SHORT]}}}")


def _filled(name: str, style: Style, **values: Any) -> str:
    found = (
        _environment().get_template(name).render(siunitx=style.siunitx, longtable=style.longtable, **values)
    )
    return "\n".join(line.rstrip() for line in found.splitlines()) + "\n"


@cache
def _environment() -> Any:
    """Every value is escaped unless it is LaTeX already."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("lemmata.reporting"),
        undefined=StrictUndefined,
        finalize=escaped,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
    )
