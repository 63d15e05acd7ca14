"""Claims that differ from a given one in one place: a sign, a constant, an exponent, a relation, an index, a binder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lemmata.kernel.claims import Claim
from lemmata.kernel.substitution import map_sort, sort_terms
from lemmata.kernel.terms import (
    ONE,
    Add,
    Apply,
    Binder,
    Bracket,
    Build,
    Component,
    Defined,
    Derivative,
    Div,
    Index,
    Mul,
    Neg,
    Num,
    Pow,
    Relation,
    Sort,
    Term,
    Var,
    Vector,
)

KINDS = ("sign", "constant", "exponent", "relation", "index", "binder", "hypothesis")
_OPS = {"=": ("<=", "!="), "<=": ("<", "="), "<": ("<=",), "!=": ("=",)}
_BINDERS = {"sum": ("mean", "prod"), "mean": ("sum",), "prod": ("sum",)}
Scope = Mapping[str, Sort]
Changed = Iterator[tuple[str, Term]]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed claim, and what kind of change it is."""

    kind: str
    claim: Claim


def mutants(claim: Claim) -> Iterator[Mutant]:
    """Every claim with one change, in the conclusion or in a hypothesis; some of them are ill-formed."""
    for kind, changed in _claims(claim, {}):
        yield Mutant(kind, changed)


def _claims(claim: Claim, outside: Scope) -> Iterator[tuple[str, Claim]]:
    scope = {**outside, **claim.scope}
    for kind, relation in _relations(claim.conclusion, scope):
        yield kind, replace(claim, conclusion=relation)
    for k, hypothesis in enumerate(claim.hypotheses):
        before, after = claim.hypotheses[:k], claim.hypotheses[k + 1 :]
        yield "hypothesis", replace(claim, hypotheses=(*before, *after))
        for kind, changed in _claims(hypothesis, scope):
            yield kind, replace(claim, hypotheses=(*before, changed, *after))


def _relations(relation: Relation, scope: Scope) -> Iterator[tuple[str, Relation]]:
    for op in _OPS[relation.op]:
        yield "relation", Relation(relation.left, op, relation.right)  # type: ignore[arg-type]
    for kind, left in _terms(relation.left, scope):
        yield kind, replace(relation, left=left)
    for kind, right in _terms(relation.right, scope):
        yield kind, replace(relation, right=right)


def _terms(term: Term, scope: Scope) -> Changed:
    """Changes of a term at its top, then those below it."""
    yield from _top(term, scope)
    match term:
        case Num() | Var():
            return
        case Apply(head, arguments):
            yield from ((k, Apply(head, a)) for k, a in _each(arguments, scope))
        case Defined(_, arguments, _):
            yield from ((k, replace(term, arguments=a)) for k, a in _each(arguments, scope))
        case Add(terms):
            yield from ((k, Add(t)) for k, t in _each(terms, scope))
        case Mul(terms):
            yield from ((k, Mul(t)) for k, t in _each(terms, scope))
        case Neg(inner):
            yield from ((k, Neg(t)) for k, t in _terms(inner, scope))
        case Component(a, b) | Div(a, b) | Pow(a, b):
            yield from ((k, type(term)(*t)) for k, t in _each((a, b), scope))
        case Bracket(relation):
            yield from ((k, Bracket(r)) for k, r in _relations(relation, scope))
        case Build(_, variable, body) | Binder(_, variable, body):
            yield from ((k, replace(term, variable=v)) for k, v in _ranges(variable, scope))
            inner = {**scope, variable.name: variable.sort}
            yield from ((k, replace(term, body=b)) for k, b in _terms(body, inner))
        case Derivative(variable, body, point):
            inner = {**scope, variable.name: variable.sort}
            yield from ((k, Derivative(variable, b, point)) for k, b in _terms(body, inner))
            yield from ((k, Derivative(variable, body, p)) for k, p in _terms(point, scope))


def _each(terms: tuple[Term, ...], scope: Scope) -> Iterator[tuple[str, tuple[Term, ...]]]:
    for position, term in enumerate(terms):
        for kind, changed in _terms(term, scope):
            yield kind, (*terms[:position], changed, *terms[position + 1 :])


def _ranges(variable: Var, scope: Scope) -> Iterator[tuple[str, Var]]:
    """The range of a binder one larger."""
    if isinstance(variable.sort, Index | Vector) and sort_terms(variable.sort):
        yield "binder", Var(variable.name, map_sort(variable.sort, lambda size: Add((size, ONE))))


def _top(term: Term, scope: Scope) -> Changed:
    match term:
        case Num(value):
            yield "constant", Num(value + 1)
            if value:
                yield "constant", Num(value - 1)
        case Var(name, sort):
            others = (other for other, known in scope.items() if known == sort and other != name)
            yield from (("index", Var(other, sort)) for other in others)
        case Add(terms):
            for k, part in enumerate(terms):
                yield "sign", Add((*terms[:k], _negative(part), *terms[k + 1 :]))
        case Neg(inner):
            yield "sign", inner
        case Mul() | Div() | Pow() | Apply() | Binder() | Derivative():
            yield "sign", Neg(term)
        case Defined() | Component() | Build() | Bracket():
            return
    if isinstance(term, Pow):
        yield "exponent", Pow(term.base, Add((term.exponent, ONE)))
        yield "exponent", term.base
    if isinstance(term, Binder):
        for name in _BINDERS[term.name]:
            yield "binder", replace(term, name=name)


def _negative(term: Term) -> Term:
    return term.term if isinstance(term, Neg) else Neg(term)
