"""The twin of no-flattening alone: every row can fail, its searches find what is known, its networks are exact."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import comb, factorial, prod
from random import Random
from typing import Any

import numpy
import pytest

from lemmata.model import Evidence, LemmataError, Row
from lemmata.running import Experiment, evidence
from lemmata.sampling import Stream
from numerics.expressivity import _no_flattening_few as few
from numerics.expressivity import _no_flattening_ranks as ranks
from numerics.expressivity import _no_flattening_search as search
from numerics.expressivity import no_flattening as twin
from theorems.expressivity import _no_flattening_values as values

P = 2**61 - 1
TWIN = Experiment("module:numerics.expressivity.no_flattening", {}, 0, "no-flattening", "numpy")
VARIANTS = {"one-fewer", "every-activation", "uniform-needs-all", "low-degrees"}


@pytest.fixture(scope="module")
def rows() -> tuple[Row, ...]:
    return TWIN.rows()


def judged(row: Row, shift: Any = 0) -> Evidence:
    """The row against the closed form, which is first moved by ``shift``."""
    return evidence(TWIN, row, lambda name, at: getattr(values, name)(**at) + shift, 1e-6)


def stream(seed: int = 0) -> Stream:
    return Stream.keyed(seed, "no-flattening", "test")


def test_rows_agree_with_the_closed_forms_and_variants_rows_do_not(rows: tuple[Row, ...]) -> None:
    assert {
        row.name: judged(row).verdict
        for row in rows
        if row.variant is None and judged(row).verdict != "consistent"
    } == {}
    refuted = {row.variant for row in rows if row.variant and judged(row).verdict == "refuted"}
    assert refuted == VARIANTS == {row.variant for row in rows if row.variant}


def test_every_row_can_fail(rows: tuple[Row, ...]) -> None:
    """One neuron more or less, or a thousandth of an error, is seen wherever it should be."""
    for row in rows:
        if row.variant is not None:
            continue
        step = 0.05 if row.quantity in ("residual", "l2_lower_bound", "gate_order") else 1
        slack = float(row.value) - float(judged(row).predicted) if row.relation == ">=" else 0.0
        assert judged(row, slack + step).verdict == "refuted", row.name
        if row.relation == "=":
            assert judged(row, -step).verdict == "refuted", row.name


def test_a_tolerance_is_far_below_the_prediction(rows: tuple[Row, ...]) -> None:
    for row in rows:
        seen = judged(row)
        assert seen.tolerance <= 0.011 * abs(seen.predicted) or (
            not seen.predicted and seen.tolerance <= 1e-4
        )
        assert row.relation != ">=" or row.variant or seen.note.startswith("slack") or not seen.predicted


def test_a_tree_of_ones_own() -> None:
    names = {row.name: row.value for row in twin._tree_rows(stream(), 50, numpy)}
    assert names["tree-50"] == values.neurons_deep(50) and "tree-13" not in names
    for n in (0, -1, 257):
        with pytest.raises(LemmataError, match=rf"n = {n} is outside 1\.\.256"):
            next(twin.rows(stream(), numpy, n=n))


# ---------------------------------------------------------------- ranks


def test_primes_are_primes() -> None:
    random = Random(1)
    found = [ranks.prime(random) for _ in range(5)]
    assert {p.bit_length() for p in found} == {61} and len(set(found)) == 5
    assert all(pow(base, p - 1, p) == 1 for p in found for base in range(2, 60))
    for composite in (561, 3215031751, 341550071728321, (2**31 - 1) * (2**19 - 1)):
        assert not all(ranks._passes(composite, base) for base in ranks.WITNESSES)


@pytest.mark.parametrize("size", [1, 4, 7])
def test_ranks_are_those_of_fractions(size: int) -> None:
    random = Random(size)
    rows = [[random.randrange(-3, 4) for _ in range(size)] for _ in range(size)]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    assert ranks.rank(rows, P) == numpy.linalg.matrix_rank(numpy.array(rows, dtype=float))


def test_a_determinant_is_that_of_whole_numbers() -> None:
    assert ranks.determinant([[0, 2, 1], [1, 0, 3], [4, 5, 0]], P) == (2 * 12 + 5) % P
    assert ranks.determinant([[1, 2], [2, 4]], P) == 0


def test_a_rank_is_certain_only_where_enough_moments_vanish() -> None:
    """Random entries make almost every matrix regular: what counts is that no value of the free ones matters."""
    r, random = (2, 1), Random(5)
    assert ranks.certain_rank(lambda: ranks.exact_matrix(r, 7, random, P), P) == 6
    assert ranks.certain_rank(lambda: ranks.exact_matrix(r, 7, random, P, low=1), P) == 5

    def one_more_free() -> ranks.Matrix:
        matrix = ranks.exact_matrix(r, 7, random, P)
        matrix[1][3] = random.randrange(P)
        return matrix

    assert ranks.rank(one_more_free(), P) == 6
    assert ranks.certain_rank(one_more_free, P) == 0
    # x^r alone is known, and nothing of lower degree.
    assert ranks.certain_rank(lambda: [[random.randrange(P) for _ in range(3)] for _ in range(3)], P) == 0


def test_the_pattern_of_zeros_is_what_makes_the_rank() -> None:
    """A network of too few neurons has a matrix of too small a rank; with those of degree |r| free it could be one."""
    r, random = (1, 1, 1), Random(3)
    points = tuple(tuple(random.randrange(1, 50) for _ in r) for _ in range(5))
    net = ranks.Network(points, tuple(random.randrange(1, 50) for _ in points))
    order = sorted(ranks.box(r), key=sum)
    matrix = [
        [net.moment(tuple(a + b - e for a, b, e in zip(s, r, t, strict=True))) for t in order] for s in order
    ]
    assert ranks.rank(matrix, P) == len(points)
    exact = ranks.differences(r)
    matrix = [
        [exact.moment(tuple(a + b - e for a, b, e in zip(s, r, t, strict=True))) for t in order]
        for s in order
    ]
    assert ranks.rank(matrix, P) == len(exact.points)


@pytest.mark.parametrize("r", [(1,), (2, 1), (1, 1, 1)])
def test_a_network_that_is_not_exact_counts_as_none(r: ranks.Multi) -> None:
    net = ranks.differences(r)
    assert ranks.neurons_that_do(net, r) == prod(e + 1 for e in r)
    assert ranks.neurons_that_do(ranks.without_origin(net), r) == 0, "degree 0 needs the neuron or the bias"
    for k in range(len(net.weights)):
        wrong = tuple(w + (i == k) for i, w in enumerate(net.weights))
        assert ranks.neurons_that_do(replace(net, weights=wrong), r) == 0


def test_half_the_signs_are_wrong_in_one_degree_only() -> None:
    """All moments up to degree n, but for that of x_2 .. x_n."""
    net = ranks.half_signs(4)
    wrong = {al for al in ranks.multi_indices(4, 4) if net.moment(al) != (8 if al == (1, 1, 1, 1) else 0)}
    assert wrong == {(0, 1, 1, 1)}
    assert [few.neurons_at_a_zero(n, numpy) for n in few.FLAT] == [1, 2, 4, 8]


def test_elsewhere_half_the_signs_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(few, "FLAT", {3: ("logistic", 0.5, 0.7)})
    assert few.neurons_at_a_zero(3, numpy) == 0
    monkeypatch.setattr(few, "WEIGHT", 3)
    assert few.neurons_of_waves(3, stream()) == 4, "the bound 2/3^3 on the waves holds for small weights too"


def test_mixed_derivatives_of_the_product_are_a_permutation() -> None:
    matrix = ranks.mixed(prod, 4, 2)
    assert sorted(map(sum, matrix)) == [1] * 6 and sorted(x for row in matrix for x in row)[:30] == [0] * 30
    ridge = ranks.mixed(lambda x: (x[0] + 2 * x[1] - 3 * x[2]) ** 3, 3, 1)
    assert ranks.rank(ridge, P) == 1
    assert ridge[0][0] == factorial(3) * 2, "the derivative by x_0, x_0 and x_1"


# ---------------------------------------------------------------- searches


@pytest.mark.parametrize(
    ("loss", "size"),
    [(search.squares(3, 4), 16), (search.squares(2, 3, search.low_degrees(2)), 9), (search.ridges(3, 2), 6)],
)
def test_slopes_are_those_of_the_losses(loss: search.Loss, size: int) -> None:
    at, step = numpy.random.default_rng(2).normal(size=size), 1e-6
    differences = [(loss(at + step * e)[0] - loss(at - step * e)[0]) / (2 * step) for e in numpy.eye(size)]
    assert loss(at)[1] == pytest.approx(numpy.array(differences), rel=1e-5, abs=1e-6)


def test_the_loss_is_the_sum_over_all_pairs_of_subsets() -> None:
    n, rng = 3, numpy.random.default_rng(3)
    a, w = rng.normal(size=(4, n)), rng.normal(size=4)
    bits = list(product((0, 1), repeat=n))
    total = low = 0.0
    for s, t in product(bits, bits):
        al = numpy.add(s, t)
        off = float(w @ (a**al).prod(axis=1)) - float((al == 1).all())
        total += off**2
        low += off**2 * (al.sum() <= n)
    theta = numpy.concatenate([a.ravel(), w])
    assert search.squares(n, 4)(theta)[0] == pytest.approx(total)
    assert search.squares(n, 4, search.low_degrees(n))(theta)[0] == pytest.approx(low)
    assert search.low_degree_residual_at(a) <= low


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_seed_finds_the_minima(seed: int) -> None:
    assert list(search.least_residuals(2, stream(seed))) == pytest.approx([3, 2, 1, 0], abs=1e-4)


def test_the_ridge_error_is_that_of_samples() -> None:
    """The best two ridge functions found by regression on Hermite polynomials of many normal numbers."""
    directions = numpy.array([[1.0, 0.5, -0.3], [0.2, -1.0, 0.7]])
    expected = search.ridges(3, 2)(directions.ravel())[0]
    z = stream().normal((400_000, 3))
    unit = directions / numpy.linalg.norm(directions, axis=1, keepdims=True)
    along = z @ unit.T
    features = numpy.concatenate([along**3, along**2, along, numpy.ones((len(z), 1))], axis=1)
    target = z.prod(axis=1)
    weights = numpy.linalg.lstsq(features, target, rcond=None)[0]
    assert float(((features @ weights - target) ** 2).mean()) == pytest.approx(expected, abs=0.02)
    assert expected < 0.98


def test_all_directions_of_signs_leave_no_error() -> None:
    signs = numpy.array(ranks.half_signs(4).points, dtype=float)
    assert search.ridges(4, 8)(signs.ravel())[0] == pytest.approx(0.0, abs=1e-12)
    assert 1 - Fraction(8, comb(4, 2)) < 0, "there the bound says nothing"


def test_low_degrees_alone_are_fitted_ever_better() -> None:
    signs = numpy.array(ranks.half_signs(3).points, dtype=float)
    errors = [search.low_degree_residual_at(size * signs) for size in (1, 10, 100, 1000)]
    assert errors == pytest.approx([8 / 3, 4 / 100.5, 4 / 10_001, 4 / 1_000_001], rel=1e-2)
