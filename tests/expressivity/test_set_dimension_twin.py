"""What the twin of set-dimension measures, and that it would notice."""

from __future__ import annotations

from fractions import Fraction
from math import factorial
from typing import Any

import numpy as np
import pytest

from lemmata.model import LemmataError, Row
from lemmata.sampling import Stream
from numerics.expressivity import set_dimension as twin
from numerics.expressivity._set_dimension_maps import RADIUS, Map, Powers, collide, mean_value
from numerics.expressivity._set_dimension_roots import apart, recovered
from numerics.expressivity._set_dimension_search import (
    determinant,
    distinct,
    grid,
    smallest_pair,
    table_error,
    taken_away,
)
from theorems.expressivity._set_dimension_values import decode, multiset_distance, rounding_separation


def stream(label: str = "twin") -> Stream:
    return Stream.keyed(0, "set-dimension", label)


def rows(**parameters: Any) -> dict[str, Row]:
    return {row.name: row for row in twin.rows(stream(), np, **parameters)}


@pytest.fixture(scope="module")
def found() -> dict[str, Row]:
    return rows(M=3)


@pytest.mark.parametrize("M", [2, 4, 6, 8])
def test_a_random_map_is_confused(M: int) -> None:
    phi = Map.drawn(stream(str(M)), M - 1)
    pair = collide(phi, M, stream(f"{M} starts"))
    assert pair.found
    sums = [phi(multiset).sum(axis=1) for multiset in (pair.X, pair.Y)]
    assert np.abs(sums[0] - sums[1]).max() <= 1e-12
    assert np.linalg.norm(np.sort(pair.X) - np.sort(pair.Y)) >= RADIUS
    assert min(*pair.X, *pair.Y) >= 0 and max(*pair.X, *pair.Y) <= 1


def test_a_map_into_as_many_dimensions_is_not() -> None:
    """M power sums of M numbers: Newton's method on the sphere finds no root, for there is none."""

    pair = collide(Powers(3), 3, stream())
    assert not pair.found and pair.residual > 1e-6


@pytest.mark.parametrize("phi", [Map.drawn(stream(), 3), Powers(3)], ids=["drawn", "powers"])
def test_slopes_are_derivatives(phi: Map | Powers) -> None:
    z, h = np.linspace(0.1, 0.9, 7), 1e-6
    assert phi.slope(z) == pytest.approx((phi(z + h) - phi(z - h)) / (2 * h), rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("size", [2, 5])
def test_the_mean_value_is_found(size: int) -> None:
    phi = Map.drawn(stream("mean"), 1)
    s = mean_value(phi, size)
    ends = phi(np.array([0.0, 1.0, s]))[0]
    assert 0 < s < 1
    assert size * ends[2] == pytest.approx((size - 1) * ends[0] + ends[1], abs=1e-12)


def test_grids_and_pairs() -> None:
    assert (len(grid(2, 20)), len(grid(3, 12))) == (231, 455)
    assert distinct(grid(3, 12), 3) == 455 > distinct(grid(3, 12), 2)
    assert smallest_pair(2) == ((0, 3, 3), (1, 1, 4))
    assert smallest_pair(3) == ((0, 3, 4, 7), (1, 1, 6, 6))


def test_what_is_shared_is_taken_away() -> None:
    assert taken_away((0, 3, 3, 9, 9), (1, 1, 4, 9, 9)) == ((0, 0, 0, 3, 3), (0, 0, 1, 1, 4))
    assert taken_away((5, 5), (5, 5)) == ((0, 0), (0, 0))


def test_determinants() -> None:
    nodes = (2, 3, 5, 11)
    vandermonde = [[x**k for x in nodes] for k in range(4)]
    assert determinant(vandermonde) == round(np.linalg.det(np.array(vandermonde, dtype=float)))
    assert determinant([[2, 4], [1, 2]]) == 0


def test_the_rows_of_false_variants_fail(found: dict[str, Row]) -> None:
    assert found["grid-fewer"].value < found["grid-3"].value == 455
    assert found["sizes-unpadded"].value < found["sizes"].value
    assert found["full-digits"].value == found["round-trips-4"].value == 4**6 < 5**6


def test_multisets_come_back_from_their_sums() -> None:
    X = np.array([0.1, 0.25, 0.7, 0.95])
    sums = [float(np.sum(X**k)) for k in range(1, 5)]
    assert apart(X, recovered(sums)) < 1e-9
    assert apart(np.array([0.0, 1.0]), np.array([0.25])) == 0.75


@pytest.mark.parametrize("seed", range(3))
def test_a_map_that_is_not_continuous_would_be_seen(seed: int) -> None:
    """Sums that are off move multisets within the bound, by far more than the sums are off."""
    rows = {row.name: row for row in twin._continuous(Stream.keyed(seed, "set-dimension", "roots"))}
    assert all(float(row.value) <= multiset_distance(**row.at) for row in rows.values())
    narrow = [{**row.at, "gap": row.at["gap"] ** 2} for row in rows.values()]
    assert not any(
        float(r.value) <= multiset_distance(**at) for r, at in zip(rows.values(), narrow, strict=True)
    )
    # A multiset of four small numbers agrees in three sums with one that is an eighth of its height away.
    assert rows["near-4"].at["gap"] < 1e-4 < rows["near-4"].value


@pytest.mark.parametrize("M", [1, 2, 4, 6])
@pytest.mark.parametrize("gap", [1e-8, 1e-3, 1.0])
def test_complex_roots_outside_of_the_unit_circle_are_as_near_as_is_said(M: int, gap: float) -> None:
    """Each polynomial at the roots of the other, which is what the distance is the root of."""
    own, largest = stream(f"{M} {gap}"), 0.0
    for X, signs in zip(own.uniform((50, M)), own.signs(50, M), strict=True):
        roots = recovered([float(np.sum(X**k) + gap * s) for k, s in enumerate(signs, 1)])
        size = max(1.0, float(np.max(np.abs(roots))))
        bound = float(multiset_distance(M, gap, size))
        products = np.abs(np.prod(np.subtract.outer(roots, X), axis=1))
        assert apart(X, roots) <= bound * (1 + 1e-6) and np.all(products <= bound**M * (1 + 1e-6))
        largest = max(largest, float(np.max(products)) / bound**M)
    assert largest > 0.01


def test_a_dimension_in_which_a_map_confuses_nothing_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert next(twin._collisions(3, stream())).value == 3
    monkeypatch.setattr(Map, "drawn", lambda own, N: Powers(3))
    assert next(twin._collisions(3, stream())).value == 2
    monkeypatch.undo()
    monkeypatch.setattr(twin, "Powers", lambda N: Map.drawn(stream("few"), N - 1))
    assert next(twin._collisions(3, stream())).value == 4


def test_errors_of_the_range_and_of_the_maximum(found: dict[str, Row]) -> None:
    assert found["range-table"].value >= 0.5
    assert found["range-constant"].value == Fraction(1, 4)
    assert 0 < found["smooth-least"].value < found["smooth-most"].value < 0.1 * np.log(5)
    for end in ("least", "most"):
        assert found[f"equal-{end}"].value == pytest.approx(0.1 * np.log(5), rel=1e-12)


@pytest.mark.parametrize("t", [1e-6, 3e-5, 10.0])
def test_equal_numbers_at_the_ends_of_the_temperatures(t: float) -> None:
    for label in "abcdef":
        for row in twin._smooth(t, stream(label)):
            if row.name.startswith("equal"):
                assert abs(float(row.value) - t * np.log(5)) <= row.tolerance < 1e-6 * t * np.log(5)


def test_the_best_table_errs_as_much_as_a_pair_that_collides() -> None:
    assert table_error(2, 4) == Fraction(1, 8)
    assert table_error(2, 3) == 0


def test_pairs_are_far_apart_in_all_but_their_sums(found: dict[str, Row]) -> None:
    assert 0 < found["residual-3"].value <= found["residual-3"].tolerance == 1e-12
    assert found["separation-3"].value == pytest.approx(2 * RADIUS, rel=1e-14)
    row = found["maxima-3"]
    assert 1e6 * rounding_separation(**row.at) < row.value < 2 * RADIUS


@pytest.mark.parametrize("M", [2, 3, 6])
def test_rounding_moves_the_maxima_by_no_more_than_is_said(M: int) -> None:
    """A map whose sums of the pair are made to differ: the pair found anew is within the estimate."""
    phi = Map.drawn(stream(f"moved {M}"), M - 1)
    pair = collide(phi, M, stream(f"moved {M} starts"))
    assert pair.found
    u = (pair.X - pair.Y) / (2 * RADIUS)
    for k in range(20):
        away = u + 1e-6 * stream(f"away {k}").normal(M)
        away /= np.linalg.norm(away)
        centre = (pair.X + pair.Y) / 2
        X, Y = centre + RADIUS * away, centre - RADIUS * away
        residual = float(np.linalg.norm(np.sum(phi(X) - phi(Y), axis=1)))
        moved = abs(np.max(X) - np.max(Y) - np.max(pair.X) + np.max(pair.Y))
        assert residual > 1e-12 and moved <= rounding_separation(residual, pair.slope)


@pytest.mark.parametrize("B", [2, 4, 10])
def test_codes_that_lose_a_digit_would_be_seen(B: int) -> None:
    """Digits up to B - 1 come back, all of them; a multiplicity B in one place does not."""
    counts = twin._bounded(B - 1, 3)
    assert twin._read_again(B, counts) == len(counts) == B**3
    counts[0, 1] = B
    assert twin._read_again(B, counts) == B**3 - 1


@pytest.mark.parametrize("B", [2, 10])
def test_a_code_says_how_often_an_element_is_there(B: int) -> None:
    code, most = twin._one_by_one(B, stream(f"code {B}"))
    assert code.value == most.at["value"] and most.value == code.at["counts"][most.at["element"] - 1] > 0
    assert decode(**most.at) == most.value


def test_the_jacobian_is_that_of_power_sums(found: dict[str, Row]) -> None:
    assert found["jacobian"].value == factorial(4) * 3 * 4 * 7 * 1 * 4 * 3


@pytest.mark.parametrize("parameters", [{"M": 1}, {"M": 9}, {"t": 0.0}, {"t": 1e9}, {"t": float("nan")}])
def test_parameters_outside_are_refused(parameters: dict[str, Any]) -> None:
    with pytest.raises(LemmataError, match="is outside"):
        list(twin.rows(stream(), np, **parameters))
