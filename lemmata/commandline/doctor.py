"""The command doctor: what this installation and this machine can do, and what is missing for more."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from lemmata.commandline.options import CONTEXT, JSON
from lemmata.commandline.output import emit, one_line, show

if TYPE_CHECKING:
    from lemmata.reporting.pages import Finding

# What is started as a program of its own, and what for.
TOOLS = {
    "coqc": "compiles the proofs exported for Coq",
    "pdflatex": "sets the appendix of the paper",
    "nvcc": "compiles device kernels; CuPy brings what it needs itself",
}
# Texts, compiled where they are used: every command loads this module.
_REQUIREMENT = r"(?P<name>[\w.-]+)(?:\[[^]]*\])?\s*(?:>=\s*(?P<least>[\w.]+))?[^;]*(?P<marker>;.*)?"
_EXTRA = r"extra\s*==\s*['\"](?P<name>[^'\"]+)['\"]"


@click.command(context_settings=CONTEXT, params=[JSON])
def doctor(json: bool) -> int:
    """What is installed, what is usable, and why not.

    Versions, extras and how to install them, the backend that auto takes and why it is not a GPU, the machine,
    the folder of results, external tools, and what is wrong with the catalogue. The exit code is 0 whatever is
    found.
    """
    from lemmata.reporting import diagnosis, json_documents

    found = examination()
    if json:
        emit(json_documents.text(json_documents.diagnosis(found)))
    else:
        show(diagnosis(found))
    return 0


def examination() -> dict[str, list[Finding]]:
    """The findings by section; a section that cannot be examined says why, and the others are still examined."""
    sections: Mapping[str, Callable[[], Iterator[Finding]]] = {
        "program": _program,
        "machine": _machine,
        "backend": _backend,
        "dependencies": lambda: _packages(extras=False),
        "extras": lambda: _packages(extras=True),
        "tools": _tools,
        "files": _files,
    }
    return {name: _guarded(name, section) for name, section in sections.items()}


def _guarded(name: str, section: Callable[[], Iterator[Finding]]) -> list[Finding]:
    try:
        return list(section())
    except Exception as error:  # a doctor is called to what is broken
        return [(name, None, one_line(f"{type(error).__name__}: {error}"))]


def _program() -> Iterator[Finding]:
    from platform import python_version

    import lemmata
    from lemmata.catalogue import ROOT

    yield "python", python_version(), sys.executable
    yield "lemmata", lemmata.__version__, str(ROOT)


def _machine() -> Iterator[Finding]:
    affinity = getattr(os, "sched_getaffinity", None)
    usable = len(affinity(0)) if affinity else os.cpu_count()
    yield "processors", f"{usable} of {os.cpu_count()}", f"--workers {usable} uses all of them"
    yield "memory", *_memory()
    from lemmata.running.processes import PINNED

    asked = [f"{name}={os.environ[name]}" for name in PINNED if name in os.environ]
    free = "none is set; worker processes take one thread each"
    yield "threads of BLAS", ", ".join(asked) or "its own choice", "" if asked else free


def _memory() -> tuple[str | None, str]:
    from lemmata.sampling.memory import usable

    found = usable()
    if found is None:
        return None, "this system does not tell"
    size, limit = found
    return f"{size / 2**30:.1f} GiB", limit


def _backend() -> Iterator[Finding]:
    from lemmata.sampling import resolve

    found = resolve("auto")
    yield "auto", found.name, f"on {found.device}"
    if found.reason:
        yield "cupy", None, f"no GPU is used: {found.reason}"


def _packages(extras: bool) -> Iterator[Finding]:
    """Every package of the dependencies, or of the extras with those that it belongs to."""
    wanted: dict[str, tuple[str, list[str]]] = {}
    for extra, name, least in _requirements():
        if bool(extra) == extras:
            wanted.setdefault(name, (least, []))[1].append(extra)
    for name, (least, groups) in wanted.items():
        yield _package(name, least, groups if extras else [])


def _package(name: str, least: str, extras: list[str]) -> Finding:
    from importlib.metadata import PackageNotFoundError, version

    about = f"extra {', '.join(extras)}" if extras else ""
    install = f"pip install '{_distribution()}{f'[{extras[0]}]' if extras else ''}'"
    try:
        found = version(name)
    except PackageNotFoundError:
        return name, None, f"{about}: {install}" if about else install
    if _numbers(found) < _numbers(least):
        return name, found, f"too old, {least} or later is needed: {install}"
    return name, found, about


def _numbers(version: str) -> list[int]:
    """The numbers of a version without trailing zeros: 2 is as new as 2.0."""
    return [int(digits) for digits in re.findall(r"\d+", re.sub(r"(\.0+)+$", "", version))]


def _distribution() -> str:
    """What pip is asked for: the checkout, or the published name."""
    from lemmata.catalogue import ROOT

    return str(ROOT) if (ROOT / "pyproject.toml").is_file() else "lemmata"


def _requirements() -> Iterator[tuple[str, str, str]]:
    """Extra (empty for a dependency), name and least version of all that pyproject.toml asks for."""
    for extra, text in _declared():
        match = re.fullmatch(_REQUIREMENT, text)
        assert match, text
        marked = re.search(_EXTRA, match["marker"] or "")
        yield extra or (marked["name"] if marked else ""), match["name"], match["least"] or ""


def _declared() -> Iterator[tuple[str, str]]:
    """From pyproject.toml in a checkout, from the metadata of the distribution elsewhere."""
    import tomllib
    from importlib.metadata import requires

    from lemmata.catalogue import ROOT

    try:
        project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    except FileNotFoundError:
        yield from (("", text) for text in requires("lemmata") or ())
        return
    yield from (("", text) for text in project["project"]["dependencies"])
    for extra, texts in project["project"]["optional-dependencies"].items():
        yield from ((extra, text) for text in texts)


def _tools() -> Iterator[Finding]:
    from shutil import which

    for name, purpose in TOOLS.items():
        yield name, which(name), purpose


def _files() -> Iterator[Finding]:
    from pathlib import Path

    from lemmata.catalogue import scan
    from lemmata.results import FOLDER

    folder = Path.cwd() / FOLDER
    place = next(path for path in (folder, *folder.parents) if path.exists())
    writable = place.is_dir() and os.access(place, os.W_OK)
    yield (
        "results",
        "writable" if writable else None,
        f"{folder}{'' if writable else ' cannot be written to'}",
    )
    catalogue = scan()
    packs = sorted({entry.pack for entry in catalogue.entries} - {""})
    yield "theorems", str(len(catalogue.entries)), f"packs: {', '.join(packs)}" if packs else ""
    for problem in catalogue.problems:
        yield "catalogue", None, problem
