"""The contract that other programs rely on, key by key."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from fractions import Fraction

import numpy

from lemmata.model import ErratumReport, Evaluation, Listing, Recheck, Report
from lemmata.reporting import json_documents

THEOREM = {"id", "title", "theme", "verdict", "proof", "numerics", "variants", "provenance"}
PROOF = {"status", "assumptions", "citations", "unused", "hash", "ledger", "parts", "steps"}
PART = {"label", "words", "statement", "status", "citations"}
STEP = {"id", "part", "statement", "latex", "tier", "rule", "premises", "because"}
EVIDENCE = {
    *("name", "part", "kind", "point", "predicted", "estimate", "lower", "upper", "tolerance", "n"),
    *("alpha", "detectable", "grade", "seed", "backend", "verdict"),
}
VARIANT = {"name", "changes", "proof", "numerics", "witness"}


def read(*reports: Report) -> dict:
    return json.loads(json_documents.text(json_documents.reports(reports)))


def test_a_report_has_exactly_the_keys_of_the_contract(report: Report) -> None:
    document = read(report)
    assert set(document) == {"schema_version", "theorems"} and document["schema_version"] == 1
    (theorem,) = document["theorems"]
    assert set(theorem) == THEOREM
    assert set(theorem["proof"]) == PROOF
    assert all(set(part) == PART for part in theorem["proof"]["parts"])
    assert all(set(step) == STEP for step in theorem["proof"]["steps"])
    assert set(theorem["numerics"]) == {"verdict", "evidence"}
    assert all(set(row) == EVIDENCE for row in theorem["numerics"]["evidence"])
    assert all(set(variant) == VARIANT for variant in theorem["variants"])
    assert theorem["proof"]["ledger"] == {"decided": 13, "definition": 2}
    assert len(theorem["proof"]["steps"]) == 13, "hidden steps are in the document"


def test_a_second_opinion_is_in_the_document_where_there_is_one(report: Report) -> None:
    assert report.proof
    opinion = Recheck(identities=13, failed=(), skipped=(), prime=2**61 - 1, error=1e-12)
    (theorem,) = read(replace(report, proof=replace(report.proof, recheck=opinion)))["theorems"]
    assert set(theorem["proof"]) == PROOF | {"recheck"}
    assert theorem["proof"]["recheck"]["prime"] == str(2**61 - 1)


def test_the_half_that_was_not_run_is_null(report: Report) -> None:
    (proved,) = read(replace(report, numerics=None))["theorems"]
    (checked,) = read(replace(report, proof=None))["theorems"]
    assert proved["numerics"] is None and proved["proof"]["status"] == "proved"
    assert checked["proof"] is None and checked["numerics"]["verdict"] == "consistent"
    assert checked["verdict"] == "consistent"  # an experiment alone verifies nothing


def test_the_same_run_gives_the_same_bytes(report: Report) -> None:
    slower = replace(report, seconds=report.seconds + 1)
    assert json_documents.text(json_documents.reports([report])) == json_documents.text(
        json_documents.reports([slower])
    )


def test_values_that_json_has_no_word_for(report: Report) -> None:
    assert report.numerics
    point = {"p": Fraction(1, 3), "n": numpy.int64(4), "v": (1, numpy.float32(0.5)), "m": numpy.eye(2)}
    row = replace(report.numerics.evidence[0], point=point, lower=-math.inf, upper=math.nan)
    (theorem,) = read(replace(report, numerics=replace(report.numerics, evidence=(row,))))["theorems"]
    (found,) = theorem["numerics"]["evidence"]
    assert found["point"] == {"p": "1/3", "n": 4, "v": [1, 0.5], "m": [[1.0, 0.0], [0.0, 1.0]]}
    assert found["lower"] is None and found["upper"] is None


def test_small_documents() -> None:
    assert json_documents.evaluation(Evaluation(name="q", exact=None, decimal="1.5")) == {
        "schema_version": 1,
        "name": "q",
        "exact": None,
        "decimal": "1.5",
    }
    entry = Listing(id="a", title="A.", theme="hardness", status="not run")
    assert json_documents.listing([entry], ["p"]) == {
        "schema_version": 1,
        "theorems": [{"id": "a", "theme": "hardness", "title": "A.", "status": "not run", "stale": False}],
        "problems": ["p"],
    }
    erratum = ErratumReport(
        id="e",
        source="s",
        printed="p",
        grade="attribution",
        witness=None,
        corrected="c",
        theorem="t",
        part="a",
        status="proved",
        refuted=None,
    )
    (found,) = json_documents.errata([erratum])["errata"]
    assert set(found) == {"id", "source", "printed", "grade", "witness", "corrected", "theorem"} | {
        "part",
        "status",
        "refuted",
    }
