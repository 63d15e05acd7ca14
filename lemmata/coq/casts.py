"""From the text of a premise at its values to that of a claim, and back.

Where a variable stands for a natural such as ``a + b``, a premise at its values says ``INR (a + b)``, and a claim
``INR a + INR b``.
"""

from __future__ import annotations

from itertools import count

from lemmata.coq.membership import variable_hypotheses
from lemmata.coq.names import name
from lemmata.coq.statements import Printer
from lemmata.kernel.claims import Claim, substitute_claim
from lemmata.kernel.context import numbers
from lemmata.kernel.sorting import kinds
from lemmata.kernel.substitution import Lambda, Value, map_sort, substitute
from lemmata.kernel.terms import NAT, Apply, Function, Index, Relation, Sort, Term, Var

OPERATIONS = {"=": "equal", "<=": "at_most", "<": "less", "!=": "unequal"}


class Casts:
    """Proofs of what the one text says from proofs of the other."""

    def __init__(self, printer: Printer) -> None:
        self.printer = printer
        self._count = count()

    def said(self, relation: Relation, proof: str) -> str:
        """The proof of what the relation's own text says, from that of the premise's at its values."""
        if not numbers(relation):
            return proof
        return f"({self._cast('said', relation, proof)} : {self.printer.relation(relation)})"

    def instantiated(self, claim: Claim, proof: str) -> str:
        """The proof of what a premise's text says at its values, from that of the claim's own text."""
        return self._through(claim, proof, inward=True)

    def _through(self, claim: Claim, proof: str, inward: bool) -> str:
        """Under the claim's variables; what it assumes goes the other way."""
        bound, opened, words = self._opened(claim)
        given: list[str] = []
        for hypothesis in opened.hypotheses:
            bound.append(word := f"k_c{next(self._count)}")
            given.append(self._through(hypothesis, word, not inward))
        whole = f"({' '.join([proof, *words, *given])})" if words or given else proof
        relation = opened.conclusion
        shown = self._cast("cast" if inward else "said", relation, whole) if numbers(relation) else whole
        return f"(fun {' '.join(bound)} => {shown})" if bound else shown

    def _cast(self, which: str, relation: Relation, proof: str) -> str:
        left, right = (self.printer.argument(t) for t in (relation.left, relation.right))
        lemma = f"{which}_{OPERATIONS[relation.op]}"
        ends = f"_ _ {left} {right} _ _ {proof}" if which == "cast" else f"{left} {right} _ _ {proof} _ _"
        return f"ltac:(refine ({lemma} {ends}); naturals)"

    def _opened(self, claim: Claim) -> tuple[list[str], Claim, list[str]]:
        """The claim with its variables under names of their own, which are listed with what is known of them."""
        values: dict[str, Value] = {}
        words: list[str] = []
        for variable in claim.variables:
            own = Var(self._word(), map_sort(variable.sort, lambda t: substitute(t, values)))
            values[variable.name] = own
            words += [name(own.name), *variable_hypotheses(own, self.printer)]
        at = substitute_claim(Claim((), claim.hypotheses, claim.conclusion), values)
        return list(words), at, words

    def _word(self) -> str:
        return f"b_c{next(self._count)}"


def compound(variable: Var, value: Value) -> bool:
    """Whether the premise may write a natural otherwise at the value: as one natural, and not as a real number."""
    if isinstance(value, Lambda):
        # The premise may apply the function at a + b, where its body then says INR (a + b).
        return any(_counts(p.sort) for p in value.parameters) or _composed(value.body, _value(variable))
    return not isinstance(variable.sort, Function) and _composed(value, variable.sort)


def _composed(term: Term, sort: Sort) -> bool:
    return _counts(sort) and (not isinstance(term, Var | Apply) or bool(kinds(term) & {"bit"}))


def _value(variable: Var) -> Sort:
    assert isinstance(variable.sort, Function)
    return variable.sort.value


def _counts(sort: Sort) -> bool:
    return sort == NAT or isinstance(sort, Index)
