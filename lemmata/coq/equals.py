"""Equals stand for each other where a bracket says that they are equal: ``[s = t] F(s) = [s = t] F(t)``.

Of two points the longer gives way, of two indices or naturals that no sum binds the later. An index that a sum binds
is the business of the Kronecker delta.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lemmata.coq.monomials import Mono, key
from lemmata.coq.names import name
from lemmata.coq.products import Proved, braces
from lemmata.coq.sums import Sums
from lemmata.kernel.printing import sort_text
from lemmata.kernel.sorting import is_vector, kinds
from lemmata.kernel.substitution import free, free_names, substitute
from lemmata.kernel.terms import (
    NAT,
    ONE,
    ZERO,
    Add,
    Apply,
    Binder,
    Bracket,
    Build,
    Component,
    Defined,
    Derivative,
    Div,
    Function,
    Index,
    Mul,
    Neg,
    Pow,
    Relation,
    Term,
    Var,
)


@dataclass(frozen=True, slots=True)
class Swap:
    """What gives way to what, and a script that makes ``k_e`` say so from ``k_e``, what the bracket says."""

    old: Term
    new: Term
    script: str


class Equals(Sums):
    """Products in which a bracket says that two points, indices or naturals are equal."""

    def body_reduction(self, mono: Mono) -> Proved | None:
        """The other factors with the one for the other."""
        for position, (atom, e) in enumerate(mono.factors):
            swap = _swap(atom) if e == 1 else None
            if swap is None:
                continue
            others = (*mono.factors[:position], *mono.factors[position + 1 :])
            changed = tuple((replaced(a, swap.old, swap.new), k) for a, k in others)
            if changed != others:
                return self._swapped(atom, swap, Mono((), others).body, Mono((), changed).body)
        return None

    def _swapped(self, atom: Term, swap: Swap, before: Term, after: Term) -> Proved:
        left, right = (Mul((atom, side)) for side in (before, after))
        poly, script = self.term(right)
        alike = f"{swap.script}alike ltac:(idtac; first [exact k_e | exact (f_equal INR k_e)])."
        start = f"transitivity {self.real(left)}.\n{{ ring. }}\ntransitivity {self.real(right)}.\n"
        return poly, start + braces(f"refine (where_equal _ _ _ _ _). intros k_e.\n{alike}", script)


def _swap(atom: Term) -> Swap | None:
    if not isinstance(atom, Bracket) or atom.relation.op != "=" or is_vector(atom.relation.left):
        return None
    left, right = atom.relation.left, atom.relation.right
    if "point" in kinds(left):
        new, old = sorted((left, right), key=_length)
        return Swap(old, new, "" if (old, new) == (left, right) else "apply eq_sym in k_e. ")
    pair = _naturals(left, right)
    if pair is None:
        return None
    new, old = sorted(pair, key=key)
    words = f"{name(old.name)} = {name(new.name)}"
    return Swap(old, new, f"assert (k_i : {words}) by (apply INR_eq; lra). clear k_e. rename k_i into k_e. ")


def _length(point: Term) -> tuple[bool, int, str, str]:
    """Shorter points first; what the variables of sums are called matters only between points that are alike."""
    bound = {v.name: Var(f"b_{sort_text(v.sort)}", v.sort) for v in free(point) if _bound(v)}
    masked = key(substitute(point, bound))
    return bool(bound), len(masked), masked, key(point)


def _naturals(left: Term, right: Term) -> tuple[Var, Var] | None:
    """The two variables of ``[i = j]`` or of ``[0 = i - j]``, both of one range and neither bound by a sum."""
    if left == ZERO and isinstance(right, Add) and len(right.terms) == 2:
        signs = [t.terms[0] if isinstance(t, Mul) and len(t.terms) == 2 else None for t in right.terms]
        if signs not in ([ONE, Neg(ONE)], [Neg(ONE), ONE]):
            return None
        left, right = (t.terms[1] for t in right.terms if isinstance(t, Mul))
    if not isinstance(left, Var) or not isinstance(right, Var) or left.sort != right.sort:
        return None
    counts = isinstance(left.sort, Index) or left.sort == NAT
    return (left, right) if counts and not _bound(left) and not _bound(right) else None


def _bound(variable: Var) -> bool:
    """Whether a sum, a product or a derivative binds the variable: these names are the exporter's own."""
    return re.fullmatch(r"b_\d+", variable.name) is not None


def replaced(term: Term, old: Term, new: Term) -> Term:
    """The term with ``new`` for ``old``, except where a variable of either is bound."""
    if isinstance(old, Var) and not isinstance(old.sort, Function):
        return substitute(term, {old.name: new})
    words = free_names(old) | free_names(new)

    def go(t: Term) -> Term:
        return new if t == old else _inside(t, go, words)

    return go(term)


def _inside(term: Term, go: Callable[[Term], Term], words: frozenset[str]) -> Term:
    """The term with ``go`` done to its parts."""
    match term:
        case Apply(head, arguments):
            return Apply(head, tuple(map(go, arguments)))
        case Defined(word, arguments, value):
            return Defined(word, tuple(map(go, arguments)), value)
        case Component(vector, index):
            return Component(go(vector), go(index))
        case Build(word, variable, body) if variable.name not in words:
            return Build(word, variable, go(body))
        case Binder(word, variable, body) if variable.name not in words:
            return Binder(word, variable, go(body))
        case Derivative(variable, body, point) if variable.name not in words:
            return Derivative(variable, go(body), go(point))
        case Add(terms):
            return Add(tuple(map(go, terms)))
        case Mul(terms):
            return Mul(tuple(map(go, terms)))
        case Neg(inner):
            return Neg(go(inner))
        case Div(a, b):
            return Div(go(a), go(b))
        case Pow(a, b):
            return Pow(go(a), go(b))
        case Bracket(Relation(a, op, b)):
            return Bracket(Relation(go(a), op, go(b)))
        case _:
            return term
