"""The exact value of a term and the truth of a claim at one point, by enumeration in rational arithmetic.

It shares no code with the normaliser: it is how a changed claim is shown to be false, and how the rules are tested.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

from lemmata.kernel.claims import Claim
from lemmata.kernel.definitions import Definition, match_arguments
from lemmata.kernel.errors import Undefined
from lemmata.kernel.substitution import substitute
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

MAX_POINTS = 1 << 16
Point = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Dual:
    """``value + slope * eps`` with eps^2 = 0: how a derivative is evaluated exactly.

    Each of nested derivatives has an eps of its own, told apart by ``level``; the parts may be duals of lower levels.
    """

    value: Any
    slope: Any
    level: int = 0

    def __add__(self, other: Any) -> Dual:
        (a, b), (c, d), level = _aligned(self, other)
        return Dual(a + c, b + d, level)

    def __mul__(self, other: Any) -> Dual:
        (a, b), (c, d), level = _aligned(self, other)
        return Dual(a * c, a * d + b * c, level)

    def __neg__(self) -> Dual:
        return Dual(-self.value, -self.slope, self.level)

    def __sub__(self, other: Any) -> Dual:
        return self + -other

    def __rsub__(self, other: Any) -> Dual:
        return -self + other

    def __pow__(self, exponent: int) -> Dual:
        base = _reciprocal(self) if exponent < 0 else self
        result = Dual(Fraction(1), Fraction(0), self.level)
        for _ in range(abs(exponent)):
            result = result * base
        return result

    __radd__, __rmul__ = __add__, __mul__


def _aligned(a: Any, b: Any) -> tuple[tuple[Any, Any], tuple[Any, Any], int]:
    level = max(x.level for x in (a, b) if isinstance(x, Dual))
    return _parts(a, level), _parts(b, level), level


def _parts(value: Any, level: int) -> tuple[Any, Any]:
    """Value and slope of a number in the eps of one level."""
    if isinstance(value, Dual) and value.level == level:
        return value.value, value.slope
    return value, Fraction(0)


def _reciprocal(value: Any) -> Any:
    if not isinstance(value, Dual):
        if value == 0:
            raise Undefined("a division by zero")
        return 1 / value
    below = _reciprocal(value.value)
    return Dual(below, -value.slope * below * below, value.level)


class Evaluator:
    """Values of terms; ``definitions`` unfold, function variables are Python functions of exact numbers.

    ``ranges`` lists, by the name of a sort that is not finite, the values at which a hypothesis about all of
    them is looked at. Without it such a hypothesis has no truth value here.
    """

    def __init__(
        self, definitions: Mapping[str, Definition], ranges: Mapping[str, Sequence[Any]] | None = None
    ) -> None:
        self.definitions = definitions
        self.ranges = ranges or {}
        self._level = 0

    def term(self, term: Term, at: Point) -> Any:
        """The value: a Fraction, or a tuple for a vector; raises Undefined."""
        match term:
            case Num(value):
                return Fraction(value)
            case Var(name, _):
                return at[name]
            case Apply(head, arguments):
                function: Callable[..., Any] = at[head.name]
                return function(*(self.term(a, at) for a in arguments))
            case Defined(name, arguments, _):
                definition = self.definitions[name]
                if definition.recursive:
                    raise Undefined(f"{name} is defined by recursion")
                return self.term(substitute(definition.body, match_arguments(definition, arguments)), at)
            case Component(vector, index):
                return self.term(vector, at)[int(self.term(index, at))]
            case Build(_, variable, body):
                return tuple(
                    self.term(body, {**at, variable.name: v}) for v in self.values(variable.sort, at)
                )
            case Add(terms):
                return sum((self.term(t, at) for t in terms), Fraction(0))
            case Mul(terms):
                result = Fraction(1)
                for t in terms:
                    result = result * self.term(t, at)
                return result
            case Neg(inner):
                return -self.term(inner, at)
            case Div(a, b):
                return self.term(a, at) * _reciprocal(self.term(b, at))
            case Pow(a, b):
                return _power(self.term(a, at), self.term(b, at))
            case Bracket(relation):
                return Fraction(self.relation(relation, at))
            case Binder(kind, variable, body):
                return self._binder(kind, variable, body, at)
            case Derivative(variable, body, point):
                return self._derivative(variable, body, self.term(point, at), at)

    def _derivative(self, variable: Var, body: Term, point: Any, at: Point) -> Any:
        self._level += 1
        try:
            seed = Dual(point, Fraction(1), self._level)
            return _parts(self.term(body, {**at, variable.name: seed}), self._level)[1]
        finally:
            self._level -= 1

    def _binder(self, kind: str, variable: Var, body: Term, at: Point) -> Any:
        result, count = Fraction(1 if kind == "prod" else 0), 0
        for value in self.values(variable.sort, at):
            here = self.term(body, {**at, variable.name: value})
            result = result * here if kind == "prod" else result + here
            count += 1
        return result * Fraction(1, count) if kind == "mean" else result

    def values(self, sort: Sort, at: Point) -> Iterator[Any]:
        """All values of a finite sort; raises Undefined for one that is not finite, or too large."""
        match sort:
            case Scalar("sign"):
                yield from (Fraction(1), Fraction(-1))
            case Scalar("bit"):
                yield from (Fraction(0), Fraction(1))
            case Index(size):
                yield from (Fraction(i) for i in range(self._size(size, at)))
            case Vector(name, size):
                n = self._size(size, at)
                if n > 16:
                    raise Undefined(f"2^{n} points are too many to enumerate")
                letters = (Fraction(1), Fraction(-1)) if name == "signs" else (Fraction(0), Fraction(1))
                yield from product(letters, repeat=n)
            case Scalar(name) if name in self.ranges:
                yield from self.ranges[name]
            case Scalar() | Function():
                raise Undefined("a quantifier over a range that is not finite")

    def _size(self, size: Term, at: Point) -> int:
        value = self.term(size, at)
        if isinstance(value, Dual):
            raise Undefined("a size that is differentiated")
        if value.denominator != 1 or not 0 <= value <= MAX_POINTS:
            raise Undefined(f"{value} is not a size that can be enumerated")
        return int(value)

    def relation(self, relation: Relation, at: Point) -> bool:
        """Whether the relation holds."""
        left, right = self.term(relation.left, at), self.term(relation.right, at)
        if isinstance(left, Dual) or isinstance(right, Dual):
            raise Undefined("a comparison of what is differentiated")
        match relation.op:
            case "=":
                return bool(left == right)
            case "!=":
                return bool(left != right)
            case "<=":
                return bool(left <= right)
            case "<":
                return bool(left < right)

    def claim(self, claim: Claim, at: Point) -> bool:
        """Whether the claim holds: at the point for the variables it gives, for all values of the others."""
        missing = [v for v in claim.variables if v.name not in at]
        if missing:
            return all(
                self.claim(claim, {**at, missing[0].name: v}) for v in self.values(missing[0].sort, at)
            )
        return not self.hypotheses(claim, at) or self.relation(claim.conclusion, at)

    def hypotheses(self, claim: Claim, at: Point) -> bool:
        """Whether every hypothesis holds; the variables that one binds are its own, whatever is called so outside."""
        return all(
            self.claim(h, {name: at[name] for name in at.keys() - {v.name for v in h.variables}})
            for h in claim.hypotheses
        )

    def refutes(self, claim: Claim, at: Point) -> bool:
        """Whether the point gives every variable, satisfies every hypothesis, and falsifies the conclusion."""
        if any(v.name not in at for v in claim.variables):
            raise Undefined("a counter-instance gives every variable")
        return self.hypotheses(claim, at) and not self.relation(claim.conclusion, at)


def _power(base: Any, exponent: Any) -> Any:
    if isinstance(exponent, Dual) or exponent.denominator != 1:
        raise Undefined("a fractional power, or an exponent that is differentiated")
    if abs(exponent) > 10_000 or (not isinstance(base, Dual) and base == 0 and exponent < 0):
        raise Undefined("a power that is too large, or of zero")
    return base ** int(exponent)
