from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from lemmata.model import Report, StepReport
from lemmata.reporting.fitting import cut, filled, wrapped
from lemmata.reporting.graph import UNPROVED
from lemmata.reporting.proofs import TIERS
from lemmata.reporting.svg import BOX, FAINT, INK, OTHER, PAGE, STROKES, drawing

SVG = "{http://www.w3.org/2000/svg}"
ROOT = Path(__file__).resolve().parents[3]


def parsed(report: Report, verbose: bool = False) -> ElementTree.Element:
    return ElementTree.fromstring(drawing(report, verbose))


def boxes(root: ElementTree.Element) -> dict[str, ElementTree.Element]:
    """The boxes by what stands on their first line."""
    found = [group for group in root.iter(f"{SVG}g") if group.get("class") == "step"]
    return {str(group.findall(f"{SVG}text")[0].text): group for group in found}


def changed(report: Report, **fields: str) -> Report:
    """The report with the first step of its proof changed."""
    assert report.proof
    first, *rest = report.proof.steps
    return replace(report, proof=replace(report.proof, steps=(replace(first, **fields), *rest)))


def texts(root: ElementTree.Element) -> str:
    return " ".join(str(element.text) for element in root.iter(f"{SVG}text"))


def test_every_shown_step_has_a_box_under_its_number_and_says_all_where_the_mouse_rests(
    report: Report,
) -> None:
    found = boxes(parsed(report))
    assert {"1 one", "5 square", "8 (a)"} <= set(found)
    assert len(found) == 12
    tip = str(found["5 square"].findtext(f"{SVG}title"))
    assert report.proof
    (square,) = [step for step in report.proof.steps if step.id == "square"]
    assert square.statement in tip and "uses 1, 3, 4" in tip and "because: exchange the sums" in tip
    assert "So is the variance." in str(found["11 (d)"].findtext(f"{SVG}title"))


def test_a_box_has_number_name_rule_and_two_lines_of_the_conclusion(report: Report) -> None:
    root = parsed(report)
    head, rule, *lines = [str(line.text) for line in boxes(root)["5 square"].findall(f"{SVG}text")]
    assert (" ".join(head.split()), rule) == ("5 square", "by sum")
    assert len(lines) == 2 and lines[0] not in lines[1]
    assert "number and name, the rule" in texts(root)


def test_arrows_are_the_uses_seen_through_what_is_hidden(report: Report) -> None:
    """square uses kernel, contract and, through the hidden step, one; each of five parts uses square."""
    arrows = [path for path in parsed(report).iter(f"{SVG}path") if path.get("class") == "line"]
    assert len(arrows) == 8
    assert all(path.get("marker-end") == "url(#arrow)" for path in arrows)


def test_verbose_shows_the_hidden_step_too(report: Report) -> None:
    assert len(boxes(parsed(report, verbose=True))) == 13


def test_parts_have_a_second_outline_and_the_legend_says_so(report: Report) -> None:
    root = parsed(report)
    double = {head for head, group in boxes(root).items() if len(group.findall(f"{SVG}rect")) == 2}
    assert double == {"8 (a)", "9 (b)", "10 (c)", "11 (d)", "12 (e)"}
    assert "part of the statement" in texts(root)


def test_a_tier_is_told_by_colour_and_by_dashes_and_named_once_if_it_occurs(report: Report) -> None:
    root = parsed(changed(report, tier="cited"))
    (outline,) = boxes(root)["1 one"].findall(f"{SVG}rect")
    assert outline.get("class") == "box tier-cited"
    assert outline.get("stroke-dasharray") == STROKES["cited"].dashes
    words = [str(element.text) for element in root.iter(f"{SVG}text")]
    assert [words.count(tier) for tier in ("decided", "cited", "induction")] == [1, 1, 0]


def test_a_tier_that_is_not_known_is_drawn_as_another(report: Report) -> None:
    root = parsed(changed(report, tier="guessed"))
    assert boxes(root)["1 one"].findall(f"{SVG}rect")[0].get("class") == "box tier-other"
    assert "other" in texts(root)


def test_a_refused_proof_says_so_and_shows_the_parts_that_nothing_proves(report: Report) -> None:
    assert report.proof
    *parts, last = report.proof.parts
    failure = "step 'e' refused: left <> right & more"
    failed = replace(
        report.proof,
        status="failed",
        failure=failure,
        parts=(*parts, replace(last, status="failed", failure=failure)),
        steps=report.proof.steps[:-1],
    )
    root = parsed(replace(report, proof=failed))
    assert "NOT PROVED: step 'e' refused: left <> right & more." in texts(root)
    box = boxes(root)["(e) not proved"]
    assert failure in str(box.findtext(f"{SVG}title"))
    assert box.findall(f"{SVG}rect")[0].get("class") == "box tier-not-proved"
    assert "NOT PROVED" not in texts(parsed(report))


@pytest.mark.parametrize(
    "title",
    [
        "<b>&amp; \"quoted\" 'text' ]]> % _ $ # \\",
        "Теорема знаков 定理 für ε → 0",
        "nul \x00 bell \x07 \ud800 end",
    ],
)
def test_any_text_is_valid_xml_and_stays_what_it_is(report: Report, title: str) -> None:
    changed_report = replace(changed(report, because=title), title=title)
    text = drawing(changed_report)
    text.encode("utf-8")
    root = ElementTree.fromstring(text)
    legal = "".join(c if c.isprintable() or c == " " else "\ufffd" for c in title)
    assert legal in texts(root)
    assert f"because: {legal}" in str(boxes(root)["1 one"].findtext(f"{SVG}title"))


def test_an_empty_proof_is_a_picture_too(report: Report) -> None:
    assert report.proof
    assert boxes(parsed(replace(report, proof=replace(report.proof, steps=())))) == {}


def test_a_report_without_a_proof_has_no_graph(report: Report) -> None:
    with pytest.raises(ValueError, match="without a proof"):
        drawing(replace(report, proof=None))


def test_a_premise_that_is_no_step_is_drawn_as_such(report: Report) -> None:
    assert report.proof
    stray = StepReport(
        id="stray",
        part="",
        statement="1 = 1",
        latex="",
        tier="decided",
        rule="sum",
        premises=("?",),
        because="",
    )
    root = parsed(replace(report, proof=replace(report.proof, steps=(*report.proof.steps, stray))))
    assert "no step of the proof" in [str(e.text) for e in boxes(root)["?"].findall(f"{SVG}text")]


def test_nothing_is_drawn_outside_the_page(report: Report) -> None:
    root = parsed(report)
    width, height = (float(str(root.get(name))) for name in ("width", "height"))
    for rect in root.iter(f"{SVG}rect"):
        if rect.get("class") != "page":
            x, y, w, h = (float(str(rect.get(name))) for name in ("x", "y", "width", "height"))
            assert x >= 0 and y >= 0 and x + w <= width and y + h <= height


PROGRAM = """
from lemmata.model import PartReport, ProofReport, Report, StepReport
from lemmata.reporting.svg import drawing

def step(k):
    premises = tuple(f"s{j}" for j in range(k) if (k * 7 + j * 5) % 6 == 0)
    return StepReport(id=f"s{k}", part="", statement="1 = 1", latex="", tier="decided", rule="sum",
                      premises=premises, because="")

proof = ProofReport(status="proved", parts=(), steps=tuple(map(step, range(20))), ledger={})
print(drawing(Report(id="x", title="t", theme="", verdict="verified", proof=proof, numerics=None)))
"""


def test_the_bytes_do_not_depend_on_the_order_of_sets() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


# ---------------------------------------------------------------- colours and words


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    found = []
    for k in (1, 3, 5):
        c = int(colour[k : k + 2], 16) / 255
        found.append(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4)
    return 0.2126 * found[0] + 0.7152 * found[1] + 0.0722 * found[2]


def contrast(one: str, two: str) -> float:
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [0, 1])
def test_everything_can_be_read_on_light_and_on_dark(palette: int) -> None:
    grounds = (PAGE[palette], BOX[palette])
    for ground in grounds:
        assert contrast(INK[palette], ground) >= 7
        assert contrast(STROKES[UNPROVED][palette], ground) >= 4.5  # a sentence is written in it
        for stroke in (*STROKES.values(), OTHER):
            assert contrast(stroke[palette], ground) >= 4.5
    assert contrast(FAINT[palette], PAGE[palette]) >= 4.5


def test_every_tier_has_a_style_and_no_two_have_the_same_dashes() -> None:
    assert set(STROKES) == {*TIERS, UNPROVED}
    for one, two in combinations([*STROKES.values(), OTHER], 2):
        assert one.dashes != two.dashes


def test_a_text_is_cut_where_its_room_ends() -> None:
    assert cut("short", 5) == "short"
    assert cut("longer", 5) == "long…"
    assert cut("定理定理", 5) == "定理…"
    assert cut("  a \n b ", 5) == "a b"


def test_a_formula_fills_its_lines_and_is_cut_on_the_last() -> None:
    assert filled("a + b", 9, 2) == ["a + b"]
    assert filled("abcdef = ghijklmnop", 10, 2) == ["abcdef =", "ghijklmnop"]
    assert filled("abcdefghijklmnop", 6, 2) == ["abcdef", "ghijk…"]
    assert filled("定理定理定", 4, 2) == ["定理", "定…"]
    assert filled("", 4, 2) == []


def test_lines_are_no_longer_than_their_room() -> None:
    assert wrapped("one two three", 7) == ["one two", "three"]
    assert wrapped("incomprehensibilities", 7) == ["incomp…"]
    assert wrapped("", 7) == []
