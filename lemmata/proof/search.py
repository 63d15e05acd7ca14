"""Searching for certificates: cofactors of an equation modulo equations, by division in python-flint's rings.

Nothing found here is trusted: the kernel checks the result.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp

from lemmata.model import LemmataError
from lemmata.proof.rings import Ring


def cofactors(target: Any, generators: Sequence[Any]) -> list[Any]:
    """Polynomials q_k with ``target = sum_k q_k generators[k]``.

    Sums, means and function values count as indeterminates. Raises LemmataError if there are none: by a Groebner
    basis of the generators, which decides whether the target is in their ideal.
    """
    names: dict[Any, Any] = {}
    plain = [_plain(sp.sympify(e), names) for e in (target, *generators)]
    symbols = sorted(names.values(), key=lambda s: s.name)
    if not symbols:
        raise LemmataError("there is nothing to search for in an equation between numbers")
    back = {symbol: expr for expr, symbol in names.items()}
    ring = Ring(symbols)
    found = _divide(ring.element(plain[0]), [ring.element(e) for e in plain[1:]], ring)
    return [ring.expression(q).xreplace(back) for q in found]


def _divide(target: Any, generators: list[Any], ring: Ring) -> list[Any]:
    quotients, rest = ring.divided(target, generators)
    if rest == 0:
        return quotients
    # Division alone may miss it: divide by a basis whose members are known as combinations of the generators.
    basis, combinations = _tracked_basis(generators, ring)
    quotients, rest = ring.divided(target, basis)
    if rest != 0:
        raise LemmataError("no combination of the premises gives the equation")
    return [
        sum((q * each[k] for q, each in zip(quotients, combinations, strict=True)), ring.number(0))
        for k in range(len(generators))
    ]


def _tracked_basis(generators: list[Any], ring: Ring) -> tuple[list[Any], list[list[Any]]]:
    """A Groebner basis by Buchberger's algorithm, each member with its cofactors over the generators."""
    basis = [g for g in generators if g != 0]
    units = [[ring.number(int(i == k)) for k in range(len(generators))] for i in range(len(generators))]
    combinations = [unit for unit, g in zip(units, generators, strict=True) if g != 0]
    pairs = [(i, j) for j in range(len(basis)) for i in range(j)]
    while pairs:
        if len(basis) > 40:
            raise LemmataError("the search takes too long: say by what each premise is multiplied")
        i, j = pairs.pop(0)
        u, v = ring.overlap(basis[i], basis[j])
        quotients, rest = ring.divided(u * basis[i] - v * basis[j], basis)
        if rest == 0:
            continue
        new = [u * a - v * b for a, b in zip(combinations[i], combinations[j], strict=True)]
        for q, known in zip(quotients, combinations, strict=True):
            new = [n - q * c for n, c in zip(new, known, strict=True)]
        pairs += [(k, len(basis)) for k in range(len(basis))]
        basis.append(rest)
        combinations.append(new)
    return basis, combinations


def _plain(expr: Any, names: dict[Any, Any]) -> Any:
    """The expression with every indeterminate as a bare symbol."""
    if isinstance(expr, sp.Add | sp.Mul):
        return expr.func(*(_plain(a, names) for a in expr.args))
    if isinstance(expr, sp.Pow) and expr.exp.is_Integer and expr.exp > 0:
        return _plain(expr.base, names) ** expr.exp
    if isinstance(expr, sp.Rational):
        return expr
    if not isinstance(expr, sp.Expr):
        raise LemmataError(f"{expr} cannot be searched for")
    return names.setdefault(expr, sp.Symbol(f"v{len(names)}"))
