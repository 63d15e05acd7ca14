"""Finished runs: kept whole, read back as they were, and every broken one said in one line."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lemmata import catalogue, results
from lemmata import kept as kept_runs
from lemmata.canonical import Malformed, decode, encode
from lemmata.model import ErratumReport, Evidence, LemmataError, Report
from lemmata.reporting import render, theorem
from lemmata.results import Result

ERRATUM = ErratumReport(
    id="e",
    source="S 2020",
    printed="1 < 0",
    grade="false",
    witness="1 against 0",
    corrected="0 < 1",
    theorem="flow",
    part="a",
    status="proved",
    refuted=True,
)


def kept(report: Report, folder: Path) -> Any:
    results.save("a", Result(report=replace(report, errata=(ERRATUM,)), sources="s"), folder)
    return json.loads((folder / "a.json").read_text())


def test_what_is_read_back_is_what_was_kept(report: Report, tmp_path: Path) -> None:
    kept(report, tmp_path)
    found = results.load("a", tmp_path)
    assert found and found.report.errata == (ERRATUM,) and found.sources == "s"
    assert replace(found.report, errata=()) == decode(Report, encode(report))
    for verbose in (False, True):
        assert render(theorem(found.report, verbose=verbose)) == render(theorem(report, verbose=verbose))
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_infinite_numbers_survive(report: Report) -> None:
    assert report.numerics
    row = replace(report.numerics.evidence[0], lower=-math.inf, upper=math.inf, detectable=math.inf)
    assert decode(Evidence, json.loads(json.dumps(encode(row), allow_nan=False))) == replace(
        row, point=encode(row.point)
    )


def test_the_same_result_is_the_same_bytes(report: Report, tmp_path: Path) -> None:
    kept(report, tmp_path)
    first = (tmp_path / "a.json").read_bytes()
    found = results.load("a", tmp_path)
    assert found
    results.save("a", found, tmp_path)
    assert (tmp_path / "a.json").read_bytes() == first


def test_a_kept_run_knows_where_it_comes_from(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("lemma.py").write_text('"""A lemma."""\nfrom helper import x\n')
    Path("helper.py").write_text("x = 1\n")
    entry = catalogue.find("./lemma.py")
    kept_runs.keep(entry, kept_runs.located(report))
    found = kept_runs.last(entry)
    assert found and not found.stale and found.report.command == report.command
    assert {"commit", "cpu", "blas", "gpu", "time", "lemmata"} <= set(found.report.provenance)
    assert all(found.report.provenance[name] for name in ("cpu", "blas", "gpu", "time"))
    Path("helper.py").write_text("x = 2\n")
    stale = kept_runs.last(entry)
    assert stale and stale.stale and stale.report.notes[-1] == kept_runs.STALE
    Path("lemma.py").unlink()
    gone = kept_runs.last(entry)
    assert gone and gone.stale


def test_no_result_is_none(tmp_path: Path) -> None:
    assert results.load("a", tmp_path) is None


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"theorems": []}', "3", "\x00", "[" * 100_000, '{"schema_version": 2}']
)
def test_a_broken_document_is_one_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(LemmataError, match=r"a\.json is no result.*: run verify again"):
        results.load("a", tmp_path)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (["verdict"], "true", "verdict is 'true'"),
        (["title"], 3, "title is 3"),
        (["numerics", "evidence", 0, "predicted"], "much", r"evidence\[0\].predicted is 'much'"),
        (["numerics", "evidence", 0, "n"], True, "n is True"),
        (["proof", "parts"], {}, "parts is {}"),
        (["seconds"], None, "seconds is None"),
    ],
)
def test_a_changed_document_says_where(
    report: Report, tmp_path: Path, path: list[Any], value: Any, said: str
) -> None:
    document = kept(report, tmp_path)
    place = document["theorems"][0]
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    (tmp_path / "a.json").write_text(json.dumps(document))
    with pytest.raises(LemmataError, match=said):
        results.load("a", tmp_path)


def test_another_version_is_named(report: Report, tmp_path: Path) -> None:
    document = {**kept(report, tmp_path), "schema_version": 1}
    (tmp_path / "a.json").write_text(json.dumps(document))
    with pytest.raises(LemmataError, match="has schema version 1, not 2: run verify again"):
        results.load("a", tmp_path)


def test_unknown_and_missing_keys_are_named() -> None:
    whole = encode(ERRATUM)
    with pytest.raises(Malformed, match="colour is unknown"):
        decode(ErratumReport, {**whole, "colour": "red"})
    del whole["source"]
    with pytest.raises(Malformed, match="source is missing"):
        decode(ErratumReport, whole)


def test_a_folder_that_takes_no_file_is_an_error_and_leaves_nothing(report: Report, tmp_path: Path) -> None:
    (tmp_path / "results").write_text("in the way")
    with pytest.raises(OSError, match=r"exists|directory"):
        results.save("a", Result(report=report), tmp_path / "results")
    (tmp_path / "b" / "a.json").mkdir(parents=True)
    with pytest.raises(OSError, match=r"a\.json"):
        results.save("a", Result(report=report), tmp_path / "b")
    assert [path.name for path in (tmp_path / "b").iterdir()] == ["a.json"]
