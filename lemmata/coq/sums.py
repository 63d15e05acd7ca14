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
    aligned,
    cancels,
    canonical,
    collect,
    fractional,
    independent,
    key,
    merged,
    poly_term,
    rename,
    renamed,
    weighted,
)
from lemmata.coq.text import ARGUMENT, NoTemplate, Printer
from lemmata.kernel.sorting import kinds
from lemmata.kernel.substitution import free_names, substitute
from lemmata.kernel.terms import TWO, Binder, Bracket, Index, Mul, Pow, Relation, Term, Var, Vector

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


class Sums:
    """Sums and products of monomials; :meth:`term`, for terms in general, is the normaliser's."""

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

    # ------------------------------------------------------------ weighted sums

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

    # ------------------------------------------------------------ sums over a variable

    def bind(self, variable: Var, poly: Poly, script: str) -> Proved:
        """``sum_variable X`` from the proof that X equals the polynomial."""
        items: list[tuple[Fraction, Term, Settled]] = []
        for c, mono in poly:
            whole = Mono((variable, *mono.binders), mono.factors)
            items.append((c, whole.term, self.settle(whole)))
        inner = f"{{ {introduction(variable)}\n{script} }}\n"
        if len(items) == 1 and items[0][0] == 1 and items[0][2].alone:
            body = self.printer.abstraction(variable, poly[0][1].term)
            start = f"refine (by_sum_alone _ _ _ {body} _ _ _).\n{inner}"
            return items[0][2].poly, start + items[0][2].script
        result, combined = self.combine(items)
        body = self.printer.abstraction(variable, poly_term(poly))
        start = f"refine (by_sum _ _ _ {body} _ _ _).\n{inner}"
        if not items:
            return (), f"{start}apply sum_nothing."
        spread = weighted((c, t) for c, t, _ in items)
        linear = "refine (by_linearity _ _ _ _ _ _ _). " * (len(items) - 1) + "refine (sum_scaled _ _ _ _)."
        return result, f"{start}transitivity {self.real(spread)}.\n" + braces(linear, combined)

    def settle(self, mono: Mono) -> Settled:
        """A monomial with every reduction applied, its sums in canonical order."""
        mono = rename(mono, [self.fresh() for _ in mono.binders])
        inner = self.body_reduction(mono)
        if inner is not None:
            return Settled(*self._bound(mono.binders, *inner))
        if independent(mono.binders):
            for position, variable in enumerate(mono.binders):
                reduced = self.reduction(variable, mono.factors)
                if reduced is not None:
                    rest = tuple(k for k in range(len(mono.binders)) if k != position)
                    moved, script = self._reordered(mono, (*rest, position))
                    poly, settled = self._bound(moved.binders[:-1], *reduced)
                    return Settled(poly, script + settled)
        return self._canonical(mono)

    def _bound(self, binders: tuple[Var, ...], poly: Poly, script: str) -> Proved:
        for variable in reversed(binders):
            poly, script = self.bind(variable, poly, script)
        return poly, script

    def _canonical(self, mono: Mono) -> Settled:
        final, order = canonical(mono)
        moved, script = self._reordered(mono, order)
        same = key(moved.term) == key(final.term)
        steps = [f"refine (sum_ext _ _ _ _ _). {introduction(v)}" for v in moved.binders]
        last = "reflexivity." if same else "\n".join([*steps, "ring."])
        return Settled(((Fraction(1), final),), script + last, alone=True)

    def _reordered(self, mono: Mono, order: tuple[int, ...]) -> tuple[Mono, str]:
        """The monomial with its sums in the given order, by exchanging neighbours; the script leaves the rest."""
        current, script = list(range(len(mono.binders))), ""
        for target, wanted in enumerate(order):
            place = current.index(wanted)
            while place > target:
                current[place - 1], current[place] = current[place], current[place - 1]
                place -= 1
                between = Mono(tuple(mono.binders[k] for k in current), mono.factors)
                outer = [f"refine (sum_ext _ _ _ _ _). {introduction(v)}" for v in between.binders[:place]]
                exchange = "\n".join([*outer, "refine (sum_exchange _ _ _ _ _)."])
                script += f"transitivity {self.real(between.term)}.\n{{ {exchange} }}\n"
        return Mono(tuple(mono.binders[k] for k in order), mono.factors), script

    # ------------------------------------------------------------ reductions

    def body_reduction(self, mono: Mono) -> Proved | None:
        """What the product under all sums equals, if it can be reduced."""
        return None

    def reduction(self, variable: Var, factors: tuple[tuple[Term, int], ...]) -> Proved | None:
        """What the sum over the variable, the innermost one, equals, if it can be reduced."""
        if all(variable.name not in free_names(a) for a, _ in factors):
            return self._counted(variable, factors)
        return self._delta(variable, factors)

    def _counted(self, variable: Var, factors: tuple[tuple[Term, int], ...]) -> Proved:
        """A sum of what does not mention its variable counts the range."""
        match variable.sort:
            case Vector(word, size):
                lemma, count = f"count_{word}", Pow(TWO, size)
            case Index(size):
                lemma, count = "count_indices", size
            case _:
                raise NoTemplate("a sum over a sort that is not finite")
        number, counted = self.term(count)
        rest: Poly = ((Fraction(1), Mono((), factors)),)
        result, script = self.times(number, rest)
        start = f"refine (eq_trans ({lemma} _ _) _).\n"
        return result, start + self.by("times", number, rest, counted, ITSELF, script)

    def by(self, lemma: str, left: Poly, right: Poly, *scripts: str) -> str:
        """An operation on two terms from what they equal."""
        return f"refine (by_{lemma} _ _ {self.poly(left)} {self.poly(right)} _ _ _ _).\n" + braces(*scripts)

    def _delta(self, variable: Var, factors: tuple[tuple[Term, int], ...]) -> Proved | None:
        """sum_k [k = t] F(k) = F(t) for an index t of the same range."""
        for position, (atom, e) in enumerate(factors):
            other = self._other(atom, variable) if e == 1 else None
            if other is None:
                continue
            rest = Mono((), factors[:position] + factors[position + 1 :])
            at = tuple((substitute(a, {variable.name: other}), k) for a, k in rest.factors)
            found, merging = self.merge(Mono((), at).body, at)
            poly, settled = self.settle(Mono((), found)).proved
            guarded = Binder("sum", variable, Mul((Bracket(_equal(variable, other)), rest.body)))
            ends = " ".join(map(self.real, (other, variable)))
            flip = "" if atom == Bracket(_equal(variable, other)) else f"rewrite (truth_flipped {ends}). "
            script = f"transitivity {self.real(guarded)}.\n{{ refine (sum_ext _ _ _ _ _). "
            script += f"{introduction(variable)} {flip}ring. }}\n"
            script += (
                f"refine (eq_trans (sum_delta _ _ {self.printer.abstraction(variable, rest.body)} _) _).\n"
            )
            script += f"{{ lia. }}\ncbv beta.\ntransitivity {self.real(Mono((), found).term)}.\n"
            return poly, script + braces(merging, settled)
        return None

    def _other(self, atom: Term, variable: Var) -> Var | None:
        """t where the atom is [variable = t] or [t = variable], an index below the same size."""
        if not isinstance(atom, Bracket) or atom.relation.op != "=":
            return None
        sides = (atom.relation.left, atom.relation.right)
        for here, there in (sides, sides[::-1]):
            if here != variable or not isinstance(there, Var) or not isinstance(variable.sort, Index):
                continue
            if there.sort == variable.sort and there.name != variable.name:
                return there
        return None


def _equal(left: Term, right: Term) -> Relation:
    return Relation(left, "=", right)
