"""Definitions in Coq: explicit ones, and recursions on a first natural argument."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lemmata.coq.membership import Membership, variable_hypotheses
from lemmata.coq.names import NoTemplate, name
from lemmata.coq.proofs import Proofs
from lemmata.coq.statements import Printer
from lemmata.kernel.claims import Claim, parse_claim
from lemmata.kernel.definitions import Definition
from lemmata.kernel.records import Step
from lemmata.kernel.terms import NAT, Defined, Scalar, Var


def defined(proofs: Proofs, step: Step, document: Mapping[str, Any], statement: str) -> str:
    """The definition and its equation as a lemma; raises NoTemplate for one without Coq text."""
    record = next(r for r in document["steps"] if r["id"] == step.id)
    definition = proofs.definitions[record["certificate"]["symbol"]]
    if definition.recursive:
        return _recursion(proofs, step, document, statement)
    printer, word = proofs.printer, name(definition.name)
    variables = (*definition.implicit, *definition.parameters)
    if definition.value == Scalar("point") or any(v.sort == Scalar("point") for v in variables):
        raise NoTemplate("a defined symbol with points for arguments or values")
    parts = [f"Definition {word} {_typed(printer, variables)} : R :=\n  {printer.real(definition.body)}."]
    if definition.value in (Scalar("sign"), Scalar("bit")):
        parts += _sort_lemma(proofs, definition, variables)
    parts.append(f"Lemma {statement}\nProof. reflexivity. Qed.")
    return "\n\n".join(parts)


def _typed(printer: Printer, variables: Sequence[Var]) -> str:
    return " ".join(f"({name(v.name)} : {printer.type(v.sort)})" for v in variables)


def _sort_lemma(proofs: Proofs, definition: Definition, variables: Sequence[Var]) -> list[str]:
    """That every value is a sign or a bit; without a template for it, nothing may use it."""
    printer, word, kind = proofs.printer, name(definition.name), definition.value.name
    membership = Membership(printer)
    try:
        proof = membership.sign(definition.body) if kind == "sign" else membership.bit(definition.body)
    except NoTemplate:
        proofs.unsorted.add(definition.name)
        return []
    parts: list[str] = []
    intros: list[str] = []
    for v in variables:
        parts += [
            f"forall {name(v.name)} : {printer.type(v.sort)},",
            *(f"{m} ->" for m in printer.memberships(v)),
        ]
        intros += [name(v.name), *variable_hypotheses(v, printer)]
    goal = " ".join([*parts, f"is_{kind} ({' '.join([word, *(name(v.name) for v in variables)])})."])
    return [f"Lemma sort_{word} : {goal}\nProof. intros {' '.join(intros)}. unfold {word}. {proof}. Qed."]


def _recursion(proofs: Proofs, step: Step, document: Mapping[str, Any], statement: str) -> str:
    """The first equation brings the whole definition, the second only its own lemma."""
    if step.premises:
        return f"Lemma {statement}\nProof. intros. rewrite Nat.add_1_r. reflexivity. Qed."
    second = next(
        (r for r in document["steps"] if r["rule"] == "define" and step.id in r.get("premises", [])), None
    )
    if second is None:
        raise NoTemplate("a recursion without its second equation")
    claim = parse_claim(second["claim"], proofs.definitions)
    printer, left = proofs.printer, claim.conclusion.left
    assert isinstance(left, Defined)
    k = _counter(claim, left)
    others = [a for a in left.arguments[1:] if isinstance(a, Var)]
    body = (
        f"Fixpoint {name(left.name)} ({name(k.name)} : nat) {_typed(printer, others)} : R :=\n"
        f"  match {name(k.name)} with\n  | O => {printer.real(step.claim.conclusion.right)}\n"
        f"  | S {name(k.name)} => {printer.real(claim.conclusion.right)}\n  end."
    )
    return f"{body}\n\nLemma {statement}\nProof. reflexivity. Qed."


def _counter(claim: Claim, left: Defined) -> Var:
    used = {a.name for a in left.arguments[1:] if isinstance(a, Var)}
    return next(v for v in claim.variables if v.sort == NAT and v.name not in used)
