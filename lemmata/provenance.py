"""Where a result comes from: the files that say what was claimed and measured, the code, the machine, the time."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from lemmata.catalogue import ROOT, Entry

_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+(?P<module>[.\w]+)[ \t]+import[ \t]+(?P<names>\([^)]*\)|[^\n]*)"
    r"|import[ \t]+(?P<plain>[\w.]+))",
    re.MULTILINE,
)
_MODEL_NAME = re.compile(r"^model name\s*:\s*(.+)$", re.MULTILINE)


def sources(entry: Entry) -> str:
    """The hash of the theorem's file, of its twin, and of what they import from the same trees.

    Files are read as text and nothing is imported, so a changed comment changes the hash too. Raises OSError.
    """
    return _hash(entry, [entry.theorem, *([entry.twin] if entry.twin else [])])


def experiment_sources(entry: Entry, params: Iterable[str] = ()) -> str:
    """The hash of the twin, of what it imports from the same trees, and of files that ``params`` name.

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
    for match in _IMPORT.finditer(text):
        dotted = match["module"] or match["plain"]
        stem = dotted.lstrip(".")
        start = path.parents[len(dotted) - len(stem) - 1] if dotted != stem else _start(base, stem)
        place = start.joinpath(*filter(None, stem.split(".")))
        names = re.findall(r"\w+", match["names"] or "")
        candidates = [place.with_suffix(".py"), *(place / f"{name}.py" for name in names)]
        yield from (file for file in candidates if file.is_file() and _inside(file, base))


def _start(base: Path, dotted: str) -> Path:
    """The folder that a dotted name starts from: a pack's own trees lie below its name."""
    return base.parent if dotted.split(".")[0] == base.name and (base / "theorems").is_dir() else base


def _inside(file: Path, base: Path) -> bool:
    """Whether a file belongs to the two trees (or lies beside a user's file), and not to the toolkit."""
    inner = (
        file.resolve().relative_to(base.resolve()) if file.resolve().is_relative_to(base.resolve()) else None
    )
    return inner is not None and (inner.parts[0] in ("theorems", "numerics") or len(inner.parts) == 1)


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
