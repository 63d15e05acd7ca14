"""Templates for the rules of logic: proof by contradiction, and equals for equals inside of a term."""

# A certificate is JSON: its shape was checked by the kernel, which accepted the step.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownMemberType=false
from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lemmata.coq.casts import OPERATIONS
from lemmata.coq.instances import Instance
from lemmata.coq.membership import introductions, variable_hypotheses
from lemmata.coq.monomials import key
from lemmata.coq.names import NoTemplate, name
from lemmata.coq.products import braces
from lemmata.coq.proofs import Proofs, opened
from lemmata.coq.statements import Printer
from lemmata.coq.text import ARGUMENT
from lemmata.coq.vanishing import vanishing
from lemmata.kernel.claims import Claim
from lemmata.kernel.parsing import parse_term, parse_variable
from lemmata.kernel.sorting import is_vector, kinds
from lemmata.kernel.substitution import Lambda, Value, children, substitute
from lemmata.kernel.terms import NAT, REAL, Apply, Build, Function, Relation, Scalar, Sort, Term, Var, sub

Certificate = Mapping[str, Any]


def contradiction(proofs: Proofs, claim: Claim, certificate: Certificate, rule: str) -> str:
    """The conclusion, which is decided, or its negation with the absurdity that the premise draws from it."""
    names = introductions(claim, proofs.printer)
    premise = " ".join([proofs.names[certificate["premise"]], *names, "k_no"])
    lemma = f"deny_{OPERATIONS[claim.conclusion.op]}"
    return f"{opened(proofs, claim)}refine ({lemma} _ _ _). intros k_no. exact ({premise})."


def congruence(proofs: Proofs, claim: Claim, certificate: Certificate, rule: str) -> str:
    """left = F(p) by normal forms, F(p) = F(q) place by place, F(q) = right by normal forms."""
    premises, scope = proofs.premises(claim), claim.scope
    over = tuple(parse_variable(v, scope, proofs.definitions) for v in certificate["over"])
    used = premises.instance(certificate["equal"], {**scope, **{v.name: v.sort for v in over}})
    fillings = (used.relation.left, used.relation.right)
    natural = all("nat" in kinds(t) for t in fillings)
    p, q = _filled(proofs, claim, certificate, over, fillings, NAT if natural else REAL)
    known = _everywhere(proofs.printer, over, used, natural)
    printer, normaliser = proofs.printer, premises.normaliser()
    goal = f"change ({printer.relation(claim.conclusion)})."
    places = (
        "alike ltac:(idtac; place k_e)."
        if not natural
        else "alike ltac:(idtac; first [place k_e | place k_n])."
    )
    ends = (claim.conclusion.left, p), (q, claim.conclusion.right)
    first, last = (
        "reflexivity." if key(a) == key(b) else _same(vanishing(normaliser, sub(a, b))) for a, b in ends
    )
    steps = [
        f"transitivity {printer.real(t, ARGUMENT)}.\n{{ {script} }}"
        for t, script in ((p, first), (q, places))
    ]
    return opened(proofs, claim) + "\n".join([known, goal, *steps, last])


def _same(script: str) -> str:
    return f"refine (Rminus_diag_uniq _ _ _).\n{script}"


def _filled(
    proofs: Proofs,
    claim: Claim,
    certificate: Certificate,
    over: tuple[Var, ...],
    fillings: tuple[Term, Term],
    value: Scalar,
) -> Iterator[Term]:
    """The term around the hole, with each of the two in it."""
    hole = certificate["hole"]
    sort: Sort = Function(tuple(v.sort for v in over), (0,) * len(over), value) if over else value
    of = parse_term(certificate["of"], {**claim.scope, hole: sort}, proofs.definitions)
    if _built(of, hole) or any(v.sort in (Scalar("sign"), Scalar("bit")) for v in over):
        raise NoTemplate("a hole at a sign, a bit or a vector that is built")
    for filling in fillings:
        whole: Value = Lambda(over, filling) if over else filling
        yield substitute(of, {hole: whole})


def _built(term: Term, hole: str) -> bool:
    """Whether the hole stands at a vector that is given by its components."""
    here = isinstance(term, Apply) and term.head.name == hole
    vectors = here and any(is_vector(t) and isinstance(t, Build) for t in children(term))
    return vectors or any(_built(t, hole) for t in children(term))


def _everywhere(printer: Printer, over: Sequence[Var], used: Instance, natural: bool) -> str:
    """What fills the hole is equal for all values of its variables: as real numbers, and as naturals."""
    bound = "".join(
        f"forall {name(v.name)} : {printer.type(v.sort)}, "
        + "".join(f"{m} -> " for m in printer.memberships(v))
        for v in over
    )
    words = [w for v in over for w in (name(v.name), *variable_hypotheses(v, printer))]
    intros = f"intros {' '.join(words)}.\n" if words else ""
    shown = intros + "\n".join([*used.before, f"exact {used.proof}."])
    found = [f"assert (k_e : {bound}{printer.relation(used.relation)}).", braces(shown)]
    if natural:
        left, right = (printer.real(t, ARGUMENT) for t in (used.relation.left, used.relation.right))
        whole = Relation(used.relation.left, "=", used.relation.right)
        known = f"({' '.join(['k_e', *words])})" if words else "k_e"
        text = f"{printer.nat(whole.left)} = {printer.nat(whole.right)}"
        cast = f"apply INR_eq. refine (cast_equal _ _ {left} {right} _ _ {known}); naturals."
        found += [f"assert (k_n : {bound}{text}).", braces(intros + cast)]
    return "\n".join(found)
