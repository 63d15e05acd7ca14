"""Where output goes wrong: a closed pipe, a full disk, a folder that takes nothing, Ctrl-C. One process each."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
FULL = Path("/dev/full")
posix = pytest.mark.skipif(os.name != "posix", reason="a POSIX shell")
has_full = pytest.mark.skipif(not FULL.exists(), reason="no such device here")
SLOW = '''"""Slow."""

import time

print("loading")
time.sleep(60)
'''


def heard() -> None:
    """Ctrl-C reaches the child even if the tests run in the background, where a shell has it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A line of bash; PROGRAM stands for the command line, and the code is that of the first command."""
    words = f"set -o pipefail; {line}".replace("PROGRAM", f"'{sys.executable}' '{ROOT / 'cli.py'}'")
    return subprocess.run(["bash", "-c", words], cwd=folder, capture_output=True, text=True, check=False)


@posix
def test_a_reader_who_leaves_changes_no_verdict(tmp_path: Path) -> None:
    done = shell("PROGRAM prove parity-gradient -v | head -1; exit ${PIPESTATUS[0]}", tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("THEOREM parity-gradient") and done.stdout.count("\n") == 1
    assert done.stderr == ""


@posix
def test_a_pipe_that_is_closed_from_the_start(tmp_path: Path) -> None:
    done = shell("PROGRAM list | true; exit ${PIPESTATUS[0]}", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


@posix
@has_full
@pytest.mark.parametrize("command", ["list --json", "eval parity-gradient second_moment n=3 grad_sq=1"])
def test_a_full_disk_is_one_line_and_no_success(tmp_path: Path, command: str) -> None:
    done = shell(f"PROGRAM {command} > /dev/full", tmp_path)
    assert done.returncode == 2
    assert done.stderr == "error: nothing more can be written: No space left on device\n"


@posix
@has_full
def test_what_was_written_is_not_denied_where_stdout_takes_nothing(tmp_path: Path) -> None:
    done = shell("PROGRAM new --file q.py > /dev/full", tmp_path)
    said = "error: stdout cannot be written to (No space left on device), but this was written: q.py\n"
    assert (done.returncode, done.stderr) == (2, said)
    assert (tmp_path / "q.py").is_file()


@posix
@has_full
def test_nowhere_to_say_anything_keeps_the_code(tmp_path: Path) -> None:
    assert shell("PROGRAM show nowhere 2> /dev/full", tmp_path).returncode == 2
    assert shell("PROGRAM show nowhere 2>&-", tmp_path).returncode == 2


@posix
def test_ctrl_c_says_how_to_go_on(tmp_path: Path) -> None:
    (tmp_path / "slow.py").write_text(SLOW, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "cli.py"), "check", "./slow.py", "--seed", "3"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heard,
    )
    assert process.stderr is not None
    assert process.stderr.readline() == "loading\n"
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    out, said = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, "")
    # Click ends the line on which a terminal shows ^C.
    (line,) = said.strip().splitlines()
    assert line.startswith("interrupted; to run it again: ") and line.endswith("check ./slow.py --seed 3")


@posix
def test_a_file_that_keeps_every_alarm_is_ended_all_the_same(tmp_path: Path) -> None:
    loop = "while True:\n    try:\n        while True: pass\n    except BaseException: pass\n"
    (tmp_path / "stubborn.py").write_text(f'"""Stubborn."""\n{loop}', encoding="utf-8")
    done = shell("export LEMMATA_PATIENCE=0.2; PROGRAM check ./stubborn.py", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(
        "loading it did not finish within 0.2 s (LEMMATA_PATIENCE=SECONDS allows more)\n"
    )
    assert done.stderr.count("\n") == 1
