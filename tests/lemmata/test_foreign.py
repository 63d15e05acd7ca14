"""Blame, patience and a clean stdout, each alone."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from lemmata.foreign import SETTING, allowed_seconds, blamed, describe, module_of, patience, shown
from lemmata.model import LemmataError


class Silent(Exception):
    def __str__(self) -> str:
        raise ValueError

    __repr__ = __str__


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError("one\n  two"), "words ValueError: one two"),
        (ValueError(), "words ValueError"),
        (SystemExit(0), "words SystemExit: 0"),
        (Silent(), "words Silent"),
    ],
)
def test_whatever_is_raised_becomes_one_line(error: BaseException, said: str) -> None:
    with pytest.raises(LemmataError) as caught, blamed(lambda: "words"):
        raise error
    assert str(caught.value) == said and caught.value.__cause__ is error


@pytest.mark.parametrize("error", [LemmataError("own words"), KeyboardInterrupt(), GeneratorExit()])
def test_what_is_no_fault_passes(error: BaseException) -> None:
    with pytest.raises(type(error)) as caught, blamed("words"):
        raise error
    assert caught.value is error


def test_values_are_shown_briefly_and_on_one_line() -> None:
    assert shown("a\nb") == repr("a\nb")
    assert len(shown("x" * 1000)) < 70
    assert shown(10**5000) == "a int"
    assert shown(Silent()) == "a Silent"
    assert describe(OSError()) == "OSError"


@pytest.mark.parametrize("text", ["x", "0", "-1", "nan", "inf", "1e300"])
def test_a_patience_that_is_no_time(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv(SETTING, text)
    with pytest.raises(LemmataError, match=SETTING):
        allowed_seconds()


@pytest.mark.parametrize(("text", "seconds"), [("", 60.0), (" 2.5 ", 2.5), ("1e3", 1000.0)])
def test_a_patience_that_is_one(monkeypatch: pytest.MonkeyPatch, text: str, seconds: float) -> None:
    monkeypatch.setenv(SETTING, text)
    assert allowed_seconds() == seconds


def test_time_is_limited_and_the_alarm_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "0.1")
    before = signal.getsignal(signal.SIGALRM)
    said = r"^a\.py: thinking did not finish within 0\.1 s"
    with pytest.raises(LemmataError, match=said), patience("file:a.py", "thinking"), blamed("never said:"):
        time.sleep(30)
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_the_outermost_limit_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "0.1")

    def nested() -> None:
        with patience("file:a.py", "outer"):
            monkeypatch.setenv(SETTING, "30")
            with patience("file:a.py", "inner"):
                time.sleep(30)

    with pytest.raises(LemmataError, match="outer did not finish"):
        nested()


def test_code_of_the_catalogue_and_of_other_threads_takes_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "0.05")
    with patience("module:theorems", "thinking"):
        time.sleep(0.1)
    done: list[bool] = []

    def work() -> None:
        with patience("file:a.py", "thinking"):
            time.sleep(0.1)
        done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


def test_stdout_is_put_aside_and_put_back(capfd: pytest.CaptureFixture[str]) -> None:
    def printing() -> None:
        with patience("file:a.py", "printing"):
            print("python", flush=True)
            os.write(1, b"system\n")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        printing()
    print("result", flush=True)
    seen = capfd.readouterr()
    assert seen.out == "result\n"
    assert sorted(seen.err.split()) == ["python", "system"]


def test_files_of_one_name_are_different_modules(tmp_path: Path) -> None:
    files = [tmp_path / folder / "mine.py" for folder in "ab"]
    for number, file in enumerate(files):
        file.parent.mkdir()
        file.write_text(f"number = {number}")
    modules = [module_of(file, "twin") for file in files]
    assert [m.number for m in modules] == [0, 1]
    assert len({m.__name__ for m in modules}) == 2
    assert module_of(files[0], "twin").__name__ == modules[0].__name__, "the same in every process"


@pytest.mark.parametrize("text", ["1 / 0", "raise SystemExit", "def f("])
def test_a_file_that_fails_leaves_no_module(tmp_path: Path, text: str) -> None:
    file, before = tmp_path / "mine.py", set(sys.modules)
    file.write_text(text)
    with pytest.raises((ZeroDivisionError, SystemExit, SyntaxError)):
        module_of(file, "twin")
    assert set(sys.modules) == before


def test_what_is_no_python_file(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("")
    with pytest.raises(LemmataError, match=r"does not end in \.py"):
        module_of(tmp_path / "notes.txt", "twin")
    for path in (tmp_path, tmp_path / "nowhere.py"):
        with pytest.raises(LemmataError, match="there is no file"):
            module_of(path, "twin")
