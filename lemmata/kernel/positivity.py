"""What a normal form says by its form alone: that it cannot vanish, is positive, or is not negative."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lemmata.kernel.monomials import Atom, Poly
from lemmata.kernel.polynomials import lift, times_constant

if TYPE_CHECKING:
    from lemmata.kernel.normal import Normaliser


def is_nonzero(normaliser: Normaliser, poly: Poly) -> bool:
    """Whether the polynomial cannot vanish: by a hypothesis, or because it is positive by form."""
    if fact_key(poly) in normaliser.nonzero or normaliser.positive(poly):
        return True
    if len(poly.terms) != 1 or poly.terms[0][0].binders:
        return False
    return all(
        a.sort in ("sign", "positive") or a.tag == "inverse" or fact_key(lift(a)) in normaliser.nonzero
        for a, _ in poly.terms[0][0].factors
    )


def positive(normaliser: Normaliser, poly: Poly) -> bool:
    """Whether the polynomial is positive by form: no negative term, and one that is surely positive."""
    sure = any(
        c > 0 and not m.binders and all(_positive_atom(normaliser, a, e) for a, e in m.factors)
        for m, c in poly.terms
    )
    # That a hypothesis calls the whole nonnegative is not enough: 1 <= a leaves a - 1 at zero.
    return sure and _nonnegative_terms(normaliser, poly)


def _positive_atom(normaliser: Normaliser, atom: Atom, exponent: int) -> bool:
    return atom.sort == "positive" or (exponent % 2 == 0 and fact_key(lift(atom)) in normaliser.nonzero)


def nonnegative_form(normaliser: Normaliser, poly: Poly) -> bool:
    """Whether the polynomial is nonnegative by form."""
    return (
        poly.literal in normaliser.nonnegative
        or _nonnegative_terms(normaliser, poly)
        or _is_own_square(normaliser, poly)
    )


def _is_own_square(normaliser: Normaliser, poly: Poly) -> bool:
    """Whether p^2 is p, as for 1 - [i = k]."""
    short = len(poly.terms) <= 4 and not any(m.binders for m, _ in poly.terms)
    return short and normaliser.times(poly, poly).literal == poly.literal


def _nonnegative_terms(normaliser: Normaliser, poly: Poly) -> bool:
    return all(
        c > 0 and all(_nonnegative_atom(normaliser, a, e) for a, e in m.factors) for m, c in poly.terms
    )


def _nonnegative_atom(normaliser: Normaliser, atom: Atom, exponent: int) -> bool:
    if (
        exponent % 2 == 0
        or atom.sort in ("nat", "bit", "positive")
        or lift(atom).literal in normaliser.nonnegative
    ):
        return True
    if atom.tag in ("inverse", "pow"):
        inner = atom.parts[0]
        return isinstance(inner, Poly) and normaliser.nonnegative_form(inner)
    return (
        atom.tag == "prod" and isinstance(atom.parts[1], Poly) and normaliser.nonnegative_form(atom.parts[1])
    )


def fact_key(poly: Poly) -> str:
    """A key that forgets a constant factor."""
    if not poly.terms:
        return "0"
    lead = min(poly.terms, key=lambda t: t[0].literal)[1]
    return times_constant(poly, 1 / lead).literal
