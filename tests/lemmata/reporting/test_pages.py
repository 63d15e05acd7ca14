from __future__ import annotations

from lemmata.model import (
    Description,
    ErratumReport,
    Evaluation,
    Listing,
    Parameter,
    Report,
    Signature,
)
from lemmata.reporting import description, errata, evaluation, listing, render


def described(report: Report) -> Description:
    assert report.proof
    return Description(
        id=report.id,
        title=report.title,
        theme=report.theme,
        setting=report.setting,
        parts=report.proof.parts,
        readings=report.readings,
        references=report.references,
        parameters=(Parameter(name="n", type="int", default="16", doc="size of the exact spectrum"),),
        quantities=(Signature(name="queries", signature="queries(n, eps, G, probability)", doc="a bound"),),
        variants={"root": "2^(-n/2) for 2^(-n)"},
    )


def test_a_description_says_what_to_ask_and_judges_nothing(report: Report) -> None:
    text = render(description(described(report)))
    for word in ("(hardness)", "SETTING", "FOR ALL", "READING", "STATEMENT", "-p n=16", "queries(n, eps, G"):
        assert word in text
    assert "root" in text and "ShalevShwartzShamirShammah2017" in text
    assert "proved" not in text
    assert max(map(len, text.splitlines())) <= 100


def test_listing() -> None:
    entries = [
        Listing(id="parity-gradient", title="Gradients know nothing.", theme="hardness", status="verified"),
        Listing(id="b", title="B.", theme="dynamics", status="not run"),
    ]
    header, first, second = render(listing(entries)).splitlines()
    assert header.split() == ["id", "theme", "title", "last", "run"]
    assert first.split() == ["parity-gradient", "hardness", "Gradients", "know", "nothing.", "verified"]
    assert second.split() == ["b", "dynamics", "B.", "not", "run"]
    assert "no theorems" in render(listing([]))


def test_an_evaluation_is_one_line() -> None:
    exact = "1" * 150
    assert (
        render(evaluation(Evaluation(name="q", exact=exact, decimal="1.1e149"))) == f"q = {exact} = 1.1e149"
    )
    assert render(evaluation(Evaluation(name="q", exact=None, decimal="0.5"))) == "q = 0.5"


def test_errata() -> None:
    found = ErratumReport(
        id="power-neurons",
        source="RolnickTegmark2018, as quoted",
        printed="4n = 160 neurons for n = 32",
        grade="false",
        witness="n = 32: 4(n-1) = 124",
        corrected="4(n-1) neurons",
        theorem="multiplication-gate",
        part="a",
        status="proved",
        refuted=True,
    )
    text = render(errata([found]))
    assert text.splitlines()[0] == "power-neurons  RolnickTegmark2018, as quoted   false"
    assert "WITNESS    n = 32" in text
