"""Normal forms of terms, with the Coq script that proves each.

This is no copy of the kernel's normaliser: it only has to find a form that Coq accepts, and finding none is no harm.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from lemmata.coq.brackets import Brackets
from lemmata.coq.monomials import (
    Mono,
    Poly,
    collect,
    constant,
    fractional,
    key,
    lift,
    merged,
)
from lemmata.coq.names import NoTemplate
from lemmata.coq.powers import MAX_POWER
from lemmata.coq.products import ITSELF, NUMBER, Proved, close
from lemmata.coq.statements import Printer
from lemmata.kernel.definitions import Definition
from lemmata.kernel.substitution import children
from lemmata.kernel.terms import (
    Add,
    Apply,
    Binder,
    Bracket,
    Build,
    Component,
    Defined,
    Derivative,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Relation,
    Term,
    Var,
)


class Normaliser(Brackets):
    """Normal forms under definitions to unfold; ``cube`` allows what is special to vectors."""

    def __init__(
        self,
        printer: Printer,
        unfold: Mapping[str, Definition] | None = None,
        cube: bool = False,
        facts: Sequence[tuple[str, Relation]] = (),
    ) -> None:
        super().__init__(printer)
        # What is known to be less, or unequal, and the name of its proof: no denominator may vanish.
        self.facts = tuple(facts)
        self.unfold, self.cube = dict(unfold or {}), cube
        self._known: dict[Term, Proved] = {}

    def term(self, term: Term) -> Proved:
        """The normal form, and the script that closes ``term = normal form``."""
        if term not in self._known:
            poly, script = self._term(term)
            if len(poly) == 1 and poly[0][0] == 1 and key(poly[0][1].term) == key(term):
                script = ITSELF
            self._known[term] = (poly, script)
        return self._known[term]

    def _term(self, term: Term) -> Proved:
        plain = self._plain(term)
        if plain is not None:
            return plain
        match term:
            case Num(value):
                return constant(value), NUMBER if value else "reflexivity."
            case Var():
                return lift(term), ITSELF
            case Add(terms):
                return self._sum(terms)
            case Mul(terms):
                return self._multiplied(terms)
            case Neg(inner):
                poly, script = self.term(inner)
                result = tuple((-c, m) for c, m in poly)
                return result, self.one("opposite", poly, script, close(poly))
            case Div(a, b):
                (left, one), (right, other) = self.term(a), self.inverse(b)
                result, script = self.times(left, right)
                return result, self.by("over", left, right, one, other, script)
            case Pow(a, b):
                return self.power(a, b)
            case Component(vector, index):
                return self.component(vector, index)
            case Apply() | Defined():
                return self.applied(term)
            case Bracket(relation):
                return self.bracket(relation)
            case Binder("prod", variable, body):
                return self.prod(variable, body)
            case Binder(kind, variable, body):
                return self.summed(kind, variable, body)
            case Derivative(variable, body, point):
                return self.derivative(variable, body, point)
            case Build():
                raise NoTemplate("a vector stands where a number is needed")

    def _plain(self, term: Term) -> Proved | None:
        """Sums and products of atoms, in which nothing is reduced but squares: one call of ``ring``."""
        if not isinstance(term, Add | Mul | Neg | Div | Pow):
            return None
        hints: dict[str, str] = {}
        poly = self._arithmetic(term, hints)
        if poly is None:
            return None
        return poly, self.calculated(hints, fractional(poly) or _divides(term))

    def _arithmetic(self, term: Term, hints: dict[str, str]) -> Poly | None:
        match term:
            case Num(value):
                return constant(value)
            case Add(terms):
                parts = [self._arithmetic(t, hints) for t in terms]
                return None if None in parts else collect(i for p in parts for i in p or ())
            case Neg(inner):
                found = self._arithmetic(inner, hints)
                return None if found is None else tuple((-c, m) for c, m in found)
            case Mul(terms):
                return self._arithmetic_product(terms, hints)
            case Div(a, Num(value)) if value:
                found = self._arithmetic(a, hints)
                return None if found is None else tuple((c / value, m) for c, m in found)
            case Pow(base, Num(value)) if 0 < value <= MAX_POWER:
                return self._arithmetic_product((base,) * value, hints)
            case Pow(Num(2), Var()):
                return lift(term)
            case Var() | Component(Var()):
                return lift(term)
            case Apply() | Defined() if not (isinstance(term, Defined) and term.name in self.unfold):
                atom, script = self.with_arguments(term)
                return None if script else lift(atom)
            case Derivative() | Bracket():
                found, script = self.term(term)
                return found if script == ITSELF else None
            case _:
                return None

    def _arithmetic_product(self, terms: tuple[Term, ...], hints: dict[str, str]) -> Poly | None:
        result = constant(1)
        for t in terms:
            other = self._arithmetic(t, hints)
            if other is None:
                return None
            items: list[tuple[Fraction, Mono]] = []
            for c, one in result:
                for d, two in other:
                    factors, found = self.squares((*one.factors, *two.factors))
                    hints.update(found)
                    mono = Mono((), merged(factors))
                    if self.body_reduction(mono) is not None:
                        return None
                    items.append((c * d, mono))
            result = collect(items)
        return result

    def _sum(self, terms: Iterable[Term]) -> Proved:
        first, *rest = terms
        poly, script = self.term(first)
        for t in rest:
            sign, inner, lemma = (-1, t.term, "minus") if isinstance(t, Neg) else (1, t, "plus")
            right, other = self.term(inner)
            result, closing = self.plus(poly, right, sign)
            poly, script = result, self.by(lemma, poly, right, script, other, closing)
        return poly, script

    def _multiplied(self, terms: Iterable[Term]) -> Proved:
        first, *rest = terms
        poly, script = self.term(first)
        for t in rest:
            right, other = self.term(t)
            result, closing = self.times(poly, right)
            poly, script = result, self.by("times", poly, right, script, other, closing)
        return poly, script


def _divides(term: Term) -> bool:
    return isinstance(term, Div) or any(_divides(t) for t in children(term))
