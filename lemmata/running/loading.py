"""From the name of a twin to its function ``rows``: code runs only when it is named."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from lemmata.model import LemmataError

Rows = Callable[..., Iterable[Any]]


def load_rows(source: str) -> Rows:
    """The function ``rows`` of 'module:package.name' or 'file:/path/to/twin.py'.

    Raises LemmataError for another form of source, a module that cannot be imported, or one without ``rows``.
    """
    kind, _, where = source.partition(":")
    if kind not in ("module", "file") or not where:
        raise LemmataError(f"an experiment is 'module:NAME' or 'file:PATH', not {source!r}")
    try:
        module = importlib.import_module(where) if kind == "module" else _from_file(where)
    except LemmataError:
        raise
    except (Exception, SystemExit) as error:  # whatever a user's file does at import, the report is one line
        raise LemmataError(f"{source} cannot be loaded: {describe(error)}") from error
    rows = getattr(module, "rows", None)
    if not callable(rows):
        raise LemmataError(f"{source} has no function rows(rng, xp, ...): it is not a twin")
    return cast(Rows, rows)


def describe(error: BaseException) -> str:
    """The type and text of an exception on one line."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}".removesuffix(": ")


def _from_file(where: str) -> ModuleType:
    path = Path(where).resolve()
    if not path.is_file():
        raise LemmataError(f"there is no file {where}")
    name = f"lemmata_twin_{path.stem}_{abs(hash(str(path))):x}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise LemmataError(f"{where} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their own module up there
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module
