"""Finished runs as canonical JSON in ``results/`` of the current directory: all that ``list`` and ``paper`` read."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from errno import EISDIR
from pathlib import Path
from typing import Any

from lemmata.canonical import Malformed, decode, encode
from lemmata.model import LemmataError, Report

FOLDER = Path("results")
SCHEMA_VERSION = 2
NOT_RUN = "not run"
UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The report of a finished run, and the hash of the files that it describes."""

    report: Report
    sources: str = ""


def save(name: str, result: Result, folder: Path = FOLDER) -> None:
    """Keep a result, whole or not at all. Raises OSError where nothing can be written."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "sources": result.sources,
        "theorems": [encode(result.report)],
    }
    text = json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False)
    write(folder / f"{name}.json", text + "\n")


def write(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all, making its folder. Raises OSError where nothing can be written."""
    write_all({path: content})


def write_all(contents: Mapping[Path, str | bytes]) -> None:
    """Write files that belong together: all beside their places first, so that a fault leaves what was there.

    Raises OSError where one of them cannot be written.
    """
    partial = {path: path.with_name(f".{path.name}.{os.getpid()}.partial") for path in contents}
    try:
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir():
                raise IsADirectoryError(EISDIR, f"{path.name} is a folder")
            partial[path].write_bytes(content.encode() if isinstance(content, str) else content)
        for path, written in partial.items():
            written.replace(path)
    except OSError:
        for written in partial.values():
            with suppress(OSError):
                written.unlink(missing_ok=True)
        raise


def load(name: str, folder: Path = FOLDER) -> Result | None:
    """The last result of a name, or None; raises LemmataError for a broken one or one of another version."""
    path = folder / f"{name}.json"
    again = "run verify again"
    try:
        document: Any = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise LemmataError(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise LemmataError(f"{path} is no result (not JSON: {error}): {again}") from error
    version = document.get("schema_version") if isinstance(document, dict) else None
    if version is not None and version != SCHEMA_VERSION:
        raise LemmataError(f"{path} has schema version {version!r:.20}, not {SCHEMA_VERSION}: {again}")
    try:
        return _result(document)
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise LemmataError(f"{path} is no result ({error}): {again}") from error


def _result(document: Any) -> Result:
    if not isinstance(document, dict) or set(document) != {"schema_version", "sources", "theorems"}:
        raise Malformed("its keys are others")
    (report,) = document["theorems"] if isinstance(document["theorems"], list) else (None,)
    return decode(Result, {"report": report, "sources": document["sources"]})
