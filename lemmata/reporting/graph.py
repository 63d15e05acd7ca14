"""The proof as a graph, built on request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lemmata.model import ProofReport

if TYPE_CHECKING:
    import networkx


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
