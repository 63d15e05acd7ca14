"""Several stores as one: what each share of a run has drawn, joined for the run that gives the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lemmata.model import LemmataError
from lemmata.running.database import Database, Key
from lemmata.running.packing import Damaged, unpack
from lemmata.running.spans import Span, spans, without
from lemmata.running.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What a store holds of one row after a merge: ``added`` were new to it, ``gaps`` lie between what it has.

    The first shard of a row is in no store: every run draws it.
    """

    key: Key
    shards: int
    added: int
    gaps: tuple[Span, ...]


def merge(target: Store, sources: Sequence[Path]) -> list[Merged]:
    """Add the shards of the sources to the target, all of them or none; what it then has of their rows.

    Raises LemmataError naming the file for a source that is missing, no store, or damaged, and for two stores with
    different counts of one shard: one of them is not what its key says.
    """
    for path in sources:
        _require_source(path, target)
    added: dict[Key, int] = {}
    try:
        with target.transaction():
            for path in sources:
                _add(target, path, added)
        return [_found(target, number, key, added[key]) for number, key in target.listed() if key in added]
    except Damaged as damage:
        said = f"the store {target.path} is damaged ({damage}): name another with --store"
        raise LemmataError(said) from damage


def _require_source(path: Path, target: Store) -> None:
    if not path.is_file():
        raise LemmataError(f"there is no store {path}")
    if path.samefile(target.path):
        raise LemmataError(f"{path} is what the others are merged into: leave it out")


def _add(target: Store, path: Path, added: dict[Key, int]) -> None:
    try:
        with Database(path) as source:
            for number, key in source.listed():
                own = target.create(key)
                new = (
                    _take(target, own, key, path, shard, blob) for shard, blob in source.sound(number, key)
                )
                added[key] = added.get(key, 0) + sum(new)
    except Damaged as damage:
        raise LemmataError(f"the store {path} is damaged ({damage}): nothing was merged") from damage


def _take(target: Store, number: int, key: Key, path: Path, shard: int, blob: bytes) -> bool:
    """Add a shard; whether it was new. Raises LemmataError if the target has another one in its place."""
    query = "SELECT counts FROM shards WHERE series = ? AND shard = ?"
    there = next(target.rows(query, (number, shard)), None)
    if there is None:
        target.add(number, key, shard, blob)
        return True
    # The same counts may have been packed by another version of the compressor.
    if there[0] != blob and unpack(there[0]).tobytes() != unpack(blob).tobytes():
        said = f"shard {shard} of row {key.row!r} is another in {path} than in the stores before it"
        raise LemmataError(f"{said}: nothing was merged")
    return False


def _found(target: Store, number: int, key: Key, added: int) -> Merged:
    query = "SELECT shard FROM shards WHERE series = ? ORDER BY shard"
    there = spans(shard for (shard,) in target.rows(query, (number,)))
    end = there[-1].stop if there else 1
    return Merged(
        key=key,
        shards=sum(map(len, there)),
        added=added,
        gaps=tuple(without(range(1, end), there)),
    )


__all__ = ["Merged", "merge"]
