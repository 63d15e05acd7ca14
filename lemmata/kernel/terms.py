"""The kernel's term language: sorts, terms with binders, and the relations between them.

Every value is a number or a finite vector of numbers. Scalars of the sorts nat, index, sign and bit are also
reals, so arithmetic is arithmetic of reals; a subtraction never yields a natural. Numerals are naturals:
a negative or fractional constant is written with ``Neg`` and ``Div``, so a term prints as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, Literal, TypeVar

# ------------------------------------------------------------------ sorts


@dataclass(frozen=True, slots=True)
class Scalar:
    """One of the scalar sorts that take no parameter; ``point`` is an arbitrary non-empty set without arithmetic."""

    name: Literal["nat", "real", "sign", "bit", "point"]


@dataclass(frozen=True, slots=True)
class Index:
    """The finite range 0, ..., size - 1 (empty when size is 0)."""

    size: Term


@dataclass(frozen=True, slots=True)
class Vector:
    """{-1,1}^size (``signs``) or {0,1}^size (``bits``)."""

    name: Literal["signs", "bits"]
    size: Term


@dataclass(frozen=True, slots=True)
class Function:
    """A function symbol's sort; ``orders[k]`` is how often it is differentiable in argument k (0: not at all)."""

    arguments: tuple[Sort, ...]
    orders: tuple[int, ...]
    value: Scalar


Sort = Scalar | Index | Vector | Function
NAT, REAL, SIGN, BIT, POINT = (Scalar(s) for s in ("nat", "real", "sign", "bit", "point"))

# ------------------------------------------------------------------ terms

T = TypeVar("T", bound="Kept")
R = TypeVar("R")


class Kept:
    """What never changes, with what was once found out about it."""

    @cached_property
    def kept(self) -> dict[str, Any]:
        """What was found out, by the names of the functions that did."""
        return {}


def keeping(function: Callable[[T], R]) -> Callable[[T], R]:
    """The function with its values kept where it took them from: it may depend on nothing else."""
    name = function.__name__

    @wraps(function)
    def found(value: T) -> R:
        kept = value.kept
        if name not in kept:
            kept[name] = function(value)
        return kept[name]

    return found


@dataclass(frozen=True)
class Num(Kept):
    """A numeral, never negative."""

    value: int


@dataclass(frozen=True)
class Var(Kept):
    """A variable; its sort is part of it."""

    name: str
    sort: Sort


@dataclass(frozen=True)
class Apply(Kept):
    """A function variable applied to all its arguments."""

    head: Var
    arguments: tuple[Term, ...]


@dataclass(frozen=True)
class Defined(Kept):
    """A symbol introduced by a definition, applied to all its arguments."""

    name: str
    arguments: tuple[Term, ...]
    value: Scalar


@dataclass(frozen=True)
class Component(Kept):
    """Component ``index`` of a vector."""

    vector: Term
    index: Term


@dataclass(frozen=True)
class Build(Kept):
    """The vector whose component ``variable`` is ``body``."""

    name: Literal["signs", "bits"]
    variable: Var
    body: Term


@dataclass(frozen=True)
class Add(Kept):
    """A sum of two or more terms."""

    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Mul(Kept):
    """A product of two or more terms."""

    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Neg(Kept):
    """The negative of a term."""

    term: Term


@dataclass(frozen=True)
class Div(Kept):
    """A quotient; it has a value only where the denominator is not zero."""

    numerator: Term
    denominator: Term


@dataclass(frozen=True)
class Pow(Kept):
    """A power; 0^0 is 1."""

    base: Term
    exponent: Term


@dataclass(frozen=True)
class Bracket(Kept):
    """Iverson's bracket: 1 where the relation holds and 0 elsewhere."""

    relation: Relation


@dataclass(frozen=True)
class Binder(Kept):
    """A finite sum or product over a variable, or the mean over a non-empty finite sort."""

    name: Literal["sum", "prod", "mean"]
    variable: Var
    body: Term


@dataclass(frozen=True)
class Derivative(Kept):
    """The derivative of ``body`` in the real ``variable``, at ``point``."""

    variable: Var
    body: Term
    point: Term


Term = (
    Num
    | Var
    | Apply
    | Defined
    | Component
    | Build
    | Add
    | Mul
    | Neg
    | Div
    | Pow
    | Bracket
    | Binder
    | Derivative
)
Op = Literal["=", "<=", "<", "!="]


@dataclass(frozen=True, slots=True)
class Relation:
    """An equation, an inequality or an inequation between two terms."""

    left: Term
    op: Op
    right: Term


ZERO, ONE, TWO = Num(0), Num(1), Num(2)


def add(*terms: Term) -> Term:
    """The sum of the terms, nothing simplified."""
    return ZERO if not terms else terms[0] if len(terms) == 1 else Add(terms)


def mul(*terms: Term) -> Term:
    """The product of the terms, nothing simplified."""
    return ONE if not terms else terms[0] if len(terms) == 1 else Mul(terms)


def sub(left: Term, right: Term) -> Term:
    """``left - right``, nothing simplified."""
    return Add((left, Neg(right)))
