"""From shards that finish in any order to one tally that does not depend on that order.

Looking at whatever has finished is no sample of nature: units that take longer where the statistic is larger
would be missing from it. Only the contiguous prefix of shards counts, and a budget may only make it shorter.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from random import SystemRandom
from time import monotonic, perf_counter
from typing import Any, overload

import numpy

from lemmata.foreign import patience
from lemmata.model import LemmataError, Row
from lemmata.running.executors import Executor, Serial
from lemmata.running.experiment import SAMPLED, Experiment
from lemmata.running.keeping import Keeper, Shelf
from lemmata.running.shards import Unit, count_shard
from lemmata.running.spans import Numbers, Span, without
from lemmata.statistics import Tally

Progress = Callable[[str, int, int], None]
# The number of a shard is one word of its stream.
LARGEST_TOTAL = 2**32
# Of the kept shards one in so many is drawn again, and so many at least.
AGAIN, LEAST = 64, 8


class Prefix:
    """The sum of shards 0, 1, .. up to the first one missing; what lies beyond the gap does not count.

    ``kept`` are ascending spans of shards on the ``shelf``, which are read when their turn comes.
    """

    def __init__(self, first: Any, shelf: Shelf | None = None, kept: Iterable[Span] = ()) -> None:
        self.counts = first
        self.length = 1
        self._ahead: dict[int, Any] = {}
        self._shelf, self._kept = shelf or Shelf(), deque(kept)
        self._advance()

    def add(self, shard: int, counts: Any) -> None:
        """Take in a finished shard; one that is there already changes nothing."""
        if shard >= self.length:
            self._ahead[shard] = counts
            self._advance()

    def _advance(self) -> None:
        while (counts := self._next()) is not None:
            self.counts = self.counts + counts
            self.length += 1

    def _next(self) -> Any:
        if self.length in self._ahead:
            return self._ahead.pop(self.length)
        while self._kept and self._kept[0].stop <= self.length:
            self._kept.popleft()
        there = self._kept and self.length in self._kept[0]
        return self._shelf.get(self.length) if there else None


@dataclass(frozen=True, slots=True)
class Share:
    """One of ``parts`` equal blocks of the shards of every row; ``number`` counts from 1."""

    number: int
    parts: int

    def of(self, whole: Span) -> Span:
        """The share of a span."""
        ends = [whole.start + len(whole) * k // self.parts for k in (self.number - 1, self.number)]
        return range(*ends)


def tally(
    experiment: Experiment,
    row_name: str,
    samples: int | None = None,
    executor: Executor | None = None,
    budget_seconds: float | None = None,
    progress: Progress | None = None,
    keeper: Keeper | None = None,
) -> Tally:
    """The tally of a sampled row: ``samples`` (default: the row's own) rounded up to whole shards.

    The same digits for any executor, and whatever the ``keeper`` has kept. After ``budget_seconds`` no further
    shard is waited for, and the tally is that of the contiguous prefix, of one shard at least. ``progress`` is
    called with the row's name, the shards in the prefix and their total. Raises LemmataError for a row that is
    not sampled, or naming the row whose sampler breaks what it declares.
    """
    run = _Run(experiment, experiment.row(row_name), samples, executor, budget_seconds, progress, keeper)
    prefix = run.prefix()
    cells = int(prefix.counts.size) - 1
    grid = numpy.arange(cells + 1) / cells
    rounding = 0.0 if run.row.lattice is not None else 1 / cells
    return Tally(grid, prefix.counts, run.row.support or (0.0, 0.0), rounding)


def draw_share(
    experiment: Experiment,
    row_name: str,
    share: Share,
    keeper: Keeper,
    samples: int | None = None,
    executor: Executor | None = None,
    budget_seconds: float | None = None,
    progress: Progress | None = None,
) -> tuple[int, int]:
    """Draw the shards of one share that are not kept yet: how many of it are kept then, and how many it has.

    The first shard belongs to no share: every run draws it. Raises as :func:`tally` does.
    """
    run = _Run(experiment, experiment.row(row_name), samples, executor, budget_seconds, progress, keeper)
    return run.share(share)


class _Run:
    """The shards of one row, drawn from the first on: that one settles how finely all of them are rounded."""

    def __init__(
        self,
        experiment: Experiment,
        row: Row,
        samples: int | None,
        executor: Executor | None,
        budget_seconds: float | None,
        progress: Progress | None,
        keeper: Keeper | None,
    ) -> None:
        self.row = row
        self._total = _total(row, samples)
        self._executor = executor or Serial()
        self._report = progress or _silent
        self._deadline = float("inf") if budget_seconds is None else monotonic() + budget_seconds
        start = perf_counter()
        ((_, self._first),) = self._executor.map(_drawn, [Unit(experiment, row.name, 0)])
        seconds = perf_counter() - start
        self._unit = Unit(experiment, row.name, 0, self._first.size - 1)
        self._shelf = Shelf()
        if keeper:
            found = keeper.shelf(experiment, row, self._first, seconds, self._total)
            self._require_as_kept(found, keeper)
            self._shelf = found

    def _require_as_kept(self, shelf: Shelf, keeper: Keeper) -> None:
        """Some of the kept shards, chosen afresh, come out as they are kept; the keeper is told if not."""
        units = _Units(self._unit, sample(Numbers(_inside(shelf.kept, range(1, self._total)))))
        if not units:
            return
        with closing(self._executor.map(_drawn, units)) as finished:
            for position, counts in finished:
                if not numpy.array_equal(counts, shelf.get(units[position].shard)):
                    keeper.differs(self.row.name, units[position].shard)
                if monotonic() >= self._deadline:
                    return

    def prefix(self) -> Prefix:
        """Of all shards, as they come."""
        whole = range(1, self._total)
        prefix = Prefix(self._first, self._shelf, _inside(self._shelf.kept, whole))
        self._report(self.row.name, prefix.length, self._total)
        for shard, counts in self._missing(whole):
            prefix.add(shard, counts)
            self._report(self.row.name, prefix.length, self._total)
        return prefix

    def share(self, share: Share) -> tuple[int, int]:
        """How many shards of a share are kept once it is drawn, and how many it has."""
        own = share.of(range(1, self._total))
        done = len(own) - len(Numbers(without(own, self._shelf.kept)))
        self._report(self.row.name, done, len(own))
        for _ in self._missing(own):
            done += 1
            self._report(self.row.name, done, len(own))
        return done, len(own)

    def _missing(self, wanted: Span) -> Generator[tuple[int, Any]]:
        """The wanted shards that are not kept, drawn and kept; none is waited for after the deadline."""
        units = _Units(self._unit, Numbers(without(wanted, self._shelf.kept)))
        if not units or monotonic() >= self._deadline:
            return
        with closing(self._executor.map(_drawn, units)) as finished:
            for position, counts in finished:
                shard = units[position].shard
                self._shelf.add(shard, counts)
                yield shard, counts
                if monotonic() >= self._deadline:
                    return


def sample(kept: Sequence[int]) -> Sequence[int]:
    """Which of the kept shards are drawn again: others in every run, so that in the end all have been."""
    count = min(len(kept), max(LEAST, len(kept) // AGAIN))
    return [kept[place] for place in SystemRandom().sample(range(len(kept)), count)]


def _inside(kept: Iterable[Span], whole: Span) -> list[Span]:
    clipped = (range(max(span.start, whole.start), min(span.stop, whole.stop)) for span in kept)
    return [span for span in clipped if span]


def _total(row: Row, samples: int | None) -> int:
    """How many shards a row is planned to have."""
    if row.kind not in SAMPLED or row.support is None:
        raise LemmataError(f"row {row.name!r} is of kind {row.kind}: there is nothing to sample")
    asked = row.samples if samples is None else samples
    total = max(1, -(-asked // row.shard))
    if total > LARGEST_TOTAL:
        raise LemmataError(
            f"row {row.name!r}: {asked} samples are too many; its streams hold {LARGEST_TOTAL * row.shard}"
        )
    return total


def _drawn(unit: Unit) -> Any:
    """The counts of one shard, here or in a worker: the same patience and the same words in both."""
    with patience(unit.experiment.source, f"row {unit.row!r}, shard {unit.shard}"):
        return count_shard(unit)


@dataclass(frozen=True)
class _Units(Sequence[Unit]):
    """The units of many shards, made when asked for."""

    first: Unit
    shards: Sequence[int]

    def __len__(self) -> int:
        return len(self.shards)

    @overload
    def __getitem__(self, index: int) -> Unit: ...
    @overload
    def __getitem__(self, index: slice) -> _Units: ...
    def __getitem__(self, index: int | slice) -> Unit | _Units:
        if isinstance(index, slice):
            return _Units(self.first, self.shards[index])
        return replace(self.first, shard=self.shards[index])


def _silent(row: str, done: int, total: int) -> None:
    del row, done, total
