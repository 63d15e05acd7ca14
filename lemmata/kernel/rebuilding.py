"""Names replaced by normal forms, with everything above them normalised anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lemmata.kernel.brackets import rebuild_bracket
from lemmata.kernel.errors import Refused
from lemmata.kernel.monomials import Atom, Bound, Mono, Poly
from lemmata.kernel.polynomials import constant, lift, plus

if TYPE_CHECKING:
    from lemmata.kernel.normal import Normaliser, Values


def rebuild(normaliser: Normaliser, poly: Poly, env: Values) -> Poly:
    """Replace names by normal forms and normalise anew."""
    if not poly.names & env.keys():
        return poly
    found: list[Poly] = []
    for mono, c in poly.terms:
        if not mono.names & env.keys():
            found.append(Poly(((mono, c),)))
            continue
        inner: dict[str, Poly | Atom] = dict(env)
        binders: list[Bound] = []
        for b in mono.binders:
            size = normaliser.rebuild(b.size, inner) if b.size else None
            name = normaliser.fresh()
            inner[b.name] = _variable(b, name, size)
            binders.append(Bound(name, b.sort, size))
        value = constant(c)
        for atom, e in mono.factors:
            value = normaliser.times(value, normaliser.integer_power(normaliser.rebuild_atom(atom, inner), e))
        for b in reversed(binders):
            value = normaliser.bind(b, value)
        found.append(value)
    return plus(*found)


def rebuild_atom(normaliser: Normaliser, atom: Atom, env: Values) -> Poly:
    """The normal form of an atom after replacement."""
    if not atom.names & env.keys():
        return lift(atom)
    if atom.tag == "var":
        value = env[atom.name]
        assert isinstance(value, Poly)
        return value
    if atom.tag == "comp":
        index, vector = atom.parts
        assert isinstance(index, Poly) and isinstance(vector, Atom)
        return normaliser.component(normaliser.rebuild_vector(vector, env), normaliser.rebuild(index, env))
    if atom.tag == "prod":
        return normaliser.product(*_rebuild_bound(normaliser, atom, env))
    return normaliser.reassembled(
        atom,
        tuple(
            normaliser.rebuild(p, env) if isinstance(p, Poly) else normaliser.rebuild_vector(p, env)
            for p in atom.parts
        ),
    )


def reassembled(normaliser: Normaliser, atom: Atom, parts: tuple[Poly | Atom, ...]) -> Poly:
    """The normal form of an atom with other parts in place of its own."""
    if atom.tag == "comp":
        index, vector = parts
        assert isinstance(index, Poly) and isinstance(vector, Atom)
        return normaliser.component(vector, index)
    if atom.tag == "prod":
        size, body = parts
        assert isinstance(size, Poly) and isinstance(body, Poly)
        name = normaliser.fresh()
        return normaliser.product(
            name, size, normaliser.rebuild(body, {atom.bound: lift(Atom("var", name, sort="nat"))})
        )
    if atom.tag == "bracket":
        return rebuild_bracket(normaliser, atom, parts)
    if atom.tag == "inverse":
        assert isinstance(parts[0], Poly)
        return normaliser.inverse(parts[0])
    if atom.tag == "pow":
        assert isinstance(parts[0], Poly) and isinstance(parts[1], Poly)
        return normaliser.power(parts[0], parts[1])
    return lift(Atom(atom.tag, atom.name, parts, "", atom.sort, atom.orders, atom.allowed))


def _rebuild_bound(normaliser: Normaliser, atom: Atom, env: Values) -> tuple[str, Poly, Poly]:
    size, body = atom.parts
    assert isinstance(size, Poly) and isinstance(body, Poly)
    name = normaliser.fresh()
    inner = {**env, atom.bound: lift(Atom("var", name, sort="nat"))}
    return name, normaliser.rebuild(size, env), normaliser.rebuild(body, inner)


def rebuild_vector(normaliser: Normaliser, vector: Atom, env: Values) -> Atom:
    """A vector after replacement."""
    if not vector.names & env.keys():
        return vector
    if vector.tag == "vector":
        value = env.get(vector.name)
        if isinstance(value, Atom):
            return value
        size = vector.parts[0]
        assert isinstance(size, Poly)
        return Atom("vector", vector.name, (normaliser.rebuild(size, env),), sort=vector.sort)
    name, size, body = _rebuild_bound(normaliser, vector, env)
    return normaliser.build(vector.sort, name, size, body)


def renamed(normaliser: Normaliser, mono: Mono) -> Mono:
    """The same monomial with fresh bound variables."""
    env: dict[str, Poly | Atom] = {}
    binders: list[Bound] = []
    for b in mono.binders:
        size = normaliser.rebuild(b.size, env) if b.size else None
        name = normaliser.fresh()
        env[b.name] = _variable(b, name, size)
        binders.append(Bound(name, b.sort, size))
    factors = tuple((_only(normaliser.rebuild_atom(a, env)), e) for a, e in mono.factors)
    return Mono(tuple(binders), factors)


def _variable(bound: Bound, name: str, size: Poly | None) -> Poly | Atom:
    if bound.sort in ("signs", "bits"):
        assert size is not None
        return Atom("vector", name, (size,), sort=bound.sort)
    return lift(Atom("var", name, sort="nat" if bound.sort == "index" else bound.sort))


def _only(poly: Poly) -> Atom:
    atom = poly.atom
    if atom is None:
        raise Refused("renaming changed a factor")
    return atom
