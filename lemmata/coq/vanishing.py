"""That a term is 0: by its normal form, or by clearing denominators that are sums."""

from __future__ import annotations

from fractions import Fraction
from math import prod
from random import Random

from lemmata.coq.denominators import below, cleared
from lemmata.coq.monomials import Poly, key, poly_term
from lemmata.coq.names import NoTemplate
from lemmata.coq.normal import Normaliser
from lemmata.coq.products import braces
from lemmata.kernel.terms import Add, Div, Mul, Neg, Num, Pow, Term

# The kernel itself clears no more denominators than these, one inside another.
MAX_CLEARED = 16


def vanishing(normaliser: Normaliser, gap: Term) -> str:
    """The script for ``gap = 0``; raises NoTemplate."""
    return _vanishing(normaliser, gap, MAX_CLEARED)


def _vanishing(normaliser: Normaliser, gap: Term, more: int) -> str:
    poly, script = normaliser.term(gap)
    if not poly:
        return f"change ({normaliser.real(gap)} = 0).\n{script}"
    return f"transitivity {normaliser.poly(poly)}.\n" + braces(script, _cancelled(normaliser, poly, more))


def _cancelled(normaliser: Normaliser, poly: Poly, more: int) -> str:
    """The script for ``polynomial = 0``: by ``field``, or with a denominator less, which may stand under sums."""
    if vanishes(poly):
        return "field; nonzero."
    divisor = below(poly)
    if divisor is None or not more:
        raise NoTemplate(f"its normal form leaves {len(poly)} terms that do not cancel")
    whole, script = cleared(normaliser, poly, divisor)
    return f"{script}\n{{ {_vanishing(normaliser, whole, more - 1)} }}"


def vanishes(poly: Poly) -> bool:
    """Whether the polynomial is 0 at random values of its atoms: what Coq is then asked to prove.

    A sum below the line is computed from its atoms, so that it cancels against the same sum above.
    """
    return all(_at_random(poly, Random(seed)) == 0 for seed in range(3))


def _at_random(poly: Poly, random: Random) -> Fraction:
    table: dict[str, Fraction] = {}

    def value(term: Term) -> Fraction:
        match term:
            case Num(n):
                return Fraction(n)
            case Neg(inner):
                return -value(inner)
            case Add(terms):
                return sum(map(value, terms), Fraction(0))
            case Mul(terms):
                return prod(map(value, terms), start=Fraction(1))
            case Div(a, b) if value(b):
                return value(a) / value(b)
            case Pow(base, Num(n)):
                return value(base) ** n
            case Pow(base, Neg(Num(n))) if value(base):
                return value(base) ** -n
            case _:
                return table.setdefault(
                    key(term), Fraction(random.randint(1, 10**6), random.randint(1, 10**3))
                )

    return value(poly_term(poly))
