"""Ranks and tables of no-flattening in whole numbers: what a network of one hidden layer would have to satisfy.

A moment L(al) = sum_j w_j prod_i a_ji^al_i is known where the network is fixed and random where it is free; ranks are
taken modulo a random prime of 61 bits, which random entries meet by chance once in 10^16.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from math import comb, prod
from random import Random

Multi = tuple[int, ...]
Matrix = list[list[int]]
BITS = 61
WITNESSES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)


def prime(random: Random) -> int:
    """A random prime of 61 bits."""
    while True:
        found = random.getrandbits(BITS) | 1 | 1 << BITS - 1
        if all(_passes(found, base) for base in WITNESSES):
            return found


def _passes(odd: int, base: int) -> bool:
    """Miller and Rabin's test, which these twelve bases decide for every number of 61 bits."""
    power = odd - 1
    while power % 2 == 0:
        power //= 2
    x = pow(base, power, odd)
    while power < odd - 1 and x not in (1, odd - 1):
        x, power = x * x % odd, 2 * power
    return x == odd - 1 or (x == 1 and power % 2 == 1)


def echelon(rows: Iterable[Sequence[int]], p: int) -> tuple[Matrix, list[int]]:
    """The reduced rows modulo ``p`` and the columns of their leading ones."""
    rest = [[x % p for x in row] for row in rows]
    done: Matrix = []
    pivots: list[int] = []
    for column in range(len(rest[0])):
        at = next((k for k, row in enumerate(rest) if row[column]), None)
        if at is None:
            continue
        lead = rest.pop(at)
        inverse = pow(lead[column], -1, p)
        lead = [x * inverse % p for x in lead]
        done = [_less(row, lead, column, p) for row in done]
        rest = [_less(row, lead, column, p) for row in rest]
        done.append(lead)
        pivots.append(column)
        if not rest:
            break
    return done, pivots


def _less(row: list[int], lead: list[int], column: int, p: int) -> list[int]:
    times = row[column]
    return [(x - times * y) % p for x, y in zip(row, lead, strict=True)] if times else row


def rank(rows: Iterable[Sequence[int]], p: int) -> int:
    """The rank modulo ``p``."""
    return len(echelon(rows, p)[1])


@dataclass
class Moments:
    """Moments by multi-index: those that ``known`` gives, and random ones, drawn once each, where it is silent."""

    random: Random
    p: int
    known: Callable[[Multi], int | None]
    drawn: dict[Multi, int] = field(default_factory=dict[Multi, int])

    def __call__(self, al: Multi) -> int:
        value = self.known(al)
        if value is None:
            value = self.drawn.setdefault(al, self.random.randrange(self.p))
        return value


def box(r: Multi) -> list[Multi]:
    """All multi-indices between 0 and r."""
    return list(product(*(range(e + 1) for e in r)))


def certain_rank(completed: Callable[[], Matrix], p: int) -> int:
    """The size of a matrix whose determinant is not 0 whatever its free entries are, else 0.

    Random entries almost always make a matrix regular. That it cannot be otherwise shows where the determinant, a
    polynomial in the free entries, is the same number for two independent draws of all of them.
    """
    one, other = determinant(completed(), p), determinant(completed(), p)
    return len(completed()) if one == other != 0 else 0


def determinant(rows: Matrix, p: int) -> int:
    """The determinant modulo ``p``."""
    rest, value = [[x % p for x in row] for row in rows], 1
    for column in range(len(rows)):
        at = next((k for k, row in enumerate(rest) if row[column]), None)
        if at is None:
            return 0
        lead = rest.pop(at)
        value = value * lead[column] * (-1) ** at % p
        inverse = pow(lead[column], -1, p)
        rest = [_less(row, [x * inverse % p for x in lead], column, p) for row in rest]
    return value


def exact_matrix(r: Multi, c: int, random: Random, p: int, low: int = 0) -> Matrix:
    """L at s + r - t for s, t up to r, of a network that is c x^r in the degrees ``low`` to |r|, and free beyond."""
    order = sorted(box(r), key=sum)[low:]

    def known(al: Multi) -> int | None:
        return c if al == r else 0 if low <= sum(al) <= sum(r) else None

    moment = Moments(random, p, known)
    return [[moment(tuple(a + b - e for a, b, e in zip(s, r, t, strict=True))) for t in order] for s in order]


def free_bias_matrix(n: int, random: Random, p: int) -> Matrix:
    """The same for neurons of any bias: of their moments those of one degree alone are known.

    The derivative in x_n of sum_j c_j (a_j . x)^n is a multiple of x_1 .. x_(n-1); only neurons with a_jn != 0 are
    left in it, so exponents of x_n may be negative, and those moments are free.
    """
    sets = sorted(product((0, 1), repeat=n - 1), key=sum)
    goal = (*(1 for _ in range(n - 1)), 0)
    moment = Moments(random, p, lambda al: None if al[-1] < 0 else int(al == goal))

    def index(s: Multi, t: Multi) -> Multi:
        return (*(1 + a - b for a, b in zip(s, t, strict=True)), sum(t) - sum(s))

    return [[moment(index(s, t)) for t in sets] for s in sets]


# ---------------------------------------------------------------- networks


@dataclass(frozen=True, slots=True)
class Network:
    """Input weights, one row a neuron, and output weights."""

    points: tuple[Multi, ...]
    weights: tuple[int, ...]

    def moment(self, al: Multi) -> int:
        powers = (prod(x**e for x, e in zip(a, al, strict=True)) for a in self.points)
        return sum(w * power for w, power in zip(self.weights, powers, strict=True))


def differences(r: Multi) -> Network:
    """Finite differences of order r_i in every input."""
    points = tuple(box(r))
    return Network(points, tuple(_difference(r, s) for s in points))


def _difference(al: Multi, s: Multi) -> int:
    return prod((-1) ** (a - b) * comb(a, b) for a, b in zip(al, s, strict=True))


def without_origin(net: Network) -> Network:
    """The neuron without input weights left out: a constant, which an output bias can be."""
    kept = [(a, w) for a, w in zip(net.points, net.weights, strict=True) if any(a)]
    return Network(tuple(a for a, _ in kept), tuple(w for _, w in kept))


def half_signs(n: int) -> Network:
    """The points (1, +-1, .., +-1), each weighted by the product of its signs."""
    points = tuple((1, *s) for s in product((1, -1), repeat=n - 1))
    return Network(points, tuple(map(prod, points)))


def multi_indices(n: int, degree: int) -> list[Multi]:
    """Those of at most that degree."""
    return [al for al in product(range(degree + 1), repeat=n) if sum(al) <= degree]


def neurons_that_do(net: Network, r: Multi, *, output_bias: bool = False) -> int:
    """How many neurons ``net`` has if it is a multiple of x^r through degree |r|, else 0."""
    free = (0,) * len(r) if output_bias else None
    table = {al: net.moment(al) for al in multi_indices(len(r), sum(r)) if al != free}
    wrong = any(value for al, value in table.items() if al != r)
    return 0 if wrong or not table[r] else len(net.points)


# ---------------------------------------------------------------- mixed derivatives


def mixed(f: Callable[[Multi], int], n: int, k: int) -> Matrix:
    """The derivatives D^(S+T) f, |S| = k, |T| = n - k, of a polynomial of degree n, as its differences at 0."""

    def entry(s: tuple[int, ...], t: tuple[int, ...]) -> int:
        al = tuple((i in s) + (i in t) for i in range(n))
        return sum(_difference(al, at) * f(at) for at in box(al))

    columns = list(combinations(range(n), n - k))
    return [[entry(s, t) for t in columns] for s in combinations(range(n), k)]


def ridges_needed(n: int, random: Random, p: int) -> int:
    """How many random ridge polynomials it takes until their mixed derivatives have the rank of the product's."""
    k, net = n // 2, [(_direction(n, random), _polynomial(n, random))]
    whole = rank(mixed(prod, n, k), p)

    def f(x: Multi) -> int:
        return sum(_horner(g, sum(a * b for a, b in zip(d, x, strict=True))) for d, g in net)

    while rank(mixed(f, n, k), p) < whole:
        net.append((_direction(n, random), _polynomial(n, random)))
    return len(net)


def _direction(n: int, random: Random) -> Multi:
    return tuple(random.randrange(1, 10**6) for _ in range(n))


def _polynomial(degree: int, random: Random) -> Multi:
    return tuple(random.randrange(1, 10**6) for _ in range(degree + 1))


def _horner(coefficients: Multi, z: int) -> int:
    value = 0
    for c in coefficients:
        value = value * z + c
    return value
