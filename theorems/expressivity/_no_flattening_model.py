"""Worlds in which the hypotheses of no-flattening hold: differences of monomials, projections, a chain of gates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import product
from math import comb, prod
from random import Random
from typing import Any

EXPONENTS = ((1, 1), (2,), (1,), (1,), (2, 1), (2,))


def model(seed: int) -> Mapping[str, Any]:
    """Exact values of the symbols that the hypotheses speak of."""
    random = Random(seed)
    r = EXPONENTS[seed % len(EXPONENTS)]
    n = len(r)
    points = list(product(*(range(e + 1) for e in r)))
    numbers = {"n": n, "m": len(points), "k": random.randint(0, 3), "x": Fraction(2), "y": Fraction(0)}
    known = {**_network(r, points), **_indices(r, seed), **_tree(2 + seed % 3), **_rows(n, len(points), seed)}
    return {**{name: Fraction(v) for name, v in numbers.items()}, **known, **_space(n, seed)}


def _network(r: tuple[int, ...], points: list[tuple[int, ...]]) -> dict[str, Any]:
    """Differences of order r_i in every input: all moments of degree at most |r| vanish but that of r."""
    weights = [prod((-1) ** (e - p) * comb(e, p) for e, p in zip(r, at, strict=True)) for at in points]

    def weight(k: Any) -> Any:
        return Fraction(weights[int(k)]) if k < len(points) else Fraction(0)

    def input_weight(k: Any, i: Any) -> Any:
        return Fraction(points[int(k)][int(i)]) if k < len(points) else Fraction(0)

    return {"r": _vector(r), "w": weight, "a": input_weight, "s": lambda k: k + 1}


def _indices(r: tuple[int, ...], seed: int) -> dict[str, Any]:
    """Two multi-indices that add up to r, or of lower degree and not 0."""
    n, unit = len(r), tuple(int(i == 0) for i in range(len(r)))
    low = unit if seed % 2 == 0 else (0,) * n
    beta, gamma = (low, (0,) * n) if seed % 4 < 2 else (r, (0,) * n)
    other = next((i for i in range(n) if beta[i] + gamma[i] != r[i]), 0)
    missing = sum(r) - sum(beta) - sum(gamma)
    numbers = {"slack": missing, "place": other, "somewhere": 0, "l": n - 1, "lo": 1, "hi": 1}
    powers = {
        "beta": beta,
        "gamma": gamma,
        "alpha": (2,) + (0,) * (n - 1) if n > 1 else (0,),
        "eta": (1,) * n,
    }
    bits = {"o": lambda i: Fraction((seed >> int(i)) % 2)}
    found = {name: Fraction(v) for name, v in numbers.items()}
    return found | {name: _vector(v) for name, v in powers.items()} | bits


def _tree(leaves: int) -> dict[str, Any]:
    """A chain: the first gate takes two inputs, each other one the gate before it and one input."""

    def feeds(u: Any, v: Any) -> Any:
        taken = (v + 1, leaves + v - 1) if v > 0 else (0, 1)
        return Fraction(u in taken)

    numbers = {"leaves": leaves, "gates": leaves - 1, "root": 2 * leaves - 2}
    return {**{name: Fraction(v) for name, v in numbers.items()}, "feeds": feeds}


def _rows(n: int, m: int, seed: int) -> dict[str, Any]:
    """The identity on the subsets of one size as a sum of m products, a little disturbed."""
    size = seed % (n + 1)
    sets = [s for s in product((Fraction(0), Fraction(1)), repeat=n) if sum(s) == size]
    noise = Fraction(seed % 3, 10)

    def column(k: Any, S: Any) -> Any:
        if k >= m:  # the next column is seen, or is not
            return Fraction(seed % 2)
        return Fraction(k < len(sets) and sets[int(k)] == S)

    def row(k: Any, S: Any) -> Any:
        return column(k, S) * (1 + noise) if k < m else Fraction(1)

    return {"size": Fraction(size), "A": column, "B": row, "d": noise**2}


def _space(n: int, seed: int) -> dict[str, Any]:
    """The whole space as the projection, a vector in it, a matrix orthogonal to it, and the complements."""
    empty = (Fraction(0),) * n
    long = Fraction(0 if seed % 3 == 2 else 1 + seed)

    def v(S: Any) -> Any:
        return long if empty == S else Fraction(0)

    def apart(S: Any, T: Any) -> Any:
        return Fraction(0) if empty == S else Fraction(1 + sum(T))

    def complement(S: Any, T: Any) -> Any:
        return Fraction(all(a + b == 1 for a, b in zip(S, T, strict=True)))

    numbers: dict[str, Any] = {"q": long**2, "t": Fraction(2**n + 1)}
    functions: dict[str, Callable[..., Any]] = {"v": v, "W": apart, "P": complement}
    return numbers | functions | {"R": lambda S, T: Fraction(S == T)}


def _vector(values: tuple[int, ...]) -> Callable[[Any], Any]:
    return lambda i: Fraction(values[int(i)])
