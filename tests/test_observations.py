"""Parts that are only observed: they are printed as such, rows may speak of them, and nothing is verified by them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import program

SEEN = '''"""Fair signs, and something seen of them."""

from lemmata.model import Row
from lemmata.proof import Observation, Part, Quantity, Theorem, claim, eq, mean, sign

x = sign("x")
theorem = Theorem(
    setting="x a fair sign",
    parts=({parts}),
    observations=(Observation("{label}", {words}),),
    quantities=(Quantity("largest", "of a sign", {{}}, lambda: {predicted}),),
)


def derive(proof):
    if theorem.parts:
        proof.conclude("a", "sum")


def rows(rng, xp):
    yield Row(name="largest seen", quantity="largest", at={{}}, part="{row}", kind="exact", value=1)
'''
PART = 'Part("a", "Mean zero.", claim((), eq(mean(x, x), 0))),'
WORDS = '"Signs are popular."'


def run(*arguments: str) -> Result:
    return CliRunner().invoke(program, list(arguments), prog_name="lemmata")


def written(folder: Path, **changed: str) -> str:
    file = folder / "seen.py"
    given = {"parts": PART, "label": "b", "words": WORDS, "predicted": "1", "row": "b", **changed}
    file.write_text(SEEN.format(**given), encoding="utf-8")
    return str(file)


def test_an_observation_is_printed_beside_what_is_proved(tmp_path: Path) -> None:
    file = written(tmp_path)
    done = run("verify", file)
    assert done.exit_code == 0
    assert "2 parts: 1 proved, 1 empirical" in done.stdout
    assert "an observation: no claim stands for it" in done.stdout
    shown = run("show", file)
    assert shown.exit_code == 0 and "an observation: no claim stands for it" in shown.stdout
    (found,) = json.loads(run("verify", file, "--json").stdout)["theorems"]
    _, observed = found["proof"]["parts"]
    assert found["proof"]["status"] == "proved"
    assert (observed["label"], observed["words"], observed["statement"]) == ("b", "Signs are popular.", "")
    assert observed["status"] == "empirical"


def test_observations_alone_are_never_verified(tmp_path: Path) -> None:
    done = run("verify", written(tmp_path, parts=""))
    assert done.exit_code == 3
    assert "EMPIRICAL" in done.stdout and "VERIFIED" not in done.stdout
    assert run("prove", written(tmp_path, parts="")).exit_code == 3


def test_a_row_refutes_what_is_observed(tmp_path: Path) -> None:
    done = run("verify", written(tmp_path, predicted="2"))
    assert done.exit_code == 1 and "REFUTED" in done.stdout


def test_a_certificate_and_a_drawing_hold_claims_alone(tmp_path: Path) -> None:
    file = written(tmp_path)
    certificate, drawing = tmp_path / "proof.json", tmp_path / "proof.svg"
    exported = run("prove", file, "--export", "json")
    assert exported.exit_code == 0
    certificate.write_text(exported.stdout, encoding="utf-8")
    assert [part["label"] for part in json.loads(certificate.read_text())["parts"]] == ["a"]
    assert run("replay", str(certificate)).exit_code == 0
    assert run("graph", file, "-o", str(drawing)).exit_code == 0
    assert "popular" not in drawing.read_text()


@pytest.mark.parametrize("form", ["json", "coq"])
def test_nothing_is_exported_where_there_is_no_claim(tmp_path: Path, form: str) -> None:
    done = run("prove", written(tmp_path, parts=""), "--export", form)
    assert (done.exit_code, done.stdout) == (3, "")
    assert "has no part with a claim" in done.stderr and done.stderr.count("\n") == 1


def test_other_words_have_another_hash(tmp_path: Path) -> None:
    found = set[str]()
    for words in ('"Signs are popular."', '"Signs are rare."'):
        document = json.loads(run("verify", written(tmp_path, parts="", words=words), "--json").stdout)
        found.add(document["theorems"][0]["provenance"]["claims"])
    assert len(found) == 2


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"label": "a"}, "two parts are called 'a'"),
        ({"words": "3"}, "part (b) is said in words, not 3"),
        ({"row": "c"}, "there is no part 'c'"),
    ],
)
def test_bad_observations_are_one_line(tmp_path: Path, changed: dict[str, str], said: str) -> None:
    done = run("verify", written(tmp_path, **changed))
    assert done.exit_code == 2
    assert said in done.stderr and done.stderr.count("\n") == 1
