"""A reader's own lemma in one file: true, false, contradicted by its experiment, or starved of samples."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
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


def run(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


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
    assert "step 'a' refused" in done.stdout


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


@pytest.mark.parametrize(
    "source",
    [
        "",
        "1 +",
        "raise ValueError('no')",
        "import nothing_of_that_name",
        "theorem = 3",
        "import sys; sys.exit(0)",
    ],
)
def test_a_file_without_a_theorem_is_one_clear_line(tmp_path: Path, source: str) -> None:
    file = tmp_path / "broken.py"
    file.write_text(source, encoding="utf-8")
    done = run("verify", str(file))
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("verify", "parity-gradent"),
        ("verify", "./nowhere.py"),
        ("verify", "parity-gradient", "-p", "m=3"),
        ("verify", "parity-gradient", "-p", "n=x"),
        ("verify", "parity-gradient", "-p", "n=1.5"),
        ("verify", "parity-gradient", "-p", "n=-1"),
        ("verify", "parity-gradient", "-p", "n=40"),
        ("verify", "parity-gradient", "--alpha", "1"),
        ("verify", "parity-gradient", "--samples", "-3"),
        ("verify", "parity-gradient", "--backend", "cupy"),
        ("eval", "parity-gradient", "second_momen", "n=3"),
        ("eval", "parity-gradient", "second_moment", "n=3"),
        ("eval", "parity-gradient", "second_moment", "n=-3", "grad_sq=1"),
        ("eval", "parity-gradient", "second_moment", "n=1/2", "grad_sq=1"),
        ("eval", "parity-gradient", "second_moment", "n=3", "grad_sq=1/0"),
        ("replay", "nowhere.json"),
        ("replay", "pyproject.toml"),
    ],
)
def test_bad_input_exits_2_without_a_traceback(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 2, done.stderr
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_the_main_job_fits_a_few_pages() -> None:
    done = run("verify", "parity-gradient")
    lines = done.stdout.splitlines()
    assert done.returncode == 0, done.stderr
    assert len(lines) <= 150
    assert max(map(len, lines)) <= 100


def test_workers_change_no_digit(tmp_path: Path) -> None:
    one, two = (run("verify", "parity-gradient", "--json", "--workers", w, cwd=tmp_path).stdout for w in "12")
    assert json.loads(one)["theorems"][0]["verdict"] == "verified"
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
