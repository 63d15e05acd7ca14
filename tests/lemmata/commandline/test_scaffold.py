"""The command new: what it writes verifies as it is, and it writes everything or nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from string import Template

import pytest
from click.testing import CliRunner, Result

import lemmata.commandline
from cli import program
from lemmata import verification
from lemmata.catalogue import find, scan
from lemmata.commandline.scaffold import LONGEST, THEMES, write_all
from lemmata.model import LemmataError, Options

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = sorted(Path(lemmata.commandline.__file__).with_name("templates").iterdir())
# The tests that are repeated for every pair of the catalogue.
CONTRACTS = [
    f"tests/{path.name}"
    for path in sorted((ROOT / "tests").glob("test_*.py"))
    if "ENTRIES = scan().entries" in path.read_text(encoding="utf-8")
]
LONG = "a-" + "b" * (LONGEST - 2)
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(program, list(arguments), prog_name="lemmata")

    return invoke


@pytest.fixture
def trees(tmp_path: Path) -> Path:
    for tree in ("theorems", "numerics"):
        (tmp_path / tree).mkdir()
    return tmp_path


def everything(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def refused(result: Result) -> str:
    """The one line of a usage error."""
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith("error: ")
    return line


# ---------------------------------------------------------------- a pair


def test_a_pair_verifies_as_it_is_and_its_false_variant_is_caught(run: Run, trees: Path) -> None:
    result = run("new", "gain-drift")
    assert result.exit_code == 0
    assert set(result.stdout.split()) == {
        "theorems/expressivity/__init__.py",
        "numerics/expressivity/__init__.py",
        "theorems/expressivity/gain_drift.py",
        "numerics/expressivity/gain_drift.py",
        "tests/expressivity/test_gain_drift.py",
    }
    assert result.stderr.endswith(": lemmata verify theorems/expressivity/gain_drift.py\n")
    assert [(e.id, e.theme) for e in scan(trees).entries] == [("gain-drift", "expressivity")]
    assert not scan(trees).problems
    report = verification.verify(find("theorems/expressivity/gain_drift.py"), Options())
    assert (report.verdict, report.notes) == ("verified", ())
    assert [(v.proof, v.numerics) for v in report.variants] == [("refused", "refuted")]
    assert report.proof and report.proof.status == "proved"


def test_a_pair_goes_where_the_theme_says_and_leaves_what_is_there(run: Run, trees: Path) -> None:
    assert run("new", "one", "--theme", "hardness").exit_code == 0
    home = trees / "theorems" / "hardness" / "__init__.py"
    home.write_text('"""Mine."""\n')
    result = run("new", "two", "--theme", "hardness")
    assert "__init__" not in result.stdout and home.read_text() == '"""Mine."""\n'
    assert [e.id for e in scan(trees).entries] == ["one", "two"]


def test_the_experiment_can_refute_what_the_pair_claims(run: Run, trees: Path) -> None:
    run("new", "gain-drift")
    twin = trees / "numerics/expressivity/gain_drift.py"
    fair = twin.read_text()
    twin.write_text(fair.replace("stream.signs(size, n) / 2", "stream.signs(size, n) / 3"))
    assert twin.read_text() != fair
    report = verification.verify(find("theorems/expressivity/gain_drift.py"), Options())
    assert report.numerics is not None
    assert {e.name: e.verdict for e in report.numerics.evidence} == {
        "mean": "consistent",
        "square": "refuted",
        "square, enumerated": "consistent",
    }


def test_one_document_names_the_files_and_the_command_that_verifies_them(run: Run, trees: Path) -> None:
    result = run("new", "gain-drift", "--json")
    document = json.loads(result.stdout)
    assert (result.exit_code, result.stderr, list(document)) == (0, "", ["schema_version", "files", "verify"])
    assert document["schema_version"] == 1 and len(document["files"]) == 5
    assert all((trees / file).is_file() for file in document["files"])
    assert document["verify"] == "lemmata verify theorems/expressivity/gain_drift.py"
    result = run("new", "other", "--file", "a b.py", "--json")
    assert json.loads(result.stdout) == {
        "schema_version": 1,
        "files": ["a b.py"],
        "verify": "lemmata verify 'a b.py::other'",
    }
    refused(run("new", "gain-drift", "--json"))


@pytest.mark.parametrize("n", ["0", "9"])
def test_a_pair_says_which_parameters_it_takes(run: Run, trees: Path, n: str) -> None:
    run("new", "gain-drift")
    with pytest.raises(LemmataError, match=f"must be in 1..8, not {n}"):
        verification.check(find("theorems/expressivity/gain_drift.py"), Options(params={"n": n}))


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this checkout without theorems, in which a pair of the longest name was begun."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("cli.py", "pyproject.toml", "lemmata", "tests/test_imports.py", *CONTRACTS):
        (folder / name).parent.mkdir(exist_ok=True)
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, folder / name)
    for tree in ("theorems", "numerics"):
        (folder / tree).mkdir()
        shutil.copy2(ROOT / tree / "__init__.py", folder / tree)
    done = inside(folder, "cli.py", "new", LONG, "--theme", "generalisation")
    assert done.returncode == 0, done.stderr
    assert done.stderr.endswith(f" verify {LONG}\n")
    return folder


def inside(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=False, timeout=300
    )


def test_a_pair_and_its_test_pass_what_every_pair_of_the_catalogue_is_put_to(checkout: Path) -> None:
    assert "tests/test_pairs.py" in CONTRACTS
    laws = "not test_imports or (test_every_file_keeps_the_law and generalisation)"
    asked = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-k", laws, "tests")
    done = inside(checkout, *asked)
    assert done.returncode == 0, done.stdout
    assert LONG in inside(checkout, "cli.py", "list").stdout


def test_a_pair_is_formatted_and_clean(checkout: Path) -> None:
    written = [
        str(path) for tree in ("theorems", "numerics", "tests") for path in checkout.glob(f"{tree}/*/*.py")
    ]
    assert len(written) == 5
    for command in (("format", "--check"), ("check", "--no-cache")):
        done = inside(checkout, "-m", "ruff", *command, *written)
        assert done.returncode == 0, done.stdout


# ---------------------------------------------------------------- one file


@pytest.mark.parametrize(
    ("words", "target"),
    [
        (("--file", "mine.py"), "mine.py"),
        (("--file", "my lemma.py"), "my lemma.py"),
        (("--file", "mine.py", "other-lemma"), "mine.py::other_lemma"),
        (("--file", "my_lemma.py", "my-lemma"), "my_lemma.py::my_lemma"),
        (("--file", "mine.py", "theorem"), "mine.py::theorem"),
    ],
)
def test_one_file_verifies_as_it_is_under_the_name_that_is_said(
    run: Run, tmp_path: Path, words: tuple[str, ...], target: str
) -> None:
    result = run("new", *words)
    assert (result.exit_code, result.stdout) == (0, f"{words[1]}\n")
    said = f"'{target}'" if " " in target else target
    assert result.stderr.endswith(f": lemmata verify {said}\n")
    assert everything(tmp_path) == {words[1]}
    for name in {target, words[1]}:
        done = run("verify", name, "--quiet")
        assert done.exit_code == 0, done.stderr
        assert done.stdout.endswith(" verified\n")


def test_the_variant_of_one_file_is_refused_and_refuted(run: Run) -> None:
    run("new", "--file", "mine.py")
    report = verification.verify(find("mine.py"), Options())
    assert [(v.proof, v.numerics, v.witness != "") for v in report.variants] == [("refused", "refuted", True)]


def test_one_file_is_formatted_and_clean(run: Run, tmp_path: Path) -> None:
    run("new", "--file", "mine.py", "other-lemma")
    settings = ("--config", str(ROOT / "pyproject.toml"), "--no-cache", str(tmp_path / "mine.py"))
    for command in (("format", "--check"), ("check", "--ignore", "D")):
        done = inside(tmp_path, "-m", "ruff", *command, *settings)
        assert done.returncode == 0, done.stdout


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    "slug", ["", "A", "a--b", "a_", "-a", "9a", "a.b", "a/b", "../a", "é", "a b", f"{LONG}c"]
)
def test_what_is_no_slug_is_named_with_the_rule(run: Run, trees: Path, slug: str) -> None:
    before = everything(trees)
    line = refused(run("new", "--", slug))
    assert repr(slug) in line and "lower case letters, digits and single dashes" in line
    assert everything(trees) == before


@pytest.mark.parametrize("slug", ["class", "import", "lambda"])
def test_a_word_of_python_is_no_slug(run: Run, trees: Path, slug: str) -> None:
    assert "a word of Python" in refused(run("new", slug))


@pytest.mark.parametrize("slug", ["mean", "rows", "derive", "sum", "n"])
def test_a_name_that_one_file_needs_itself_is_refused(run: Run, tmp_path: Path, slug: str) -> None:
    assert f"needs the word {slug}" in refused(run("new", "--file", "mine.py", slug))
    assert not everything(tmp_path)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ((), "name the theorem, or say --file"),
        (("a",), "has no folders theorems/ and numerics/"),
        (("a", "--theme", "cooking"), "'cooking' is not one of"),
        (("--file", "a.py", "--theme", "hardness"), "has no theme"),
        (("--file", "a.txt"), "must end in .py"),
        (("--file", ""), "must end in .py"),
        (("--file", "nowhere/a.py"), "there is no folder nowhere"),
        (("--file", f"{'a' * 300}.py"), "cannot be written: File name too long"),
    ],
)
def test_what_cannot_be_begun_is_one_line(
    run: Run, tmp_path: Path, words: tuple[str, ...], reason: str
) -> None:
    assert reason in refused(run("new", *words))
    assert not everything(tmp_path)


@pytest.mark.parametrize(
    "existing",
    [
        "theorems/expressivity/gain_drift.py",
        "numerics/expressivity/gain_drift.py",
        "tests/expressivity/test_gain_drift.py",
    ],
)
def test_a_file_that_exists_is_never_overwritten(run: Run, trees: Path, existing: str) -> None:
    path = trees / existing
    path.parent.mkdir(parents=True)
    path.write_text('"""Mine."""\n')
    before = everything(trees)
    assert existing in refused(run("new", "gain-drift"))
    assert path.read_text() == '"""Mine."""\n' and everything(trees) == before


def test_an_id_of_another_theme_is_taken(run: Run, trees: Path) -> None:
    run("new", "gain-drift", "--theme", "hardness")
    assert "taken by" in refused(run("new", "gain-drift", "--theme", "dynamics"))
    assert not (trees / "theorems/dynamics").exists()


def test_one_file_is_never_overwritten_not_even_a_link_to_nowhere(run: Run, tmp_path: Path) -> None:
    (tmp_path / "link.py").symlink_to("nowhere.py")
    assert "link.py exists already" in refused(run("new", "--file", "link.py"))
    assert not (tmp_path / "nowhere.py").exists()
    (tmp_path / "mine.py").write_text("mine")
    assert "mine.py exists already" in refused(run("new", "--file", "mine.py"))
    assert (tmp_path / "mine.py").read_text() == "mine"


def test_what_was_written_is_taken_back_where_the_last_file_cannot_be(run: Run, trees: Path) -> None:
    (trees / "tests").write_text("a file where the folder should be")
    before = everything(trees)
    line = refused(run("new", "gain-drift"))
    assert "tests/expressivity cannot be written" in line and "nothing was written" in line
    assert everything(trees) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="no folder is closed to this user")
def test_a_folder_without_permission_is_one_line(run: Run, trees: Path) -> None:
    closed = trees / "theorems"
    for mode in (0o500, 0o000):
        closed.chmod(mode)
        try:
            refused(run("new", "gain-drift"))
            refused(run("new", "--file", "theorems/a.py"))
            refused(run("verify", "theorems/a.py"))
        finally:
            closed.chmod(0o700)
        assert everything(trees) == {"theorems", "numerics"}


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def __enter__(self) -> Full:
            return self

        def __exit__(self, *error: object) -> None:
            return None

        def write(self, text: str) -> None:
            raise OSError(28, "No space left on device")

    opened = Path.open

    def filling(path: Path, mode: str, encoding: str) -> object:
        if path.name == "c.py":
            opened(path, mode, encoding=encoding).close()
            return Full()
        return opened(path, mode, encoding=encoding)

    monkeypatch.setattr(Path, "open", filling)
    with pytest.raises(LemmataError, match=r"b/c\.py cannot be written: No space left"):
        write_all({tmp_path / "a.py": "1", tmp_path / "b" / "c.py": "2"})
    assert not everything(tmp_path)


# ---------------------------------------------------------------- the templates


def test_every_template_is_in_the_wheel_and_in_the_repository() -> None:
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    assert "lemmata" in wheel["targets"]["wheel"]["only-include"]
    assert [path.name for path in TEMPLATES] == ["file.txt", "test.txt", "theorem.txt", "twin.txt"]
    ignored = subprocess.run(
        ["git", "check-ignore", *map(str, TEMPLATES)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ignored.stdout == ""  # hatchling leaves out what git ignores


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_every_placeholder_is_filled(path: Path) -> None:
    known = {"id", "slug", "theme"} if path.stem != "file" else set()
    assert set(Template(path.read_text(encoding="utf-8")).get_identifiers()) <= known


def test_the_themes_are_those_of_the_catalogue() -> None:
    assert {entry.theme for entry in scan().entries} <= set(THEMES)
