"""What a shell may complete: ids, closed forms, their arguments and parameters; all of it read, nothing imported."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pathlib import Path

    from click.shell_completion import CompletionItem

    from lemmata.catalogue import Entry


def ids(context: click.Context, argument: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The ids of all theorems with their titles; a word that looks like a path is left to the shell."""
    from lemmata.catalogue import scan

    if os.sep in incomplete or incomplete.startswith("."):
        return [_item(incomplete, type="file")]
    found = scan()
    known = zip(found.names(), (entry.title for entry in found.entries), strict=True)
    items = [_item(name, help=title) for name, title in known if name.startswith(incomplete)]
    # What begins no id may begin a file's name: my_lemma.py needs no ./ before it.
    return items or [_item(incomplete, type="file")]


def quantities(context: click.Context, argument: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The closed forms of the theorem named before."""
    return _items((name for name, _ in _quantities(_theorem(context))), incomplete)


def arguments(context: click.Context, argument: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """``name=`` for every argument of the closed form named before that has no value yet."""
    asked, given = context.params.get("quantity"), context.params.get("arguments") or {}
    kinds = {
        f"{name}=": kind
        for quantity, parameters in _quantities(_theorem(context))
        if quantity == asked
        for name, kind in parameters.items()
        if name not in given
    }
    # The kind tells what may follow: a number, one of several words, a vector.
    return [_item(name, help=kind) for name, kind in kinds.items() if name.startswith(incomplete)]


def parameters(context: click.Context, option: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """``name=`` for every keyword of the experiment's ``rows``."""
    twin = _twin(context)
    names = (
        f"{argument.arg}="
        for node in _tree(twin)
        if isinstance(node, ast.FunctionDef) and node.name == "rows"
        for argument in node.args.kwonlyargs
    )
    return _items(names, incomplete)


def _item(word: str, **told: Any) -> CompletionItem:
    # Imported where a shell asks: every command loads this module.
    from click.shell_completion import CompletionItem

    return CompletionItem(word, **told)


def _items(names: Iterable[str], incomplete: str) -> list[CompletionItem]:
    return [_item(name) for name in names if name.startswith(incomplete)]


def _quantities(path: Path | None) -> Iterator[tuple[str, dict[str, str | None]]]:
    """Name and parameters of each call ``Quantity("name", doc, {"parameter": kind, ..}, ..)``."""
    for node in _tree(path):
        match node:
            case ast.Call(ast.Name("Quantity"), given, keywords):
                values = dict(zip(("name", "doc", "parameters"), given, strict=False))
                values |= {keyword.arg: keyword.value for keyword in keywords if keyword.arg}
                yield from ((name, _kinds(values.get("parameters"))) for name in _text(values.get("name")))
            case _:
                pass


def _kinds(node: ast.expr | None) -> dict[str, str | None]:
    """The names of the parameters with their kinds, as far as they are written out."""
    items = zip(node.keys, node.values, strict=True) if isinstance(node, ast.Dict) else ()
    return {text: next(iter(_text(kind)), None) for key, kind in items for text in _text(key)}


def _text(node: ast.expr | None) -> list[str]:
    """The text that a node is, if it is one."""
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def _tree(path: Path | None) -> Iterator[ast.AST]:
    """All nodes of a file, none if it cannot be read: to a completion, silence is the only clear answer."""
    try:
        yield from ast.walk(ast.parse(path.read_bytes())) if path else ()
    except (OSError, ValueError, SyntaxError):
        return


def _theorem(context: click.Context) -> Path | None:
    entry = _entry(context)
    return entry.theorem if entry else None


def _twin(context: click.Context) -> Path | None:
    entry = _entry(context)
    return entry.twin if entry else None


def _entry(context: click.Context) -> Entry | None:
    """The theorem that the words before the completed one name, if they do."""
    from lemmata.catalogue import find
    from lemmata.model import LemmataError

    # Click gives up parsing at an option whose value is being completed: the words before it are still its args.
    words = context.params.get("targets") or context.args
    named = context.params.get("target") or next(iter(words), None)
    try:
        return find(named) if named else None
    except (LemmataError, OSError):
        return None
