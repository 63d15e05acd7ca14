"""A function that the user names as ``file.py:function``: its file runs only because it was named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from lemmata.foreign import blamed, module_of, patience, shown
from lemmata.model import LemmataError


def load_factory(named: str) -> Callable[..., Any]:
    """The function of 'path/to/file.py:function'; a relative path starts at the working directory.

    Raises LemmataError for another form, a file that is missing or cannot be run, and one without the function.
    """
    where, _, name = named.rpartition(":")
    if not where or not name.isidentifier():
        raise LemmataError(f"a model is named FILE.py:FUNCTION, not {shown(named)}")
    with patience(f"file:{where}", "loading it"), blamed(f"{where} cannot be run:"):
        module = module_of(Path(where), "factory")
    factory = getattr(module, name, None)
    if not callable(factory):
        raise LemmataError(f"{where} has no function {name}")
    return cast(Callable[..., Any], factory)


def call_user(named: str, label: str, function: Callable[..., Any], *arguments: Any) -> Any:
    """``function(*arguments)`` of the file in ``named``: what it raises is a LemmataError of one line.

    What it prints goes to stderr, and its time is limited, as for every file of the user's.
    """
    with patience(f"file:{named.rpartition(':')[0]}", label), blamed(f"{named}: {label} raised"):
        return function(*arguments)


__all__ = ["call_user", "load_factory", "shown"]
