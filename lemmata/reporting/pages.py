"""The pages of the catalogue: what a theorem says, the list of all, a closed form, the errata."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lemmata.model import Description, ErratumReport, Evaluation, Listing, MutationReport
from lemmata.reporting import statements
from lemmata.reporting.formulas import Page
from lemmata.reporting.nodes import Column, Document, Heading, Mark, Node, Paragraph, Table, TableRow
from lemmata.reporting.overview import OLDER
from lemmata.reporting.phrases import GROW, labelled, marked, part_row, preamble, summary

Finding = tuple[str, str | None, str]
"""What was looked for, what was found (None: nothing usable), and what there is to say about it."""


def description(described: Description) -> Document:
    """What a theorem says and how to ask about it, before anything is run."""
    page = Page(statements.symbols(part.statement for part in described.parts), {})
    parts = tuple(part_row(part, page) for part in described.parts)
    parameters = [(f"-p {p.name}={p.default}", f"{p.type}  {p.doc}".rstrip()) for p in described.parameters]
    return Document(
        (
            Heading(f"THEOREM {described.id}", Mark(f"({described.theme})")),
            Paragraph(described.title),
            *preamble(described.setting, page, described.readings),
            Table("STATEMENT", (Column(), GROW), parts),
            *_pairs("PARAMETERS", parameters),
            *_pairs("QUANTITIES", [(q.signature, q.doc) for q in described.quantities]),
            *_pairs("FALSE VARIANTS", described.variants.items()),
            *labelled("SOURCES", ", ".join(described.references)),
        )
    )


def _pairs(title: str, pairs: Iterable[tuple[str, str]]) -> list[Node]:
    rows = tuple(TableRow(pair) for pair in pairs)
    return [Table(title, (Column(), GROW), rows)] if rows else []


def listing(entries: Iterable[Listing]) -> Document:
    """Every theorem on one line."""
    columns = (Column("id"), Column("theme"), Column("title", grow=True), Column("last run"))
    rows = tuple(
        TableRow((e.id, e.theme, e.title, marked(e.status, OLDER if e.stale else ""))) for e in entries
    )
    return Document((Table("", columns, rows) if rows else Paragraph("There are no theorems here."),))


def evaluation(found: Evaluation) -> Document:
    """``NAME = EXACT = DECIMAL``, on one line so that it can be copied."""
    text = " = ".join(filter(None, (found.name, found.exact, found.decimal)))
    return Document((Paragraph(text, verbatim=True),))


def errata(found: Iterable[ErratumReport]) -> Document:
    """Where the sources are wrong: what is printed, what refutes it, what is true instead; then all at a glance."""
    errata = tuple(found)
    if not errata:
        return Document((Paragraph("No source is known to be wrong here."),))
    details = [node for erratum in errata for node in _erratum(erratum)]
    columns = (Column("id", grow=True), Column("grade"), Column("witness"), Column("correction"))
    rows = tuple(
        TableRow((e.id, e.grade, _refutation(e), marked(e.status, f"{e.theorem} ({e.part})"))) for e in errata
    )
    upheld = all(e.upheld for e in errata)
    words = summary(("upheld" if e.upheld else "not upheld" for e in errata), "erratum", "errata")
    ending = Mark("UPHELD" if upheld else "NOT UPHELD", "good" if upheld else "bad", words)
    return Document((*details, Table("ERRATA", columns, rows), ending))


def _erratum(erratum: ErratumReport) -> list[Node]:
    return [
        Heading(f"{erratum.id}  {erratum.source}", Mark(erratum.grade), level=2),
        *labelled("PRINTED", erratum.printed),
        *labelled("WITNESS", erratum.witness or ""),
        *labelled("CORRECTED", erratum.corrected),
        *labelled("THEOREM", f"{erratum.theorem}, part ({erratum.part})"),
    ]


def _refutation(erratum: ErratumReport) -> Mark:
    if erratum.refuted is None:
        return Mark("none")
    return Mark("refutes", "good") if erratum.refuted else Mark("refutes nothing", "bad")


def mutation(report: MutationReport) -> Document:
    """The checker's score: mutants by kind and fate, robbed certificates, and rules broken on purpose."""
    fates = list(next(iter(report.counts.values()), {}))
    rows = [
        TableRow((kind, *(str(counts[fate]) for fate in fates))) for kind, counts in report.counts.items()
    ]
    whole = [str(sum(counts[fate] for counts in report.counts.values())) for fate in fates]
    right = tuple(Column(fate, "right") for fate in fates)
    controls = tuple(TableRow((name, f"{share:.1%}")) for name, share in report.controls.items())
    sound = not report.accepted and not report.missed
    robbed = report.dropped + len(report.missed)
    words = f"{robbed} certificates with something left out, {report.dropped} refused"
    return Document(
        (
            Heading(f"MUTANTS of {report.id}"),
            Paragraph(
                f"{sum(map(int, whole)):,} of {report.made:,} claims that differ in one place were judged."
            ),
            Table("", (GROW, *right), (*rows, TableRow(("all", *whole)))),
            *(n for step, claim in report.accepted for n in labelled("ACCEPTED", f"step {step!r}: {claim}")),
            *(n for what in report.missed for n in labelled("UNNOTICED", what)),
            Table("FALSE MUTANTS REFUSED BY A RULE THAT", (GROW, Column("", "right")), controls),
            Mark(
                "SOUND" if sound else "UNSOUND", "good" if sound else "bad", f"{words}; {report.seconds:.0f}s"
            ),
        )
    )


def diagnosis(found: Mapping[str, Iterable[Finding]]) -> Document:
    """What is installed and usable, section by section."""
    return Document(tuple(_section(name, rows) for name, rows in found.items()))


def _section(name: str, findings: Iterable[Finding]) -> Table:
    columns = (Column(), Column(), GROW)
    rows = ((what, Mark("no", "open") if seen is None else seen, text) for what, seen, text in findings)
    return Table(name.upper(), columns, tuple(map(TableRow, rows)))
