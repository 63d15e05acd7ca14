"""All results at a glance: a line for each theorem, and how everything is known."""

from __future__ import annotations

from collections.abc import Container, Iterable

from lemmata.model import Report
from lemmata.reporting.nodes import Column, Document, Mark, Paragraph, Table, TableRow
from lemmata.reporting.phrases import GROW, marked
from lemmata.reporting.proofs import TIERS, weakest
from lemmata.reporting.verdicts import caught, headline, proved, seen

OLDER = "(older than its files)"
NOTHING = "There are no results here."


def summary(reports: Iterable[Report], stale: Container[Report] = ()) -> Document:
    """The verdict on every theorem, and in words what it rests on; ``stale`` are those older than their files."""
    columns = (GROW, Column("verdict"), Column("proof"), Column("numbers"), Column("variants"))
    rows = tuple(_line(report, OLDER if report in stale else "") for report in reports)
    return Document((Table("SUMMARY", columns, rows) if rows else Paragraph(NOTHING),))


def _line(report: Report, older: str) -> TableRow:
    words = ("; ".join(said(report)) for said in (proved, seen, caught))
    return TableRow((report.id, marked(headline(report), older), *words))


def ledger(reports: Iterable[Report], stale: Container[Report] = ()) -> Document:
    """The steps of every proof by how they are known, and the weakest kind; what is cited or assumed, by name."""
    proofs = [
        (report.id, report.proof, OLDER if report in stale else "") for report in reports if report.proof
    ]
    present = {tier for _, proof, _ in proofs for tier, steps in proof.ledger.items() if steps}
    tiers = [tier for tier in TIERS if tier in present]
    columns = (
        GROW,
        *(Column(tier, "right") for tier in tiers),
        Column("weakest"),
        Column("cited or assumed"),
    )
    rows = tuple(
        TableRow(
            (
                name,
                *(str(proof.ledger.get(tier, 0)) for tier in tiers),
                Mark(weakest(proof.ledger), text=older),
                ", ".join((*proof.theories, *proof.citations, *proof.assumptions)) or "nothing",
            )
        )
        for name, proof, older in proofs
    )
    return Document((Table("LEDGER", columns, rows) if rows else Paragraph(NOTHING),))
