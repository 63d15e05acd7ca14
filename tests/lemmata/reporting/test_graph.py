from __future__ import annotations

import networkx

from lemmata.model import Report
from lemmata.reporting.graph import proof_graph


def test_the_graph_has_every_step_and_every_use(report: Report) -> None:
    assert report.proof
    graph = proof_graph(report.proof)
    assert set(graph) == {step.id for step in report.proof.steps}
    assert set(graph.predecessors("square")) == {"kernel", "contract", "hidden"}
    assert graph.nodes["square"]["rule"] == "sum"
    assert networkx.is_directed_acyclic_graph(graph)
    assert "one" in networkx.ancestors(graph, "c")
