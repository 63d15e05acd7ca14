"""Premises at given values, in Coq: the values, what is said of their sorts, and every hypothesis established."""

# A certificate is JSON: its shape was checked by the kernel, which accepted the step.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownMemberType=false
from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from lemmata.coq.casts import OPERATIONS, Casts, compound
from lemmata.coq.membership import variable_hypotheses
from lemmata.coq.monomials import has_bracket, key, poly_term
from lemmata.coq.names import NoTemplate, name
from lemmata.coq.normal import Normaliser
from lemmata.coq.products import braces
from lemmata.coq.statements import Printer, mentions_points
from lemmata.coq.vanishing import vanishing
from lemmata.kernel.claims import Claim, mentions, relation_claim, same_claim, substitute_claim
from lemmata.kernel.context import Context, numbers
from lemmata.kernel.errors import IllFormed, Refused
from lemmata.kernel.instances import instance
from lemmata.kernel.parsing import parse_term, parse_variable
from lemmata.kernel.substitution import Lambda, Value, fresh, map_sort, substitute
from lemmata.kernel.terms import Add, Function, Neg, Relation, Sort, Var, sub

Entry = Mapping[str, Any]
PLAIN = {
    "=": "first [assumption | reflexivity | lra | ring | field; nonzero | by_truth].",
    "<=": "first [assumption | nonneg | lra | nra].",
    "<": "first [assumption | positive | lra | nra].",
    "!=": "first [assumption | nonzero | lra].",
}


@dataclass(frozen=True, slots=True)
class Instance:
    """A premise's conclusion at given values, its guards, and a Coq term that proves it after the script ``before``.

    The proof of guard k is called ``k_g<k>`` there.
    """

    relation: Relation
    guards: tuple[Relation, ...]
    before: tuple[str, ...]
    proof: str


@dataclass
class Instances:
    """The steps before a claim under their Coq names, and its own hypotheses, put to use at given values."""

    claim: Claim
    context: Context
    names: Mapping[str, str]
    printer: Printer
    counter: Iterator[int] = field(default_factory=count)

    def instance(self, entry: Entry, scope: Mapping[str, Sort]) -> Instance:
        """The named premise, or hypothesis of the claim, at the given values."""
        source = entry["from"]
        own = isinstance(source, int)
        premise = self.claim.hypotheses[source] if own else self.context.claims[source]
        values = self._values(premise, entry.get("with", {}), scope)
        # Where the Coq text of a natural is written INR (a + b), the claim has INR a + INR b.
        loose = {v.name for v in premise.variables if compound(v, values[v.name])}
        at = substitute_claim(Claim((), premise.hypotheses, premise.conclusion), values)
        parts = [f"g_{source}" if own else self.names[source]]
        if not own and mentions_points(premise):
            parts += ["Point", "same"] if mentions_points(self.claim) else ["bool", "Bool.bool_dec"]
        for variable in premise.variables:
            parts += self._argument(variable, values)
        casts = Casts(self.printer)
        guards = [int(k) for k in entry.get("guard", [])]
        before: list[str] = []
        for k, hypothesis in enumerate(at.hypotheses):
            found = f"k_g{guards.index(k)}" if k in guards else self._known(hypothesis, entry, scope, before)
            written = any(mentions(premise.hypotheses[k], word) for word in loose)
            parts.append(casts.instantiated(hypothesis, found) if written else found)
        proof = f"({' '.join(parts)})"
        if any(mentions(relation_claim(premise.conclusion), word) for word in loose):
            proof = casts.said(at.conclusion, proof)
        return Instance(
            at.conclusion, tuple(at.hypotheses[g].conclusion for g in guards), tuple(before), proof
        )

    # ------------------------------------------------------------ values

    def _argument(self, variable: Var, values: Mapping[str, Value]) -> list[str]:
        value = values[variable.name]
        sort = map_sort(variable.sort, lambda t: substitute(t, values))
        membership = Normaliser(self.printer).membership
        if isinstance(sort, Function):
            if isinstance(value, Var):
                text = name(value.name)
            else:
                assert isinstance(value, Lambda)
                text = self.abstraction(value, sort)
            return [text, *(f"ltac:({p})" for p in membership.function_proof(value, sort))]
        assert not isinstance(value, Lambda)
        text = self.printer.of_sort(value, sort)
        return [text, *([f"ltac:({membership.proof(value, sort)})"] if membership.needed(sort) else [])]

    def abstraction(self, value: Lambda, sort: Function) -> str:
        """The Coq text of a function that is given by a term."""
        names = " ".join(f"({name(p.name)} : {self.printer.type(p.sort)})" for p in value.parameters)
        return f"(fun {names} => {self.printer.of_sort(value.body, sort.value)})"

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

    # ------------------------------------------------------------ hypotheses

    def _known(self, needed: Claim, entry: Entry, scope: Mapping[str, Sort], before: list[str]) -> str:
        """The name of what proves a hypothesis of a premise: the claim's own, or one asserted before."""
        for k, own in enumerate(self.claim.hypotheses):
            if same_claim(needed, own):
                return f"g_{k}"
        word = f"k_h{next(self.counter)}"
        script = self.established(needed, entry, scope)
        before.append(f"assert ({word} : {self.printer.claim(needed)}).\n{{ {script} }}")
        return word

    def established(self, needed: Claim, entry: Entry, scope: Mapping[str, Sort]) -> str:
        """The script for a hypothesis of a premise: the claim's own, plain by form, or given by a reference."""
        for k, own in enumerate(self.claim.hypotheses):
            if same_claim(needed, own):
                return f"exact g_{k}."
        here, relation, inner, start = self._opened(needed, scope)
        return start + here.concluded(relation, entry, inner)

    def _opened(
        self, needed: Claim, scope: Mapping[str, Sort]
    ) -> tuple[Instances, Relation, Mapping[str, Sort], str]:
        """A quantified hypothesis with its variables and hypotheses introduced, under the kernel's names for them."""
        inner = dict(scope)
        values: dict[str, Value] = {}
        words: list[str] = []
        opened: list[Var] = []
        for variable in needed.variables:
            others = {v.name for v in needed.variables if v != variable}
            word = fresh(variable.name, {*inner, *others})
            own = Var(word, map_sort(variable.sort, lambda t: substitute(t, values)))
            values[variable.name], inner[word] = own, own.sort
            opened.append(own)
            words += [name(word), *variable_hypotheses(own, self.printer)]
        at = substitute_claim(Claim((), needed.hypotheses, needed.conclusion), values)
        first = len(self.claim.hypotheses)
        words += [f"g_{first + k}" for k in range(len(at.hypotheses))]
        wider = Claim(
            (*self.claim.variables, *opened), (*self.claim.hypotheses, *at.hypotheses), self.claim.conclusion
        )
        start = f"intros {' '.join(words)}.\n" if words else ""
        return replace(self, claim=wider), at.conclusion, inner, start

    def concluded(self, relation: Relation, entry: Entry, scope: Mapping[str, Sort]) -> str:
        """The script for a relation, from what the entry's references give here."""
        shown = [self.instance(given, scope) for given in entry.get("given", []) if self._meant(given, scope)]
        wanted = (key(relation.left), relation.op, key(relation.right))
        for found in shown:
            if (key(found.relation.left), found.relation.op, key(found.relation.right)) == wanted:
                return "\n".join([*found.before, f"exact {found.proof}."])
        plain = self._by_form(relation)
        if plain:
            return plain
        for found in shown:
            script = self._by_difference(found, relation)
            if script:
                return script
        return PLAIN[relation.op]

    def _meant(self, given: Entry, scope: Mapping[str, Sort]) -> bool:
        """Whether the kernel, too, can use the reference here, and not for another hypothesis."""
        try:
            instance(self.claim, given, self.context, scope)
        except (Refused, IllFormed):
            return False
        return True

    def _by_form(self, relation: Relation) -> str:
        """What a normal form says: that an equation holds, or what is left of brackets that were decided."""
        if not numbers(relation) or (relation.op != "=" and not _bracketed(relation)):
            return ""
        normaliser = self.normaliser()
        try:
            if relation.op == "=":
                script = vanishing(normaliser, sub(relation.left, relation.right))
                return f"refine (Rminus_diag_uniq _ _ _).\n{script}"
            poly, _ = normaliser.term(sub(relation.right, relation.left))
            if relation.op == "!=" or any(c < 0 for c, _ in poly):
                return ""
            script = vanishing(normaliser, Add((relation.right, Neg(relation.left), Neg(poly_term(poly)))))
        except NoTemplate:
            return ""
        lemma, sign = ("at_most_by", "nonneg.") if relation.op == "<=" else ("less_by", "positive.")
        return f"refine ({lemma} _ _ {normaliser.poly(poly)} _ _).\n" + braces(sign, script)

    def _by_difference(self, found: Instance, needed: Relation) -> str:
        if found.relation.op != needed.op or not numbers(found.relation) or not numbers(needed):
            return ""
        gap = Add((needed.right, Neg(needed.left), Neg(sub(found.relation.right, found.relation.left))))
        try:
            script = vanishing(self.normaliser(), gap)
        except NoTemplate:
            return ""
        last = f"refine (same_{OPERATIONS[needed.op]} _ _ _ _ {found.proof} _).\n{script}"
        return "\n".join([*found.before, last])

    def normaliser(self, cube: bool = False, unfold: tuple[str, ...] = ()) -> Normaliser:
        """A normaliser that unfolds the symbols of the named steps."""
        symbols = {self.context.defining[s] for s in unfold}
        own = ((f"g_{k}", h) for k, h in enumerate(self.claim.hypotheses) if not h.variables)
        facts = [(word, h.conclusion) for word, h in own if not h.hypotheses and _distinct(h.conclusion)]
        return Normaliser(self.printer, {s: self.context.definitions[s] for s in symbols}, cube, facts)


def _distinct(relation: Relation) -> bool:
    return relation.op in ("<", "!=") and numbers(relation)


def _bracketed(relation: Relation) -> bool:
    return has_bracket(relation.left) or has_bracket(relation.right)
