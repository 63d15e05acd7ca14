from __future__ import annotations

from dataclasses import replace

import pytest

from lemmata.model import Report, VariantReport
from lemmata.reporting import brief, headline, render, theorem, variants


def text(report: Report, verbose: bool = False) -> str:
    return render(theorem(report, verbose=verbose))


def test_a_core_theorem_fits_on_sixty_lines_of_a_hundred_columns(report: Report) -> None:
    lines = text(report).splitlines()
    assert len(lines) <= 60
    assert max(map(len, lines)) <= 100


def test_the_sections_come_in_the_order_of_an_argument(report: Report) -> None:
    found = text(report)
    places = [found.index(word) for word in ("THEOREM", "SETTING", "FOR ALL", "STATEMENT", "STEPS", "LEDGER")]
    places += [found.index(word) for word in ("NUMBERS", "VARIANTS", "VERIFIED", "REPRODUCE")]
    assert places == sorted(places)
    assert found.endswith("python cli.py verify parity-gradient --seed 0")


def test_every_part_step_row_and_variant_is_printed(report: Report) -> None:
    found = text(report)
    assert report.proof and report.numerics
    for label in "abcde":
        assert f"  ({label})  " in found
    assert sum(step.printed for step in report.proof.steps) == 12
    assert "\n  12  " in found and "\n  13  " not in found
    assert all(row.name in found for row in report.numerics.evidence)
    assert all(variant.changes in found and variant.witness in found for variant in report.variants)


def test_a_step_uses_the_shown_steps_behind_a_hidden_one(report: Report) -> None:
    (line,) = [line for line in text(report).splitlines() if line.startswith("   5  ")]
    assert line.endswith("1, 3, 4")
    (line,) = [line for line in text(report, verbose=True).splitlines() if line.startswith("   6  ")]
    assert line.endswith("3, 4, 5")


def test_a_conclusion_refers_to_the_part_that_it_is(report: Report) -> None:
    assert "(c) as stated above" in text(report)


def test_verbose_shows_the_hidden_steps_and_the_sources(report: Report) -> None:
    found = text(report, verbose=True)
    assert "2^n != 0" in found and "2^n != 0" not in text(report)
    assert "ShalevShwartzShamirShammah2017" in found


def test_a_long_statement_is_broken_never_cut(report: Report) -> None:
    assert report.proof
    long = "for all n: nat. " + " + ".join(f"term_{k}(n)" for k in range(40)) + " = 0"
    steps = (replace(report.proof.steps[0], statement=long), *report.proof.steps[1:])
    found = text(replace(report, proof=replace(report.proof, steps=steps)))
    assert all(f"term_{k}(n)" in found for k in range(40))
    assert max(map(len, found.splitlines())) <= 100


def test_the_smallest_visible_violation_includes_the_tolerance(report: Report) -> None:
    assert report.numerics
    row = replace(report.numerics.evidence[7], tolerance=0.25, detectable=0.5)
    found = text(replace(report, numerics=replace(report.numerics, evidence=(row,))))
    assert "0.75" in found


def test_what_went_wrong_is_said(report: Report) -> None:
    assert report.proof
    first, *rest = report.proof.parts
    failed = replace(first, status="failed", failure="step 'a': the difference is 1/4, not 0")
    proof = replace(
        report.proof, status="failed", parts=(failed, *rest), unused=("ones",), citations=("Yao1985",)
    )
    found = text(replace(report, verdict="refuted", proof=proof))
    assert "THEOREM parity-gradient   refuted (5 parts: 1 failed, 4 proved)" in found
    assert "FAILED     (a) step 'a': the difference is 1/4, not 0" in found
    assert "NOT USED   step 6" in found
    assert "cited: Yao1985" in found
    assert "\nREFUTED " in found


def test_a_failure_is_said_once_with_all_the_parts_that_fail_by_it(report: Report) -> None:
    assert report.proof
    one, two, three, *rest = report.proof.parts
    refused, silent = "step 'a' refused: 1 is not 2", "nothing proves it"

    def failures(proof_failure: str) -> list[str]:
        assert report.proof
        parts = (replace(one, failure=refused), replace(two, failure=silent), replace(three, failure=refused))
        proof = replace(report.proof, parts=(*parts, *rest), failure=proof_failure)
        return [line[11:] for line in text(replace(report, proof=proof)).splitlines() if line[:6] == "FAILED"]

    said = [f"({one.label}), ({three.label}) {refused}", f"({two.label}) {silent}"]
    assert failures(refused) == said
    assert failures("step 'z' refused: 2 is not 3") == [*said, "step 'z' refused: 2 is not 3"]


@pytest.mark.parametrize(
    ("proof", "numerics", "words"),
    [
        ("accepted", "refuted", "accepted and refuted"),
        ("refused", "consistent", "refused and consistent"),
        ("unproved", "not run", "unproved and not run"),
    ],
)
def test_a_variant_that_was_not_caught_shows(report: Report, proof: str, numerics: str, words: str) -> None:
    missed: VariantReport = replace(report.variants[0], proof=proof, numerics=numerics, evidence=())
    found = text(replace(report, variants=(missed,)))
    assert f"1 variant {words}" in found
    assert f"{missed.name}   {words}" in render(variants(replace(report, variants=(missed,))))


def test_half_a_report_has_the_verdict_of_its_half(report: Report) -> None:
    proved = replace(report, numerics=None, variants=())
    checked = replace(report, proof=None, variants=())
    assert headline(proved) == "proved"
    assert headline(checked) == "consistent"
    assert "NUMBERS" not in text(proved) and "STEPS" in text(proved)
    assert "STEPS" not in text(checked) and "NUMBERS" in text(checked)


def test_brief_is_one_line(report: Report) -> None:
    assert render(brief(report)) == "parity-gradient verified"


def test_variants_name_the_step_that_refuses_them(report: Report) -> None:
    found = render(variants(report))
    assert "REFUSED AT sum_e(E_x[chi(e, x)*g(x)]^2) = E_x[g(x)^2]" in found
    assert found.count("FALSE AT") == 4
    assert max(map(len, found.splitlines())) <= 100
