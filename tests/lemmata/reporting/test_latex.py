"""The appendix is the terminal's document: the same words from the same place, and nothing more."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from lemmata.model import Report
from lemmata.reporting import latex_fragments as fragments
from lemmata.reporting import render, theorem
from lemmata.reporting.latex import Style

STYLE = Style(keys=frozenset({"ShalevShwartzShamirShammah2017"}))


def body(text: str) -> str:
    """What a fragment says: without its macros, commands and layout."""
    text = text.partition(r"\makeatother")[2]
    text = re.sub(r"\\begin\{(tabular|longtable)\}\{(p\{[^}]*\}|[lr])+\}", " ", text)
    text = re.sub(r"\\(begin|end|label|cite|lemmataref|setlength|vspace)\*?\{[^}]*\}(\[[a-z]*\])?", " ", text)
    text = re.sub(r"\$[^$]*\$|p\{[\d.]*\\linewidth\}|\\allowbreak\{\}", "", text)
    return re.sub(r"\\[A-Za-z]+", " ", text)


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{4,}", text.lower()))


def test_nothing_is_said_that_the_terminal_does_not_say(report: Report) -> None:
    fragment = body(fragments.fragment(report, "parity-gradient", STYLE))
    said = words(render(theorem(report, details=True)))
    assert words(fragment) - said == set()
    assert len(words(fragment)) > 60


def test_a_changed_wording_changes_both(report: Report) -> None:
    assert report.proof
    steps = tuple(replace(step, because="a reason like no other") for step in report.proof.steps)
    changed = replace(report, proof=replace(report.proof, steps=steps))
    for text in (render(theorem(changed)), fragments.fragment(changed, "a", STYLE)):
        assert text.count("a reason like no other") > 10 and "linearity" not in text


def test_a_word_of_the_document_is_written_once(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lemmata.reporting.proofs.weakest", lambda ledger: "as firm as rock")
    monkeypatch.setattr("lemmata.reporting.document.weakest", lambda ledger: "as firm as rock")
    assert "as firm as rock" in render(theorem(report))
    assert "as firm as rock" in fragments.fragment(report, "a", STYLE)


def test_the_same_result_is_the_same_bytes_whenever_it_was_run(report: Report) -> None:
    later = replace(report, seconds=9.0, provenance={**report.provenance, "time": "2030-01-01"})
    assert fragments.fragment(report, "a", STYLE) == fragments.fragment(later, "a", STYLE)


def test_a_hash_is_no_power_of_ten(report: Report) -> None:
    commit = "497329e250a60e6dc17562c4294"
    text = fragments.fragment(replace(report, provenance={"commit": commit, "cpu": "x^2"}), "a", STYLE)
    assert commit in text.replace(r"\allowbreak{}", "") and r"cpu x{\textasciicircum}2" in text


def test_a_theorem_has_statement_proof_numbers_and_variants_under_its_own_labels(report: Report) -> None:
    text = fragments.fragment(report, "parity-gradient", STYLE)
    assert re.findall(r"\\label\{(.*?)\}", text) == [
        f"lemmata:parity-gradient{part}" for part in ("", ":numbers", ":variants")
    ]
    assert text.count(r"\begin{proof}") == 1 and text.count(r"\qedhere") == 1
    assert text.count(r"\item[") == 5 + 12
    for column in ("predicted", "measured", "tolerance", "detectable", "verdict"):
        assert rf"\textbf{{{column}}}" in text
    assert r"\cite{ShalevShwartzShamirShammah2017}" in text
    assert "usepackage" not in text and "documentclass" not in text


def test_a_failed_proof_has_no_end(report: Report) -> None:
    assert report.proof
    parts = (replace(report.proof.parts[0], status="failed", failure="nothing"), *report.proof.parts[1:])
    failed = replace(report, verdict="refuted", proof=replace(report.proof, status="failed", parts=parts))
    text = fragments.fragment(failed, "a", STYLE)
    assert r"\begin{proof}" not in text and r"\qedhere" not in text
    assert r"\lemmatabad{failed}" in text and r"\lemmatabad{refuted}" in text


def test_a_half_that_was_not_run_is_left_out(report: Report) -> None:
    proved = fragments.fragment(replace(report, numerics=None, variants=()), "a", STYLE)
    assert r"\begin{proof}" in proved and r"\textbf{measured}" not in proved
    checked = fragments.fragment(replace(report, proof=None, variants=()), "a", STYLE)
    assert r"\begin{proof}" not in checked and r"\textbf{measured}" in checked


def test_a_source_without_a_key_is_named(report: Report) -> None:
    text = fragments.fragment(replace(report, references=("Nobody_2020 & others",)), "a", STYLE)
    assert r"\cite" not in body(text) and r"Nobody\_2020 \& others" in text


def test_a_source_is_cited_wherever_it_is_named(report: Report) -> None:
    assert report.proof
    source = "ShalevShwartzShamirShammah2017 (Theorem 1)"
    parts = tuple(replace(part, status="proved-modulo", citations=(source,)) for part in report.proof.parts)
    modulo = replace(report, proof=replace(report.proof, parts=parts, citations=(source,)))
    assert fragments.fragment(modulo, "a", STYLE).count(rf"\cite{{{source.split()[0]}}} (Theorem 1)") == 6
    assert r"\cite{" in fragments.ledger([modulo], STYLE)


def test_long_tables_break_or_are_cut(report: Report) -> None:
    assert report.numerics
    rows = report.numerics.evidence * 5
    long = replace(report, numerics=replace(report.numerics, evidence=rows))
    cut = fragments.fragment(long, "a", STYLE)
    assert cut.count("Numbers of a}") == 0 and cut.count(r"\caption{Numbers of parity-gradient}") == 3
    whole = fragments.fragment(long, "a", replace(STYLE, longtable=True))
    assert whole.count(r"\caption{Numbers of parity-gradient}") == 1 and r"\endhead" in whole


def test_two_results_of_one_id_have_names_of_their_own() -> None:
    found = [
        ("drift", "drift"),
        ("drift", "copied.drift"),
        ("summary", "files/summary"),
        ("a%b", "files/a%b"),
    ]
    assert fragments.names(found) == ["drift", "copied.drift", "files-summary", "a-b"]


def test_verified_says_status_error_level_and_hash(report: Report) -> None:
    known = replace(report, provenance={"claims": "0123456789abcdef"})
    text = fragments.verified({"a": known}, frozenset())
    assert r"lemmata@note@a\endcsname{verified, at error $10^{-6}$, \texttt{0123456789ab}}" in text
    assert "older than its files" in fragments.verified({"a": known}, frozenset({"a"}))
