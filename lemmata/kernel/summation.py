"""One reduction of one monomial: exponents of bits and signs, finite sums, and averages over the cube.

Every reduction is an identity of finite sums; :func:`reduce_once` applies the first that fits.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from lemmata.kernel.congruence import equal_points
from lemmata.kernel.cube import average_over, one_product
from lemmata.kernel.monomials import Atom, Bound, Mono, Poly
from lemmata.kernel.polynomials import constant, lift, plus, single, times_constant
from lemmata.kernel.products import split_size

if TYPE_CHECKING:
    from lemmata.kernel.normal import Normaliser


def reduce_once(normaliser: Normaliser, mono: Mono) -> Poly | None:
    """The monomial after one reduction, or None if none applies."""
    for first in (_exponents, one_product):
        reduced = first(normaliser, mono)
        if reduced is not None:
            return reduced
    for position, bound in enumerate(mono.binders):
        rest = Mono(mono.binders[:position] + mono.binders[position + 1 :], mono.factors)
        if any(b.size is not None and bound.name in b.size.names for b in rest.binders):
            continue
        for rule in (_absent, _finite, _last_term, _kronecker, average_over):
            found = rule(normaliser, bound, rest)
            if found is not None:
                return found
    found = _equal_indices(normaliser, mono)
    return equal_points(normaliser, mono) if found is None else found


def _exponents(normaliser: Normaliser, mono: Mono) -> Poly | None:
    """s^2 = 1 for a sign, b^2 = b for a bit; equal products of one range are one product."""
    for position, (atom, e) in enumerate(mono.factors):
        others = mono.factors[:position] + mono.factors[position + 1 :]
        if atom.sort == "sign" and e != 1:
            kept = ((atom, 1),) if e % 2 else ()
            return single(Mono(mono.binders, (*others, *kept)))
        if atom.sort == "bit" and e > 1:
            return single(Mono(mono.binders, (*others, (atom, 1))))
    return None


def _absent(normaliser: Normaliser, bound: Bound, rest: Mono) -> Poly | None:
    """A sum of what does not mention its variable counts the range."""
    if any(bound.name in a.names for a, _ in rest.factors):
        return None
    if bound.sort in ("sign", "bit"):
        return Poly(((rest, Fraction(2)),))
    assert bound.size is not None
    count = bound.size if bound.sort == "index" else normaliser.power(constant(2), bound.size)
    return normaliser.times(single(rest), count)


def _finite(normaliser: Normaliser, bound: Bound, rest: Mono) -> Poly | None:
    """A sum over a single sign or bit is written out."""
    if bound.sort not in ("sign", "bit"):
        return None
    values = (1, -1) if bound.sort == "sign" else (0, 1)
    return plus(*(normaliser.rebuild(single(rest), {bound.name: constant(v)}) for v in values))


def _last_term(normaliser: Normaliser, bound: Bound, rest: Mono) -> Poly | None:
    """The last terms of a sum over m + c are split off; an empty sum is zero."""
    if bound.sort != "index" or bound.size is None:
        return None
    if not bound.size.terms:
        return Poly()
    split = split_size(bound.size)
    if split is None or split[1] > 64:
        return None
    below, offset = split
    total = [_replaced(normaliser, rest, {bound.name: plus(below, constant(k))}) for k in range(offset)]
    if below.terms:
        # The body is already normal, so the shortened sum is bound directly.
        total.append(normaliser.bind(Bound(bound.name, bound.sort, below), single(rest)))
    return plus(*total)


def _kronecker(normaliser: Normaliser, bound: Bound, rest: Mono) -> Poly | None:
    """sum_i [i = t] F(i) = F(t) for an index t of the same range."""
    if bound.sort != "index" or bound.size is None:
        return None
    for position, (atom, _) in enumerate(rest.factors):
        other = _other_index(atom, bound.name)
        if other is None:
            continue
        if _range_of(normaliser, rest, lift_name(other)) != bound.size.literal:
            continue
        factors = rest.factors[:position] + rest.factors[position + 1 :]
        return _replaced(normaliser, Mono(rest.binders, factors), {bound.name: other})
    return None


def _range_of(normaliser: Normaliser, rest: Mono, name: str) -> str:
    """The size of the range of an index, summed over here or a variable of the claim; empty if it is neither."""
    for b in rest.binders:
        if b.name == name:
            return b.size.literal if b.size is not None else ""
    return normaliser.ranges.get(name, "")


def _replaced(normaliser: Normaliser, mono: Mono, env: Mapping[str, Poly]) -> Poly:
    """Replace a name below the binders, whose variables the new value may mention and so must keep their names."""
    inner = normaliser.rebuild(single(Mono((), mono.factors)), env)
    return normaliser.bind_all(mono.binders, inner)


def lift_name(poly: Poly) -> str:
    """The name of the variable that a polynomial is, or the empty string."""
    atom = poly.atom
    return atom.name if atom is not None and atom.tag == "var" else ""


def _other_index(atom: Atom, name: str) -> Poly | None:
    """t where the atom is [name = t]."""
    if atom.tag != "bracket" or atom.name != "=":
        return None
    gap = atom.parts[0]
    assert isinstance(gap, Poly)
    for sign in (1, -1):
        other = plus(gap, times_constant(lift(Atom("var", name, sort="nat")), sign))
        if name not in other.names:
            return times_constant(other, sign)
    return None


def _equal_indices(normaliser: Normaliser, mono: Mono) -> Poly | None:
    """[i = t] F(i) = [i = t] F(t): the later name gives way."""
    for position, (atom, _) in enumerate(mono.factors):
        if atom.tag != "bracket" or atom.name != "=":
            continue
        for name in sorted(atom.names, reverse=True):
            other = _other_index(atom, name)
            factors = mono.factors[:position] + mono.factors[position + 1 :]
            if other is None or not lift_name(other) or lift_name(other) > name:
                continue
            if not any(name in a.names for a, _ in factors):
                continue
            if any(b.name == name for b in mono.binders):
                continue
            rest = _replaced(normaliser, Mono((), factors), {name: other})
            return normaliser.bind_all(mono.binders, single(Mono((), ((atom, 1),))), rest)
    return None


__all__ = ["reduce_once"]
