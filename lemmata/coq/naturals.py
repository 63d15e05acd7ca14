"""Naturals as arguments, in one way of writing them: what is equal as a polynomial is written alike."""

from __future__ import annotations

from itertools import product

from lemmata.coq.monomials import key
from lemmata.kernel.terms import ZERO, Add, Mul, Num, Pow, Term

MAX_POWER = 16
# A product of atoms, by their texts, with its coefficient.
Product = tuple[Term, ...]
Sum = list[tuple[int, Product]]


def natural(term: Term) -> Term:
    """The sum of products of atoms that the natural is, in a fixed order, a numeral last."""
    found: dict[str, tuple[int, Product]] = {}
    for c, atoms in _expanded(term):
        word = " ".join(map(key, atoms))
        found[word] = (c + found[word][0] if word in found else c, atoms)
    # The empty product, whose text is empty, goes last.
    parts = [_product(*found[word]) for word in sorted(found, key=lambda w: (not w, w)) if found[word][0]]
    if not parts:
        return ZERO
    return parts[0] if len(parts) == 1 else Add(tuple(parts))


def _product(c: int, atoms: Product) -> Term:
    factors: tuple[Term, ...] = atoms if c == 1 and atoms else (Num(c), *atoms)
    return factors[0] if len(factors) == 1 else Mul(factors)


def _expanded(term: Term) -> Sum:
    match term:
        case Num(value):
            return [(value, ())]
        case Add(terms):
            return [item for t in terms for item in _expanded(t)]
        case Mul(terms):
            return _times(*map(_expanded, terms))
        case Pow(base, Num(value)) if value <= MAX_POWER:
            return _times(*[_expanded(base)] * value)
        case _:
            return [(1, (term,))]


def _times(*factors: Sum) -> Sum:
    result: Sum = [(1, ())]
    for factor in factors:
        result = [(c * d, tuple(sorted((*a, *b), key=key))) for (c, a), (d, b) in product(result, factor)]
    return result
