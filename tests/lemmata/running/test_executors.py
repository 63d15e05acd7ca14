"""Executors: same results, pinned workers, one rebuilding, and a clean end."""

import os
import signal
import struct
import subprocess
import sys
import textwrap
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from lemmata.model import LemmataError
from lemmata.running import Processes, Serial, executors
from lemmata.running.executors import WINDOW, Pool
from lemmata.running.processes import PINNED


def heard():
    """Ctrl-C reaches the child even if the tests run in the background, where a shell has it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def square(x):
    return x * x


def environment(_):
    return [os.environ.get(name) for name in PINNED], signal.SIGINT in signal.pthread_sigmask(
        signal.SIG_BLOCK, []
    )


def refuse(x):
    raise LemmataError(f"row 'r': {x}")


def die_until(path):
    """Ends the worker without a word, as often as the file has letters."""
    marks = Path(path).read_text()
    if marks:
        Path(path).write_text(marks[1:])
        os._exit(1)
    return "survived"


def half_a_result(path):
    """Ends the worker in the middle of its answer, as a kill may: the length is sent, and little of what follows."""
    if not Path(path).exists():
        return "survived"
    Path(path).unlink()
    results = sys._getframe(1).f_locals["result_queue"]
    os.write(results._writer.fileno(), struct.pack("!i", 10**5) + b"half")
    os._exit(9)


@pytest.fixture(scope="module")
def pool():
    with Processes(2) as processes:
        yield processes


def test_serial_yields_in_order():
    assert list(Serial().map(square, [3, 1, 2])) == [(0, 9), (1, 1), (2, 4)]


def test_processes_yield_every_result_once(pool):
    assert sorted(pool.map(square, range(9))) == [(k, k * k) for k in range(9)]
    assert list(pool.map(square, [])) == []


def test_workers_have_one_blas_thread_and_leave_interrupts_to_the_parent(pool, monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    assert [result for _, result in pool.map(environment, [0])] == [(["1"] * len(PINNED), True)]
    assert os.environ["OMP_NUM_THREADS"] == "7"
    assert "MKL_NUM_THREADS" not in os.environ
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])


def test_a_fault_in_a_worker_arrives_as_itself_and_the_pool_lives_on(pool):
    with pytest.raises(LemmataError, match="row 'r': 0"):
        list(pool.map(refuse, [0]))
    assert list(pool.map(square, [2])) == [(0, 4)]


def test_a_consumer_may_stop_early(pool):
    results = pool.map(square, range(100))
    next(results)
    results.close()
    assert list(pool.map(square, [5])) == [(0, 25)]


def test_a_broken_pool_is_rebuilt_once(tmp_path):
    mark = tmp_path / "deaths"
    with Processes(1) as processes:
        mark.write_text("x")
        assert sorted(processes.map(die_until, [mark] * 3)) == [(k, "survived") for k in range(3)]
        mark.write_text("xx")
        with pytest.raises(LemmataError, match="died twice"):
            list(processes.map(die_until, [mark]))
        assert list(processes.map(die_until, [mark])) == [(0, "survived")]


def test_a_worker_that_ends_in_the_middle_of_a_result_is_noticed(tmp_path, monkeypatch):
    monkeypatch.setattr(executors, "LOOKING", 0.1)
    mark = tmp_path / "death"
    mark.touch()
    before = {thread.ident for thread in threading.enumerate()}
    with Processes(2) as processes:
        assert sorted(processes.map(half_a_result, [mark] * 6)) == [(k, "survived") for k in range(6)]
    assert not mark.exists()
    # The interpreter waits for the threads of its pools: none may wait for the rest of that result.
    deadline = time.monotonic() + 20
    while {thread.ident for thread in threading.enumerate()} - before and time.monotonic() < deadline:
        time.sleep(0.02)
    assert {thread.ident for thread in threading.enumerate()} <= before


def test_at_least_one_worker():
    with pytest.raises(LemmataError, match="at least 1"):
        Processes(0)


class Threads(Pool):
    """A pool whose workers are threads, and whose units may be lost: the scheduling alone."""

    lost = ConnectionError

    def __init__(self, workers, losing=()):
        super().__init__()
        self.workers, self.losing, self.kills = ThreadPoolExecutor(workers), list(losing), 0

    def _width(self):
        return self.workers._max_workers

    def _submit(self, work, unit):
        if unit in self.losing:
            self.losing.remove(unit)
            future = Future()
            future.set_exception(ConnectionError())
            return future
        return self.workers.submit(work, unit)

    def _lost_again(self):
        return LemmataError("lost twice")

    def close(self):
        self.workers.shutdown()

    def kill(self):
        self.kills += 1


def test_no_unit_runs_far_ahead_of_the_oldest():
    """What has finished waits in memory for the shard before it: one slow shard must not gather the whole run."""
    stopped, highest = threading.Event(), 0
    beyond = 2 * WINDOW - 1  # with two workers, counted from the unit that is stuck

    def stuck(k):
        if k == 3:
            stopped.wait(60)
        return k

    with Threads(2) as pool:
        results = []
        for position, k in pool.map(stuck, range(1000)):
            results.append(k)
            assert position == k
            highest = max(highest, k)
            if not stopped.is_set() and k == 3 + beyond:
                stopped.set()
                assert highest == 3 + beyond
    assert sorted(results) == [*range(1000)]


def test_lost_units_are_run_again_and_no_unit_twice():
    with Threads(2, losing=[4]) as pool:
        assert sorted(k for k, _ in pool.map(square, range(40))) == [*range(40)]
        assert pool.kills == 1
    with Threads(2, losing=[4, 4]) as pool, pytest.raises(LemmataError, match="lost twice"):
        list(pool.map(square, range(40)))


def start_and_leave():
    with Processes(1) as processes:
        next(processes.map(time.sleep, [0, 60]))
        raise KeyError


def test_leaving_by_an_exception_does_not_wait():
    start = time.monotonic()
    with pytest.raises(KeyError):
        start_and_leave()
    assert time.monotonic() - start < 30


def ended(group):
    """Whether every process of the group is gone within ten seconds."""
    for _ in range(200):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


INTERRUPTED = """
    import os, sys, time
    from lemmata.running import Processes

    def slow(k):
        os.write(1, b"working\\n")  # in one piece: two workers share the pipe
        time.sleep(60)

    if __name__ == "__main__":
        try:
            with Processes(2) as processes:
                list(processes.map(slow, range(4)))
        except KeyboardInterrupt:
            print("interrupted", flush=True)
            sys.exit(130)
"""


def started(folder):
    """A parent of two workers in a group of its own, when both are at work."""
    script = folder / "script.py"
    script.write_text(textwrap.dedent(INTERRUPTED))
    env = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    run = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=env,
        start_new_session=True,
        preexec_fn=heard,
    )
    assert run.stdout is not None
    for _ in range(2):
        assert run.stdout.readline() == "working\n"
    return run


def test_ctrl_c_reaches_the_parent_and_ends_the_workers(tmp_path):
    run = started(tmp_path)
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does: parent and workers alike
    out, err = run.communicate(timeout=30)
    assert run.returncode == 130
    assert out.splitlines()[-1] == "interrupted"
    assert "Traceback" not in err
    assert ended(run.pid)


def test_workers_end_with_a_parent_that_was_killed(tmp_path):
    run = started(tmp_path)
    run.kill()
    # Who reads what they say would wait for as long as one of them lives.
    run.communicate(timeout=20)
    assert ended(run.pid)
