"""Concrete worlds: exact values for every symbol of a theorem, in which its claims can be looked at and found true.

The kernel decides claims for all values; here they are evaluated at some, by code that shares nothing with the rules.
A world of random values has no reason to satisfy a theorem's hypotheses: its ``model`` supplies those that do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from random import Random
from typing import Any

from lemmata.kernel.claims import Claim
from lemmata.kernel.definitions import Definition
from lemmata.kernel.evaluation import Evaluator, Jet
from lemmata.kernel.terms import Function, Index, Scalar, Sort, Var, Vector

RANGES: Mapping[str, tuple[Any, ...]] = {
    "nat": tuple(map(Fraction, range(5))),
    "real": (Fraction(-2), Fraction(-1, 2), Fraction(0), Fraction(1, 3), Fraction(3, 2)),
    "point": (0, 1, 2),
}
LARGEST = 3
_ENTIRE = {"sign": (Fraction(1), Fraction(-1)), "bit": (Fraction(0), Fraction(1)), "point": RANGES["point"]}


class World:
    """Values of symbols by name and sort: ``given`` first, random exact ones for all others.

    The same seed gives the same values, whatever is asked for first. A function is a table of random values,
    and a polynomial in every argument in which it is differentiable. ``number`` draws the reals:
    small fractions, unless told otherwise; no natural number that it draws is above ``largest``. ``exact`` gives equal
    arguments of a function one form, where numbers have more than one.
    """

    def __init__(
        self,
        seed: int,
        given: Mapping[str, Any],
        definitions: Mapping[str, Definition],
        number: Callable[[Random], Any] | None = None,
        largest: int = LARGEST,
        exact: Callable[[Any], Any] | None = None,
    ) -> None:
        self.seed = seed
        self._number = number or _fraction
        self._largest = largest
        self._exact = exact or (lambda argument: argument)
        self.given = given
        self.evaluator = Evaluator(definitions, RANGES)

    def point(self, claim: Claim) -> dict[str, Any]:
        """A value for every variable of the claim, except those that range over an empty set."""
        at: dict[str, Any] = {}
        for variable in claim.variables:
            value = self._value(variable, at)
            if value is not None:
                at[variable.name] = value
        return at

    def holds(self, claim: Claim, at: Mapping[str, Any]) -> bool:
        """Whether the claim is true at a point; raises Undefined where a term has no value."""
        return self.evaluator.claim(claim, at)

    def satisfied(self, claim: Claim, at: Mapping[str, Any]) -> bool:
        """Whether every hypothesis is true at a point: if not, the claim says nothing there."""
        # A variable over an empty range has no value: there, too, nothing is said.
        return all(v.name in at for v in claim.variables) and self.evaluator.hypotheses(claim, at)

    def _value(self, variable: Var, at: Mapping[str, Any]) -> Any:
        if variable.name in self.given:
            return self.given[variable.name]
        key = f"{self.seed} {variable.name} {variable.sort}"
        if isinstance(variable.sort, Function):
            return self._table(key, variable.sort)
        return self._drawn(variable.sort, Random(key), at)

    def _drawn(self, sort: Sort, random: Random, at: Mapping[str, Any]) -> Any:
        match sort:
            case Scalar("nat"):
                return Fraction(random.randint(0, self._largest))
            case Scalar("real"):
                return self._number(random)
            case Scalar(name):
                return random.choice(_ENTIRE[name])
            case Index() | Vector():
                values = list(self.evaluator.values(sort, at)) if _sized(sort, at) else []
                return random.choice(values) if values else None
            case Function():
                return None

    def _table(self, key: str, sort: Function) -> Callable[..., Any]:
        smooth = [k for k, order in enumerate(sort.orders) if order]

        def function(*arguments: Any) -> Any:
            fixed = tuple(self._exact(a) for k, a in enumerate(arguments) if k not in smooth)
            value = self._entry(Random(f"{key} {fixed}"), sort.value)
            for k in smooth:
                random = Random(f"{key} {fixed} {k}")
                # Of so high a degree that no derivative it is said to have is always zero.
                rest: Any = Fraction(0)
                for _ in range(max(2, sort.orders[k])):
                    rest = (rest + self._number(random)) * arguments[k]
                value = value + rest
            return value

        return function

    def _entry(self, random: Random, sort: Scalar) -> Any:
        if sort.name == "real":
            return self._number(random)
        return random.choice(_ENTIRE[sort.name] if sort.name in _ENTIRE else RANGES[sort.name])


def _sized(sort: Index | Vector, at: Mapping[str, Any]) -> bool:
    """Whether the size of a range is known: it may name a variable that has no value itself."""
    try:
        Evaluator({}).term(sort.size, at)
    except KeyError:
        return False
    return True


def _fraction(random: Random) -> Fraction:
    return Fraction(random.randint(-9, 9), random.randint(1, 4))


def with_slope(value: Callable[[Any], Any], slope: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A function of one number whose derivative is said, not computed: for values that no polynomial has.

    ``slope`` may use the function itself, so that an equation like f' = f (1 - f) holds to every order.
    """

    def function(at: Any) -> Any:
        if not isinstance(at, Jet):
            return value(at)
        found = [function(at.value)]
        # The parts of f(a) are those of the integral of f'(a) a': of one order less each.
        rate: tuple[Any, ...] = slope(Jet(at.parts[:-1], at.level)).parts if len(at.parts) > 1 else ()
        for k in range(1, len(at.parts)):
            total = sum((j * at.parts[j] * rate[k - j] for j in range(1, k + 1)), Fraction(0))
            found.append(total * Fraction(1, k))
        return Jet(tuple(found), at.level)

    return function
