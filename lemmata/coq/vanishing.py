"""That a term is 0: by its normal form, or by clearing denominators that are sums."""

from __future__ import annotations

from fractions import Fraction
from math import prod
from random import Random

from lemmata.coq.monomials import Poly, key, poly_term
from lemmata.coq.names import NoTemplate
from lemmata.coq.normal import Normaliser
from lemmata.coq.products import braces
from lemmata.kernel.terms import Add, Div, Mul, Neg, Num, Pow, Term


def vanishing(normaliser: Normaliser, gap: Term) -> str:
    """The script for ``gap = 0``; raises NoTemplate."""
    poly, script = normaliser.term(gap)
    if not poly:
        return f"change ({normaliser.real(gap)} = 0).\n{script}"
    require_zero(poly)
    return f"transitivity {normaliser.poly(poly)}.\n" + braces(script, "field; nonzero.")


def require_zero(poly: Poly) -> None:
    """Raise NoTemplate unless clearing denominators makes the polynomial vanish; Coq's ``field`` then proves it."""
    if not vanishes(poly):
        raise NoTemplate(f"its normal form leaves {len(poly)} terms that do not cancel")


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
