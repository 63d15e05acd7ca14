"""Vectors in a normal form: variables, and those that are built component by component."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lemmata.kernel.monomials import Atom, Poly
from lemmata.kernel.polynomials import lift
from lemmata.kernel.sorting import vector_sort
from lemmata.kernel.terms import Build, Index, Term, Var

if TYPE_CHECKING:
    from lemmata.kernel.normal import Normaliser, Values


def vector(normaliser: Normaliser, term: Term, env: Values) -> Atom:
    """The normal form of a vector: a variable, or a vector built by components."""
    if isinstance(term, Var):
        known = env.get(term.name)
        if isinstance(known, Atom):
            return known
        sort = vector_sort(term)
        return Atom("vector", term.name, (normaliser.term(sort.size, env),), sort=sort.name)
    assert isinstance(term, Build) and isinstance(term.variable.sort, Index)
    name = normaliser.fresh()
    body = normaliser.term(term.body, {**env, term.variable.name: lift(Atom("var", name, sort="nat"))})
    return normaliser.build(term.name, name, normaliser.term(term.variable.sort.size, env), body)


def build(normaliser: Normaliser, sort: str, bound: str, size: Poly, body: Poly) -> Atom:
    """A built vector; one that only repeats the components of a vector is that vector."""
    atom = body.atom
    if atom is not None and atom.tag == "comp":
        index = atom.parts[0]
        assert isinstance(index, Poly)
        whole = index.atom
        vector = atom.parts[1]
        assert isinstance(vector, Atom)
        same = isinstance(vector.parts[0], Poly) and vector.parts[0].literal == size.literal
        if whole is not None and whole.name == bound and same and vector.sort == sort:
            return vector
    return Atom("build", sort, (size, body), bound=bound, sort=sort)


def component(normaliser: Normaliser, vector: Atom, index: Poly) -> Poly:
    """Component ``index``."""
    if vector.tag == "build":
        body = vector.parts[1]
        assert isinstance(body, Poly)
        return normaliser.rebuild(body, {vector.bound: index})
    return lift(Atom("comp", vector.name, (index, vector), sort=vector.sort[:-1]))
