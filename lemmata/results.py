"""Finished runs as canonical JSON in ``results/`` of the current directory; what ``list`` knows of the last run."""

from __future__ import annotations

import json
import os
from pathlib import Path

FOLDER = Path("results")
NOT_RUN = "not run"


def save(name: str, text: str, folder: Path = FOLDER) -> None:
    """Keep the document of a finished run, whole or not at all. Raises OSError where nothing can be written."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    partial = path.with_suffix(f".{os.getpid()}.partial")
    partial.write_text(text + "\n", encoding="utf-8")
    partial.replace(path)


def last_verdict(name: str, folder: Path = FOLDER) -> str:
    """The verdict of the last run: ``not run`` where there is none, ``unreadable`` for a broken document."""
    try:
        document = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        return str(document["theorems"][0]["verdict"])
    except FileNotFoundError:
        return NOT_RUN
    except (OSError, ValueError, LookupError, TypeError):
        return "unreadable"
