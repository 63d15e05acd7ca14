"""Premises put to use in Coq: instantiated, multiplied, summed over, each with the script of what it contributes."""

# A certificate is JSON: its shape was checked by the kernel, which accepted the step.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownMemberType=false
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lemmata.coq.membership import introduction
from lemmata.coq.monomials import key
from lemmata.coq.names import NoTemplate, name
from lemmata.coq.normal import Normaliser
from lemmata.coq.products import braces
from lemmata.coq.statements import Printer, mentions_points
from lemmata.coq.text import ARGUMENT
from lemmata.kernel.claims import Claim, same_claim, substitute_claim
from lemmata.kernel.linear import Context, binders
from lemmata.kernel.parsing import parse_relation, parse_term, parse_variable
from lemmata.kernel.sorting import is_vector, kinds
from lemmata.kernel.substitution import Lambda, Value, map_sort, substitute
from lemmata.kernel.terms import (
    ONE,
    Add,
    Binder,
    Bracket,
    Function,
    Mul,
    Neg,
    Relation,
    Sort,
    Term,
    Var,
    sub,
)

Entry = Mapping[str, Any]
SAME = {"=": "same_equal", "<=": "same_at_most", "<": "same_less", "!=": "same_unequal"}
PLAIN = {
    "=": "first [assumption | reflexivity | lra | ring | field; nonzero]",
    "<=": "first [assumption | nonneg | lra | nra]",
    "<": "first [assumption | positive | lra | nra]",
    "!=": "first [assumption | nonzero | lra]",
}


@dataclass(frozen=True, slots=True)
class Used:
    """What an entry contributes: a term, and the script that it is 0, or at least 0, or more than 0."""

    term: Term
    zero: str = ""
    nonneg: str = ""
    positive: str = ""


@dataclass
class Premises:
    """What a claim may use: the steps before it under their Coq names, and its own hypotheses."""

    claim: Claim
    context: Context
    names: Mapping[str, str]
    printer: Printer

    # ------------------------------------------------------------ instances

    def instance(self, entry: Entry, scope: Mapping[str, Sort]) -> tuple[Relation, tuple[Relation, ...], str]:
        """The conclusion at the given values, the guards, and a Coq term that proves it; guard k is ``k_g<k>``."""
        source = entry["from"]
        own = isinstance(source, int)
        premise = self.claim.hypotheses[source] if own else self.context.claims[source]
        values = self._values(premise, entry.get("with", {}), scope)
        at = substitute_claim(Claim((), premise.hypotheses, premise.conclusion), values)
        parts = [f"g_{source}" if own else self.names[source]]
        if not own and mentions_points(premise):
            parts += ["Point", "same"] if mentions_points(self.claim) else ["bool", "Bool.bool_dec"]
        for variable in premise.variables:
            parts += self._argument(variable, values)
        guards = [int(k) for k in entry.get("guard", [])]
        for k, hypothesis in enumerate(at.hypotheses):
            found = (
                f"exact k_g{guards.index(k)}" if k in guards else self.established(hypothesis, entry, scope)
            )
            parts.append(f"ltac:({found})")
        return at.conclusion, tuple(at.hypotheses[g].conclusion for g in guards), f"({' '.join(parts)})"

    def _argument(self, variable: Var, values: Mapping[str, Value]) -> list[str]:
        value = values[variable.name]
        sort = map_sort(variable.sort, lambda t: substitute(t, values))
        membership = Normaliser(self.printer).membership
        if isinstance(sort, Function):
            if isinstance(value, Var):
                text = name(value.name)
            else:
                assert isinstance(value, Lambda)
                text = self._abstraction(value)
            return [text, *(f"ltac:({p})" for p in membership.function_proof(value, sort))]
        assert not isinstance(value, Lambda)
        text = self.printer.of_sort(value, sort)
        return [text, *([f"ltac:({membership.proof(value, sort)})"] if membership.needed(sort) else [])]

    def _abstraction(self, value: Lambda) -> str:
        names = " ".join(f"({name(p.name)} : {self.printer.type(p.sort)})" for p in value.parameters)
        if "point" in kinds(value.body):
            return f"(fun {names} => {self.printer.point(value.body)})"
        if "nat" in kinds(value.body) and not kinds(value.body) & {"bit"}:
            raise NoTemplate("a function with naturals for values is given by a term")
        return f"(fun {names} => {self.printer.real(value.body)})"

    def _values(self, premise: Claim, given: Entry, scope: Mapping[str, Sort]) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for variable in premise.variables:
            source = given.get(variable.name, variable.name)
            sort = map_sort(variable.sort, lambda t: substitute(t, values))
            if isinstance(sort, Function) and isinstance(source, str):
                values[variable.name] = Var(source, sort)
            elif isinstance(sort, Function):
                parameters = [parse_variable(p, scope, self.context.definitions) for p in source["of"]]
                inner = {**scope, **{p.name: p.sort for p in parameters}}
                body = parse_term(source["is"], inner, self.context.definitions)
                values[variable.name] = Lambda(tuple(parameters), body)
            else:
                values[variable.name] = parse_term(source, scope, self.context.definitions)
        return values

    def established(self, needed: Claim, entry: Entry, scope: Mapping[str, Sort]) -> str:
        """A tactic for a hypothesis of a premise: the claim's own, plain by form, or given by a reference."""
        for k, own in enumerate(self.claim.hypotheses):
            if same_claim(needed, own):
                return f"exact g_{k}"
        if needed.variables or needed.hypotheses:
            raise NoTemplate("a quantified hypothesis that is none of the claim's own")
        relation = needed.conclusion
        for given in entry.get("given", []):
            found, _, proof = self.instance(given, scope)
            if (key(found.left), found.op, key(found.right)) == (
                key(relation.left),
                relation.op,
                key(relation.right),
            ):
                return f"exact {proof}"
            shown = self._by_difference(found, relation, proof)
            if shown:
                return shown
        return PLAIN[relation.op]

    def _by_difference(self, found: Relation, needed: Relation, proof: str) -> str:
        if found.op != needed.op or not numbers(found) or not numbers(needed):
            return ""
        gap = Add((sub(needed.right, needed.left), Neg(sub(found.right, found.left))))
        poly, _ = self.normaliser().term(gap)
        return (
            "" if poly else f"apply ({SAME[needed.op]} _ _ _ _ {proof}); first [lra | ring | field; nonzero]"
        )

    def normaliser(self, cube: bool = False, unfold: tuple[str, ...] = ()) -> Normaliser:
        """A normaliser that unfolds the symbols of the named steps."""
        symbols = {self.context.defining[s] for s in unfold}
        return Normaliser(self.printer, {s: self.context.definitions[s] for s in symbols}, cube)

    # ------------------------------------------------------------ contributions

    def equation(self, entry: Entry) -> Used:
        """``under (times * (left - right))``, which is 0."""
        bound, factor, relation, guards, proof = self._entry(entry)
        left, right, proof = self._as_numbers(relation, proof)
        term = Mul((factor, *map(Bracket, guards), sub(left, right)))
        lemma = "guarded_difference _ _ _ _ _" if guards else "difference_zero _ _ _"
        intro = "intros k_g0. " if guards else ""
        script = [*_unders(bound, "zero"), f"refine ({lemma} _). {intro}exact {proof}."]
        whole = _under(bound, term)
        return Used(whole, zero=self._shown(whole, "=", script))

    def inequality(self, entry: Entry) -> Used:
        """``under (times * (right - left))``, which is not negative."""
        bound, factor, relation, guards, proof = self._entry(entry)
        if relation.op == "=" or not numbers(relation):
            left, right, proof = self._as_numbers(relation, proof)
            term = Mul((factor, *map(Bracket, guards), sub(right, left)))
            lemma = "guarded_difference _ _ _ _ _" if guards else "difference_zero _ _ _"
            intro = "intros k_g0. " if guards else ""
            script = [*_unders(bound, "zero"), f"refine ({lemma} _). {intro}symmetry. exact {proof}."]
            whole = _under(bound, term)
            zero = self._shown(whole, "=", script)
            return Used(whole, zero=zero, nonneg=f"refine (no_less_than_zero _ _).\n{zero}")
        whole = _under(bound, Mul((factor, *map(Bracket, guards), sub(relation.right, relation.left))))
        weak = f"exact {proof}." if relation.op == "<=" else f"apply Rlt_le. exact {proof}."
        lemma = "guarded_nonneg _ _ _ _ _" if guards else "difference_nonneg _ _ _"
        intro = "intros k_g0. " if guards else ""
        last = f"refine ({lemma} _ _).\n" + braces("nonneg.", intro + weak)
        strict = ""
        if relation.op == "<" and not bound and not guards:
            strict = "refine (difference_positive _ _ _ _ _).\n" + braces("positive.", f"exact {proof}.")
        return Used(
            whole, nonneg=self._shown(whole, "0 <=", [*_unders(bound, "nonneg"), last]), positive=strict
        )

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
        return Used(whole, nonneg=shown, positive="" if bound else strict)

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

    def _entry(self, entry: Entry) -> tuple[list[tuple[str, Var]], Term, Relation, tuple[Relation, ...], str]:
        scope = dict(self.claim.scope)
        bound = binders(entry, scope, self.context)
        factor = parse_term(entry.get("times", "1"), scope, self.context.definitions)
        relation, guards, proof = self.instance(entry, scope)
        if len(guards) > 1 or any(g.op == "!=" for g in guards):
            raise NoTemplate("more than one guard, or a guard that is an inequation")
        return bound, factor, relation, guards, proof

    def _as_numbers(self, relation: Relation, proof: str) -> tuple[Term, Term, str]:
        """A relation between points or vectors says that its bracket is 1."""
        if numbers(relation):
            return relation.left, relation.right, proof
        if relation.op != "=":
            raise NoTemplate("an inequation between points is used")
        return Bracket(relation), ONE, f"(truth_true _ _ {proof})"


def numbers(relation: Relation) -> bool:
    """Whether the relation is one between numbers."""
    return not is_vector(relation.left) and "real" in kinds(relation.left)


def _under(bound: list[tuple[str, Var]], body: Term) -> Term:
    for kind, variable in reversed(bound):
        body = Binder("sum" if kind == "sum" else "mean", variable, body)
    return body


def _unders(bound: list[tuple[str, Var]], what: str) -> list[str]:
    return [f"refine ({kind}_{what} _ _ _ _). {introduction(v)}" for kind, v in bound]
