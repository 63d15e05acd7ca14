"""Products over an index: factors that do not mention it, last factors, and what remains."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm
from typing import TYPE_CHECKING

from lemmata.kernel.errors import Refused
from lemmata.kernel.monomials import Atom, Mono, Poly
from lemmata.kernel.polynomials import constant, lift, plus, times_constant
from lemmata.kernel.powers import MAX_POWER

if TYPE_CHECKING:
    from lemmata.kernel.normal import Normaliser


def product(normaliser: Normaliser, bound: str, size: Poly, body: Poly) -> Poly:
    """prod over bound < size of body."""
    if bound not in body.names:
        return normaliser.power(body, size)
    below = split_size(size)
    if below is not None:
        return _split_product(normaliser, bound, below[0], body, below[1])
    if not size.terms:
        return constant(1)
    if len(body.terms) == 1 and not body.terms[0][0].binders:
        return _factor_product(normaliser, bound, size, body)
    content = _content(body)
    inner = Atom("prod", "", (size, times_constant(body, 1 / content)), bound=bound, sort=_product_sort(body))
    return normaliser.times(normaliser.power(constant(content), size), lift(inner))


def _split_product(normaliser: Normaliser, bound: str, rest: Poly, body: Poly, offset: int) -> Poly:
    if offset > MAX_POWER:
        raise Refused(f"a product of more than {MAX_POWER} written factors")
    result = normaliser.product(bound, rest, body)
    for k in range(offset):
        result = normaliser.times(result, normaliser.rebuild(body, {bound: plus(rest, constant(k))}))
    return result


def _factor_product(normaliser: Normaliser, bound: str, size: Poly, body: Poly) -> Poly:
    mono, c = body.terms[0]
    result = normaliser.power(constant(c), size)
    for atom, e in mono.factors:
        if bound not in atom.names:
            result = normaliser.times(result, normaliser.power(normaliser.integer_power(lift(atom), e), size))
        else:
            inner = Atom("prod", "", (size, lift(atom)), bound=bound, sort=closed(atom.sort))
            result = normaliser.times(result, normaliser.settle(Mono((), ((inner, e),))))
    return result


def split_size(size: Poly) -> tuple[Poly, int] | None:
    """``(m, c)`` with size = m + c, c a positive integer and m a natural by form; None if the size has not that form.

    A size may be 1 - [b < a] or (1 + s t)/2: what is left without its constant may be negative or no integer.
    """
    rest = tuple((m, c) for m, c in size.terms if m.factors or m.binders)
    offset = next((c for m, c in size.terms if not m.factors and not m.binders), Fraction(0))
    natural = all(
        c > 0 and c.denominator == 1 and all(a.sort in ("nat", "bit") and e > 0 for a, e in m.factors)
        for m, c in rest
    )
    return (Poly(rest), int(offset)) if natural and offset > 0 and offset.denominator == 1 else None


def closed(sort: str) -> str:
    """The sort of a product of numbers of one sort."""
    return sort if sort in ("sign", "bit", "nat", "positive") else "real"


def _product_sort(body: Poly) -> str:
    atom = body.atom
    return closed(atom.sort) if atom else "real"


def _content(poly: Poly) -> Fraction:
    numerators = gcd(*(c.numerator for _, c in poly.terms))
    return Fraction(numerators, lcm(*(c.denominator for _, c in poly.terms)))
