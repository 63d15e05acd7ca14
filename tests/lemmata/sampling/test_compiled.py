"""Kernels that numba compiles give the digits of NumPy's lines, and are loaded only where they are worth it."""

from __future__ import annotations

import subprocess
import sys

import numpy
import pytest

from lemmata.sampling import AssumptionViolated, Stream, bin_counts, compiled


@pytest.fixture
def both(monkeypatch):
    """What a function returns on NumPy alone, and what it returns with numba."""
    pytest.importorskip("numba")

    def results(function):
        found = []
        for worth in (False, True):
            monkeypatch.setattr(compiled, "worth", lambda seconds, worth=worth: worth)
            found.append(function())
        return found

    return results


def stream(label, shard=0):
    return Stream.keyed(5, "compiled", label, shard)


@pytest.mark.parametrize("count", [0, 1, 4, 1001, 2**17])
def test_words_are_the_same_wherever_a_stream_stands(both, count):
    def draw():
        s = stream("words", 2**32 - 1)
        return numpy.concatenate([s.words(3), s.words(count), s.words(5)])

    expected, found = both(draw)
    assert found.dtype == expected.dtype and (found == expected).all()


@pytest.mark.parametrize("before", [0, 1, 2, 3, 4])
@pytest.mark.parametrize("size", [0, 1, 2, 7, (300, 3)])
def test_floats_are_the_same_wherever_a_stream_stands(both, before, size):
    def draw():
        s = stream("floats")
        s.words(before)
        return s.uniform(size), s.normal(size), s.integers(size, 1000), s.words(3)

    for expected, found in zip(*both(draw), strict=True):
        assert found.dtype == expected.dtype and found.shape == expected.shape
        assert (found == expected).all()


def test_blocks_beyond_the_first_word_of_the_counter_are_the_same(both):
    def draw():
        s = stream("far")
        s._position = 4 * (2**32 - 2)
        return s.words(16)

    expected, found = both(draw)
    assert (found == expected).all()


@pytest.mark.parametrize("cells", [2**12, 2**15])
def test_values_are_rounded_and_counted_alike(both, cells):
    values = numpy.concatenate([3 * stream("values").uniform(20_000) - 1, [-1.0, 2.0, 0.5]])
    expected, found = both(lambda: bin_counts(values, (-1.0, 2.0), None, stream("rounding"), cells).counts)
    assert found.sum() == values.size and (found == expected).all()


@pytest.mark.parametrize("bad", [2.5, -1.0000001, float("nan"), float("inf")])
def test_what_is_outside_is_refused_alike(both, bad):
    def refusal():
        with pytest.raises(AssumptionViolated) as caught:
            bin_counts(numpy.array([0.0, bad, 1.0]), (-1.0, 2.0), None, stream("bad"))
        return str(caught.value)

    expected, found = both(refusal)
    assert found == expected


def test_numba_is_loaded_once_there_is_enough_to_do(monkeypatch):
    monkeypatch.setattr(compiled, "ready", lambda: True)
    monkeypatch.setattr(compiled, "_spent", 0.0)
    monkeypatch.delitem(sys.modules, "numba", raising=False)
    share = compiled.LOADING / 4
    assert [compiled.worth(share) for _ in range(6)] == [False] * 4 + [True] * 2
    monkeypatch.setattr(compiled, "ready", lambda: False)
    assert not compiled.worth(10 * compiled.LOADING)


def test_small_work_does_not_load_numba():
    code = (
        "import sys, numpy; from lemmata.sampling import Stream, bin_counts, walsh_hadamard; "
        "s = Stream.keyed(0, '', ''); bin_counts(s.uniform(2**12), (0, 1), None, s); "
        "walsh_hadamard(numpy.ones(2**12)); "
        "print('numba' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout.strip() == "False"
