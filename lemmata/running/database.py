"""The file of a shard store: an SQLite database whose faults are one line, or damage that can be told from them."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn, Self

from lemmata.model import LemmataError
from lemmata.running.packing import Damaged, digest

# In the header of the file, where any program can read whose it is: "lmma", and the version of the tables.
APPLICATION, VERSION = 0x6C6D6D61, 1
HEADER, OWNER = b"SQLite format 3\0", slice(68, 72)
# Seconds that another process may hold the store while it writes.
PATIENCE = 10.0
BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


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
TABLES = (
    f"CREATE TABLE series (id INTEGER PRIMARY KEY, {', '.join(f'{name} TEXT NOT NULL' for name in NAMES)}, "
    f"UNIQUE ({KEYS}))",
    "CREATE TABLE shards (series INTEGER NOT NULL REFERENCES series, shard INTEGER NOT NULL, "
    "counts BLOB NOT NULL, digest BLOB NOT NULL, PRIMARY KEY (series, shard)) WITHOUT ROWID",
)


class Unusable(LemmataError):
    """A store that cannot be opened, read or written: locked, full, not permitted, or no store at all."""


class Database:
    """A store that is only read, and beside which nothing is written while no other process writes to it.

    Raises Unusable where it cannot be opened or is none of ours, or Damaged.
    """

    mend = "copy it to a folder that can be written, and use the copy"

    def __init__(self, path: Path) -> None:
        self.path = path
        require_ours(path)
        self._connection = self._connected()

    def listed(self) -> Iterator[tuple[int, Key]]:
        """Every series with its number in this file."""
        for number, *words in self.rows(f"SELECT id, {KEYS} FROM series ORDER BY id"):
            yield number, Key(*words)

    def number(self, key: Key) -> int | None:
        """The number of a series in this file, if it is there."""
        where = " AND ".join(f"{name} = ?" for name in NAMES)
        found = next(self.rows(f"SELECT id FROM series WHERE {where}", astuple(key)), None)
        return found[0] if found else None

    def strangers(self, key: Key) -> int:
        """How many shards there are of the same row, claim and seed under other keys. Raises Damaged, or Unusable."""
        query = (
            "SELECT count(*) FROM shards JOIN series ON series.id = shards.series "
            "WHERE claim = ? AND row = ? AND seed = ? AND NOT (engine = ? AND backend = ? AND circumstances = ?)"
        )
        values = (key.claim, key.row, key.seed, key.engine, key.backend, key.circumstances)
        return next(self.rows(query, values))[0]

    def sound(self, number: int, key: Key) -> Iterator[tuple[int, bytes]]:
        """The shards of a series in order and their packed counts, each checked. Raises Damaged."""
        query = "SELECT shard, counts, digest FROM shards WHERE series = ? ORDER BY shard"
        for shard, blob, kept in self.rows(query, (number,)):
            if digest(astuple(key), shard, blob) != kept:
                raise Damaged(f"shard {shard} of row {key.row!r} is not what was written")
            yield shard, blob

    def rows(self, query: str, values: tuple[Any, ...] = ()) -> Iterator[Any]:
        """What a query finds. Raises Damaged, or Unusable."""
        with self._faults():
            # Not "yield from": that closes the cursor of a reader who stops early, maybe after the connection.
            for row in self._connection.execute(query, values):  # noqa: UP028
                yield row

    def close(self) -> None:
        """Give the file up."""
        with suppress(sqlite3.Error):
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _connected(self) -> sqlite3.Connection:
        with self._faults():
            connection = self._connect()
        try:
            with self._faults():
                self._prepare(connection)
                # A file that was cut short, or whose first pages are another's, shows it here.
                connection.execute(f"SELECT id, {KEYS} FROM series LIMIT 1").fetchone()
                connection.execute("SELECT series, shard, counts, digest FROM shards LIMIT 1").fetchone()
        except BaseException:
            connection.close()
            raise
        return connection

    def _connect(self) -> sqlite3.Connection:
        # Without a log beside it nobody writes to the file: then it can be read where nothing may be written.
        path = self.path.resolve()  # the log lies beside the file, not beside a link to it
        alone = "" if Path(f"{path}-wal").exists() else "&immutable=1"
        address = f"{path.as_uri()}?mode=ro{alone}"
        return sqlite3.connect(address, timeout=PATIENCE, isolation_level=None, uri=True)

    def _prepare(self, connection: sqlite3.Connection) -> None:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        self._require_version(version)

    def _require_version(self, version: int) -> None:
        if version != VERSION:
            said = f"is of version {version}, not {VERSION}"
            raise Unusable(f"the store {self.path} {said}: {self.mend}")

    @contextmanager
    def _faults(self) -> Generator[None]:
        """SQLite's errors as Damaged, or as one line about the store."""
        try:
            yield
        except sqlite3.Error as error:
            self._fail(error)

    def _fail(self, error: sqlite3.Error) -> NoReturn:
        # The lower byte is the kind of an error, the others say more of it.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        # Of a file that says it is ours and lacks our tables nothing can be used.
        if code in DAMAGE or (code == sqlite3.SQLITE_ERROR and "no such" in str(error)):
            raise Damaged(str(error)) from error
        if code in BUSY:
            said = f"is in use by another process: wait for it, or {self.mend}"
        elif code == sqlite3.SQLITE_FULL:
            said = f"takes no more, its disk is full: make room, or {self.mend}"
        else:
            said = f"cannot be used ({error}): {self.mend}"
        raise Unusable(f"the store {self.path} {said}") from error


def require_ours(path: Path) -> None:
    """Raises Unusable for a file that is there and is no store: another's file is never touched."""
    try:
        if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():  # opening a pipe would wait for ever
            raise Unusable(f"{path} is no file: name another")
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        return
    except OSError as error:
        raise Unusable(f"the store {path} cannot be read: {error.strerror}") from error
    # Our mark is written with the first table: a store that was ended before that has none yet.
    marks = (APPLICATION.to_bytes(4, "big"), bytes(4))
    if head and (head[: len(HEADER)] != HEADER or head[OWNER] not in marks):
        raise Unusable(f"{path} is not a store of shards: name another file, or move this one away")


__all__ = ["APPLICATION", "KEYS", "NAMES", "TABLES", "VERSION", "Database", "Key", "Unusable", "require_ours"]
