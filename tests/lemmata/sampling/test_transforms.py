"""The fast transform against the definition, and what it promises about types, input and memory."""

import tracemalloc

import array_api_strict
import numpy
import pytest

from lemmata.model import LemmataError
from lemmata.sampling import Stream, walsh_hadamard


def by_definition(values):
    """Every character sum, one subset at a time: the slow independent reference."""
    size = values.shape[-1]
    columns = [sum((-1) ** (s & t).bit_count() * values[..., t] for t in range(size)) for s in range(size)]
    return numpy.stack([numpy.asarray(column, dtype=object) for column in columns], axis=-1)


@pytest.mark.parametrize("n", range(8))
def test_integers_match_the_definition_exactly(n):
    values = Stream.keyed(0, "transform", str(n)).integers((3, 2**n), 2000) - 1000
    out = walsh_hadamard(values)
    assert out.dtype == numpy.int64
    assert (out == by_definition(values.astype(object))).all()


@pytest.mark.parametrize("n", [9, 12, 13, 16])
def test_twice_is_the_identity_times_the_size(n):
    values = Stream.keyed(0, "transform", str(n)).integers(2**n, 2**20)
    assert (walsh_hadamard(walsh_hadamard(values)) == values * 2**n).all()


@pytest.mark.parametrize("subset", [0, 1, 0b1011, 2**13 - 1])
def test_a_character_has_one_coefficient(subset):
    points = numpy.arange(2**13)
    character = 1 - 2 * (numpy.bitwise_count(points & subset) & 1).astype(numpy.int64)
    out = walsh_hadamard(character)
    assert out[subset] == 2**13 and numpy.count_nonzero(out) == 1


@pytest.mark.parametrize(("dtype", "tolerance"), [(numpy.float64, 1e-14), (numpy.float32, 1e-5)])
def test_floats_keep_their_type_and_precision(dtype, tolerance):
    exact = Stream.keyed(0, "floats", "").integers((2, 2**10), 2**12) - 2**11
    out = walsh_hadamard(exact.astype(dtype))
    assert out.dtype == dtype
    assert numpy.abs(out - walsh_hadamard(exact)).max() <= tolerance * numpy.abs(exact).sum(axis=-1).max()


@pytest.mark.parametrize("n", [0, 1, 5, 10])
@pytest.mark.parametrize("dtype", [numpy.float64, numpy.float32, numpy.int64])
def test_the_input_is_neither_modified_nor_returned(n, dtype):
    values = numpy.arange(2**n).astype(dtype)
    out = walsh_hadamard(values)
    out[...] = -7
    assert (values == numpy.arange(2**n)).all()


def test_integers_beyond_float_precision_stay_exact():
    values = numpy.array([2**58 + 1, -(2**57) + 3, 5, 2**56 + 7], dtype=numpy.int64)
    assert walsh_hadamard(values).tolist() == by_definition(values.astype(object)).tolist()
    with pytest.raises(LemmataError, match="int64"):
        walsh_hadamard(numpy.array([2**62, 1], dtype=numpy.int64))


@pytest.mark.parametrize("shape", [(3,), (0,), (), (4, 6)])
def test_other_lengths_are_refused(shape):
    with pytest.raises(LemmataError, match=r"2\^n"):
        walsh_hadamard(numpy.zeros(shape))


def test_other_types_are_refused():
    with pytest.raises(LemmataError, match="complex"):
        walsh_hadamard(numpy.zeros(4, dtype=complex))


def test_peak_memory_is_about_twice_the_data():
    values = numpy.ones(2**18)
    walsh_hadamard(values)
    tracemalloc.start()
    walsh_hadamard(values)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2.2 * values.nbytes


def test_another_namespace_gives_the_same():
    values = numpy.arange(2.0**7)
    out = walsh_hadamard(array_api_strict.asarray(values))
    assert (numpy.asarray(out) == walsh_hadamard(values)).all()
