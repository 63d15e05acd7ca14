"""Which terms, relations and sorts have a meaning: every name in scope, every value of the sort that is needed."""

from __future__ import annotations

from typing import assert_never

from lemmata.kernel.errors import IllFormed
from lemmata.kernel.sorting import integer_form, is_vector, kinds, stays_within, vector_sort
from lemmata.kernel.substitution import free, sort_terms
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
)


def check_relation(relation: Relation, scope: dict[str, Sort]) -> None:
    """Check both sides; vectors and points may only be equated."""
    for side in (relation.left, relation.right):
        check(side, scope)
    left, right = relation.left, relation.right
    if is_vector(left) or is_vector(right):
        a, b = vector_sort(left), vector_sort(right)
        if relation.op != "=" or a.name != b.name:
            raise IllFormed("vectors of one sort can be compared with = only")
        if not same_size(a.size, b.size):
            raise IllFormed("vectors are compared that are not of one size by form")
        return
    points = ["point" in kinds(side) for side in (left, right)]
    if any(points) and not (all(points) and relation.op in ("=", "!=")):
        raise IllFormed("points can be compared with = and != only, and only with points")


def check(term: Term, scope: dict[str, Sort]) -> None:
    """Raise IllFormed unless every variable is in scope with its sort and every operation has a meaning."""
    match term:
        case Num():
            return
        case Var(name, sort):
            if scope.get(name) != sort:
                raise IllFormed(f"the variable {name} is not in scope with this sort")
        case Apply(head, arguments):
            _check_apply(head, arguments, scope)
        case Defined(_, arguments, _):
            for argument in arguments:
                check(argument, scope)
        case Component(vector, index):
            check(vector, scope)
            check(index, scope)
            if not below(index, vector_sort(vector).size):
                raise IllFormed("an index is not below the size of its vector by form")
        case Build(name, variable, body):
            _check_bound(variable, ("index",), body, scope)
            if not stays_within(body, name):
                raise IllFormed(f"a component of a vector of {name} is not one by form")
        case Binder(name, variable, body):
            allowed = {
                "sum": ("index", "vector", "finite"),
                "prod": ("index",),
                "mean": ("vector", "finite"),
            }[name]
            _check_bound(variable, allowed, body, scope)
            kinds(term)
        case Derivative(variable, body, point):
            if variable.sort != Scalar("real"):
                raise IllFormed("a derivative needs a real variable")
            _check_bound(variable, ("real",), body, scope)
            check(point, scope)
            _number(point)
        case Bracket(relation):
            check_relation(relation, scope)
        case Pow(base, exponent):
            check(base, scope)
            check(exponent, scope)
            _number(base)
            positive = isinstance(base, Num) and base.value > 0
            if not integer_form(exponent, fractions=positive):
                raise IllFormed("an exponent is not an integer by form")
        case Add(terms) | Mul(terms):
            for t in terms:
                check(t, scope)
            kinds(term)
        case Neg(inner):
            check(inner, scope)
            kinds(term)
        case Div(a, b):
            check(a, scope)
            check(b, scope)
            _number(a)
            _number(b)
        case _:
            assert_never(term)


def _number(term: Term) -> None:
    if "real" not in kinds(term):
        raise IllFormed("arithmetic needs numbers")


def _check_bound(variable: Var, allowed: tuple[str, ...], body: Term, scope: dict[str, Sort]) -> None:
    check_sort(variable.sort, scope)
    _check_shadow(variable.name, scope)
    match variable.sort:
        case Index():
            found = "index"
        case Vector():
            found = "vector"
        case Scalar("sign" | "bit"):
            found = "finite"
        case Scalar("real"):
            found = "real"
        case _:
            found = "other"
    if found not in allowed:
        raise IllFormed(
            f"{variable.name} cannot be bound here: its sort is not of the kind {' or '.join(allowed)}"
        )
    check(body, {**scope, variable.name: variable.sort})
    _number(body)


def _check_shadow(name: str, scope: dict[str, Sort]) -> None:
    """A name that a sort in scope depends on is not bound anew: that sort would then seem to depend on the new one."""
    if name in scope and any(
        v.name == name for sort in scope.values() for size in sort_terms(sort) for v in free(size)
    ):
        raise IllFormed(f"{name} is bound anew where a sort depends on it")


def _check_apply(head: Var, arguments: tuple[Term, ...], scope: dict[str, Sort]) -> None:
    if scope.get(head.name) != head.sort or not isinstance(head.sort, Function):
        raise IllFormed(f"the function {head.name} is not in scope with this sort")
    if len(arguments) != len(head.sort.arguments):
        raise IllFormed(f"the function {head.name} takes {len(head.sort.arguments)} arguments")
    for argument, sort in zip(arguments, head.sort.arguments, strict=True):
        check(argument, scope)
        if not belongs(argument, sort):
            raise IllFormed(f"an argument of {head.name} is not of its sort by form")


def check_sort(sort: Sort, scope: dict[str, Sort]) -> None:
    """Raise IllFormed unless the sort's sizes are naturals in scope."""
    match sort:
        case Scalar():
            return
        case Index(size) | Vector(_, size):
            check(size, scope)
            if "nat" not in kinds(size):
                raise IllFormed("a size is not a natural by form")
        case Function(arguments, orders, _):
            for argument, order in zip(arguments, orders, strict=True):
                if isinstance(argument, Function):
                    raise IllFormed("a function cannot take a function")
                if order and argument != Scalar("real"):
                    raise IllFormed("only a real argument can be differentiable")
                check_sort(argument, scope)


def belongs(term: Term, sort: Sort) -> bool:
    """Whether every value of the term lies in the sort, by form."""
    match sort:
        case Scalar(name):
            if is_vector(term):
                return False
            found = kinds(term)
            return name in found or (
                name in ("sign", "bit") and "real" in found and stays_within(term, name + "s")
            )
        case Index(size):
            return not is_vector(term) and below(term, size)
        case Vector(name, size):
            return (
                is_vector(term) and vector_sort(term).name == name and same_size(vector_sort(term).size, size)
            )
        case Function():
            return False
    assert_never(sort)


def same_size(a: Term, b: Term) -> bool:
    """Whether two sizes are equal as polynomials."""
    from lemmata.kernel.sizes import size_polynomial

    return size_polynomial(a) == size_polynomial(b)


def below(index: Term, size: Term) -> bool:
    """Whether ``index`` is a natural below ``size``, by form."""
    from lemmata.kernel.sizes import surely_below

    return "nat" in kinds(index) and surely_below(index, size)
