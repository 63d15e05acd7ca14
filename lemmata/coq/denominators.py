"""Denominators that are sums: each is taken out of a normal form by multiplying with it."""

from __future__ import annotations

from fractions import Fraction

from lemmata.coq.membership import introduction
from lemmata.coq.monomials import Mono, Poly, key, number, weighted
from lemmata.coq.names import NoTemplate
from lemmata.coq.normal import Normaliser
from lemmata.coq.products import braces
from lemmata.kernel.substitution import free_names
from lemmata.kernel.terms import Add, Mul, Term, sub

Items = list[tuple[Fraction, Term]]


def below(poly: Poly) -> Term | None:
    """A sum by which monomials are divided, one that mentions no variable of their own sums."""
    for _, mono in poly:
        words = {b.name for b in mono.binders}
        for atom, e in mono.factors:
            if e < 0 and isinstance(atom, Add | Mul) and not free_names(atom) & words:
                return atom
    return None


def cleared(normaliser: Normaliser, poly: Poly, divisor: Term) -> tuple[Term, str]:
    """The polynomial times the divisor, and a script for ``polynomial = 0`` that leaves ``that product = 0``.

    Raises NoTemplate for a divisor of which nothing says that it is not 0.
    """
    items: Items = []
    shown: list[str] = []
    for c, mono in poly:
        term, script = _multiplied(mono, divisor)
        items.append((c, term))
        shown.append(script)
    text = normaliser.real(divisor)
    whole = weighted(items)
    *first, last = shown
    each = [f"refine (clear_terms _ _ _ _ _ _ _ _).\n{{ {s} }}" for s in first]
    product = "\n".join(["intros k_d.", *each, f"refine (clear_last _ _ _ _ _).\n{last}"])
    start = f"refine (by_clearing {text} {normaliser.poly(poly)} {normaliser.real(whole)} _ _ _).\n"
    return whole, start + braces(nonzero(normaliser, divisor), product)


def _multiplied(mono: Mono, divisor: Term) -> tuple[Term, str]:
    """The divisor times the monomial: one power less below, or the product as it stands."""
    sought = key(divisor)
    if not any(key(a) == sought and e < 0 for a, e in mono.factors):
        return Mul((divisor, mono.term)), "reflexivity."
    factors = tuple((a, e + (key(a) == sought)) for a, e in mono.factors)
    rest = Mono(mono.binders, tuple((a, e) for a, e in factors if e))
    under = [f"refine (sum_left _ _ _ _ _ _). {introduction(v)}" for v in mono.binders]
    return rest.term, "\n".join([*under, "refine (clear_one _ _ _ k_d _). ring."])


def nonzero(normaliser: Normaliser, divisor: Term) -> str:
    """The script for ``divisor <> 0``: a hypothesis says so of a multiple, or its form does."""
    sought, _ = normaliser.term(divisor)
    for proof, relation in normaliser.facts:
        try:
            gap, script = normaliser.term(sub(relation.right, relation.left))
        except NoTemplate:
            continue
        factor = _multiple(gap, sought)
        if factor is not None:
            says = "less" if relation.op == "<" else "unequal"
            start = f"refine (nonzero_by_{says} _ _ ({normaliser.real(number(factor))}) _ {proof} _).\n"
            return f"{start}transitivity {normaliser.poly(gap)}.\n" + braces(script, "field.")
    return "nonzero."


def _multiple(poly: Poly, other: Poly) -> Fraction | None:
    """c where the polynomial is c times the other."""
    if not poly or len(poly) != len(other):
        return None
    factor = poly[0][0] / other[0][0]
    same = all(
        c == factor * d and key(m.term) == key(n.term) for (c, m), (d, n) in zip(poly, other, strict=True)
    )
    return factor if same else None
