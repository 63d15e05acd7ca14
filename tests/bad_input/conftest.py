"""One command line for all bad input: what comes out of it is one clear line, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import program

Run = Callable[..., Result]
Refused = Callable[..., str]
Write = Callable[..., str]
LEMMA = '''"""A product of two different fair signs has mean zero."""

import math

import numpy

from lemmata.model import Row
from lemmata.proof import Part, Quantity, Theorem, Variant, claim, eq, mean, sign

x, y = sign("x"), sign("y")
both = claim((), eq(mean(x, mean(y, x * y)), 0))
theorem = Theorem(
    setting="x and y independent fair signs",
    parts=(Part("a", "Mean zero.", both),),
    quantities=(Quantity("product_mean", "E[x y]", {}, lambda: 0),),
    variants=(),
)


def derive(proof):
    proof.conclude("a", "sum", because="the four cases")


def rows(rng, xp, *, n: int = 2):
    def sampler(stream, size):
        values = stream.signs(size, n).prod(axis=1)
        return values

    yield Row(
        name="product",
        quantity="product_mean",
        at={},
        part="a",
        kind="mean-equals",
        support=(-1.0, 1.0),
        lattice=2.0,
        sampler=sampler,
        tolerance=0.25,
        samples=2**13,
        shard=2**12,
    )
'''


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str, **environment: str) -> Result:
        return CliRunner(env=environment).invoke(program, list(arguments), prog_name="lemmata")

    return invoke


@pytest.fixture
def refused(run: Run) -> Refused:
    """The one line that bad input gets: exit code 2, nothing on stdout, no traceback and no internal error."""

    def invoke(*arguments: str, **environment: str) -> str:
        result = run(*arguments, **environment)
        assert (result.exit_code, result.stdout) == (2, ""), result.stderr
        assert result.stderr.startswith("error: ") and result.stderr.endswith("\n"), result.stderr
        assert result.stderr.count("\n") == 1 and len(result.stderr) < 1200
        assert result.stderr[:-1].isprintable()
        return result.stderr.removeprefix("error: ").rstrip()

    return invoke


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """The lemma above with pieces of its text replaced, in a file of the working folder."""

    def change(*changes: tuple[str, str], name: str = "mine.py") -> str:
        text = LEMMA
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        (tmp_path / name).write_text(text, encoding="utf-8")
        return f"./{name}"

    return change
