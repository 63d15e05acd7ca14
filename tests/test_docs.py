"""The documents' code runs as it stands, and prints what they say it prints."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import program
from lemmata.packs import GROUP

TEXT = (Path(__file__).parent.parent / "docs" / "own-lemma.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)


LEMMA, VARIANT, OBSERVATION = blocks("python")
TRUE, FALSE, VARIED, OBSERVED = blocks("text")
CLAIM, FORMULA = "eq(noisy, a**n)", "lambda n, a: a**n"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(command: str, *arguments: str, source: str) -> tuple[int, str]:
    Path("noise.py").write_text(source, encoding="utf-8")
    done = CliRunner().invoke(program, [command, "./noise.py", *arguments], prog_name="lemmata")
    assert "error" not in done.stderr
    return done.exit_code, spaced(done.stdout)


def spaced(text: str) -> str:
    """Every line with single spaces: the columns of a table are as wide as the rows that an excerpt leaves out."""
    return "\n".join(" ".join(line.split()) for line in text.splitlines())


def missing(excerpt: str, output: str) -> list[str]:
    return [
        line for line in spaced(excerpt).splitlines() if not re.search(rf"^{re.escape(line)}", output, re.M)
    ]


def without(source: str, *true: str) -> str:
    """The lemma with a in place of a^n where it is said in these words."""
    for words in true:
        assert source.count(words) == 1
        source = source.replace(words, words.replace("a**n", "a"))
    return source


def test_the_lemma_is_about_twenty_lines() -> None:
    assert len([line for line in LEMMA.splitlines() if line.strip()]) <= 25


def test_the_lemma_verifies_as_it_stands_and_prints_what_is_said() -> None:
    code, output = run("verify", source=LEMMA)
    assert (code, missing(TRUE, output)) == (0, [])


def test_its_parameters_and_its_closed_form_are_as_said() -> None:
    assert "-p n=3 -p a=0.5" in TEXT and "eval ./noise.py parity n=3 a=1/2" in TEXT
    code, output = run("check", "-p", "n=3", "-p", "a=0.5", source=LEMMA)
    assert code == 0
    assert re.search(r"^parity 0\.125 .* consistent$", output, re.M)
    code, output = run("eval", "parity", "n=3", "a=1/2", source=LEMMA)
    assert code == 0 and output.startswith("parity = 1/8 = 0.125")


@pytest.mark.parametrize("value", ["3", "-1.5"])
def test_a_mean_that_no_sign_has_is_bad_input_and_refutes_nothing(value: str) -> None:
    Path("noise.py").write_text(LEMMA, encoding="utf-8")
    arguments = ["verify", "./noise.py", "-p", f"a={value}"]
    done = CliRunner().invoke(program, arguments, prog_name="lemmata")
    said = f"error: a is the mean of a sign, in [-1, 1], not {float(value)}\n"
    assert (done.exit_code, done.stdout, done.stderr) == (2, "", said)


def test_the_false_version_is_refused_and_refuted_as_said() -> None:
    code, output = run("verify", source=without(LEMMA, CLAIM, FORMULA))
    assert (code, missing(FALSE, output)) == (1, [])


@pytest.mark.parametrize(
    ("mistake", "proof", "numbers"), [(CLAIM, "refused", "consistent"), (FORMULA, "proved", "refuted")]
)
def test_a_mistake_in_one_half_is_seen_by_one_half(mistake: str, proof: str, numbers: str) -> None:
    code, output = run("verify", source=without(LEMMA, mistake))
    (row,) = re.findall(r"^parity .*$", output, re.M)
    assert code == 1
    assert row.endswith(numbers)
    assert ("step 'a' refused" in output) == (proof == "refused")


def test_the_variant_that_is_kept_is_reported_as_said() -> None:
    code, output = run("verify", source=f"{LEMMA}\n{VARIANT}")
    assert (code, missing(VARIED, output)) == (0, [])


def test_what_is_only_seen_is_reported_as_said() -> None:
    code, output = run("verify", source=f"{LEMMA}\n{VARIANT}\n{OBSERVATION}")
    assert (code, missing(OBSERVED, output)) == (0, [])


def test_a_variant_that_is_true_is_an_error() -> None:
    true = VARIANT.replace("eq(noisy, a)", CLAIM)
    assert true != VARIANT
    assert run("verify", source=f"{LEMMA}\n{true}")[0] == 1


def test_a_file_of_several_theorems_is_asked_by_name() -> None:
    named = LEMMA.replace("theorem = Theorem(", "damped = Theorem(").replace(
        "def derive(", "def derive_damped("
    )
    Path("noise.py").write_text(f"{named}\n\ndef derive(proof): ...\n", encoding="utf-8")
    done = CliRunner().invoke(program, ["verify", "./noise.py::damped", "-q"], prog_name="lemmata")
    assert (done.exit_code, done.stdout) == (0, "damped verified\n")


def test_the_entry_point_is_in_the_group_that_is_read() -> None:
    (text,) = re.findall(r"^  ```toml\n(.*?)^  ```$", TEXT, re.DOTALL | re.MULTILINE)
    assert tomllib.loads(text) == {"project": {"entry-points": {GROUP: {"my_pack": "my_pack"}}}}


def test_the_readme_leads_here() -> None:
    assert "(docs/own-lemma.md)" in (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
