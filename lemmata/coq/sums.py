"""Sums over a variable: their canonical order, counting, and contraction with a Kronecker delta."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from lemmata.coq.membership import introduction
from lemmata.coq.monomials import (
    Mono,
    Poly,
    independent,
    key,
    poly_term,
    rename,
    weighted,
)
from lemmata.coq.names import NoTemplate
from lemmata.coq.orders import canonical, oriented
from lemmata.coq.products import ITSELF, Products, Proved, Settled, braces
from lemmata.kernel.substitution import free_names, substitute
from lemmata.kernel.terms import TWO, Binder, Bracket, Index, Mul, Pow, Relation, Term, Var, Vector


class Sums(Products):
    """Sums of polynomials over variables."""

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
        turned = [f"rewrite {t}." for t in self._turned(moved, final)]
        last = "reflexivity." if same else "\n".join([*steps, *turned, "ring."])
        return Settled(((Fraction(1), final),), script + last, alone=True)

    def _turned(self, moved: Mono, final: Mono) -> Iterator[str]:
        """The equations of brackets whose sides stand in the other order in the final monomial."""
        values: dict[str, Term] = {a.name: b for a, b in zip(moved.binders, final.binders, strict=True)}
        for atom, _ in moved.factors:
            there = substitute(atom, values)
            if isinstance(atom, Bracket) and oriented(there) != there:
                yield self.printer.flipped(atom.relation)

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
        if isinstance(variable.sort, Index) and not isinstance(count, Var):
            counted = f"transitivity {self.real(count)}.\n" + braces("naturals.", counted)
        return result, start + self.by("times", number, rest, counted, ITSELF, script)

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
            flipped = self.printer.flipped(_equal(other, variable))
            flip = "" if atom == Bracket(_equal(variable, other)) else f"rewrite {flipped}. "
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
