"""The rules. Each decides one step from its claim, its certificate and the claims it names, or raises Refused."""

# A certificate is JSON: its shape is checked value by value, which the type checker cannot follow.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownMemberType=false
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lemmata.kernel.calculus import differentiate, monotone
from lemmata.kernel.claims import (
    Claim,
    mentions,
    same_claim,
    substitute_claim,
    substitute_relation,
)
from lemmata.kernel.context import Context
from lemmata.kernel.errors import CertificateError, Refused
from lemmata.kernel.linear import contribution, nonnegative_contribution, ordered, squares
from lemmata.kernel.logic import congruence, contradiction
from lemmata.kernel.monomials import Poly
from lemmata.kernel.normal import Normaliser
from lemmata.kernel.polynomials import minus
from lemmata.kernel.rank import rank
from lemmata.kernel.substitution import children
from lemmata.kernel.terms import NAT, ONE, ZERO, Add, Binder, Neg, Num, Relation, Scalar, Term, Var

Certificate = Mapping[str, Any]


def linear(claim: Claim, certificate: Certificate, context: Context, rule: str) -> None:
    """l = r where l - r is a combination, under finite sums, of premises l_k = r_k (rules identity, sum, cube)."""
    context.keys(certificate, {"using", "unfold"})
    if claim.conclusion.op != "=":
        raise Refused(f"the rule {rule} proves equations only")
    if rule == "identity" and any(_binds(t) for t in (claim.conclusion.left, claim.conclusion.right)):
        raise Refused("the rule identity is for terms without sums, products and means")
    normaliser = context.normaliser(claim, certificate, cube=rule == "cube")
    gap = _gap(normaliser, claim.conclusion, flip=False)
    for entry in context.entries(certificate, "using"):
        gap = minus(gap, contribution(claim, entry, context, normaliser))
    if not normaliser.is_zero(gap):
        raise Refused(f"left minus right leaves {_count(gap)} that do not cancel")


def square(claim: Claim, certificate: Certificate, context: Context, rule: str) -> None:
    """l <= r where r - l is a sum of nonnegative multiples of squares, of [a <= b] (b - a), and of premises."""
    context.keys(certificate, {"using", "unfold", "squares", "ordered"})
    op = claim.conclusion.op
    if op not in ("<=", "<"):
        raise Refused("the rule square proves inequalities only")
    normaliser = context.normaliser(claim, certificate, cube=False)
    gap = _gap(normaliser, claim.conclusion, flip=True)
    strict = False
    for entry in context.entries(certificate, "squares"):
        value, sure = squares(claim, entry, context, normaliser)
        gap = minus(gap, value)
        strict = strict or sure
    for entry in context.entries(certificate, "ordered"):
        gap = minus(gap, ordered(claim, entry, context, normaliser))
    for entry in context.entries(certificate, "using"):
        value, sure = nonnegative_contribution(claim, entry, context, normaliser)
        gap = minus(gap, value)
        strict = strict or sure
    if not normaliser.is_zero(gap):
        raise Refused(f"right minus left is not the given sum of squares: {_count(gap)} are left over")
    if op == "<" and not strict:
        raise Refused("nothing in the certificate is strictly positive")


def cases(claim: Claim, certificate: Certificate, context: Context, rule: str) -> None:
    """Every value of one variable of a finite scalar sort, each by the rule linear or square."""
    context.keys(certificate, {"variable", "values"})
    for here, inner in case_claims(claim, certificate, context):
        decide = linear if claim.conclusion.op == "=" else square
        decide(here, inner, context, "sum" if decide is linear else "square")


def case_claims(claim: Claim, certificate: Certificate, context: Context) -> list[tuple[Claim, Certificate]]:
    """The claim at every value of the variable, each with its own certificate."""
    variable = next((v for v in claim.variables if v.name == certificate.get("variable")), None)
    if variable is None or variable.sort not in (Scalar("sign"), Scalar("bit")):
        raise Refused("cases needs a variable of the sort sign or bit")
    values: dict[str, Term] = (
        {"1": ONE, "-1": Neg(ONE)} if variable.sort == Scalar("sign") else {"0": ZERO, "1": ONE}
    )
    inner = certificate.get("values")
    if not isinstance(inner, Mapping) or set(inner) != set(values):
        raise Refused(f"cases needs exactly the values {', '.join(values)}")
    return [
        (_at(claim, variable, value, keep=False), context.mapping(inner[name]))
        for name, value in values.items()
    ]


def induction(claim: Claim, certificate: Certificate, context: Context, rule: str) -> None:
    """C(0), and C(k) implies C(k + 1), where C includes the hypotheses and variables that depend on k."""
    context.keys(certificate, {"variable", "base", "step"})
    k = next((v for v in claim.variables if v.name == certificate.get("variable")), None)
    if k is None or k.sort != NAT:
        raise Refused("induction needs a variable of the sort nat")
    base, step = context.premise(certificate.get("base")), context.premise(certificate.get("step"))
    if not same_claim(base, induction_base(claim, k)):
        raise Refused("the base is not the claim at 0")
    if not same_claim(step, induction_step(claim, k)):
        raise Refused(f"the step is not the claim at {k.name} + 1 from the claim at {k.name}")


def induction_base(claim: Claim, k: Var) -> Claim:
    """The claim at k = 0, without the variable k."""
    return _at(claim, k, ZERO, keep=False)


def induction_step(claim: Claim, k: Var) -> Claim:
    """The claim at k + 1 with the claim at k, quantified over the variables declared after k, among its hypotheses.

    A hypothesis that mentions k or one of those variables is a part of what is assumed at k.
    """
    shifted = _at(claim, k, Add((k, ONE)), keep=True)
    later = claim.variables[claim.variables.index(k) + 1 :]
    inner = tuple(h for h in claim.hypotheses if any(mentions(h, v.name) for v in (k, *later)))
    assumed = Claim(later, inner, claim.conclusion)
    hypothesis = _renamed(assumed, {v.name for v in claim.variables})
    return Claim(shifted.variables, (*shifted.hypotheses, hypothesis), shifted.conclusion)


def _renamed(claim: Claim, taken: set[str]) -> Claim:
    """The claim with its own variables primed, so that no name is declared twice."""
    values: dict[str, Any] = {}
    variables: list[Var] = []
    used = set(taken)
    for v in claim.variables:
        name = v.name
        while name in used:
            name += "'"
        used.add(name)
        bare = substitute_claim(Claim((v,), (), Relation(Num(0), "=", Num(0))), values).variables[0]
        values[v.name] = Var(name, bare.sort)
        variables.append(values[v.name])
    inner = tuple(substitute_claim(h, values) for h in claim.hypotheses)
    return Claim(tuple(variables), inner, substitute_relation(claim.conclusion, values))


def _at(claim: Claim, k: Var, value: Term, keep: bool) -> Claim:
    position = claim.variables.index(k)
    before, after = claim.variables[:position], claim.variables[position + 1 :]
    inner = Claim(after, claim.hypotheses, claim.conclusion)
    replaced = substitute_claim(inner, {k.name: value})
    return Claim(
        (*before, *((k,) if keep else ()), *replaced.variables), replaced.hypotheses, replaced.conclusion
    )


def accepted_as_is(claim: Claim, certificate: Certificate, context: Context, rule: str) -> None:
    """Citations and assumptions: nothing is checked, and every descendant carries them."""
    context.keys(certificate, {"source"} if rule == "cite" else set())
    if rule == "cite" and not (isinstance(certificate.get("source"), str) and certificate["source"]):
        raise CertificateError("a citation names its source")


def _binds(term: Term) -> bool:
    return isinstance(term, Binder) or any(_binds(t) for t in children(term))


def _gap(normaliser: Normaliser, relation: Relation, flip: bool) -> Poly:
    left, right = normaliser.term(relation.left), normaliser.term(relation.right)
    return minus(right, left) if flip else minus(left, right)


def _count(gap: Poly) -> str:
    return f"{len(gap.terms)} term{'s' if len(gap.terms) != 1 else ''}"


RULES = {
    "identity": (linear, "decided"),
    "sum": (linear, "decided"),
    "cube": (linear, "decided"),
    "square": (square, "decided"),
    "cases": (cases, "decided"),
    "monotone": (monotone, "decided"),
    "differentiate": (differentiate, "decided"),
    "contradiction": (contradiction, "decided"),
    "congruence": (congruence, "decided"),
    "rank": (rank, "decided"),
    "induction": (induction, "induction"),
    "cite": (accepted_as_is, "cited"),
    "assume": (accepted_as_is, "assumed"),
}
