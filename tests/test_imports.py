"""Who may import whom (CONTRIBUTING.md), walked over every file, and what the quick commands may load."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OPTIONAL = frozenset({"cupy", "cupyx", "numba", "torch", "matplotlib", "dask", "threadpoolctl"})


@dataclass(frozen=True)
class Law:
    """What may be imported at the head of a module, and what only inside a function."""

    anywhere: frozenset[str]
    inside: frozenset[str] = frozenset()

    def allows(self, name: str, at_head: bool) -> bool:
        if name.split(".")[0] in sys.stdlib_module_names:
            return True
        allowed = self.anywhere if at_head else self.anywhere | self.inside
        return any(name == known or name.startswith(f"{known}.") for known in allowed)


def law(anywhere: str, inside: str = "") -> Law:
    return Law(frozenset(anywhere.split()), frozenset(inside.split()))


JUDGE = law("lemmata.kernel")
FRONT = "lemmata.model lemmata.foreign lemmata.kernel lemmata.statistics lemmata.sampling lemmata.reporting"
# The longest prefix of a module's dotted name decides which law it is under.
LAWS = {
    "lemmata": law("lemmata", "sympy flint numpy networkx rich"),
    "lemmata.__init__": law(""),
    "lemmata.model": law(""),
    "lemmata.foreign": law("lemmata.model"),
    "lemmata.kernel": JUDGE,
    "lemmata.coq": law("lemmata.coq lemmata.kernel lemmata.model"),
    "lemmata.statistics": law("numpy lemmata.model lemmata.statistics"),
    "lemmata.sampling": law("numpy lemmata.model lemmata.foreign lemmata.sampling", "cupy cupyx numba"),
    "lemmata.reporting": law(
        "lemmata.model lemmata.reporting", "rich networkx matplotlib pygraphviz jinja2 pylatexenc"
    ),
    "lemmata.proof": law(f"sympy flint networkx lemmata.proof {FRONT}"),
    "lemmata.running": law(f"numpy lemmata.running {FRONT}", "dask distributed cupy threadpoolctl"),
    "lemmata.catalogue": law("lemmata.model lemmata.packs"),
    "lemmata.packs": law("lemmata.model"),
    "lemmata.canonical": law(""),
    "lemmata.results": law("lemmata.canonical lemmata.model"),
    "lemmata.pytest_plugin": law("pytest", "lemmata xdist"),
    "lemmata.commandline": law("click lemmata", "rich platformdirs"),
    "theorems": law("sympy lemmata.proof lemmata.model theorems"),
    "numerics": law(
        "numpy lemmata.sampling lemmata.model numerics", "scipy networkx " + " ".join(sorted(OPTIONAL))
    ),
    "cli": law("click lemmata.__version__ lemmata.commandline lemmata.model", "lemmata"),
}


def files() -> Iterator[Path]:
    yield ROOT / "cli.py"
    for tree in ("lemmata", "theorems", "numerics"):
        yield from sorted((ROOT / tree).rglob("*.py"))


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def law_of(module: str) -> Law:
    known = [name for name in LAWS if module == name or module.startswith(f"{name}.")]
    return LAWS[max(known, key=len)]


def imports(source: str, module: str) -> Iterator[tuple[str, bool]]:
    """Every imported name with whether it is imported at the head of the module (type checking excepted)."""

    def walk(node: ast.AST, at_head: bool) -> Iterator[tuple[str, bool]]:
        for child in ast.iter_child_nodes(node):
            match child:
                case ast.Import(names):
                    yield from ((alias.name, at_head) for alias in names)
                case ast.ImportFrom(name, names, level):
                    base = module.split(".")[:-level] if level else []
                    start = ".".join([*base, *([name] if name else [])])
                    # "from lemmata import kernel" imports lemmata.kernel
                    yield from ((f"{start}.{alias.name}", at_head) for alias in names)
                case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                    yield from walk(child, False)
                case ast.If(ast.Name("TYPE_CHECKING")):
                    yield from walk(child, False)
                case _:
                    yield from walk(child, at_head)

    yield from walk(ast.parse(source), True)


def offences(source: str, module: str) -> list[str]:
    rule = law_of(module)
    return [name for name, at_head in imports(source, module) if not rule.allows(name, at_head)]


@pytest.mark.parametrize("path", list(files()), ids=dotted)
def test_every_file_keeps_the_law(path: Path) -> None:
    module = dotted(path)
    assert offences(path.read_text(encoding="utf-8"), module) == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("numerics.hardness.a", "import sympy"),
        ("numerics.hardness.a", "def rows():\n    from sympy import Symbol"),
        ("numerics.hardness.a", "from theorems.hardness import a"),
        ("numerics.hardness.a", "import scipy.special"),
        ("numerics.hardness.a", "from lemmata import proof"),
        ("numerics.hardness.a", "from lemmata.running import tally"),
        ("theorems.hardness.a", "import numpy"),
        ("theorems.hardness.a", "from numerics.hardness.a import rows"),
        ("theorems.hardness.a", "from lemmata.sampling import Stream"),
        ("lemmata.kernel.rules", "import sympy"),
        ("lemmata.kernel.rules", "from lemmata.model import LemmataError"),
        ("lemmata.kernel.rules", "if True:\n    import numpy"),
        ("lemmata.kernel.rules", "from ..model import LemmataError"),
        ("lemmata.model", "import lemmata.kernel"),
        ("lemmata.statistics.bets", "from lemmata.sampling import Stream"),
        ("lemmata.statistics.bets", "def f():\n    import scipy"),
        ("lemmata.sampling.stream", "import cupy"),
        ("lemmata.reporting.document", "import rich"),
        ("lemmata.reporting.document", "from lemmata.kernel import claims"),
        ("lemmata.running.shards", "from lemmata.proof import front"),
        ("lemmata.catalogue", "import click"),
        ("lemmata.verification", "import sympy"),
        ("lemmata.verification", "import tests"),
        ("cli", "from lemmata.reporting import render"),
        ("cli", "import rich"),
    ],
)
def test_the_law_is_not_empty(module: str, source: str) -> None:
    assert offences(source, module) != []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        (
            "numerics.hardness.a",
            "import math, numpy\nfrom lemmata.model import Row\ndef f():\n    import scipy.special",
        ),
        (
            "theorems.hardness.a",
            "import sympy\nfrom lemmata.proof import Theorem\nfrom theorems.hardness import _b",
        ),
        ("lemmata.kernel.rules", "from lemmata.kernel.terms import Term\nfrom . import terms"),
        ("lemmata.reporting.terminal", "def f():\n    from rich.text import Text"),
        ("lemmata.verification", "from lemmata import proof, running"),
    ],
)
def test_the_law_lets_through_what_it_should(module: str, source: str) -> None:
    assert offences(source, module) == []


HEAVY = ("sympy", "numpy", "networkx", "rich", "flint", "scipy", "mpmath")
PROBE = f"""
import runpy, sys
sys.argv = ["cli.py", *sys.argv[1:]]
try:
    runpy.run_path({str(ROOT / "cli.py")!r}, run_name="__main__")
except SystemExit:
    pass
print("LOADED", *sorted(sys.modules), file=sys.stderr)
"""


# What any program of one command loads to print its help.
BARE = """
import pkgutil, runpy, sys, click
click.Command("bare", help="Help.").main(["--help"], standalone_mode=False)
print("LOADED", *sorted(sys.modules), file=sys.stderr)
"""


def loaded_by(*arguments: str, program: str = PROBE) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("LOADED")]
    return set(line.split()[1:])


def packages(modules: set[str]) -> set[str]:
    return {name.split(".")[0] for name in modules}


@pytest.mark.parametrize("arguments", [("--help",), ("list",), ("list", "--json"), ("verify", "--help")])
def test_quick_commands_load_nothing_heavy(arguments: tuple[str, ...]) -> None:
    loaded = packages(loaded_by(*arguments))
    assert "click" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_help_loads_click_and_the_commands_alone() -> None:
    """Start-up is the imports: what a type needs, or a command that is run, is not loaded to print help."""
    loaded = loaded_by("--help")
    more = loaded - loaded_by(program=BARE)
    own = {name for name in more if packages({name}) <= {"lemmata", "cli"}}
    # What quotes the program's name: a path may have a space in it.
    assert more - own == {"shlex"}
    assert {name for name in own if not name.startswith("lemmata.commandline")} == {"lemmata"}
    assert loaded.isdisjoint({"pathlib", "shutil", "click.shell_completion"})


def test_the_version_is_answered_without_click() -> None:
    assert packages(loaded_by("--version")).isdisjoint({*HEAVY, "click"})


def test_replay_loads_the_kernel_and_nothing_that_helped_to_find_the_proof(tmp_path: Path) -> None:
    certificate = tmp_path / "certificate.json"
    certificate.write_text("{}")
    loaded = loaded_by("replay", str(certificate))
    own = {name for name in loaded if packages({name}) == {"lemmata"}}
    assert "lemmata.kernel" in own
    allowed = ("lemmata.kernel", "lemmata.model", "lemmata.commandline")
    assert {name for name in own if name != "lemmata" and not name.startswith(allowed)} == set()
    assert packages(loaded).isdisjoint(HEAVY)
