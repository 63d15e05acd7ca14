"""Workers of a Dask cluster, on this machine or elsewhere; Dask is imported only where one is asked for."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Generator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager, suppress
from importlib import import_module
from multiprocessing import resource_tracker
from socket import create_connection
from time import monotonic
from typing import Any, TypeVar, cast

from lemmata.foreign import describe
from lemmata.model import LemmataError
from lemmata.running.engine import engine
from lemmata.running.executors import Pool
from lemmata.running.processes import LARGEST, PINNED, spawning

T = TypeVar("T")
R = TypeVar("R")
LOCAL = "local:"
# Seconds in which a scheduler answers and a first worker comes, in which workers end, and after which the number
# of workers is asked for anew: they may come and go.
ANSWERING, ENDING, COUNTING = 10.0, 10.0, 5.0


class Cluster(Pool):
    """The workers at ``address``: that of a Dask scheduler, or ``local:N`` for N processes of this machine.

    Connected by ``connect``, or on first use. Dask moves the units of a lost worker to others; where the whole
    connection is lost it is made once more. Raises LemmataError where Dask is not installed, the address is none,
    nobody answers, or no worker comes; and where a worker has other code than this process, whose digits it could
    not promise.
    """

    def __init__(self, address: str, patience: float | None = None) -> None:
        super().__init__(patience)
        self.address = address
        self._local = _count(address) if address.startswith(LOCAL) else 0
        self.lost = (CancelledError, _dask().KilledWorker, _dask("distributed.comm").CommClosedError)
        self._client: Any = None
        self._cluster: Any = None
        self._executor: Any = None
        self._counted = (0.0, 0)

    def connect(self) -> None:
        """Find the workers now, so that what is wrong is said before anything is drawn. Raises LemmataError."""
        self._width()

    def close(self) -> None:
        client, cluster = self._client, self._cluster
        self._client = self._cluster = self._executor = None
        for each in (client, cluster):
            if each is not None:
                with suppress(Exception):  # an end that fails or takes too long must not cost the result
                    each.close(timeout=ENDING)

    def kill(self) -> None:
        self.close()

    def _width(self) -> int:
        counted, width = self._counted
        if self._client is None or monotonic() - counted > COUNTING:
            width = self._workers()
            self._counted = monotonic(), width
        return width

    def _submit(self, work: Callable[[T], R], unit: T) -> Future[R]:
        try:
            # One unit may be drawn twice on purpose, so Dask must not take two equal ones for one.
            future = self._executor.submit(_alone, engine(), work, unit)
        except Exception as error:  # a client whose scheduler has gone says so by any kind of exception
            raise CancelledError(describe(error)) from error
        return cast("Future[R]", future)

    def _lost_again(self) -> LemmataError:
        return LemmataError(
            f"the cluster {self.address} was lost twice, or a shard ends every worker that draws it; what was "
            "drawn before is in the store, if there is one"
        )

    def _workers(self) -> int:
        client = self._client or self._connected()
        with self._faults():
            return max(1, sum(client.nthreads().values()))

    def _connected(self) -> Any:
        _silence()
        with self._faults():
            if self._local:
                self._cluster = _started(self._local)
            else:
                _require_listener(self.address)
            self._client = _client(self._cluster or self.address)
            self._client.wait_for_workers(1, timeout=ANSWERING)
        self._executor = self._client.get_executor(pure=False)
        return self._client

    @contextmanager
    def _faults(self) -> Generator[None]:
        try:
            yield
        except Exception as error:  # of the network, the address, Dask: all say that there is no cluster
            self.close()
            raise LemmataError(f"the cluster {self.address} cannot be used: {describe(error)}") from error


def _alone(expected: str, work: Callable[[T], R], unit: T) -> R:
    """One unit at a time in each process: a twin is not written for threads."""
    if engine() != expected:
        raise LemmataError(
            "a worker of the cluster has another version of lemmata or NumPy than this process: "
            f"{engine()}, not {expected}"
        )
    with _ALONE:
        return work(unit)


_ALONE = threading.Lock()


def _require_listener(address: str) -> None:
    """Dask waits long for an address where nobody is, and is long in giving up one that is none."""
    match = re.fullmatch(r"(?:\w+://)?(?P<host>\[[^]]+\]|[^\s:/]+):(?P<port>\d{1,5})", address)
    if match is None:
        raise ValueError("an address is HOST:PORT, tcp://HOST:PORT, or local:N")
    with create_connection((match["host"].strip("[]"), int(match["port"])), ANSWERING):
        pass


def _client(address: Any) -> Any:
    """A client of a scheduler. Dask waits for ever on something that listens and is none; this does not."""
    made: Future[Any] = Future()

    def make() -> None:
        try:
            made.set_result(_dask().Client(address, timeout=ANSWERING, set_as_default=False))
        except BaseException as error:
            made.set_exception(error)

    threading.Thread(target=make, daemon=True).start()
    try:
        return made.result(2 * ANSWERING)
    except TimeoutError:
        raise TimeoutError("what listens there does not answer as a Dask scheduler does") from None


def _count(address: str) -> int:
    text = address.removeprefix(LOCAL)
    if not (text.isascii() and text.isdecimal() and len(text) < 8 and 1 <= int(text) <= LARGEST):
        raise LemmataError(
            f"a cluster of this machine is local:N, with N from 1 to {LARGEST}, not {address!r:.60}"
        )
    return int(text)


def _dask(module: str = "distributed") -> Any:
    try:
        return import_module(module)
    except ImportError as error:
        raise LemmataError("--cluster needs Dask: pip install 'lemmata[cluster]'") from error


def _silence() -> None:
    """Dask logs every coming and going of a worker, which changes no digit; what ends a run is raised."""
    for name in [name for name in logging.root.manager.loggerDict if name.startswith("distributed")]:
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _started(workers: int) -> Any:
    settings = {
        # In place of Dask's own, which also have freed memory given back at once: arrays that come and go pay for it.
        "distributed.nanny.pre-spawn-environ": dict.fromkeys(PINNED, "1"),
    }
    # Before spawning: it unblocks Ctrl-C, which is this process's business alone.
    resource_tracker.ensure_running()
    with _dask("dask").config.set(settings), spawning():
        return _dask().LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            dashboard_address="127.0.0.1:0",
            memory_limit=0,
            silence_logs=logging.CRITICAL,
        )


__all__ = ["LOCAL", "Cluster"]
