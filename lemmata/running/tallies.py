"""From shards that finish in any order to one tally that does not depend on that order.

Looking at whatever has finished is no sample of nature: units that take longer where the statistic is larger
would be missing from it. Only the contiguous prefix of shards counts, and a budget may only make it shorter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any, overload

import numpy

from lemmata.foreign import patience
from lemmata.model import LemmataError
from lemmata.running.executors import Executor, Serial
from lemmata.running.experiment import SAMPLED, Experiment
from lemmata.running.shards import Unit, count_shard
from lemmata.statistics import Tally

Progress = Callable[[str, int, int], None]
# The number of a shard is one word of its stream.
LARGEST_TOTAL = 2**32


class Prefix:
    """The sum of shards 0, 1, .. up to the first one missing; what lies beyond the gap does not count."""

    def __init__(self, first: Any) -> None:
        self.counts = first
        self.length = 1
        self._ahead: dict[int, Any] = {}

    def add(self, shard: int, counts: Any) -> None:
        """Take in a finished shard."""
        self._ahead[shard] = counts
        while self.length in self._ahead:
            self.counts = self.counts + self._ahead.pop(self.length)
            self.length += 1


def tally(
    experiment: Experiment,
    row_name: str,
    samples: int | None = None,
    executor: Executor | None = None,
    budget_seconds: float | None = None,
    progress: Progress | None = None,
) -> Tally:
    """The tally of a sampled row: ``samples`` (default: the row's own) rounded up to whole shards.

    The same digits for any executor. After ``budget_seconds`` no further shard is waited for, and the tally
    is that of the contiguous prefix, of one shard at least. ``progress`` is called with the row's name, the
    shards in the prefix and their total. Raises LemmataError for a row that is not sampled, or naming the row
    whose sampler breaks what it declares.
    """
    row = experiment.row(row_name)
    if row.kind not in SAMPLED or row.support is None:
        raise LemmataError(f"row {row.name!r} is of kind {row.kind}: there is nothing to sample")
    asked = row.samples if samples is None else samples
    total = max(1, -(-asked // row.shard))
    if total > LARGEST_TOTAL:
        raise LemmataError(
            f"row {row.name!r}: {asked} samples are too many; its streams hold {LARGEST_TOTAL * row.shard}"
        )
    prefix = _run(experiment, row_name, total, executor or Serial(), budget_seconds, progress)
    cells = int(prefix.counts.size) - 1
    grid = numpy.arange(cells + 1) / cells
    return Tally(grid, prefix.counts, row.support, 0.0 if row.lattice is not None else 1 / cells)


def _run(
    experiment: Experiment,
    row: str,
    total: int,
    executor: Executor,
    budget_seconds: float | None,
    progress: Progress | None,
) -> Prefix:
    """Shard 0, which settles how finely all of them are rounded, and then the others as they come."""
    report = progress or _silent
    deadline = float("inf") if budget_seconds is None else monotonic() + budget_seconds
    ((_, first),) = executor.map(_drawn, [Unit(experiment, row, 0)])
    prefix = Prefix(first)
    report(row, prefix.length, total)
    units = _Units(Unit(experiment, row, 0, first.size - 1), range(1, total))
    if monotonic() < deadline:
        with closing(executor.map(_drawn, units)) as finished:
            for position, counts in finished:
                prefix.add(units[position].shard, counts)
                report(row, prefix.length, total)
                if monotonic() >= deadline:
                    break
    return prefix


def _drawn(unit: Unit) -> Any:
    """The counts of one shard, here or in a worker: the same patience and the same words in both."""
    with patience(unit.experiment.source, f"row {unit.row!r}, shard {unit.shard}"):
        return count_shard(unit)


@dataclass(frozen=True)
class _Units(Sequence[Unit]):
    """The units of a range of shards, made when asked for: a run may be planned longer than memory is wide."""

    first: Unit
    shards: range

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
