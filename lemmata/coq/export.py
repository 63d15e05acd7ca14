"""A certificate as one file for Coq 8.16: the prelude, the definitions, every step, and a theorem for every part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import indent, wrap
from typing import Any

from lemmata.coq.membership import Membership, introductions
from lemmata.coq.rules import Proofs
from lemmata.coq.text import NoTemplate, Printer, name, prelude
from lemmata.kernel.claims import Claim
from lemmata.kernel.definitions import Definition
from lemmata.kernel.errors import Refused
from lemmata.kernel.judge import Judge, Step, replay
from lemmata.kernel.substitution import sort_terms
from lemmata.kernel.terms import Scalar, Var

# What Coq's theory of the real numbers itself rests on, and all that Print Assumptions may name besides hypotheses.
AXIOMS = (
    "ClassicalDedekindReals.sig_not_dec",
    "ClassicalDedekindReals.sig_forall_dec",
    "FunctionalExtensionality.functional_extensionality_dep",
)


@dataclass(frozen=True, slots=True)
class Exported:
    """The file, and the steps that enter it as hypotheses with the reason for each."""

    text: str
    hypotheses: Mapping[str, str]


def export(document: Mapping[str, Any]) -> Exported:
    """The Coq file of a certificate; the kernel re-checks it first. Raises Refused, or NoTemplate for a claim
    that has no Coq text."""
    replay(document)
    judge = Judge()
    proofs = Proofs({}, _step_names(document), {}, {})
    blocks: list[str] = []
    hypotheses: dict[str, str] = {}
    for record in document["steps"]:
        step = judge.accept(record)
        proofs.definitions, proofs.defining = judge.definitions, judge.defining
        blocks.append(_block(proofs, judge, step, document, hypotheses))
        proofs.claims[step.id] = step.claim
    parts = [_part(p, judge.steps[p["step"]].claim, proofs) for p in document["parts"]]
    body = "\n\n".join([*blocks, *parts, _assumptions(document)])
    whole = f"{_head(document, hypotheses)}\n{prelude()}\nSection Certificate.\n\n{body}\n\nEnd Certificate.\n"
    return Exported(whole, hypotheses)


def _head(document: Mapping[str, Any], hypotheses: Mapping[str, str]) -> str:
    known = [f"{_prose(s)}: {_prose(why)}" for s, why in hypotheses.items()]
    lines = [
        f"The proof of {_prose(str(document.get('id', 'a theorem')))} for Coq 8.16 and its standard library.",
        "Every part of the theorem is a theorem part_... at the end; Print Assumptions says what it rests on.",
        f"Hypotheses: {'none.' if not known else ''}",
        *(f"  {line}" for line in known),
        "Coq's real numbers bring their own: " + ", ".join(AXIOMS) + ".",
    ]
    wrapped = [w for line in lines for w in wrap(line, 100, subsequent_indent="  ", break_on_hyphens=False)]
    return "(* " + "\n   ".join(wrapped) + " *)"


def _prose(words: str) -> str:
    """Text inside a comment: nothing in it opens or ends one, or starts a string."""
    return words.replace("*", "x").replace('"', "'")


def _step_names(document: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for record in document["steps"]:
        found[record["id"]] = _unique("step", record["id"], set(found.values()))
    return found


def _unique(prefix: str, label: str, taken: set[str]) -> str:
    letters = "".join(c if c.isascii() and (c.isalnum() or c in "_'") else "_" for c in label)
    word, number = f"{prefix}_{letters}", 1
    while word in taken:
        number += 1
        word = f"{prefix}_{letters}_{number}"
    return word


# ---------------------------------------------------------------- one step


def _block(
    proofs: Proofs, judge: Judge, step: Step, document: Mapping[str, Any], hypotheses: dict[str, str]
) -> str:
    statement = f"{proofs.names[step.id]} :\n  {_statement(proofs.printer, step.claim)}."
    if step.rule == "define":
        return _defined(proofs, step, document, statement)
    try:
        script = proofs.script(step)
    except NoTemplate as error:
        hypotheses[step.id] = f"no template, {error}"
    else:
        return f"Lemma {statement}\nProof.\n{indent(script, '  ')}\nQed."
    if step.rule in ("cite", "assume"):
        hypotheses[step.id] = _source(step)
    return f"(* {_prose(step.id)}: {_prose(hypotheses[step.id])} *)\nHypothesis {statement}"


def _source(step: Step) -> str:
    source = step.certificate.get("source", "")
    return f"cited, {source}" if step.rule == "cite" else "assumed"


def _statement(printer: Printer, claim: Claim) -> str:
    return printer.claim(claim, points=True)


def _part(part: Mapping[str, str], claim: Claim, proofs: Proofs) -> str:
    word = _unique("part", part["label"], set())
    statement = f"Theorem {word} :\n  {_statement(proofs.printer, claim)}."
    return f"{statement}\nProof. exact {proofs.names[part['step']]}. Qed."


def _assumptions(document: Mapping[str, Any]) -> str:
    """What the parts rest on, printed once for all of them: asking takes Coq a second each time."""
    words = [_unique("part", p["label"], set()) for p in document["parts"]]
    return f"Definition parts := ({', '.join(words)}).\nPrint Assumptions parts."


# ---------------------------------------------------------------- definitions


def _defined(proofs: Proofs, step: Step, document: Mapping[str, Any], statement: str) -> str:
    symbol = next(r["certificate"]["symbol"] for r in document["steps"] if r["id"] == step.id)
    definition = proofs.definitions[symbol]
    if definition.recursive:
        return _recursion(proofs, step, document, statement, symbol)
    variables = (*definition.implicit, *definition.parameters)
    printer = proofs.printer
    typed = " ".join(f"({name(v.name)} : {printer.type(v.sort)})" for v in variables)
    value = "R" if definition.value != Scalar("point") else _no_points()
    parts = [f"Definition {name(symbol)} {typed} : {value} :=\n  {printer.real(definition.body)}."]
    if definition.value in (Scalar("sign"), Scalar("bit")):
        parts.append(_sort_lemma(printer, definition, typed))
    parts.append(f"Lemma {statement}\nProof. reflexivity. Qed.")
    return "\n\n".join(parts)


def _no_points() -> str:
    raise NoTemplate("a defined symbol whose values are points has no Coq text")


def _sort_lemma(printer: Printer, definition: Definition, typed: str) -> str:
    """That every value is a sign or a bit; the sizes come first, so that memberships can mention them."""
    variables = (*definition.implicit, *definition.parameters)
    kind = definition.value.name
    claim = Claim(variables, (), _trivial())
    membership = Membership(printer)
    proof = membership.sign(definition.body) if kind == "sign" else membership.bit(definition.body)
    parts = []
    for v in variables:
        parts.append(f"forall {name(v.name)} : {printer.type(v.sort)},")
        parts += [f"{m} ->" for m in printer.memberships(v)]
    applied = " ".join([name(definition.name), *(name(v.name) for v in variables)])
    goal = " ".join([*parts, f"is_{kind} ({applied})."])
    intros = " ".join(introductions(claim, printer))
    word = f"sort_{name(definition.name)}"
    return f"Lemma {word} : {goal}\nProof. intros {intros}. unfold {name(definition.name)}. {proof}. Qed."


def _trivial():  # noqa: ANN202
    from lemmata.kernel.terms import ZERO, Relation

    return Relation(ZERO, "=", ZERO)


def _recursion(
    proofs: Proofs, step: Step, document: Mapping[str, Any], statement: str, symbol: str
) -> str:
    raise NoTemplate("a recursion has no Coq text")


__all__ = ["AXIOMS", "Exported", "Refused", "Var", "export", "sort_terms"]
