"""The canonical order of a monomial's sums, and of the sides of its brackets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import permutations, product
from math import factorial, prod

from lemmata.coq.monomials import Mono, independent, key, merged, rename
from lemmata.coq.names import NoTemplate
from lemmata.kernel.printing import sort_text
from lemmata.kernel.substitution import free_names, substitute
from lemmata.kernel.terms import ZERO, Bracket, Relation, Term, Var

MAX_ORDERS = 720


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
