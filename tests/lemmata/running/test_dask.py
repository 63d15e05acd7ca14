"""Dask workers, one of them killed, give the same digits; an address that is none is one line."""

import os
import signal
import socket

import pytest
from click.testing import CliRunner

from cli import program
from lemmata.model import LemmataError
from lemmata.running import Cluster, cluster, tally

pytest.importorskip("distributed")

SHARD = 2**8


def digits(drawn):
    return drawn.values.tobytes(), drawn.counts.tobytes(), drawn.support, drawn.step


def refuse(x):
    raise LemmataError(f"row 'r': {x}")


def process(_):
    return os.getpid(), [os.environ.get(name) for name in cluster.PINNED], signal.SIGINT in blocked()


def blocked():
    return signal.pthread_sigmask(signal.SIG_BLOCK, [])


@pytest.fixture(scope="module")
def three():
    """Three workers of this machine, for all tests: they take seconds to start."""
    with Cluster("local:3") as workers:
        workers.connect()
        yield workers


def test_three_workers_of_which_one_is_killed_give_the_same_digits(twin, three, keep):
    experiment = twin(key="dask")
    whole = digits(tally(experiment, "reals", 200 * SHARD))
    assert digits(tally(experiment, "reals", 200 * SHARD, three)) == whole
    pids = sorted({pid for _, (pid, _, _) in three.map(process, range(60))})
    assert len(pids) == 3
    killed = []

    def kill(row, done, total):
        if done > 20 and not killed:
            killed.append(pids[0])
            os.kill(pids[0], signal.SIGKILL)

    drawn, _ = keep(
        lambda keeper: tally(experiment, "reals", 200 * SHARD, three, progress=kill, keeper=keeper)
    )
    assert killed and digits(drawn) == whole


def test_workers_have_one_blas_thread_and_leave_interrupts_to_the_parent(three):
    ((_, (_, pinned, ignoring)),) = three.map(process, [0])
    assert pinned == ["1"] * len(cluster.PINNED)
    assert ignoring


def test_a_fault_in_a_worker_arrives_as_itself(three):
    with pytest.raises(LemmataError, match=r"^row 'r': 5$"):
        list(three.map(refuse, [5]))
    assert list(three.map(abs, [-2])) == [(0, 2)]


def test_a_worker_with_other_code_is_refused(three, monkeypatch):
    monkeypatch.setattr(cluster, "engine", lambda: "another")
    with pytest.raises(LemmataError, match="a worker of the cluster has another version of lemmata or NumPy"):
        list(three.map(abs, [1]))


def test_a_running_scheduler_is_found_by_its_address(three):
    with Cluster(three._cluster.scheduler_address) as other:
        assert sorted(other.map(abs, [-1, -2, -3])) == [(0, 1), (1, 2), (2, 3)]
    assert list(three.map(abs, [-4])) == [(0, 4)]


@pytest.fixture
def mute():
    """Something that listens and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"127.0.0.1:{listener.getsockname()[1]}"


def test_what_listens_and_is_no_scheduler_is_given_up(mute, monkeypatch):
    monkeypatch.setattr(cluster, "ANSWERING", 0.2)
    with pytest.raises(LemmataError, match="cannot be used: "):
        Cluster(mute).connect()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("local:0", "a cluster of this machine is local:N, with N from 1 to"),
        ("local:", "a cluster of this machine is local:N"),
        ("local:many", "not 'local:many'"),
        ("nonsense", "the cluster nonsense cannot be used: ValueError: an address is HOST:PORT"),
        ("tcp://127.0.0.1:1", "ConnectionRefusedError"),
    ],
)
def test_a_bad_address_is_one_line(address, said):
    words = ["check", "parity-gradient", "-p", "n=3", "--samples", "1", "--cluster", address]
    result = CliRunner().invoke(program, words, prog_name="lemmata")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert said in result.stderr


def test_without_dask_it_is_said_how_to_get_it(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(LemmataError, match=r"--cluster needs Dask: pip install 'lemmata\[cluster\]'"):
        Cluster("local:2")


def test_nothing_is_left_running():
    with Cluster("local:1") as one:
        ((_, (pid, _, _)),) = one.map(process, [0])
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
