"""What is asserted: for all variables, if the hypotheses hold, then the conclusion. A claim *is* its text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from lemmata.kernel.errors import IllFormed
from lemmata.kernel.formation import check_relation, check_sort
from lemmata.kernel.parsing import Parser, Symbol
from lemmata.kernel.printing import binding, relation_text
from lemmata.kernel.substitution import (
    Lambda,
    Value,
    alpha,
    free_names,
    fresh,
    map_sort,
    sort_terms,
    substitute,
)
from lemmata.kernel.terms import Kept, Relation, Sort, Term, Var, keeping


@dataclass(frozen=True)
class Claim(Kept):
    """``for all variables. if hypotheses then conclusion``; a hypothesis is itself a claim, over its own variables."""

    variables: tuple[Var, ...]
    hypotheses: tuple[Claim, ...]
    conclusion: Relation

    def __str__(self) -> str:
        start = f"for all {', '.join(binding(v) for v in self.variables)}. " if self.variables else ""
        if not self.hypotheses:
            return start + relation_text(self.conclusion)
        given = "; ".join(_hypothesis_text(h) for h in self.hypotheses)
        return f"{start}if {given} then {relation_text(self.conclusion)}"

    @property
    def scope(self) -> dict[str, Sort]:
        """The claim's variables by name."""
        return {v.name: v.sort for v in self.variables}

    @property
    def hash(self) -> str:
        """The hash of the claim's text alone."""
        return sha256(str(self).encode()).hexdigest()


def _hypothesis_text(hypothesis: Claim) -> str:
    plain = not hypothesis.variables and not hypothesis.hypotheses
    return str(hypothesis) if plain else f"({hypothesis})"


def relation_claim(relation: Relation) -> Claim:
    """The claim that a relation holds, with nothing quantified."""
    return Claim((), (), relation)


def parse_claim(source: str, symbols: Mapping[str, Symbol]) -> Claim:
    """The claim of a text; raises IllFormed unless the text is exactly what the claim prints as."""
    parser = Parser(source, symbols, {})
    claim = _claim(parser)
    parser.end()
    check_claim(claim, {})
    if str(claim) != source:
        raise IllFormed(f"the text is not what its claim prints as: {str(claim)!r}")
    return claim


def _claim(parser: Parser) -> Claim:
    parser.depth += 1
    if parser.depth > 8:
        raise IllFormed("hypotheses nested too deep")
    hidden = dict(parser.scope)
    variables = _variables(parser)
    hypotheses: list[Claim] = []
    if parser.accept("if"):
        while True:
            hypotheses.append(_hypothesis(parser))
            if not parser.accept(";"):
                break
        parser.take("then")
    conclusion = parser.relation()
    parser.scope = hidden
    parser.depth -= 1
    return Claim(variables, tuple(hypotheses), conclusion)


def _variables(parser: Parser) -> tuple[Var, ...]:
    if not parser.accept("for"):
        return ()
    parser.take("all")
    found: list[Var] = []
    while True:
        variable = parser.variable()
        if variable.name in parser.scope or variable.name in parser.symbols:
            raise IllFormed(f"the name {variable.name} is already taken")
        parser.scope[variable.name] = variable.sort
        found.append(variable)
        if not parser.accept(","):
            break
    parser.take(".")
    return tuple(found)


def _hypothesis(parser: Parser) -> Claim:
    start = parser.position
    if parser.peek() == "(" and parser.source[start + 1 : start + 2] in (["for"], ["if"]):
        parser.take("(")
        inner = _claim(parser)
        parser.take(")")
        return inner
    return relation_claim(parser.relation())


def check_claim(claim: Claim, scope: Mapping[str, Sort]) -> None:
    """Raise IllFormed unless every name is declared once, before its use, with a sort that has a meaning."""
    inner = dict(scope)
    for variable in claim.variables:
        if variable.name in inner:
            raise IllFormed(f"the name {variable.name} is declared twice")
        check_sort(variable.sort, inner)
        inner[variable.name] = variable.sort
    for hypothesis in claim.hypotheses:
        check_claim(hypothesis, inner)
    check_relation(claim.conclusion, inner)


def substitute_relation(relation: Relation, values: Mapping[str, Value]) -> Relation:
    """Substitute on both sides."""
    return Relation(substitute(relation.left, values), relation.op, substitute(relation.right, values))


def substitute_claim(claim: Claim, values: Mapping[str, Value]) -> Claim:
    """Substitute for the claim's free names; its own variables are renamed where a value would be captured."""
    own = {v.name for v in claim.variables}
    live: dict[str, Value] = {n: v for n, v in values.items() if n not in own}
    # A new name may not be one that the claim mentions without owning it: its scope is not seen from here.
    taken = frozenset[str]().union(*(free_names(v) for v in live.values())) | own | free_in_claim(claim)
    renamed: list[Var] = []
    for variable in claim.variables:
        name = variable.name
        if any(name in free_names(v) for v in live.values()):
            name = fresh(name, taken)
            taken |= {name}
        bound = Var(name, map_sort(variable.sort, lambda t: substitute(t, live)))
        live[variable.name] = bound
        renamed.append(bound)
    hypotheses = tuple(substitute_claim(h, live) for h in claim.hypotheses)
    return Claim(tuple(renamed), hypotheses, substitute_relation(claim.conclusion, live))


@keeping
def free_in_claim(claim: Claim) -> frozenset[str]:
    """The names that a claim mentions and does not own."""
    sorts = (free_names(t) for v in claim.variables for t in sort_terms(v.sort))
    sides = (free_names(side) for side in (claim.conclusion.left, claim.conclusion.right))
    found = frozenset[str]().union(*sorts, *sides, *(free_in_claim(h) for h in claim.hypotheses))
    return found - {v.name for v in claim.variables}


def same_claim(a: Claim, b: Claim) -> bool:
    """Whether two claims are equal up to the names of their own and of bound variables."""
    return a is b or _own_canonical(a) == _own_canonical(b)


@keeping
def _own_canonical(claim: Claim) -> tuple[object, ...]:
    return _canonical(claim, 0)


def _canonical(claim: Claim, depth: int) -> tuple[object, ...]:
    values: dict[str, Value] = {}
    sorts: list[Sort] = []
    for number, variable in enumerate(claim.variables):
        sort = map_sort(variable.sort, lambda t: alpha(substitute(t, values)))
        sorts.append(sort)
        values[variable.name] = Var(f"@{depth}.{number}", sort)
    hypotheses = tuple(_canonical(substitute_claim(h, values), depth + 1) for h in claim.hypotheses)
    relation = substitute_relation(claim.conclusion, values)
    return (tuple(sorts), hypotheses, alpha(relation.left), relation.op, alpha(relation.right))


def mentions(claim: Claim, name: str) -> bool:
    """Whether ``name`` occurs free in the claim."""
    if any(name in free_names(t) for v in claim.variables for t in sort_terms(v.sort)):
        return True
    if any(v.name == name for v in claim.variables):
        return False
    if any(mentions(h, name) for h in claim.hypotheses):
        return True
    sides: tuple[Term, ...] = (claim.conclusion.left, claim.conclusion.right)
    return any(name in free_names(side) for side in sides)


__all__ = [
    "Claim",
    "Lambda",
    "check_claim",
    "mentions",
    "parse_claim",
    "relation_claim",
    "same_claim",
    "substitute_claim",
    "substitute_relation",
]
