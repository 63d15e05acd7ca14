"""Who runs the shards, in what order, and who is killed meanwhile changes no digit; a scheduler that does is seen."""

from __future__ import annotations

import hashlib
import itertools
import os
import signal
import threading
from collections.abc import Callable, Generator, Sequence
from typing import Any

import pytest

from benchmarks.calibration.scheduling import SLOW, CompletionOrder, arrivals, false_alarms
from lemmata.running import Experiment, Prefix, Processes, tallies, tally
from lemmata.statistics import Tally, decide_mean_equals

SHARD = 2**8
TWIN = """
    import os
    from pathlib import Path
    from lemmata.model import Row

    def rows(rng, xp, *, deaths: str = "", shard: int = 2**8):
        weight = float(rng.uniform(1)[0])

        def reals(stream, size):
            die_once(stream.shard)
            return weight * stream.uniform(size)

        def coin(stream, size):
            return xp.full(size, stream.uniform(1)[0] < 0.5)

        def die_once(number):
            mark = Path(deaths) / str(number)
            if deaths and mark.exists():
                mark.unlink()
                os._exit(9)

        common = dict(at={}, part="a", kind="mean-equals")
        yield Row(name="reals", quantity="half", sampler=reals, support=(0.0, 1.0), shard=shard, **common)
        yield Row(name="coin", quantity="half", sampler=coin, support=(0, 1), lattice=1, shard=1, **common)
"""


def digest(drawn: Tally) -> str:
    """Of everything that a verdict is read off."""
    state = hashlib.blake2b(repr((drawn.support, drawn.step, drawn.values.size)).encode())
    state.update(drawn.values.tobytes())
    state.update(drawn.counts.tobytes())
    return state.hexdigest()


class Simulated:
    """Workers that take ``duration(result)`` for a unit, and a clock that tells the scheduler their time."""

    def __init__(self, workers: int, duration: Callable[[Any], float]) -> None:
        self.workers, self.duration, self.now = workers, duration, 0.0

    def map(self, work: Callable[[Any], Any], units: Sequence[Any]) -> Generator[tuple[int, Any]]:
        results = [work(unit) for unit in units]
        start = self.now
        for now, position in arrivals([self.duration(result) for result in results], self.workers):
            self.now = start + (now if len(units) > 1 else 0.0)  # the first shard is drawn alone, before
            yield position, results[position]

    def clock(self) -> float:
        return self.now


def by_content(counts: Any) -> float:
    """A time that depends on what was drawn, as it does in life."""
    return 1 + int(hashlib.blake2b(counts.tobytes(), digest_size=2).hexdigest(), 16) % 97


def slower_for_ones(counts: Any) -> float:
    return SLOW if counts[1] else 1.0


# ---------------------------------------------------------------- the same digits


@pytest.fixture
def once(twin: Any) -> tuple[Experiment, str]:
    """An experiment and the digest of its tally by one worker, in this process."""
    experiment = twin(TWIN, key="once")
    return experiment, digest(tally(experiment, "reals", 24 * SHARD))


@pytest.mark.parametrize("workers", [1, 2, 8, 64])
def test_any_number_of_workers_gives_the_same_digest(once: tuple[Experiment, str], workers: int) -> None:
    experiment, expected = once
    assert digest(tally(experiment, "reals", 24 * SHARD, Simulated(workers, by_content))) == expected


def test_two_processes_give_the_same_digest_and_so_they_do_after_a_kill(twin: Any, tmp_path: Any) -> None:
    """One worker ends at shard 9 without a word, taking what others hold with it; nothing is drawn twice."""
    plain = twin(TWIN, params={"deaths": ""}, key="kill")
    expected = digest(tally(plain, "reals", 24 * SHARD))
    (tmp_path / "9").touch()
    with Processes(2) as pool:
        deadly = twin(TWIN, params={"deaths": str(tmp_path)}, key="kill")
        assert digest(tally(deadly, "reals", 24 * SHARD, pool)) == expected
        assert not (tmp_path / "9").exists()
        assert digest(tally(plain, "reals", 24 * SHARD, pool)) == expected


@pytest.mark.nightly
@pytest.mark.parametrize("workers", [1, 2, 8])
def test_processes_killed_from_outside_give_the_same_digest(twin: Any, workers: int) -> None:
    """The whole size of a shard and a SIGKILL in the middle, for each number of workers."""
    experiment = twin(TWIN, params={"shard": 2**16}, key="long")
    expected = digest(tally(experiment, "reals", 64 * 2**16))
    with Processes(workers) as pool:
        assert digest(tally(experiment, "reals", 64 * 2**16, pool)) == expected
        killed: list[int] = []

        def kill(row: str, done: int, total: int) -> None:
            if done > 8 and not killed:
                killed.extend(list(pool._pool._processes)[:1])  # type: ignore[union-attr]
                threading.Thread(target=os.kill, args=(killed[0], signal.SIGKILL)).start()

        assert digest(tally(experiment, "reals", 64 * 2**16, pool, progress=kill)) == expected
        assert killed


def test_a_run_that_was_cut_is_the_beginning_of_the_whole(
    once: tuple[Experiment, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the number of workers, a budget leaves the first shards, and running again the whole of them."""
    experiment, expected = once
    lengths = set()
    for workers in (1, 2, 8):
        executor = Simulated(workers, by_content)
        monkeypatch.setattr(tallies, "monotonic", executor.clock)
        cut = tally(experiment, "reals", 24 * SHARD, executor, budget_seconds=100.0)
        assert digest(cut) == digest(tally(experiment, "reals", cut.n))
        assert digest(tally(experiment, "reals", 24 * SHARD)) == expected
        lengths.add(cut.n // SHARD)
    assert len(lengths) > 1 and min(lengths) > 1 and max(lengths) < 24


# ---------------------------------------------------------------- and a scheduler that lies


RUNS, COINS, ALPHA = 8, 192, 1e-3


def refuted_after_a_cut(twin: Any, monkeypatch: pytest.MonkeyPatch, joining: type[Prefix]) -> int:
    """Of 8 runs of fair coins on 64 workers, cut when the zeros in flight have come in and no one has."""
    monkeypatch.setattr(tallies, "Prefix", joining)
    count = 0
    for seed in range(RUNS):
        executor = Simulated(64, slower_for_ones)
        monkeypatch.setattr(tallies, "monotonic", executor.clock)
        experiment = twin(TWIN, seed=seed, key="coins")
        drawn = tally(experiment, "coin", COINS, executor, budget_seconds=SLOW - 0.5)
        count += decide_mean_equals(drawn, 0.5, 0.0, ALPHA).verdict == "refuted"
    return count


def test_the_prefix_of_a_cut_run_refutes_no_fair_coin(twin: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cut ends the prefix at a slow shard, a one: a length chosen with hindsight, which the sequence allows."""
    assert refuted_after_a_cut(twin, monkeypatch, Prefix) == 0


def test_completion_order_refutes_every_fair_coin(twin: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refuted_after_a_cut(twin, monkeypatch, CompletionOrder) == RUNS


def test_completion_order_changes_the_digest(
    once: tuple[Experiment, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    experiment, _ = once
    differ = 0
    for budget in (20.0, 40.0, 60.0, 80.0):
        executor = Simulated(8, by_content)
        with monkeypatch.context() as mutant:
            mutant.setattr(tallies, "monotonic", executor.clock)
            mutant.setattr(tallies, "Prefix", CompletionOrder)
            cut = tally(experiment, "reals", 24 * SHARD, executor, budget_seconds=budget)
        differ += digest(cut) != digest(tally(experiment, "reals", cut.n))
    assert differ >= 3


def test_another_seed_or_a_shard_left_out_or_taken_twice_changes_the_digest(
    once: tuple[Experiment, str],
) -> None:
    experiment, expected = once
    assert digest(tally(experiment, "reals", 23 * SHARD)) != expected
    other = Experiment(experiment.source, seed=experiment.seed + 1, key=experiment.key)
    assert digest(tally(other, "reals", 24 * SHARD)) != expected

    class Twice:
        def map(self, work: Callable[[Any], Any], units: Sequence[Any]) -> Generator[tuple[int, Any]]:
            yield from enumerate(itertools.chain([work(units[0])], map(work, units[:-1])))

    assert digest(tally(experiment, "reals", 24 * SHARD, Twice())) != expected


@pytest.mark.parametrize(
    ("joining", "workers", "least", "most"),
    [(Prefix, 8, 0, 2), (Prefix, 64, 0, 2), (CompletionOrder, 64, 100, 100)],
)
def test_looking_at_what_has_finished_cries_wolf(
    joining: type[Prefix], workers: int, least: int, most: int
) -> None:
    """100 runs of a fair coin at 1e-3, with a look at every arrival: a right rule exceeds 2 with chance 1e-4."""
    assert least <= false_alarms(joining, 100, 256, workers, 1e-3) <= most
