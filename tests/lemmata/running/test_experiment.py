"""Rows are made once, lazily, from the seed and the key alone; a faulty twin is named in one line."""

import pickle

import pytest

from lemmata.model import LemmataError, Row

HEAD = """
from lemmata.model import Row
def exact(name, **more):
    return Row(**dict(name=name, quantity="q", at={}, part="a", kind="exact", value=1.0) | more)
def rows(rng, xp, **params):
"""


def body(*lines):
    return HEAD + "\n".join(f"    {line}" for line in lines)


def test_rows_come_in_the_order_of_the_twin(twin):
    experiment = twin()
    assert [row.name for row in experiment.rows()] == ["signs", "reals", "value"]
    assert experiment.row("reals") is experiment.rows()[1]


def test_parameters_reach_the_twin(twin):
    assert twin(params={"n": 7}).row("signs").at["n"] == 7
    assert twin().row("signs").at["n"] == 3


def test_the_instance_depends_on_seed_and_key_alone(twin):
    first = twin(seed=1, key="claim").row("value").value
    assert twin(seed=1, key="claim", name="other").row("value").value == first
    assert twin(seed=2, key="claim").row("value").value != first
    assert twin(seed=1, key="claim 2").row("value").value != first


def test_a_copy_from_another_process_makes_the_same_rows(twin):
    experiment = twin(seed=5)
    copy = pickle.loads(pickle.dumps(experiment))
    assert copy == experiment
    assert copy.row("value").value == experiment.row("value").value


def test_a_row_is_found_without_running_the_rest(twin):
    experiment = twin(body("yield exact('a')", "yield exact('b')", "raise RuntimeError('too far')"))
    assert experiment.row("b").name == "b"
    with pytest.raises(LemmataError, match="rows\\(\\) raised after 2 rows RuntimeError: too far"):
        experiment.rows()


def test_a_failure_is_not_forgotten(twin):
    experiment = twin(body("yield exact('a')", "raise RuntimeError('no more')"))
    for _ in range(2):
        with pytest.raises(LemmataError, match="no more"):
            experiment.rows()


def test_an_unknown_row_lists_the_known_ones(twin):
    with pytest.raises(LemmataError, match="no row 'sings'; its rows: signs, reals, value"):
        twin().row("sings")


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["raise ValueError('bad')", "yield"], "rows\\(\\) raised ValueError: bad"),
        (["return 3"], "TypeError"),
        (["import sys; sys.exit(0)", "yield"], "SystemExit: 0"),
        (["raise MemoryError", "yield"], "MemoryError"),
        (["yield exact('a')", "yield 'b'"], "yielded a str as number 2, not a Row"),
        (["yield exact('a')", "yield exact('a')"], "two rows are called 'a'"),
        (["row = exact('a')", "yield row", "yield row"], "two rows are called 'a'"),
        (["yield exact('a', value=None)"], "row 'a': exact needs a value"),
        (["yield exact('a', kind='mean-equals')"], "row 'a': mean-equals needs a sampler and a support"),
        (
            ["yield exact('a', kind='mean-at-most', sampler=len, support=(0, 1), shard=100)"],
            "row 'a': a shard is a power of two up to 2\\^16, not 100",
        ),
        (["yield exact('a', kind='scaling-law')"], "row 'a': a scaling law needs two"),
        (
            ["point = exact('p', abscissa=1)", "yield exact('a', kind='scaling-law', points=(point, point))"],
            "row 'a': a scaling law needs two",
        ),
    ],
)
def test_a_faulty_twin_gives_one_clear_line(twin, lines, message):
    with pytest.raises(LemmataError, match=message) as caught:
        twin(body(*lines)).rows()
    assert "\n" not in str(caught.value)


def test_an_unknown_parameter_is_named(twin):
    with pytest.raises(LemmataError, match="unexpected keyword argument 'm'"):
        twin(params={"m": 1}).rows()


def test_a_refusal_of_the_twin_passes_unchanged(twin):
    lines = ["from lemmata.model import LemmataError", "raise LemmataError('n is too large')", "yield"]
    with pytest.raises(LemmataError, match=r"^n is too large$"):
        twin(body(*lines)).rows()


def test_points_are_found_by_name_and_may_be_rows_too(twin):
    lines = [
        "def point(k, **more):",
        "    return exact(f'p{k}', kind='mean-equals', sampler=len, support=(0, 1), abscissa=k)",
        "points = (point(1), point(2))",
        "yield points[0]",
        "yield exact('law', kind='scaling-law', points=points)",
    ]
    experiment = twin(body(*lines))
    assert [row.name for row in experiment.rows()] == ["p1", "law"]
    assert isinstance(experiment.row("p2"), Row)
    clash = body(*lines, "yield exact('p2')")
    with pytest.raises(LemmataError, match="two rows are called 'p2'"):
        twin(clash, name="clash").rows()


def test_a_backend_that_cannot_run_is_refused(twin):
    with pytest.raises(LemmataError, match="unknown backend 'abacus'"):
        twin(backend="abacus").rows()
