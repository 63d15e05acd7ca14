"""From SymPy's expressions to kernel terms.

Exactly what has a kernel term is accepted, and whatever has none is named; nothing is evaluated.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from lemmata.kernel import terms as k
from lemmata.model import LemmataError
from lemmata.proof.expressions import (
    At,
    Built,
    Call,
    Derived,
    Expr,
    Mean,
    Named,
    Product,
    Total,
    Truth,
    Variable,
)


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
