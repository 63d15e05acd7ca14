"""From the name of a theorem or a twin to its module, and to a twin's function ``rows``."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from lemmata.foreign import blamed, module_of, patience, place
from lemmata.model import LemmataError

Rows = Callable[..., Iterable[Any]]


def load_rows(source: str) -> Rows:
    """The function ``rows`` of 'module:package.name' or 'file:/path/to/twin.py'.

    Raises LemmataError for another form of source, a module that cannot be imported, or one without ``rows``.
    """
    rows = getattr(load_module(source), "rows", None)
    if not callable(rows):
        raise LemmataError(f"{place(source)} has no function rows(rng, xp, ...): it is not a twin")
    return cast(Rows, rows)


def load_module(source: str, name: str = "twin") -> ModuleType:
    """The module of 'module:package.name' or 'file:/path'; ``name`` is what a file's module is called by.

    Raises LemmataError for another form of source, and for whatever goes wrong when it is imported.
    """
    kind, _, where = source.partition(":")
    if kind not in ("module", "file") or not where:
        raise LemmataError(f"an experiment is 'module:NAME' or 'file:PATH', not {source!r}")
    with patience(source, "loading it"), blamed(f"{place(source)} cannot be loaded:"):
        return importlib.import_module(where) if kind == "module" else module_of(Path(where), name)
