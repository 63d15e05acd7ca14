"""Defaults from a settings file in the current directory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


def settings(program: click.Group, folder: Path) -> dict[str, dict[str, Any]]:
    """Defaults from ``lemmata.toml`` (or its [tool.lemmata]) or [tool.lemmata] of ``pyproject.toml``, by command.

    Raises LemmataError for a file that is no TOML, a key that is no option, and a value that is not a single one.
    """
    flat = {key.replace("-", "_"): value for key, value in _table(folder).items()}
    options = {name: set(_options(command)) for name, command in program.commands.items()}
    if unknown := sorted(set(flat) - set().union(*options.values())):
        raise _fault(f"[tool.lemmata] has no setting {_nearest(unknown, set().union(*options.values()))}")
    flat = {key: _words(key, value) for key, value in flat.items()}
    return {name: {key: flat[key] for key in flat if key in known} for name, known in options.items()}


def _options(command: click.Command) -> Iterator[str]:
    """What may be set once for all: neither a theorem nor what is asked of it on one occasion."""
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.allow_from_autoenv and parameter.name:
            yield parameter.name


def _nearest(unknown: list[str], known: Iterable[str]) -> str:
    """The unknown names, and after them the nearest of the known ones, or all of these."""
    from difflib import get_close_matches

    names = sorted(name.replace("_", "-") for name in known)
    asked = [name.replace("_", "-") for name in unknown]
    near = dict.fromkeys(found for name in asked for found in get_close_matches(name, names, 1))
    said = f"did you mean {' or '.join(near)}?" if near else f"it has {', '.join(names)}"
    return f"{', '.join(asked)}: {said}"


def _words(key: str, value: Any) -> str | list[str]:
    """A value as it would be typed, so that Click checks it as on the command line: 2.5 is no whole number."""
    if key == "param":
        if isinstance(value, dict):
            return [f"{name}={_words(name, inner)}" for name, inner in value.items()]
        if isinstance(value, list) and all(isinstance(word, str) for word in value):
            return value
        raise _fault(f"[tool.lemmata]: param is a table or a list of texts name=value, not {value!r}")
    if isinstance(value, dict | list):
        raise _fault(f"[tool.lemmata]: {key} is a single value, not {value!r}")
    return str(value).lower() if isinstance(value, bool) else str(value)


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
    except (OSError, ValueError, RecursionError) as error:
        raise _fault(f"{path.name} cannot be read: {error}") from error
