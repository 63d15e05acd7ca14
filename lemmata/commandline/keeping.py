"""The store of a command: which file it is, and what is said of it."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from lemmata.commandline.options import stronger
from lemmata.commandline.output import say

if TYPE_CHECKING:
    from pathlib import Path

    from lemmata.running import Keeper

FILE = "shards.sqlite3"


def default_store() -> Path:
    """The store that is used where none is named: a file in the user's cache folder."""
    from platformdirs import user_cache_path

    return user_cache_path("lemmata", appauthor=False) / FILE


@contextmanager
def kept(asked: Mapping[str, Any]) -> Generator[Keeper | None]:
    """The keeper of a command's shards, None where nothing is kept.

    A store that was named must be usable, or nothing is run: raises LemmataError. Without the default one a run is
    slower and no worse: that is a warning.
    """
    named: Path | None = asked["store"]
    refused = bool(asked["no_store"]) and stronger("no_store", "store")
    if asked["shard"] and (refused or named is None):
        raise click.UsageError(
            "--shard needs --store FILE: the store is its result", click.get_current_context()
        )
    if refused:
        yield None
        return
    from lemmata.running import Keeper, Store, Unusable

    whole = asked["shard"] is not None
    try:
        store = Store(named or default_store(), say, alone=whole)
    except Unusable as error:
        if named:
            raise
        say(f"warning: {error}; no shards are kept")
        yield None
        return
    with store:
        yield Keeper(store, say, whole, named is not None)


def say_resumed(keeper: Keeper | None, quiet: bool) -> None:
    """Say on stderr what was taken up from earlier runs."""
    if keeper and (line := keeper.resumed()) and not quiet:
        say(line)
