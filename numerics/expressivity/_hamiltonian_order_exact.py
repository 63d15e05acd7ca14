"""Linear algebra in whole numbers and fractions, and the ranks that count coefficients."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from lemmata.model import Row
from lemmata.sampling import Stream, to_host

Matrix = list[list[Fraction]]
# What values computed in floats may lose, in relation to their size.
ROUNDING = 1e-11


def lost(*terms: float) -> float:
    """What a sum of such terms may lose, however near 0 it is itself."""
    return ROUNDING * (1.0 + sum(map(abs, terms)))


def rank(rows: Iterable[Sequence[Any]]) -> int:
    """The rank of a matrix of whole numbers or fractions, by elimination without rounding."""
    left = [list(map(Fraction, row)) for row in rows]
    found = 0
    while left:
        row = left.pop()
        place = next((k for k, value in enumerate(row) if value), None)
        if place is None:
            continue
        found += 1
        for other in left:
            if other[place]:
                ratio = other[place] / row[place]
                for k in range(place, len(row)):
                    other[k] -= ratio * row[k]
    return found


def solve(columns: Sequence[Sequence[Fraction]], target: Sequence[Fraction]) -> list[Fraction] | None:
    """The weights with which independent columns sum to the target, or None if no weights do."""
    rows = [list(row) for row in zip(*columns, target, strict=True)]
    for k in range(len(columns)):
        place = next(i for i in range(k, len(rows)) if rows[i][k])
        rows[k], rows[place] = rows[place], rows[k]
        rows[k] = [value / rows[k][k] for value in rows[k]]
        for i, row in enumerate(rows):
            if i != k and row[k]:
                rows[i] = [a - row[k] * b for a, b in zip(row, rows[k], strict=True)]
    if any(row[-1] for row in rows[len(columns) :]):
        return None
    return [row[-1] for row in rows[: len(columns)]]


def gram_rank(columns: Sequence[Sequence[int]]) -> int:
    """The rank of many long columns of integers, by that of their Gram matrix."""
    import numpy

    table = numpy.asarray(columns, dtype=object)
    return rank(table @ table.T)


def exponents(n: int, d: int) -> list[tuple[int, ...]]:
    """The exponents of the monomials of degree at most d, by looking at all."""
    return [e for e in product(range(d + 1), repeat=n) if sum(e) <= d]


def monomial_rank(n: int, d: int, letters: Sequence[int]) -> int:
    """How many coefficients of a polynomial of degree d its values on letters^n can tell apart."""
    points = list(product(letters, repeat=n))
    return gram_rank([[_monomial(e, x) for x in points] for e in exponents(n, d)])


def _monomial(e: Sequence[int], x: Sequence[int]) -> int:
    return prod(v**k for v, k in zip(x, e, strict=True))


def local_rank(n: int, k: int) -> int:
    """The same for products of bits whose first and last site are less than k apart; the constant is left out."""
    points = list(product((0, 1), repeat=n))
    chosen = [e for e in points if 0 in e or 1 in e]
    local = [e for e in chosen if any(e) and _diameter(e) < k]
    constant = [1] * len(points)
    return gram_rank([constant, *([_monomial(e, x) for x in points] for e in local)]) - 1


def _diameter(e: Sequence[int]) -> int:
    sites = [i for i, bit in enumerate(e) if bit]
    return sites[-1] - sites[0]


def hamiltonian_rank(stream: Stream, n: int) -> int:
    """The dimension spanned by the Hamiltonians of drawn Gaussians with integer inverse covariances, on {0,1,2}^n."""
    points = list(product(range(3), repeat=n))
    count = len(exponents(n, 2)) + 4
    draws = to_host(stream.integers((count, n * n + n + 1), 7)).tolist()
    return gram_rank([_energies(draw, n, points) for draw in draws])


def _energies(draw: Sequence[int], n: int, points: Sequence[Sequence[int]]) -> list[int]:
    """2H at the points: |B(x - m)|^2 + |x - m|^2 + a constant."""
    factor, mean, constant = draw[: n * n], draw[n * n : -1], draw[-1]
    found: list[int] = []
    for x in points:
        away = [v - m for v, m in zip(x, mean, strict=True)]
        images = [sum(factor[i * n + j] * away[j] for j in range(n)) for i in range(n)]
        found.append(sum(v * v for v in images) + sum(v * v for v in away) + constant)
    return found


def commutant(n: int) -> tuple[int, int]:
    """The dimension of the matrices that commute with the cyclic shift of n places, and of their first columns.

    The second is what is left of the first for those whose first column is 0, taken off.
    """
    units = [(i, j) for i in range(n) for j in range(n)]
    conditions = [_commutator(n, lambda i, j, u=unit: int((i, j) == u)) for unit in units]
    dimension = n * n - rank(conditions)
    without = [row for (_, j), row in zip(units, conditions, strict=True) if j]
    return dimension, dimension - (len(without) - rank(without))


def _commutator(n: int, entry: Callable[[int, int], int]) -> list[int]:
    """AS - SA, S moving place j to place j + 1."""
    return [entry(i, (j + 1) % n) - entry((i - 1) % n, j) for i in range(n) for j in range(n)]


def shifted_images(column: Sequence[int], x: Sequence[int]) -> tuple[list[int], list[int]]:
    """ASx and SAx for the circulant matrix A with that first column."""
    n = len(column)
    matrix = [[column[(i - j) % n] for j in range(n)] for i in range(n)]

    def shifted(v: Sequence[int]) -> list[int]:
        return [v[(i + 1) % n] for i in range(n)]

    def times(v: Sequence[int]) -> list[int]:
        return [sum(row[j] * v[j] for j in range(n)) for row in matrix]

    return times(shifted(x)), shifted(times(x))


def exact_row(name: str, part: str, quantity: str, at: dict[str, Any], value: Any, **others: Any) -> Row:
    """Whole numbers and fractions are compared as such, floats up to rounding."""
    whole = isinstance(value, int | Fraction)
    others.setdefault("relative", 0.0 if whole or "tolerance" in others else ROUNDING)
    found = Fraction(value) if whole else float(value)
    return Row(
        name=name, quantity=quantity, at=at, part=part, kind="exact", value=found, grade="exact", **others
    )
