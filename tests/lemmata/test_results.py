from __future__ import annotations

from pathlib import Path

import pytest

from lemmata import results


def test_a_saved_run_gives_its_verdict_back(tmp_path: Path) -> None:
    folder = tmp_path / "results"
    assert results.last_verdict("a", folder) == "not run"
    results.save("a", '{"theorems": [{"verdict": "verified"}]}', folder)
    results.save("a", '{"theorems": [{"verdict": "refuted"}]}', folder)
    assert results.last_verdict("a", folder) == "refuted"
    assert [path.name for path in folder.iterdir()] == ["a.json"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"theorems": []}', '{"theorems": 3}', "\x00"])
def test_a_broken_document_is_no_verdict(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text)
    assert results.last_verdict("a", tmp_path) == "unreadable"
