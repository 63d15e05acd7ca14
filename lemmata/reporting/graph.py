"""The proof as a graph, built on request: for programs, and as the boxes and lines of a drawing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from lemmata.model import PartReport, ProofReport, StepReport
from lemmata.reporting import statements
from lemmata.reporting.proofs import Shown, shown

if TYPE_CHECKING:
    import networkx

# What a part that no step proves is drawn as, in the place of a tier.
UNPROVED = "not proved"


def proof_graph(proof: ProofReport) -> networkx.DiGraph[str]:
    """Steps as nodes, with an edge from each premise to the step that uses it.

    A node carries the attributes of its step (part, statement, latex, tier, rule, because, printed). A premise
    that is no step of the proof is a node without attributes.
    """
    import networkx

    graph: networkx.DiGraph[str] = networkx.DiGraph()
    for step in proof.steps:
        names = ("part", "statement", "latex", "tier", "rule", "because", "printed")
        attributes: dict[str, Any] = {name: getattr(step, name) for name in names}
        graph.add_node(step.id, **attributes)
    graph.add_edges_from((premise, step.id) for step in proof.steps for premise in step.premises)
    return graph


def shown_graph(proof: ProofReport, verbose: bool = False) -> networkx.DiGraph[str]:
    """What is drawn: the lemma lines under their numbers in the report, or with ``verbose`` every kernel step.

    An edge leads to each step from those it rests on, seen through what is not shown. A node carries ``head``,
    ``rule`` and ``text`` (what stands in its box), ``tip`` (all there is to say), ``tier`` and ``part``. A part
    that nothing proves is a node of its own, and so is a premise that is no step of the proof.
    """
    import networkx

    page = shown(proof, verbose)
    common = statements.symbols([*(p.statement for p in proof.parts), *(s.statement for s in page.steps)])
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    for step in page.steps:
        part = next((p for p in proof.parts if (p.label, p.statement) == (step.part, step.statement)), None)
        gist = _gist(statements.shortened(step.statement, common))
        graph.add_node(
            step.id,
            head=f"{page.number(step.id)}  {f'({part.label})' if part else step.id}",
            rule=f"by {step.rule}",
            text=part.words or gist if part else gist,
            tip="\n".join(_tip(step, page, part)),
            tier=step.tier,
            part=part.label if part else "",
        )
    for step in page.steps:
        for premise in page.above(step):
            if premise not in graph:
                graph.add_node(
                    premise, head=premise, rule="", text="no step of the proof", tip="", tier="", part=""
                )
            graph.add_edge(premise, step.id)
    for part in proof.parts:
        if part.status == "failed" and not any(step.part == part.label for step in proof.steps):
            graph.add_node(f"({part.label}) {UNPROVED}", **_missing(part))
    return graph


def _gist(statement: str) -> str:
    """What is concluded: a box has no room for what it is concluded of, or from."""
    given, conclusion = statements.conditional(statements.split(statement)[1])
    return f"if …, {conclusion}" if given else conclusion


def _tip(step: StepReport, page: Shown, part: PartReport | None) -> Iterator[str]:
    yield f"step {page.number(step.id)}, {step.id}: {step.rule}, {step.tier}"
    if part:
        yield f"part ({part.label}): {part.words}"
    yield step.statement
    yield f"uses {page.uses(step)}"
    if step.because:
        yield f"because: {step.because}"


def _missing(part: PartReport) -> dict[str, str]:
    tip = f"part ({part.label}): {part.words}\n{part.statement}\n{part.failure}"
    head = f"({part.label})  {UNPROVED}"
    return {
        "head": head,
        "rule": "",
        "text": part.words or part.statement,
        "tip": tip,
        "tier": UNPROVED,
        "part": part.label,
    }
