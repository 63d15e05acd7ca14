"""Philox4x32-10 against the published known answers, in every namespace at hand."""

import array_api_strict
import numpy
import pytest

from lemmata.sampling import philox4x32

# Counter, key and words of the Random123 distribution (kat_vectors, philox4x32 10 rounds).
KNOWN_ANSWERS = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


@pytest.mark.parametrize("xp", [numpy, array_api_strict], ids=lambda xp: xp.__name__)
@pytest.mark.parametrize(("counter", "key", "words"), KNOWN_ANSWERS)
def test_known_answers(xp, counter, key, words):
    out = philox4x32(xp.asarray(counter, dtype=xp.uint32), xp.asarray(key, dtype=xp.uint32), xp)
    assert out.dtype == xp.uint32
    assert tuple(int(word) for word in out) == words


def test_counters_are_independent_rows():
    counters = numpy.array([counter for counter, _, _ in KNOWN_ANSWERS[:1]] * 3, dtype=numpy.uint32)
    counters[:, 0] = (5, 0, 5)
    out = philox4x32(counters, (0, 0))
    assert tuple(out[1]) == KNOWN_ANSWERS[0][2]
    assert (out[0] == out[2]).all() and (out[0] != out[1]).any()


def test_floats_cannot_become_words():
    counter = numpy.zeros(4, dtype=numpy.uint32)
    with pytest.raises(TypeError):
        philox4x32(counter, (1.0, 2.0))
    with pytest.raises(TypeError):
        philox4x32(counter, numpy.array([2**31, 1.0]))
    with pytest.raises(TypeError):
        philox4x32(numpy.zeros(4), (0, 0))
    with pytest.raises(TypeError):
        philox4x32(counter, (2**32, 0))
