"""The exact value of a term and the truth of a claim at one point, by enumeration in rational arithmetic.

It shares no code with the normaliser: it is how a changed claim is shown to be false, and how the rules are tested.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import factorial
from typing import Any

from lemmata.kernel.bounded import bound
from lemmata.kernel.claims import Claim
from lemmata.kernel.definitions import Definition, match_arguments
from lemmata.kernel.errors import Undefined
from lemmata.kernel.jets import Jet, parts_of, reciprocal
from lemmata.kernel.substitution import free, substitute
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
MAX_FUNCTIONS = 4096
MAX_RECURSION = 100
Point = Mapping[str, Any]


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
        self._known: dict[tuple[str, tuple[Any, ...]], Any] = {}

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
                    return self._recursive(definition, tuple(self.term(a, at) for a in arguments))
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
                return self.term(a, at) * reciprocal(self.term(b, at))
            case Pow(a, b):
                return _power(self.term(a, at), self.term(b, at))
            case Bracket(relation):
                return Fraction(self.relation(relation, at))
            case Binder(kind, variable, body):
                return self._binder(kind, variable, body, at)
            case Derivative():
                return self._derivative(term, at)

    def _recursive(self, definition: Definition, arguments: tuple[Any, ...]) -> Any:
        """f(k, y) from the two equations of a recursion, from 0 upwards; every value is computed once."""
        if definition.equations is None:
            raise Undefined(f"{definition.name} lacks its second equation")
        count, *others = arguments
        if isinstance(count, Jet):
            raise Undefined("a recursion over what is differentiated")
        if count.denominator != 1 or not 0 <= count <= MAX_RECURSION:
            raise Undefined(f"{definition.name} at {count} is a long recursion, or none")
        base, variable, step = definition.equations
        at = {p.name: a for p, a in zip(definition.parameters[1:], others, strict=True)}
        for k in range(int(count) + 1):
            key = (definition.name, (Fraction(k), *others))
            if key not in self._known:
                here = self.term(step, {**at, variable.name: Fraction(k - 1)}) if k else self.term(base, at)
                self._known[key] = here
        return self._known[definition.name, arguments]

    def _derivative(self, term: Derivative, at: Point) -> Any:
        """A derivative of a derivative at its own variable, and so on, is one of higher order."""
        point, order = self.term(term.point, at), 1
        variable, body = term.variable, term.body
        while isinstance(body, Derivative) and body.point == variable and variable not in free(body.body):
            variable, body, order = body.variable, body.body, order + 1
        self._level += 1
        try:
            seed = Jet((point, Fraction(1), *(Fraction(0) for _ in range(order - 1))), self._level)
            found = self.term(body, {**at, variable.name: seed})
            return factorial(order) * parts_of(found, self._level, order + 1)[order]
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
            case Function(arguments, _, value):
                yield from self._functions(arguments, list(self.values(value, at)), at)
            case Scalar():
                raise Undefined("a quantifier over a range that is not finite")

    def _functions(self, arguments: tuple[Sort, ...], letters: list[Any], at: Point) -> Iterator[Any]:
        """All functions with values among the letters, as long as they are few."""
        if any(isinstance(a, Scalar) and a.name not in ("sign", "bit") for a in arguments):
            raise Undefined("a quantifier over functions on a range that is not finite")
        places = list(product(*(list(self.values(a, at)) for a in arguments)))
        if len(letters) ** len(places) > MAX_FUNCTIONS:
            raise Undefined(f"{len(letters)}^{len(places)} functions are too many to enumerate")
        for values in product(letters, repeat=len(places)):
            yield _table(dict(zip(places, values, strict=True)))

    def _quantified(self, claim: Claim, variable: Var, at: Point) -> Iterator[Any]:
        """The values of a claim's variable at which it has to be looked at."""
        limit = bound(claim, variable)
        if limit is None:
            yield from self.values(variable.sort, at)
            return
        letters = [Fraction(k) for k in range(self._size(limit, at) + 1)]
        if isinstance(variable.sort, Function):
            yield from self._functions(variable.sort.arguments, letters, at)
        else:
            yield from letters

    def _size(self, size: Term, at: Point) -> int:
        value = self.term(size, at)
        if isinstance(value, Jet):
            raise Undefined("a size that is differentiated")
        if value.denominator != 1 or not 0 <= value <= MAX_POINTS:
            raise Undefined(f"{value} is not a size that can be enumerated")
        return int(value)

    def relation(self, relation: Relation, at: Point) -> bool:
        """Whether the relation holds."""
        left, right = self.term(relation.left, at), self.term(relation.right, at)
        if isinstance(left, Jet) or isinstance(right, Jet):
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
                self.claim(claim, {**at, missing[0].name: v}) for v in self._quantified(claim, missing[0], at)
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


def _table(values: Mapping[tuple[Any, ...], Any]) -> Callable[..., Any]:
    return lambda *arguments: values[arguments]


def _power(base: Any, exponent: Any) -> Any:
    if isinstance(exponent, Jet) or exponent.denominator != 1:
        raise Undefined("a fractional power, or an exponent that is differentiated")
    if abs(exponent) > 10_000 or (not isinstance(base, Jet) and base == 0 and exponent < 0):
        raise Undefined("a power that is too large, or of zero")
    return base ** int(exponent)


__all__ = ["MAX_RECURSION", "Evaluator", "Jet"]
