"""Sums of monomials under finite sums, in one canonical form, as terms that print in one shape.

A monomial is ``sum_{v1} ... sum_{vk} a1^e1 * ... * am^em``; its atoms are terms of the kernel. Monomials that differ in
the names or the order of their sums have the same canonical form.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from lemmata.kernel.printing import text
from lemmata.kernel.substitution import alpha, children, free_names, map_sort, sort_terms, substitute
from lemmata.kernel.terms import (
    ONE,
    ZERO,
    Add,
    Binder,
    Bracket,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Term,
    Var,
    mul,
)


@dataclass(frozen=True, slots=True)
class Mono:
    """``sum`` over the binders, outermost first, of the product of atoms to integer powers."""

    binders: tuple[Var, ...]
    factors: tuple[tuple[Term, int], ...]

    @property
    def body(self) -> Term:
        """What stands under all sums."""
        return mul(*(_power(a, e) for a, e in self.factors))

    @property
    def term(self) -> Term:
        """The monomial as a term."""
        return under(self.binders, self.body)


Poly = tuple[tuple[Fraction, Mono], ...]
UNIT = Mono((), ())


def under(binders: Iterable[Var], body: Term) -> Term:
    """The body under sums, outermost first."""
    for variable in reversed(tuple(binders)):
        body = Binder("sum", variable, body)
    return body


def _power(atom: Term, exponent: int) -> Term:
    base = atom if exponent > 0 else Pow(atom, Neg(ONE))
    return base if abs(exponent) == 1 else Pow(base, Num(abs(exponent)))


def constant(value: Fraction | int) -> Poly:
    """A number."""
    return ((Fraction(value), UNIT),) if value else ()


def lift(atom: Term, exponent: int = 1) -> Poly:
    """An atom to a power."""
    return ((Fraction(1), Mono((), ((atom, exponent),))),)


def number(value: Fraction) -> Term:
    """The term of a rational number."""
    size = Num(abs(value.numerator))
    whole: Term = Neg(size) if value < 0 else size
    return whole if value.denominator == 1 else Div(whole, Num(value.denominator))


def weighted(items: Iterable[tuple[Fraction, Term]]) -> Term:
    """``c1 * t1 + (c2 * t2 + ...)``, the shape that the lemmas about sums of terms expect."""
    parts = [Mul((number(c), t)) for c, t in items]
    if not parts:
        return ZERO
    result: Term = parts[-1]
    for part in reversed(parts[:-1]):
        result = Add((part, result))
    return result


def poly_term(poly: Poly) -> Term:
    """The polynomial as a term."""
    return weighted((c, m.term) for c, m in poly)


def argument_term(poly: Poly) -> Term:
    """The polynomial as the argument of a function: an atom as itself."""
    if len(poly) == 1 and poly[0][0] == 1:
        return poly[0][1].term
    return poly_term(poly)


def fractional(*polys: Poly) -> bool:
    """Whether a coefficient is no integer."""
    return any(c.denominator != 1 for p in polys for c, _ in p)


def cancels(factors: Iterable[tuple[Term, int]]) -> bool:
    """Whether an atom stands both above and below."""
    signs: dict[str, set[bool]] = {}
    for atom, e in factors:
        signs.setdefault(key(atom), set()).add(e > 0)
    return any(len(found) > 1 for found in signs.values())


@lru_cache(maxsize=100_000)
def key(term: Term) -> str:
    """A text that is the same for terms equal up to the names of bound variables."""
    return text(alpha(term))


def has_bracket(term: Term) -> bool:
    """Whether a bracket stands somewhere in the term."""
    return isinstance(term, Bracket) or any(map(has_bracket, children(term)))


def collect(items: Iterable[tuple[Fraction, Mono]]) -> Poly:
    """Canonical monomials with like ones collected, in a fixed order."""
    found: dict[str, tuple[Fraction, Mono]] = {}
    for c, mono in items:
        k = key(mono.term)
        found[k] = (c + found[k][0] if k in found else c, mono)
    return tuple(found[k] for k in sorted(found) if found[k][0])


def merged(factors: Iterable[tuple[Term, int]]) -> tuple[tuple[Term, int], ...]:
    """Powers of one atom collected, atoms in a fixed order."""
    found: dict[str, tuple[Term, int]] = {}
    for atom, e in factors:
        k = key(atom)
        found[k] = (atom, e + (found[k][1] if k in found else 0))
    return tuple(found[k] for k in sorted(found) if found[k][1])


def renamed(variable: Var, word: str, values: dict[str, Term]) -> Var:
    """The variable under a new name, its sort under the values so far."""
    return Var(word, map_sort(variable.sort, lambda t: substitute(t, values)))


def rename(mono: Mono, names: Iterable[str]) -> Mono:
    """The monomial with other names for the variables of its sums."""
    values: dict[str, Term] = {}
    binders: list[Var] = []
    for variable, word in zip(mono.binders, names, strict=False):
        bound = renamed(variable, word, values)
        values[variable.name] = bound
        binders.append(bound)
    return Mono(tuple(binders), tuple((substitute(a, values), e) for a, e in mono.factors))


def independent(binders: tuple[Var, ...]) -> bool:
    """Whether no sum's range mentions the variable of another."""
    words = {b.name for b in binders}
    return all(not free_names(t) & words for b in binders for t in sort_terms(b.sort))
