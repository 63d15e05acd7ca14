"""One template for each rule of the kernel: from an accepted step to the script that proves its claim in Coq."""

# A certificate is JSON: its shape was checked by the kernel, which accepted the step.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownMemberType=false
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lemmata.coq.logic import congruence, contradiction
from lemmata.coq.membership import variable_hypotheses
from lemmata.coq.names import NoTemplate, name
from lemmata.coq.premises import Premises, Used
from lemmata.coq.products import braces
from lemmata.coq.proofs import Proofs, opened
from lemmata.coq.ranks import rank
from lemmata.coq.slopes import differentiate, monotone
from lemmata.coq.statements import Printer, mentions_points
from lemmata.coq.text import ARGUMENT
from lemmata.coq.vanishing import vanishing
from lemmata.kernel.claims import Claim, mentions, substitute_claim
from lemmata.kernel.records import Step
from lemmata.kernel.terms import ONE, ZERO, Add, Neg, Scalar, Term, Var, sub

Certificate = Mapping[str, Any]


# ---------------------------------------------------------------- equations and inequalities


def linear(proofs: Proofs, claim: Claim, certificate: Certificate, rule: str) -> str:
    """left = right, from what the premises contribute and a normal form of the rest."""
    return opened(proofs, claim) + _equation(proofs, claim, certificate, rule)


def _equation(proofs: Proofs, claim: Claim, certificate: Certificate, rule: str) -> str:
    premises = proofs.premises(claim)
    used = [premises.equation(e) for e in certificate.get("using", [])]
    left, right = claim.conclusion.left, claim.conclusion.right
    total = _total(used)
    shown = _folded("refine (both_zero _ _ _ _).", [u.zero for u in used]) if used else "reflexivity."
    rest = _rest(premises, certificate, sub(left, right), total, rule)
    goal = f"change ({proofs.printer.relation(claim.conclusion)}).\n{premises.learned()}"
    return f"{goal}refine (equal_by _ _ {proofs.printer.real(total, ARGUMENT)} _ _).\n" + braces(shown, rest)


def _rest(premises: Premises, certificate: Certificate, gap: Term, total: Term, rule: str) -> str:
    """The proof that the two sides differ by exactly what the premises contribute."""
    normaliser = premises.normaliser(rule == "cube", tuple(certificate.get("unfold", [])))
    assert isinstance(gap, Add)
    return vanishing(normaliser, Add((*gap.terms, Neg(total))))


def _total(used: Sequence[Used]) -> Term:
    if not used:
        return ZERO
    result = used[-1].term
    for u in reversed(used[:-1]):
        result = Add((u.term, result))
    return result


def _folded(lemma: str, scripts: Sequence[str]) -> str:
    *first, last = scripts
    return "\n".join([*(f"{lemma}\n{{ {s} }}" for s in first), last])


def square(proofs: Proofs, claim: Claim, certificate: Certificate, rule: str) -> str:
    """left <= right, from squares, ordered pairs and premises that are not negative."""
    return opened(proofs, claim) + _inequality(proofs, claim, certificate)


def _inequality(proofs: Proofs, claim: Claim, certificate: Certificate) -> str:
    premises = proofs.premises(claim)
    used = [
        *(premises.square(e) for e in certificate.get("squares", [])),
        *(premises.ordered(e) for e in certificate.get("ordered", [])),
        *(premises.inequality(e) for e in certificate.get("using", [])),
    ]
    left, right = claim.conclusion.left, claim.conclusion.right
    strict = claim.conclusion.op == "<"
    if strict:
        used.sort(key=lambda u: not u.positive)
    total = _total(used)
    rest = _rest(premises, certificate, sub(right, left), total, "square")
    goal = f"change ({proofs.printer.relation(claim.conclusion)}).\n{premises.learned()}"
    lemma = "less_by" if strict else "at_most_by"
    total_text = proofs.printer.real(total, ARGUMENT)
    return f"{goal}refine ({lemma} _ _ {total_text} _ _).\n" + braces(_sign(used, strict), rest)


def _sign(used: Sequence[Used], strict: bool) -> str:
    if not used:
        return "lra."
    if not strict:
        return _folded("refine (Rplus_le_le_0_compat _ _ _ _).", [u.nonneg for u in used])
    first, *others = used
    if not others:
        return first.positive
    return "refine (Rplus_lt_le_0_compat _ _ _ _).\n" + braces(first.positive, _sign(others, False))


# ---------------------------------------------------------------- cases, induction


def cases(proofs: Proofs, claim: Claim, certificate: Certificate, rule: str) -> str:
    """Every value of a sign or a bit."""
    variable = next(v for v in claim.variables if v.name == certificate["variable"])
    values: dict[str, Term] = (
        {"1": ONE, "-1": Neg(ONE)} if variable.sort == Scalar("sign") else {"0": ZERO, "1": ONE}
    )
    scripts: list[str] = []
    for label, value in values.items():
        bare = substitute_claim(Claim((), claim.hypotheses, claim.conclusion), {variable.name: value})
        here = Claim(tuple(v for v in claim.variables if v != variable), bare.hypotheses, bare.conclusion)
        inner = certificate["values"][label]
        body = _equation(proofs, here, inner, "sum") if here.conclusion.op == "=" else ""
        scripts.append(f"subst {name(variable.name)}.\n{body or _inequality(proofs, here, inner)}")
    word = name(variable.name)
    return f"{opened(proofs, claim)}destruct h_{word} as [h_{word}|h_{word}].\n" + braces(*scripts)


def induction(proofs: Proofs, claim: Claim, certificate: Certificate, rule: str) -> str:
    """Coq's own induction: the base and the step are the claims of two earlier steps."""
    k = next(v for v in claim.variables if v.name == certificate["variable"])
    at = claim.variables.index(k)
    before, later, word = claim.variables[:at], claim.variables[at + 1 :], name(k.name)
    points = ["Point", "same"] if mentions_points(claim) else []
    first = [*points, *_names(before, proofs.printer)]
    rest = [*_names(later, proofs.printer), *(f"g_{i}" for i in range(len(claim.hypotheses)))]
    base, step = (proofs.names[certificate[w]] for w in ("base", "step"))
    assumed = _assumed(claim, k, later, proofs.printer)
    opened = f"intros {' '.join(first)}.\n" if first else ""
    inner = f"intros {' '.join(rest)}.\n" if rest else ""
    arguments = " ".join([*first, word, *rest, f"({assumed})"])
    return (
        f"{opened}intros {word}. induction {word} as [|{word} k_IH].\n"
        f"{{ {inner}exact ({' '.join([base, *first, *rest])}). }}\n"
        f"{{ replace (S {word}) with ({word} + 1)%nat by apply Nat.add_1_r.\n"
        f"rewrite ?(plus_INR {word} 1).\n{inner}exact ({step} {arguments}). }}"
    )


def _names(variables: Sequence[Var], printer: Printer) -> list[str]:
    return [w for v in variables for w in (name(v.name), *variable_hypotheses(v, printer))]


def _assumed(claim: Claim, k: Var, later: Sequence[Var], printer: Printer) -> str:
    """The claim at k as the step's hypothesis states it: over the later variables and what mentions them or k."""
    mine = _names(later, printer)
    about = [i for i, h in enumerate(claim.hypotheses) if any(mentions(h, v.name) for v in (k, *later))]
    bound = [*mine, *(f"g_{i}" for i in about)]
    whole = " ".join(["k_IH", *mine, *(f"g_{i}" for i in range(len(claim.hypotheses)))])
    return f"fun {' '.join(bound)} => {whole}" if bound else whole


TEMPLATES: dict[str, Callable[[Proofs, Claim, Certificate, str], str]] = {
    "identity": linear,
    "sum": linear,
    "cube": linear,
    "square": square,
    "cases": cases,
    "induction": induction,
    "monotone": monotone,
    "differentiate": differentiate,
    "contradiction": contradiction,
    "congruence": congruence,
    "rank": rank,
}


def script(proofs: Proofs, step: Step) -> str:
    """What comes after ``Proof.``; raises NoTemplate."""
    if step.rule not in TEMPLATES:
        raise NoTemplate(f"the rule {step.rule} has none")
    return TEMPLATES[step.rule](proofs, step.claim, step.certificate, step.rule)
