"""Shares drawn apart and merged are the whole run, digit for digit; a store that does not belong is refused."""

import json
import os
import sqlite3
from dataclasses import astuple

import numpy
import pytest
from click.testing import CliRunner

from cli import program
from lemmata.model import LemmataError
from lemmata.running import Share, Store, Unusable, draw_share, tally
from lemmata.running.database import Key
from lemmata.running.merging import merge
from lemmata.running.packing import digest, pack

SHARD = 2**8
KEY = Key("claim", "row", "engine", "3", "numpy", "as it was")


def digits(drawn):
    return drawn.values.tobytes(), drawn.counts.tobytes(), drawn.support, drawn.step


@pytest.mark.parametrize("length", [0, 1, 2, 10, 63])
@pytest.mark.parametrize("parts", [1, 3, 7])
def test_shares_are_disjoint_and_the_whole(length, parts):
    whole = range(1, 1 + length)
    blocks = [Share(k, parts).of(whole) for k in range(1, parts + 1)]
    assert [shard for block in blocks for shard in block] == list(whole)
    assert max(map(len, blocks)) - min(map(len, blocks)) <= 1


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2)])
def test_shares_merged_are_the_whole_run(twin, keep, tmp_path, order, trusting):
    experiment = twin(key="shared")
    for k in order:
        drawn, _ = keep(
            lambda keeper, k=k: draw_share(experiment, "reals", Share(k, 3), keeper, 24 * SHARD),
            name=f"share-{k}",
            whole=True,
            alone=True,
        )
        assert drawn == {1: (7, 7), 2: (8, 8), 3: (8, 8)}[k]
    with Store(tmp_path / "shards", print) as target:
        (found,) = merge(target, [tmp_path / f"share-{k}" for k in order])
    assert (found.key.row, found.shards, found.added, found.gaps) == ("reals", 23, 23, ())
    whole, keeper = keep(lambda keeper: tally(experiment, "reals", 24 * SHARD, Refusing(), keeper=keeper))
    assert digits(whole) == digits(tally(experiment, "reals", 24 * SHARD))
    assert keeper.resumed().startswith("resumed 23 shards of 24 ")


class Refusing:
    """Draws the first shard, as every run does, and no other."""

    def map(self, work, units):
        assert [unit.shard for unit in units] == [0]
        yield 0, work(units[0])


def test_a_share_goes_on_where_it_was(twin, keep, trusting):
    experiment = twin(key="shared")

    def share(**options):
        return lambda keeper: draw_share(experiment, "reals", Share(2, 2), keeper, 24 * SHARD, **options)

    assert keep(share(budget_seconds=0.0), whole=True)[0] == (0, 12)
    assert keep(share(), whole=True)[0] == (12, 12)
    assert keep(share(executor=Refusing()), whole=True)[0] == (12, 12)


# ---------------------------------------------------------------- stores


def filled(path, shards, counts=(7, 2), key=KEY):
    with Store(path, print) as store:
        series = store.series(key)
        for shard in shards:
            series.add(shard, numpy.array(counts) + numpy.array([shard, 0]))
    return path


def test_what_is_missing_is_told(tmp_path):
    filled(tmp_path / "all", [2, 9])
    with Store(tmp_path / "all", print) as target:
        parts = [filled(tmp_path / "a", [1, 2]), filled(tmp_path / "b", [5])]
        (found,) = merge(target, parts)
        assert (found.shards, found.added, found.gaps) == (4, 2, (range(3, 5), range(6, 9)))
        (again,) = merge(target, parts)
        assert again.added == 0


def test_the_same_counts_packed_otherwise_are_the_same(tmp_path):
    import zlib

    with Store(filled(tmp_path / "all", [1]), print) as target:
        other = filled(tmp_path / "other", [])
        with Store(other, print) as store:
            blob = zlib.compress(numpy.array([8, 2], "<u4").tobytes(), 0)
            assert blob != pack(numpy.array([8, 2]))
            store.add(store.create(KEY), KEY, 1, blob)
        (found,) = merge(target, [other])
        assert (found.shards, found.added) == (1, 0)


def spoil(path, statement, *values):
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(statement, values)
    connection.close()


def test_a_store_that_differs_or_is_damaged_is_refused_whole_and_left_as_it_is(tmp_path):
    good = filled(tmp_path / "good", [1, 2, 3])
    differing = filled(tmp_path / "differing", [3, 4], counts=(6, 3))
    damaged = filled(tmp_path / "damaged", [5])
    spoil(damaged, "UPDATE shards SET counts = zeroblob(9)")
    text = tmp_path / "text"
    text.write_text("notes\n" * 99)
    with Store(tmp_path / "all", print) as target:
        for bad, said in (
            (
                differing,
                "shard 3 of row 'row' is another in .*differing than in the stores before it: nothing was",
            ),
            (
                damaged,
                "the store .*damaged is damaged .shard 5 of row 'row' is not what was written.: nothing was",
            ),
            (text, "text is not a store of shards"),
            (tmp_path / "missing", "there is no store .*missing"),
            (tmp_path / "all", "all is what the others are merged into: leave it out"),
        ):
            before = bad.read_bytes() if bad.exists() else b""
            with pytest.raises(LemmataError, match=said):
                merge(target, [good, bad])
            assert list(target.listed()) == []
            assert not bad.exists() or bad.name == "all" or bad.read_bytes() == before
        assert [found.shards for found in merge(target, [good])] == [3]
    assert not list(tmp_path.glob("*.damaged-*"))


def test_a_store_whose_log_was_left_by_a_kill_is_read(tmp_path):
    """What a killed share had written is in the log beside its store."""
    import shutil

    with Store(filled(tmp_path / "share", [1]), print) as store:
        store.series(KEY).add(2, numpy.array([9, 9]))
        for suffix in ("", "-wal"):
            shutil.copy(f"{store.path}{suffix}", tmp_path / f"killed{suffix}")
    with Store(tmp_path / "all", print) as target:
        (found,) = merge(target, [tmp_path / "killed"])
    assert found.shards == 2


# ---------------------------------------------------------------- at the command line


def run(*words, **env):
    return CliRunner(env=env).invoke(program, words, prog_name="lemmata")


def test_a_source_is_left_as_it_is_and_read_where_nothing_can_be_written(twin, keep, tmp_path):
    """A store that nobody writes to needs no file beside it."""
    share = tmp_path / "share"
    share.mkdir()
    keep(lambda keeper: tally(twin(key="shared"), "reals", 6 * SHARD, keeper=keeper), name="share/store")
    before = (share / "store").read_bytes()
    share.chmod(0o500)
    try:
        with Store(tmp_path / "target", print) as target:
            (found,) = merge(target, [share / "store"])
        assert found.shards == 5
        assert [(path.name, path.read_bytes()) for path in share.iterdir()] == [("store", before)]
    finally:
        share.chmod(0o700)


def test_a_link_to_a_store_whose_log_was_left_is_read_with_its_log(tmp_path):
    """The log lies beside the file that the link leads to."""
    (tmp_path / "far").mkdir()
    link, real = tmp_path / "link", tmp_path / "far" / "real"
    with Store(real, print) as store:  # open, so that its log is there
        number = store.create(KEY)
        for shard in (1, 2, 3):
            store.add(number, KEY, shard, pack(numpy.array([shard, 1])))
        assert real.with_name("real-wal").stat().st_size > 0
        link.symlink_to(real)
        with Store(tmp_path / "target", print) as target:
            (found,) = merge(target, [link])
    assert found.shards == 3


def test_a_pipe_is_no_store(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(Unusable, match="is no file"):
        Store(pipe, print)


def test_shares_merged_give_the_verdict_of_the_whole(lemma):
    plain = run("verify", lemma, "--no-store", "--backend", "numpy")
    for k in (1, 2, 3):
        share = run("verify", lemma, "--shard", f"{k}/3", "--store", f"part{k}")
        assert share.exit_code == 3
        assert share.stdout.splitlines() == [
            f"./lemma.py partial: share {k} of 3, 20 of its 20 shards kept, no verdict",
            *(f"  {name:6}  5 of 5" for name in ("first", "second", "p1", "p2")),
        ]
        assert (
            share.stderr.startswith(f"no verdict: part{k} holds this share;")
            and share.stderr.count("\n") == 1
        )
    merged = run("merge", "part1", "part2", "part3", "--store", "all")
    assert (merged.exit_code, merged.stderr) == (0, "")
    assert merged.stdout.splitlines()[0] == "3 stores merged into all: 60 shards of 4 rows, 60 of them new"
    found = run("verify", lemma, "--store", "all", "--backend", "numpy")
    assert found.stderr == "resumed 60 shards of 64 from all\n"
    table, expected = ([line for line in r.stdout.splitlines() if " +- " in line] for r in (found, plain))
    assert found.exit_code == plain.exit_code == 0 and len(table) >= 3 and table == expected


def test_json_of_shares_and_merges(lemma):
    share = json.loads(run("check", lemma, "--shard", "1/2", "--store", "part", "--json").stdout)
    assert (share["share"], share["store"]) == ({"number": 1, "of": 2}, "part")
    assert share["theorems"][0]["verdict"] is None
    assert share["theorems"][0]["rows"][0] == {"name": "first", "kept": 7, "shards": 7}
    merged = json.loads(run("merge", "part", "--store", "all", "--json").stdout)
    assert [(row["row"], row["seed"], row["shards"], row["gaps"]) for row in merged["rows"]] == [
        (name, 0, 7, []) for name in ("first", "second", "p1", "p2")
    ]


def test_a_share_that_its_time_did_not_suffice_for_says_so(lemma):
    share = run("check", lemma, "--shard", "1/2", "--store", "part", "--budget-seconds", "1e-9", "-q")
    assert share.exit_code == 3
    assert share.stdout == "./lemma.py incomplete: share 1 of 2, 0 of its 28 shards kept, no verdict\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--shard", "0/3"), "'0/3' is not of the form I/N, the I-th of N shares counted from 1"),
        (("--shard", "4/3"), "'4/3' is not of the form I/N"),
        (("--shard", "1"), "'1' is not of the form I/N"),
        (("--shard", "1/3/3"), "'1/3/3' is not of the form I/N"),
        (("--shard", "a/b"), "'a/b' is not of the form I/N"),
        (("--shard", "1/99999999999"), "is not of the form I/N"),
        (("--shard", "1/3"), "--shard needs --store FILE: the store is its result"),
        (("--shard", "1/3", "--no-store"), "--shard needs --store FILE: the store is its result"),
    ],
)
def test_bad_shares_are_one_line(lemma, words, said):
    result = run("check", lemma, *words)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert said in result.stderr


def test_bad_merges_are_one_line(lemma, tmp_path):
    filled(tmp_path / "part", [1])
    for words, said in (
        ((), "Missing argument 'STORE...'"),
        (("missing",), "'missing' does not exist"),
        (("part", "lemma.py"), "lemma.py is not a store of shards"),
        (("part", "--store", "part"), "part is what the others are merged into"),
    ):
        result = run("merge", *words, *(() if "--store" in words else ("--store", "all")))
        assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1), words
        assert said in result.stderr
        assert not (tmp_path / "all").exists()


def test_a_digest_covers_the_key_the_number_and_the_counts():
    blob = pack(numpy.array([1, 2]))
    plain = digest(astuple(KEY), 3, blob)
    assert plain != digest(astuple(KEY), 4, blob) != digest(astuple(KEY), 3, blob + b"x") != plain
    moved = [KEY.claim + KEY.row[:1], KEY.row[1:], *astuple(KEY)[2:]]
    assert digest(moved, 3, blob) != plain
