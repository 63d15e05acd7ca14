"""Kernels that numba compiles give the digits of NumPy's lines, and are loaded only where they are worth it."""

from __future__ import annotations

import subprocess
import sys
from math import fsum

import numpy
import pytest

from lemmata.sampling import AssumptionViolated, Stream, bin_counts, compiled, moments
from lemmata.sampling.moments import PART


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


def parabola(u):
    return u * (1.0 - u)


@pytest.mark.parametrize("size", [1, PART - 1, PART, 3 * PART + 77])
def test_moments_agree_to_rounding_and_leave_the_stream_at_one_place(both, size):
    def draw():
        s = stream("moments")
        s.words(3)
        return moments(parabola, s, size), s.words(4).tolist()

    (expected, left), (found, also_left) = both(draw)
    assert left == also_left and found.count == expected.count == size
    assert found.total == pytest.approx(expected.total, rel=1e-13)
    assert found.squares == pytest.approx(expected.squares, rel=1e-13)


def test_moments_are_those_of_the_words(both):
    words = stream("plain").words(PART + 5)
    values = [parabola((int(word) + 0.5) * 2.0**-32) for word in words]
    for found in both(lambda: moments(parabola, stream("plain"), PART + 5)):
        assert found.mean == pytest.approx(fsum(values) / len(values), rel=1e-13)
        assert found.variance == pytest.approx(numpy.var(values), rel=1e-11)


def test_the_number_of_threads_changes_no_digit_of_the_moments(both, monkeypatch):
    found = []
    for workers in (1, 2, 3):
        monkeypatch.setattr(compiled, "threads", lambda workers=workers: workers)
        found.append(both(lambda: moments(parabola, stream("threads"), 9 * PART))[1])
    assert found[0] == found[1] == found[2]


def test_moments_of_no_samples_are_refused():
    with pytest.raises(ValueError, match="at least one sample"):
        moments(parabola, stream("none"), 0)


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
