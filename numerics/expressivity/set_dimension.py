r"""Twin of expressivity.set_dimension: multisets that collide, and codes that are read again.

Maps.     Random tanh networks of one variable; Newton's method on a sphere finds two multisets with equal sums. How
          far these are from equal, how far apart the multisets are, and their maxima, are rows of their own.
Grids.    All multisets of small naturals: how many vectors of power sums they have, and the smallest pair that agrees.
Roots.    Power sums that are a little off give the coefficients of a polynomial, and its roots another multiset.
Range.    A table over the values of one sum, each entry half way between the extremes seen: none could err less.
Maximum.  t log sum exp(x/t) of drawn numbers.
Digits.   All bounded multiplicities of a few elements, and drawn ones of more, coded and read again by division.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lemmata.model import LemmataError, Row
from lemmata.sampling import Stream, to_host
from numerics.expressivity._set_dimension_maps import NEAR, RADIUS, Map, Powers, collide, mean_value
from numerics.expressivity._set_dimension_roots import apart, recovered
from numerics.expressivity._set_dimension_search import (
    determinant,
    distinct,
    grid,
    least_dimension,
    smallest_pair,
    sums,
    table_error,
    taken_away,
)

MAPS, DRAWN, BINS, SIZE, ELEMENTS = 20, 4096, 256, 5, 12
# B: of how many elements all multisets of multiplicities up to B - 1 are coded.
CODED = {2: 12, 4: 6, 10: 5}
# Multisets of so many elements are drawn besides: their codes are integers below 10^18, which int64 holds.
MULTISETS, LONG, BASE = 100_000, 18, 10
# N: the part that states the pair of N + 1 naturals.
PAIRS = {1: "c", 2: "c'", 3: "c''", 4: "c", 5: "c"}
GRIDS = {2: 20, 3: 12, 4: 8}
# M: numbers up to which two multisets agree in M - 1 power sums.
COLLIDING = {2: 4, 3: 6, 4: 8}
SMALLEST, LARGEST, SHARPEST = 2, 8, 1e-6
# How far power sums are off, and how small the numbers of pairs become that agree in all but the last.
OFF, SCALE = 1e-6, Fraction(1, 64)
# Numbers up to 1 + 10 log 5 are added up, each with a rounding error of 2^-52 of its size.
SUMMED = 128 * 2.0**-52
# What rounding does to the distance of two multisets of at most eight numbers below 1, each written in order.
PLACED = 2.0**-50
Counts = NDArray[np.int64]


def rows(rng: Stream, xp: Any, *, M: int = 6, t: float = 0.1) -> Iterator[Row]:
    """The rows of the experiment: collisions up to ``M`` elements, and the smooth maximum at the temperature ``t``.

    Raises LemmataError for M outside 2..8 and t outside [1e-6, 10].
    """
    if not SMALLEST <= M <= LARGEST:
        raise LemmataError(
            f"M = {M} is outside {SMALLEST}..{LARGEST}: collisions are sought of so many numbers"
        )
    if not SHARPEST <= t <= 10:
        raise LemmataError(f"t = {t} is outside [{SHARPEST}, 10], where exp(x/t) is a number")
    yield from _grids()
    yield from _pairs(rng.spawn("pairs"))
    yield from _continuous(rng.spawn("roots"))
    for size in range(SMALLEST, M + 1):
        yield from _collisions(size, rng.spawn(f"maps {size}"))
    yield from _range(rng.spawn("range"))
    yield from _smooth(t, rng.spawn("smooth"))
    yield from _digits(rng.spawn("digits"))
    yield _numbers(rng.spawn("numbers"))


# ---------------------------------------------------------------- integers


def _grids() -> Iterator[Row]:
    """Vectors of power sums of all multisets: of M numbers, and of at most M."""
    for M, R in GRIDS.items():
        yield _row(f"grid-{M}", "a'", "multisets", {"M": M, "R": R}, distinct(grid(M, R), M))
    M, R = 3, GRIDS[3]
    fewer = distinct(grid(M, R), M - 1)
    yield _row("grid-fewer", "a'", "multisets", {"M": M, "R": R}, fewer, variant="fewer-sums")
    at = {"M": M, "R": 6}
    several = [X for size in range(M + 1) for X in grid(size, 6)]
    yield _row("sizes", "a", "multisets_up_to", at, distinct(several, M, first=0))
    yield _row("sizes-unpadded", "a", "multisets_up_to", at, distinct(several, M), variant="unpadded")
    X = (0, 3, 4, 7)
    derivatives = [[k * x ** (k - 1) for x in X] for k in range(1, len(X) + 1)]
    yield _row("jacobian", "a'", "jacobian", {"X": X}, determinant(derivatives))
    for M, R in COLLIDING.items():
        yield _row(f"dimension-{M}", "c", "min_latent_dimension", {"M": M}, least_dimension(M, R))


def _pairs(stream: Stream) -> Iterator[Row]:
    """The smallest pairs; then the same, with elements that both share, taken away again."""
    for N, part in PAIRS.items():
        X, Y = smallest_pair(N)
        yield _row(f"pair-{N}", part, "collision_height", {"N": N}, max(*X, *Y))
        highest, at = max(*X, *Y), {"X": X, "Y": Y}
        yield _row(f"table-{N}", part, "sup_error_lower_bound", at, table_error(N, highest), relation=">=")
        left: list[int] = []
        for k in range(MAPS):
            drawn = to_host(stream.spawn(f"{N} {k}").integers(4, highest + 9))
            shared = tuple(int(e) for e in drawn)
            one, other = taken_away((*X, *shared), (*Y, *shared))
            agree = sums(one, N) == sums(other, N) and max(one) != max(other)
            left.append(max(*one, *other) if agree else 0)
        yield _row(f"taken-away-{N}", "b", "collision_height", {"N": N}, min(left))


# ---------------------------------------------------------------- continuous maps


def _collisions(M: int, stream: Stream) -> Iterator[Row]:
    """Twenty maps into M - 1 dimensions, a pair for each, and none for M powers."""
    pairs = []
    for k in range(MAPS):
        own = stream.spawn(str(k))
        pairs.append(collide(Map.drawn(own, M - 1), M, own))
    without = [M - 1] if not all(pair.found for pair in pairs) else []
    without += [M] if not collide(Powers(M), M, stream.spawn("powers")).found else []
    # The least dimension in which a map was seen that confuses no pair; more than M if there was none.
    yield _row(f"collisions-{M}", "c", "min_latent_dimension", {"M": M}, min([*without, M + 1]))
    residual, nearest = max(pair.residual for pair in pairs), min(pair.distance for pair in pairs)
    yield _row(f"residual-{M}", "c", "sum_difference", {}, residual, tolerance=NEAR)
    at = {"radius": RADIUS}
    yield _row(f"separation-{M}", "c", "collision_distance", at, nearest, tolerance=PLACED)
    # The pair whose maxima rounding could most easily have parted, in all of the M - 1 sums at once.
    least = min(pairs, key=lambda pair: pair.maxima * pair.slope)
    off = {"residual": NEAR * (M - 1) ** 0.5, "slope": least.slope}
    yield _row(f"maxima-{M}", "c", "rounding_separation", off, least.maxima, relation=">=")


def _continuous(stream: Stream) -> Iterator[Row]:
    """How far multisets move if their power sums do: drawn ones, and small ones that agree in all sums but the last."""
    drawn = np.asarray(to_host(stream.uniform((MAPS, SIZE))))
    signs = np.asarray(to_host(stream.signs(MAPS, SIZE)))
    worst, size = 0.0, 1.0
    for X, sign in zip(drawn, signs, strict=True):
        roots = recovered([float(np.sum(X**k) + OFF * s) for k, s in enumerate(sign, 1)])
        worst, size = max(worst, apart(X, roots)), max(size, float(np.max(np.abs(roots))))
    # The roots may be complex, and a little outside of the unit circle.
    at = {"M": SIZE, "gap": OFF, "size": size}
    yield _row("off", "a''", "multiset_distance", at, worst, relation="<=")
    for M in GRIDS:
        pair = [[SCALE * e for e in multiset] for multiset in smallest_pair(M - 1)]
        one, other = ([sum((e**k for e in X), Fraction(0)) for k in range(1, M + 1)] for X in pair)
        gap = max(abs(a - b) for a, b in zip(one, other, strict=True))
        moved = apart(*(recovered([float(s) for s in found]) for found in (one, other)))
        yield _row(f"near-{M}", "a''", "multiset_distance", {"M": M, "gap": gap}, moved, relation="<=")


def _range(stream: Stream) -> Iterator[Row]:
    """The best table over the values of one sum; and the constant 1/2."""
    phi = Map.drawn(stream.spawn("map"), 1)
    drawn = np.asarray(to_host(stream.uniform((DRAWN, SIZE))))
    one = np.zeros(SIZE)
    one[0] = 1.0
    multisets = np.vstack([drawn, one, np.full(SIZE, mean_value(phi, SIZE))])
    sums = np.sum(phi(multisets.ravel()).reshape(multisets.shape), axis=1)
    ranges = np.max(multisets, axis=1) - np.min(multisets, axis=1)
    # The two last sums are the same up to rounding: the bins are laid so that it does not part them.
    width = (np.max(sums) - np.min(sums)) / BINS
    places = np.floor((sums - sums[-1]) / width + 0.5).astype(np.int64)
    worst = max(float(np.ptp(ranges[places == place])) for place in np.unique(places)) / 2
    yield _row("range-table", "d", "range_error", {}, worst, relation=">=")
    share = [Fraction(float(r)) for r in ranges]
    squared = max((r - Fraction(1, 2)) ** 2 for r in share)
    yield _row("range-constant", "d'", "squared_constant_error", {}, squared)


def _smooth(t: float, stream: Stream) -> Iterator[Row]:
    """How far the smooth maximum is above the largest of drawn numbers, and of numbers that are equal.

    The sum is built number by number, log(e^a + e^b) by NumPy's own function; no largest is taken off first.
    """
    drawn = np.asarray(to_host(stream.uniform((DRAWN, SIZE))))
    equal = np.repeat(drawn[:, :1], SIZE, axis=1)
    above, level = (t * np.logaddexp.reduce(x / t, axis=1) - np.max(x, axis=1) for x in (drawn, equal))
    at = {"M": SIZE, "t": t}
    least, most = float(np.min(above)), float(np.max(above))
    # As far above as where there is one number alone, at the least.
    alone = {"M": 1, "t": t}
    yield _row("smooth-least", "e", "smooth_max_error", alone, least, relation=">=", tolerance=SUMMED)
    yield _row("smooth-most", "e'", "smooth_max_error", at, most, relation="<=", tolerance=SUMMED)
    for end, value in (("least", np.min(level)), ("most", np.max(level))):
        yield _row(f"equal-{end}", "e'", "smooth_max_error", at, float(value), tolerance=SUMMED)


# ---------------------------------------------------------------- digits


def _digits(stream: Stream) -> Iterator[Row]:
    """Codes of all bounded multiplicities, as integers: B to the number of elements times the sum of B^-k."""
    for B, n in CODED.items():
        at = {"highest": B - 1, "n": n}
        yield _row(f"round-trips-{B}", "f", "bounded_multisets", at, _read_again(B, _bounded(**at)))
    at = {"highest": 4, "n": CODED[4]}
    full = _read_again(4, _bounded(**at))
    yield _row("full-digits", "f", "bounded_multisets", at, full, variant="full-digits")
    drawn = np.asarray(to_host(stream.spawn("drawn").integers((MULTISETS, LONG), BASE)))
    yield _row("round-trips-drawn", "f", "round_trips", {"drawn": MULTISETS}, _read_again(BASE, drawn))
    for B in CODED:
        yield from _one_by_one(B, stream.spawn(f"code {B}"))


def _one_by_one(B: int, stream: Stream) -> Iterator[Row]:
    """The code of a drawn multiset, its elements added up one by one, and what that says of its most frequent one."""
    counts = tuple(int(c) for c in to_host(stream.integers(ELEMENTS, B)))
    each = (Fraction(1, B**k) for k, count in enumerate(counts, 1) for _ in range(count))
    code, most = sum(each, Fraction(0)), max(counts)
    yield _row(f"code-{B}", "f", "encode", {"B": B, "counts": counts}, code)
    asked = {"B": B, "value": code, "element": counts.index(most) + 1}
    yield _row(f"decode-{B}", "f", "decode", asked, most)


def _bounded(highest: int, n: int) -> Counts:
    """All multisets of n elements, each up to ``highest`` times: their multiplicities, int64 (multisets, n)."""
    return np.indices((highest + 1,) * n, dtype=np.int64).reshape(n, -1).T


def _read_again(B: int, counts: Counts) -> int:
    """How many of the multisets come back from their codes to the base B."""
    places = np.arange(counts.shape[1])[::-1]
    code = counts @ B**places
    found = np.empty_like(counts)
    for k in places:
        code, found[:, k] = np.divmod(code, B)
    return int(np.sum(np.all(found == counts, axis=1) & (code == 0)))


def _numbers(stream: Stream) -> Row:
    """The largest of K + 1 different numbers below 2K + 2, at its smallest over draws and the first K + 1."""
    K = 6
    keys = np.asarray(to_host(stream.uniform((DRAWN, 2 * K + 2))))
    drawn = np.argsort(keys, axis=1)[:, : K + 1]
    least = min(int(np.min(np.max(drawn, axis=1))), max(range(K + 1)))
    return _row("numbers", "f'", "largest_number", {"K": K}, least, relation=">=")


def _row(name: str, part: str, quantity: str, at: dict[str, Any], value: Any, **others: Any) -> Row:
    exact = Fraction(value) if isinstance(value, int) else value
    return Row(
        name=name, quantity=quantity, at=at, part=part, kind="exact", value=exact, grade="exact", **others
    )
