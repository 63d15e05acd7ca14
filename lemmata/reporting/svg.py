"""A proof as a picture: SVG written by hand, readable on white and on black, the same bytes for the same proof."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from lemmata.model import Report
from lemmata.reporting.fitting import cut, filled, wrapped
from lemmata.reporting.graph import UNPROVED, shown_graph
from lemmata.reporting.layers import HEIGHT, WIDTH, Layout, lay_out
from lemmata.reporting.phrases import summary
from lemmata.reporting.proofs import TIERS

if TYPE_CHECKING:
    import networkx


class Stroke(NamedTuple):
    """How a box is outlined: its colour on light and on dark, and its dashes, which tell it apart without colour."""

    light: str
    dark: str
    dashes: str


STROKES: Mapping[str, Stroke] = {
    "definition": Stroke("#5f6368", "#a8adb4", "2 3"),
    "decided": Stroke("#0067a5", "#5fb4ea", ""),
    "induction": Stroke("#00724f", "#3cc69a", "9 3"),
    "interval": Stroke("#00706f", "#4cc5c4", "9 3 2 3"),
    "theory": Stroke("#6a3fa0", "#b794e8", "14 4"),
    "enumerated": Stroke("#6b6200", "#d2c33c", "5 3"),
    "probabilistic": Stroke("#a24a00", "#f09a4a", "7 3 2 3 2 3"),
    "smt": Stroke("#7a4a2b", "#c99c78", "4 2 1 2"),
    "assumed": Stroke("#b3261e", "#f28b82", "3 3"),
    "cited": Stroke("#a3357a", "#e58fc3", "12 3 3 3"),
    UNPROVED: Stroke("#b3261e", "#f28b82", "1 3"),
}
OTHER = Stroke("#303030", "#d0d0d0", "1 2")
PAGE, INK, BOX = ("#ffffff", "#16181d"), ("#1b1d21", "#eceef1"), ("#f7f8fa", "#22262e")
FAINT = ("#6b7077", "#969ca5")
EXPLAINED = (
    "A box: number and name, the rule that checked it, what is concluded. Arrows lead to what rests on it."
)
MARGIN, LINE, KEY = 24.0, 18.0, 150.0
# What fits on a line of a box, and on a line of the head for each unit of width.
LABEL, WORDS, FORMULA, PER_UNIT = 29, 37, 34, 1 / 6.6
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def drawing(report: Report, verbose: bool = False) -> str:
    """The graph of a report's proof as an SVG document; raises ValueError for a report without a proof."""
    if report.proof is None:
        raise ValueError("a report without a proof has no graph")
    graph = shown_graph(report.proof, verbose)
    layout = lay_out(graph)
    width = max(layout.width, 4 * KEY)
    heads = list(_heads(report, width))
    top = MARGIN + LINE * len(heads) + LINE
    tiers = _present(graph)
    keys = list(_legend(tiers, any(graph.nodes[name]["part"] for name in graph), width))
    bottom = top + layout.height + 2 * LINE
    size = (width + 2 * MARGIN, bottom + LINE * (1 + max((row for *_, row in keys), default=0)) + MARGIN)
    root = _root(report, *size)
    for k, (words, kind) in enumerate(heads):
        _text(root, MARGIN, MARGIN + LINE * (k + 0.7), words, kind)
    _graph(root, graph, layout.moved(MARGIN + (width - layout.width) / 2, top))
    for kind, words, column, row in keys:
        _key(root, MARGIN + KEY * column, bottom + LINE * row, kind, words)
    indent(root)
    return tostring(root, encoding="unicode") + "\n"


# ---------------------------------------------------------------- the page


def _root(report: Report, width: float, height: float) -> Element:
    size = {
        "width": _number(width),
        "height": _number(height),
        "viewBox": f"0 0 {_number(width)} {_number(height)}",
    }
    root = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size, "role": "img"})
    _say(SubElement(root, "title"), f"The proof of {report.id}: {report.title}")
    SubElement(root, "style").text = _style()
    marker = {
        "id": "arrow",
        "viewBox": "0 0 8 8",
        "refX": "7",
        "refY": "4",
        "markerWidth": "7",
        "markerHeight": "7",
    }
    arrow = SubElement(SubElement(root, "defs"), "marker", {**marker, "orient": "auto"})
    SubElement(arrow, "path", {"d": "M0 0.5 L8 4 L0 7.5 Z", "class": "head"})
    SubElement(root, "rect", {"class": "page", "width": "100%", "height": "100%"})
    return root


def _style() -> str:
    """Two palettes: the second one where the reader's screen is dark."""
    return f"""
text {{ font-family: "DejaVu Sans", Verdana, sans-serif; font-size: 12px }}
.title, .refused {{ font-weight: bold }}
.label {{ font-weight: bold; font-size: 11.5px }}
.formula {{ font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 10px }}
.words {{ font-size: 10px }}
.line {{ fill: none; stroke-width: 1.2 }}
.box {{ stroke-width: 1.8 }}
.inner {{ fill: none; stroke-width: 0.9 }}
{_palette(0)}@media (prefers-color-scheme: dark) {{
{_palette(1)}}}
"""


def _palette(k: int) -> str:
    strokes = {**STROKES, "other": OTHER}
    return "".join(
        [
            f".page {{ fill: {PAGE[k]} }} text {{ fill: {INK[k]} }} .box {{ fill: {BOX[k]} }}\n",
            f".line {{ stroke: {FAINT[k]} }} .head {{ fill: {FAINT[k]} }} .part {{ stroke: {INK[k]} }}\n",
            f".refused {{ fill: {STROKES[UNPROVED][k]} }}\n",
            *(f".{_class(name)} {{ stroke: {stroke[k]} }}\n" for name, stroke in strokes.items()),
        ]
    )


def _class(tier: str) -> str:
    return f"tier-{tier.replace(' ', '-')}"


def _heads(report: Report, width: float) -> Iterator[tuple[str, str]]:
    """The lines above the graph: which theorem, what it says, and what became of the proof."""
    assert report.proof
    room = int(width * PER_UNIT)
    yield cut(report.id, room), "title"
    for line in wrapped(report.title, room):
        yield line, "plain"
    parts = summary((part.status for part in report.proof.parts), "part")
    if report.proof.status != "failed":
        yield parts, "plain"
        for line in wrapped(EXPLAINED, room):
            yield line, "plain"
        return
    faults = [report.proof.failure, *(part.failure for part in report.proof.parts)]
    fault = next(filter(None, faults), "the proof failed")
    for line in wrapped(f"NOT PROVED: {fault}. {parts}. What is drawn was accepted.", room):
        yield line, "refused"


def _present(graph: networkx.DiGraph[str]) -> list[str]:
    """The tiers that occur, the strongest first; those that are not known here come last."""
    found = {graph.nodes[name]["tier"] for name in graph}
    known = [tier for tier in (*TIERS, UNPROVED) if tier in found]
    return known + (["other"] if found - set(known) else [])


def _legend(tiers: Iterable[str], parts: bool, width: float) -> Iterator[tuple[str, str, int, int]]:
    """Kind, words, column and row of each entry."""
    columns = max(1, int(width // KEY))
    kinds = [(tier, tier) for tier in tiers] + ([("part", "part of the statement")] if parts else [])
    for k, (kind, words) in enumerate(kinds):
        yield kind, words, k % columns, k // columns


def _key(root: Element, x: float, y: float, kind: str, words: str) -> None:
    if kind == "part":
        for inset, name in ((0.0, "box tier-other"), (3.0, "inner part")):
            SubElement(root, "rect", {**_rectangle(x, y, 28.0, 13.0, inset), "class": name})
    else:
        SubElement(root, "rect", {**_rectangle(x, y, 28.0, 13.0, 0.0), **_outline(kind)})
    _text(root, x + 35, y + 10, words, "words")


# ---------------------------------------------------------------- boxes and lines


def _graph(root: Element, graph: networkx.DiGraph[str], layout: Layout) -> None:
    lines = SubElement(root, "g", {"class": "lines"})
    for points in layout.lines.values():
        start, *rest = [f"{_number(x)} {_number(y)}" for x, y in points]
        path = {"class": "line", "d": f"M{start} C{' '.join(rest)}", "marker-end": "url(#arrow)"}
        SubElement(lines, "path", path)
    for name, (x, y) in layout.centres.items():
        _box(root, x - WIDTH / 2, y - HEIGHT / 2, graph.nodes[name])


def _box(root: Element, x: float, y: float, node: Mapping[str, Any]) -> None:
    group = SubElement(root, "g", {"class": "step"})
    _say(SubElement(group, "title"), node["tip"])
    SubElement(group, "rect", {**_rectangle(x, y, WIDTH, HEIGHT, 0.0), **_outline(node["tier"])})
    if node["part"]:
        SubElement(group, "rect", {**_rectangle(x, y, WIDTH, HEIGHT, 3.5), "class": "inner part"})
    _text(group, x + 11, y + 18, cut(node["head"], LABEL), "label")
    room, kind = (WORDS, "words") if node["part"] else (FORMULA, "formula")
    _text(group, x + 11, y + 32, cut(node["rule"], WORDS), "words")
    for k, line in enumerate(filled(node["text"], room, 2)):
        _text(group, x + 11, y + 48 + 14 * k, line, kind)


def _rectangle(x: float, y: float, width: float, height: float, inset: float) -> dict[str, str]:
    places = {
        "x": x + inset,
        "y": y + inset,
        "width": width - 2 * inset,
        "height": height - 2 * inset,
        "rx": 5 - inset / 2,
    }
    return {name: _number(value) for name, value in places.items()}


def _outline(tier: str) -> dict[str, str]:
    known = tier if tier in STROKES else "other"
    dashes = STROKES.get(tier, OTHER).dashes
    return {"class": f"box {_class(known)}", **({"stroke-dasharray": dashes} if dashes else {})}


# ---------------------------------------------------------------- text


def _text(parent: Element, x: float, y: float, words: str, kind: str) -> None:
    _say(SubElement(parent, "text", {"x": _number(x), "y": _number(y), "class": kind}), words)


def _say(element: Element, words: str) -> None:
    """A text; a character that no XML document may hold is shown as one that is not known."""
    element.text = _ILLEGAL.sub("\ufffd", words)


def _number(value: float) -> str:
    """To a hundredth, without the sign of a zero or zeros at the end."""
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")
