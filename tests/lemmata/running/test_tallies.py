"""A tally does not depend on who ran the shards, nor on the order in which they finished."""

import itertools
import random

import numpy
import pytest

from lemmata.model import LemmataError
from lemmata.running import Experiment, Prefix, Processes, Serial, tallies, tally

SHARD = 2**8


class Shuffled:
    """Runs everything, and lets results come in as they are drawn from a hat."""

    def __init__(self, seed=0):
        self.random = random.Random(seed)

    def map(self, work, units):
        order = list(range(len(units)))
        self.random.shuffle(order)
        for position in order:
            yield position, work(units[position])


class Ordered:
    """Results come in with the positions given first, then the rest."""

    def __init__(self, *first):
        self.first = first

    def map(self, work, units):
        head = [position for position in self.first if position < len(units)]
        for position in head + [position for position in range(len(units)) if position not in head]:
            yield position, work(units[position])


def same(a, b):
    fields = [(x.values.tolist(), x.counts.tolist(), x.support, x.step) for x in (a, b)]
    return fields[0] == fields[1]


@pytest.fixture(scope="module")
def pool():
    with Processes(2) as processes:
        yield processes


@pytest.mark.parametrize("row", ["signs", "reals"])
def test_any_executor_gives_the_same_digits(twin, pool, row):
    experiment = twin()
    expected = tally(experiment, row, 7 * SHARD)
    assert expected.n == 7 * SHARD
    for executor in (Serial(), pool, Shuffled(1), Shuffled(2), Ordered(5, 4, 3, 2, 1, 0)):
        assert same(tally(experiment, row, 7 * SHARD, executor), expected)


def test_the_parity_gradient_rows_too(pool):
    experiment = Experiment("module:numerics.hardness.parity_gradient", {"n": 4}, key="claim")
    expected = tally(experiment, "moment-5", 2**17)
    assert same(tally(experiment, "moment-5", 2**17, pool), expected)
    assert same(tally(experiment, "moment-5", 2**17, Shuffled()), expected)


def test_samples_round_up_to_whole_shards(twin):
    experiment = twin()
    assert tally(experiment, "signs", 1).n == SHARD
    assert tally(experiment, "signs", SHARD + 1).n == 2 * SHARD
    assert tally(experiment, "signs").n == 5 * SHARD


def test_longer_runs_continue_shorter_ones(twin):
    experiment = twin()
    short, long = (tally(experiment, "signs", k * SHARD).counts for k in (2, 5))
    rest = sum(tallies.count_shard(tallies.Unit(experiment, "signs", shard, 1)) for shard in (2, 3, 4))
    assert (short + rest == long).all()


def test_tallies_are_in_the_units_of_the_row(twin):
    drawn = tally(twin(), "reals", 2**14)
    weight = twin().row("reals").at["weight"]
    assert abs(drawn.mean - weight / 2) < 6 * weight * 12**-0.5 / 2**7
    assert drawn.rounding_ratio < 0.01
    assert tally(twin(), "signs").step == 0


def test_progress_is_reported(twin):
    seen = []
    tally(twin(), "signs", 4 * SHARD, Ordered(1, 0, 2), progress=lambda *args: seen.append(args))
    assert seen == [("signs", done, 4) for done in (1, 1, 3, 4)]


def cut(monkeypatch, experiment, arrivals, *order):
    """The tally of a run of eight shards whose budget ends after ``arrivals`` shards beyond the first."""
    ticks = itertools.chain([0.0, 0.0], itertools.repeat(0.0, arrivals - 1), itertools.repeat(2.0))
    monkeypatch.setattr(tallies, "monotonic", lambda: next(ticks))
    # Positions count from shard 1, the first having been drawn to settle the rounding.
    return tally(experiment, "reals", 8 * SHARD, Ordered(*(shard - 1 for shard in order)), budget_seconds=1.0)


# Shards 1 and 2 are slow: after four arrivals of 3, 1, 4, 5 only shards 0 and 1 are contiguous.
CUTS = [(4, (3, 1, 4, 5), 2), (3, (7, 6, 5), 1), (3, (2, 1, 3), 4), (5, (1, 3, 2, 6, 5), 4)]


@pytest.mark.parametrize(("arrivals", "order", "length"), CUTS)
def test_a_budget_cuts_the_contiguous_prefix(monkeypatch, twin, arrivals, order, length):
    experiment = twin()
    expected = tally(experiment, "reals", length * SHARD)
    assert same(cut(monkeypatch, experiment, arrivals, *order), expected)


class CompletionOrder(Prefix):
    """The fault to be caught: whatever has finished counts."""

    def add(self, shard, counts):
        self.counts = self.counts + counts
        self.length += 1


@pytest.mark.parametrize(("arrivals", "order", "length"), [case for case in CUTS if case[0] + 1 != case[2]])
def test_a_scheduler_that_takes_what_has_finished_would_be_seen(monkeypatch, twin, arrivals, order, length):
    experiment = twin()
    expected = tally(experiment, "reals", length * SHARD)
    monkeypatch.setattr(tallies, "Prefix", CompletionOrder)
    assert not same(cut(monkeypatch, experiment, arrivals, *order), expected)


SLOW_ONES = """
    import numpy
    from lemmata.model import Row

    def rows(rng, xp):
        def coin(stream, size):
            return numpy.full(size, int(stream.signs(1, 1)[0, 0] > 0))
        yield Row(name="coin", quantity="half", at={}, part="a", kind="mean-equals", sampler=coin,
                  support=(0, 1), lattice=1, shard=1)
"""


class ZerosFirst:
    """Shards that show a one take longer, so zeros come in first."""

    def map(self, work, units):
        results = [(position, work(unit)) for position, unit in enumerate(units)]
        yield from sorted(results, key=lambda result: result[1][1])


@pytest.mark.parametrize(("prefix", "biased"), [(Prefix, False), (CompletionOrder, True)])
def test_slow_ones_bias_completion_order_but_not_the_prefix(monkeypatch, twin, prefix, biased):
    """128 fair coins, cut when half have come in: the prefix stays fair, completion order sees zeros only."""
    monkeypatch.setattr(tallies, "Prefix", prefix)
    means = []
    for seed in range(20):
        ticks = itertools.chain(itertools.repeat(0.0, 60), itertools.repeat(2.0))
        monkeypatch.setattr(tallies, "monotonic", lambda ticks=ticks: next(ticks))
        drawn = tally(twin(SLOW_ONES, seed=seed), "coin", 128, ZerosFirst(), budget_seconds=1.0)
        means.append(drawn.mean)
    assert (numpy.mean(means) < 0.05) == biased


def test_a_budget_of_nothing_still_gives_one_shard(twin):
    assert tally(twin(), "signs", 5 * SHARD, budget_seconds=0.0).n == SHARD


def test_rows_without_samples_are_refused(twin):
    with pytest.raises(LemmataError, match="'value' is of kind exact"):
        tally(twin(), "value")


def test_a_fault_in_a_worker_names_the_row(twin, pool):
    text = SLOW_ONES.replace("numpy.full(size, int(stream.signs(1, 1)[0, 0] > 0))", "numpy.full(size, 2)")
    with pytest.raises(LemmataError, match=r"row 'coin', shard 0: a sample of 2\.0 is outside"):
        tally(twin(text), "coin", 4, pool)
