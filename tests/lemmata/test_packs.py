"""Packs: installed packages whose theorems join the catalogue through entry points, well made and broken."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import program
from lemmata import catalogue
from lemmata.catalogue import scan
from lemmata.commandline.scaffold import _filled, write_all
from lemmata.model import LemmataError

ROOT = Path(__file__).resolve().parents[2]
GROUP = "[lemmata.theorems]"


def installed(site: Path, distribution: str, entry_points: str, metadata: str = "-1.0.dist-info") -> None:
    """A distribution as an installer leaves it: metadata beside the package."""
    folder = site / f"{distribution}{metadata}"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n")
    (folder / "entry_points.txt").write_text(entry_points, encoding="utf-8")


def pack(site: Path, package: str, slug: str, theme: str = "dynamics", beginning: str = "") -> Path:
    """A package with both trees and one pair in them; ``beginning`` is what it runs when it is imported."""
    home = site.joinpath(*package.split("."))
    words = {"id": slug.replace("_", "-"), "slug": slug, "theme": theme}
    write_all(
        {
            home / "__init__.py": beginning,
            home / "theorems" / theme / f"{slug}.py": _filled("theorem", words),
            home / "numerics" / theme / f"{slug}.py": _filled("twin", words),
        }
    )
    return home


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of sys.path for packages, and a catalogue that has no theorems of its own."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    monkeypatch.setattr(catalogue, "ROOT", tmp_path / "nothing")
    return folder


def run(site: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *arguments],
        cwd=site.parent,
        env={**os.environ, "PYTHONPATH": str(site), **env},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def ids(listing: str) -> list[str]:
    return [theorem["id"] for theorem in json.loads(listing)["theorems"]]


# ---------------------------------------------------------------- from outside


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack that is well made, one that takes an id again, and one of which only the metadata is left."""
    site = tmp_path_factory.mktemp("packs") / "site"
    pack(site, "gains", "pack_gains", beginning="print('imported')\n")
    installed(site, "gains", f"{GROUP}\nany = gains\n")
    pack(site, "copied", "parity_gradient", theme="hardness")
    installed(site, "copied", f"{GROUP}\nany = copied\n")
    installed(site, "gone", f"{GROUP}\nany = gone\n")
    return site


def test_list_shows_packs_and_says_what_is_wrong_with_them_on_a_line_each(outside: Path) -> None:
    done = run(outside, "list", "--json")
    own = [entry.id for entry in scan(ROOT).entries]
    assert sorted(ids(done.stdout)) == sorted(
        {*own, "pack-gains", "lemmata:parity-gradient", "copied:parity-gradient"} - {"parity-gradient"}
    )
    broken, twice = done.stderr.splitlines()
    assert broken == "error: the pack gone is broken: there is no such package"
    assert str(ROOT / "theorems/hardness/parity_gradient.py") in twice
    assert str(outside / "copied/theorems/hardness/parity_gradient.py") in twice
    assert twice.startswith("error: the id parity-gradient is taken twice")
    assert json.loads(done.stdout)["problems"] == [
        line.removeprefix("error: ") for line in done.stderr.splitlines()
    ]
    assert done.returncode == 2


def test_a_theorem_of_a_pack_verifies_and_two_workers_change_no_digit(outside: Path) -> None:
    one, two = (run(outside, "verify", "pack-gains", "--json", "--workers", n) for n in "12")
    assert (one.returncode, two.returncode) == (0, 0), one.stderr + two.stderr
    assert one.stdout == two.stdout
    (report,) = json.loads(one.stdout)["theorems"]
    assert (report["id"], report["theme"], report["verdict"]) == ("pack-gains", "dynamics", "verified")
    assert "imported" in one.stderr.splitlines()  # what a package prints keeps off stdout


def test_an_id_taken_twice_is_not_chosen_for_the_user_but_a_path_chooses(outside: Path) -> None:
    done = run(outside, "show", "parity-gradient")
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert str(ROOT) in line and str(outside) in line
    assert "lemmata:parity-gradient (" in line and "copied:parity-gradient (" in line
    chosen = run(outside, "show", str(outside / "copied/theorems/hardness/parity_gradient.py"))
    assert chosen.returncode == 0 and "Random gains" in chosen.stdout


# ---------------------------------------------------------------- from inside


@pytest.fixture
def taken(site: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Result]]:
    """The command line where a theorem of lemmata's own and one of a pack have the id drift."""
    for home in (site.parent / "nothing", pack(site, "copied", "drift")):
        for tree in ("theorems", "numerics"):
            path = home / tree / "dynamics" / "drift.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                path.write_text('"""The shipped one."""\n')
    installed(site, "copied", f"{GROUP}\nany = copied\n")
    monkeypatch.chdir(site.parent)
    yield lambda *words: CliRunner().invoke(program, list(words), prog_name="lemmata")
    for name in [name for name in sys.modules if name.partition(".")[0] == "copied"]:
        del sys.modules[name]  # the next pack of this name stands elsewhere


def test_a_pack_and_an_id_choose_where_an_id_is_taken_twice(taken: Callable[..., Result]) -> None:
    found = scan()
    assert found.names() == ("lemmata:drift", "copied:drift")
    assert [found.find(name).pack for name in found.names()] == ["", "copied"]
    assert found.problems[0].endswith("; these longer names tell them apart")
    for name in ("copied:drif", "copied:Drift"):
        with pytest.raises(LemmataError, match=r"did you mean .*copied:drift"):
            found.find(name)
    with pytest.raises(LemmataError, match="there is no theorem 'elsewhere:drift'"):
        found.find("elsewhere:drift")
    done = taken("eval", "copied:drift", "nothing")
    assert done.exit_code == 2 and "no quantity 'nothing'" in done.stderr


def test_the_verdict_of_a_pack_is_not_that_of_the_id_it_took(taken: Callable[..., Result]) -> None:
    assert taken("verify", "copied:drift", "-q").exit_code == 0
    listed = json.loads(taken("list", "--json").stdout)["theorems"]
    assert {entry["id"]: entry["status"] for entry in listed} == {
        "lemmata:drift": "not run",
        "copied:drift": "verified",
    }
    assert [path.name for path in Path("results").iterdir()] == ["copied.drift.json"]


def test_an_id_taken_twice_in_one_tree_is_asked_for_by_its_path(site: Path) -> None:
    home = pack(site, "gains", "drift")
    for tree in ("theorems", "numerics"):
        (home / tree / "hardness").mkdir()
        (home / tree / "hardness" / "drift.py").write_text('"""Another."""\n')
    installed(site, "gains", f"{GROUP}\nany = gains\n")
    (problem,) = scan().problems
    assert problem.endswith("; only their paths tell them apart")


def test_an_entry_of_a_pack_knows_its_package_and_nothing_is_imported(site: Path) -> None:
    home = pack(site, "gains", "drift", beginning="raise RuntimeError('imported')")
    installed(
        site, "gains", f"# made by hand\n[other]\nx = y\n{GROUP}\n; none\nany = gains [fast]\n[last]\na = b\n"
    )
    found = scan()
    (entry,) = found.entries
    assert (entry.id, entry.theme, entry.pack, found.problems) == ("drift", "dynamics", "gains", ())
    assert entry.theorem == home / "theorems/dynamics/drift.py"
    assert entry.theorem_source == "module:gains.theorems.dynamics.drift"
    assert entry.twin_source == "module:gains.numerics.dynamics.drift"
    assert "gains" not in sys.modules


def test_a_pack_may_be_a_package_inside_another(site: Path) -> None:
    pack(site, "outer.inner", "drift")
    installed(site, "outer", f"{GROUP}\nany = outer.inner\n")
    (entry,) = scan().entries
    assert entry.theorem_source == "module:outer.inner.theorems.dynamics.drift"


def test_a_pack_named_by_two_entry_points_or_distributions_is_read_once(site: Path) -> None:
    pack(site, "gains", "drift")
    installed(site, "gains", f"{GROUP}\none = gains\ntwo = gains\n")
    installed(site, "gains_again", f"{GROUP}\none = gains\n")
    assert [entry.id for entry in scan().entries] == ["drift"]
    assert not scan().problems


def test_the_first_distribution_of_a_name_hides_the_others(site: Path, tmp_path: Path) -> None:
    pack(site, "gains", "drift")
    installed(site, "Gains", f"{GROUP}\nany = gains\n")
    later = tmp_path / "later"
    installed(later, "gains", f"{GROUP}\nany = removed\n", metadata="-0.9.dist-info")
    sys.path.append(str(later))
    try:
        assert not scan().problems
    finally:
        sys.path.remove(str(later))


def test_an_egg_is_read_too(site: Path) -> None:
    pack(site, "gains", "drift")
    installed(site, "gains", f"{GROUP}\nany = gains\n", metadata=".egg-info")
    assert [entry.id for entry in scan().entries] == ["drift"]


def test_an_orphan_in_a_pack_is_named_with_the_packs_place(site: Path) -> None:
    home = pack(site, "gains", "drift")
    (home / "numerics/dynamics/drift.py").unlink()
    installed(site, "gains", f"{GROUP}\nany = gains\n")
    (problem,) = scan().problems
    assert problem.startswith(f"{home}/theorems/dynamics/drift.py has no experiment")


BROKEN: Mapping[str, str] = {
    "nowhere": "there is no such package",
    "nowhere.deeper": "there is no such package",
    "not-a-name": "there is no such package",
    "gains:theorems": "there is no such package",
    "": "there is no such package",
    "..gains": "there is no such package",
    "json": "it has no folders theorems/ and numerics/",
    "sys": "it has no folders theorems/ and numerics/",
    "half": "it has no folders theorems/ and numerics/",
    "__main__": "",
}


@pytest.mark.parametrize("package", BROKEN)
def test_a_broken_pack_is_one_line_and_hides_no_other(site: Path, package: str) -> None:
    (site / "half" / "theorems").mkdir(parents=True)
    pack(site, "gains", "drift")
    installed(site, "a_broken", f"{GROUP}\nany = {package}\n")
    installed(site, "gains", f"{GROUP}\nany = gains\n")
    found = scan()
    assert [entry.id for entry in found.entries] == ["drift"]
    (problem,) = found.problems
    assert problem.startswith(f"the pack {package} is broken: ")
    assert BROKEN[package] in problem and "\n" not in problem


@pytest.mark.parametrize(
    "text", ["\x00\xff[", "[lemmata.theorems", "[lemmata.theorems]\nno equals sign\n=\n"]
)
def test_metadata_that_cannot_be_read_names_no_pack_that_works(site: Path, text: str) -> None:
    installed(site, "noise", text)
    found = scan()
    assert found.entries == () and all("\n" not in problem for problem in found.problems)


def test_a_finder_that_raises_is_one_line(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Finder:
        def find_spec(self, name: str, path: object = None, target: object = None) -> None:
            if name == "cursed":
                raise OSError("two\nlines")

    monkeypatch.setattr(sys, "meta_path", [Finder(), *sys.meta_path])
    installed(site, "cursed", f"{GROUP}\nany = cursed\n")
    assert scan().problems == ("the pack cursed is broken: two lines",)


def test_a_duplicate_between_packs_names_both(site: Path) -> None:
    for name in ("first", "second"):
        pack(site, name, "drift")
        installed(site, name, f"{GROUP}\nany = {name}\n")
    (problem,) = scan().problems
    assert "first/theorems/dynamics/drift.py" in problem and "second/theorems/dynamics/drift.py" in problem
    with pytest.raises(LemmataError, match="taken twice"):
        scan().find("drift")
