"""Where a result comes from: the files that say what was claimed and measured, the code, the machine, the time."""

from __future__ import annotations

import ast
import platform
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

from lemmata.catalogue import ROOT, Entry

TOOLKIT = ROOT / "lemmata"
_MODEL_NAME = re.compile(r"^model name\s*:\s*(.+)$", re.MULTILINE)


def sources(entry: Entry) -> str:
    """The hash of the theorem's file, of its twin, and of what they import that is no installed package.

    Files are read as text and nothing is imported, so a changed comment changes the hash too. Raises OSError.
    """
    return _hash(entry, [entry.theorem, *([entry.twin] if entry.twin else [])])


def experiment_sources(entry: Entry, params: Iterable[str] = ()) -> str:
    """The hash of the twin, of what it imports that is no installed package, and of files that ``params`` name.

    A parameter names a file by itself or as FILE:NAME. Raises OSError.
    """
    named = (Path(text) for word in params for text in (word, word.rpartition(":")[0]) if text)
    return _hash(entry, [*([entry.twin] if entry.twin else []), *filter(_is_file, named)])


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a text too long for a name, or with a zero byte
        return False


def _hash(entry: Entry, waiting: list[Path]) -> str:
    found: dict[Path, str] = {}
    base = entry.theorem.parent.parent.parent if entry.module else entry.theorem.parent
    while waiting:
        path = waiting.pop().resolve()
        if path not in found:
            found[path] = path.read_text(encoding="utf-8", errors="replace")
            waiting += _imported(found[path], path, base)
    texts = sorted((path.name, text) for path, text in found.items())
    return sha256("\0".join(f"{name}\n{text}" for name, text in texts).encode()).hexdigest()


def _imported(text: str, path: Path, base: Path) -> Iterator[Path]:
    """The files of the modules that a text imports, in whatever form, and of the packages around them."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):  # a file that is no Python, which a parameter may name
        return
    for node in _statements(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from _modules(alias.name, (), path, base)
        elif isinstance(node, ast.ImportFrom):
            dotted = "." * node.level + (node.module or "")
            yield from _modules(dotted, [alias.name for alias in node.names], path, base)


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """All statements below a node; no expression is looked into."""
    for block in ("body", "orelse", "finalbody", "handlers", "cases"):
        for inner in getattr(node, block, ()):
            yield inner
            yield from _statements(inner)


def _modules(dotted: str, names: Iterable[str], path: Path, base: Path) -> Iterator[Path]:
    """The files of a module, of the packages around it, and of the modules in it that ``names`` may be."""
    words = dotted.lstrip(".").split(".") if dotted.strip(".") else []
    dots = len(dotted) - len(dotted.lstrip("."))
    if not dots and words[0] == TOOLKIT.name:
        return
    start = path.parents[dots - 1] if dots else _start(base, words[0])
    if start is None:
        return
    places = [start.joinpath(*words[: k + 1]) for k in range(len(words))]
    places += [start.joinpath(*words, name) for name in names]
    files = (file for place in places for file in (place.with_suffix(".py"), place / "__init__.py"))
    yield from (file for file in files if file.is_file() and _own(file, base))


def _start(base: Path, first: str) -> Path | None:
    """The folder that a module is found in: a pack's own trees lie below its name, others on the path."""
    own = base.parent if first == base.name and (base / "theorems").is_dir() else base
    places = chain([own], () if first in sys.stdlib_module_names else _path())
    return next((p for p in places if (p / f"{first}.py").is_file() or (p / first).is_dir()), None)


def _path() -> Iterator[Path]:
    """The folders of Python's path that hold the author's modules."""
    places = (Path(place or ".").resolve() for place in sys.path)
    yield from (place for place in places if place.is_dir() and not _installed(place))


def _own(file: Path, base: Path) -> bool:
    """Whether a file is of the trees, or else of no installed package, of Python's library, nor of the toolkit."""
    inner = file.resolve()
    in_a_tree = any(inner.is_relative_to(base.resolve() / tree) for tree in ("theorems", "numerics"))
    return in_a_tree or not (_installed(inner) or inner.is_relative_to(TOOLKIT))


def _installed(path: Path) -> bool:
    return bool({"site-packages", "dist-packages"} & set(path.parts)) or path.is_relative_to(_library())


@cache
def _library() -> Path:
    import sysconfig

    return Path(sysconfig.get_path("stdlib")).resolve()


def machine() -> dict[str, Any]:
    """The commit, the processor, the linear algebra, the GPU, and the time now (UTC)."""
    from datetime import UTC, datetime

    return {
        "commit": _commit(),
        "cpu": _cpu(),
        "blas": _blas(),
        "gpu": _gpu(),
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _commit() -> str:
    """The commit of the checkout, with ``+`` where tracked files differ from it; empty outside a checkout."""
    if not (ROOT / ".git").exists():
        return ""
    head = _git("rev-parse", "HEAD")
    return head + "+" if head and _git("status", "--porcelain", "--untracked-files=no") else head


def _git(*words: str) -> str:
    import subprocess

    try:
        done = subprocess.run(
            ["git", "--no-optional-locks", "-C", str(ROOT), *words],
            capture_output=True,
            text=True,
            timeout=10,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()


def _cpu() -> str:
    try:
        match = _MODEL_NAME.search(Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace"))
    except OSError:
        match = None
    return match[1] if match else platform.processor() or platform.machine()


def _blas() -> str:
    import numpy

    built: Any = numpy.show_config(mode="dicts")
    found = (built or {}).get("Build Dependencies", {}).get("blas", {})
    return " ".join(filter(None, (str(found.get("name", "")), str(found.get("version", ""))))) or "unknown"


def _gpu() -> str:
    from lemmata.sampling import resolve

    found = resolve("auto")
    return "none" if found.reason else found.device
