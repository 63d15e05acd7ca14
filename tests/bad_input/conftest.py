"""One command line for all bad input: what comes out of it is one clear line, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import program

Run = Callable[..., Result]
Refused = Callable[..., str]


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
