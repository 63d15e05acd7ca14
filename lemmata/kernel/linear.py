"""Premises put to use: instantiated, multiplied, and summed over, with every hypothesis of theirs established."""

# A certificate is JSON: its shape is checked value by value, which the type checker cannot follow.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownMemberType=false
from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lemmata.kernel.claims import Claim, relation_claim, same_claim, substitute_claim
from lemmata.kernel.definitions import Definition
from lemmata.kernel.errors import CertificateError, IllFormed, Refused
from lemmata.kernel.normal import Normaliser
from lemmata.kernel.parsing import parse_relation, parse_term, parse_variable
from lemmata.kernel.polynomials import Poly, minus
from lemmata.kernel.positivity import fact_key
from lemmata.kernel.sorting import belongs, check, check_relation, check_sort, is_vector, kinds
from lemmata.kernel.substitution import Lambda, Value, fresh, map_sort, substitute
from lemmata.kernel.terms import ONE, Binder, Bracket, Function, Index, Relation, Sort, Term, Var, mul, sub

# A reference has references of its own, and each is looked at for each hypothesis: proofs need a few dozen in a step.
MAX_REFERENCES = 2000
_BINDER = re.compile(r"(sum|mean)\((.*)\)")


@dataclass
class Context:
    """What a rule may look at: the accepted claims it names, and the definitions."""

    claims: Mapping[str, Claim]
    definitions: Mapping[str, Definition]
    defining: Mapping[str, str]
    used: set[str] = field(default_factory=set[str])
    references: int = 0

    def keys(self, certificate: Mapping[str, Any], allowed: set[str]) -> None:
        """Raise CertificateError for a key that the rule does not know."""
        unknown = set(certificate) - allowed
        if unknown:
            raise CertificateError(f"unknown key {sorted(unknown)[0]!r} in a certificate")

    def mapping(self, value: object) -> Mapping[str, Any]:
        """The value as a mapping."""
        if not isinstance(value, Mapping) or not all(isinstance(k, str) for k in value):
            raise CertificateError("a certificate has the wrong shape")
        return value

    def entries(self, certificate: Mapping[str, Any], key: str) -> Iterable[Mapping[str, Any]]:
        """The list under a key, empty if absent."""
        found = certificate.get(key, [])
        if not isinstance(found, list):
            raise CertificateError(f"{key!r} is not a list")
        return [self.mapping(e) for e in found]

    def text(self, value: object) -> str:
        """The value as a text."""
        if not isinstance(value, str):
            raise CertificateError("a certificate has a value that is no text")
        return value

    def premise(self, name: object) -> Claim:
        """The claim of an accepted earlier step."""
        if not isinstance(name, str) or name not in self.claims:
            raise Refused(f"there is no earlier step {name!r}")
        self.used.add(name)
        return self.claims[name]

    def normaliser(self, claim: Claim, certificate: Mapping[str, Any], cube: bool) -> Normaliser:
        """A normaliser that unfolds what the certificate names and knows the claim's own hypotheses."""
        unfold: dict[str, Definition] = {}
        names = certificate.get("unfold", [])
        if not isinstance(names, list):
            raise CertificateError("'unfold' is not a list")
        for name in names:
            if not isinstance(name, str) or name not in self.defining:
                raise Refused(f"{name!r} is not a definition that can be unfolded")
            self.used.add(name)
            unfold[self.defining[name]] = self.definitions[self.defining[name]]
        normaliser = Normaliser(unfold, cube)
        for variable in claim.variables:
            if isinstance(variable.sort, Index):
                normaliser.ranges[variable.name] = normaliser.term(variable.sort.size).literal
        for hypothesis in claim.hypotheses:
            if not hypothesis.variables and not hypothesis.hypotheses:
                _learn(normaliser, hypothesis.conclusion)
        return normaliser


def _learn(normaliser: Normaliser, relation: Relation) -> None:
    if not _numbers(relation):
        return
    try:
        gap = minus(normaliser.term(relation.right), normaliser.term(relation.left))
    except Refused:
        return  # A hypothesis that cannot be normalised teaches nothing.
    if relation.op in ("!=", "<"):
        normaliser.nonzero.add(fact_key(gap))
    if relation.op in ("<", "<="):
        normaliser.nonnegative.add(gap.literal)


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
    relation = _as_numbers(conclusion)
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
        return _as_numbers(instance(claim, given, context, scope)[0])
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
    return _Used(_as_numbers(relation), place.bound, place.factor, brackets, place.scope)


def _numbers(relation: Relation) -> bool:
    return not is_vector(relation.left) and "real" in kinds(relation.left)


def _as_numbers(relation: Relation) -> Relation:
    """A relation between points or vectors says that its bracket is 1."""
    return relation if _numbers(relation) else Relation(Bracket(relation), "=", ONE)


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
