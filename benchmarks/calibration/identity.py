"""The martingale's defining identity with no rounding at all: an independent, slow route in rationals."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction

from lemmata.statistics import GRID

BETS = [Fraction(float(r)) for r in GRID]
Rule = Callable[[Sequence[Fraction]], Fraction]


def average(capitals: Sequence[Fraction]) -> Fraction:
    """The engine's rule: the capital is spread evenly over the bets."""
    return sum(capitals, Fraction(0)) / len(capitals)


def total(capitals: Sequence[Fraction]) -> Fraction:
    """A wrong rule: every bet is made with the whole capital."""
    return sum(capitals, Fraction(0))


def products(values: Sequence[Fraction], counts: Sequence[int], m: Fraction) -> list[Fraction]:
    """What each bet has won."""
    return [math.prod((1 - r + r * v / m) ** c for v, c in zip(values, counts, strict=True)) for r in BETS]


def mean_capital(n: int, p: Fraction, rule: Rule) -> Fraction:
    """E rule(capital of each bet against m = p) after n flips of a coin with bias p."""
    coin = [Fraction(0), Fraction(1)]
    return sum(
        (
            math.comb(n, k) * p**k * (1 - p) ** (n - k) * rule(products(coin, [n - k, k], p))
            for k in range(n + 1)
        ),
        Fraction(0),
    )


def two_sided(n: int, p: Fraction, share: Fraction, rule: Rule = average) -> Fraction:
    """The same for both sides together, ``share`` of the capital on each; the engine's share is a half."""
    return share * (mean_capital(n, p, rule) + mean_capital(n, 1 - p, rule))
