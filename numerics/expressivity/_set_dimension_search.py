"""Multisets of small naturals, all of them: which have equal power sums, and what is left of a pair."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import combinations_with_replacement

import numpy as np

Multiset = tuple[int, ...]


def grid(M: int, R: int) -> list[Multiset]:
    """All multisets of M numbers from 0, ..., R."""
    return list(combinations_with_replacement(range(R + 1), M))


def sums(X: Multiset, N: int, first: int = 1) -> tuple[int, ...]:
    """The power sums of the powers first, ..., N."""
    return tuple(sum(x**k for x in X) for k in range(first, N + 1))


def distinct(multisets: list[Multiset], N: int, first: int = 1) -> int:
    """How many different vectors of power sums they have."""
    return len({sums(X, N, first) for X in multisets})


def smallest_pair(N: int) -> tuple[Multiset, Multiset]:
    """Two multisets of N + 1 naturals with equal power sums up to N, their largest number as small as possible."""
    largest = 1
    while True:
        found = np.array(grid(N + 1, largest), dtype=np.int64)
        vectors = np.stack([np.sum(found**k, axis=1) for k in range(1, N + 1)], axis=1)
        order = np.lexsort(vectors.T)
        same = np.flatnonzero(np.all(vectors[order[1:]] == vectors[order[:-1]], axis=1))
        if len(same):
            first, second = (found[order[same[0] + k]].tolist() for k in (0, 1))
            return tuple(first), tuple(second)
        largest += 1


def table_error(N: int, largest: int) -> Fraction:
    """The error of the best table for the maximum of N + 1 naturals over the sums of their powers up to N.

    The numbers are divided by the largest; each entry stands half way between the extremes of its multisets.
    """
    maxima: dict[tuple[int, ...], list[int]] = {}
    for X in grid(N + 1, largest):
        maxima.setdefault(sums(X, N), []).append(max(X))
    return Fraction(max(max(found) - min(found) for found in maxima.values()), 2 * largest)


def least_dimension(M: int, R: int) -> int:
    """The least N for which no two multisets of M numbers from 0, ..., R have N equal power sums."""
    multisets = grid(M, R)
    return next(N for N in range(1, M + 1) if distinct(multisets, N) == len(multisets))


def taken_away(X: Multiset, Y: Multiset) -> tuple[Multiset, Multiset]:
    """What is left of both when what they share is taken away, filled up with zeros, the smallest of all numbers."""
    one, other = Counter(X), Counter(Y)
    left, right = (sorted((a - b).elements()) for a, b in ((one, other), (other, one)))
    return (0,) * (len(X) - len(left)) + tuple(left), (0,) * (len(Y) - len(right)) + tuple(right)


def determinant(rows: list[list[int]]) -> int:
    """By minors of the first row: integers stay integers."""
    if not rows:
        return 1
    first, *rest = rows
    minors = ([[*row[:k], *row[k + 1 :]] for row in rest] for k in range(len(first)))
    return sum(
        (-1) ** k * entry * determinant(minor)
        for k, (entry, minor) in enumerate(zip(first, minors, strict=True))
    )
