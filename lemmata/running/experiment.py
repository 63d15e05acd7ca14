"""An experiment by name: small enough to send to another process, which makes the same rows again from it."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from lemmata.foreign import blamed, patience, place
from lemmata.model import LemmataError, Row
from lemmata.running.loading import load_rows
from lemmata.running.rows import SAMPLED, require_row
from lemmata.sampling import Backend, Stream, resolve

INSTANCE = "instance"
LARGEST_TWIN = 10_000
KEPT = 8


@dataclass(frozen=True, slots=True)
class Experiment:
    """A twin, its parameters and the key of its streams.

    ``source`` is 'module:numerics.theme.name' or 'file:/path.py', ``key`` the hash of the claim, ``backend``
    a name that :func:`lemmata.sampling.resolve` knows. ``sources`` is the hash of the files that the twin is made
    of: no digit depends on it, but what is kept of a run is kept under it. Rows are made once in each process.
    """

    source: str
    params: Mapping[str, Any] = field(default_factory=dict[str, Any])
    seed: int = 0
    key: str = ""
    backend: str = "numpy"
    sources: str = ""

    def rows(self) -> tuple[Row, ...]:
        """All rows, in the twin's order. Raises LemmataError naming what the twin did wrong."""
        return _book(self).all()

    def row(self, name: str) -> Row:
        """One row (or point of a scaling law) by name; the twin runs no further than to that row."""
        return _book(self).find(name)

    def stream(self, row: str, shard: int) -> Stream:
        """The stream that one shard of one row is drawn from."""
        return Stream.keyed(self.seed, self.key, row, shard, self.resolved().xp)

    def resolved(self) -> Backend:
        """The backend that the samples are drawn on; probed once in each process."""
        return _book(self).backend


class _Book:
    """One experiment in this process: its backend, the rows seen so far, and the twin waiting to yield more."""

    def __init__(self, experiment: Experiment) -> None:
        self._experiment = experiment
        self.backend = resolve(experiment.backend)
        self._rows: dict[str, Row] = {}
        self._named: dict[str, Row] = {}
        self._rest = self._generate()
        self._failure: LemmataError | None = None

    def all(self) -> tuple[Row, ...]:
        with self._running():
            while self._advance():
                pass
        return tuple(self._rows.values())

    def find(self, name: str) -> Row:
        if name not in self._named:
            with self._running():
                while name not in self._named and self._advance():
                    pass
        if name not in self._named:
            known = ", ".join(self._named) or "none"
            raise LemmataError(f"{self._experiment.source} has no row {name!r}; its rows: {known}")
        return self._named[name]

    @contextmanager
    def _running(self) -> Generator[None]:
        # A generator that raised looks exhausted ever after, so the failure is kept and raised again.
        if self._failure is not None:
            raise self._failure
        try:
            with patience(self._experiment.source, "rows()"):
                yield
        except LemmataError as error:
            self._failure = error
            raise

    def _advance(self) -> bool:
        row = next(self._rest, None)
        if row is not None:
            self._admit(row)
        return row is not None

    def _generate(self) -> Generator[Row]:
        """The twin's rows, with anything it raises turned into one line that names it."""
        experiment, count = self._experiment, 0
        where = place(experiment.source)
        rows = load_rows(experiment.source)
        rng = Stream.keyed(experiment.seed, experiment.key, INSTANCE, 0, self.backend.xp)
        with blamed(lambda: f"{where}: rows() raised{f' after {count} rows' if count else ''}"):
            for row in rows(rng, rng.xp, **experiment.params):
                count += 1
                yield require_row(row, where, count)

    def _admit(self, row: Row) -> None:
        source = place(self._experiment.source)
        for each in (row, *row.points):
            if self._named.setdefault(each.name, each) is not each:
                raise LemmataError(f"{source}: two rows are called {each.name!r}")
        if row.name in self._rows:
            raise LemmataError(f"{source}: two rows are called {row.name!r}")
        if len(self._rows) >= LARGEST_TWIN:
            raise LemmataError(f"{source}: rows() yields more than {LARGEST_TWIN} rows")
        self._rows[row.name] = row


_books: dict[str, _Book] = {}


def _book(experiment: Experiment) -> _Book:
    e = experiment
    identity = repr((e.source, sorted(e.params.items()), e.seed, e.key, e.backend))
    if identity not in _books:
        while len(_books) >= KEPT:
            del _books[next(iter(_books))]
        _books[identity] = _Book(experiment)
    return _books[identity]


__all__ = ["INSTANCE", "SAMPLED", "Experiment"]
