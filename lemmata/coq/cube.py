"""What is special to {-1,1}^n and {0,1}^n: sums of products over the components factorise or contract."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from lemmata.coq.equals import Equals, replaced
from lemmata.coq.membership import introduction
from lemmata.coq.monomials import Mono, Poly, key
from lemmata.coq.names import NoTemplate, name
from lemmata.coq.products import ITSELF, Proved, braces
from lemmata.kernel.sorting import kinds
from lemmata.kernel.substitution import children, free_names, substitute
from lemmata.kernel.terms import (
    ONE,
    REAL,
    TWO,
    ZERO,
    Add,
    Binder,
    Build,
    Component,
    Index,
    Mul,
    Neg,
    Num,
    Term,
    Var,
    Vector,
    add,
    mul,
    sub,
)

Factors = tuple[tuple[Term, int], ...]
LETTERS: dict[str, tuple[Term, Term]] = {"signs": (ONE, Neg(ONE)), "bits": (ZERO, ONE)}
MAX_LEAVES = 5


class Cube(Equals):
    """Sums over vectors, where the rule allows what is special to them."""

    cube = False

    def reduction(self, variable: Var, factors: Factors) -> Proved | None:
        found = super().reduction(variable, factors)
        if found is None and self.cube and isinstance(variable.sort, Vector):
            return self._over_vector(variable, variable.sort, factors)
        return found

    # ------------------------------------------------------------ one product for one range

    def body_reduction(self, mono: Mono) -> Proved | None:
        """Two products over one range are one product."""
        return (self._one_product(mono) if self.cube else None) or super().body_reduction(mono)

    def _one_product(self, mono: Mono) -> Proved | None:
        ranges: dict[str, list[Binder]] = {}
        for atom, e in mono.factors:
            if isinstance(atom, Binder) and atom.name == "prod" and e > 0:
                assert isinstance(atom.variable.sort, Index)
                ranges.setdefault(key(atom.variable.sort.size), []).extend([atom] * min(e, 2))
        pair = next((found[:2] for found in ranges.values() if len(found) > 1), None)
        if pair is None:
            return None
        first, second = pair
        kept = _without(_without(mono.factors, first), second)
        rest = Mono((), kept)
        index, f = self.entered(first.variable, first.body)
        g = substitute(second.body, {second.variable.name: index})
        poly, joined = self.term(Binder("prod", index, Mul((f, g))))
        size = self.printer.nat(_size(index))
        a, b = (self.printer.abstraction(index, side) for side in (f, g))
        joined = f"refine (eq_trans (prod_mul {size} {a} {b}) _).\ncbv beta.\n{joined}"
        left: Poly = ((Fraction(1), rest),)
        result, script = self.times(left, poly)
        spread = Mul((rest.body, Mul((first, second))))
        start = f"transitivity {self.real(spread)}.\n{{ ring. }}\n"
        return result, start + self.by("times", left, poly, ITSELF, joined, script)

    # ------------------------------------------------------------ sums over a vector

    def _over_vector(self, variable: Var, sort: Vector, factors: Factors) -> Proved | None:
        about = [(a, e) for a, e in factors if variable.name in free_names(a)]
        products = [a for a, e in about if isinstance(a, Binder) and a.name == "prod" and e == 1]
        if len(products) != 1:
            return None
        product = products[0]
        index, body = self.entered(product.variable, product.body)
        component = Var("k_s", REAL)
        inner = _abstracted(body, variable, index, component)
        assert isinstance(index.sort, Index)
        if inner is None or key(index.sort.size) != key(sort.size):
            return None
        outside = [a for a, _ in about if a is not product]
        rest = Mono((), _without(factors, product))
        place = _Place(variable, sort, index, component, inner, product, rest)
        return self._contracted(place) if outside else self._factorised(place)

    def _factorised(self, at: _Place) -> Proved:
        """sum_x prod_i F(i, x_i) = prod_i of the sum of F(i, .) over one component."""
        values = [substitute(at.body, {at.component.name: v}) for v in LETTERS[at.sort.name]]
        poly, average = self.term(Binder("prod", at.index, Add(tuple(values))))
        left: Poly = ((Fraction(1), at.rest),)
        result, script = self.times(left, poly)
        summed = Mul((at.rest.body, Binder("sum", at.variable, at.product)))
        lemma = f"factorise_{at.sort.name} {self.printer.nat(at.sort.size)} {self._function(at)}"
        factor = f"refine (eq_trans ({lemma}) _).\ncbv beta.\n{average}"
        scaled = f"symmetry. refine (sum_left _ _ _ _ _ _). {introduction(at.variable)} ring."
        return result, f"transitivity {self.real(summed)}.\n{{ {scaled} }}\n" + self.by(
            "times", left, poly, ITSELF, factor, script
        )

    def _contracted(self, at: _Place) -> Proved | None:
        """sum_x G(x) prod_i F(i, x_i) = G(s) prod_i F(i, s_i) if F(i, .) vanishes away from s_i."""
        for candidate in self._candidates(at):
            vector = _vector(at.sort, at.index, candidate)
            here = Component(vector, at.index)
            away: Term = Neg(here) if at.sort.name == "signs" else sub(ONE, here)
            zero, vanishing = self.term(substitute(at.body, {at.component.name: away}))
            if zero:
                continue
            value = substitute(at.body, {at.component.name: here})
            whole = Mul(
                (substitute(at.rest.body, {at.variable.name: vector}), Binder("prod", at.index, value))
            )
            poly, script = self.term(whole)
            guarded = Binder("sum", at.variable, Mul((at.rest.body, at.product)))
            weight = self.printer.abstraction(at.variable, at.rest.body)
            lemma = f"contract_{at.sort.name} {self.printer.nat(at.sort.size)} {self.printer.vector(vector)} "
            start = f"transitivity {self.real(guarded)}.\n{{ refine (sum_ext _ _ _ _ _). "
            start += f"{introduction(at.variable)} ring. }}\n"
            start += f"refine (eq_trans ({lemma}{self._function(at)} {weight} _ _) _).\n"
            word = name(at.index.name)
            return poly, start + braces(
                f"{self.membership.vector(vector)}.",
                f"intros {word} h_{word}. cbv beta.\n{vanishing}",
                f"cbv beta.\n{script}",
            )
        return None

    def _function(self, at: _Place) -> str:
        return f"(fun {name(at.index.name)} => {self.printer.abstraction(at.component, at.body)})"

    def _candidates(self, at: _Place) -> Iterator[Term]:
        """The values s_i to try: products of signs, or exclusive ors of bits, that occur in the body."""
        leaves: dict[str, Term] = {}
        _collect(at.body, at.sort.name[:-1], leaves)
        listed = list(leaves.values())[:MAX_LEAVES]
        for size in range(len(listed) + 1):
            for chosen in combinations(listed, size):
                if at.sort.name == "signs":
                    value = mul(*chosen)
                    yield from (value, Neg(value))
                else:
                    value = ZERO
                    for leaf in chosen:
                        value = leaf if value == ZERO else add(value, leaf, Neg(Mul((TWO, value, leaf))))
                    yield from (value, sub(ONE, value))


class _Place:
    """A sum over ``variable`` of ``rest`` times a product over ``index`` of ``body``, at ``component``."""

    def __init__(
        self, variable: Var, sort: Vector, index: Var, component: Var, body: Term, product: Binder, rest: Mono
    ) -> None:
        self.variable, self.sort, self.index, self.component = variable, sort, index, component
        self.body, self.product, self.rest = body, product, rest


def _size(index: Var) -> Term:
    if not isinstance(index.sort, Index):
        raise NoTemplate("a product over something else than an index")
    return index.sort.size


def _without(factors: Factors, atom: Term) -> Factors:
    """The factors with one power of the atom less."""
    found = [(a, e - (a == atom)) for a, e in factors]
    return tuple((a, e) for a, e in found if e)


def _vector(sort: Vector, index: Var, value: Term) -> Term:
    if isinstance(value, Component) and value.index == index and isinstance(value.vector, Var):
        return value.vector
    return Build(sort.name, index, value)


def _collect(term: Term, kind: str, leaves: dict[str, Term]) -> None:
    if isinstance(term, Num | Build):
        return
    found = not isinstance(term, Add | Mul | Neg) and not (isinstance(term, Var) and term.name == "k_s")
    if found and isinstance(term, Component | Var) and kind in kinds(term):
        leaves.setdefault(key(term), term)
        return
    for t in children(term):
        if not (isinstance(t, Var) and isinstance(t.sort, Vector)):
            _collect(t, kind, leaves)


def _abstracted(term: Term, variable: Var, index: Var, component: Var) -> Term | None:
    """The term with ``component`` for ``variable[index]``; None if the variable occurs elsewhere."""
    found = replaced(term, Component(variable, index), component)
    return None if variable.name in free_names(found) else found
