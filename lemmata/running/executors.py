"""Where work runs. An executor may finish units in any order; nothing downstream depends on that order."""

from __future__ import annotations

import os
import signal
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from time import monotonic
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

from lemmata.foreign import SETTING
from lemmata.model import LemmataError

T = TypeVar("T")
R = TypeVar("R")
# More processes than this exhaust a machine before they draw anything.
LARGEST = max(256, os.cpu_count() or 1)
# Seconds in which fresh interpreters have started, and in which they obey a request to end.
STARTING, ENDING = 30.0, 5.0
# Seconds between two looks at whether workers that say nothing still live.
LOOKING = 5.0
# Units for each worker between the oldest one running and the newest.
WINDOW = 32

# Read by the BLAS libraries when they load: one thread each, since the processes are the parallelism.
PINNED = (
    "OPENBLAS_NUM_THREADS",
    "OMP_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)


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


class Processes(Pool):
    """A pool of ``workers`` fresh interpreters, started on first use and kept until closed.

    Use as a context manager; leaving it by an exception kills the workers at once. A worker that was killed breaks
    the pool, and the pool is rebuilt.
    """

    lost = BrokenProcessPool

    def __init__(self, workers: int, patience: float | None = None) -> None:
        super().__init__(patience)
        if not 1 <= workers <= LARGEST:
            raise LemmataError(
                f"the number of workers must be at least 1 and at most {LARGEST}, not {workers}"
            )
        self.workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def kill(self) -> None:
        pool, self._pool = self._pool, None
        if pool is None:
            return
        # The public way, terminate_workers, exists from Python 3.14 on; shutdown forgets the processes.
        processes, results = _processes(pool), getattr(pool, "_result_queue", None)
        pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()
        for process in processes:
            process.join(ENDING)
            process.kill()
            process.join()
        # A worker may have ended in the middle of a result: the thread that reads it waits for the rest until the
        # last writer is gone, and that is this process. Without this the interpreter would wait for that thread.
        if results is not None:
            results._writer.close()

    def _width(self) -> int:
        return self.workers

    def _submit(self, work: Callable[[T], R], unit: T) -> Future[R]:
        # Outside of spawning: making a pool may start multiprocessing's tracker, which unblocks Ctrl-C.
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self.workers, mp_context=get_context("spawn"))
        with spawning():
            return self._pool.submit(work, unit)

    def _lost_silently(self) -> BaseException | None:
        """A worker that ended in the middle of a result leaves the pool waiting for the rest of it."""
        dead = self._pool is not None and any(p.exitcode is not None for p in _processes(self._pool))
        return BrokenProcessPool("a worker ended while it sent a result") if dead else None

    def _lost_again(self) -> LemmataError:
        return LemmataError(
            "the worker processes died twice: out of memory, or a script that starts them at import; "
            "try --workers 1"
        )


def _processes(pool: ProcessPoolExecutor) -> list[BaseProcess]:
    alive: dict[int, BaseProcess] = getattr(pool, "_processes", None) or {}
    return list(alive.values())


def _position(numbered: tuple[int, Any]) -> int:
    return numbered[0]


def _oldest(running: Mapping[Any, tuple[int, Any]], following: tuple[int, Any]) -> int:
    return min(map(_position, running.values()), default=following[0])


@contextmanager
def spawning() -> Generator[None]:
    """Children started inside inherit one BLAS thread and a blocked Ctrl-C: the parent handles that."""
    before = {name: os.environ[name] for name in PINNED if name in os.environ}
    mask = getattr(signal, "pthread_sigmask", None)
    old = mask(signal.SIG_BLOCK, {signal.SIGINT}) if mask else None
    os.environ.update(dict.fromkeys(PINNED, "1"))
    try:
        yield
    finally:
        for name in PINNED:
            del os.environ[name]
        os.environ.update(before)
        if mask:
            mask(signal.SIG_SETMASK, old)
