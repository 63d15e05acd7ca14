"""Premises put to use in Coq: multiplied, guarded and summed over, each with the script of what it contributes."""

# A certificate is JSON: its shape was checked by the kernel, which accepted the step.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownMemberType=false
from __future__ import annotations

from dataclasses import dataclass, replace

from lemmata.coq.casts import numbers
from lemmata.coq.denominators import nonzero
from lemmata.coq.instances import Entry, Instance, Instances
from lemmata.coq.membership import introduction
from lemmata.coq.monomials import key
from lemmata.coq.names import NoTemplate
from lemmata.coq.normal import Normaliser
from lemmata.coq.products import braces
from lemmata.coq.text import ARGUMENT
from lemmata.kernel.errors import Refused
from lemmata.kernel.linear import binders, squares
from lemmata.kernel.parsing import parse_relation, parse_term
from lemmata.kernel.terms import ONE, Apply, Binder, Bracket, Defined, Mul, Relation, Term, Var, sub

Bound = list[tuple[str, Var]]


@dataclass(frozen=True, slots=True)
class Used:
    """What an entry contributes: a term, and the script that it is 0, or at least 0, or more than 0."""

    term: Term
    zero: str = ""
    nonneg: str = ""
    positive: str = ""


class Premises(Instances):
    """What the entries of a certificate contribute to a claim."""

    def equation(self, entry: Entry) -> Used:
        """``under (times * (left - right))``, which is 0."""
        bound, factor, used = self._entry(entry)
        used = self._as_numbers(used)
        return self._zero(
            bound, factor, used, sub(used.relation.left, used.relation.right), f"exact {used.proof}."
        )

    def inequality(self, entry: Entry) -> Used:
        """``under (times * (right - left))``, which is not negative."""
        bound, factor, used = self._entry(entry)
        if used.relation.op == "=" or not numbers(used.relation):
            used = self._as_numbers(used)
            gap = sub(used.relation.right, used.relation.left)
            found = self._zero(bound, factor, used, gap, f"symmetry. exact {used.proof}.")
            return replace(found, nonneg=f"refine (no_less_than_zero _ _).\n{found.zero}")
        gap = sub(used.relation.right, used.relation.left)
        whole = _under(bound, Mul((factor, _guarded(used, gap))))
        weak = f"exact {used.proof}." if used.relation.op == "<=" else f"apply Rlt_le. exact {used.proof}."
        last = "refine (weighted_nonneg _ _ _ _).\n" + braces(
            "nonneg.", f"{_guards(used, 'nonneg')}refine (gap_nonneg _ _ _).\n{weak}"
        )
        strict = ""
        if used.relation.op == "<" and not bound and not used.guards:
            parts = braces("positive.", f"exact {used.proof}.")
            strict = "\n".join([*used.before, "refine (difference_positive _ _ _ _ _).", parts])
        script = [*_unders(bound, "nonneg"), *used.before, last]
        return Used(whole, nonneg=self._shown(whole, "0 <=", script), positive=strict)

    def _zero(self, bound: Bound, factor: Term, used: Instance, gap: Term, proof: str) -> Used:
        whole = _under(bound, Mul((factor, _guarded(used, gap))))
        last = f"refine (weighted_zero _ _ _).\n{_guards(used, 'zero')}refine (gap_zero _ _ _).\n{proof}"
        return Used(whole, zero=self._shown(whole, "=", [*_unders(bound, "zero"), *used.before, last]))

    def learned(self) -> str:
        """That a function is not 0, where a hypothesis writes its arguments otherwise than a normal form does."""
        normaliser = self.normaliser()
        found: list[str] = []
        for word, relation in normaliser.facts:
            atom = _atom(normaliser, relation)
            if atom is not None and key(atom) not in map(key, (relation.left, relation.right)):
                goal = f"{self.printer.real(atom)} <> 0"
                found.append(f"assert (k_n{word} : {goal}).\n{braces(nonzero(normaliser, atom))}\n")
        return "".join(found)

    def square(self, entry: Entry) -> Used:
        """``under (times * of * of)``, which is not negative."""
        scope = dict(self.claim.scope)
        bound = binders(entry, scope, self.context)
        factor = parse_term(entry.get("times", "1"), scope, self.context.definitions)
        of = parse_term(entry["of"], scope, self.context.definitions)
        whole = _under(bound, Mul((factor, Mul((of, of)))))
        last = "refine (weighted_square _ _ _). nonneg."
        strict = "refine (positive_square _ _ _ _).\n" + braces("positive.", "nonzero.")
        shown = self._shown(whole, "0 <=", [*_unders(bound, "nonneg"), last])
        return Used(whole, nonneg=shown, positive=strict if self._sure(entry) else "")

    def _sure(self, entry: Entry) -> bool:
        """Whether the kernel, too, takes the square to be more than 0."""
        try:
            _, sure = squares(
                self.claim, entry, self.context, self.context.normaliser(self.claim, {}, cube=False)
            )
        except Refused:
            return False
        return sure

    def ordered(self, entry: Entry) -> Used:
        """``under (times * ([a <= b] * (b - a)))``, which is not negative."""
        scope = dict(self.claim.scope)
        bound = binders(entry, scope, self.context)
        that = parse_relation(entry["that"], scope, self.context.definitions)
        factor = parse_term(entry.get("times", "1"), scope, self.context.definitions)
        whole = _under(bound, Mul((factor, Mul((Bracket(that), sub(that.right, that.left))))))
        lemma = "ordered_less" if that.op == "<" else "ordered_at_most"
        last = "refine (weighted_nonneg _ _ _ _).\n" + braces("nonneg.", f"apply {lemma}.")
        return Used(whole, nonneg=self._shown(whole, "0 <=", [*_unders(bound, "nonneg"), last]))

    def _shown(self, term: Term, relation: str, script: list[str]) -> str:
        text = self.printer.real(term, ARGUMENT)
        goal = f"{text} = 0" if relation == "=" else f"0 <= {text}"
        return "\n".join([f"change ({goal}).", *script])

    def _entry(self, entry: Entry) -> tuple[Bound, Term, Instance]:
        scope = dict(self.claim.scope)
        bound = binders(entry, scope, self.context)
        factor = parse_term(entry.get("times", "1"), scope, self.context.definitions)
        return bound, factor, self.instance(entry, scope)

    def _as_numbers(self, used: Instance) -> Instance:
        """A relation between points or vectors says that its bracket is 1."""
        if numbers(used.relation):
            return used
        if used.relation.op != "=":
            raise NoTemplate("an inequation between points is used")
        said = Relation(Bracket(used.relation), "=", ONE)
        return replace(used, relation=said, proof=f"(truth_true _ _ {used.proof})")


def _atom(normaliser: Normaliser, relation: Relation) -> Term | None:
    """The function of which the relation says that it is not 0, its arguments in normal form."""
    try:
        poly, _ = normaliser.term(sub(relation.right, relation.left))
    except NoTemplate:
        return None
    factors = poly[0][1].factors if len(poly) == 1 and not poly[0][1].binders else ()
    return factors[0][0] if len(factors) == 1 and isinstance(factors[0][0], Apply | Defined) else None


def _guarded(used: Instance, gap: Term) -> Term:
    for guard in reversed(used.guards):
        gap = Mul((Bracket(guard), gap))
    return gap


def _guards(used: Instance, what: str) -> str:
    """Past the brackets of the guards, each of which holds from there on."""
    words = ["unless" if g.op == "!=" else "where" for g in used.guards]
    return "".join(f"refine ({w}_{what} _ _ _ _). intros k_g{k}.\n" for k, w in enumerate(words))


def _under(bound: Bound, body: Term) -> Term:
    for kind, variable in reversed(bound):
        body = Binder("sum" if kind == "sum" else "mean", variable, body)
    return body


def _unders(bound: Bound, what: str) -> list[str]:
    return [f"refine ({kind}_{what} _ _ _ _). {introduction(v)}" for kind, v in bound]
