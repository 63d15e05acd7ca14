"""Rules of logic: proof by contradiction, and equals for equals inside of a term."""

# A certificate is JSON: its shape is checked value by value, which the type checker cannot follow.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownMemberType=false
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lemmata.kernel.claims import Claim, relation_claim, same_claim
from lemmata.kernel.context import Context
from lemmata.kernel.errors import CertificateError, Refused
from lemmata.kernel.formation import belongs, check, check_sort
from lemmata.kernel.instances import instance
from lemmata.kernel.parsing import parse_term, parse_variable
from lemmata.kernel.polynomials import minus
from lemmata.kernel.sorting import is_vector, kinds
from lemmata.kernel.substitution import Lambda, Value, substitute
from lemmata.kernel.terms import NAT, REAL, ZERO, Function, Relation, Sort, Term, Var

Certificate = Mapping[str, Any]
ABSURD = Relation(ZERO, "<", ZERO)


def contradiction(claim: Claim, certificate: Certificate, context: Context, rule: str) -> None:
    """C holds where, as an earlier step says, its negation would give 0 < 0."""
    context.keys(certificate, {"premise"})
    if not same_claim(context.premise(certificate.get("premise")), denied(claim)):
        raise Refused("the premise does not say that the negation of the conclusion is absurd")


def denied(claim: Claim) -> Claim:
    """What the rule contradiction asks of its premise: with the negation among the hypotheses, 0 < 0."""
    left, op, right = claim.conclusion.left, claim.conclusion.op, claim.conclusion.right
    if is_vector(left) or "real" not in kinds(left):
        raise Refused("only a relation between numbers is denied")
    match op:
        case "=":
            negation = Relation(left, "!=", right)
        case "!=":
            negation = Relation(left, "=", right)
        case "<=":
            negation = Relation(right, "<", left)
        case "<":
            negation = Relation(right, "<=", left)
    return Claim(claim.variables, (*claim.hypotheses, relation_claim(negation)), ABSURD)


def congruence(claim: Claim, certificate: Certificate, context: Context, rule: str) -> None:
    """F(p) = F(q) where p = q is a premise or a hypothesis, under the binders of F for all their variables."""
    context.keys(certificate, {"of", "hole", "over", "equal"})
    if claim.conclusion.op != "=":
        raise Refused("the rule congruence proves equations only")
    over = _over(claim, certificate, context)
    inside = {**claim.scope, **{v.name: v.sort for v in over}}
    entry = context.mapping(certificate.get("equal"))
    context.keys(entry, {"from", "with", "given"})
    equal, _ = instance(claim, entry, context, inside)
    if equal.op != "=" or is_vector(equal.left):
        raise Refused("what is put into the hole is no equation between numbers")
    normaliser = context.normaliser(claim, {}, cube=False)
    sides = (claim.conclusion.left, claim.conclusion.right)
    fillings = (equal.left, equal.right)
    for side, filled in zip(sides, _filled(claim, certificate, context, over, fillings), strict=True):
        if not normaliser.is_zero(minus(normaliser.term(side), normaliser.term(filled))):
            raise Refused("a side is not the term with its hole filled")


def _over(claim: Claim, certificate: Certificate, context: Context) -> tuple[Var, ...]:
    listed = certificate.get("over", [])
    if not isinstance(listed, list):
        raise CertificateError("'over' is not a list")
    found: dict[str, Sort] = {}
    for source in listed:
        v = parse_variable(context.text(source), claim.scope, context.definitions)
        if v.name in claim.scope or v.name in found or isinstance(v.sort, Function):
            raise Refused(f"the name {v.name} is already taken, or is that of a function")
        check_sort(v.sort, claim.scope)
        found[v.name] = v.sort
    return tuple(Var(name, sort) for name, sort in found.items())


def _read(source: object, scope: dict[str, Sort], context: Context) -> Term:
    found = parse_term(context.text(source), scope, context.definitions)
    check(found, scope)
    return found


def _filled(
    claim: Claim,
    certificate: Certificate,
    context: Context,
    over: tuple[Var, ...],
    fillings: tuple[Term, Term],
) -> list[Term]:
    """The term around the hole, with each of the two in it."""
    hole = context.text(certificate.get("hole"))
    if hole in claim.scope or not hole.isidentifier():
        raise Refused(f"the name {hole} is already taken, or none")
    value = NAT if all("nat" in kinds(t) for t in fillings) else REAL
    sort: Sort = Function(tuple(v.sort for v in over), (0,) * len(over), value) if over else value
    of = _read(certificate.get("of"), {**claim.scope, hole: sort}, context)
    found: list[Term] = []
    for filling in fillings:
        if not belongs(filling, value):
            raise Refused("what fills the hole is no number")
        whole: Value = Lambda(over, filling) if over else filling
        term = substitute(of, {hole: whole})
        check(term, claim.scope)
        found.append(term)
    return found
