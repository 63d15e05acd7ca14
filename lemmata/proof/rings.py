"""Expressions as polynomials in python-flint's rings: identities are compared there, not by expanding trees."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import add, mul
from typing import Any

import flint
import sympy as sp

from lemmata.model import LemmataError


class Ring:
    """The polynomials with rational coefficients in given symbols, ordered by degree, then reversely."""

    def __init__(self, symbols: Sequence[Any]) -> None:
        self.symbols = tuple(symbols)
        # The names of the ring are its own: two symbols of one name stay apart.
        names = [f"v{k}" for k in range(len(self.symbols))]
        self.context: Any = flint.fmpq_mpoly_ctx.get(names, flint.Ordering.degrevlex)
        self._known: dict[Any, Any] = dict(zip(self.symbols, self.context.gens(), strict=True))

    def element(self, expression: Any) -> Any:
        """The polynomial that a tree of sums, products and natural powers stands for.

        Raises LemmataError for anything else.
        """
        if (known := self._known.get(expression)) is not None:
            return known
        if isinstance(expression, sp.Rational):
            return self.context.constant(flint.fmpq(int(expression.p), int(expression.q)))
        if isinstance(expression, sp.Add | sp.Mul):
            joined = add if isinstance(expression, sp.Add) else mul
            return reduce(joined, map(self.element, expression.args))
        if isinstance(expression, sp.Pow) and expression.exp.is_Integer and expression.exp > 0:
            return self.element(expression.base) ** int(expression.exp)
        raise LemmataError(f"{expression} is no polynomial in {', '.join(map(str, self.symbols))}")

    def expression(self, element: Any) -> Any:
        """The polynomial as a sum of its terms."""
        terms = (
            sp.Rational(int(c.p), int(c.q))
            * sp.Mul(*(s**e for s, e in zip(self.symbols, powers, strict=True)))
            for powers, c in element.terms()
        )
        return sp.Add(*terms)

    def number(self, value: int) -> Any:
        """A number as an element."""
        return self.context.constant(value)

    def divided(self, target: Any, divisors: Sequence[Any]) -> tuple[list[Any], Any]:
        """Quotients and a rest, no term of which is divisible by the leading term of a divisor.

        Terms are taken from the leading one down, each by the first divisor that takes it (Cox, Little, O'Shea,
        "Ideals, varieties, and algorithms", section 2.3).
        """
        quotients, rest = [self.number(0) for _ in divisors], self.number(0)
        leads = [(k, d, d.monomial(0), d.coefficient(0)) for k, d in enumerate(divisors) if d != 0]
        while target != 0:
            powers, c = target.monomial(0), target.coefficient(0)
            for k, divisor, lead, by in leads:
                if all(a >= b for a, b in zip(powers, lead, strict=True)):
                    factor = self._term([a - b for a, b in zip(powers, lead, strict=True)], c / by)
                    quotients[k] += factor
                    target -= factor * divisor
                    break
            else:
                term = self._term(powers, c)
                rest += term
                target -= term
        return quotients, rest

    def overlap(self, a: Any, b: Any) -> tuple[Any, Any]:
        """The multipliers of two elements other than zero whose leading terms then cancel."""
        both = [max(p, q) for p, q in zip(a.monomial(0), b.monomial(0), strict=True)]
        return self._missing(a, both), self._missing(b, both)

    def _missing(self, element: Any, powers: Sequence[int]) -> Any:
        left = [p - q for p, q in zip(powers, element.monomial(0), strict=True)]
        return self._term(left, 1 / element.coefficient(0))

    def _term(self, powers: Sequence[int], coefficient: Any) -> Any:
        return self.context.from_dict({tuple(powers): coefficient})
