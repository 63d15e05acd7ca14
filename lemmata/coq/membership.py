"""That a term lies in a sort, as a tactic: what the kernel reads off a term's form, proved in Coq.

The hypothesis that a variable x lies in its sort is called ``h_x``.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from lemmata.coq.names import NoTemplate, name
from lemmata.coq.statements import Printer, mentions_points
from lemmata.kernel.claims import Claim
from lemmata.kernel.definitions import match_arguments
from lemmata.kernel.sorting import kinds, vector_sort
from lemmata.kernel.substitution import Lambda, Value, substitute
from lemmata.kernel.terms import (
    Add,
    Apply,
    Binder,
    Build,
    Component,
    Defined,
    Function,
    Index,
    Mul,
    Neg,
    Num,
    Pow,
    Scalar,
    Sort,
    Term,
    Var,
    Vector,
)


def hypothesis(word: str) -> str:
    """What the hypothesis about a variable is called."""
    return f"h_{name(word)}"


def introduction(variable: Var) -> str:
    """Introduce a variable of a sum or product with its membership."""
    word = name(variable.name)
    index = f" apply index_in in h_{word}." if isinstance(variable.sort, Index) else ""
    return f"intros {word} h_{word}.{index} cbv beta."


class Membership:
    """Tactics for goals such as ``In x (signs n)``, ``is_sign s`` and ``(i < n)%nat``."""

    def __init__(self, printer: Printer) -> None:
        self.printer = printer
        self._names = (f"b_m{k}" for k in count())

    def proof(self, term: Term, sort: Sort) -> str:
        """The tactic that proves what ``Printer.memberships`` says of the sort, for the term."""
        match sort:
            case Index():
                return "lia"
            case Vector():
                return self.vector(term)
            case Scalar("sign"):
                return self.sign(term)
            case Scalar("bit"):
                return self.bit(term)
            case _:
                raise NoTemplate("nothing is to be shown of such a value")

    def needed(self, sort: Sort) -> bool:
        """Whether the sort says more than the Coq type."""
        return isinstance(sort, Index | Vector) or sort in (Scalar("sign"), Scalar("bit"))

    def vector(self, term: Term) -> str:
        """``In term (signs n)`` or ``In term (bits n)``."""
        if isinstance(term, Var):
            return f"exact {hypothesis(term.name)}"
        assert isinstance(term, Build)
        bound = Var(next(self._names), term.variable.sort)
        body = substitute(term.body, {term.variable.name: bound})
        one, goal = (self.sign(body), "is_sign") if term.name == "signs" else (self.bit(body), "is_bit")
        word = name(bound.name)
        shown = f"change ({goal} ({self.printer.real(body)})); {one}"
        return f"apply build_in; intros {word} h_{word}; cbv beta; {shown}"

    def sign(self, term: Term) -> str:
        """``is_sign term``."""
        match term:
            case Num(1):
                return "left; reflexivity"
            case Neg(inner):
                return f"apply sign_opposite; {self.sign(inner)}"
            case Mul(terms) if self._all(terms, "sign"):
                return self._chain("sign_times", terms, self.sign)
            case Pow(base, _) if "sign" in kinds(base):
                return f"apply sign_power; {self.sign(base)}"
            case Component(vector, _):
                size = self.printer.nat(vector_sort(vector).size)
                return f"apply (sign_at {size}); [{self.vector(vector)} | lia]"
            case Binder("prod", variable, body):
                return self._product("sign_product", variable, body, self.sign)
            case Var() | Apply() | Defined():
                return self._named(term, "sign")
            case _:
                return self._table(term, "sign")

    def bit(self, term: Term) -> str:
        """``is_bit term``."""
        match term:
            case Num(0):
                return "left; reflexivity"
            case Num(1):
                return "right; reflexivity"
            case Mul(terms) if self._all(terms, "bit"):
                return self._chain("bit_times", terms, self.bit)
            case Component(vector, _):
                size = self.printer.nat(vector_sort(vector).size)
                return f"apply (bit_at {size}); [{self.vector(vector)} | lia]"
            case Binder("prod", variable, body):
                return self._product("bit_product", variable, body, self.bit)
            case Var() | Apply() | Defined():
                return self._named(term, "bit")
            case _ if self.printer.real(term).startswith("truth"):
                return "apply truth_bit"
            case _:
                return self._table(term, "bit")

    def _all(self, terms: tuple[Term, ...], kind: str) -> bool:
        return all(kind in kinds(t) for t in terms)

    def _chain(self, lemma: str, terms: tuple[Term, ...], one: Callable[[Term], str]) -> str:
        if len(terms) == 1:
            return one(terms[0])
        return f"apply {lemma}; [{self._chain(lemma, terms[:-1], one)} | {one(terms[-1])}]"

    def _product(self, lemma: str, variable: Var, body: Term, one: Callable[[Term], str]) -> str:
        bound = Var(next(self._names), variable.sort)
        inner = one(substitute(body, {variable.name: bound}))
        word = name(bound.name)
        return f"apply {lemma}; intros {word} h_{word}; cbv beta; {inner}"

    def _named(self, term: Term, kind: str) -> str:
        if isinstance(term, Var):
            if term.sort != Scalar(kind):  # type: ignore[arg-type]
                raise NoTemplate(f"{term.name} is not a {kind} by form")
            return f"exact {hypothesis(term.name)}"
        if isinstance(term, Apply):
            assert isinstance(term.head.sort, Function)
            pairs = list(zip(term.arguments, term.head.sort.arguments, strict=True))
            inner = " | ".join(self.proof(a, s) for a, s in pairs if self.needed(s))
            return f"apply {self.of_function(term.head, 'value')}" + (f"; [{inner}]" if inner else "")
        assert isinstance(term, Defined)
        definition = self.printer.definitions[term.name]
        if term.value != Scalar(kind):  # type: ignore[arg-type]
            return self._table(term, kind)
        if definition.recursive or term.name in self.printer.unsorted:
            raise NoTemplate(f"no lemma says that {term.name} is a {kind}")
        found = match_arguments(definition, term.arguments)
        variables = (*definition.implicit, *definition.parameters)
        values = " ".join(self.argument(found[v.name], v.sort) for v in variables)
        return f"exact (sort_{name(term.name)} {values})"

    def argument(self, term: Term, sort: Sort) -> str:
        """The value and, where the sort asks for one, the proof of its membership, as arguments of a lemma."""
        value = self.printer.of_sort(term, sort)
        return f"{value} ltac:({self.proof(term, sort)})" if self.needed(sort) else value

    def of_function(self, head: Var, what: str) -> str:
        """The hypothesis on a function: that it is ``smooth``, or of which sort its ``value`` is."""
        assert isinstance(head.sort, Function)
        both = any(head.sort.orders) and what == "value"
        return hypothesis(head.name) + ("_1" if both else "")

    def function_proof(self, value: Value, sort: Function) -> list[str]:
        """Proofs of what is said of a function variable, for the function that takes its place."""
        found: list[str] = []
        if isinstance(value, Var):
            if any(sort.orders):
                found.append(f"exact {self.of_function(value, 'smooth')}")
            if sort.value.name in ("sign", "bit"):
                found.append(f"exact {self.of_function(value, 'value')}")
        elif sort.value.name in ("sign", "bit"):
            assert isinstance(value, Lambda)
            names: list[str] = []
            for p in value.parameters:
                names += [name(p.name), *([hypothesis(p.name)] if self.needed(p.sort) else [])]
            one = self.sign(value.body) if sort.value.name == "sign" else self.bit(value.body)
            found.append(f"intros {' '.join(names)}; cbv beta; {one}")
        return found

    def _table(self, term: Term, kind: str) -> str:
        """Every value of the signs and bits in a sum of products."""
        leaves: dict[Term, str] = {}
        self._leaves(term, leaves)
        steps: list[str] = []
        for k, (leaf, sort) in enumerate(leaves.items()):
            proof = self.sign(leaf) if sort == "sign" else self.bit(leaf)
            steps.append(f"assert (k_{k} : is_{sort} ({self.printer.real(leaf)})) by ({proof})")
        steps += [f"destruct k_{k} as [k_{k}|k_{k}]" for k in range(len(leaves))]
        steps += [f"rewrite ?k_{k}" for k in range(len(leaves))]
        return "; ".join([*steps, f"unfold is_{kind}", "first [left; lra | right; lra]"])

    def _leaves(self, term: Term, leaves: dict[Term, str]) -> None:
        found = kinds(term)
        if not isinstance(term, Num | Add | Mul | Neg) and found & {"bit", "sign"}:
            leaves[term] = "bit" if "bit" in found else "sign"
            return
        match term:
            case Num():
                return
            case Add(terms) | Mul(terms):
                for t in terms:
                    self._leaves(t, leaves)
            case Neg(inner):
                self._leaves(inner, leaves)
            case _:
                raise NoTemplate("a sign or bit whose form has no template")


def introductions(claim: Claim, printer: Printer) -> list[str]:
    """The names under which the variables and hypotheses of a claim are introduced, in its order."""
    found = ["Point", "same"] if mentions_points(claim) else []
    for v in claim.variables:
        found.append(name(v.name))
        found += variable_hypotheses(v, printer)
    return [*found, *(f"g_{k}" for k in range(len(claim.hypotheses)))]


def variable_hypotheses(variable: Var, printer: Printer) -> list[str]:
    """The names of the hypotheses on one variable."""
    known = hypothesis(variable.name)
    return [known + (f"_{k}" if k else "") for k in range(len(printer.memberships(variable)))]
