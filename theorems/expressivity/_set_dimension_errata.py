"""Where the sources of set-dimension leave out that the representation is to be exact."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import sympy as sp

from lemmata.proof import Comparison, Erratum

SIZE, SHARPNESS = 4, Fraction(1, 1000)


def approximated_with_one() -> Iterator[Comparison]:
    """t log(sum exp(x_i/t)) is rho(sum phi) with one latent dimension, and nowhere farther from max than t log M.

    For the range, any phi of one dimension confuses two sets: here phi(x) = x, {0, 1} and {1/2, 1/2}.
    """
    t = sp.Rational(SHARPNESS.numerator, SHARPNESS.denominator)
    worst = t * sp.log(SIZE)
    yield Comparison("t log M, for M = 4 and t = 1/1000", worst, "<", Fraction(1, 500))
    one_above = t * sp.log(sp.exp(1) + (SIZE - 1)) - t
    yield Comparison("error at (t, 0, 0, 0)", one_above, "<", worst)
    yield Comparison("and above 0", 0, "<", one_above)
    one, two = (Fraction(0), Fraction(1)), (Fraction(1, 2), Fraction(1, 2))
    yield Comparison("sums of {0, 1} and {1/2, 1/2}", sum(one), "=", sum(two))
    gap = (max(one) - min(one)) - (max(two) - min(two))
    yield Comparison("half of the difference of their ranges", gap / 2, "=", Fraction(1, 2))


errata = (
    Erratum(
        "exact-representation",
        "WagstaffEtAl2019, abstract",
        "functions of sets of M elements need a latent dimension of at least M, both maps continuous",
        "imprecise",
        "exact representation needs it, and phi alone need be continuous; max is approximated to t log M with latent "
        "dimension 1, while the range max - min is not approximated better than 1/2",
        "c",
        approximated_with_one,
    ),
)
