"""Quantifiers that their own hypotheses bound: ``for all a: fn(index(n)) -> nat. if sum(i: index(n), a(i)) <= d then``.

Beyond the bound such a claim says nothing, so looking at finitely many values decides it.
"""

from __future__ import annotations

from lemmata.kernel.claims import Claim
from lemmata.kernel.sorting import is_vector, kinds
from lemmata.kernel.substitution import free_names
from lemmata.kernel.terms import NAT, Add, Apply, Binder, Function, Index, Relation, Term, Var


def bound(claim: Claim, variable: Var) -> Term | None:
    """What a natural, or every value of a natural function of an index, cannot exceed where the claim says something.

    The bound mentions none of the claim's own variables; None if no hypothesis gives one.
    """
    own = {v.name for v in claim.variables}
    for hypothesis in claim.hypotheses:
        if hypothesis.variables or hypothesis.hypotheses:
            continue
        relation = hypothesis.conclusion
        if _limits(relation, variable) and not free_names(relation.right) & own:
            return relation.right
    return None


def _limits(relation: Relation, variable: Var) -> bool:
    """Whether the left side is a sum of naturals, the variable's values among them."""
    if relation.op not in ("<=", "=") or is_vector(relation.left):
        return False
    summands = relation.left.terms if isinstance(relation.left, Add) else (relation.left,)
    return all("nat" in kinds(t) for t in summands) and any(_holds(t, variable) for t in summands)


def _holds(summand: Term, variable: Var) -> bool:
    if variable.sort == NAT:
        return summand == variable
    match summand:
        case Binder("sum", Var() as index, body):
            terms = body.terms if isinstance(body, Add) else (body,)
            # A bound on bits is no range of theirs: below 5 there are numbers that are no bits.
            whole = variable.sort == Function((index.sort,), (0,), NAT) and isinstance(index.sort, Index)
            return whole and all("nat" in kinds(t) for t in terms) and Apply(variable, (index,)) in terms
        case _:
            return False
