"""Polynomials in naturals, for sizes and index bounds only: is this index below that size, by form?"""

from __future__ import annotations

from collections import Counter

from lemmata.kernel.errors import IllFormed
from lemmata.kernel.terms import Add, Index, Mul, Neg, Num, Pow, Term, Var

# A size has a few terms; a power of a long sum would keep the judge busy for minutes.
MAX_PRODUCTS = 2000
Polynomial = dict[tuple[Term, ...], int]


def size_polynomial(term: Term) -> Polynomial:
    """The term as a polynomial with integer coefficients; whatever is no sum, product or numeral is an atom."""
    match term:
        case Num(value):
            return {(): value} if value else {}
        case Add(terms):
            total: Counter[tuple[Term, ...]] = Counter()
            for t in terms:
                for monomial, c in size_polynomial(t).items():
                    total[monomial] += c
            return {m: c for m, c in total.items() if c}
        case Neg(inner):
            return {m: -c for m, c in size_polynomial(inner).items()}
        case Mul(terms):
            result: Polynomial = {(): 1}
            for t in terms:
                result = _times(result, size_polynomial(t))
            return result
        case Pow(base, Num(exponent)) if exponent <= 8:
            result = {(): 1}
            for _ in range(exponent):
                result = _times(result, size_polynomial(base))
            return result
        case _:
            return {(term,): 1}


def _times(a: Polynomial, b: Polynomial) -> Polynomial:
    if len(a) * len(b) > MAX_PRODUCTS:
        raise IllFormed("a size has too many terms")
    total: Counter[tuple[Term, ...]] = Counter()
    for left, c in a.items():
        for right, d in b.items():
            total[tuple(sorted(left + right, key=repr))] += c * d
    return {m: c for m, c in total.items() if c}


def surely_below(index: Term, size: Term) -> bool:
    """Whether size - index - 1 is at least 0 for all naturals: an index variable is replaced by its largest value."""
    gap = size_polynomial(Add((size, Neg(index), Neg(Num(1)))))
    for _ in range(8):
        bounded = _replace_largest(gap)
        if bounded is None:
            return all(c >= 0 for c in gap.values())
        gap = bounded
    return False


def _replace_largest(gap: Polynomial) -> Polynomial | None:
    """Replace one index variable that lowers the gap by its largest value, size - 1; the range is then not empty."""
    for monomial, c in gap.items():
        if (
            c < 0
            and len(monomial) == 1
            and isinstance(monomial[0], Var)
            and isinstance(monomial[0].sort, Index)
        ):
            rest = {m: d for m, d in gap.items() if m != monomial}
            largest = size_polynomial(Add((monomial[0].sort.size, Neg(Num(1)))))
            total: Counter[tuple[Term, ...]] = Counter(rest)
            for m, d in largest.items():
                total[m] += c * d
            return {m: d for m, d in total.items() if d}
    return None
