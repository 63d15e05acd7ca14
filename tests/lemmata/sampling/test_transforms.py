"""The fast transform against the definition, and what it promises about types, input and memory."""

import tracemalloc

import array_api_strict
import numpy
import pytest

from lemmata.model import LemmataError
from lemmata.sampling import Stream, compiled, walsh_hadamard
from lemmata.sampling.kronecker import CHUNK, kronecker
from lemmata.sampling.transforms import COMPILED_BITS, butterfly

KINDS = ["float64", "float32", "int64"]


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


def without_numba(monkeypatch):
    monkeypatch.setattr(compiled, "ready", lambda: False)


@pytest.fixture(params=["products", "vectors"])
def route(request, monkeypatch):
    """One of the two routes of a host: matrix products, or numba's vector code."""
    if request.param == "vectors":
        pytest.importorskip("numba")
    else:
        without_numba(monkeypatch)
    return request.param


@pytest.mark.parametrize("dtype", KINDS)
@pytest.mark.parametrize("n", [14, 15, 16, 17, 19])
def test_large_cubes_agree_with_the_butterfly_on_every_route(route, n, dtype):
    """Sums of these are integers that even a float32 holds, so that no order of additions may matter."""
    values = (Stream.keyed(0, "routes", f"{n}").integers((1, 2**n), 31) - 15).astype(dtype)
    out = walsh_hadamard(values)
    assert out.shape == values.shape and out.dtype == values.dtype
    assert (out[0] == butterfly(values[0].astype(numpy.int64), n, numpy)).all()


@pytest.mark.parametrize("dtype", KINDS)
def test_every_route_keeps_rows_apart_and_takes_any_layout(route, dtype):
    values = Stream.keyed(0, "routes", "rows").integers((2**14, 6), 100).astype(dtype).T[::2]
    out = walsh_hadamard(values)
    assert all((row == walsh_hadamard(given.copy())).all() for row, given in zip(out, values, strict=True))
    assert (walsh_hadamard(out) == values * 2**14).all()


def test_rounding_of_floats_stays_small_on_every_route(route):
    values = Stream.keyed(0, "routes", "floats").normal(2**15)
    exact = butterfly(values.astype(numpy.longdouble), 15, numpy)
    off = numpy.abs(walsh_hadamard(values) - exact).max()
    assert off < 1e-15 * numpy.abs(values).sum() and off < 1e-12 * numpy.abs(exact).max()


@pytest.mark.parametrize("shape", [(0, 4), (2, 0, 2**15), (0, 1)])
@pytest.mark.parametrize("dtype", KINDS)
def test_no_rows_have_no_transform(route, shape, dtype):
    assert walsh_hadamard(numpy.zeros(shape, dtype=dtype)).shape == shape


@pytest.mark.parametrize("dtype", KINDS)
@pytest.mark.parametrize("n", range(8, 15))
def test_vector_code_agrees_on_every_size_that_it_takes(n, dtype):
    """Smaller cubes than those it is asked for, and an array that is its own result."""
    pytest.importorskip("numba")
    from lemmata.sampling.compiled import hadamard

    values = (Stream.keyed(0, "vectors", f"{n}").integers(3 * 2**n, 31) - 15).astype(dtype)
    expected = butterfly(values.astype(numpy.int64), n, numpy)
    out = numpy.empty_like(values)
    hadamard.walsh_hadamard(values, out, n)
    assert (out == expected).all()
    hadamard.walsh_hadamard(values, values, n)
    assert (values == expected).all()


@pytest.mark.parametrize("workers", [2, 3])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_threads_change_nothing(monkeypatch, workers, dtype):
    pytest.importorskip("numba")
    from lemmata.sampling.compiled import hadamard

    values = Stream.keyed(0, "threads", "").normal((2, 2**15)).astype(dtype)
    alone = walsh_hadamard(values)
    monkeypatch.setattr(compiled, "threads", lambda: workers)
    monkeypatch.setattr(hadamard, "SHARED_BITS", 15)
    assert (walsh_hadamard(values) == alone).all()


def test_the_number_of_threads_is_what_is_allowed(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    assert compiled.threads() == 1
    for said in ("", "0", "many"):
        monkeypatch.setenv("OMP_NUM_THREADS", said)
        assert compiled.threads() >= 1


@pytest.mark.parametrize("n", [1, 5, 14, 15, 18])
def test_products_are_those_of_any_namespace(n):
    values = Stream.keyed(0, "products", f"{n}").integers(
        (CHUNK // 2**n or 1) * 2**n + (2**n if n < 14 else 0), 9
    )
    strict = array_api_strict.asarray(values.astype(float))
    out = kronecker(strict, n, array_api_strict)
    assert (numpy.asarray(out) == butterfly(values, n, numpy)).all()


def test_integers_beyond_float_precision_stay_exact_on_every_route(route):
    values = (Stream.keyed(0, "large", "").integers(2**COMPILED_BITS, 2**32) << 16) + 1
    assert (walsh_hadamard(values) == butterfly(values, COMPILED_BITS, numpy)).all()
    values[7] = 2**50
    with pytest.raises(LemmataError, match="does not fit int64"):
        walsh_hadamard(values)


@pytest.mark.parametrize("dtype", KINDS)
def test_peak_memory_with_the_input_is_about_twice_the_data(route, dtype):
    values = numpy.ones(2**19, dtype=dtype)
    walsh_hadamard(values)
    tracemalloc.start()
    walsh_hadamard(values)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak + values.nbytes < 2.2 * values.nbytes


def test_another_namespace_gives_the_same():
    values = numpy.arange(2.0**7)
    out = walsh_hadamard(array_api_strict.asarray(values))
    assert (numpy.asarray(out) == walsh_hadamard(values)).all()
