"""From a report to the nodes of a document: statement, proof, numbers, variants and verdict in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from lemmata.model import Evidence, PartReport, ProofReport, Recheck, Report, StepReport, VariantReport
from lemmata.reporting import formulas, numbers, statements
from lemmata.reporting.formulas import Page
from lemmata.reporting.nodes import (
    Column,
    Document,
    Heading,
    Mark,
    Mathematics,
    Node,
    Paragraph,
    Table,
    TableRow,
    Tone,
)
from lemmata.reporting.phrases import (
    GROW,
    TONES,
    labelled,
    marked,
    part_row,
    preamble,
)
from lemmata.reporting.proofs import STRONG, Shown, shown, weakest
from lemmata.reporting.verdicts import caught, headline, joint, outcome, parts_known, proved, seen

STATEMENT, STEPS = "STATEMENT", "STEPS"
"""The titles of the tables that are the theorem and its proof."""


def theorem(report: Report, *, verbose: bool = False, details: bool = False) -> Document:
    """The whole report; a half that was not run is left out.

    ``details`` adds readings, tiers, tolerances, sources and provenance; ``verbose`` every kernel step as well.
    """
    details = details or verbose
    page = _page(report, verbose)
    stated = _stated(report, page)
    later = page.common.keys() - stated
    nodes = [*_title(report), *preamble(report.setting, page, report.readings if details else {}, later)]
    steps = shown(report.proof, verbose) if report.proof else None
    if report.proof and steps:
        nodes += _proof(report.proof, steps, page, stated, details)
    if report.numerics:
        nodes.append(_numbers("NUMBERS", report.numerics.evidence, details))
    if report.variants:
        nodes.append(_variants(report.variants, steps))
    for note in report.notes:
        nodes += labelled("NOTE", note)
    if details:
        nodes += _sources(report)
    return Document((*nodes, *_ending(report)), page.common)


def _sources(report: Report) -> list[Node]:
    cited = [Paragraph(", ".join(report.references), "SOURCES", cites=report.references)]
    run = "; ".join(f"{key} {value}" for key, value in report.provenance.items() if value != "")
    return [*(cited if report.references else []), *([Paragraph(run, "RUN", literal=True)] if run else [])]


def variants(report: Report) -> Document:
    """The false variants alone: each with its statement, its witness and the rows that refute it."""
    page = _page(report)
    nodes = [Heading(f"FALSE VARIANTS of {report.id}"), *preamble("", page, report.readings)]
    steps = {step.id: step.statement for step in report.proof.steps} if report.proof else {}
    for variant in report.variants:
        nodes += [
            Heading(variant.name, joint(variant), level=2),
            *labelled("CHANGES", variant.changes),
            *labelled("CLAIM", statements.shortened(variant.statement, page.common)),
            *labelled("REFUSED AT", statements.shortened(steps.get(variant.step, variant.step), page.common)),
            *labelled("FALSE AT", variant.witness),
        ]
        if variant.evidence:
            nodes.append(_numbers("NUMBERS", variant.evidence))
    return Document((*nodes, *_command(report)))


def brief(report: Report) -> Document:
    """One line: the id and the verdict."""
    return Document((Mark(report.id, text=headline(report)),))


def _stated(report: Report, page: Page) -> Set[str]:
    """The symbols of the statement: those of the steps alone are declared above the steps."""
    parts = report.proof.parts if report.proof else ()
    return statements.symbols(part.statement for part in parts).keys() if parts else page.common.keys()


def _page(report: Report, verbose: bool = False) -> Page:
    """The symbols of what is on the page: a hidden step has no say in them."""
    proof = report.proof
    parts = [part.statement for part in proof.parts] if proof else []
    steps = [step.statement for step in shown(proof, verbose).steps] if proof else []
    found = (*parts, *steps, *(variant.statement for variant in report.variants))
    return Page(statements.symbols(found), proof.memberships if proof else {})


def _title(report: Report) -> list[Node]:
    parts = f"({parts_known(report.proof)})" if report.proof else ""
    return [Heading(f"THEOREM {report.id}", marked(headline(report), parts)), Paragraph(report.title)]


def _proof(proof: ProofReport, steps: Shown, page: Page, stated: Set[str], details: bool) -> list[Node]:
    parts = [part_row(part, page, marked(part.status, _modulo(part.citations))) for part in proof.parts]
    return [
        Table(STATEMENT, (Column(), GROW, Column("status")), tuple(parts), items=True),
        *page.declaration("IN STEPS", but=stated),
        *_steps(steps, proof, page, details),
        *labelled("LEDGER", _ledger(proof)),
        *labelled("SECOND", _second(proof.recheck)),
        *labelled("NOT USED", ", ".join(f"step {steps.number(step)}" for step in proof.unused)),
        *(node for text in _failures(proof) for node in labelled("FAILED", text)),
    ]


def _failures(proof: ProofReport) -> list[str]:
    """Every failure once, with the parts that fail by it; that of the proof is often theirs."""
    labels: dict[str, list[str]] = {}
    for part in proof.parts:
        if part.failure:
            labels.setdefault(part.failure, []).append(f"({part.label})")
    found = [f"{', '.join(parts)} {failure}" for failure, parts in labels.items()]
    return found if proof.failure in labels else [*found, proof.failure]


def _modulo(citations: Sequence[str]) -> str:
    return f"({', '.join(citations)})" if citations else ""


def _steps(steps: Shown, proof: ProofReport, page: Page, details: bool) -> list[Node]:
    columns = (Column(align="right"), GROW, Column("checked"), Column("uses"))
    rows = tuple(_step(step, steps, proof.parts, page, details) for step in steps.steps)
    return [Table(STEPS, columns, rows, items=True)] if rows else []


def _step(step: StepReport, steps: Shown, parts: Sequence[PartReport], page: Page, details: bool) -> TableRow:
    formula = _under_a_part(page.formula(step.statement, step.latex), parts, page)
    stated = next(
        (f"({part.label}) as stated above" for part in parts if part.statement == step.statement), ""
    )
    because = f"because: {step.because}" if step.because else ""
    tone: Tone = "good" if step.tier in STRONG else "open"
    checked = Mark(step.tier, tone, f"({step.rule})") if details else step.rule
    return TableRow((steps.number(step.id), stated or formula, checked, steps.uses(step)), because)


def _under_a_part(formula: Mathematics, parts: Sequence[PartReport], page: Page) -> Mathematics:
    """Long hypotheses that a part states already are named after it."""
    given, conclusion = statements.conditional(formula.plain)
    if not any(hypothesis.startswith("(") for hypothesis in given):
        return formula
    for part in parts:
        known, _ = statements.conditional(statements.shortened(part.statement, page.common))
        if set(given) <= set(known):
            words = f"as in ({part.label}): "
            return Mathematics(f"{words}{conclusion}", formulas.conclusion(formula.latex), words)
    return formula


def _ledger(proof: ProofReport) -> str:
    tiers = ", ".join(f"{tier} {steps}" for tier, steps in proof.ledger.items() if steps)
    named = (("theories", proof.theories), ("cited", proof.citations), ("assumed", proof.assumptions))
    rest = "; ".join(f"{name}: {', '.join(found) or 'none'}" for name, found in named)
    return f"{tiers or 'no steps'}; weakest: {weakest(proof.ledger)}; {rest}"


def _second(recheck: Recheck | None) -> str:
    """What the second engine says; nothing where it was not asked."""
    if recheck is None:
        return ""
    agree = recheck.identities - len(recheck.failed)
    skipped = f"; without a value there: {'; '.join(recheck.skipped)}" if recheck.skipped else ""
    return (
        f"{agree} of {recheck.identities} identities hold at random points modulo the prime {recheck.prime}; a false "
        f"one would have passed with probability at most {numbers.bound(recheck.error)}{skipped}"
    )


def _numbers(title: str, rows: Iterable[Evidence], details: bool = False) -> Table:
    """With ``details`` both parts of what would have been seen: a page has room for them, not for their sum."""
    left = (GROW, Column("predicted", "right"), Column("measured", "right"), Column("n", "right"))
    parts = (Column("tolerance", "right", only="page"), Column("detectable", "right", only="page"))
    seen = Column("would have seen", "right", only="text" if details else "")
    columns = (*left, *(parts if details else ()), seen, Column("verdict"))
    return Table(title, columns, tuple(_row(row, details) for row in rows))


def _row(row: Evidence, details: bool) -> TableRow:
    sampled = row.detectable is not None
    parts = (numbers.bound(row.tolerance), "" if row.detectable is None else numbers.bound(row.detectable))
    cells = (
        row.name,
        numbers.value(row.predicted),
        numbers.measured(row.estimate, row.lower, row.upper),
        numbers.count(row.n) if sampled else "exact",
        *(parts if details else ()),
        numbers.bound(row.tolerance + (row.detectable or 0.0)),
        marked(row.verdict),
    )
    return TableRow(cells, row.note)


def _variants(found: Iterable[VariantReport], page: Shown | None) -> Table:
    columns = (GROW, Column("refused at"), Column("refuted by"))
    return Table("VARIANTS", columns, tuple(_variant(variant, page) for variant in found))


def _variant(variant: VariantReport, page: Shown | None) -> TableRow:
    refused, refuted = outcome(variant)
    step = f"step {page.number(variant.step) if page else variant.step}"
    first, *more = [row.name for row in variant.evidence if row.verdict == "refuted"] or [""]
    cells = (
        variant.changes or variant.name,
        step if variant.proof == "refused" else refused,
        f"{first} and {len(more)} more" if more else first or refuted,
    )
    return TableRow(cells, f"false at {variant.witness}" if variant.witness else "")


def _ending(report: Report) -> list[Node]:
    word = headline(report)
    found = [*proved(report), *seen(report), *caught(report), *_time(report)]
    return [Mark(word.upper(), TONES.get(word, "plain"), "; ".join(found)), *_command(report)]


def _time(report: Report) -> list[str]:
    return [f"{report.seconds:.1f}s"] if report.seconds else []


def _command(report: Report) -> list[Node]:
    return [Paragraph(report.command, "REPRODUCE", verbatim=True)] if report.command else []
