"""A run that ended goes on where it was, with the digits of one that never ended; a store in trouble costs none."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import program
from lemmata.model import LemmataError
from lemmata.running import Prefix, Processes, Serial, Unusable, keeping, tallies, tally
from lemmata.running.store import Series

SHARD = 2**8
TOTAL = 24 * SHARD


class Counting(Serial):
    """Notes which shards it draws, and stops after ``until`` of them as Ctrl-C would."""

    def __init__(self, until=10**9):
        self.drawn, self.until = [], until

    def map(self, work, units):
        for position, unit in enumerate(units):
            if len(self.drawn) >= self.until:
                raise KeyboardInterrupt
            self.drawn.append(unit.shard)
            yield position, work(unit)


def digits(drawn):
    return drawn.values.tobytes(), drawn.counts.tobytes(), drawn.support, drawn.step


def drawing(experiment, executor=None, samples=TOTAL, **options):
    return lambda keeper: tally(experiment, "reals", samples, executor, keeper=keeper, **options)


@pytest.fixture
def interrupted(twin, keep, trusting):
    """An experiment of which shards 0 to 9 were drawn before Ctrl-C, and the digits of the whole."""
    experiment = twin(key="resumed")
    with pytest.raises(KeyboardInterrupt):
        keep(drawing(experiment, Counting(10)))
    return experiment, digits(tally(experiment, "reals", TOTAL))


def test_a_run_goes_on_where_it_was_interrupted(interrupted, keep):
    experiment, whole = interrupted
    executor = Counting()
    drawn, keeper = keep(drawing(experiment, executor))
    assert digits(drawn) == whole
    # The first shard is drawn by every run: that the store belongs to these samples is known by it.
    assert executor.drawn == [0, *range(10, 24)]
    assert keeper.resumed() == f"resumed 9 shards of 24 from {keeper.store.path}"
    assert keeper.resumed() == ""


def test_a_finished_run_draws_one_shard_again(interrupted, keep):
    experiment, whole = interrupted
    keep(drawing(experiment))
    executor = Counting()
    assert digits(keep(drawing(experiment, executor))[0]) == whole
    assert executor.drawn == [0]


@pytest.mark.parametrize("shards", [1, 5, 10, 30])
def test_a_longer_or_a_shorter_run_takes_what_it_needs(interrupted, keep, shards):
    experiment, _ = interrupted
    executor = Counting()
    drawn, _ = keep(drawing(experiment, executor, shards * SHARD))
    assert digits(drawn) == digits(tally(experiment, "reals", shards * SHARD))
    assert executor.drawn == [0, *range(10, shards)]


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_missing_is_drawn(interrupted, keep, tmp_path, seed):
    """Shards that overtook others are in the store beyond gaps; they count when the gaps are filled."""
    experiment, whole = interrupted
    _, keeper = keep(drawing(experiment))
    missing = random.Random(seed).sample(range(1, 24), 9)
    with sqlite3.connect(keeper.store.path) as connection:
        connection.execute(f"DELETE FROM shards WHERE shard IN ({','.join(map(str, missing))})")
    connection.close()
    executor = Counting()
    assert digits(keep(drawing(experiment, executor))[0]) == whole
    assert executor.drawn == [0, *sorted(missing)]


def test_a_budget_takes_the_prefix_that_is_kept(interrupted, keep):
    experiment, _ = interrupted
    drawn, _ = keep(drawing(experiment, budget_seconds=0.0))
    assert digits(drawn) == digits(tally(experiment, "reals", 10 * SHARD))


def test_processes_go_on_too(interrupted, keep):
    experiment, whole = interrupted
    with Processes(2) as pool:
        assert digits(keep(drawing(experiment, pool))[0]) == whole
    assert digits(keep(drawing(experiment))[0]) == whole


def test_kept_counts_that_are_not_those_of_the_shard_would_be_seen(interrupted, keep, monkeypatch):
    experiment, whole = interrupted
    get = Series.get
    monkeypatch.setattr(Series, "get", lambda series, shard: get(series, shard + 1 if shard == 4 else shard))
    assert digits(keep(drawing(experiment))[0]) != whole


def test_a_prefix_counts_no_shard_twice():
    prefix = Prefix(1)
    for shard in (1, 1, 3, 3, 2, 0, 2, 4):
        prefix.add(shard, 10**shard)
    assert (prefix.counts, prefix.length) == (1 + 10 + 100 + 1000 + 10000, 5)


# ---------------------------------------------------------------- what must not be taken up


def test_other_files_parameters_seeds_and_samples_find_nothing(twin, keep, interrupted):
    experiment, _ = interrupted
    text = Path(experiment.source.removeprefix("file:")).read_text()
    same = {"key": "resumed", "name": "twin"}
    others = {
        "sources": twin(**same, sources="changed"),
        "params": twin(**same, params={"n": 4}),
        "seed": twin(**same, seed=1),
        "claim": twin(key="another"),
        "sampler": twin(
            text.replace("weight * stream", "weight * 0.5 * stream"), key="resumed", name="other"
        ),
    }
    for what, other in others.items():
        executor = Counting()
        _, keeper = keep(drawing(other, executor), name="shards")
        assert executor.drawn == [*range(24)], what
        assert keeper.resumed() == ""


def test_another_engine_finds_nothing(interrupted, keep, monkeypatch):
    experiment, whole = interrupted
    monkeypatch.setattr(keeping, "engine", lambda: "a later one")
    executor = Counting()
    assert digits(keep(drawing(experiment, executor))[0]) == whole
    assert executor.drawn == [*range(24)]


RARE = """
    from pathlib import Path

    from lemmata.model import Row

    def rows(rng, xp):
        def rare(stream, size):
            return stream.uniform(size) < float(Path(__file__).with_name("p").read_text())

        yield Row(name="reals", quantity="p", at={}, part="a", kind="mean-equals", shard=2**8, sampler=rare,
                  support=(0, 1), lattice=1, tolerance=0.1)
"""


@pytest.mark.parametrize("whole", [False, True])
def test_a_change_that_the_first_shard_does_not_see_is_seen_in_others(twin, keep, tmp_path, capsys, whole):
    """A file that no digest covers, and an event too rare for one shard: kept shards are drawn again."""
    chance = tmp_path / "p"
    chance.write_text("0.0")
    experiment = twin(RARE, key="rare")
    keep(drawing(experiment))
    chance.write_text("0.002")
    fresh = tally(experiment, "reals", TOTAL)
    assert fresh.counts[1] > 0
    # Rows that are done may have used the same store: no verdict is given, and the next run has a new one.
    with pytest.raises(
        LemmataError, match=r"comes out otherwise .* set aside as shards\.stale-1, run this again"
    ):
        keep(drawing(experiment), whole=whole)
    drawn, keeper = keep(drawing(experiment), whole=whole)
    assert digits(drawn) == digits(fresh)
    assert keeper.resumed() == ""


def test_some_of_many_kept_shards_are_drawn_again_and_others_each_time():
    kept = range(100, 10_000)
    chosen = [tallies.sample(kept) for _ in range(3)]
    assert all(len(set(found)) == len(kept) // 64 and set(found) <= set(kept) for found in chosen)
    assert chosen[0] != chosen[1] != chosen[2]
    assert sorted(tallies.sample([3, 5])) == [3, 5] and tallies.sample([]) == []


def test_quick_rows_are_not_kept(twin, keep, monkeypatch, trusting):
    experiment = twin(key="quick")
    monkeypatch.setattr(keeping, "SECONDS", 1e9)
    keep(drawing(experiment))
    executor = Counting()
    keep(drawing(experiment, executor), whole=True)  # the store as the result: everything is kept
    assert executor.drawn == [*range(24)]
    executor = Counting()
    keep(drawing(experiment, executor))
    assert executor.drawn == [0]


# ---------------------------------------------------------------- a store in trouble


def full_after(keeper, count):
    """A disk that is full after some shards."""
    add = keeper.store.add
    left = iter(range(count))

    def adding(*values):
        if next(left, None) is None:
            raise Unusable("the store takes no more")
        add(*values)

    keeper.store.add = adding
    return keeper


def test_a_store_that_fails_in_the_middle_costs_no_result_and_is_said_once(twin, keep, trusting):
    experiment, told = twin(key="full"), []
    drawn, _ = keep(lambda keeper: drawing(experiment)(full_after(keeper, 5)), notice=told.append)
    assert digits(drawn) == digits(tally(experiment, "reals", TOTAL))
    assert told == [
        "warning: the store takes no more; the run goes on, and the shards it draws from here on are not kept"
    ]
    executor = Counting()
    keep(drawing(experiment, executor))
    assert executor.drawn == [0, *range(6, 24)]


def test_a_store_that_is_the_result_ends_the_run(twin, keep):
    with pytest.raises(Unusable, match="takes no more"):
        keep(lambda keeper: drawing(twin(key="full"))(full_after(keeper, 5)), whole=True)


def test_a_store_damaged_between_two_rows_is_drawn_anew(twin, keep, tmp_path):
    experiment, told = twin(key="damaged"), []

    def work(keeper):
        first = drawing(experiment)(keeper)
        with sqlite3.connect(keeper.store.path) as other:
            other.execute("UPDATE shards SET counts = zeroblob(9) WHERE shard = 3")
        other.close()
        return digits(first) == digits(drawing(experiment)(keeper))

    assert keep(work, notice=told.append)[0]
    assert len(told) == 1 and "is damaged (shard 3 of row 'reals' is not what was written)" in told[0]


# ---------------------------------------------------------------- kill -9


KILLED = """
    import os, sys, time
    from pathlib import Path
    from lemmata.running import Experiment, Keeper, Store, keeping, tally

    keeping.SECONDS = 0.0
    source, store = sys.argv[1:]

    def told(row, done, total):
        os.write(1, b".")
        time.sleep(0.02)

    with Store(Path(store), print) as kept:
        experiment = Experiment(f"file:{source}", key="resumed")
        tally(experiment, "reals", 4000 * 2**8, progress=told, keeper=Keeper(kept, print))
"""


def test_a_kill_loses_at_most_the_shard_in_flight(twin, keep, tmp_path, trusting):
    experiment = twin(key="resumed")
    script = tmp_path / "script.py"
    script.write_text(textwrap.dedent(KILLED))
    words = [sys.executable, str(script), experiment.source.removeprefix("file:"), str(tmp_path / "shards")]
    env = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    with subprocess.Popen(words, stdout=subprocess.PIPE, env=env) as run:
        assert run.stdout is not None
        seen = len(os.read(run.stdout.fileno(), 1))
        while seen < 12:
            seen += len(os.read(run.stdout.fileno(), 100))
        run.send_signal(signal.SIGKILL)
        seen += len(run.stdout.read())
    executor = Counting()
    drawn, _ = keep(drawing(experiment, executor))
    # Each dot says that one more shard is in the prefix, and the first of them is drawn by every run.
    assert executor.drawn[:1] == [0] and executor.drawn[1] in (seen, seen + 1)
    assert digits(drawn) == digits(tally(experiment, "reals", TOTAL))


# ---------------------------------------------------------------- at the command line


def run(*words, **env):
    return CliRunner(env=env).invoke(program, words, prog_name="lemmata")


def numbers(result):
    """What was printed, without the line that says how long it took."""
    return [line for line in result.stdout.splitlines() if " rows consistent" not in line]


QUIET_BACKEND = ("--backend", "numpy")


@pytest.mark.parametrize("command", ["verify", "check"])
def test_a_second_run_resumes_by_itself_and_says_so(lemma, command):
    # Four rows and points of 16 shards, of which each run draws the first.
    asked = (command, lemma, "--store", "mine", *QUIET_BACKEND)
    plain = run(command, lemma, "--no-store", *QUIET_BACKEND)
    first, second = run(*asked), run(*asked)
    assert plain.exit_code == first.exit_code == second.exit_code == 0
    assert (plain.stderr, first.stderr) == ("", "")
    assert second.stderr == "resumed 60 shards of 64 from mine\n"
    assert [line.replace("--no-store ", "") for line in numbers(plain)] == numbers(first) == numbers(second)
    assert run(*asked, "-q").stderr == ""
    longer = run(*asked, "--samples", str(20 * SHARD))
    assert longer.stderr == "resumed 60 shards of 80 from mine\n"


@pytest.mark.parametrize(
    "given",
    [
        {"words": ("--store", "mine")},
        {"env": {"LEMMATA_STORE": "mine"}},
        {"text": 'store = "mine"\n'},
        {"words": ("--store", "mine"), "env": {"LEMMATA_NO_STORE": "1"}},
        {"env": {"LEMMATA_STORE": "mine"}, "text": "no-store = true\n"},
    ],
)
def test_where_a_store_may_be_named(lemma, tmp_path, given):
    (tmp_path / "lemmata.toml").write_text(given.get("text", ""))
    environment = {"LEMMATA_NO_STORE": None} | given.get("env", {})
    assert run("check", lemma, "-q", *given.get("words", ()), **environment).exit_code == 0
    assert (tmp_path / "mine").exists()


def test_without_a_name_it_is_in_the_users_cache(lemma, tmp_path, monkeypatch):
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *words, **more: tmp_path / "cache")
    assert run("check", lemma, "-q").exit_code == 0
    assert (tmp_path / "cache/shards.sqlite3").exists()


@pytest.mark.parametrize(
    "given", [{"words": ("--no-store",)}, {"env": {"LEMMATA_STORE": "mine"}, "words": ("--no-store",)}]
)
def test_nothing_is_kept_where_nobody_wants_it(lemma, tmp_path, given):
    assert run("check", lemma, "-q", *given["words"], **given.get("env", {})).exit_code == 0
    assert {path.name for path in tmp_path.iterdir()} <= {"lemma.py", "__pycache__"}


def test_a_default_store_that_cannot_be_used_is_a_warning_and_a_named_one_an_error(
    lemma, tmp_path, monkeypatch
):
    (tmp_path / "file").touch()
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *words, **more: tmp_path / "file")
    result = run("check", lemma, *QUIET_BACKEND)
    assert result.exit_code == 0
    assert result.stderr.startswith("warning: the store") and result.stderr.endswith("; no shards are kept\n")
    result = run("check", lemma, "--store", "file/store")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert result.stderr.startswith("error: the store file/store cannot be made: ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("--store", "lemma.py"),
            "lemma.py is not a store of shards: name another file, or move this one away",
        ),
        (("--store", "."), "'.' is a directory"),
        (("--store", "mine", "--no-store"), "--no-store and --store exclude each other: give one of them"),
        (("--cluster", "local:2", "--workers", "2"), "--cluster and --workers exclude each other"),
    ],
)
def test_bad_words_are_one_line(lemma, tmp_path, words, said):
    before = (tmp_path / "lemma.py").read_text()
    result = run("check", lemma, *words)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert said in result.stderr
    assert (tmp_path / "lemma.py").read_text() == before


def test_a_named_store_of_which_nothing_can_be_used_is_said(lemma, tmp_path):
    asked = ("check", lemma, "--store", "mine", *QUIET_BACKEND)
    assert run(*asked).stderr == ""
    text = (tmp_path / "lemma.py").read_text()
    (tmp_path / "lemma.py").write_text(text + "# changed\n")
    changed = run(*asked)
    assert changed.exit_code == 0
    assert changed.stderr.startswith(
        "none of 60 shards of these rows in mine could be used: they are of other files"
    )
    assert changed.stderr.count("\n") == 1
    assert run(*asked).stderr == "resumed 60 shards of 64 from mine\n"


def test_ctrl_c_keeps_what_was_drawn(lemma, monkeypatch):
    count = iter(range(100))
    whole = tallies.count_shard

    def ended(unit):
        if next(count) == 12:
            raise KeyboardInterrupt
        return whole(unit)

    monkeypatch.setattr(tallies, "count_shard", ended)
    result = run("check", lemma, "--store", "mine", *QUIET_BACKEND)
    assert result.exit_code == 130 and "to run it again" in result.stderr
    monkeypatch.setattr(tallies, "count_shard", whole)
    assert (
        run("check", lemma, "--store", "mine", *QUIET_BACKEND).stderr == "resumed 11 shards of 64 from mine\n"
    )
