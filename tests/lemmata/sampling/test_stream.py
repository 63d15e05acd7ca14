"""Streams are addressed by identity, cut anywhere, and agree between namespaces."""

import math
from statistics import NormalDist

import array_api_strict
import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lemmata.sampling import Stream, inverse_normal, parity, philox4x32

DRAWS = {
    "words": lambda s: s.words(37),
    "uniform": lambda s: s.uniform(11),
    "normal": lambda s: s.normal((3, 5)),
    "integers": lambda s: s.integers(13, 1000),
    "signs": lambda s: s.signs(7, 19),
    "bits": lambda s: s.bits(7, 3),
    "octets": lambda s: s.octets(45),
}


def stream(seed=0, claim="claim", row="row", shard=0, xp=numpy):
    return Stream.keyed(seed, claim, row, shard, xp)


def test_words_are_the_philox_blocks_of_the_identity():
    s = Stream(bytes(range(12)), shard=9)
    label, low, high = (int.from_bytes(bytes(range(i, i + 4)), "little") for i in (0, 4, 8))
    counters = numpy.array([[block, 0, 9, label] for block in range(3)], dtype=numpy.uint32)
    assert (s.words(12) == philox4x32(counters, (low, high)).reshape(-1)).all()


def test_every_part_of_the_identity_changes_the_words():
    big = 2**63 + 5
    streams = [stream(), stream(seed=1), stream(claim="claim2"), stream(row="row2"), stream(shard=1)]
    # The fields must not run together, and large seeds must not pass through float64.
    streams += [stream(claim="claimr", row="ow"), stream(seed=big), stream(seed=big + 1), stream(seed=2**63)]
    streams += [stream(shard=2**31), stream(shard=2**32 - 1), stream().spawn("a"), stream().spawn("b")]
    streams += [stream(shard=1).spawn("a")]
    words = [tuple(s.words(4)) for s in streams]
    assert len(set(words)) == len(words)


@given(st.lists(st.integers(0, 40), max_size=6))
def test_words_do_not_depend_on_how_they_are_cut(cuts):
    whole, parts = stream(), stream()
    pieces = [parts.words(count) for count in cuts]
    joined = numpy.concatenate([*pieces, numpy.zeros(0, numpy.uint32)])
    assert (whole.words(sum(cuts)) == joined).all()


def test_long_draws_agree_with_short_ones():
    whole, parts = stream(), stream()
    assert (whole.words(200_003) == numpy.concatenate([parts.words(70_001), parts.words(130_002)])).all()


@pytest.mark.parametrize("draw", DRAWS.values(), ids=DRAWS)
def test_namespaces_agree_digit_for_digit(draw):
    expected, other = draw(stream()), draw(stream(xp=array_api_strict))
    assert other.__array_namespace__().__name__ == "array_api_strict"
    assert expected.dtype.name == str(other.dtype).rpartition(".")[2]
    assert (expected == numpy.asarray(other)).all()


def test_spawn_does_not_depend_on_what_was_drawn():
    fresh, used = stream(), stream()
    used.words(5)
    assert (fresh.spawn("x").words(8) == used.spawn("x").words(8)).all()


def test_signs_bits_and_octets_are_one_draw():
    n = 75
    signs, bits, octets = stream().signs(40, n), stream().bits(40, n), stream().octets(40 * 10)
    assert set(signs.ravel().tolist()) == {-1, 1}
    assert (signs == 1 - 2 * bits).all()
    assert octets.dtype == numpy.uint8 and octets.shape == (400,)
    assert (octets[:396].view("<u4") == stream().words(99)).all()
    rows = octets.reshape(40, 10)
    unpacked = [[int(row[i // 8]) >> (i % 8) & 1 for i in range(n)] for row in rows]
    assert (numpy.array(unpacked) == bits).all()
    assert (parity(octets, numpy) == stream().signs(40, 80).reshape(400, 8).prod(axis=1)).all()


def test_octets_leave_the_rest_of_their_last_word():
    s = stream()
    s.octets(5)
    assert (s.words(3) == stream().words(5)[2:]).all()


def test_signs_are_fair_and_uncorrelated():
    signs = stream().signs(2**16, 20).astype(float)
    # Every entry of the Gram matrix has standard deviation 2^-8; six of them over 210 entries is 4e-7.
    gram = signs.T @ signs / 2**16
    assert numpy.abs(gram - numpy.eye(20)).max() < 6 / 2**8
    assert numpy.abs(signs.mean(axis=0)).max() < 6 / 2**8


def test_uniforms_have_53_bits_and_the_right_moments():
    u = stream().uniform(2**18)
    assert u.min() >= 0 and u.max() < 1
    assert (u * 2.0**53 % 2 == 1).any()
    for power in range(1, 5):
        mean, second = 1 / (power + 1), 1 / (2 * power + 1)
        assert abs((u**power).mean() - mean) < 6 * math.sqrt((second - mean**2) / u.size)


def test_normals_have_the_right_moments_and_invert_the_distribution():
    z = stream().normal(2**18)
    for power, (mean, second) in {1: (0, 1), 2: (1, 3), 3: (0, 15), 4: (3, 105)}.items():
        assert abs((z**power).mean() - mean) < 6 * math.sqrt((second - mean**2) / z.size)


def test_inverse_normal_is_the_quantile_far_into_the_tails():
    p = numpy.concatenate(
        [numpy.logspace(-300, -0.31, 400), 1 - numpy.logspace(-15, -0.31, 200), [0.5, 0.075, 0.925]]
    )
    expected = numpy.array([NormalDist().inv_cdf(float(x)) for x in p])
    assert numpy.allclose(inverse_normal(p), expected, rtol=4e-15, atol=1e-17)
    back = [0.5 * math.erfc(-x / math.sqrt(2)) for x in inverse_normal(p[:400])]
    assert numpy.allclose(back, p[:400], rtol=1e-12, atol=0)


def test_integers_cover_their_range_evenly():
    counts = numpy.bincount(stream().integers(2**16, 10), minlength=10)
    assert counts.size == 10
    assert numpy.abs(counts - 6553.6).max() < 6 * math.sqrt(6553.6 * 0.9)


@pytest.mark.parametrize("high", [0, 2**32 + 1])
def test_integers_refuse_a_range_they_would_skew(high):
    with pytest.raises(ValueError, match="bound"):
        stream().integers(1, high)


def test_a_stream_refuses_other_keys_and_shards():
    for key, shard in [(b"short", 0), (bytes(12), -1), (bytes(12), 2**32)]:
        with pytest.raises(ValueError, match="stream"):
            Stream(key, shard)
