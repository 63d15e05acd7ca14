"""A shard is counted as its row declares, or refused in one line that names the row."""

import numpy
import pytest

from lemmata.model import LemmataError
from lemmata.running import Unit, count_shard
from lemmata.sampling import CELLS, AssumptionViolated

FAULTY = """
    import numpy
    from lemmata.model import Row

    def rows(rng, xp):
        def sampler(stream, size):
            values = stream.uniform(size)
            {change}
            return values
        yield Row(name="faulty", quantity="q", at={{}}, part="a", kind="mean-equals", sampler=sampler,
                  support={support}, shard=64)
"""


def faulty(twin, change, support="(0, 1)", name="faulty"):
    return Unit(twin(FAULTY.format(change=change, support=support), name=name), "faulty", 3)


def test_a_shard_is_a_function_of_its_unit(twin):
    experiment = twin()
    counts = [count_shard(Unit(experiment, "signs", shard)) for shard in (0, 1, 0)]
    assert counts[0].dtype == numpy.int64
    assert counts[0].sum() == 2**8
    assert (counts[0] == counts[2]).all()
    assert (count_shard(Unit(twin(seed=9), "reals", 0)) != count_shard(Unit(experiment, "reals", 0))).any()


def test_shards_and_rows_are_drawn_from_different_words(twin):
    experiment = twin()
    seen = {tuple(count_shard(Unit(experiment, "reals", shard, CELLS))) for shard in range(6)}
    assert len(seen) == 6


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("values = values[:-1]", "shape \\(63,\\), not shape \\(64,\\)"),
        ("values = values.reshape(8, 8)", "shape \\(8, 8\\)"),
        ("values = values.tolist()", "returned a list"),
        ("values = None", "returned a NoneType"),
        ("values = values + 1j", "complex128 values"),
        ("values = values.astype(str)", "values, not real numbers"),
        ("values[5] = numpy.nan", "not finite"),
        ("values[5] = numpy.inf", "not finite"),
        (
            "values[5] = 1.0000001",
            "shard 3: a sample of 1.0000001 is outside the declared support \\[0.0, 1.0\\]",
        ),
        ("values[5] = -1e-300", "outside the declared support"),
        ("raise ZeroDivisionError('oh')", "the sampler raised ZeroDivisionError: oh"),
        ("raise SystemExit(0)", "the sampler raised SystemExit: 0"),
    ],
)
def test_a_faulty_sampler_gives_one_line_naming_the_row(twin, change, message):
    with pytest.raises(LemmataError, match=message) as caught:
        count_shard(faulty(twin, change))
    assert str(caught.value).removeprefix(AssumptionViolated.WORDS).startswith("row 'faulty'")
    assert "\n" not in str(caught.value)


def test_broken_assumptions_are_told_apart_from_other_faults(twin):
    with pytest.raises(AssumptionViolated):
        count_shard(faulty(twin, "values = values * 2"))


@pytest.mark.parametrize("support", ["(1, 0)", "(0, float('inf'))", "(float('nan'), 1)"])
def test_a_support_that_is_no_interval_is_refused(twin, support):
    with pytest.raises(LemmataError, match="row 'faulty': the support"):
        count_shard(faulty(twin, "pass", support))


def test_rounding_is_refined_where_the_support_is_wide(twin):
    assert count_shard(faulty(twin, "pass")).size == CELLS + 1
    wide = count_shard(faulty(twin, "pass", "(-1000, 1000)", "wide"))
    sigma = 12**-0.5 / 2000
    assert (1 / (wide.size - 1)) ** 2 / 4 < 0.01 * sigma**2
    assert count_shard(faulty(twin, "values[:] = 0.25", "(-1000, 1000)", "constant")).size == CELLS + 1


def test_a_sampler_may_return_booleans_and_integers(twin):
    counts = count_shard(faulty(twin, "values = values < 0.5"))
    assert counts[0] + counts[-1] == 64
    assert count_shard(faulty(twin, "values = numpy.ones(64, dtype=numpy.int8)", name="ones"))[-1] == 64
