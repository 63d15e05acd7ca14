"""The command merge: the stores of several shares as one."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from lemmata.commandline.options import CONTEXT, JSON, STORE, FilePath
from lemmata.commandline.output import emit, say

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

    from lemmata.running.merging import Merged


@click.command(context_settings=CONTEXT, params=[STORE, JSON])
@click.argument(
    "sources",
    nargs=-1,
    required=True,
    metavar="STORE...",
    type=FilePath(exists=True, dir_okay=False),
)
def merge(sources: tuple[Path, ...], store: Path | None, json: bool) -> int:
    """Join the stores that runs with --shard have filled.

    Their shards are added to --store, all of them or none, and verify with that store and the options of the shares
    reads them. Nothing is drawn. Exit code 2: a STORE is missing, damaged or none, or two of them differ.
    """
    from lemmata.commandline.keeping import default_store
    from lemmata.running import Store
    from lemmata.running.merging import merge as merged

    path = store or default_store()
    with unmade(path), Store(path, say) as target:
        found = merged(target, sources)
        emit(_json(found, target.path) if json else _text(found, target.path, len(sources)))
    return 0


@contextmanager
def unmade(path: Path) -> Generator[None]:
    """A store that is made here and in which nothing came to be is not left behind."""
    from lemmata.model import LemmataError

    new = not path.exists()
    try:
        yield
    except LemmataError:
        if new:
            path.unlink(missing_ok=True)
        raise


def _text(found: Sequence[Merged], path: Path, sources: int) -> str:
    shards, added = sum(each.shards for each in found), sum(each.added for each in found)
    head = f"{sources} stores merged into {path}: {shards} shards of {len(found)} rows, {added} of them new"
    width = max((len(each.key.row) for each in found), default=0)
    lines = [f"  {each.key.row:{width}}  {each.shards} shards{_gaps(each)}" for each in found]
    return "\n".join([head, *lines])


def _gaps(found: Merged) -> str:
    """What is missing before the last shard: verify draws it."""
    if not found.gaps:
        return ""
    first = ", ".join(f"{gap[0]}-{gap[-1]}" if len(gap) > 1 else str(gap[0]) for gap in found.gaps[:3])
    return f"; missing {first}{', ...' if len(found.gaps) > 3 else ''}"


def _json(found: Sequence[Merged], path: Path) -> str:
    from json import dumps

    rows: list[dict[str, Any]] = [
        {
            "row": each.key.row,
            "claim": each.key.claim,
            "seed": int(each.key.seed),
            "backend": each.key.backend,
            "shards": each.shards,
            "added": each.added,
            "gaps": [[gap.start, gap.stop] for gap in each.gaps],
        }
        for each in found
    ]
    return dumps({"schema_version": 1, "store": str(path), "rows": rows}, indent=1, ensure_ascii=False)
