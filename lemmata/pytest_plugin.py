"""``pytest --theorems PATH...``: every step, row and false variant of a theorem is a test.

Without the flag nothing of this is at work, and nothing but the standard library and pytest is imported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from lemmata.examination import Examination, Finding
    from lemmata.model import Options

KINDS = {
    "step": "a step of a theorem's proof (pytest --theorems)",
    "row": "a row of a theorem's experiment (pytest --theorems)",
    "variant": "a false variant of a theorem (pytest --theorems)",
}
# What a file of tests, or of a test run's own, is called: such a file may quote a theorem and is none.
TESTS = ("test_*.py", "*_test.py", "conftest.py", "_*.py")
# In a folder a file is one of theorems if it makes one at its top level.
_MAKES_ONE = re.compile(rb"^\w+[ \t]*(?::[^=\n]+)?=[ \t]*(?:\w+\.)*Theorem\(", re.MULTILINE)
_OURS = re.compile(rf"(?P<theorem>.*?\.py::[^:]+)::(?:{'|'.join(KINDS)}):", re.DOTALL)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The flag, and what a run of experiments may be told; the values are checked once all of them are known."""
    group = parser.getgroup("theorems", "theorems that can be run (lemmata)")
    group.addoption(
        "--theorems",
        action="store_true",
        help="Collect the theorems of files: a test for each step, row and false variant.",
    )
    for name, metavar, words in (
        ("seed", "N", "Seed of every random draw (default 0)."),
        ("alpha", "P", "Error budget of each theorem's numbers, between 0 and 1 (default 0.001)."),
        ("samples", "N", "Samples of every sampled row (default: as each row says)."),
    ):
        group.addoption(f"--theorems-{name}", metavar=metavar, help=words)


def pytest_configure(config: pytest.Config) -> None:
    """Register the markers, and with the flag what collects; a bad value ends the run with one line."""
    for kind, words in KINDS.items():
        config.addinivalue_line("markers", f"theorem_{kind}: {words}")
    given = {name: config.getoption(f"theorems_{name}") for name in _READERS}
    if config.getoption("theorems"):
        asked = {name: _read(name, text) for name, text in given.items() if text is not None}
        config.pluginmanager.register(Theorems(asked), "lemmata-theorems")
    elif name := next((name for name, text in given.items() if text is not None), ""):
        raise pytest.UsageError(f"--theorems-{name} says how --theorems runs: give --theorems too")


def _at_least(least: int) -> Callable[[str], int | None]:
    def read(text: str) -> int | None:
        return int(text) if text.strip().isdecimal() and int(text) >= least else None

    return read


def _share(text: str) -> float | None:
    try:
        return value if 0 < (value := float(text)) < 1 else None
    except ValueError:
        return None


_READERS: Mapping[str, tuple[Callable[[str], Any], str]] = {
    "seed": (_at_least(0), "a whole number, at least 0"),
    "alpha": (_share, "a number strictly between 0 and 1"),
    "samples": (_at_least(1), "a whole number, at least 1"),
}


def _read(name: str, text: str) -> Any:
    reader, words = _READERS[name]
    if (value := reader(text)) is None:
        raise pytest.UsageError(f"--theorems-{name} is {words}, not {text[:60]!r}")
    return value


class Theorems:
    """The hooks that are at work with the flag."""

    def __init__(self, asked: Mapping[str, Any]) -> None:
        from lemmata.model import Options

        self._options = Options(**asked)

    @pytest.hookimpl(wrapper=True)
    def pytest_collect_file(
        self, file_path: Path, parent: pytest.Collector
    ) -> Generator[None, list[Any], list[Any]]:
        """A file of theorems in place of the module of tests that pytest would take a named file for."""
        found = yield
        if not _has_theorems(file_path, parent.session.isinitpath(file_path)):
            return found
        file = TheoremFile.from_parent(parent, path=file_path, options=self._options)
        return [*(other for other in found if not isinstance(other, pytest.Module)), file]

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_make_scheduler(self, config: pytest.Config, log: Any) -> Any:
        """With -n the tests of one theorem go to one worker, which draws each of its samples once."""
        if config.getvalue("dist") != "load":
            return None
        from xdist.scheduler import LoadScopeScheduling

        class ByTheorem(LoadScopeScheduling):
            def _split_scope(self, nodeid: str) -> str:
                ours = _OURS.match(nodeid)
                return ours["theorem"] if ours else nodeid

        return ByTheorem(config, log)

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """One line a theorem."""
        found = _outcomes(report for reports in terminalreporter.stats.values() for report in reports)
        if not found:
            return
        from lemmata.reporting.phrases import summary

        terminalreporter.section("theorems")
        width = max(map(len, found))
        for theorem, kinds in found.items():
            said = "; ".join(summary(kinds[kind], kind) for kind in KINDS if kind in kinds)
            terminalreporter.line(f"{theorem:{width}}  {said}")


def _has_theorems(path: Path, named: bool) -> bool:
    """Whether a file is taken for one of theorems: any that is named, no file of tests, others by what they say."""
    if path.suffix != ".py" or any(path.match(pattern) for pattern in TESTS):
        return False
    try:
        return named or bool(_MAKES_ONE.search(path.read_bytes()))
    except OSError:
        return False


def _outcomes(reports: Iterable[Any]) -> dict[str, dict[str, list[str]]]:
    """The outcomes of the run by theorem and kind, from what the tests recorded, sorted by theorem."""
    found: dict[str, dict[str, list[str]]] = {}
    for report in reports:
        known = dict(getattr(report, "user_properties", ()))
        if getattr(report, "when", "") == "call" and "theorem" in known and "outcome" in known:
            found.setdefault(known["theorem"], {}).setdefault(known["kind"], []).append(known["outcome"])
    return dict(sorted(found.items()))


class TheoremFile(pytest.File):
    """A file of theorems: it is run, and each theorem derived, when it is collected."""

    def __init__(self, *, options: Options, **rest: Any) -> None:
        super().__init__(**rest)
        self._options = options

    def collect(self) -> Iterable[TheoremNode]:
        """Its theorems; whatever the file did wrong is a collection error of one line."""
        from lemmata.commandline.output import one_line
        from lemmata.examination import examinations
        from lemmata.model import LemmataError

        try:
            found = examinations(self.path, self._options)
        except LemmataError as error:
            raise self.CollectError(one_line(str(error))) from None
        return [TheoremNode.from_parent(self, name=each.id, examination=each) for each in found]


class TheoremNode(pytest.Collector):
    """A theorem: its tests share one derivation and one laboratory."""

    def __init__(self, *, examination: Examination, **rest: Any) -> None:
        super().__init__(**rest)
        self._examination = examination

    def collect(self) -> Iterable[TheoremItem]:
        """A test for each step, row and variant."""
        for kind, found in self._examination.all().items():
            for what, find in found.items():
                yield TheoremItem.from_parent(self, name=f"{kind}:{what}", kind=kind, find=find)


class Failure(Exception):
    """A finding that did not pass; its text is shown in place of a traceback."""


class TheoremItem(pytest.Item):
    """One step, row or variant."""

    def __init__(self, *, kind: str, find: Callable[[], Finding], **rest: Any) -> None:
        super().__init__(**rest)
        self._find = find
        self.add_marker(f"theorem_{kind}")
        assert self.parent is not None
        self.user_properties += [("theorem", self.parent.name), ("kind", kind)]

    def runtest(self) -> None:
        """Find, and record what was found where JUnit and the summary read it."""
        from lemmata.commandline.output import one_line
        from lemmata.model import LemmataError

        try:
            found = self._find()
        except LemmataError as error:
            self.user_properties.append(("outcome", "broken"))
            raise Failure(one_line(str(error))) from None
        self.user_properties += [("outcome", found.outcome), *found.properties.items()]
        if not found.passed:
            raise Failure("\n".join(found.lines))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The finding's own words; a traceback for anything else."""
        if isinstance(excinfo.value, Failure):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Where the failure is shown, and under which title."""
        assert self.parent is not None
        return self.path, None, f"{self.parent.name} {self.name}"
