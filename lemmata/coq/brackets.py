"""Iverson's brackets in normal form."""

from __future__ import annotations

from fractions import Fraction

from lemmata.coq.monomials import (
    UNIT,
    Poly,
    constant,
    key,
    lift,
    poly_term,
)
from lemmata.coq.orders import oriented
from lemmata.coq.products import ITSELF, Proved, braces
from lemmata.coq.ranges import Ranges
from lemmata.kernel.sorting import is_vector, kinds, vector_sort
from lemmata.kernel.terms import (
    ONE,
    TWO,
    ZERO,
    Add,
    Binder,
    Bracket,
    Component,
    Div,
    Index,
    Mul,
    Neg,
    Relation,
    Term,
    Var,
    add,
    sub,
)


class Brackets(Ranges):
    """Brackets of equations and inequalities."""

    def bracket(self, relation: Relation) -> Proved:
        """Iverson's bracket; on bits and signs it is a polynomial."""
        left, op, right = relation.left, relation.op, relation.right
        if op == "!=":
            return self.term(sub(ONE, Bracket(Relation(left, "=", right))))
        if op == "<=":
            poly, script = self.term(sub(ONE, Bracket(Relation(right, "<", left))))
            return poly, f"refine (eq_trans (at_most _ _) _).\n{script}"
        if is_vector(left):
            return self._equal_vectors(left, right)
        if "point" in kinds(left):
            return self._equal_points(left, right)
        if op == "<":
            gap, script = self.term(sub(right, left))
            result, closing = _decided(gap, "<") or (
                lift(Bracket(Relation(ZERO, "<", poly_term(gap)))),
                ITSELF,
            )
            start = f"refine (eq_trans (less_gap _ _ {self.poly(gap)} _) _).\n"
            return result, start + braces(script, closing)
        return self._equal_numbers(left, right)

    def _equal_vectors(self, left: Term, right: Term) -> Proved:
        if key(left) == key(right):
            return constant(1), "refine (eq_trans (truth_true _ _ _) _).\n{ reflexivity. }\nring."
        if not self.cube:
            return self._oriented(Relation(left, "=", right))
        index = Var(self.fresh(), Index(vector_sort(left).size))
        each = Bracket(Relation(Component(left, index), "=", Component(right, index)))
        poly, script = self.term(Binder("prod", index, each))
        return poly, f"refine (eq_trans (equal_vectors _ _ _) _).\n{script}"

    def _equal_points(self, left: Term, right: Term) -> Proved:
        if key(left) == key(right):
            return constant(1), "refine (eq_trans (truth_true _ _ eq_refl) _). ring."
        return self._oriented(Relation(left, "=", right))

    def _oriented(self, relation: Relation) -> Proved:
        """The bracket of an equation, its sides in a fixed order."""
        atom = Bracket(relation)
        turned = oriented(atom)
        if turned == atom:
            return lift(atom), ITSELF
        return lift(turned), f"refine (eq_trans {self.printer.flipped(relation)} _).\n{ITSELF}"

    def _equal_numbers(self, left: Term, right: Term) -> Proved:
        shared = kinds(left) & kinds(right)
        product = Mul((left, right))
        for kind in ("bit", "sign"):
            if kind in shared:
                value: Term = (
                    add(ONE, Neg(left), Neg(right), Mul((TWO, product)))
                    if kind == "bit"
                    else Div(Add((ONE, product)), TWO)
                )
                prove = self.membership.bit if kind == "bit" else self.membership.sign
                poly, script = self.term(value)
                start = f"refine (eq_trans (equal_{kind}s _ _ _ _) _).\n"
                return poly, start + braces(f"{prove(left)}.", f"{prove(right)}.", script)
        if key(left) != key(right) and all(
            isinstance(t, Var) and isinstance(t.sort, Index) for t in (left, right)
        ):
            # A Kronecker delta, which a sum over either index contracts.
            return self._oriented(Relation(left, "=", right))
        gap, script = self.term(sub(left, right))
        pair = _indices(gap)
        if pair is not None:
            atom, turned = self._oriented(Relation(pair[0], "=", pair[1]))
            same = f"transitivity {self.poly(gap)}.\n" + braces(script, "ring.")
            start = f"refine (eq_trans (equal_as _ _ {self.real(pair[0])} {self.real(pair[1])} _) _).\n"
            return atom, start + braces(same, turned)
        back, other = self.term(sub(right, left))
        first = key(poly_term(gap)) <= key(poly_term(back))
        poly, chosen, lemma = (gap, script, "equal_gap") if first else (back, other, "equal_gap_back")
        result, closing = _decided(poly, "=") or (lift(Bracket(Relation(ZERO, "=", poly_term(poly)))), ITSELF)
        start = f"refine (eq_trans ({lemma} _ _ {self.poly(poly)} _) _).\n"
        return result, start + braces(chosen, closing)


def _indices(gap: Poly) -> tuple[Var, Var] | None:
    """i and j where the polynomial is i - j: their bracket is a Kronecker delta, which a sum contracts."""
    found = {c: m.factors[0][0] for c, m in gap if not m.binders and [e for _, e in m.factors] == [1]}
    first, second = found.get(Fraction(1)), found.get(Fraction(-1))
    if len(gap) != 2 or not isinstance(first, Var) or not isinstance(second, Var):
        return None
    both = isinstance(first.sort, Index) and isinstance(second.sort, Index)
    return (first, second) if both else None


def _decided(gap: Poly, op: str) -> Proved | None:
    """The bracket that compares 0 with a numeral, or None where the gap is not one."""
    if any(m != UNIT for _, m in gap):
        return None
    value = gap[0][0] if gap else Fraction(0)
    if value > 0 if op == "<" else value == 0:
        return constant(1), "refine (eq_trans (truth_true _ _ _) _). { lra. } ring."
    return (), "refine (truth_false _ _ _). lra."
