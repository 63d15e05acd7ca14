"""Running code that others wrote: with blame for what it raises, patience for how long, and a clean stdout."""

from __future__ import annotations

import importlib.util
import math
import os
import signal
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, redirect_stdout, suppress
from hashlib import blake2b
from pathlib import Path
from types import ModuleType
from typing import Any

from lemmata.model import LemmataError

SETTING = "LEMMATA_PATIENCE"
DEFAULT_SECONDS = 60.0
SHOWN = 60
# Code that keeps the first alarm from ending it hears it again so many times, and then the process ends.
AGAIN, ALARMS = 0.5, 4


def module_of(path: Path, kind: str) -> ModuleType:
    """The module that a file defines, run anew; ``kind`` is a part of the module's name.

    Raises LemmataError where there is no such Python file, and whatever the file raises.
    """
    if not path.is_file():
        raise LemmataError(f"there is no file {path}")
    # Two files of one name must not share a module, and every process must give a file the same one.
    digest = blake2b(str(path.resolve()).encode(), digest_size=6).hexdigest()
    name = f"lemmata_{kind}_{path.stem}_{digest}"
    spec = importlib.util.spec_from_file_location(name, path.resolve())
    if spec is None or spec.loader is None:
        raise LemmataError(f"{path} is not a Python file: its name does not end in .py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their own module up there
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def place(source: str) -> str:
    """What a reader calls a source: the path of 'file:/path.py', the dotted name of 'module:package.name'."""
    return source.partition(":")[2] if source.startswith(("file:", "module:")) else source


# ---------------------------------------------------------------- blame


@contextmanager
def blamed(words: str | Callable[[], str]) -> Generator[None]:
    """Whatever the code inside raises becomes one line that starts with ``words``, SystemExit included.

    A LemmataError is such a line already; Ctrl-C, the end of patience and a generator's end pass.
    """
    try:
        yield
    except (LemmataError, KeyboardInterrupt, GeneratorExit, _TooLate):
        raise
    except BaseException as error:
        start = words if isinstance(words, str) else words()
        raise LemmataError(f"{start} {describe(error)}") from error


def describe(error: BaseException) -> str:
    """The type and text of an exception on one line."""
    try:
        text = " ".join(str(error).split())
    except Exception:  # the text of an exception is code of its author's
        text = ""
    return f"{type(error).__name__}: {text}".removesuffix(": ")


def shown(value: object) -> str:
    """The beginning of a value's repr; its type where it has none."""
    try:
        text = " ".join(repr(value).split())
    except Exception:  # an integer too long for decimal digits, or a faulty __repr__
        return f"a {type(value).__name__}"
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}..."


# ---------------------------------------------------------------- patience


class _TooLate(BaseException):
    """Rings inside code that has run too long; no ``except Exception`` of that code can keep it."""


def allowed_seconds() -> float:
    """How long a user's file may take for one thing; raises LemmataError for a setting that is no time."""
    text = os.environ.get(SETTING, "").strip()
    try:
        seconds = float(text or DEFAULT_SECONDS)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= threading.TIMEOUT_MAX:
        raise LemmataError(f"{SETTING} must be a number of seconds above 0, not {shown(text)}")
    return seconds


_waiting = False


@contextmanager
def patience(source: str, doing: str) -> Generator[None]:
    """Runs the code of ``source`` with stdout on stderr; a user's file ('file:...') has a limited time for it.

    The outermost limit counts. It is kept by an alarm, so only where the system has one, in the main thread,
    and not inside compiled code that never returns to Python. Raises LemmataError when the time is over.
    """
    global _waiting
    with _stdout_aside():
        main = threading.current_thread() is threading.main_thread()
        if _waiting or not main or not source.startswith("file:") or not hasattr(signal, "setitimer"):
            yield
            return
        seconds = allowed_seconds()
        late = f"{place(source)}: {doing} did not finish within {seconds:g} s ({SETTING}=SECONDS allows more)"
        before = signal.signal(signal.SIGALRM, _ringing(late))
        _waiting = True
        try:
            try:
                signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
                yield
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
        except _TooLate:
            raise LemmataError(late) from None
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
            _waiting = False


def _ringing(late: str) -> Callable[[int, Any], None]:
    rung = 0

    def ring(number: int, frame: Any) -> None:
        nonlocal rung
        rung += 1
        if rung > ALARMS:
            # The code catches everything, Ctrl-C too: there is no other way out of it.
            os.write(2, f"error: {late}\n".encode(errors="backslashreplace"))
            os._exit(LemmataError.exit_code)
        raise _TooLate

    return ring


@contextmanager
def _stdout_aside() -> Generator[None]:
    """What the code inside prints goes to stderr, from other programs that it runs too: stdout holds the result."""
    saved = -1
    with suppress(OSError, ValueError, AttributeError):
        sys.stdout.flush()
        saved = os.dup(1)
        os.dup2(2, 1)
    try:
        with redirect_stdout(sys.stderr):
            yield
    finally:
        if saved >= 0:
            os.dup2(saved, 1)
            os.close(saved)
