"""The command graph: the picture on stdout or in a file, one clear line for everything else."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import program
from lemmata import results

LEMMA = '''"""A product of <two> & "fair" signs has mean zero."""

from lemmata.proof import Part, Theorem, claim, eq, mean, sign

x, y = sign("x"), sign("y")
theorem = Theorem("", (Part("a", "Mean zero.", claim((), eq(mean(x, mean(y, x * y)), {claimed}))),))


def derive(proof):
    proof.step("inner", claim((x,), eq(mean(y, x * y), 0)), "sum", because="y is fair", printed={printed})
    proof.conclude("a", "sum")
'''
TITLE = 'A product of <two> & "fair" signs has mean zero.'


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*words: str, claimed: str = "0", printed: bool = True) -> Result:
    Path("lemma.py").write_text(LEMMA.format(claimed=claimed, printed=printed), encoding="utf-8")
    return CliRunner().invoke(program, ["graph", *words], prog_name="lemmata")


def words_of(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg)
    return [str(element.text) for element in root.iter("{http://www.w3.org/2000/svg}text")]


def test_the_picture_is_all_that_stdout_holds() -> None:
    done = run("./lemma.py")
    assert (done.exit_code, done.stderr) == (0, "")
    assert {TITLE, "1 inner", "2 (a)", "Mean zero."} <= set(words_of(done.stdout))


def test_a_file_holds_the_same_bytes_and_stdout_nothing() -> None:
    done = run("./lemma.py", "-o", "proof.svg")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "graph: proof.svg\n")
    assert Path("proof.svg").read_text(encoding="utf-8") == run("./lemma.py").stdout
    assert sorted(path.name for path in Path().iterdir()) == ["lemma.py", "proof.svg"]


def test_only_verbose_shows_every_kernel_step() -> None:
    assert "1 (a)" in words_of(run("./lemma.py", printed=False).stdout)
    assert {"1 inner", "2 (a)"} <= set(words_of(run("./lemma.py", "-v", printed=False).stdout))


def test_a_refused_proof_is_drawn_as_far_as_it_went_and_said_to_be_refused() -> None:
    done = run("./lemma.py", claimed="1")
    assert done.exit_code == 1
    assert re.fullmatch(
        r"\./lemma\.py is not proved, and the graph shows what was accepted: step 'a' refused: .*\n",
        done.stderr,
    )
    words = words_of(done.stdout)
    assert {"1 inner", "(a) not proved"} <= set(words) and "2 (a)" not in words
    assert any(word.startswith("NOT PROVED: step 'a' refused") for word in words)


def test_a_refused_proof_goes_into_a_file_too() -> None:
    assert run("./lemma.py", "-o", "proof.svg", claimed="1").exit_code == 1
    assert "NOT PROVED" in Path("proof.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("parity-gradiant",), "error: there is no theorem 'parity-gradiant': did you mean parity-gradient?"),
        (("./none.py",), "error: there is no file none.py"),
        (("./lemma.py::b",), "has no theorem: it defines no Theorem called 'b'"),
        (
            ("./lemma.py", "-o", "proof.png"),
            "error: proof.png is no name of a graph, which is written as SVG: it ends in .svg",
        ),
        (
            ("./lemma.py", "-o", "no/proof.svg"),
            "error: the graph no/proof.svg cannot be written: there is no folder no",
        ),
        (("./lemma.py", "-o", "."), "error: Invalid value for '-o' / '--output': File '.' is a directory."),
        ((), "error: Missing argument 'ID|PATH'."),
    ],
)
def test_bad_input_is_one_line_and_nothing_is_written(words: tuple[str, ...], said: str) -> None:
    done = run(*words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr and done.stderr.count("\n") == 1
    assert [path.name for path in Path().iterdir()] == ["lemma.py"]


def test_a_file_that_cannot_be_written_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, content: str) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(results, "write", refuse)
    done = run("./lemma.py", "-o", "proof.svg")
    said = "error: the graph proof.svg cannot be written: Permission denied\n"
    assert (done.exit_code, done.stdout, done.stderr) == (2, "", said)


def test_the_numbers_are_those_of_the_report() -> None:
    drawn = re.findall(r'class="label">(\d+) ', run("parity-gradient").stdout)
    proved = CliRunner().invoke(program, ["prove", "parity-gradient"], prog_name="lemmata").stdout
    numbers = re.findall(r"^ *(\d+)  ", proved, re.MULTILINE)
    assert len(numbers) > 20
    assert sorted(drawn) == sorted(numbers)
