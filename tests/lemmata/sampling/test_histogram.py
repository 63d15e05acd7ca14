"""Histograms keep the mean, count lattices exactly, and refuse what a row did not declare."""

import numpy
import pytest

from lemmata.model import LemmataError
from lemmata.sampling import CELLS, AssumptionViolated, Stream, bin_counts


def stream(label=""):
    return Stream.keyed(0, "histogram", label)


def test_lattice_values_are_counted_as_they_are():
    values = numpy.array([-1.0, 1.0, 1.0, 0.5])
    binned = bin_counts(values, (-1.0, 1.0), 0.5, stream())
    assert binned.values.tolist() == [0, 0.25, 0.5, 0.75, 1]
    assert binned.counts.tolist() == [1, 0, 0, 1, 2]
    assert binned.counts.dtype == numpy.int64


def test_integer_samples_need_no_rounding():
    binned = bin_counts(numpy.array([-1, 1, 1], dtype=numpy.int8), (-1, 1), 2, stream())
    assert binned.counts.tolist() == [1, 2] and binned.values.tolist() == [0, 1]


def test_values_on_a_cell_are_never_moved():
    values = numpy.array([0.0, 3.0, 3.0 * 17 / CELLS])
    binned = bin_counts(values, (0.0, 3.0), None, stream())
    assert binned.counts[[0, CELLS, 17]].tolist() == [1, 1, 1] and binned.counts.sum() == 3


def test_rounding_keeps_the_mean():
    value = 2 + (1000 + 0.3) / CELLS
    counts = bin_counts(numpy.full(2**18, value), (2.0, 3.0), None, stream()).counts
    assert counts[1000] + counts[1001] == 2**18
    # 0.3 of the values go up; six standard deviations of a binomial.
    assert abs(counts[1001] / 2**18 - 0.3) < 6 * (0.21 / 2**18) ** 0.5


def test_cells_can_be_refined():
    binned = bin_counts(numpy.array([0.123]), (0.0, 1.0), None, stream(), cells=2**16)
    assert binned.counts.size == 2**16 + 1
    assert abs(binned.values[binned.counts.argmax()] - 0.123) <= 2**-16


@pytest.mark.parametrize("bad", [1.0000001, -0.5, float("nan"), float("inf"), -float("inf")])
@pytest.mark.parametrize("lattice", [None, 1.0])
def test_samples_outside_are_refused_never_clipped(bad, lattice):
    with pytest.raises(AssumptionViolated, match="outside the declared support"):
        bin_counts(numpy.array([0.0, bad, 1.0]), (0.0, 1.0), lattice, stream())


def test_samples_off_the_lattice_are_refused():
    with pytest.raises(AssumptionViolated, match="off the lattice"):
        bin_counts(numpy.array([0.0, 0.3]), (0.0, 1.0), 0.25, stream())


@pytest.mark.parametrize(
    ("support", "lattice"),
    [
        ((1, 1), None),
        ((2, 1), None),
        ((0, float("inf")), None),
        ((float("nan"), 1), None),
        ((0, 1), 0.3),
        ((0, 1), -1),
    ],
)
def test_a_support_or_lattice_that_makes_no_sense_is_refused(support, lattice):
    with pytest.raises(LemmataError):
        bin_counts(numpy.array([0.5]), support, lattice, stream())
