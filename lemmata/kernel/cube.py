"""Reductions on the cube: products over one range as one product, and averages that factorise or contract."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from lemmata.kernel.monomials import Atom, Bound, Mono, Poly
from lemmata.kernel.polynomials import constant, lift, minus, plus, single, times_constant

if TYPE_CHECKING:
    from lemmata.kernel.normal import Normaliser


def one_product(normaliser: Normaliser, mono: Mono) -> Poly | None:
    """On the cube, products over one range are one product, unless all of them have a single factor."""
    if not normaliser.cube:
        return None
    ranges: dict[str, list[tuple[Atom, int]]] = {}
    for atom, e in mono.factors:
        if atom.tag == "prod" and e > 0:
            assert isinstance(atom.parts[0], Poly)
            ranges.setdefault(atom.parts[0].literal, []).append((atom, e))
    for found in ranges.values():
        if all(isinstance(a.parts[1], Poly) and len(a.parts[1].terms) == 1 for a, _ in found):
            continue
        if len(found) == 1 and found[0][1] == 1:
            continue
        size = found[0][0].parts[0]
        assert isinstance(size, Poly)
        merged = _merge_products(normaliser, Bound("", "index", size), found)
        if merged is None:
            continue
        keys = {a.literal for a, _ in found}
        others = tuple((a, e) for a, e in mono.factors if a.literal not in keys)
        product = normaliser.product(merged[0], size, merged[1])
        return normaliser.bind_all(mono.binders, single(Mono((), others)), product)
    return None


def average_over(normaliser: Normaliser, bound: Bound, rest: Mono) -> Poly | None:
    """Factorise or contract a sum over a vector of signs or bits."""
    if not normaliser.cube or bound.sort not in ("signs", "bits") or bound.size is None:
        return None
    products = [(a, e) for a, e in rest.factors if a.tag == "prod" and bound.name in a.names]
    others = tuple((a, e) for a, e in rest.factors if not (a.tag == "prod" and bound.name in a.names))
    merged = _merge_products(normaliser, bound, products)
    if merged is None:
        return None
    index, body = merged
    outside = [(a, e) for a, e in others if bound.name in a.names]
    if outside and all(_simple_component(a, bound) and e == 1 for a, e in outside):
        for atom, _ in outside:
            body = _absorb(normaliser, bound, index, body, atom)
        others = tuple((a, e) for a, e in others if bound.name not in a.names)
        outside = []
    split = _split(normaliser, bound, index, body)
    if split is None:
        return None
    if outside:
        return _contract(normaliser, bound, rest.binders, others, index, split)
    steady, linear = split
    average = _average(bound, index, steady, linear, normaliser)
    return normaliser.bind_all(rest.binders, single(Mono((), others)), average)


def _average(bound: Bound, index: str, steady: Poly, linear: Poly, normaliser: Normaliser) -> Poly:
    """prod_i of the sum of steady + linear * x_i over one component."""
    each = times_constant(steady, 2) if bound.sort == "signs" else plus(times_constant(steady, 2), linear)
    assert bound.size is not None
    return normaliser.product(index, bound.size, each)


def _merge_products(
    normaliser: Normaliser, bound: Bound, products: list[tuple[Atom, int]]
) -> tuple[str, Poly] | None:
    """The product of all factors prod_i F(i) over the range of the vector, as one body."""
    assert bound.size is not None
    name = normaliser.fresh()
    index = lift(Atom("var", name, sort="nat"))
    body = constant(1)
    for atom, e in products:
        size, inner = atom.parts
        assert isinstance(size, Poly) and isinstance(inner, Poly)
        if size.literal != bound.size.literal or e < 1 or bound.name in size.names:
            return None
        body = normaliser.times(
            body, normaliser.integer_power(normaliser.rebuild(inner, {atom.bound: index}), e)
        )
    return name, body


def _simple_component(atom: Atom, bound: Bound) -> bool:
    index = atom.parts[0] if atom.tag == "comp" else None
    return (
        atom.tag == "comp"
        and atom.name == bound.name
        and isinstance(index, Poly)
        and bound.name not in index.names
    )


def _absorb(normaliser: Normaliser, bound: Bound, index: str, body: Poly, atom: Atom) -> Poly:
    """x_k = prod_i (1 + [i = k] (x_i - 1)), for an index k of the vector."""
    here = _component(bound, index)
    place = atom.parts[0]
    assert isinstance(place, Poly)
    delta = normaliser.equality(lift(Atom("var", index, sort="nat")), place, frozenset())
    return normaliser.times(body, plus(constant(1), normaliser.times(delta, minus(here, constant(1)))))


def _component(bound: Bound, index: str) -> Poly:
    assert bound.size is not None
    vector = Atom("vector", bound.name, (bound.size,), sort=bound.sort)
    place = lift(Atom("var", index, sort="nat"))
    return lift(Atom("comp", bound.name, (place, vector), sort=bound.sort[:-1]))


def _split(normaliser: Normaliser, bound: Bound, index: str, body: Poly) -> tuple[Poly, Poly] | None:
    """body = steady + linear * x_i with neither part mentioning x, or None."""
    here = _component(bound, index).terms[0][0].factors[0][0]
    steady: list[Poly] = []
    linear: list[Poly] = []
    for mono, c in body.terms:
        power = sum(e for a, e in mono.factors if a.literal == here.literal)
        kept = Mono(mono.binders, tuple((a, e) for a, e in mono.factors if a.literal != here.literal))
        if power not in (0, 1) or bound.name in kept.names:
            return None
        (linear if power else steady).append(Poly(((kept, c),)))
    return plus(*steady), plus(*linear)


def _contract(
    normaliser: Normaliser,
    bound: Bound,
    binders: tuple[Bound, ...],
    others: tuple[tuple[Atom, int], ...],
    index: str,
    split: tuple[Poly, Poly],
) -> Poly | None:
    """sum_x G(x) prod_i F(i, x_i) = G(s) prod_i F(i, s_i) if F(i, .) vanishes away from s_i."""
    steady, linear = split
    assert bound.size is not None
    for candidate in _candidates(normaliser, bound, steady, linear):
        wrong = minus(constant(1), candidate) if bound.sort == "bits" else times_constant(candidate, -1)
        if plus(steady, normaliser.times(linear, wrong)).terms:
            continue
        value = plus(steady, normaliser.times(linear, candidate))
        vector = normaliser.build(bound.sort, index, bound.size, candidate)
        inner = normaliser.rebuild(single(Mono((), others)), {bound.name: vector})
        return normaliser.bind_all(binders, inner, normaliser.product(index, bound.size, value))
    return None


def _candidates(normaliser: Normaliser, bound: Bound, steady: Poly, linear: Poly) -> list[Poly]:
    """The values s_i to try: products of signs, or exclusive ors of bits, that occur in the body."""
    sort = bound.sort[:-1]
    seen = {a.literal: a for m, _ in (*steady.terms, *linear.terms) for a, _ in m.factors if a.sort == sort}
    leaves = [lift(a) for a in seen.values()][:5]
    found: list[Poly] = []
    for size in range(len(leaves) + 1):
        for chosen in combinations(leaves, size):
            if sort == "sign":
                value = constant(1)
                for leaf in chosen:
                    value = normaliser.times(value, leaf)
                found += [value, times_constant(value, -1)]
            else:
                value = constant(0)
                for leaf in chosen:
                    both = normaliser.times(value, leaf)
                    value = plus(value, leaf, times_constant(both, -2))
                found += [value, minus(constant(1), value)]
    return found
