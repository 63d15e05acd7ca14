"""Where work runs. An executor may finish units in any order; nothing downstream depends on that order."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from time import monotonic
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

from lemmata.foreign import SETTING
from lemmata.model import LemmataError

T = TypeVar("T")
R = TypeVar("R")
# Seconds in which fresh interpreters have started.
STARTING = 30.0
# Seconds between two looks at whether workers that say nothing still live.
LOOKING = 5.0
# Units for each worker between the oldest one running and the newest.
WINDOW = 32


class Executor(Protocol):
    """Runs ``work`` on every unit and yields (position of the unit, result) as results come in."""

    def map(self, work: Callable[[T], R], units: Sequence[T]) -> Generator[tuple[int, R]]: ...


class Serial:
    """One unit after the other, in this process."""

    def map(self, work: Callable[[T], R], units: Sequence[T]) -> Generator[tuple[int, R]]:
        for position, unit in enumerate(units):
            yield position, work(unit)


class Pool(ABC):
    """Workers that finish units in any order: the part that processes here and a cluster elsewhere share.

    Units start in order, and none starts more than ``WINDOW`` units for each worker ahead of the oldest one that
    is still running: one slow shard does not fill the memory with those that wait for it. Workers that are lost
    are replaced once for each call of ``map``; the second time LemmataError is raised. ``patience`` is how many
    seconds one unit may take. Units keep that limit themselves where they can be interrupted; where they cannot,
    the pool is killed and LemmataError raised.
    """

    lost: type[BaseException] | tuple[type[BaseException], ...]
    """What a future raises when its workers are gone."""

    def __init__(self, patience: float | None = None) -> None:
        self._silence = None if patience is None else patience + STARTING

    @abstractmethod
    def _width(self) -> int:
        """How many units run at once."""

    @abstractmethod
    def _submit(self, work: Callable[[T], R], unit: T) -> Future[R]:
        """Start a unit."""

    @abstractmethod
    def _lost_again(self) -> LemmataError:
        """What to say when workers are lost a second time."""

    @abstractmethod
    def close(self) -> None:
        """Let running units finish and end the workers."""

    @abstractmethod
    def kill(self) -> None:
        """End the workers without waiting for what they are doing."""

    def map(self, work: Callable[[T], R], units: Sequence[T]) -> Generator[tuple[int, R]]:
        fresh = enumerate(units)
        again: deque[tuple[int, T]] = deque()
        running: dict[Future[R], tuple[int, T]] = {}
        rebuilt = False
        try:
            while True:
                try:
                    self._fill(work, fresh, again, running)
                    if not running:
                        return
                    for future in self._finished(running):
                        result = future.result()
                        yield running.pop(future)[0], result
                except self.lost as error:
                    if rebuilt:
                        raise self._lost_again() from error
                    rebuilt = True
                    again.extendleft(sorted(running.values(), key=_position, reverse=True))
                    running.clear()
                    self.kill()
        except KeyboardInterrupt:
            self.kill()
            raise
        finally:
            for future in running:
                future.cancel()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.kill()

    def _fill(
        self,
        work: Callable[[T], R],
        fresh: Iterator[tuple[int, T]],
        again: deque[tuple[int, T]],
        running: dict[Future[R], tuple[int, T]],
    ) -> None:
        """Keep two units for each worker in flight, oldest first, so that the prefix of results grows."""
        width = self._width()
        while len(running) < 2 * width:
            if not again and (numbered := next(fresh, None)) is not None:
                again.append(numbered)
            if not again or again[0][0] >= _oldest(running, again[0]) + WINDOW * width:
                return
            future = self._submit(work, again[0][1])
            running[future] = again.popleft()

    def _lost_silently(self) -> BaseException | None:
        """One of ``lost``, if workers are gone and no future will ever say so."""
        return None

    def _finished(self, running: dict[Future[R], tuple[int, T]]) -> set[Future[R]]:
        done: set[Future[R]] = set()
        start = monotonic()
        while not done and (self._silence is None or monotonic() - start < self._silence):
            done = wait(running, timeout=LOOKING, return_when=FIRST_COMPLETED).done
            if not done and (loss := self._lost_silently()):
                raise loss
        if not done:
            self.kill()
            raise LemmataError(
                f"no worker process finished a shard within {self._silence:g} s, so all of them were ended "
                f"({SETTING}=SECONDS allows more)"
            )
        return done


def _position(numbered: tuple[int, Any]) -> int:
    return numbered[0]


def _oldest(running: Mapping[Any, tuple[int, Any]], following: tuple[int, Any]) -> int:
    return min(map(_position, running.values()), default=following[0])
