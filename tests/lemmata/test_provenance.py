"""What an experiment is made of: every file of the author's that it imports, in whatever form, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from lemmata import provenance
from lemmata.catalogue import find
from lemmata.running import engine

LEMMA = '"""A lemma."""\n{imports}\n\n\ndef rows(rng, xp):\n    yield from ()\n'


def digest(folder: Path, imports: str) -> str:
    (folder / "lemma.py").write_text(LEMMA.format(imports=imports), encoding="utf-8")
    return provenance.experiment_sources(find(str(folder / "lemma.py")))


@pytest.mark.parametrize(
    ("imports", "file"),
    [
        ("import helper", "helper.py"),
        ("import math, helper", "helper.py"),
        ("import math, helper as other, sys", "helper.py"),
        ("def later():\n    import helper", "helper.py"),
        ("from helper import P", "helper.py"),
        ("from tools import helper", "tools/helper.py"),
        ("from tools import (\n    one,\n    helper,\n)", "tools/helper.py"),
        ("from tools.helper import P", "tools/helper.py"),
        ("import tools.helper", "tools/helper.py"),
        ("import tools.inner.helper", "tools/__init__.py"),
        ("from tools import P", "tools/__init__.py"),
        ("from tools import one, \\\n    helper", "tools/helper.py"),
        ("from tools import (\n    one,  # (of two)\n    helper,\n)", "tools/helper.py"),
        ("import math; from tools import helper", "tools/helper.py"),
        ("try: from tools import helper\nexcept ImportError: pass", "tools/helper.py"),
        ("import elsewhere", "path/elsewhere.py"),
    ],
)
def test_a_file_that_is_imported_is_part_of_the_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, imports: str, file: str
) -> None:
    monkeypatch.syspath_prepend(tmp_path / "path")
    changed = tmp_path / file
    changed.parent.mkdir(exist_ok=True)
    changed.write_text("P = 1\n", encoding="utf-8")
    before = digest(tmp_path, imports)
    assert digest(tmp_path, imports) == before
    changed.write_text("P = 2\n", encoding="utf-8")
    assert digest(tmp_path, imports) != before


def test_what_an_imported_file_imports_is_part_too(tmp_path: Path) -> None:
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "one.py").write_text("from .two import P\n", encoding="utf-8")
    (tmp_path / "tools" / "two.py").write_text("from ..three import P\n", encoding="utf-8")
    three = tmp_path / "three.py"
    three.write_text("P = 1\n", encoding="utf-8")
    before = digest(tmp_path, "from tools.one import P")
    three.write_text("P = 2\n", encoding="utf-8")
    assert digest(tmp_path, "from tools.one import P") != before


@pytest.mark.parametrize(
    "imports", ["import numpy, lemmata.model", "from lemmata import model, sampling", "import"]
)
def test_installed_packages_and_the_toolkit_are_no_part(tmp_path: Path, imports: str) -> None:
    path = tmp_path / "lemma.py"
    path.write_text(LEMMA.format(imports=imports), encoding="utf-8")
    found = provenance._imported(path.read_text(encoding="utf-8"), path, tmp_path)  # pyright: ignore[reportPrivateUsage]
    assert list(found) == []


def test_a_file_that_nothing_imports_is_no_part(tmp_path: Path) -> None:
    other = tmp_path / "other.py"
    other.write_text("P = 1\n", encoding="utf-8")
    before = digest(tmp_path, "import math")
    other.write_text("P = 2\n", encoding="utf-8")
    assert digest(tmp_path, "import math") == before


def test_the_engine_is_named_after_every_file_that_draws_or_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy of the sources, of which one file after the other is changed."""
    sources = list(engine._sources())  # pyright: ignore[reportPrivateUsage]
    names = {source.name for source in sources}
    assert {"stream.py", "philox.py", "histogram.py", "shards.py"} <= names
    copies = [tmp_path / f"{k}-{source.name}" for k, source in enumerate(sources)]
    for source, copy in zip(sources, copies, strict=True):
        copy.write_bytes(source.read_bytes())
    monkeypatch.setattr(engine, "_sources", lambda: iter(copies))
    named = [engine.engine.__wrapped__()]
    for copy in copies:
        copy.write_bytes(copy.read_bytes() + b"#")
        named.append(engine.engine.__wrapped__())
    assert len(set(named)) == len(copies) + 1
