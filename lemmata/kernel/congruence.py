"""Equal points may stand for each other: [s = t] F(s) = [s = t] F(t), whatever F is.

A point has no arithmetic, so an equation between points is used through its bracket alone, which is 0 or 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lemmata.kernel.monomials import Atom, Mono, Poly
from lemmata.kernel.polynomials import constant, lift, plus, single

if TYPE_CHECKING:
    from lemmata.kernel.normal import Normaliser


def equal_points(normaliser: Normaliser, mono: Mono) -> Poly | None:
    """The monomial with the longer of two points that a factor [s = t] equates replaced in the other factors."""
    for position, (atom, exponent) in enumerate(mono.factors):
        if atom.tag != "bracket" or atom.name != "point" or exponent != 1:
            continue
        old, new = _longer_first(atom)
        others = mono.factors[:position] + mono.factors[position + 1 :]
        found = [(_in_atom(normaliser, a, old, new), a, e) for a, e in others]
        if all(changed is None for changed, _, _ in found):
            continue
        value = lift(atom)
        for changed, a, e in found:
            kept = single(Mono((), ((a, e),)))
            value = normaliser.times(value, kept if changed is None else normaliser.integer_power(changed, e))
        return normaliser.bind_all(mono.binders, value)
    return None


def _longer_first(atom: Atom) -> tuple[Atom, Atom]:
    """Replacing the longer text by the shorter one comes to an end."""
    sides: list[Atom] = []
    for part in atom.parts:
        inner = part.atom if isinstance(part, Poly) else None
        assert inner is not None, "a point is an atom"
        sides.append(inner)
    short, long = sorted(sides, key=lambda a: (len(a.literal), a.literal))
    return long, short


def _in_atom(normaliser: Normaliser, atom: Atom, old: Atom, new: Atom) -> Poly | None:
    """The normal form after replacement, or None if ``old`` does not occur where it could be replaced."""
    if atom.literal == old.literal:
        return lift(new)
    if atom.tag in ("vector", "build", "var") or atom.bound in old.names | new.names:
        return None
    parts = tuple(_in_part(normaliser, p, old, new) for p in atom.parts)
    if all(p is None for p in parts):
        return None
    return normaliser.reassembled(
        atom, tuple(p if q is None else q for p, q in zip(atom.parts, parts, strict=True))
    )


def _in_part(normaliser: Normaliser, part: Poly | Atom, old: Atom, new: Atom) -> Poly | None:
    return _in_poly(normaliser, part, old, new) if isinstance(part, Poly) else None


def _in_poly(normaliser: Normaliser, poly: Poly, old: Atom, new: Atom) -> Poly | None:
    found = [(_in_mono(normaliser, mono, old, new), mono, c) for mono, c in poly.terms]
    if all(changed is None for changed, _, _ in found):
        return None
    return plus(
        *(
            Poly(((mono, c),)) if changed is None else normaliser.times(constant(c), changed)
            for changed, mono, c in found
        )
    )


def _in_mono(normaliser: Normaliser, mono: Mono, old: Atom, new: Atom) -> Poly | None:
    if mono.bound & (old.names | new.names):
        return None
    if all(_in_atom(normaliser, a, old, new) is None for a, _ in mono.factors):
        return None
    # A copied body may repeat the name of a bound variable: it is renamed before it is taken apart.
    apart = normaliser.renamed(mono)
    value = constant(1)
    for atom, e in apart.factors:
        changed = _in_atom(normaliser, atom, old, new)
        kept = single(Mono((), ((atom, e),)))
        value = normaliser.times(value, kept if changed is None else normaliser.integer_power(changed, e))
    for bound in reversed(apart.binders):
        value = normaliser.bind(bound, value)
    return value
