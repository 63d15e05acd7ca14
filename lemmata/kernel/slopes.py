"""Derivatives of normal forms: of sums, products, powers and functions that are declared differentiable."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from lemmata.kernel.errors import Refused
from lemmata.kernel.monomials import Atom, Mono, Poly
from lemmata.kernel.polynomials import constant, lift, merge, plus

if TYPE_CHECKING:
    from lemmata.kernel.normal import Normaliser


def derive(normaliser: Normaliser, poly: Poly, name: str) -> Poly:
    """The derivative in the real variable ``name``: sums, products, powers, and declared functions."""
    found: list[Poly] = []
    for mono, c in poly.terms:
        if any(b.size is not None and name in b.size.names for b in mono.binders):
            raise Refused("the range of a sum depends on the variable of a derivative")
        inner: list[Poly] = []
        for position, (atom, e) in enumerate(mono.factors):
            if name not in atom.names:
                continue
            rest = mono.factors[:position] + mono.factors[position + 1 :]
            outer = Poly(((Mono((), merge((*rest, (atom, e - 1)))), c * e),))
            inner.append(normaliser.times(outer, _derive_atom(normaliser, atom, name)))
        value = plus(*inner)
        for b in reversed(mono.binders):
            value = normaliser.bind(b, value)
        found.append(value)
    return plus(*found)


def _derive_atom(normaliser: Normaliser, atom: Atom, name: str) -> Poly:
    if atom.tag == "var":
        return constant(1)
    if atom.tag == "inverse":
        inner = atom.parts[0]
        assert isinstance(inner, Poly)
        square = Poly(((Mono((), ((atom, 2),)), Fraction(-1)),))
        return normaliser.times(square, normaliser.derive(inner, name))
    if atom.tag != "app":
        raise Refused(f"the kernel does not differentiate a {atom.tag}")
    inside = [k for k, part in enumerate(atom.parts) if name in part.names]
    k, part = inside[0], atom.parts[inside[0]]
    # A function is declared smooth in each argument by itself, the others held fixed: f(t, t) need not have a
    # derivative then, and mixed derivatives need not exist nor be equal.
    if len(inside) > 1 or any(o for i, o in enumerate(atom.orders) if i != k):
        raise Refused(f"{atom.name} is not declared differentiable in several arguments together")
    if not isinstance(part, Poly) or atom.orders[k] >= atom.allowed[k]:
        raise Refused(f"{atom.name} is not declared differentiable often enough")
    orders = tuple(o + (i == k) for i, o in enumerate(atom.orders))
    outer = lift(Atom("app", atom.name, atom.parts, "", "real", orders, atom.allowed))
    return normaliser.times(outer, normaliser.derive(part, name))
