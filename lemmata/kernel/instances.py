"""Premises at the values of their variables, with every hypothesis of theirs established."""

# A certificate is JSON: its shape is checked value by value, which the type checker cannot follow.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownMemberType=false
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lemmata.kernel.claims import Claim, relation_claim, same_claim, substitute_claim
from lemmata.kernel.context import Context, as_numbers
from lemmata.kernel.errors import CertificateError, IllFormed, Refused
from lemmata.kernel.formation import belongs, check
from lemmata.kernel.monomials import Poly
from lemmata.kernel.normal import Normaliser
from lemmata.kernel.parsing import parse_term, parse_variable
from lemmata.kernel.polynomials import minus
from lemmata.kernel.substitution import Lambda, Value, fresh, map_sort, substitute
from lemmata.kernel.terms import Function, Relation, Sort, Var

# A reference has references of its own, and each is looked at for each hypothesis: proofs need a few dozen in a step.
MAX_REFERENCES = 2000


def instance(
    claim: Claim, entry: Mapping[str, Any], context: Context, scope: Mapping[str, Sort]
) -> tuple[Relation, tuple[Relation, ...]]:
    """The conclusion of the named premise or hypothesis at the given values, its hypotheses established.

    The hypotheses listed under ``guard`` are not: they come second, and their brackets multiply the conclusion.
    """
    source = entry.get("from")
    if isinstance(source, int) and not isinstance(source, bool):
        if not 0 <= source < len(claim.hypotheses):
            raise Refused(f"there is no hypothesis {source}")
        premise = claim.hypotheses[source]
    else:
        premise = context.premise(source)
    values = _values(premise, context.mapping(entry.get("with", {})), context, scope)
    bare = Claim((), premise.hypotheses, premise.conclusion)
    at = substitute_claim(bare, values)
    guarded = _guarded(entry, at)
    for position, hypothesis in enumerate(at.hypotheses):
        if position not in guarded:
            _establish(hypothesis, claim, entry, context, scope)
    return at.conclusion, tuple(at.hypotheses[g].conclusion for g in guarded)


def _guarded(entry: Mapping[str, Any], premise: Claim) -> list[int]:
    listed = entry.get("guard", [])
    if not isinstance(listed, list) or not all(type(g) is int for g in listed):
        raise CertificateError("'guard' is not a list of numbers")
    for g in listed:
        if not 0 <= g < len(premise.hypotheses):
            raise Refused(f"the premise has no hypothesis {g}")
        if premise.hypotheses[g].variables or premise.hypotheses[g].hypotheses:
            raise Refused("a quantified hypothesis has no bracket")
    if len(set(listed)) != len(listed):
        raise Refused("a hypothesis is guarded twice")
    return listed


def _values(
    premise: Claim, given: Mapping[str, Any], context: Context, scope: Mapping[str, Sort]
) -> dict[str, Value]:
    unknown = set(given) - {v.name for v in premise.variables}
    if unknown:
        raise Refused(f"the premise has no variable {sorted(unknown)[0]}")
    values: dict[str, Value] = {}
    for variable in premise.variables:
        sort = map_sort(variable.sort, lambda t: substitute(t, values))
        source = given.get(variable.name, variable.name)
        if isinstance(sort, Function):
            values[variable.name] = _function(sort, source, context, scope)
            continue
        value = parse_term(context.text(source), scope, context.definitions)
        check(value, dict(scope))
        if not belongs(value, sort):
            raise Refused(f"the value of {variable.name} is not of its sort by form")
        values[variable.name] = value
    return values


def _function(sort: Function, source: object, context: Context, scope: Mapping[str, Sort]) -> Value:
    if isinstance(source, str):
        if scope.get(source) != sort:
            raise Refused(f"{source} is not a function of the premise's sort here")
        return Var(source, sort)
    given = context.mapping(source)
    context.keys(given, {"of", "is"})
    listed = given.get("of")
    if any(sort.orders) or not isinstance(listed, list) or len(listed) != len(sort.arguments):
        raise Refused("a function is given by one variable for each argument, none of them differentiable")
    inner = dict(scope)
    parameters: list[Var] = []
    for text, expected in zip(listed, sort.arguments, strict=True):
        parameter = parse_variable(context.text(text), scope, context.definitions)
        if parameter.sort != expected or parameter.name in inner:
            raise Refused(
                f"the argument {parameter.name} has another sort than the premise's, or a name in use"
            )
        inner[parameter.name] = parameter.sort
        parameters.append(parameter)
    body = parse_term(context.text(given.get("is")), inner, context.definitions)
    check(body, inner)
    if not belongs(body, sort.value):
        raise Refused("the values of a given function are not of the premise's sort")
    return Lambda(tuple(parameters), body)


def _establish(
    needed: Claim, claim: Claim, entry: Mapping[str, Any], context: Context, scope: Mapping[str, Sort]
) -> None:
    """A hypothesis of a premise holds if it is one of the claim's own, or plain by form, or given by a reference.

    A quantified one is opened: it holds if its conclusion does, under its own hypotheses, for variables not yet named.
    """
    if any(same_claim(needed, own) for own in claim.hypotheses):
        return
    claim, conclusion, scope = _opened(needed, claim, scope)
    relation = as_numbers(conclusion)
    found: list[Relation] = []
    for given in context.entries(entry, "given"):
        other = _reference(given, claim, context, scope)
        if other is not None and same_claim(relation_claim(other), relation_claim(relation)):
            return
        found += [other] if other is not None else []
    normaliser = context.normaliser(claim, {}, cube=False)
    gap = minus(normaliser.term(relation.right), normaliser.term(relation.left))
    if _plain(relation, gap, normaliser):
        return
    for other in found:
        rest = minus(gap, minus(normaliser.term(other.right), normaliser.term(other.left)))
        if other.op == relation.op and normaliser.is_zero(rest):
            return
    if context.references > MAX_REFERENCES:
        raise Refused(f"more than {MAX_REFERENCES} references are looked at in one step")
    raise Refused(f"a hypothesis of the premise is not established: {needed}")


def _reference(
    given: Mapping[str, Any], claim: Claim, context: Context, scope: Mapping[str, Sort]
) -> Relation | None:
    """What a reference gives here; None if it is meant for another hypothesis, whose variables it names."""
    context.keys(given, {"from", "with", "given"})
    context.references += 1
    if context.references > MAX_REFERENCES:
        return None
    used = set(context.used)
    try:
        return as_numbers(instance(claim, given, context, scope)[0])
    except (Refused, IllFormed):
        context.used = used
        return None


def _opened(
    needed: Claim, claim: Claim, scope: Mapping[str, Sort]
) -> tuple[Claim, Relation, Mapping[str, Sort]]:
    """The claim with the variables and hypotheses of what is needed among its own, and what is then to be shown."""
    inner = dict(scope)
    values: dict[str, Value] = {}
    opened: list[Var] = []
    for variable in needed.variables:
        name = fresh(variable.name, {*inner, *(v.name for v in needed.variables if v != variable)})
        own = Var(name, map_sort(variable.sort, lambda t: substitute(t, values)))
        values[variable.name], inner[name] = own, own.sort
        opened.append(own)
    at = substitute_claim(Claim((), needed.hypotheses, needed.conclusion), values)
    wider = Claim((*claim.variables, *opened), (*claim.hypotheses, *at.hypotheses), claim.conclusion)
    return wider, at.conclusion, inner


def is_plain(relation: Relation, claim: Claim, context: Context) -> bool:
    """Whether a relation is one of the claim's own hypotheses, or holds by form."""
    if any(same_claim(Claim((), (), relation), own) for own in claim.hypotheses):
        return True
    normaliser = context.normaliser(claim, {}, cube=False)
    gap = minus(normaliser.term(relation.right), normaliser.term(relation.left))
    return _plain(relation, gap, normaliser)


def _plain(relation: Relation, gap: Poly, normaliser: Normaliser) -> bool:
    match relation.op:
        case "=":
            return normaliser.is_zero(gap)
        case "<=":
            return normaliser.nonnegative_form(gap)
        case "<":
            return normaliser.positive(gap)
        case "!=":
            return normaliser.is_nonzero(gap)
