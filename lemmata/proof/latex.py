"""LaTeX of a claim, made from the kernel's own terms: what is shown is what was judged."""

from __future__ import annotations

from collections.abc import Iterable

from lemmata.kernel.claims import Claim
from lemmata.kernel.printing import sort_text
from lemmata.kernel.terms import Sort, Var
from lemmata.proof.latex_layout import grouped
from lemmata.proof.latex_terms import binding, membership, relation_latex


def claim_latex(claim: Claim) -> str:
    r"""``\forall`` variables, their end marked by ``.\quad``, then ``if`` hypotheses ``then`` the conclusion."""
    bound = ", ".join(map(binding, claim.variables))
    start = rf"\forall {bound}.\quad " if bound else ""
    if not claim.hypotheses:
        return start + relation_latex(claim.conclusion)
    given = r";\ ".join(_hypothesis(h) for h in claim.hypotheses)
    return rf"{start}\mathrm{{if}}\ {given}\ \mathrm{{then}}\ {relation_latex(claim.conclusion)}"


def _hypothesis(hypothesis: Claim) -> str:
    plain = not hypothesis.variables and not hypothesis.hypotheses
    inner = claim_latex(hypothesis).replace(r".\quad ", r"\colon\ ", 1)
    return inner if plain else grouped(inner)


def memberships(claims: Iterable[Claim]) -> dict[str, str]:
    """For the text of every sort that a name of the claims has: what follows such a name in LaTeX."""
    found: dict[str, str] = {}
    for claim in claims:
        for sort in _sorts(claim):
            found.setdefault(sort_text(sort), membership(sort))
    return found


def _sorts(node: object) -> Iterable[Sort]:
    """The sorts of all variables that are declared or bound anywhere inside."""
    if isinstance(node, Var):
        yield node.sort
    elif isinstance(node, tuple):
        for inner in node:
            yield from _sorts(inner)
    elif hasattr(node, "__dataclass_fields__"):
        for name in type(node).__dataclass_fields__:  # type: ignore[attr-defined]
            yield from _sorts(getattr(node, name))
