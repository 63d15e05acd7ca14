"""Templates for the rules about derivatives."""

# A certificate is JSON: its shape was checked by the kernel, which accepted the step.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownMemberType=false
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lemmata.coq.names import name
from lemmata.coq.products import braces
from lemmata.coq.proofs import Proofs, handed_on, opened
from lemmata.coq.text import ARGUMENT
from lemmata.coq.vanishing import vanishing
from lemmata.kernel.claims import Claim
from lemmata.kernel.parsing import parse_term
from lemmata.kernel.substitution import substitute
from lemmata.kernel.terms import REAL, Derivative, Relation, Var, sub

Certificate = Mapping[str, Any]


def monotone(proofs: Proofs, claim: Claim, certificate: Certificate, rule: str) -> str:
    """F(low) <= F(high) by the mean value theorem, where the premise says that F' is not negative between."""
    premises, scope = proofs.premises(claim), claim.scope
    z = Var(certificate["variable"], REAL)
    low, high = (parse_term(certificate[k], scope, proofs.definitions) for k in ("from", "to"))
    of = parse_term(certificate["of"], {**scope, z.name: REAL}, proofs.definitions)
    normaliser, printer, word = premises.normaliser(), proofs.printer, name(z.name)
    _, slope = normaliser.slope(z, of, z)
    left = sub(claim.conclusion.left, substitute(of, {z.name: low}))
    right = sub(substitute(of, {z.name: high}), claim.conclusion.right)
    before, hypotheses = handed_on(claim, printer)
    premise = " ".join([proofs.names[certificate["premise"]], *before, word, *hypotheses, "k_l k_h"])
    ends = f"{printer.real(low, ARGUMENT)} {printer.real(high, ARGUMENT)}"
    order = premises.established(Claim((), (), Relation(low, "<=", high)), {}, scope)
    return (
        f"{opened(proofs, claim)}change ({printer.relation(claim.conclusion)}).\n"
        f"refine (by_monotone {printer.abstraction(z, of)} {ends} _ _ _ _ _ _ _).\n"
        + braces(
            order,
            f"intros {word} k_l k_h. refine (slope_is _ _ _ _).\n{slope}",
            f"intros {word} k_l k_h. exact ({premise}).",
            vanishing(normaliser, left),
            vanishing(normaliser, right),
        )
    )


def differentiate(proofs: Proofs, claim: Claim, certificate: Certificate, rule: str) -> str:
    """Equal functions have equal derivatives."""
    left = claim.conclusion.left
    assert isinstance(left, Derivative)
    before, hypotheses = handed_on(claim, proofs.printer)
    premise = " ".join([proofs.names[certificate["premise"]], *before, "k_t", *hypotheses])
    point = proofs.printer.real(left.point, ARGUMENT)
    return (
        f"{opened(proofs, claim)}apply (f_equal (fun k_f => diff k_f {point})).\n"
        f"apply functional_extensionality. intros k_t. exact ({premise})."
    )
