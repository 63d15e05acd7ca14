"""Premises put to use: multiplied, guarded, and summed over."""

# A certificate is JSON: its shape is checked value by value, which the type checker cannot follow.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownMemberType=false
from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lemmata.kernel.claims import Claim
from lemmata.kernel.context import Context, as_numbers
from lemmata.kernel.errors import CertificateError, Refused
from lemmata.kernel.formation import check, check_relation, check_sort
from lemmata.kernel.instances import instance
from lemmata.kernel.monomials import Poly
from lemmata.kernel.normal import Normaliser
from lemmata.kernel.parsing import parse_relation, parse_term, parse_variable
from lemmata.kernel.terms import ONE, Binder, Bracket, Relation, Sort, Term, Var, mul, sub

_BINDER = re.compile(r"(sum|mean)\((.*)\)")


def binders(entry: Mapping[str, Any], scope: dict[str, Sort], context: Context) -> list[tuple[str, Var]]:
    """The sums and means that an entry stands under, outermost first; ``scope`` grows by their variables."""
    found: list[tuple[str, Var]] = []
    listed = entry.get("under", [])
    if not isinstance(listed, list):
        raise CertificateError("'under' is not a list")
    for source in listed:
        match = _BINDER.fullmatch(context.text(source))
        if match is None:
            raise CertificateError(f"{source!r} is not a sum or a mean")
        variable = parse_variable(match[2], scope, context.definitions)
        if variable.name in scope:
            raise Refused(f"the name {variable.name} is already taken")
        check_sort(variable.sort, scope)
        scope[variable.name] = variable.sort
        found.append((match[1], variable))
    return found


def _under(bound: list[tuple[str, Var]], body: Term, scope: Mapping[str, Sort]) -> Term:
    for kind, variable in reversed(bound):
        body = Binder("sum" if kind == "sum" else "mean", variable, body)
    check(body, {n: s for n, s in scope.items() if n not in {v.name for _, v in bound}})
    return body


def contribution(claim: Claim, entry: Mapping[str, Any], context: Context, normaliser: Normaliser) -> Poly:
    """``under (times * (left - right))`` of an equation; refused if it contributes nothing."""
    used = _entry(claim, entry, context)
    if used.relation.op != "=":
        raise Refused("an inequality is used as an equation")
    return used.value(used.relation.left, used.relation.right, normaliser)


def ordered(claim: Claim, entry: Mapping[str, Any], context: Context, normaliser: Normaliser) -> Poly:
    """``under (times * [a <= b] * (b - a))``, which is not negative; ``that`` is ``a <= b`` or ``a < b``."""
    place = _Place.read(claim, entry, context, {"that"})
    factor, that = place.factor, place.relation(entry.get("that"), context)
    if not normaliser.nonnegative_form(normaliser.term(factor)):
        raise Refused("an inequality is multiplied by what is not nonnegative by form")
    guarded = mul(factor, Bracket(that))
    return _value(that.right, that.left, place.bound, guarded, place.scope, normaliser)


def nonnegative_contribution(
    claim: Claim, entry: Mapping[str, Any], context: Context, normaliser: Normaliser
) -> tuple[Poly, bool]:
    """``under (times * (right - left))``, the factor nonnegative by form unless the premise is an equation."""
    used = _entry(claim, entry, context)
    relation = used.relation
    if relation.op == "!=":
        raise Refused("an inequation is used as an inequality")
    weight = normaliser.term(used.factor)
    if relation.op != "=" and not normaliser.nonnegative_form(weight):
        raise Refused("an inequality is multiplied by what is not nonnegative by form")
    strict = relation.op == "<" and not used.bound and not used.guards and normaliser.positive(weight)
    return used.value(relation.right, relation.left, normaliser), strict


def squares(
    claim: Claim, entry: Mapping[str, Any], context: Context, normaliser: Normaliser
) -> tuple[Poly, bool]:
    """``under (times * of^2)``, times nonnegative by form."""
    place = _Place.read(claim, entry, context, {"of"})
    factor, of = place.factor, place.term(entry.get("of"), context)
    weight = normaliser.term(factor)
    if not normaliser.nonnegative_form(weight):
        raise Refused("a square is multiplied by what is not nonnegative by form")
    body = mul(factor, mul(of, of))
    value = normaliser.term(_under(place.bound, body, place.scope))
    root = normaliser.term(of)
    sure = not place.bound and normaliser.positive(weight) and normaliser.is_nonzero(root)
    return value, sure


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an entry stands: under which sums, times what, with which names in scope."""

    bound: list[tuple[str, Var]]
    factor: Term
    scope: dict[str, Sort]

    @staticmethod
    def read(claim: Claim, entry: Mapping[str, Any], context: Context, own: set[str]) -> _Place:
        """The keys ``under`` and ``times`` of an entry, which may have its ``own`` keys besides."""
        context.keys(entry, {"times", "under", *own})
        scope = dict(claim.scope)
        bound = binders(entry, scope, context)
        factor = parse_term(context.text(entry.get("times", "1")), scope, context.definitions)
        check(factor, scope)
        return _Place(bound, factor, scope)

    def term(self, source: object, context: Context) -> Term:
        """A term at this place."""
        found = parse_term(context.text(source), self.scope, context.definitions)
        check(found, self.scope)
        return found

    def relation(self, source: object, context: Context) -> Relation:
        """An inequality at this place."""
        found = parse_relation(context.text(source), self.scope, context.definitions)
        if found.op not in ("<=", "<"):
            raise Refused("only an inequality is ordered")
        check_relation(found, self.scope)
        return found


@dataclass(frozen=True, slots=True)
class _Used:
    """A premise at its place: the relation, what it stands under, its factor, and the brackets that guard it."""

    relation: Relation
    bound: list[tuple[str, Var]]
    factor: Term
    guards: tuple[Term, ...]
    scope: Mapping[str, Sort]

    def value(self, left: Term, right: Term, normaliser: Normaliser) -> Poly:
        """``under (factor * guards * (left - right))``; refused if that is nothing."""
        return _value(left, right, self.bound, mul(self.factor, *self.guards), self.scope, normaliser)

    def term(self, left: Term, right: Term) -> Term:
        """``under (factor * guards * (left - right))`` as it stands."""
        return _under(self.bound, mul(self.factor, *self.guards, sub(left, right)), self.scope)


def summands(claim: Claim, certificate: Mapping[str, Any], context: Context) -> list[Term]:
    """What a certificate adds up to left - right, or to right - left of an inequality, as terms: nothing is judged.

    For a second opinion on a step that was accepted; a sum of them that is not equal to the gap is a fault.
    """
    equation = claim.conclusion.op == "="
    found: list[Term] = []
    for entry in context.entries(certificate, "using"):
        used = _entry(claim, entry, context)
        sides = (used.relation.left, used.relation.right)
        found.append(used.term(*sides) if equation else used.term(*reversed(sides)))
    for entry in context.entries(certificate, "squares"):
        place = _Place.read(claim, entry, context, {"of"})
        of = place.term(entry.get("of"), context)
        found.append(_under(place.bound, mul(place.factor, mul(of, of)), place.scope))
    for entry in context.entries(certificate, "ordered"):
        place = _Place.read(claim, entry, context, {"that"})
        that = place.relation(entry.get("that"), context)
        body = mul(place.factor, mul(Bracket(that), sub(that.right, that.left)))
        found.append(_under(place.bound, body, place.scope))
    return found


def _entry(claim: Claim, entry: Mapping[str, Any], context: Context) -> _Used:
    place = _Place.read(claim, entry, context, {"from", "with", "given", "guard"})
    relation, guards = instance(claim, entry, context, place.scope)
    brackets = tuple(map(Bracket, guards))
    return _Used(as_numbers(relation), place.bound, place.factor, brackets, place.scope)


def _value(
    left: Term,
    right: Term,
    bound: list[tuple[str, Var]],
    factor: Term,
    scope: Mapping[str, Sort],
    normaliser: Normaliser,
) -> Poly:
    body = mul(factor, sub(left, right)) if factor != ONE else sub(left, right)
    value = normaliser.term(_under(bound, body, scope))
    if not value.terms:
        raise Refused("a premise contributes nothing")
    return value
