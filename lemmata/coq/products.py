"""Products and sums of polynomials, each with the Coq script that proves it.

A method returns what a term equals and a script that closes the goal ``term = what it returns``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from lemmata.coq.membership import Membership, introduction
from lemmata.coq.monomials import (
    UNIT,
    Mono,
    Poly,
    cancels,
    collect,
    fractional,
    key,
    merged,
    poly_term,
    rename,
    renamed,
    weighted,
)
from lemmata.coq.orders import aligned
from lemmata.coq.statements import Printer
from lemmata.coq.text import ARGUMENT
from lemmata.kernel.sorting import kinds
from lemmata.kernel.substitution import substitute
from lemmata.kernel.terms import Mul, Term, Var

Proved = tuple[Poly, str]
# A term that is its own normal form.
ITSELF = "exact (as_itself _)."
NUMBER = "exact (eq_sym (Rmult_1_r _))."


def braces(*scripts: str) -> str:
    """Each script for the next goal."""
    return "\n".join(f"{{ {s} }}" for s in scripts)


def close(*polys: Poly) -> str:
    """An equation between polynomials whose monomials are atoms."""
    return "field; nonzero." if fractional(*polys) else "ring."


@dataclass(frozen=True, slots=True)
class Settled:
    """What a term equals; where it is one monomial ``alone``, the script proves ``term = monomial``, not 1 * it."""

    poly: Poly
    script: str
    alone: bool = False

    @property
    def term(self) -> Term:
        """The right side of what the script proves."""
        return self.poly[0][1].term if self.alone else poly_term(self.poly)

    @property
    def proved(self) -> Proved:
        """The same with a polynomial on the right."""
        return self.poly, f"refine (by_one _ _ _).\n{self.script}" if self.alone else self.script


class Products:
    """Sums and products of polynomials; :meth:`term`, for terms in general, is the normaliser's."""

    def __init__(self, printer: Printer) -> None:
        self.printer = printer
        self.membership = Membership(printer)
        self._count = 0

    def term(self, term: Term) -> Proved:
        """The normal form of a number."""
        raise NotImplementedError

    def fresh(self) -> str:
        """A name that no variable has."""
        self._count += 1
        return f"b_{self._count}"

    def entered(self, variable: Var, *bodies: Term) -> tuple[Var, *tuple[Term, ...]]:
        """A bound variable under a fresh name, and the bodies with it."""
        bound = renamed(variable, self.fresh(), {})
        return bound, *(substitute(b, {variable.name: bound}) for b in bodies)

    def real(self, term: Term) -> str:
        """The Coq text of a number, as an argument."""
        return self.printer.real(term, ARGUMENT)

    def poly(self, poly: Poly) -> str:
        """The Coq text of a polynomial, as an argument."""
        return self.real(poly_term(poly))

    def by(self, lemma: str, left: Poly, right: Poly, *scripts: str) -> str:
        """An operation on two terms from what they equal."""
        return f"refine (by_{lemma} _ _ {self.poly(left)} {self.poly(right)} _ _ _ _).\n" + braces(*scripts)

    def combine(self, items: Sequence[tuple[Fraction, Term, Settled]]) -> Proved:
        """``c1 * t1 + (c2 * t2 + ...)`` from what the terms equal."""
        if not items:
            return (), "reflexivity."
        result = collect((c * d, m) for c, _, found in items for d, m in found.poly)
        between = weighted((c, found.term) for c, _, found in items)
        steps = [f"refine (by_terms _ _ _ _ _ _ _).\n{{ {found.script} }}" for *_, found in items[:-1]]
        script = "\n".join([*steps, f"refine (by_last _ _ _ _).\n{items[-1][2].script}"])
        if key(between) == key(poly_term(result)):
            return result, script
        polys = [((c, UNIT), *found.poly) for c, _, found in items]
        return result, f"transitivity {self.real(between)}.\n" + braces(script, close(*polys, result))

    def plus(self, left: Poly, right: Poly, sign: int = 1) -> Proved:
        """``left + right`` or ``left - right``."""
        result = collect([*left, *((sign * c, m) for c, m in right)])
        return result, close(left, right, result)

    def times(self, left: Poly, right: Poly) -> Proved:
        """``left * right``."""
        quick = self._quick(left, right)
        if quick is not None:
            return quick
        items: list[tuple[Fraction, Term, Settled]] = []
        for c, one in left:
            for d, other in right:
                items.append((c * d, Mul((one.term, other.term)), self._product(one, other)))
        if len(items) == 1 and left[0][0] == right[0][0] == 1 and items[0][2].alone:
            return items[0][2].poly, f"refine (by_monomials _ _ _ _).\n{items[0][2].script}"
        result, script = self.combine(items)
        spread = weighted((c, t) for c, t, _ in items)
        return result, f"transitivity {self.real(spread)}.\n" + braces(close(left, right), script)

    def _quick(self, left: Poly, right: Poly) -> Proved | None:
        """A product in which nothing is reduced but squares of signs and bits: one call of ``ring``."""
        for poly, other in ((left, right), (right, left)):
            if not poly or (len(poly) == 1 and poly[0][1] == UNIT):
                scaled = tuple((poly[0][0] * c, m) for c, m in other) if poly else ()
                return scaled, close(left, right)
        if any(m.binders for p in (left, right) for _, m in p):
            return None
        items: list[tuple[Fraction, Mono]] = []
        hints: dict[str, str] = {}
        below = fractional(left, right)
        for c, one in left:
            for d, other in right:
                both = (*one.factors, *other.factors)
                below = below or cancels(both)
                factors, found = self.squares(both)
                mono = Mono((), merged(factors))
                if self.body_reduction(mono) is not None:
                    return None
                hints.update(found)
                items.append((c * d, mono))
        result = collect(items)
        return result, self.calculated(hints, below)

    def calculated(self, hints: Mapping[str, str], below: bool) -> str:
        """An equation by ``ring``, or by ``field`` where something stands below, using equations on squares."""
        known = " ".join(f"pose proof {h} as k_{k}." for k, h in enumerate(hints.values()))
        using = f" [{' '.join(f'k_{k}' for k in range(len(hints)))}]" if hints else ""
        return f"{known} " * bool(known) + (f"field{using}; nonzero." if below else f"ring{using}.")

    def _product(self, one: Mono, other: Mono) -> Settled:
        other = rename(other, [self.fresh() for _ in other.binders])
        factors, script = self.merge(Mul((one.body, other.body)), (*one.factors, *other.factors))
        whole = aligned(Mono((*one.binders, *other.binders), factors))
        settled = self.settle(whole)
        steps = [f"refine (sum_right _ _ _ _ _ _). {introduction(v)}" for v in one.binders]
        steps += [f"refine (sum_left _ _ _ _ _ _). {introduction(v)}" for v in other.binders]
        first = "\n".join([*steps, script])
        if settled.script == "reflexivity.":
            return Settled(settled.poly, first, settled.alone)
        start = f"transitivity {self.real(whole.term)}.\n"
        return Settled(settled.poly, start + braces(first, settled.script), settled.alone)

    def merge(
        self, raw: Term, factors: tuple[tuple[Term, int], ...]
    ) -> tuple[tuple[tuple[Term, int], ...], str]:
        """The factors of the product ``raw`` collected."""
        found, hints = self.squares(factors)
        return found, self.calculated(hints, cancels(factors))

    def squares(
        self, factors: tuple[tuple[Term, int], ...]
    ) -> tuple[tuple[tuple[Term, int], ...], dict[str, str]]:
        """The factors collected, s^2 = 1 for a sign and b^2 = b for a bit, and the proofs of these."""
        found: list[tuple[Term, int]] = []
        hints: dict[str, str] = {}
        for atom, e in merged(factors):
            sort = kinds(atom) & {"sign", "bit"} if e > 1 else frozenset[str]()
            if "bit" in sort:
                hints[key(atom)] = f"(bit_square {self.real(atom)} ltac:({self.membership.bit(atom)}))"
                found.append((atom, 1))
            elif "sign" in sort:
                hints[key(atom)] = f"(sign_square {self.real(atom)} ltac:({self.membership.sign(atom)}))"
                found += [(atom, 1)] if e % 2 else []
            else:
                found.append((atom, e))
        return tuple(found), hints

    def settle(self, mono: Mono) -> Settled:
        """A monomial with every reduction applied."""
        raise NotImplementedError

    def body_reduction(self, mono: Mono) -> Proved | None:
        """What the product under all sums equals, if it can be reduced."""
        return None
