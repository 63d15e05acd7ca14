"""The command errata: witnesses computed anew, corrections proved, and exit code 1 where either is not so."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import lemmata.errata
from cli import program
from lemmata.catalogue import ROOT, Entry, scan

SOURCE = '''"""A square."""

from lemmata.proof import Comparison, Erratum, Part, Theorem, claim, eq, real

x = real("x")
theorem = Theorem(
    setting="x a number.",
    parts=(Part("a", "Expanded.", claim((x,), eq((x + 1) ** 2, x**2 + 2 * x + 1))),),
    errata=(
        Erratum(
            "no-cross-term", "ODonnell2014, as quoted", "(x+1)^2 = x^2 + 1", "false", "2x is missing", "a",
            lambda: [Comparison("at 1", (1 + 1) ** 2, "!=", 1**2 + 1)],
        ),
    ),
)


def derive(proof):
    proof.conclude("a", "identity")


def rows(rng, xp):
    yield from ()
'''


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str, source: str = SOURCE) -> Result:
    Path("square.py").write_text(source, encoding="utf-8")
    return CliRunner().invoke(program, ["errata", *arguments], prog_name="lemmata")


def changed(old: str, new: str) -> str:
    assert SOURCE.count(old) == 1
    return SOURCE.replace(old, new)


def test_an_erratum_that_is_upheld() -> None:
    done = run("./square.py")
    assert (done.exit_code, done.stderr) == (0, "")
    for words in (
        "(x+1)^2 = x^2 + 1",
        "at 1: 4 != 2",
        "2x is missing",
        "square, part (a)",
        "1 erratum upheld",
    ):
        assert words in done.stdout
    assert re.search(r"no-cross-term +false +refutes +proved square \(a\)", done.stdout)


def test_json_has_the_documented_keys() -> None:
    done = run("./square.py", "--json")
    document = json.loads(done.stdout)
    assert (done.exit_code, document["schema_version"]) == (0, 1)
    (erratum,) = document["errata"]
    assert erratum == {
        "id": "no-cross-term",
        "source": "ODonnell2014, as quoted",
        "printed": "(x+1)^2 = x^2 + 1",
        "grade": "false",
        "witness": "at 1: 4 != 2",
        "corrected": "2x is missing",
        "theorem": "square",
        "part": "a",
        "status": "proved",
        "refuted": True,
    }


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"!=", 1**2 + 1', '"!=", 1**2 + 3', "refutes nothing"),
        ("eq((x + 1) ** 2, x**2 + 2 * x + 1)", "eq((x + 1) ** 2, x**2 + 1)", "failed square (a)"),
        ('lambda: [Comparison("at 1", (1 + 1) ** 2, "!=", 1**2 + 1)]', "None", "there is no witness"),
    ],
)
def test_a_witness_or_a_proof_that_fails_is_exit_code_1(old: str, new: str, said: str) -> None:
    done = run("./square.py", source=changed(old, new))
    assert done.exit_code == 1
    assert said in " ".join(done.stdout.split()) and "NOT UPHELD" in done.stdout


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"2x is missing", "a"', '"2x is missing", "b"', "'b', which has no claim"),
        ("errata=(", "errata=(7,", "errata are a tuple of Erratum"),
        ("(1 + 1) ** 2", "1 / 0", "raised ZeroDivisionError"),
        ("(1 + 1) ** 2", "4.0", "no exact number"),
    ],
)
def test_a_faulty_file_is_one_line(old: str, new: str, said: str) -> None:
    done = run("./square.py", source=changed(old, new))
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert said in done.stderr


def test_an_unknown_id_is_one_line() -> None:
    done = run("no-flattning")
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_a_broken_theorem_does_not_silence_the_others() -> None:
    Path("broken.py").write_text('"""Broken."""\n1 / 0\n', encoding="utf-8")
    done = run("./broken.py", "./square.py")
    assert done.exit_code == 2
    assert "no-cross-term" in done.stdout and done.stderr.startswith("error: ./broken.py")


def test_theorems_without_errata_say_so() -> None:
    done = run("multiplication-gate")
    assert (done.exit_code, done.stdout) == (0, "No source is known to be wrong here.\n")


@pytest.mark.parametrize("entry", scan().entries, ids=lambda e: e.id)
def test_the_errata_of_the_catalogue_are_upheld(entry: Entry) -> None:
    keys = re.findall(r"^@\w+\{(\w+),", (ROOT / "paper" / "references.bib").read_text(encoding="utf-8"), re.M)
    for erratum in lemmata.errata.errata(entry):
        assert erratum.upheld, f"{erratum.id}: {erratum.witness}; ({erratum.part}) {erratum.status}"
        assert re.split(r"\W", erratum.source)[0] in keys
