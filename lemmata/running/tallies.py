"""From shards that finish in any order to one tally that does not depend on that order.

Looking at whatever has finished is no sample of nature: units that take longer where the statistic is larger
would be missing from it. Only the contiguous prefix of shards counts, and a budget may only make it shorter.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from time import monotonic
from typing import Any

import numpy

from lemmata.model import LemmataError
from lemmata.running.executors import Executor, Serial
from lemmata.running.experiment import SAMPLED, Experiment
from lemmata.running.shards import Unit, count_shard
from lemmata.statistics import Tally

Progress = Callable[[str, int, int], None]


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
    total = max(1, -(-(row.samples if samples is None else samples) // row.shard))
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
    ((_, first),) = executor.map(count_shard, [Unit(experiment, row, 0)])
    prefix = Prefix(first)
    report(row, prefix.length, total)
    units = [Unit(experiment, row, shard, first.size - 1) for shard in range(1, total)]
    if monotonic() < deadline:
        with closing(executor.map(count_shard, units)) as finished:
            for position, counts in finished:
                prefix.add(units[position].shard, counts)
                report(row, prefix.length, total)
                if monotonic() >= deadline:
                    break
    return prefix


def _silent(row: str, done: int, total: int) -> None:
    del row, done, total
