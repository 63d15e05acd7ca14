from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lemmata.commandline.output import emit, show, watched
from lemmata.reporting import Document
from lemmata.reporting.nodes import Heading, Mark

ROOT = Path(__file__).resolve().parents[3]
VERDICT = Document((Heading("THEOREM a", Mark("verified", "good")),))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    # Called by the test itself: between a fixture and its test, pytest puts its own stream in place.
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return screen


def test_a_terminal_gets_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = on_a_terminal(monkeypatch)
    show(VERDICT)
    assert "\x1b[32mverified" in screen.getvalue()


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_colours_can_be_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    screen = on_a_terminal(monkeypatch)
    monkeypatch.setenv(name, value)
    show(VERDICT)
    assert screen.getvalue() == "THEOREM a   verified\n"


def test_a_pipe_gets_no_colours(capsys: pytest.CaptureFixture[str]) -> None:
    show(VERDICT)
    assert capsys.readouterr().out == "THEOREM a   verified\n"


def test_there_is_no_bar_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with watched(quiet=False) as told:
        assert told is None
    assert capsys.readouterr().err == ""


def test_a_bar_goes_to_stderr_and_not_where_quiet_was_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    screen, errors = on_a_terminal(monkeypatch), Terminal()
    monkeypatch.setattr(sys, "stderr", errors)
    with watched(quiet=True) as told:
        assert told is None
    with watched(quiet=False) as told:
        assert told is not None
        told("second moment", 1, 4)
        told("second moment", 2, 4)
        told("variance", 1, 1)
    assert "second moment" in errors.getvalue()
    assert screen.getvalue() == ""


def test_a_reader_who_has_gone_away_changes_neither_code_nor_stderr() -> None:
    command = [sys.executable, "cli.py", "list"]
    whole = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    reading, writing = os.pipe()
    os.close(reading)
    try:
        cut = subprocess.run(
            command, cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, text=True, timeout=60, check=False
        )
    finally:
        os.close(writing)
    assert (cut.returncode, cut.stderr) == (whole.returncode, whole.stderr)


def test_a_character_that_the_terminal_cannot_show_is_escaped() -> None:
    code = "from lemmata.commandline.output import *; survive_narrow_encodings(); emit('\\u03c7')"
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, timeout=60, check=True
    )
    assert done.stdout == b"\\u03c7\n"


def test_emit_ends_the_line(capsys: pytest.CaptureFixture[str]) -> None:
    emit("x")
    assert capsys.readouterr().out == "x\n"
