"""What the tests of the plugin share: a lemma of a few lines, ways to spoil it, and a run of pytest in this process."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

# Imported here, because what a nested run imports first is forgotten when it ends: SymPy is imported once.
import lemmata.examination
import lemmata.running.processes  # noqa: F401

ROOT = Path(__file__).resolve().parents[2]
LEMMA = '''"""A product of two different fair signs has mean zero."""

from pathlib import Path

from lemmata.model import Row
from lemmata.proof import Part, Quantity, Theorem, Variant, claim, eq, mean, sign

x, y = sign("x"), sign("y")
product = mean(x, mean(y, x * y))
theorem = Theorem(
    setting="x and y independent fair signs",
    parts=(Part("a", "Mean zero.", claim((), eq(product, {claimed}))),),
    quantities=(Quantity("product_mean", "E[x y]", {{}}, lambda: {predicted}),),
    variants=(
        Variant("one", "1 for 0", "a", claim((), eq(product, {varied})), {{}}, {{"product_mean": lambda: {varied}}}),
    ),
)


def derive(proof):
    proof.step("inner", claim((x,), eq(mean(y, x * y), 0)), "sum", because="y is fair")
    proof.conclude("a", "sum", because="sum over the four cases")


def rows(rng, xp):
    def sampler(stream, size):
        with Path("drawn.txt").open("a") as file:
            file.write("shard\\n")
        s = stream.signs(size, 2)
        return s[:, 0] * s[:, 1]

    yield Row(name="product", quantity="product_mean", at={{}}, part="a", kind="mean-equals", support=(-1.0, 1.0),
              lattice=2.0, sampler=sampler, tolerance=0.1, samples={samples}, shard=2**14)
    yield Row(name="by hand", quantity="product_mean", at={{}}, part="a", kind="exact", value={exact})
'''
TRUE = {"claimed": "0", "predicted": "0", "varied": "1", "samples": "2**14", "exact": "0"}
IDS = ["step:inner", "step:a", "row:product", "row:by hand", "variant:one"]
Run = Callable[..., pytest.RunResult]
# Without what collects all garbage, SymPy's too, after each run.
PLUGINS = ("lemmata.pytest_plugin", "no:xdist", "no:unraisableexception", "no:hypothesispytest")


def runner(pytester: pytest.Pytester) -> Run:
    """pytest in this process, in an empty folder."""
    words = [word for plugin in PLUGINS for word in ("-p", plugin)]
    return lambda *more: pytester.runpytest_inprocess("--strict-markers", *words, *more)


def written(folder: Path, name: str = "lemma.py", **changed: str) -> str:
    (folder / name).write_text(LEMMA.format(**(TRUE | changed)), encoding="utf-8")
    return name


def edited(folder: Path, *changes: tuple[str, str]) -> str:
    """The true lemma with texts replaced, each of which occurs once."""
    file = folder / written(folder)
    source = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert source.count(old) == 1, old
        source = source.replace(old, new)
    file.write_text(source, encoding="utf-8")
    return file.name


def failure(result: pytest.RunResult, item: str) -> str:
    """What is shown under the title of a failed test."""
    text = result.stdout.str()
    found = re.search(rf"^_+ lemma {re.escape(item)} _+\n(.*?)^[_=]+", text, re.DOTALL | re.MULTILINE)
    assert found, text
    assert "Traceback" not in text and "lemmata/pytest_plugin.py" not in text
    return found[1]
