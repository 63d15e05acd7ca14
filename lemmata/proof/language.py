"""SymPy as the language of statements: the words that theorem modules write.

Sorts are given by example: ``g = function("g", j, x)`` takes arguments like the index j and the sign vector x.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import sympy as sp

from lemmata.kernel import terms as k
from lemmata.proof.expressions import (
    Built,
    C,
    Definition,
    Derived,
    Expr,
    Mean,
    Named,
    Product,
    Recursion,
    Relation,
    Statement,
    Total,
    Truth,
    Variable,
    readable,
)
from lemmata.proof.translation import term


def nat(name: str) -> Any:
    """A natural number, 0 included."""
    return Variable(name, k.NAT)


def real(name: str) -> Any:
    """A real number."""
    return Variable(name, k.REAL)


def sign(name: str) -> Any:
    """1 or -1."""
    return Variable(name, k.SIGN)


def bit(name: str) -> Any:
    """0 or 1."""
    return Variable(name, k.BIT)


def point(name: str) -> Any:
    """An element of an arbitrary non-empty set: a state, a query, an answer."""
    return Variable(name, k.POINT)


def index(name: str, size: Expr) -> Any:
    """One of 0, ..., size - 1."""
    return Variable(name, k.Index(term(size)))


def signs(name: str, size: Expr) -> Any:
    """A vector in {-1,1}^size."""
    return Variable(name, k.Vector("signs", term(size)))


def bits(name: str, size: Expr) -> Any:
    """A vector in {0,1}^size: the indicator of a subset."""
    return Variable(name, k.Vector("bits", term(size)))


def function(name: str, *like: Expr | C, to: Expr = None) -> Any:
    """A real function of arguments like the given variables; ``C(m, w)``: m times differentiable in that one.

    ``to`` is a variable like its values, if they are not real numbers.
    """
    orders = tuple(a.order if isinstance(a, C) else 0 for a in like)
    sorts = tuple((a.like if isinstance(a, C) else a).sort for a in like)
    return Variable(name, k.Function(sorts, orders, k.REAL if to is None else to.sort))


def mean(variable: Any, body: Expr) -> Expr:
    """The mean of ``body`` over all values of the variable."""
    return Mean(variable, sp.sympify(body))


def total(variable: Any, body: Expr) -> Expr:
    """The sum of ``body`` over all values of the variable."""
    return Total(variable, sp.sympify(body))


def product(variable: Any, body: Expr) -> Expr:
    """The product of ``body`` over all values of the index."""
    return Product(variable, sp.sympify(body))


def derivative(variable: Any, body: Expr, point: Expr) -> Expr:
    """The derivative of ``body`` in the real variable, at ``point``."""
    return Derived(variable, sp.sympify(body), sp.sympify(point))


def vector(kind: Literal["signs", "bits"], place: Any, body: Expr) -> Expr:
    """The vector with component ``body`` at ``place``."""
    return Built(sp.Symbol(kind), place, sp.sympify(body))


def bracket(left: Expr, op: str, right: Expr) -> Expr:
    """1 where the relation holds, else 0."""
    return Truth(sp.sympify(left), sp.Symbol(op), sp.sympify(right))


def eq(left: Expr, right: Expr) -> Relation:
    """``left = right``, not evaluated."""
    return Relation(sp.sympify(left), "=", sp.sympify(right))


def le(left: Expr, right: Expr) -> Relation:
    """``left <= right``, not evaluated."""
    return Relation(sp.sympify(left), "<=", sp.sympify(right))


def lt(left: Expr, right: Expr) -> Relation:
    """``left < right``, not evaluated."""
    return Relation(sp.sympify(left), "<", sp.sympify(right))


def ne(left: Expr, right: Expr) -> Relation:
    """``left != right``, not evaluated."""
    return Relation(sp.sympify(left), "!=", sp.sympify(right))


def claim(variables: Sequence[Any], then: Relation, given: Sequence[Relation | Statement] = ()) -> Statement:
    """For all ``variables``, if all of ``given``, then ``then``."""
    return Statement(tuple(variables), tuple(given), then)


def define(name: str, parameters: Sequence[Any], body: Expr, implicit: Sequence[Any] = ()) -> Definition:
    """A new symbol; ``implicit`` lists the sizes that are read off its arguments."""
    return Definition(readable(name), tuple(parameters), sp.sympify(body), tuple(implicit))


def recursion(name: str, k: Any, parameters: Sequence[Any], start: Expr, step: Any) -> Recursion:
    """A new symbol by primitive recursion on k; ``step`` is a function of ``name(k, y)``."""
    here = Named(sp.Symbol(readable(name)), k, *parameters)
    return Recursion(name, k, tuple(parameters), sp.sympify(start), sp.sympify(step(here)))
