"""Another array namespace gives the digits of NumPy: a strict one on any machine, CuPy where there is a device.

``pytest -m gpu`` runs the same checks on CuPy, and skips them where it is not installed.
"""

import importlib
from fractions import Fraction

import numpy
import pytest

from lemmata.model import LemmataError
from lemmata.sampling import (
    AssumptionViolated,
    Stream,
    bin_counts,
    inverse_normal,
    namespace,
    parity,
    philox4x32,
    resolve,
    to_host,
    walsh_hadamard,
)
from numerics.hardness import parity_gradient as twin

# Logarithms of a device may differ in the last place, and the tails of the normal quantile pass it on.
NORMAL = 1e-13
INTEGERS = {
    "words": lambda s: s.words(4099),
    "signs": lambda s: s.signs(37, 70),
    "bits": lambda s: s.bits(37, 70),
    "octets": lambda s: s.octets(999),
    "parity of words": lambda s: parity(s.words(999), s.xp),
    "parity of octets": lambda s: parity(s.octets(999), s.xp),
    "integers": lambda s: s.integers((17, 19), 10**6),
    "uniform": lambda s: s.uniform((17, 19)),
    "spawned": lambda s: s.spawn("other").words(5),
    "transform": lambda s: walsh_hadamard(s.integers((3, 2**10), 2001) - 1000),
    "long transform": lambda s: walsh_hadamard(s.integers((2, 2**13), 2001) - 1000),
    "large transform": lambda s: walsh_hadamard(s.integers(2**6, 2**32) << 24),
}


@pytest.fixture(params=["array_api_strict", pytest.param("cupy", marks=pytest.mark.gpu)])
def xp(request):
    if request.param == "cupy":
        pytest.importorskip("cupy")
        return resolve("cupy").xp
    return importlib.import_module(request.param)


def streams(label, xp):
    return Stream.keyed(3, "namespaces", label), Stream.keyed(3, "namespaces", label, 0, xp)


@pytest.mark.parametrize("draw", INTEGERS.values(), ids=INTEGERS)
def test_integers_agree_bit_for_bit(draw, xp):
    expected, found = map(draw, streams("integers", xp))
    assert namespace(found).__name__ == xp.__name__
    assert str(found.dtype).endswith(expected.dtype.name)
    assert (to_host(found) == expected).all()


def test_philox_agrees_bit_for_bit(xp):
    host, other = streams("counters", xp)
    expected, found = (
        philox4x32(s.xp.reshape(s.words(400), (100, 4)), (7, 2**32 - 1), s.xp) for s in (host, other)
    )
    assert (to_host(found) == expected).all()


def test_normals_agree_to_thirteen_digits(xp):
    expected, found = (s.normal(4096) for s in streams("normal", xp))
    assert to_host(found) == pytest.approx(expected, rel=NORMAL, abs=0)
    tails = numpy.concatenate([numpy.logspace(-300, -0.4, 200), 1 - numpy.logspace(-15, -0.4, 200)])
    found = to_host(inverse_normal(xp.asarray(tails), xp))
    assert found == pytest.approx(inverse_normal(tails), rel=NORMAL, abs=0)


@pytest.mark.parametrize("precision", ["float64", "float32"])
def test_transforms_of_floats_agree_to_rounding(xp, precision):
    values = Stream.keyed(3, "namespaces", "floats").uniform((2, 2**8)).astype(precision)
    found, expected = walsh_hadamard(xp.asarray(values)), walsh_hadamard(values)
    assert str(found.dtype).endswith(precision)
    scale = numpy.finfo(precision).eps * values.sum(axis=1).max()
    assert numpy.abs(to_host(found) - expected).max() <= 4 * scale


@pytest.mark.parametrize(("support", "lattice"), [((-1.0, 3.0), None), ((-1.0, 3.0), 0.25)])
def test_histograms_agree_count_for_count(xp, support, lattice):
    host, other = streams("histogram", xp)
    counts = []
    for s in (host, other):
        values = s.xp.astype(s.integers(5000, 17), s.xp.float64) / 4 - 1
        if lattice is None:
            values = 0.9 * values + 0.1 * s.uniform(5000)
        counts.append(bin_counts(values, support, lattice, s.spawn("rounding"), cells=64).counts)
    assert all(isinstance(c, numpy.ndarray) and c.sum() == 5000 for c in counts)
    assert (counts[0] == counts[1]).all()


@pytest.mark.parametrize(("bad", "lattice"), [(1.5, None), (float("nan"), None), (0.3, 0.25)])
def test_what_a_row_did_not_declare_is_refused_anywhere(xp, bad, lattice):
    values = xp.asarray([0.0, bad, 1.0], dtype=xp.float64)
    with pytest.raises(AssumptionViolated):
        bin_counts(values, (0.0, 1.0), lattice, streams("bad", xp)[1])


def test_transforms_refuse_the_same_anywhere(xp):
    with pytest.raises(LemmataError, match=r"2\^n"):
        walsh_hadamard(xp.zeros((3,), dtype=xp.float64))
    with pytest.raises(LemmataError, match="int64"):
        walsh_hadamard(xp.asarray([2**62, 1], dtype=xp.int64))


def test_every_row_of_parity_gradient_agrees(xp, monkeypatch):
    """The same rows, exact values to rounding (fractions exactly), and samples counted alike."""
    if xp.__name__ == "array_api_strict":  # slow there, and the twin's own tests run these rows on it too
        monkeypatch.setattr(twin, "_oracle_rows", lambda rng, xp: iter(()))
    host, other = ({row.name: row for row in twin.rows(s, s.xp, n=5, far=3)} for s in streams("rows", xp))
    assert list(host) == list(other)
    for name, row in other.items():
        expected = host[name]
        assert {k: float(v) for k, v in row.at.items()} == pytest.approx(
            {k: float(v) for k, v in expected.at.items()}, rel=1e-12, abs=1e-12
        )
        if isinstance(expected.value, Fraction):
            assert row.value == expected.value
        elif expected.value is not None:
            assert row.value == pytest.approx(expected.value, rel=1e-11, abs=1e-13)
        if expected.sampler is not None:
            first, second = (
                _counts(each, s) for each, s in zip((expected, row), streams(name, xp), strict=True)
            )
            assert (first == second).all()
    assert sum(row.sampler is not None for row in host.values()) >= 6


def _counts(row, stream):
    return bin_counts(row.sampler(stream, 512), row.support, row.lattice, stream.spawn("rounding")).counts
