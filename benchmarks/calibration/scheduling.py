"""A fair coin on many workers, slower where it shows a one: who looks at what has finished sees zeros first."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence

import numpy as np

from benchmarks.calibration.alarms import coin_limits
from benchmarks.calibration.laws import stream
from lemmata.running import Prefix

# How long a one takes, in units of the time for a zero.
SLOW = 5.0


class CompletionOrder(Prefix):
    """The usual mistake: whatever has finished counts."""

    def add(self, shard: int, counts: object) -> None:
        del shard
        self.counts = self.counts + counts
        self.length += 1


def arrivals(durations: Sequence[float], workers: int) -> Iterator[tuple[float, int]]:
    """(time, unit) in the order in which units finish, each worker taking the next one when it is free."""
    waiting = iter(enumerate(durations))
    running = [(duration, unit) for unit, duration in (next(waiting) for _ in durations[:workers])]
    heapq.heapify(running)
    while running:
        now, unit = heapq.heappop(running)
        yield now, unit
        if (following := next(waiting, None)) is not None:
            heapq.heappush(running, (now + following[1], following[0]))


def false_alarms(joining: type[Prefix], runs: int, flips: int, workers: int, alpha: float) -> int:
    """How many runs ever rule out that the coin is fair, with a look whenever a flip has come in."""
    above, below = coin_limits(0.5, flips, alpha)
    count = 0
    for run in range(runs):
        seen = (stream("scheduling", run).uniform(flips) < 0.5).astype(np.int64)
        heads, durations = seen.tolist(), np.where(seen, SLOW, 1.0).tolist()
        prefix = joining(heads[0])
        for _, unit in arrivals(durations[1:], workers):
            prefix.add(unit + 1, heads[unit + 1])
            # The prefix may have grown by several flips at once: it is looked at as it is now.
            if not below[prefix.length - 1] < prefix.counts < above[prefix.length - 1]:
                count += 1
                break
    return count
