"""Sums of monomials under finite sums, in one canonical form, as terms that print in one shape.

A monomial is ``sum_{v1} ... sum_{vk} a1^e1 * ... * am^em``; its atoms are terms of the kernel. Monomials that differ in
the names or the order of their sums have the same canonical form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import permutations, product
from math import factorial, prod

from lemmata.coq.names import NoTemplate
from lemmata.kernel.printing import sort_text, text
from lemmata.kernel.substitution import alpha, free_names, map_sort, sort_terms, substitute
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
    Relation,
    Term,
    Var,
    mul,
)

MAX_ORDERS = 720


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


# ---------------------------------------------------------------- the canonical order of sums


def canonical(mono: Mono) -> tuple[Mono, tuple[int, ...]]:
    """The canonical monomial, and the order in which its sums take those of the given one."""
    if not mono.binders:
        return Mono((), merged(_turned(mono.factors))), ()
    best: tuple[str, Mono, tuple[int, ...]] | None = None
    for order in _orders(mono):
        other = rename(Mono(tuple(mono.binders[k] for k in order), mono.factors), _names(len(order)))
        other = Mono(other.binders, merged(_turned(other.factors)))
        k = key(other.term)
        if best is None or k < best[0]:
            best = (k, other, order)
    assert best is not None
    return best[1], best[2]


def aligned(mono: Mono) -> Mono:
    """The same monomial with its atoms in the order that they have in the canonical one."""
    final, order = canonical(mono)
    if not mono.binders:
        return final
    values: dict[str, Term] = {mono.binders[k].name: b for k, b in zip(order, final.binders, strict=True)}
    place = {key(a): number for number, (a, _) in enumerate(final.factors)}
    return Mono(
        mono.binders,
        tuple(sorted(mono.factors, key=lambda f: place[key(oriented(substitute(f[0], values)))])),
    )


def _turned(factors: Iterable[tuple[Term, int]]) -> Iterator[tuple[Term, int]]:
    return ((oriented(a), e) for a, e in factors)


def oriented(atom: Term) -> Term:
    """The bracket of an equation with its sides in a fixed order; any other atom as it is."""
    if not isinstance(atom, Bracket) or atom.relation.op != "=":
        return atom
    left, right = atom.relation.left, atom.relation.right
    if left == ZERO or key(left) <= key(right):
        return atom
    return Bracket(Relation(right, "=", left))


def _names(count: int) -> list[str]:
    return [f"c_{k}" for k in range(count)]


def _orders(mono: Mono) -> Iterator[tuple[int, ...]]:
    """Orders that respect what tells the variables apart; only those alike in all respects are permuted."""
    count = len(mono.binders)
    if not independent(mono.binders):
        yield tuple(range(count))
        return
    colours = _colours(mono)
    groups: dict[str, list[int]] = {}
    for k in range(count):
        groups.setdefault(colours[k], []).append(k)
    listed = [groups[c] for c in sorted(groups)]
    if prod(factorial(len(g)) for g in listed) > MAX_ORDERS:
        raise NoTemplate("too many sums that look alike")
    for chosen in product(*(permutations(g) for g in listed)):
        yield tuple(k for g in chosen for k in g)


def _colours(mono: Mono) -> list[str]:
    """A text for every sum that does not depend on the names of the variables."""
    words = [b.name for b in mono.binders]
    colours = [sort_text(b.sort) for b in mono.binders]
    inside = [[k for k, w in enumerate(words) if w in free_names(a)] for a, _ in mono.factors]
    for _ in range(3):
        ranks = {c: f"c_{r}" for r, c in enumerate(sorted(set(colours)))}
        values = {w: Var(ranks[colours[k]], mono.binders[k].sort) for k, w in enumerate(words)}
        fresh: list[str] = []
        for k in range(len(words)):
            here = {**values, words[k]: Var("c_here", mono.binders[k].sort)}
            seen = sorted(
                f"{key(substitute(a, here))}^{e}"
                for (a, e), names in zip(mono.factors, inside, strict=True)
                if k in names
            )
            fresh.append(f"{ranks[colours[k]]} {colours[k].split(' | ')[0]} | {seen}")
        colours = fresh
    return colours
