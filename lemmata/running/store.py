"""The shard store: counts that were drawn once, kept in one SQLite file, so that a run that ends goes on later.

Shards are only ever added, each in a transaction of its own: whatever ends the process loses the shards in flight
and no other. A shard is found under everything that its digits depend on (:class:`Key`), with a digest over that
and its counts. A file that is damaged is set aside under another name, and what it held is drawn again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import astuple
from pathlib import Path
from typing import Any

from lemmata.running import database
from lemmata.running.database import APPLICATION, KEYS, NAMES, TABLES, VERSION, Database, Key, Unusable
from lemmata.running.packing import Damaged, digest, pack, unpack
from lemmata.running.spans import Span, spans


class Store(Database):
    """A store that is read and added to; it is made where there is none.

    ``alone`` keeps every other process out, as a file on a network needs it. ``notice`` is told what a reader
    should know. Raises Unusable where the file cannot be opened or is none of ours; one that is ours and damaged is
    set aside, and the store is empty.
    """

    mend = "name another with --store"

    def __init__(self, path: Path, notice: Callable[[str], None], alone: bool = False) -> None:
        self.notice, self.alone = notice, alone
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Unusable(f"the store {path} cannot be made: {error.strerror}") from error
        try:
            super().__init__(path)
        except Damaged as damage:
            self._set_aside(damage)

    def series(self, key: Key) -> Series:
        """The shards of one row; every one that is kept is checked, and if one is damaged none is used."""
        try:
            number = self.number(key)
            kept = [] if number is None else spans(shard for shard, _ in self.sound(number, key))
        except Damaged as damage:
            self.close()
            self._set_aside(damage)
            number, kept = None, []
        return Series(self, key, number, kept)

    def create(self, key: Key) -> int:
        """The number of a new series, or of the one that is there already. Raises Damaged, or Unusable."""
        self.write(
            f"INSERT OR IGNORE INTO series ({KEYS}) VALUES ({', '.join('?' * len(NAMES))})", astuple(key)
        )
        number = self.number(key)
        assert number is not None
        return number

    def add(self, number: int, key: Key, shard: int, blob: bytes) -> None:
        """Keep the packed counts of a shard; one that is there already stays. Raises Damaged, or Unusable."""
        values = (number, shard, blob, digest(astuple(key), shard, blob))
        self.write("INSERT OR IGNORE INTO shards VALUES (?, ?, ?, ?)", values)

    def write(self, statement: str, values: tuple[Any, ...] = ()) -> None:
        """One statement, a transaction of its own. Raises Damaged, or Unusable."""
        with self._faults():
            self._connection.execute(statement, values)

    @contextmanager
    def transaction(self) -> Generator[None]:
        """All that is written inside, or nothing of it."""
        self.write("BEGIN IMMEDIATE")
        try:
            yield
            self.write("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            raise

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=database.PATIENCE, isolation_level=None)

    def _prepare(self, connection: sqlite3.Connection) -> None:
        # Exclusive locking comes before the first use of the log: then that needs no memory shared between
        # processes, which a network's file system does not have.
        connection.execute(f"PRAGMA locking_mode = {'EXCLUSIVE' if self.alone else 'NORMAL'}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("BEGIN IMMEDIATE")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == 0:
            self._make(connection)
        connection.execute("COMMIT")
        self._require_version(version or VERSION)

    def _make(self, connection: sqlite3.Connection) -> None:
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone() != (0,):
            raise Unusable(f"{self.path} is not a store of shards: name another file, or move this one away")
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
        for table in TABLES:
            connection.execute(table)

    def set_aside(self) -> str:
        """Move a file whose shards cannot be believed out of the way; the name that it has then. Raises Unusable."""
        self.close()
        try:
            return self._moved("stale")
        except OSError as error:
            raise Unusable(f"the store {self.path} cannot be set aside: {error.strerror}") from error

    def _moved(self, why: str) -> str:
        number = 1
        while (other := self.path.with_name(f"{self.path.name}.{why}-{number}")).exists():
            number += 1
        # The logs go first: one that stayed behind would be read into the file that comes after.
        for suffix in ("-wal", "-shm", ""):
            with suppress(FileNotFoundError):
                Path(f"{self.path}{suffix}").rename(f"{other}{suffix}")
        return other.name

    def _set_aside(self, damage: Damaged) -> None:
        """Move the damaged file out of the way, say so, and go on with an empty one. Raises Unusable."""
        try:
            other = self._moved("damaged")
            self._connection = self._connected()
        except (OSError, Damaged) as error:
            raise Unusable(
                f"the store {self.path} is damaged ({damage}) and cannot be set aside: {error}"
            ) from error
        self.notice(
            f"warning: the store {self.path} is damaged ({damage}): it is set aside as {other}, "
            "and its shards are drawn again"
        )


class Series:
    """The shards of one row in a store: ``kept`` are those that were there when it was asked for."""

    def __init__(self, store: Store, key: Key, number: int | None, kept: list[Span]) -> None:
        self.kept = kept
        self._store, self._key, self._number = store, key, number

    def get(self, shard: int) -> Any:
        """The counts of a kept shard, int64. Raises Unusable if they are gone or no longer sound."""
        query = "SELECT counts, digest FROM shards WHERE series = ? AND shard = ?"
        with suppress(Damaged):
            for blob, kept in self._store.rows(query, (self._number, shard)):
                if digest(astuple(self._key), shard, blob) == kept:
                    return unpack(blob)
        raise Unusable(f"the store {self._store.path} was changed while it was read: run this again")

    def add(self, shard: int, counts: Any) -> None:
        """Keep a shard. Raises Unusable."""
        try:
            if self._number is None:
                self._number = self._store.create(self._key)
            self._store.add(self._number, self._key, shard, pack(counts))
        except Damaged as damage:
            raise Unusable(f"the store {self._store.path} is damaged ({damage}): run this again") from damage


__all__ = ["Key", "Series", "Store", "Unusable"]
