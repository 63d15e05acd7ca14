"""The shard store: counts that were drawn once, kept in one SQLite file, so that a run that ends goes on later.

Shards are only ever added, each in a transaction of its own: whatever ends the process loses the shard in flight
and no other. A shard is found under everything that its digits depend on (:class:`Key`), with a digest over that
and its counts. A file that is damaged is set aside under another name, and what it held is drawn again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn, Self

from lemmata.model import LemmataError
from lemmata.running.packing import Damaged, digest, pack, unpack
from lemmata.running.spans import Span, spans

# In the header of the file, where any program can read whose it is: "lmma", and the version of the tables.
APPLICATION, VERSION = 0x6C6D6D61, 1
HEADER, OWNER = b"SQLite format 3\0", slice(68, 72)
# Seconds that another process may hold the store while it writes.
PATIENCE = 10.0
BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
TABLES = """
CREATE TABLE series (id INTEGER PRIMARY KEY, {names}, UNIQUE ({keys}));
CREATE TABLE shards (
    series INTEGER NOT NULL REFERENCES series, shard INTEGER NOT NULL, counts BLOB NOT NULL, digest BLOB NOT NULL,
    PRIMARY KEY (series, shard)
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Key:
    """All that the counts of a row's shards depend on.

    ``engine`` is the code that draws and counts, ``backend`` the class of arrays, ``circumstances`` a digest of
    the twin's files, its parameters and the row's first shard, which is drawn anew in every run.
    """

    claim: str
    row: str
    engine: str
    seed: str
    backend: str
    circumstances: str


NAMES = tuple(field.name for field in fields(Key))
KEYS = ", ".join(NAMES)


class Unusable(LemmataError):
    """A store that cannot be opened, read or written: locked, full, not permitted, or no store at all."""


class Store:
    """A file of shards; ``alone`` keeps every other process out, as a file on a network needs it.

    ``notice`` is told what a reader should know. Raises Unusable where the file cannot be opened or is none of
    ours; one that is ours and damaged is set aside, and the store is empty.
    """

    def __init__(self, path: Path, notice: Callable[[str], None], alone: bool = False) -> None:
        self.path, self.notice, self.alone = path, notice, alone
        self._connection = self._opened()

    def series(self, key: Key) -> Series:
        """The shards of one row; every one that is kept is checked."""
        found = self._one(
            "SELECT id FROM series WHERE " + " AND ".join(f"{n} = ?" for n in NAMES), astuple(key)
        )
        if found is None:
            return Series(self, key, None, [])
        try:
            return Series(self, key, found[0], spans(self._sound(found[0], key)))
        except Damaged as damage:
            self.set_aside(str(damage))
            return Series(self, key, None, [])

    def keys(self) -> Iterator[tuple[int, Key]]:
        """Every series with its number in this file."""
        for number, *words in self.rows(f"SELECT id, {KEYS} FROM series ORDER BY id"):
            yield number, Key(*words)

    def _sound(self, series: int, key: Key) -> Iterator[int]:
        """The shards of a series in order, each of them checked; raises Damaged."""
        for shard, blob, kept in self.rows(
            "SELECT shard, counts, digest FROM shards WHERE series = ? ORDER BY shard", (series,)
        ):
            if digest(astuple(key), shard, blob) != kept:
                raise Damaged(f"shard {shard} of row {key.row!r} is not what was written")
            yield shard

    def create(self, key: Key) -> int:
        """The number of a new series, or of the one that another process has made meanwhile."""
        marks = ", ".join("?" * len(NAMES))
        self.write(f"INSERT OR IGNORE INTO series ({KEYS}) VALUES ({marks})", astuple(key))
        found = self._one(
            "SELECT id FROM series WHERE " + " AND ".join(f"{n} = ?" for n in NAMES), astuple(key)
        )
        assert found is not None
        return found[0]

    def rows(self, query: str, values: tuple[Any, ...] = ()) -> Iterator[Any]:
        """The rows that a query finds. Raises Damaged, or Unusable."""
        with self._faults():
            yield from self._connection.execute(query, values)

    def _one(self, query: str, values: tuple[Any, ...] = ()) -> Any:
        try:
            return next(self.rows(query, values), None)
        except Damaged as damage:
            self.set_aside(str(damage))
            return None

    def write(self, statement: str, values: tuple[Any, ...]) -> None:
        """One statement, a transaction of its own. Raises Damaged, or Unusable."""
        with self._faults():
            self._connection.execute(statement, values)

    @contextmanager
    def transaction(self) -> Generator[None]:
        """All that is written inside, or nothing of it."""
        with self._faults():
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            raise
        with self._faults():
            self._connection.execute("COMMIT")

    def close(self) -> None:
        """Give the file up; what was added is in it."""
        with suppress(sqlite3.Error):
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ---------------------------------------------------------------- the file

    def _opened(self) -> sqlite3.Connection:
        require_ours(self.path)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            return self._connected()
        except Damaged as damage:
            self._move(str(damage))
            return self._connected()
        except OSError as error:
            raise Unusable(f"the store {self.path} cannot be made: {error.strerror}") from error

    def _connected(self) -> sqlite3.Connection:
        with self._faults():
            connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
        try:
            with self._faults():
                self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        # Exclusive locking comes before the first use of the log: then that needs no memory shared between
        # processes, which a network's file system does not have.
        connection.execute(f"PRAGMA locking_mode = {'EXCLUSIVE' if self.alone else 'NORMAL'}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("BEGIN IMMEDIATE")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == 0:
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
            names = ", ".join(f"{name} TEXT NOT NULL" for name in NAMES)
            for statement in TABLES.format(names=names, keys=KEYS).split(";\n")[:-1]:
                connection.execute(statement)
        connection.execute("COMMIT")
        if version not in (0, VERSION):
            raise Unusable(f"the store {self.path} is of version {version}, not {VERSION}: name another")
        # A file that was cut short, or whose first pages are another's, shows it here.
        connection.execute(f"SELECT {KEYS} FROM series LIMIT 1").fetchone()
        connection.execute("SELECT series, shard, counts, digest FROM shards LIMIT 1").fetchone()

    def set_aside(self, damage: str) -> None:
        """Move the damaged file out of the way, say so, and go on with an empty one. Raises Unusable."""
        self.close()
        self._move(damage)
        self._connection = self._opened()

    def _move(self, damage: str) -> None:
        number = 1
        while (other := self.path.with_name(f"{self.path.name}.damaged-{number}")).exists():
            number += 1
        try:
            # The logs go first: one that stayed behind would be read into the file that comes after.
            for suffix in ("-wal", "-shm", ""):
                with suppress(FileNotFoundError):
                    Path(f"{self.path}{suffix}").rename(f"{other}{suffix}")
        except OSError as error:
            raise Unusable(
                f"the store {self.path} is damaged ({damage}) and cannot be set aside: {error.strerror}"
            ) from error
        self.notice(
            f"warning: the store {self.path} is damaged ({damage}): it is set aside as {other.name}, "
            "and its shards are drawn again"
        )

    @contextmanager
    def _faults(self) -> Generator[None]:
        """SQLite's errors as Damaged or as one line about the store."""
        try:
            yield
        except sqlite3.Error as error:
            self._fail(error)

    def _fail(self, error: sqlite3.Error) -> NoReturn:
        # The lower byte is the kind of an error, the others say more of it.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        # Of an SQLite file that says it is ours and lacks our tables, nothing can be used.
        if code in DAMAGE or (code == sqlite3.SQLITE_ERROR and "no such" in str(error)):
            raise Damaged(str(error)) from error
        if code in BUSY:
            said = "is in use by another process: wait for it, or name another with --store"
        elif code == sqlite3.SQLITE_FULL:
            said = "takes no more: its disk is full; make room, or name another with --store"
        else:
            said = f"cannot be used: {error}; name another with --store"
        raise Unusable(f"the store {self.path} {said}") from error


class Series:
    """The shards of one row in a store: those kept when it was asked for, and those added since."""

    def __init__(self, store: Store, key: Key, number: int | None, kept: list[Span]) -> None:
        self.kept = kept
        self._store, self._key, self._number = store, key, number

    def get(self, shard: int) -> Any:
        """The counts of a kept shard: int64, of any length. Raises Unusable if they are gone or no longer sound."""
        query = "SELECT counts, digest FROM shards WHERE series = ? AND shard = ?"
        try:
            for blob, kept in self._store.rows(query, (self._number, shard)):
                if digest(astuple(self._key), shard, blob) == kept:
                    return unpack(blob)
        except Damaged:
            pass
        raise Unusable(f"the store {self._store.path} was changed while it was read: run this again")

    def add(self, shard: int, counts: Any) -> None:
        """Keep a shard. Raises Unusable."""
        try:
            if self._number is None:
                self._number = self._store.create(self._key)
            blob = pack(counts)
            values = (self._number, shard, blob, digest(astuple(self._key), shard, blob))
            self._store.write("INSERT OR IGNORE INTO shards VALUES (?, ?, ?, ?)", values)
        except Damaged as damage:
            raise Unusable(f"the store {self._store.path} is damaged: {damage}") from damage


def require_ours(path: Path) -> None:
    """Raises Unusable for a file that is there and is no store: another's file is never touched."""
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        return
    except OSError as error:
        raise Unusable(f"the store {path} cannot be read: {error.strerror}") from error
    if head and (head[:16] != HEADER or head[OWNER] not in (APPLICATION.to_bytes(4, "big"), bytes(4))):
        raise Unusable(f"{path} is not a store of shards: name another file, or move this one away")


__all__ = ["Key", "Series", "Store", "Unusable", "require_ours"]
