"""Why no GPU is used is one line on stderr, where samples are drawn and nobody asked otherwise."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import program

LEMMA = '''"""The product of two fair signs has mean zero."""

from lemmata.model import Row
from lemmata.proof import Part, Quantity, Theorem, claim, eq, mean, sign

x, y = sign("x"), sign("y")
theorem = Theorem(
    setting="x and y independent fair signs",
    parts=(Part("a", "Mean zero.", claim((), eq(mean(x, mean(y, x * y)), 0))),),
    quantities=(Quantity("product_mean", "E[x y]", {}, lambda: 0),),
)


def derive(proof):
    proof.conclude("a", "sum", because="sum over the four cases")


def rows(rng, xp):
    def sampler(stream, size):
        s = stream.signs(size, 2)
        return s[:, 0] * s[:, 1]

    def row(name):
        return Row(name=name, quantity="product_mean", at={}, part="a", kind="mean-equals", support=(-1.0, 1.0),
                   lattice=2.0, sampler=sampler, tolerance=0.2, samples=2**14)

    yield row("first")
    yield row("second")
'''
LINE = "backend: numpy on cpu; no GPU is used: ModuleNotFoundError: "


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """A command on a machine without CuPy, in a folder with two lemmas and a broken one."""
    monkeypatch.setitem(sys.modules, "cupy", None)
    monkeypatch.chdir(tmp_path)
    for name in ("LEMMATA_BACKEND", "LEMMATA_QUIET"):
        monkeypatch.delenv(name, raising=False)
    for name in ("lemma.py", "other.py"):
        (tmp_path / name).write_text(LEMMA, encoding="utf-8")
    (tmp_path / "broken.py").write_text(
        LEMMA.replace("yield row", "raise ValueError; yield row"), encoding="utf-8"
    )
    return lambda *words: CliRunner().invoke(program, words, prog_name="lemmata")


@pytest.mark.parametrize(
    "words", [("verify", "lemma.py"), ("check", "lemma.py"), ("verify", "lemma.py", "other.py")]
)
def test_a_fallback_is_said_once(run: Callable[..., Result], words: tuple[str, ...]) -> None:
    done = run(*words)
    assert done.exit_code == 0, done.output
    assert done.stderr.startswith(LINE) and done.stderr.count("\n") == 1
    assert "GPU" not in done.stdout


def test_variants_say_it_too(run: Callable[..., Result]) -> None:
    assert run("variants", "lemma.py").stderr.startswith(LINE)


def test_it_stays_out_of_the_document(run: Callable[..., Result]) -> None:
    done = run("check", "lemma.py", "--json")
    assert done.stderr.startswith(LINE)
    assert json.loads(done.stdout)["theorems"][0]["numerics"]["verdict"] == "consistent"
    assert "GPU" not in done.stdout


@pytest.mark.parametrize(
    "words",
    [("check", "lemma.py", "--quiet"), ("check", "lemma.py", "--backend", "numpy"), ("prove", "lemma.py")],
)
def test_it_is_not_said_unasked(run: Callable[..., Result], words: tuple[str, ...]) -> None:
    done = run(*words)
    assert (done.exit_code, done.stderr) == (0, "")


def test_a_fault_before_the_first_sample_is_one_line_alone(run: Callable[..., Result]) -> None:
    done = run("check", "broken.py")
    assert done.exit_code == 2 and done.stdout == ""
    assert done.stderr.startswith("error: ") and done.stderr.count("\n") == 1


def test_an_explicit_device_that_cannot_be_used_is_an_error_with_its_reason(
    run: Callable[..., Result],
) -> None:
    done = run("check", "lemma.py", "--backend", "cupy")
    assert done.exit_code == 2 and done.stdout == ""
    assert done.stderr.startswith("error: the backend 'cupy' cannot be used (ModuleNotFoundError: ")
    assert "pip install 'lemmata[cuda12x]'" in done.stderr and done.stderr.count("\n") == 1
