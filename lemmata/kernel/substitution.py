"""Free variables, capture-avoiding substitution and equality up to the names of bound variables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import assert_never

from lemmata.kernel.errors import IllFormed
from lemmata.kernel.terms import (
    Add,
    Apply,
    Binder,
    Bracket,
    Build,
    Component,
    Defined,
    Derivative,
    Div,
    Function,
    Index,
    Mul,
    Neg,
    Num,
    Pow,
    Relation,
    Scalar,
    Sort,
    Term,
    Var,
    Vector,
    keeping,
)


@dataclass(frozen=True, slots=True)
class Lambda:
    """What a function variable is instantiated with: ``body`` as a function of ``parameters``."""

    parameters: tuple[Var, ...]
    body: Term


Value = Term | Lambda


def sort_terms(sort: Sort) -> tuple[Term, ...]:
    """The size terms that a sort mentions."""
    match sort:
        case Scalar():
            return ()
        case Index(size) | Vector(_, size):
            return (size,)
        case Function(arguments, _, _):
            return tuple(t for a in arguments for t in sort_terms(a))
    assert_never(sort)


def map_sort(sort: Sort, f: Callable[[Term], Term]) -> Sort:
    """The sort with ``f`` applied to its size terms."""
    match sort:
        case Scalar():
            return sort
        case Index(size):
            return Index(f(size))
        case Vector(name, size):
            return Vector(name, f(size))
        case Function(arguments, orders, value):
            return Function(tuple(map_sort(a, f) for a in arguments), orders, value)
    assert_never(sort)


def children(term: Term) -> tuple[Term, ...]:
    """The immediate subterms, those of a bound variable's sort included."""
    match term:
        case Num():
            return ()
        case Var(_, sort):
            return sort_terms(sort)
        case Apply(head, arguments):
            return (*sort_terms(head.sort), *arguments)
        case Defined(_, arguments, _):
            return arguments
        case Component(vector, index):
            return (vector, index)
        case Build(_, variable, body) | Binder(_, variable, body):
            return (*sort_terms(variable.sort), body)
        case Add(terms) | Mul(terms):
            return terms
        case Neg(inner):
            return (inner,)
        case Div(a, b) | Pow(a, b) | Bracket(Relation(a, _, b)):
            return (a, b)
        case Derivative(_, body, point):
            return (body, point)
    assert_never(term)


@keeping
def free(term: Term) -> frozenset[Var]:
    """The free variables, function variables and those in sorts included."""
    match term:
        case Var(_, sort):
            return frozenset({term}).union(*(free(t) for t in sort_terms(sort)))
        case Apply(head, arguments):
            return free(head).union(*(free(t) for t in arguments))
        case Build(_, variable, body) | Binder(_, variable, body):
            inner = frozenset(v for v in free(body) if v.name != variable.name)
            return inner.union(*(free(t) for t in sort_terms(variable.sort)))
        case Derivative(variable, body, point):
            return frozenset(v for v in free(body) if v.name != variable.name) | free(point)
        case _:
            return frozenset[Var]().union(*(free(t) for t in children(term)))


def free_names(value: Value) -> frozenset[str]:
    """The names of the free variables of a term or of an abstraction."""
    if isinstance(value, Lambda):
        sizes = frozenset[str]().union(*(free_names(t) for p in value.parameters for t in sort_terms(p.sort)))
        return (free_names(value.body) - {p.name for p in value.parameters}) | sizes
    return _term_names(value)


@keeping
def _term_names(term: Term) -> frozenset[str]:
    return frozenset(v.name for v in free(term))


def fresh(name: str, taken: frozenset[str] | set[str]) -> str:
    """A variant of ``name`` that is not taken."""
    stem, number = name.rstrip("0123456789"), 0
    while name in taken:
        number += 1
        name = f"{stem}{number}"
    return name


def substitute(term: Term, values: Mapping[str, Value]) -> Term:
    """Replace free variables by values, in sorts too; a bound variable that would capture is renamed."""
    if not values or free_names(term).isdisjoint(values):
        return term

    def go(t: Term) -> Term:
        return substitute(t, values)

    match term:
        case Num():
            return term
        case Var(name, sort):
            value = values.get(name)
            if isinstance(value, Lambda):
                raise IllFormed(f"the function {name} is used without its arguments")
            return value if value is not None else Var(name, map_sort(sort, go))
        case Apply(head, arguments):
            return _apply(head, tuple(go(a) for a in arguments), values)
        case Defined(name, arguments, value_sort):
            return Defined(name, tuple(go(a) for a in arguments), value_sort)
        case Component(vector, index):
            return Component(go(vector), go(index))
        case Build(name, variable, body):
            bound, inner = _under(variable, (body,), values)
            return Build(name, bound, inner[0])
        case Binder(name, variable, body):
            bound, inner = _under(variable, (body,), values)
            return Binder(name, bound, inner[0])
        case Derivative(variable, body, point):
            bound, inner = _under(variable, (body,), values)
            return Derivative(bound, inner[0], go(point))
        case Add(terms):
            return Add(tuple(go(t) for t in terms))
        case Mul(terms):
            return Mul(tuple(go(t) for t in terms))
        case Neg(inner_term):
            return Neg(go(inner_term))
        case Div(a, b):
            return Div(go(a), go(b))
        case Pow(a, b):
            return Pow(go(a), go(b))
        case Bracket(Relation(a, op, b)):
            return Bracket(Relation(go(a), op, go(b)))
    assert_never(term)


def _apply(head: Var, arguments: tuple[Term, ...], values: Mapping[str, Value]) -> Term:
    value = values.get(head.name)
    if value is None:
        return Apply(Var(head.name, map_sort(head.sort, lambda t: substitute(t, values))), arguments)
    if isinstance(value, Lambda):
        return substitute(value.body, {p.name: a for p, a in zip(value.parameters, arguments, strict=True)})
    if isinstance(value, Var):
        return Apply(value, arguments)
    raise IllFormed(f"the function {head.name} can only be replaced by a function")


def _under(
    variable: Var, bodies: tuple[Term, ...], values: Mapping[str, Value]
) -> tuple[Var, tuple[Term, ...]]:
    """Substitute below a binder of ``variable``."""
    sort = map_sort(variable.sort, lambda t: substitute(t, values))
    mine = frozenset[str]().union(*(free_names(b) for b in bodies)) - {variable.name}
    live = {n: v for n, v in values.items() if n in mine}
    taken = frozenset[str]().union(*(free_names(v) for v in live.values()))
    bound = Var(variable.name, sort)
    if variable.name in taken:
        bound = Var(fresh(variable.name, taken | mine), sort)
    inner: dict[str, Value] = {**live, variable.name: bound}
    return bound, tuple(substitute(b, inner) for b in bodies)


def alpha(term: Term, depth: int = 0) -> Term:
    """The term with its bound variables renamed to a canonical form: equal exactly for alpha-equal terms."""

    def go(t: Term) -> Term:
        return alpha(t, depth)

    match term:
        case Build(_, variable, body) | Binder(_, variable, body):
            bound = Var(f"#{depth}", map_sort(variable.sort, go))
            inner = alpha(substitute(body, {variable.name: bound}), depth + 1)
            return type(term)(term.name, bound, inner)  # type: ignore[arg-type]
        case Derivative(variable, body, point):
            bound = Var(f"#{depth}", variable.sort)
            return Derivative(bound, alpha(substitute(body, {variable.name: bound}), depth + 1), go(point))
        case Num():
            return term
        case Var(name, sort):
            return Var(name, map_sort(sort, go))
        case Apply(head, arguments):
            return Apply(Var(head.name, map_sort(head.sort, go)), tuple(go(a) for a in arguments))
        case Defined(name, arguments, value):
            return Defined(name, tuple(go(a) for a in arguments), value)
        case Component(vector, index):
            return Component(go(vector), go(index))
        case Add(terms):
            return Add(tuple(go(t) for t in terms))
        case Mul(terms):
            return Mul(tuple(go(t) for t in terms))
        case Neg(inner):
            return Neg(go(inner))
        case Div(a, b):
            return Div(go(a), go(b))
        case Pow(a, b):
            return Pow(go(a), go(b))
        case Bracket(Relation(a, op, b)):
            return Bracket(Relation(go(a), op, go(b)))
    assert_never(term)
