"""Defaults from a settings file in the current directory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pathlib import Path


def settings(program: click.Group, folder: Path) -> dict[str, dict[str, Any]]:
    """Defaults from ``lemmata.toml`` (or its [tool.lemmata]) or [tool.lemmata] of ``pyproject.toml``, by command.

    Raises LemmataError for a file that is no TOML and for a key that is no option.
    """
    flat = {key.replace("-", "_"): value for key, value in _table(folder).items()}
    options = {name: {p.name for p in command.params} for name, command in program.commands.items()}
    if unknown := sorted(set(flat) - set().union(*options.values())):
        raise _fault(f"[tool.lemmata] has no setting {', '.join(unknown)}")
    if isinstance(params := flat.get("param"), dict):
        flat["param"] = [f"{name}={value}" for name, value in params.items()]
    return {name: {key: flat[key] for key in flat if key in known} for name, known in options.items()}


def _fault(text: str) -> Exception:
    from lemmata.model import LemmataError

    return LemmataError(text)


def _table(folder: Path) -> dict[str, Any]:
    for name in ("lemmata.toml", "pyproject.toml"):
        if (folder / name).is_file():
            document = _toml(folder / name)
            own = name == "lemmata.toml" and "tool" not in document
            table = document if own else _inner(_inner(document, "tool"), "lemmata")
            if table:
                return table
    return {}


def _inner(table: dict[str, Any], name: str) -> dict[str, Any]:
    inner = table.get(name, {})
    if not isinstance(inner, dict):
        raise _fault("[tool.lemmata] is not a table")
    return inner


def _toml(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _fault(f"{path.name} cannot be read: {error}") from error
