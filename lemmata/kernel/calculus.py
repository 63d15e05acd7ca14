"""Rules about derivatives: a function with a nonnegative one does not fall, and equal functions have equal ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lemmata.kernel.claims import Claim, relation_claim, same_claim
from lemmata.kernel.context import Context
from lemmata.kernel.errors import Refused
from lemmata.kernel.formation import check
from lemmata.kernel.instances import is_plain
from lemmata.kernel.parsing import parse_term
from lemmata.kernel.polynomials import minus
from lemmata.kernel.substitution import fresh, substitute
from lemmata.kernel.terms import REAL, ZERO, Derivative, Relation, Term, Var

Certificate = Mapping[str, Any]


def monotone(claim: Claim, certificate: Certificate, context: Context, rule: str) -> None:
    """F(lo) <= F(hi) where lo <= hi and, as an earlier step says, F' >= 0 on [lo, hi] (the mean value theorem)."""
    context.keys(certificate, {"variable", "of", "from", "to", "premise"})
    if claim.conclusion.op != "<=":
        raise Refused("the rule monotone proves inequalities <= only")
    z, of, low, high = _interval(claim, certificate, context)
    normaliser = context.normaliser(claim, {}, cube=False)
    for side, end in ((claim.conclusion.left, low), (claim.conclusion.right, high)):
        if not normaliser.is_zero(
            minus(normaliser.term(side), normaliser.term(substitute(of, {z.name: end})))
        ):
            raise Refused("a side is not the function at its end of the interval")
    if not is_plain(Relation(low, "<=", high), claim, context):
        raise Refused("it is not established that the interval's ends are in order")
    slope = slope_claim(claim, certificate, context)
    # A derivative is a number where there is none too: it must be one that the kernel takes itself.
    _differentiable(slope, of, z, context)
    if not same_claim(context.premise(certificate.get("premise")), slope):
        raise Refused("the premise does not say that the derivative is nonnegative on the interval")


def slope_claim(claim: Claim, certificate: Certificate, context: Context) -> Claim:
    """What the rule monotone asks of its premise: 0 <= F'(z) for low <= z <= high, under the claim's hypotheses."""
    z, of, low, high = _interval(claim, certificate, context)
    inner = Var(fresh(z.name, {*claim.scope, z.name}), REAL)
    slope = Derivative(inner, substitute(of, {z.name: inner}), z)
    ends = (relation_claim(Relation(low, "<=", z)), relation_claim(Relation(z, "<=", high)))
    return Claim((*claim.variables, z), (*claim.hypotheses, *ends), Relation(ZERO, "<=", slope))


def _interval(claim: Claim, certificate: Certificate, context: Context) -> tuple[Var, Term, Term, Term]:
    name = context.text(certificate.get("variable"))
    if name in claim.scope or not name.isidentifier():
        raise Refused(f"the name {name} is already taken, or none")
    z = Var(name, REAL)
    scope = dict(claim.scope)
    low, high = (
        parse_term(context.text(certificate.get(key)), scope, context.definitions) for key in ("from", "to")
    )
    of = parse_term(context.text(certificate.get("of")), {**scope, name: REAL}, context.definitions)
    for term, known in ((low, scope), (high, scope), (of, {**scope, name: REAL})):
        check(term, known)
    return z, of, low, high


def _differentiable(slope: Claim, of: Term, z: Var, context: Context) -> None:
    normaliser = context.normaliser(slope, {}, cube=False)
    normaliser.derive(normaliser.term(of), z.name)


def differentiate(claim: Claim, certificate: Certificate, context: Context, rule: str) -> None:
    """F'(p) = G'(p) where an earlier step says that F(z) = G(z) for all z."""
    context.keys(certificate, {"premise"})
    sides = (claim.conclusion.left, claim.conclusion.right)
    if claim.conclusion.op != "=" or not all(isinstance(side, Derivative) for side in sides):
        raise Refused("the rule differentiate proves that two derivatives are equal")
    if not same_claim(context.premise(certificate.get("premise")), everywhere(claim)):
        raise Refused("the premise does not say that the two functions are equal everywhere")


def everywhere(claim: Claim) -> Claim:
    """What the rule differentiate asks of its premise: the two functions are equal at every number."""
    left, right = claim.conclusion.left, claim.conclusion.right
    if not isinstance(left, Derivative) or not isinstance(right, Derivative) or left.point != right.point:
        raise Refused("two derivatives at the same point are compared")
    z = Var(fresh(left.variable.name, set(claim.scope)), REAL)
    first, second = (substitute(side.body, {side.variable.name: z}) for side in (left, right))
    return Claim((*claim.variables, z), claim.hypotheses, Relation(first, "=", second))
