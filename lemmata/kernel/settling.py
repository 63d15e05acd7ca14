"""Products and finite sums of normal forms: every monomial is reduced until nothing applies."""

from __future__ import annotations

from fractions import Fraction
from math import factorial
from typing import TYPE_CHECKING

from lemmata.kernel.errors import Refused
from lemmata.kernel.monomials import MAX_BINDERS, Bound, Mono, Poly
from lemmata.kernel.polynomials import collect, constant, merge
from lemmata.kernel.summation import reduce_once

if TYPE_CHECKING:
    from lemmata.kernel.normal import Normaliser

# Products of two monomials in one step of a proof, with their orders of summation: the pairs need about a thousand.
MAX_PRODUCTS = 1 << 16


def times(normaliser: Normaliser, a: Poly, b: Poly) -> Poly:
    """The product; bound variables are renamed where they clash."""
    found: list[tuple[Mono, Fraction]] = []
    for left, c in a.terms:
        for right, d in b.terms:
            normaliser.spent += factorial(min(MAX_BINDERS, len(left.binders) + len(right.binders)))
            if normaliser.spent > MAX_PRODUCTS:
                raise Refused("a normal form takes too many products")
            one, other = _apart(normaliser, left, right)
            mono = Mono(one.binders + other.binders, merge(one.factors + other.factors))
            found.extend((m, e * c * d) for m, e in normaliser.settle(mono).terms)
    return collect(found)


def _apart(normaliser: Normaliser, left: Mono, right: Mono) -> tuple[Mono, Mono]:
    """Neither factor's bound variables occur in the other, free or bound: a copied body may repeat a name."""
    if left.bound & (right.names | right.bound):
        left = normaliser.renamed(left)
    return left, normaliser.renamed(right) if right.bound & left.names else right


def bind(normaliser: Normaliser, bound: Bound, poly: Poly) -> Poly:
    """The sum of a polynomial over a bound variable."""
    found: list[tuple[Mono, Fraction]] = []
    for mono, c in poly.terms:
        if bound.name in mono.bound:
            mono = normaliser.renamed(mono)
        bound_here = Mono((bound, *mono.binders), mono.factors)
        found.extend((m, d * c) for m, d in normaliser.settle(bound_here).terms)
    return collect(found)


def bind_all(normaliser: Normaliser, binders: tuple[Bound, ...], *factors: Poly) -> Poly:
    """The product of the factors under all the binders."""
    value = constant(1)
    for factor in factors:
        value = normaliser.times(value, factor)
    for bound in reversed(binders):
        value = normaliser.bind(bound, value)
    return value


def settle(normaliser: Normaliser, mono: Mono, coefficient: Fraction | int = 1) -> Poly:
    """Reduce a monomial until nothing applies."""
    done: list[tuple[Mono, Fraction]] = []
    work: list[tuple[Mono, Fraction]] = [(mono, Fraction(coefficient))]
    steps = 0
    while work:
        steps += 1
        if steps > 20_000:
            raise Refused("a normal form takes too many steps")
        current, c = work.pop()
        reduced = reduce_once(normaliser, current)
        if reduced is None:
            done.append((current, c))
        else:
            work.extend((m, d * c) for m, d in reduced.terms)
    return collect(done)
