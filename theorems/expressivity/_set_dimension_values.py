"""The quantities of set-dimension: exact pairs found by search, and multisets read off their codes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import combinations, combinations_with_replacement
from math import comb, factorial, prod
from typing import Any

import sympy as sp

from lemmata.model import LemmataError

# The next smallest pair, for N = 6, has numbers up to 84: too many multisets to look at.
LARGEST_N = 5
LONGEST = 1000
Multiset = tuple[int, ...]


def min_latent_dimension(M: int) -> int:
    """M: fewer dimensions do not represent the maximum; M power sums determine M numbers."""
    return M


def multisets(M: int, R: int) -> int:
    """How many multisets of M numbers from 0, ..., R there are."""
    return comb(R + M, M)


def multisets_up_to(M: int, R: int) -> int:
    """How many multisets of at most M numbers from 0, ..., R there are."""
    return comb(R + 1 + M, M)


@cache
def collision(N: int) -> tuple[Multiset, Multiset]:
    """The pair of N + 1 naturals each, 0 among them, with equal power sums up to N and the smallest largest number.

    Raises LemmataError for N > 5.
    """
    if N > LARGEST_N:
        raise LemmataError(f"N = {N} is too large to search for a smallest pair: take N <= {LARGEST_N}")
    seen: dict[tuple[int, ...], Multiset] = {}
    for one in _by_largest(N + 1):
        key = tuple(sum(e**k for e in one) for k in range(1, N + 1))
        if key in seen:
            first, second = sorted((seen[key], one))
            return first, second
        seen[key] = one
    raise AssertionError("there is a pair for every N <= 5")


def _by_largest(size: int) -> Iterator[Multiset]:
    """All multisets of naturals, those with a smaller largest number first."""
    largest = 0
    while True:
        yield from ((*rest, largest) for rest in combinations_with_replacement(range(largest + 1), size - 1))
        largest += 1


def collision_height(N: int) -> int:
    """The largest number in that pair."""
    return max(max(one) for one in collision(N))


def smooth_max_error(M: int, t: Any) -> Any:
    """t log M."""
    return sp.Rational(t) * sp.log(M)


def sup_error_lower_bound(X: Sequence[Any], Y: Sequence[Any]) -> Any:
    """|max X - max Y|/2 after division by the largest number, for multisets with equal sums.

    Raises LemmataError for sizes that differ, numbers below 0, and two multisets of zeros.
    """
    if len(X) != len(Y):
        raise LemmataError(f"X and Y have the same number of elements, not {len(X)} and {len(Y)}")
    for name, multiset in (("X", X), ("Y", Y)):
        for element in multiset:
            if element < 0:
                raise LemmataError(
                    f"{name} has the element {element}: divided by the largest they lie in [0, 1], so none is below 0"
                )
    largest = max(*X, *Y)
    if largest == 0:
        raise LemmataError("X and Y are zeros alone: give a largest element above 0 to divide by")
    return abs(max(X) - max(Y)) / (2 * largest)


def multiset_distance(M: int, gap: Any, size: Any = 1) -> Any:
    """(M 2^(M-1) gap size^(M-1))^(1/M): that far at most is an element of one from the nearest of the other.

    Here x are M numbers of [0,1], and y are M complex numbers of absolute value at most size, whose power sums up to M
    are within gap <= 1 of those of x. Then prod (1 - y_i s) = prod (1 - x_i s) exp(..), and no coefficient of s^j is
    changed by more than gap sum_(k<j) binom(M, k). So the polynomial of x is at most M 2^(M-1) gap size^(M-1) at each
    y_i, that of y at most M 2^(M-1) gap at each x_i, and a product of M distances is at least the M-th power of the
    smallest. No part claims it.

    Raises LemmataError for a size below 1.
    """
    if size < 1:
        raise LemmataError(f"size = {size} is below 1, the size of the numbers of [0,1]: take size >= 1")
    return sp.root(M * 2 ** (M - 1) * sp.sympify(gap) * sp.sympify(size) ** (M - 1), M)


def collision_distance(radius: Any) -> Any:
    """2 radius, the distance of c + radius u and c - radius u, for |u| = 1 and both in the order of c.

    That such a pair of equal sums is on every small sphere is the theorem of Borsuk and Ulam; no part claims it.
    """
    return 2 * radius


def rounding_separation(residual: Any, slope: Any) -> Any:
    """2 residual / slope: if maxima are farther apart, then so are those of the pair that has equal sums indeed.

    The distance is Euclidean, and by Newton and Kantorovich such a pair is within this distance if second derivatives
    are at most slope^2 / (2 residual) there; which nobody checks, so this is an estimate. No part claims it.
    """
    return 2 * residual / slope


def bounded_multisets(highest: int, n: int) -> int:
    """How many multisets of n elements there are, each at most so many times."""
    return (highest + 1) ** n


def jacobian(X: Sequence[Any]) -> Any:
    """M! times the product of all x_j - x_i, i < j: the determinant of the power sums' derivatives; of no part."""
    return factorial(len(X)) * prod((b - a for a, b in combinations(X, 2)), start=Fraction(1))


def encode(B: int, counts: Sequence[int]) -> Any:
    """The sum of B^-k over a multiset with so many elements of number k = 1, 2, ...

    Raises LemmataError for a multiplicity above B - 1, and for B < 2.
    """
    _require_base(B)
    for k, count in enumerate(counts, 1):
        if count > B - 1:
            raise LemmataError(
                f"element {k} has the multiplicity {count}: base {B} holds at most {B - 1}, take B > {count}"
            )
    return sum((Fraction(count, B**k) for k, count in enumerate(counts, 1)), Fraction(0))


def decode(B: int, value: Any, element: int = 0) -> tuple[int, ...] | int:
    """The multiplicities of the elements 1, 2, ... whose code is the value: its digits to the base B.

    Of one ``element`` above 0, its own. Raises LemmataError for B < 2, for a value outside [0, 1), and for one that no
    finite multiset has.
    """
    _require_base(B)
    code = Fraction(value)
    if not 0 <= code < 1:
        raise LemmataError(f"value = {code} is no code: those of finite multisets lie in [0, 1)")
    found = _digits(B, code)
    if element:
        return found[element - 1] if element <= len(found) else 0
    return found


def _digits(B: int, code: Fraction) -> tuple[int, ...]:
    """The digits behind the point, up to the last that is not 0."""
    rest, whole = code.numerator, code.denominator
    found: list[int] = []
    while rest and len(found) < LONGEST and _finite(B, whole):
        digit, rest = divmod(rest * B, whole)
        found.append(digit)
    if rest:
        raise LemmataError(
            f"value = {code} is no finite sum of powers of 1/{B} with at most {LONGEST} of them"
        )
    return tuple(found)


def _finite(B: int, denominator: int) -> bool:
    """Whether the denominator divides a power of B."""
    return pow(B, denominator.bit_length(), denominator) == 0


def _require_base(B: int) -> None:
    if B < 2:
        raise LemmataError(f"B = {B} has no digits but 0: take B >= 2")
