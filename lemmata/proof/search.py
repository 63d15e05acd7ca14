"""Searching for certificates: cofactors of an equation modulo equations, by division in SymPy's rings.

SymPy computes over python-flint where it is installed. Nothing found here is trusted: the kernel checks the result.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp

from lemmata.model import LemmataError


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
    found = _divide(plain[0], plain[1:], symbols)
    return [q.xreplace(back) for q in found]


def _divide(target: Any, generators: list[Any], symbols: list[Any]) -> list[Any]:
    quotients, rest = sp.reduced(target, generators, *symbols, order="grevlex")
    if rest == 0:
        return [sp.sympify(q) for q in quotients]
    # Division alone may miss it: divide by a basis whose members are known as combinations of the generators.
    basis, combinations = _tracked_basis(generators, symbols)
    quotients, rest = sp.reduced(target, basis, *symbols, order="grevlex")
    if rest != 0:
        raise LemmataError("no combination of the premises gives the equation")
    return [
        sp.expand(sum(q * combination[k] for q, combination in zip(quotients, combinations, strict=True)))
        for k in range(len(generators))
    ]


def _tracked_basis(generators: list[Any], symbols: list[Any]) -> tuple[list[Any], list[list[Any]]]:
    """A Groebner basis by Buchberger's algorithm, each member with its cofactors over the generators."""
    basis = list(generators)
    combinations = [[sp.Integer(int(i == k)) for k in range(len(generators))] for i in range(len(generators))]
    pairs = [(i, j) for j in range(len(basis)) for i in range(j)]
    while pairs:
        if len(basis) > 40:
            raise LemmataError("the search takes too long: say by what each premise is multiplied")
        i, j = pairs.pop(0)
        u, v = _overlap(basis[i], basis[j], symbols)
        s = sp.expand(u * basis[i] - v * basis[j])
        quotients, rest = sp.reduced(s, basis, *symbols, order="grevlex") if s != 0 else ([0] * len(basis), 0)
        if rest == 0:
            continue
        new = [u * a - v * b for a, b in zip(combinations[i], combinations[j], strict=True)]
        for q, known in zip(quotients, combinations, strict=True):
            new = [n - q * c for n, c in zip(new, known, strict=True)]
        pairs += [(k, len(basis)) for k in range(len(basis))]
        basis.append(rest)
        combinations.append([sp.expand(n) for n in new])
    return basis, combinations


def _overlap(a: Any, b: Any, symbols: list[Any]) -> tuple[Any, Any]:
    """The multipliers of a and b whose leading terms cancel."""
    lead_a, lead_b = (sp.LT(f, *symbols, order="grevlex") for f in (a, b))
    common = sp.lcm(lead_a, lead_b)
    return sp.cancel(common / lead_a), sp.cancel(common / lead_b)


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
