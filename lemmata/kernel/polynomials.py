"""Arithmetic of normal forms: constants, sums, and multiples; equal monomials are added up."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from lemmata.kernel.errors import Refused
from lemmata.kernel.monomials import Atom, Mono, Poly, require_short

MAX_TERMS = 4000
ZERO = Poly()
UNIT = Mono()


def constant(value: Fraction | int) -> Poly:
    """The constant polynomial."""
    return Poly(((UNIT, Fraction(value)),)) if value else ZERO


def single(mono: Mono) -> Poly:
    """The polynomial that is one monomial."""
    return Poly(((mono, Fraction(1)),))


def lift(atom: Atom) -> Poly:
    """The polynomial that is one atom."""
    return single(Mono((), ((atom, 1),)))


def collect(terms: Iterable[tuple[Mono, Fraction]]) -> Poly:
    """Add up equal monomials and drop those that cancel."""
    total: dict[str, tuple[Mono, Fraction]] = {}
    for mono, c in terms:
        require_short(c)
        known = total.get(mono.literal)
        total[mono.literal] = (mono, c + known[1]) if known else (mono, c)
        if len(total) > MAX_TERMS:
            raise Refused(f"a normal form has more than {MAX_TERMS} terms")
    return Poly(tuple((m, c) for m, c in total.values() if c))


def plus(*polys: Poly) -> Poly:
    """The sum."""
    return collect(t for p in polys for t in p.terms)


def times_constant(poly: Poly, c: Fraction | int) -> Poly:
    """The polynomial times a rational."""
    return Poly(tuple((m, d * c) for m, d in poly.terms)) if c else ZERO


def minus(a: Poly, b: Poly) -> Poly:
    """The difference."""
    return plus(a, times_constant(b, -1))


def merge(factors: Iterable[tuple[Atom, int]]) -> tuple[tuple[Atom, int], ...]:
    """Add the exponents of equal atoms."""
    total: dict[str, tuple[Atom, int]] = {}
    for atom, e in factors:
        known = total.get(atom.literal)
        total[atom.literal] = (atom, e + known[1]) if known else (atom, e)
    return tuple((a, e) for a, e in total.values() if e)
