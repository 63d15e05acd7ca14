"""Packs: installed packages that hold trees of their own.

A distribution names such a package as an entry point in the group ``lemmata.theorems``. Nothing is imported.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from lemmata.model import LemmataError

GROUP = "lemmata.theorems"


def declared() -> list[str]:
    """The packages that installed distributions declare in the group, each once.

    Importing importlib.metadata takes half as long as all of ``list``, so its files are read here; as there, the
    first distribution of a name on sys.path hides the others.
    """
    files: dict[str, Path] = {}
    for folder in dict.fromkeys(sys.path):
        for file in _metadata(Path(folder)):
            files.setdefault(file.parent.name.removesuffix(".egg-info").partition("-")[0].lower(), file)
    return list(dict.fromkeys(package for file in files.values() for package in _named(file)))


def _metadata(folder: Path) -> list[Path]:
    try:
        return sorted(folder.glob("*-info/entry_points.txt"))
    except (
        OSError
    ):  # a folder of sys.path that this user may not enter: Python imports nothing from it either
        return []


def _named(file: Path) -> Iterator[str]:
    """The values of one distribution's entry points in the group, without extras."""
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:  # a distribution that is just being removed
        return
    section = ""
    for line in map(str.strip, text.splitlines() if GROUP in text else ()):
        if line.startswith("["):
            section = line.strip("[] ")
        elif section == GROUP and "=" in line and line[0] not in "#;":
            yield line.partition("=")[2].partition("[")[0].strip()


def home(pack: str, *trees: str) -> Path:
    """The folder of a package that holds the trees, found without running any of it.

    Raises LemmataError where there is no such package or folder.
    """
    from importlib.util import find_spec

    top, *inner = pack.split(".")
    spec = find_spec(top) if all(name.isidentifier() for name in (top, *inner)) else None
    if spec is None:
        raise LemmataError("there is no such package")
    for place in spec.submodule_search_locations or ():
        found = Path(place, *inner)
        if all((found / tree).is_dir() for tree in trees):
            return found
    raise LemmataError(f"it has no folders {' and '.join(f'{tree}/' for tree in trees)}")
