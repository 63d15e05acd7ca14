"""Text to terms. The grammar is small, the depth is bounded, and every name must be known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol

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
    Op,
    Pow,
    Relation,
    Scalar,
    Sort,
    Term,
    Var,
    Vector,
)
from lemmata.kernel.tokens import SCALARS, Reader

MAX_DEPTH = 60


class Symbol(Protocol):
    """A defined symbol as the parser knows it: how many arguments, and of which sort its values are."""

    @property
    def arity(self) -> int: ...
    @property
    def value(self) -> Scalar: ...
    def check(self, arguments: tuple[Term, ...]) -> None: ...


class Parser(Reader):
    """A recursive-descent parser; ``scope`` grows under binders and shrinks after them."""

    def __init__(self, source: str, symbols: Mapping[str, Symbol], scope: Mapping[str, Sort]) -> None:
        super().__init__(source)
        self.symbols = symbols
        self.scope = dict(scope)
        self.depth = 0

    # -------------------------------------------------------------- terms

    def term(self) -> Term:
        """sum := ['-'] product (('+' | '-') product)*"""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise IllFormed(f"nested deeper than {MAX_DEPTH}")
        if self.accept("-"):
            # The printer writes a negative first summand in parentheses, so a bare one ends here.
            result: Term = Neg(self._product())
        else:
            result = self._product()
            rest: list[Term] = []
            while self.peek() in ("+", "-"):
                rest.append(self._product() if self.take() == "+" else Neg(self._product()))
            result = Add((result, *rest)) if rest else result
        self.depth -= 1
        return result

    def _product(self) -> Term:
        first = self._power()
        if self.accept("/"):
            return Div(first, self._power())
        rest: list[Term] = []
        while self.accept("*"):
            rest.append(self._power())
        return Mul((first, *rest)) if rest else first

    def _power(self) -> Term:
        base = self._atom()
        return Pow(base, self._atom()) if self.accept("^") else base

    def _atom(self) -> Term:
        result = self._head()
        while self.accept("["):
            index = self.term()
            self.take("]")
            result = Component(result, index)
        return result

    def _head(self) -> Term:
        token = self.peek()
        if token.isdigit():
            if token != str(int(token)):
                raise IllFormed(f"the numeral {token[:20]} has leading zeros")
            return Num(int(self.take()))
        if self.accept("("):
            inner = self.term()
            self.take(")")
            return inner
        if self.accept("["):
            relation = self.relation()
            self.take("]")
            return Bracket(relation)
        if token in ("sum", "prod", "mean", "signs", "bits"):
            return self._binder(self.take())
        if token == "diff":
            return self._derivative()
        return self._named(self.name())

    def _named(self, name: str) -> Term:
        if self.peek() != "(":
            if name not in self.scope:
                raise IllFormed(f"the name {name} is not known here")
            return Var(name, self.scope[name])
        arguments = self._arguments()
        sort = self.scope.get(name)
        if isinstance(sort, Function):
            return Apply(Var(name, sort), arguments)
        if sort is not None or name not in self.symbols:
            raise IllFormed(f"{name} is not a known function")
        if len(arguments) != self.symbols[name].arity:
            raise IllFormed(f"{name} takes {self.symbols[name].arity} arguments")
        self.symbols[name].check(arguments)
        return Defined(name, arguments, self.symbols[name].value)

    def _arguments(self) -> tuple[Term, ...]:
        self.take("(")
        found = [self.term()]
        while self.accept(","):
            found.append(self.term())
        self.take(")")
        return tuple(found)

    def _binder(self, name: str) -> Term:
        self.take("(")
        variable = self.variable()
        self.take(",")
        body = self._bodies(variable)
        self.take(")")
        if name in ("signs", "bits"):
            return Build(name, variable, body)  # type: ignore[arg-type]
        return Binder(name, variable, body)  # type: ignore[arg-type]

    def _derivative(self) -> Term:
        self.take("diff")
        self.take("(")
        variable = self.variable()
        self.take(",")
        body = self._bodies(variable)
        self.take(",")
        point = self.term()
        self.take(")")
        return Derivative(variable, body, point)

    def _bodies(self, variable: Var) -> Term:
        hidden = self.scope.get(variable.name)
        self.scope[variable.name] = variable.sort
        body = self.term()
        if hidden is None:
            del self.scope[variable.name]
        else:
            self.scope[variable.name] = hidden
        return body

    # ------------------------------------------------- sorts and relations

    def variable(self) -> Var:
        """``name: sort``."""
        name = self.name()
        self.take(":")
        return Var(name, self.sort())

    def sort(self) -> Sort:
        """A sort."""
        token = self.take()
        if token in SCALARS:
            return Scalar(token)  # type: ignore[arg-type]
        if token in ("index", "signs", "bits"):
            self.take("(")
            size = self.term()
            self.take(")")
            return Index(size) if token == "index" else Vector(token, size)  # type: ignore[arg-type]
        if token == "fn":
            return self._function_sort()
        raise IllFormed(f"{token!r} is not a sort")

    def _function_sort(self) -> Function:
        self.take("(")
        arguments: list[Sort] = []
        orders: list[int] = []
        while True:
            smooth = re.fullmatch(r"C([1-9])", self.peek())
            orders.append(int(smooth[1]) if smooth else 0)
            if smooth:
                self.take()
            arguments.append(self.sort())
            if not self.accept(","):
                break
        self.take(")")
        self.take("->")
        value = self.sort()
        if not isinstance(value, Scalar):
            raise IllFormed("a function's values are scalars")
        return Function(tuple(arguments), tuple(orders), value)

    def relation(self) -> Relation:
        """``left op right``."""
        left = self.term()
        op = self.take()
        if op not in ("=", "<=", "<", "!="):
            raise IllFormed(f"{op!r} is not a relation")
        operation: Op = op
        return Relation(left, operation, self.term())


def parse_term(source: str, scope: Mapping[str, Sort], symbols: Mapping[str, Symbol]) -> Term:
    """The term of a text, with the variables of ``scope`` and the defined ``symbols``."""
    parser = Parser(source, symbols, scope)
    term = parser.term()
    parser.end()
    return term


def parse_relation(source: str, scope: Mapping[str, Sort], symbols: Mapping[str, Symbol]) -> Relation:
    """The relation of a text, with the variables of ``scope`` and the defined ``symbols``."""
    parser = Parser(source, symbols, scope)
    relation = parser.relation()
    parser.end()
    return relation


def parse_variable(source: str, scope: Mapping[str, Sort], symbols: Mapping[str, Symbol]) -> Var:
    """The variable of ``name: sort``."""
    parser = Parser(source, symbols, scope)
    variable = parser.variable()
    parser.end()
    return variable
