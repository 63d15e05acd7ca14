"""Sets of shards as spans of numbers: a run may be planned longer than memory is wide."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import overload

Span = range


def spans(numbers: Iterable[int]) -> list[Span]:
    """Ascending numbers as the fewest spans."""
    found: list[Span] = []
    for number in numbers:
        if found and found[-1].stop == number:
            found[-1] = range(found[-1].start, number + 1)
        else:
            found.append(range(number, number + 1))
    return found


def without(whole: Span, kept: Iterable[Span]) -> list[Span]:
    """What is left of a span without the ascending ``kept``."""
    left: list[Span] = []
    start = whole.start
    for span in kept:
        if span.start > start:
            left.append(range(start, min(span.start, whole.stop)))
        start = max(start, span.stop)
        if start >= whole.stop:
            break
    if start < whole.stop:
        left.append(range(start, whole.stop))
    return [span for span in left if span]


def size(found: Iterable[Span], below: int) -> int:
    """How many numbers of the spans are less than ``below``."""
    return sum(max(0, min(span.stop, below) - span.start) for span in found)


class Numbers(Sequence[int]):
    """The numbers of ascending spans, in order."""

    def __init__(self, found: Sequence[Span]) -> None:
        self._spans = found
        self._ends = list(accumulate(len(span) for span in found))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[int]: ...
    def __getitem__(self, index: int | slice) -> int | Sequence[int]:
        if isinstance(index, slice):
            return [self[position] for position in range(*index.indices(len(self)))]
        position = index + len(self) if index < 0 else index
        if not 0 <= position < len(self):
            raise IndexError(index)
        place = bisect_right(self._ends, position)
        before = self._ends[place - 1] if place else 0
        return self._spans[place][position - before]
