"""Where the hypotheses of set-dimension hold: permuted multisets, Horner's scheme, 64^z, digits, a Lipschitz map."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

from lemmata.proof import with_slope

HALF = Fraction(1, 2)
# The exponents of M = 4 summands 64^(x/t), whose sum is again a power of 64.
EXPONENTS = (Fraction(1, 3), Fraction(1, 6), Fraction(0), Fraction(0))
# The law 1 + u <= 64^u holds at every u that is asked for.
PLACES = (Fraction(3), Fraction(-3), Fraction(0), HALF)


def model(seed: int) -> Mapping[str, Any]:
    """Exact values of the symbols that hypotheses speak of, and of the numbers that they compare."""
    random = Random(seed)
    return {**_order(seed), **_multisets(seed, random), **_smooth(seed), **_maps(random), **_digits(random)}


def _order(seed: int) -> dict[str, Any]:
    """Numbers in every order, and naturals that two points share."""
    u = PLACES[seed % 4]
    v = (u, u + 3, u - 1)[seed % 3] if u != HALF else u
    shared: dict[str, Any] = {"a": Fraction(1), "b": Fraction(1), "k": Fraction(0)} if seed % 2 == 0 else {}
    s = u - v if u == HALF else HALF
    return {
        "s": s,
        "u": u,
        "v": v,
        "mid": u / 3,
        "j": Fraction(seed % 2),
        "e": Fraction(1 - seed % 2),
        **shared,
    }


def _multisets(seed: int, random: Random) -> dict[str, Any]:
    """The sequences 0 and 1 begin with the same two numbers, in another order; a third is 1 and 0, the others are 0.

    Or both are x = y, as far as these go.
    """
    numbers = [Fraction(random.randint(-4, 4), 2) for _ in range(2)]
    begin = ([*numbers, Fraction(1)], [*numbers[::-1], Fraction(0)])

    def element(place: Any, sequence: Any) -> Fraction:
        return begin[int(sequence)][int(place)] if place < len(begin[0]) else Fraction(0)

    if seed % 2:
        both = [exponent * _temperature(seed) for exponent in EXPONENTS[:2]]
        begin = ([*both, Fraction(0)], [*both, Fraction(0)])

    @cache
    def scheme(m: Any, k: Any, t: Any, sequence: Any) -> Any:
        if m == 0 or k == 0:
            return t ** int(k)
        before, less = (scheme(m - 1, one, t, sequence) for one in (k, k - 1))
        return before - element(m - 1, sequence) * less

    sizes = {"M": Fraction(2), "m": Fraction(len(begin[0]))}
    sequences = {"f": lambda place: Fraction(int(place) + 1, 2), "value": lambda place: (seed % 3) * place}
    return {
        **sizes,
        **sequences,
        "X": 0,
        "Y": 1,
        "U": Fraction(0),
        "V": Fraction(1),
        "el": element,
        "h": scheme,
    }


def _temperature(seed: int) -> Fraction:
    return Fraction(Random(seed).randint(1, 2), 2)


def _smooth(seed: int) -> dict[str, Any]:
    t = _temperature(seed)

    def values(place: Any) -> Fraction:
        return t * EXPONENTS[int(place)] if place < len(EXPONENTS) else Fraction(0)

    numbers = {"t": t, "L": t / 2, "w": Fraction(1, 3), "top": Fraction(0), "after": Fraction(3)}
    return {**numbers, "x": values, "y": values, "ex": exponential}


def _power(at: Fraction) -> Fraction:
    return Fraction(2) ** int(6 * at)


exponential = with_slope(_power, lambda at: exponential(at))


def _maps(random: Random) -> dict[str, Any]:
    """One dimension for two numbers: linear, so that other pairs collide than those that are looked at."""
    slope = random.choice((HALF, Fraction(-1, 3), Fraction(1)))
    places = {"c": Fraction(0), "d": Fraction(0), "N": Fraction(1), "more": Fraction(0)}
    numbers = {"Q": Fraction(0), "other": Fraction(1), "eps": HALF, "width": Fraction(1, 4), "level": HALF}
    numbers |= {"low": Fraction(1, 4), "high": HALF, "low2": HALF, "high2": Fraction(1)}
    numbers |= {"z": Fraction(1), "u2": HALF, "v2": Fraction(1, 4)}
    pair = {"x2": lambda i: (HALF, Fraction(1, 4))[int(i)], "y2": lambda i: Fraction(3, 8)}
    maps = {
        "phi": lambda place, u: slope * u,
        "psi": lambda u: u,
        "rho": lambda u: HALF,
        "delta": lambda z: z,
    }
    return {**places, **numbers, **pair, **maps}


def _digits(random: Random) -> dict[str, Any]:
    """Two elements, two equal multisets and another one; a numbering of points that is one to one."""
    B = random.randint(2, 4)
    digits = [[random.randrange(B) for _ in range(2)] for _ in range(2)]
    found = (digits[0], digits[0], digits[1])

    def count(place: Any, sequence: Any) -> Fraction:
        return Fraction(found[int(sequence)][int(place)] if place < 2 else 0)

    numbers = {"B": Fraction(B), "n": Fraction(2), "r": Fraction(1, B)}
    return {**numbers, "count": count, "number": lambda k: Fraction(int(k) ^ 1)}
