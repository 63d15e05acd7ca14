"""What a rule may look at, and what a claim's own hypotheses teach."""

# A certificate is JSON: its shape is checked value by value, which the type checker cannot follow.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownMemberType=false
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lemmata.kernel.claims import Claim
from lemmata.kernel.definitions import Definition
from lemmata.kernel.errors import CertificateError, Refused
from lemmata.kernel.normal import Normaliser
from lemmata.kernel.polynomials import minus
from lemmata.kernel.positivity import fact_key
from lemmata.kernel.sorting import is_vector, kinds
from lemmata.kernel.terms import ONE, Bracket, Index, Relation


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
    if not numbers(relation):
        return
    try:
        gap = minus(normaliser.term(relation.right), normaliser.term(relation.left))
    except Refused:
        return  # A hypothesis that cannot be normalised teaches nothing.
    if relation.op in ("!=", "<"):
        normaliser.nonzero.add(fact_key(gap))
    if relation.op in ("<", "<="):
        normaliser.nonnegative.add(gap.literal)


def numbers(relation: Relation) -> bool:
    """Whether a relation is one between numbers: not between points or vectors."""
    return not is_vector(relation.left) and "real" in kinds(relation.left)


def as_numbers(relation: Relation) -> Relation:
    """A relation between points or vectors says that its bracket is 1."""
    return relation if numbers(relation) else Relation(Bracket(relation), "=", ONE)
