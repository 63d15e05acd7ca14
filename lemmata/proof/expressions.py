"""What statements are made of: SymPy symbols with a sort, and containers that SymPy never evaluates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import sympy as sp

from lemmata.kernel import terms as k
from lemmata.kernel.tokens import is_name
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
