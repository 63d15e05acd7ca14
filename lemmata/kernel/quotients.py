"""Quotients in a normal form: an inverse of what cannot vanish, and how denominators are cleared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lemmata.kernel.errors import Refused
from lemmata.kernel.monomials import Atom, Mono, Poly
from lemmata.kernel.polynomials import lift, plus, times_constant

if TYPE_CHECKING:
    from lemmata.kernel.normal import Normaliser


def inverse(normaliser: Normaliser, poly: Poly) -> Poly:
    """1/poly; refused unless poly is a non-zero constant, or cannot vanish by form or by a hypothesis."""
    if not poly.terms:
        raise Refused("a division by zero")
    if not normaliser.is_nonzero(poly):
        raise Refused("a division by what is not known to differ from zero")
    if len(poly.terms) == 1 and not poly.terms[0][0].binders:
        mono, c = poly.terms[0]
        return normaliser.settle(Mono((), tuple((a, -e) for a, e in mono.factors)), 1 / c)
    lead = min(poly.terms, key=lambda t: t[0].literal)[1]
    monic = times_constant(poly, 1 / lead)
    return times_constant(lift(Atom("inverse", "", (monic,))), 1 / lead)


def is_zero(normaliser: Normaliser, poly: Poly) -> bool:
    """Whether the polynomial vanishes identically, after clearing the denominators outside all sums."""
    for _ in range(16):
        below = next(
            (a for m, _ in poly.terms for a, e in m.factors if _clearable(normaliser, m, a, e)), None
        )
        if below is None:
            return not poly.terms
        poly = _clear(normaliser, poly, below)
    raise Refused("denominators nested too deep")


def _clearable(normaliser: Normaliser, mono: Mono, atom: Atom, exponent: int) -> bool:
    return atom.tag == "inverse" and exponent > 0 and not atom.names & {b.name for b in mono.binders}


def _clear(normaliser: Normaliser, poly: Poly, below: Atom) -> Poly:
    def exponent(m: Mono) -> int:
        return sum(e for a, e in m.factors if a.literal == below.literal)

    top = max(exponent(m) for m, _ in poly.terms)
    inner = below.parts[0]
    assert isinstance(inner, Poly)
    parts: list[Poly] = []
    for mono, c in poly.terms:
        rest = Mono(mono.binders, tuple((a, e) for a, e in mono.factors if a.literal != below.literal))
        left = Poly(((rest, c),))
        parts.append(normaliser.times(left, normaliser.integer_power(inner, top - exponent(mono))))
    return plus(*parts)
