"""A pool of processes on this machine."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Generator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread

from lemmata.model import LemmataError
from lemmata.running.executors import Pool, R, T

# More processes than this exhaust a machine before they draw anything.
LARGEST = max(256, os.cpu_count() or 1)
# Seconds in which a worker obeys a request to end.
ENDING = 5.0

# Read by the BLAS libraries when they load: one thread each, since the processes are the parallelism.
PINNED = (
    "OPENBLAS_NUM_THREADS",
    "OMP_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)


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
            self._pool = ProcessPoolExecutor(
                self.workers, mp_context=get_context("spawn"), initializer=_end_with_parent
            )
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


def _end_with_parent() -> None:
    """End this worker when the process that started it is gone: killed, that can tell no worker to end."""
    if parent := parent_process():
        Thread(target=_outlive, args=(parent,), daemon=True).start()


def _outlive(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


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
