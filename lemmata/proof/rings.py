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
