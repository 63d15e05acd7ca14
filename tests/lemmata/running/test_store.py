"""What is kept is found again under its own key, and nothing else is: damage, other files, locks and full disks."""

import shutil
import sqlite3
from dataclasses import fields, replace

import numpy
import pytest

from lemmata.running import database
from lemmata.running.database import Key, Unusable
from lemmata.running.packing import Damaged, pack, unpack
from lemmata.running.store import Store

KEY = Key("claim", "row", "engine", "0", "numpy", "as it was")
COUNTS = numpy.array([5, 0, 0, 3, 2**16 - 8])


class Told(list):
    """What the store had to say."""

    def __call__(self, text):
        self.append(text)


@pytest.fixture
def told():
    return Told()


@pytest.fixture
def path(tmp_path, told):
    """A store with shards 1, 2, 3 and 7 of one row, and many of another."""
    path = tmp_path / "shards.sqlite3"
    with Store(path, told) as store:
        series = store.series(KEY)
        for shard in (1, 2, 3, 7):
            series.add(shard, COUNTS + shard * (numpy.arange(5) == 1) - shard * (numpy.arange(5) == 4))
        other = store.series(replace(KEY, row="other"))
        for shard in range(1, 400):
            other.add(shard, numpy.random.default_rng(shard).integers(0, 9, 200))
    return path


def kept(path, told, key=KEY):
    with Store(path, told) as store:
        return store.series(key).kept


def test_what_was_added_is_found_after_reopening(path, told):
    with Store(path, told) as store:
        series = store.series(KEY)
        assert series.kept == [range(1, 4), range(7, 8)]
        assert series.get(3).tolist() == [5, 3, 0, 3, 2**16 - 11]
        assert series.get(3).dtype == numpy.int64
    assert told == []


@pytest.mark.parametrize("field", [field.name for field in fields(Key)])
def test_under_another_key_nothing_is_found(path, told, field):
    assert kept(path, told, replace(KEY, **{field: getattr(KEY, field) + "x"})) == []


def test_a_shard_that_is_there_already_stays(path, told):
    with Store(path, told) as store:
        store.series(KEY).add(3, COUNTS)
        assert store.series(KEY).get(3)[1] == 3
    assert told == []


def test_two_stores_of_one_file_add_to_it_in_turn(path, told):
    with Store(path, told) as one, Store(path, told) as two:
        first, second = (store.series(replace(KEY, row="new")) for store in (one, two))
        for shard in range(1, 9):
            (first if shard % 2 else second).add(shard, COUNTS)
    assert kept(path, told, replace(KEY, row="new")) == [range(1, 9)]


# ---------------------------------------------------------------- damage


def execute(path, statement):
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(statement)
    connection.close()


def overwrite(path, start, size):
    with path.open("r+b") as file:
        file.seek(start)
        file.write(b"\xa5" * size)


OF_ROW = "series = (SELECT id FROM series WHERE row = 'row')"
DAMAGES = {
    "counts changed": lambda path: execute(
        path, f"UPDATE shards SET counts = zeroblob(20) WHERE shard = 2 AND {OF_ROW}"
    ),
    "passed for another shard": lambda path: execute(
        path, f"UPDATE shards SET shard = 5 WHERE shard = 2 AND {OF_ROW}"
    ),
    "passed for another row": lambda path: execute(
        path, "UPDATE series SET row = CASE row WHEN 'row' THEN 'x' ELSE 'row' END"
    ),
    "a table gone": lambda path: execute(path, "DROP TABLE shards"),
    "cut short": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "cut to its first page": lambda path: path.write_bytes(path.read_bytes()[:4096]),
    "pages overwritten": lambda path: overwrite(path, 4096, path.stat().st_size - 4096),
    "the first page overwritten": lambda path: overwrite(path, 100, 3996),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_store_is_set_aside_and_never_used(path, told, damage):
    DAMAGES[damage](path)
    broken = path.read_bytes()
    with Store(path, told) as store:
        series = store.series(KEY)
        assert series.kept == []
        series.add(1, COUNTS)
    (line,) = told
    assert f"the store {path} is damaged (" in line and "set aside as shards.sqlite3.damaged-1" in line
    assert path.with_name("shards.sqlite3.damaged-1").read_bytes() == broken
    assert kept(path, told) == [range(1, 2)] and len(told) == 1


def test_the_first_free_name_is_taken(path, told):
    path.with_name("shards.sqlite3.damaged-1").write_text("an earlier one")
    DAMAGES["cut to its first page"](path)
    assert kept(path, told) == []
    assert path.with_name("shards.sqlite3.damaged-1").read_text() == "an earlier one"
    assert path.with_name("shards.sqlite3.damaged-2").stat().st_size == 4096


def test_a_process_that_ends_between_opening_and_writing_leaves_a_store(tmp_path, told):
    path = tmp_path / "s"
    path.touch()
    assert kept(path, told) == []
    assert told == []


# ---------------------------------------------------------------- what is no store


def foreign(path):
    execute(path, "CREATE TABLE notes (text)")


NO_STORES = {
    "a text": lambda path: path.write_text("my notes\n" * 100),
    "a short text": lambda path: path.write_text("x"),
    "another program's database": foreign,
    "one that is marked": lambda path: (foreign(path), execute(path, "PRAGMA application_id = 7")),
}


@pytest.mark.parametrize("kind", NO_STORES)
def test_a_file_of_others_is_refused_and_stays_as_it_is(tmp_path, told, kind):
    path = tmp_path / "notes"
    NO_STORES[kind](path)
    before = path.read_bytes()
    with pytest.raises(Unusable, match=r"notes is not a store of shards: name another file"):
        Store(path, told)
    assert path.read_bytes()[100:] == before[100:]
    assert [p.name for p in tmp_path.iterdir()] == ["notes"]


def test_a_store_of_a_later_version_is_refused(path, told):
    execute(path, "PRAGMA user_version = 2")
    with pytest.raises(Unusable, match="is of version 2, not 1"):
        Store(path, told)


@pytest.mark.parametrize(("name", "said"), [("", "directory"), ("file/store", "(?i)exists|not a directory")])
def test_a_place_where_no_file_can_be_is_said(tmp_path, told, name, said):
    (tmp_path / "file").touch()
    with pytest.raises(Unusable, match=said):
        Store(tmp_path / name if name else tmp_path, told)


# ---------------------------------------------------------------- locked, full


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(database, "PATIENCE", 0.05)


@pytest.mark.usefixtures("impatient")
def test_a_store_that_another_process_writes_to_is_in_use(path, told):
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unusable, match="is in use by another process: wait for it, or name another"):
        Store(path, told)
    other.execute("ROLLBACK")
    assert kept(path, told) == [range(1, 4), range(7, 8)]
    other.close()


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(("first", "second"), [(True, False), (True, True), (False, True)])
def test_a_share_has_its_store_alone(path, told, first, second):
    with Store(path, told, alone=first), pytest.raises(Unusable, match="is in use"):
        Store(path, told, alone=second)


def add_all(series, shards, counts):
    for shard in shards:
        series.add(shard, counts)


def test_a_full_disk_is_said(path, told):
    with Store(path, told) as store:
        series = store.series(replace(KEY, row="long"))
        (pages,) = next(store.rows("PRAGMA page_count"))
        next(store.rows(f"PRAGMA max_page_count = {pages}"))
        noise = numpy.random.default_rng(0).integers(0, 9, 7000)
        with pytest.raises(Unusable, match="takes no more, its disk is full: make room"):
            add_all(series, range(1, 9), noise)
    assert kept(path, told) == [range(1, 4), range(7, 8)]


# ---------------------------------------------------------------- counts as bytes


@pytest.mark.parametrize("cells", [2, 4097, 2**20 + 1])
def test_counts_are_the_same_after_packing(cells):
    counts = numpy.bincount(numpy.random.default_rng(1).integers(0, cells, 2**16), minlength=cells)
    assert (unpack(pack(counts)) == counts).all()
    assert len(pack(counts)) < max(200, 4 * 2**16)


@pytest.mark.parametrize("counts", [[-1, 5], [2**16, 1]])
def test_what_no_shard_can_count_is_not_packed(counts):
    with pytest.raises(ValueError, match="a shard holds at most"):
        pack(numpy.array(counts))


@pytest.mark.parametrize("blob", [b"", b"x", pack(COUNTS)[:-3], pack(numpy.zeros(2**20 + 2, int))])
def test_bytes_that_are_no_counts_are_damage(blob):
    with pytest.raises(Damaged):
        unpack(blob)


def test_a_copy_of_a_store_is_a_store(path, told, tmp_path):
    shutil.copy(path, tmp_path / "copy")
    assert kept(tmp_path / "copy", told) == [range(1, 4), range(7, 8)]
