"""The README's two commands are what users and continuous integration run: they may not drift apart."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BLOCKS = re.findall(
    r"^```bash\n(.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
)


def test_there_are_two_commands_of_one_line_each_in_a_fresh_environment() -> None:
    assert [block.count("\n") for block in BLOCKS] == [1, 1]
    assert all(block.startswith("python3 -m venv --clear .venv && ") for block in BLOCKS)
    assert BLOCKS[0].endswith("cli.py verify parity-gradient\n")
    assert "pytest" in BLOCKS[1]


def test_continuous_integration_reads_the_second_command_from_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "README.md" in script
    assert "pytest" not in script, "a copy of the command would drift"


def test_every_command_of_the_readme_exists() -> None:
    from cli import program

    named = set(
        re.findall(r"^python cli\.py (\w+)", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert named == set(program.commands)


def test_the_declared_version_is_the_packages() -> None:
    from lemmata import __version__

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    assert f"version: {__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
