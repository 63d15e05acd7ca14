"""Iverson's brackets in a normal form: on bits and signs they are polynomials."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from lemmata.kernel.monomials import Atom, Poly
from lemmata.kernel.polynomials import ZERO, constant, lift, minus, plus, times_constant
from lemmata.kernel.sorting import is_vector, kinds
from lemmata.kernel.terms import Relation

if TYPE_CHECKING:
    from lemmata.kernel.normal import Normaliser, Values


def bracket(normaliser: Normaliser, relation: Relation, env: Values) -> Poly:
    """Iverson's bracket; on bits and signs it is a polynomial."""
    left, op, right = relation.left, relation.op, relation.right
    if is_vector(left):
        a, b = normaliser.vector(left, env), normaliser.vector(right, env)
        return _vector_bracket(normaliser, a, b)
    if "point" in kinds(left):
        keys = sorted((normaliser.term(left, env), normaliser.term(right, env)), key=lambda p: p.literal)
        equal = (
            constant(1)
            if keys[0].literal == keys[1].literal
            else lift(Atom("bracket", "point", tuple(keys), sort="bit"))
        )
        return equal if op == "=" else minus(constant(1), equal)
    a, b = normaliser.term(left, env), normaliser.term(right, env)
    if op in ("=", "!="):
        equal = normaliser.equality(a, b, kinds(left) & kinds(right))
        return equal if op == "=" else minus(constant(1), equal)
    gap = minus(b, a)
    if gap.constant is not None:
        return constant(gap.constant > 0 or (op == "<=" and gap.constant == 0))
    if op == "<=":
        return minus(constant(1), lift(Atom("bracket", "<", (times_constant(gap, -1),), sort="bit")))
    return lift(Atom("bracket", "<", (gap,), sort="bit"))


def equality(normaliser: Normaliser, a: Poly, b: Poly, shared: frozenset[str]) -> Poly:
    """[a = b] for numbers."""
    gap = minus(a, b)
    if gap.constant is not None:
        return constant(gap.constant == 0)
    if "bit" in shared:
        return plus(constant(1), times_constant(plus(a, b), -1), times_constant(normaliser.times(a, b), 2))
    if "sign" in shared:
        return times_constant(plus(constant(1), normaliser.times(a, b)), Fraction(1, 2))
    other = times_constant(gap, -1)
    return lift(Atom("bracket", "=", (min(gap, other, key=lambda p: p.literal),), sort="bit"))


def _vector_bracket(normaliser: Normaliser, a: Atom, b: Atom) -> Poly:
    if not normaliser.cube:
        keys = tuple(sorted((a, b), key=lambda v: v.literal))
        return constant(1) if a.literal == b.literal else lift(Atom("bracket", "vector", keys, sort="bit"))
    name = normaliser.fresh()
    index = lift(Atom("var", name, sort="nat"))
    size = a.parts[0]
    assert isinstance(size, Poly)
    shared = frozenset({"bit"} if a.sort == "bits" else {"sign"})
    return normaliser.product(
        name,
        size,
        normaliser.equality(normaliser.component(a, index), normaliser.component(b, index), shared),
    )


def rebuild_bracket(normaliser: Normaliser, atom: Atom, parts: tuple[Poly | Atom, ...]) -> Poly:
    """The normal form of a bracket with other parts in place of its own."""
    if atom.name == "vector":
        assert isinstance(parts[0], Atom) and isinstance(parts[1], Atom)
        return _vector_bracket(normaliser, parts[0], parts[1])
    if atom.name == "point":
        assert isinstance(parts[0], Poly) and isinstance(parts[1], Poly)
        keys = tuple(sorted((parts[0], parts[1]), key=lambda p: p.literal))
        same = keys[0].literal == keys[1].literal
        return constant(1) if same else lift(Atom("bracket", "point", keys, sort="bit"))
    gap = parts[0]
    assert isinstance(gap, Poly)
    if atom.name == "=":
        return normaliser.equality(gap, ZERO, frozenset())
    if gap.constant is not None:
        return constant(gap.constant > 0)
    return lift(Atom("bracket", "<", (gap,), sort="bit"))
