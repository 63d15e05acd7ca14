"""docs/models.md is run as it stands: its files, its commands, and what it says that they print."""

from __future__ import annotations

import re
import shlex
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import program
from lemmata.sampling import Stream
from numerics.hardness._model import BLOCK, INPUTS, LARGEST_CUBE, load_model
from numerics.hardness._sampled import GROUPS

TEXT = (Path(__file__).parents[1] / "docs" / "models.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
NETWORK, MODULE = (source for kind, source in BLOCKS if kind == "python")
SHOWN = [
    (command.removeprefix("$ python cli.py "), output.splitlines())
    for (kind, command), (_, output) in pairwise(BLOCKS)
    if kind == "console"
]


@pytest.mark.parametrize(("command", "lines"), SHOWN, ids=["whole-cube", "sample"])
def test_the_example_prints_what_the_document_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, lines: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("network.py").write_text(NETWORK, encoding="utf-8")
    done = CliRunner().invoke(program, shlex.split(command), prog_name="lemmata")
    assert done.exit_code == 0, done.output
    printed = {words[0]: words for line in done.stdout.splitlines() if (words := line.split())}
    table = [line.split() for line in lines]
    if lines[0].startswith(" "):
        assert table.pop(0) == printed["NUMBERS"][1:]
    assert table
    for row in table:
        assert _undrawn(row) == _undrawn(printed[row[0]])


def _undrawn(row: list[str]) -> list[str]:
    """A line of the table without what was drawn, which changes whenever the theorem's statement does."""
    if "+-" not in row:
        return row
    name, predicted, estimate, _, half, n, seen, verdict = row
    assert 0 < float(estimate) + float(half) < float(predicted) and float(seen) < 0.3 * float(predicted)
    return [name, predicted, n, verdict]


def test_the_numbers_in_the_text_are_the_programs() -> None:
    flat = " ".join(TEXT.split())
    for said in (
        f"Each of the {GROUPS:,} samples takes {INPUTS} fresh inputs",
        f"[-bound^2/{INPUTS - 1}, bound^2]",
        f"over the {2**BLOCK} subsets",
        f"more than 2^{LARGEST_CUBE.bit_length() - 1} numbers",
    ):
        assert said in flat


def test_the_module_of_the_document_is_a_model(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    (tmp_path / "module.py").write_text(MODULE, encoding="utf-8")
    model = load_model(f"{tmp_path / 'module.py'}:factory", 5, Stream.keyed(0, "document", "module"))
    assert model.p == 5 * 16 + 16 + 16 + 1
