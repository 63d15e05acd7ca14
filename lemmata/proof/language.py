"""SymPy as the language of statements: containers that SymPy never evaluates, and their translation to kernel terms.

Sorts are given by example: ``g = function("g", j, x)`` takes arguments like the index j and the sign vector x.
The translation accepts exactly what has a kernel term and names whatever has none; it evaluates nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import sympy as sp

from lemmata.kernel import terms as k
from lemmata.kernel.parsing import is_name
from lemmata.model import LemmataError

Expr = Any


def readable(name: str) -> str:
    """The name of a symbol; raises LemmataError for one that the kernel cannot read."""
    if not is_name(name):
        raise LemmataError(
            f"{name!r:.40} cannot name a symbol: a name is a letter a-z, A-Z or _, then such letters, digits, _ and ', "
            "and no word of the kernel such as sum or for; lam, alpha, Gamma, ... are printed as Greek letters"
        )
    return name


class Variable(sp.Symbol):
    """A symbol with a kernel sort; vectors have components ``x[i]``, functions are called."""

    sort: k.Sort

    def __new__(cls, name: str, sort: k.Sort) -> Variable:
        made = sp.Symbol.__xnew__(cls, readable(name))
        made.sort = sort
        return made

    def _hashable_content(self) -> tuple[Any, ...]:
        return (*super()._hashable_content(), repr(self.sort))

    def __getitem__(self, index: Expr) -> Expr:
        if not isinstance(self.sort, k.Vector):
            raise LemmataError(f"{self.name} has no components: it is no vector")
        return At(self, sp.sympify(index))

    def __iter__(self) -> Any:
        raise TypeError(f"{self.name} has a symbolic length")

    def __call__(self, *arguments: Expr) -> Expr:
        if not isinstance(self.sort, k.Function):
            raise LemmataError(f"{self.name} is no function")
        return Call(self, *(sp.sympify(a) for a in arguments))


class At(sp.Expr):
    """A component of a vector."""


class Call(sp.Expr):
    """A function variable applied to its arguments."""


class Mean(sp.Expr):
    """The mean over a sign vector, a bit vector, a sign or a bit."""


class Total(sp.Expr):
    """A finite sum."""


class Product(sp.Expr):
    """A finite product over an index."""


class Derived(sp.Expr):
    """A derivative in a real variable, at a point."""


class Built(sp.Expr):
    """The vector with the given components."""


class Truth(sp.Expr):
    """Iverson's bracket of left, relation, right."""


class Named(sp.Expr):
    """A defined symbol applied to its arguments."""


@dataclass(frozen=True, slots=True)
class C:
    """An argument in which a function is ``order`` times differentiable: ``function("f", C(1, w), x)``."""

    order: int
    like: Expr


@dataclass(frozen=True, slots=True)
class Relation:
    """``left op right`` between SymPy expressions."""

    left: Expr
    op: Literal["=", "<=", "<", "!="]
    right: Expr


@dataclass(frozen=True, slots=True)
class Statement:
    """For all variables, if the hypotheses hold, then the conclusion; a hypothesis may itself be a statement."""

    variables: tuple[Any, ...]
    given: tuple[Relation | Statement, ...]
    then: Relation


@dataclass(frozen=True, slots=True)
class Definition:
    """``name(parameters) = body``; calling it applies the symbol."""

    name: str
    parameters: tuple[Any, ...]
    body: Expr
    implicit: tuple[Any, ...] = ()

    def __call__(self, *arguments: Expr) -> Expr:
        return Named(sp.Symbol(self.name), *(sp.sympify(a) for a in arguments))


@dataclass(frozen=True, slots=True)
class Recursion:
    """``name(0, y) = start`` and ``name(k + 1, y) = step``, which may mention ``name(k, y)``."""

    name: str
    k: Any
    parameters: tuple[Any, ...]
    start: Expr
    step: Expr

    def __call__(self, *arguments: Expr) -> Expr:
        return Named(sp.Symbol(self.name), *(sp.sympify(a) for a in arguments))


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


# ---------------------------------------------------------------- translation


def term(expr: Expr) -> k.Term:
    """The kernel term of an expression; raises LemmataError naming what has none."""
    expr = sp.sympify(expr)
    match expr:
        case Variable():
            return k.Var(expr.name, expr.sort)
        case sp.Integer():
            return _integer(int(expr))
        case sp.Rational():
            return _integer(int(expr.p), int(expr.q))
        case sp.Add():
            found = [term(a) for a in expr.as_ordered_terms()]
            # A sum reads best when it does not begin with a minus; the order of summands means nothing.
            return k.Add(tuple(sorted(found, key=lambda t: isinstance(t, k.Neg))))
        case sp.Mul():
            return _product(expr)
        case sp.Pow():
            return _power(expr)
        case _:
            return _container(expr)


def _integer(value: int, below: int = 1) -> k.Term:
    size: k.Term = k.Num(abs(value)) if below == 1 else k.Div(k.Num(abs(value)), k.Num(below))
    return k.Neg(size) if value < 0 else size


def _product(expr: Expr) -> k.Term:
    coefficient, rest = expr.as_coeff_Mul()
    above = [k.Num(abs(int(coefficient.p)))] if abs(coefficient.p) != 1 else []
    below: list[k.Term] = [k.Num(int(coefficient.q))] if coefficient.q != 1 else []
    found: list[k.Term] = [*above]
    for factor in sp.Mul.make_args(rest):
        if factor == 1:
            continue
        if isinstance(factor, sp.Pow) and factor.exp.is_Number and factor.exp.is_negative:
            below.append(term(factor.base ** (-factor.exp)))
        else:
            found.append(term(factor))
    value = k.mul(*found)
    value = k.Div(value, k.mul(*below)) if below else value
    return k.Neg(value) if coefficient < 0 else value


def _power(expr: Expr) -> k.Term:
    if expr.exp.is_Number and expr.exp.is_negative:
        return k.Div(k.ONE, term(expr.base ** (-expr.exp)))
    exponent = term(expr.exp)
    if isinstance(exponent, k.Add) and all(isinstance(t, k.Neg) for t in exponent.terms):
        # 2^(-m - n) as 2^(-(m + n)), whose exponent is a natural that is negated
        exponent = k.Neg(term(-expr.exp))
    return k.Pow(term(expr.base), exponent)


def _container(expr: Expr) -> k.Term:
    match expr:
        case At():
            return k.Component(term(expr.args[0]), term(expr.args[1]))
        case Call():
            head, *rest = expr.args
            assert isinstance(head, Variable)
            return k.Apply(k.Var(head.name, head.sort), tuple(term(a) for a in rest))
        case Named():
            return k.Defined(str(expr.args[0]), tuple(term(a) for a in expr.args[1:]), k.REAL)
        case Mean() | Total() | Product():
            name: Any = {Mean: "mean", Total: "sum", Product: "prod"}[type(expr)]
            return k.Binder(name, variable(expr.args[0]), term(expr.args[1]))
        case Derived():
            return k.Derivative(variable(expr.args[0]), term(expr.args[1]), term(expr.args[2]))
        case Built():
            kind: Any = str(expr.args[0])
            return k.Build(kind, variable(expr.args[1]), term(expr.args[2]))
        case Truth():
            op: Any = str(expr.args[1])
            return k.Bracket(k.Relation(term(expr.args[0]), op, term(expr.args[2])))
        case _:
            raise LemmataError(f"{type(expr).__name__} has no term in the kernel: {expr}")


def variable(symbol: Any) -> k.Var:
    """The kernel variable of a symbol; raises LemmataError for a bare SymPy symbol."""
    if not isinstance(symbol, Variable):
        raise LemmataError(f"{symbol} has no sort: make it with nat, real, signs, ...")
    return k.Var(symbol.name, symbol.sort)
