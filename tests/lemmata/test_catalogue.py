from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lemmata import catalogue
from lemmata.model import LemmataError


def write(
    root: Path, where: str, text: str = '"""A title.\n\nMore."""\nraise RuntimeError("never run")\n'
) -> Path:
    path = root / where
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


@pytest.fixture
def trees(tmp_path: Path) -> Path:
    for name in ("hardness/parity_gradient", "hardness/parity_gauss", "dynamics/flow"):
        write(tmp_path, f"theorems/{name}.py")
        write(tmp_path, f"numerics/{name}.py")
    write(tmp_path, "theorems/hardness/_no_flattening_exact.py")
    write(tmp_path, "theorems/hardness/__init__.py")
    return tmp_path


def test_pairs_are_found_by_path_and_nothing_is_run(trees: Path) -> None:
    found = catalogue.scan(trees)
    assert [(e.theme, e.id) for e in found.entries] == [
        ("dynamics", "flow"),
        ("hardness", "parity-gauss"),
        ("hardness", "parity-gradient"),
    ]
    assert found.problems == ()
    entry = found.find("parity-gradient")
    assert entry.title == "A title."
    assert entry.theorem_source == "module:theorems.hardness.parity_gradient"
    assert entry.twin_source == "module:numerics.hardness.parity_gradient"
    assert not entry.single_file
    assert not any(name.startswith("theorems.hardness.parity_gauss") for name in sys.modules)


def test_orphans_of_either_tree_are_problems(trees: Path) -> None:
    (trees / "numerics/dynamics/flow.py").unlink()
    write(trees, "numerics/landscape/wishart.py")
    found = catalogue.scan(trees)
    assert found.problems == (
        "theorems/dynamics/flow.py has no experiment: numerics/dynamics/flow.py is missing",
        "numerics/landscape/wishart.py has no theorem: theorems/landscape/wishart.py is missing",
    )
    with pytest.raises(LemmataError, match="flow has no experiment"):
        _ = found.find("flow").twin_source


def test_an_id_taken_twice_names_both_origins(trees: Path) -> None:
    for tree in ("theorems", "numerics"):
        write(trees, f"{tree}/dynamics/parity_gauss.py")
    found = catalogue.scan(trees)
    (problem,) = found.problems
    assert "theorems/dynamics/parity_gauss.py" in problem and "theorems/hardness/parity_gauss.py" in problem
    with pytest.raises(LemmataError, match="taken twice"):
        found.find("parity-gauss")


@pytest.mark.parametrize(
    ("asked", "near"),
    [("parity-gradiant", "parity-gradient"), ("parity_gradient", "parity-gradient"), ("flo", "flow")],
)
def test_an_unknown_id_is_answered_with_the_nearest(trees: Path, asked: str, near: str) -> None:
    with pytest.raises(LemmataError, match=f"did you mean {near}"):
        catalogue.find(asked, trees)


def test_an_id_near_nothing_points_to_the_list(trees: Path) -> None:
    with pytest.raises(LemmataError, match="no theorem 'qqq'; the command list"):
        catalogue.find("qqq", trees)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ('r"""Raw title.\n\nBody"""', "Raw title."),
        ("'''One line.'''", "One line."),
        ('"Plain quotes."', "Plain quotes."),
        ('#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n\n"""After comments."""', "After comments."),
        ('"""\n    On the second line.\n"""', "On the second line."),
        ('"""It\'s "quoted" inside.\n"""', 'It\'s "quoted" inside.'),
        ('import os\n"""Not a docstring."""', ""),
        ("", ""),
        ('"""Unfinished', ""),
    ],
)
def test_a_title_is_the_first_line_of_the_docstring(tmp_path: Path, text: str, title: str) -> None:
    assert catalogue.title(write(tmp_path, "a.py", text)) == title


def test_a_theorem_without_a_title_is_a_problem(trees: Path) -> None:
    write(trees, "theorems/dynamics/flow.py", "x = 1\n")
    (problem,) = catalogue.scan(trees).problems
    assert "dynamics/flow.py" in problem and "title" in problem


def test_a_users_file_is_its_own_twin(trees: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "elsewhere/my_lemma.py", '"""Mine."""')
    monkeypatch.chdir(path.parent)
    entry = catalogue.find("my_lemma.py", trees)
    assert (entry.id, entry.title, entry.single_file, entry.selector) == ("my-lemma", "Mine.", True, "")
    assert entry.theorem_source == entry.twin_source == f"file:{path}"
    assert catalogue.find("./my_lemma.py::other", trees).id == "other"
    assert catalogue.find("./my_lemma.py::other", trees).selector == "other"


def test_a_file_in_trees_of_the_users_own_is_a_pair(trees: Path, tmp_path: Path) -> None:
    own = write(tmp_path, "own/theorems/hardness/mine.py")
    twin = write(tmp_path, "own/numerics/hardness/mine.py")
    entry = catalogue.find(str(own), trees)
    assert (entry.twin, entry.theme, entry.single_file) == (twin, "hardness", False)


def test_the_path_of_a_catalogued_theorem_is_that_theorem(trees: Path) -> None:
    entry = catalogue.find(str(trees / "theorems/dynamics/flow.py"), trees)
    assert entry == catalogue.find("flow", trees)


@pytest.mark.parametrize("target", ["./nothing.py", "nothing.py::a", "some/folder"])
def test_a_path_without_a_file_is_a_usage_error(trees: Path, target: str) -> None:
    with pytest.raises(LemmataError, match="there is no file") as caught:
        catalogue.find(target, trees)
    assert caught.value.exit_code == 2


def test_a_lemma_is_chosen_in_a_file_and_not_in_an_id(trees: Path) -> None:
    with pytest.raises(LemmataError, match=r"'flow::x': ::ID names a lemma of a file, FILE\.py::ID"):
        catalogue.find("flow::x", trees)


def test_a_folder_is_not_a_theorem(trees: Path) -> None:
    with pytest.raises(LemmataError, match="is not a file"):
        catalogue.find(str(trees / "theorems"), trees)


def test_this_repositorys_own_trees_are_sound() -> None:
    assert catalogue.scan().problems == ()


def test_a_folder_of_the_path_that_cannot_be_read_hides_no_theorem(
    trees: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = trees / "closed"
    reading = Path.glob

    def glob(folder: Path, pattern: str) -> Iterator[Path]:
        if folder == closed:
            raise PermissionError(13, "Permission denied", str(folder))
        return reading(folder, pattern)

    monkeypatch.setattr(Path, "glob", glob)
    monkeypatch.setattr(
        sys, "path", [str(closed), str(trees / "missing"), str(trees / "a.zip"), "", *sys.path]
    )
    monkeypatch.setattr(catalogue, "ROOT", trees)
    found = catalogue.scan()
    assert len(found.entries) == 3 and found.problems == ()


def test_packs_belong_to_the_installation_and_not_to_trees_that_are_named(
    trees: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "site/gone-1.0.dist-info/entry_points.txt", "[lemmata.theorems]\nany = gone\n")
    monkeypatch.syspath_prepend(tmp_path / "site")
    assert catalogue.scan(trees).problems == ()
    monkeypatch.setattr(catalogue, "ROOT", trees)
    assert catalogue.scan().problems == ("the pack gone is broken: there is no such package",)
