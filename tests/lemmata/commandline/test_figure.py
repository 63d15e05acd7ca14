"""The option --figure: whole files, the same bytes again, and every fault one line before anything is run."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import lemmata.verification
from cli import program
from lemmata import results

matplotlib = pytest.importorskip("matplotlib")

SOURCE = '''"""A square."""

from lemmata.model import Row
from lemmata.proof import Part, Quantity, Theorem, claim, eq, real

x = real("x")
theorem = Theorem(
    setting="x a number.",
    parts=(Part("a", "Expanded.", claim((x,), eq((x + 1) ** 2, x**2 + 2 * x + 1))),),
    quantities=(Quantity("expanded", "", {"x": "nonnegative"}, lambda x: x**2 + 2 * x + 1),),
)


def derive(proof):
    proof.conclude("a", "identity")


def rows(rng, xp, *, shift: int = 0):
    yield Row(name="at 3", quantity="expanded", at={"x": 3}, part="a", kind="exact", value=16 + shift, grade="exact")
'''
DRAW = '''"""Points on the parabola."""


def draw(figure, formula, rng, xp):
    places = [float(x) for x in rng.uniform((5,))]
    axes = figure.subplots()
    axes.plot(places, [formula("expanded", x=x) for x in places])
    axes.set(title="$(x+1)^2$ and words")
'''
HEADS = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("square.py").write_text(SOURCE, encoding="utf-8")
    Path("_square_figure.py").write_text(DRAW, encoding="utf-8")


def run(*arguments: str, command: str = "check", target: str = "./square.py") -> Result:
    given = [command, target, "--backend", "numpy", *arguments]
    return CliRunner().invoke(program, given, prog_name="lemmata")


def drawn(name: str, *arguments: str) -> bytes:
    done = run("--figure", name, *arguments)
    assert (done.exit_code, done.stderr) == (0, f"figure: {name}\n")
    return Path(name).read_bytes()


@pytest.fixture
def nothing_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*arguments: object) -> None:
        raise AssertionError("the fault of the figure was found late")

    monkeypatch.setattr(lemmata.verification, "check", run)
    monkeypatch.setattr(lemmata.verification, "verify", run)


def refused(said: str, *arguments: str, **how: str) -> None:
    before = {path: path.read_bytes() for path in Path().iterdir() if path.is_file()}
    done = run(*arguments, **how)
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.output
    assert said in done.stderr
    assert {path: path.read_bytes() for path in Path().iterdir() if path.is_file()} == before


@pytest.mark.parametrize("ending", HEADS)
def test_a_figure_has_the_same_bytes_again(ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = drawn(f"one.{ending}")
    monkeypatch.setitem(matplotlib.rcParams, "lines.linewidth", 7.0)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert first.startswith(HEADS[ending])
    assert drawn(f"two.{ending}") == first
    assert drawn(f"three.{ending}", "--seed", "1") != first
    assert sorted(path.name for path in Path().glob("*.partial")) == []


def test_no_date_stands_in_it() -> None:
    svg = drawn("one.svg")
    assert b"date" not in svg and b"DejaVu" not in svg
    assert b"CreationDate" not in drawn("one.pdf")


def test_quiet_says_nothing_of_it_and_verify_draws_too() -> None:
    done = run("--figure", "one.svg", "-q", command="verify")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "square verified\n", "")
    assert Path("one.svg").read_bytes().startswith(HEADS["svg"])


def test_a_refuted_experiment_is_drawn_and_keeps_its_exit_code() -> None:
    done = run("--figure", "one.SVG", "-p", "shift=1")
    assert done.exit_code == 1 and Path("one.SVG").is_file()


def test_parameters_are_drawn_with_or_named() -> None:
    default, here = drawn("one.svg"), Path("_square_figure.py")
    done = run("--figure", "two.svg", "-p", "shift=0")
    assert done.stderr == "figure: two.svg, which does not depend on shift\n"
    assert Path("two.svg").read_bytes() == default
    text = DRAW.replace("rng, xp)", "rng, xp, *, shift=0)").replace("x=x)", "x=x) + shift")
    here.write_text(text, encoding="utf-8")
    assert drawn("two.svg") == drawn("two.svg", "-p", "shift=0") == default
    done = run("--figure", "two.svg", "-p", "shift=5")
    assert (done.exit_code, done.stderr) == (1, "figure: two.svg\n")
    assert Path("two.svg").read_bytes() != default


@pytest.mark.usefixtures("nothing_runs")
@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("one.gif", "it ends in one of .svg, .png, .pdf"),
        ("one", "it ends in one of .svg, .png, .pdf"),
        ("missing/one.svg", "cannot be written: there is no such folder"),
        ("square.py/one.svg", "cannot be written: there is no such folder"),
        (".", "is a directory"),
    ],
)
def test_a_file_that_cannot_be_a_figure(file: str, said: str) -> None:
    refused(said, "--figure", file)
    refused(said, "--figure", file, command="verify")


@pytest.mark.usefixtures("nothing_runs")
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("def draw", "def paint", "has no function draw(figure, formula, rng, xp)"),
        ('"expanded"', '"expand"', "has no quantity 'expand'"),
        ("x=x)", "x=-1)", "expanded: x must be a number, at least 0, not -1"),
        ("places = ", "places = 1 / 0 or ", "draw() raised ZeroDivisionError"),
        ('"""Points', "import nothing_of_that_name\n\n'''Points", "cannot be loaded"),
        ("(x+1)^2", "\\\\nosuchsymbol", "raised ValueError"),
    ],
)
def test_a_faulty_companion_is_one_line(old: str, new: str, said: str) -> None:
    assert old in DRAW
    text = DRAW.replace(old, new)
    Path("_square_figure.py").write_text(
        text.replace('parabola."""', "parabola.'''") if "'''" in text else text
    )
    refused(said, "--figure", "one.svg")


@pytest.mark.usefixtures("nothing_runs")
def test_a_theorem_without_a_figure() -> None:
    Path("_square_figure.py").unlink()
    refused("square has no figure: its experiment has no companion _square_figure.py", "--figure", "one.svg")


@pytest.mark.usefixtures("nothing_runs")
def test_a_figure_is_of_one_theorem() -> None:
    refused("--figure draws one theorem", "./square.py", "--figure", "one.svg", command="verify")


@pytest.mark.usefixtures("nothing_runs")
def test_matplotlib_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    refused("pip install 'lemmata[plot]'", "--figure", "one.svg")


def test_bad_input_of_the_run_leaves_no_figure() -> None:
    refused("has no parameter 'shif'", "--figure", "one.svg", "-p", "shif=1")


def test_a_disk_that_takes_no_more_is_one_line_after_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    def write(path: Path, content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(results, "write", write)
    done = run("--figure", "one.svg")
    assert done.exit_code == 2 and done.stdout.startswith("THEOREM square")
    assert done.stderr == "error: the figure one.svg cannot be written: No space left on device\n"
