"""A reader's own lemma in one file: true, false, contradicted by its experiment, or starved of samples."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from cli import program

LEMMA = '''"""A product of two different fair signs has mean zero."""

from lemmata.model import Row
from lemmata.proof import Part, Quantity, Theorem, claim, eq, mean, sign

x, y = sign("x"), sign("y")
theorem = Theorem(
    setting="x and y independent fair signs",
    parts=(Part("a", "Mean zero.", claim((), eq(mean(x, mean(y, x * y)), {claimed}))),),
    quantities=(Quantity("product_mean", "E[x y]", {{}}, lambda: {predicted}),),
)


def derive(proof):
    proof.conclude("a", "sum", because="sum over the four cases")


def rows(rng, xp):
    def sampler(stream, size):
        s = stream.signs(size, 2)
        return s[:, 0] * s[:, 1]

    yield Row(name="product", quantity="product_mean", at={{}}, part="a", kind="mean-equals", support=(-1.0, 1.0),
              lattice=2.0, sampler=sampler, tolerance=0.05, samples={samples})
'''


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> SimpleNamespace:
    """The command line in this process and an empty folder."""
    result = CliRunner().invoke(program, list(arguments), prog_name="lemmata")
    return SimpleNamespace(returncode=result.exit_code, stdout=result.stdout, stderr=result.stderr)


def written(folder: Path, claimed: str = "0", predicted: str = "0", samples: int = 2**18) -> str:
    file = folder / "lemma.py"
    file.write_text(LEMMA.format(claimed=claimed, predicted=predicted, samples=samples), encoding="utf-8")
    return str(file)


def test_a_true_lemma_is_verified_and_its_file_is_named_single(tmp_path: Path) -> None:
    done = run("verify", written(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "VERIFIED" in done.stdout
    assert "single-file" in done.stdout


def test_a_false_lemma_names_the_step(tmp_path: Path) -> None:
    done = run("verify", written(tmp_path, claimed="1"))
    assert done.returncode == 1
    assert done.stdout.count("step 'a' refused") == 1


@pytest.mark.parametrize("command", ["verify", "prove"])
def test_a_step_that_is_refused_after_the_last_part_fails_the_proof(tmp_path: Path, command: str) -> None:
    file = Path(written(tmp_path))
    late = 'the four cases")\n    proof.step("late", claim((), eq(1, 2)), "identity")\n'
    file.write_text(file.read_text(encoding="utf-8").replace('the four cases")\n', late), encoding="utf-8")
    done = run(command, str(file))
    assert done.returncode == 1
    assert done.stdout.count("FAILED     step 'late' refused") == 1 and "VERIFIED" not in done.stdout


def test_a_contradicting_experiment_shows_the_interval(tmp_path: Path) -> None:
    done = run("verify", written(tmp_path, predicted="0.5"), "--json")
    assert done.returncode == 1
    (row,) = json.loads(done.stdout)["theorems"][0]["numerics"]["evidence"]
    assert row["verdict"] == "refuted"
    assert row["lower"] <= 0 <= row["upper"] < 0.4


def test_too_few_samples_are_inconclusive(tmp_path: Path) -> None:
    text = Path(written(tmp_path, samples=64)).read_text(encoding="utf-8")
    (tmp_path / "lemma.py").write_text(text.replace("samples=64", "samples=64, shard=64"), encoding="utf-8")
    assert run("verify", str(tmp_path / "lemma.py")).returncode == 3


def test_the_main_job_fits_a_few_pages() -> None:
    done = run("verify", "parity-gradient")
    lines = done.stdout.splitlines()
    assert done.returncode == 0, done.stderr
    assert len(lines) <= 150
    assert max(map(len, lines)) <= 100


def test_workers_change_no_digit() -> None:
    asked = ("check", "parity-gradient", "--json", "-p", "n=4", "--samples", "131072")
    one, two = (run(*asked, "--workers", workers).stdout for workers in "12")
    assert json.loads(one)["theorems"][0]["numerics"]["evidence"]
    assert one == two


def test_a_certificate_goes_from_prove_to_replay(tmp_path: Path) -> None:
    text = run("prove", "parity-gradient", "--export", "json").stdout
    (tmp_path / "c.json").write_text(text, encoding="utf-8")
    assert run("replay", str(tmp_path / "c.json")).returncode == 0
    (tmp_path / "t.json").write_text(text.replace("4^(-n)", "5^(-n)"), encoding="utf-8")
    assert run("replay", str(tmp_path / "t.json")).returncode == 1


def test_a_closed_form_at_given_numbers() -> None:
    done = run("eval", "parity-gradient", "second_moment", "n=3", "grad_sq=1")
    assert done.stdout.startswith("second_moment = 1/8 = 0.125")
