"""An experiment by name: small enough to send to another process, which makes the same rows again from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lemmata.model import LemmataError, Row
from lemmata.running.loading import describe, load_rows
from lemmata.sampling import Backend, Stream, resolve

INSTANCE = "instance"
SAMPLED = ("mean-equals", "mean-at-most")
LARGEST_SHARD = 2**16
KEPT = 8


@dataclass(frozen=True, slots=True)
class Experiment:
    """A twin, its parameters and the key of its streams.

    ``source`` is 'module:numerics.theme.name' or 'file:/path.py', ``key`` the hash of the claim, ``backend``
    a name that :func:`lemmata.sampling.resolve` knows. Rows are made once in each process.
    """

    source: str
    params: Mapping[str, Any] = field(default_factory=dict[str, Any])
    seed: int = 0
    key: str = ""
    backend: str = "numpy"

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
        while self._advance():
            pass
        return tuple(self._rows.values())

    def find(self, name: str) -> Row:
        while name not in self._named:
            if not self._advance():
                known = ", ".join(self._named) or "none"
                raise LemmataError(f"{self._experiment.source} has no row {name!r}; its rows: {known}")
        return self._named[name]

    def _advance(self) -> bool:
        # A generator that raised looks exhausted ever after, so the failure is kept and raised again.
        if self._failure is not None:
            raise self._failure
        try:
            row = next(self._rest, None)
            if row is not None:
                self._admit(row)
            return row is not None
        except LemmataError as error:
            self._failure = error
            raise

    def _generate(self) -> Iterator[Row]:
        """The twin's rows, with anything it raises turned into one line that names it."""
        experiment, count = self._experiment, 0
        rows = load_rows(experiment.source)
        rng = Stream.keyed(experiment.seed, experiment.key, INSTANCE, 0, self.backend.xp)
        try:
            for row in rows(rng, rng.xp, **experiment.params):
                count += 1
                yield _require_row(row, experiment.source, count)
        except LemmataError:
            raise
        except (Exception, SystemExit) as error:
            after = f" after {count} rows" if count else ""
            raise LemmataError(f"{experiment.source}: rows() raised{after} {describe(error)}") from error

    def _admit(self, row: Row) -> None:
        for each in (row, *row.points):
            _require_complete(each)
            if self._named.setdefault(each.name, each) is not each:
                raise LemmataError(f"{self._experiment.source}: two rows are called {each.name!r}")
        if row.name in self._rows:
            raise LemmataError(f"{self._experiment.source}: two rows are called {row.name!r}")
        self._rows[row.name] = row


def _require_row(row: Any, source: str, count: int) -> Row:
    if not isinstance(row, Row):
        raise LemmataError(f"{source}: rows() yielded a {type(row).__name__} as number {count}, not a Row")
    return row


def _require_complete(row: Row) -> None:
    """A row holds what its kind needs. Raises LemmataError naming the row."""
    if row.kind in SAMPLED:
        if row.sampler is None or row.support is None:
            raise LemmataError(f"row {row.name!r}: {row.kind} needs a sampler and a support")
        if not 1 <= row.shard <= LARGEST_SHARD or row.shard & (row.shard - 1):
            raise LemmataError(f"row {row.name!r}: a shard is a power of two up to 2^16, not {row.shard}")
    elif row.kind == "scaling-law":
        scaled = [p.abscissa is not None and p.scale > 0 and p.kind == "mean-equals" for p in row.points]
        if len(scaled) < 2 or not all(scaled):
            raise LemmataError(
                f"row {row.name!r}: a scaling law needs two mean-equals points, each with abscissa and scale"
            )
    elif row.value is None:
        raise LemmataError(f"row {row.name!r}: {row.kind} needs a value")


_books: dict[str, _Book] = {}


def _book(experiment: Experiment) -> _Book:
    e = experiment
    identity = repr((e.source, sorted(e.params.items()), e.seed, e.key, e.backend))
    if identity not in _books:
        while len(_books) >= KEPT:
            del _books[next(iter(_books))]
        _books[identity] = _Book(experiment)
    return _books[identity]
