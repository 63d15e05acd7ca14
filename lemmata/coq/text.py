"""Terms as Coq's text, over the vocabulary of the prelude.

A scalar is a real number, except that naturals and indices are Coq's ``nat`` and points are of a type ``Point``.
A vector is a function from ``nat``; what makes it one of signs or bits is a hypothesis beside its variable.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from lemmata.coq.names import NoTemplate, name
from lemmata.kernel.definitions import Definition, match_arguments
from lemmata.kernel.sorting import is_vector, kinds, vector_sort
from lemmata.kernel.terms import (
    Add,
    Apply,
    Binder,
    Bracket,
    Build,
    Component,
    Defined,
    Derivative,
    Div,
    Function,
    Index,
    Mul,
    Neg,
    Num,
    Pow,
    Relation,
    Scalar,
    Sort,
    Term,
    Var,
    Vector,
)

SUM, PRODUCT, POWER, APPLIED, ARGUMENT = range(5)


class Terms:
    """Prints with the definitions, which tell the sizes that a defined symbol is also applied to."""

    def __init__(self, definitions: Mapping[str, Definition], unsorted: Collection[str] = ()) -> None:
        self.definitions = definitions
        # Defined symbols for whose values no lemma says that they are signs or bits.
        self.unsorted = unsorted

    # ------------------------------------------------------------ terms

    def real(self, term: Term, level: int = SUM) -> str:
        """A number as a real number."""
        match term:
            case Num(value):
                return str(value)
            case Var(word, sort):
                inner = name(word)
                natural = isinstance(sort, Index) or sort == Scalar("nat")
                return wrapped(f"INR {inner}", level > APPLIED) if natural else inner
            case Apply(head, _) if _value(head) == "nat":
                return wrapped(f"INR {self.nat(term)}", level > APPLIED)
            case Apply() | Defined():
                return wrapped(self.applied(term), level > APPLIED)
            case Component(vector, index):
                return wrapped(f"{self.vector(vector)} {self.nat(index)}", level > APPLIED)
            case Add(terms):
                return wrapped(self._sum(terms), level > SUM)
            case Neg(inner):
                # Without the parentheses - 1 would be a numeral of its own.
                below = f"({inner.value})" if isinstance(inner, Num) else self.real(inner, POWER)
                return wrapped(f"- {below}", level > SUM)
            case Mul(terms):
                return wrapped(" * ".join(self.real(t, POWER) for t in terms), level > PRODUCT)
            case Div(a, b):
                return wrapped(f"{self.real(a, POWER)} / {self.real(b, POWER)}", level > PRODUCT)
            case Pow(base, exponent):
                return self._power(base, exponent, level)
            case Bracket(relation):
                return self._bracket(relation, level)
            case Binder(kind, variable, body):
                inner = self.abstraction(variable, body)
                if kind == "prod":
                    assert isinstance(variable.sort, Index)
                    return wrapped(f"prod {self.nat(variable.sort.size)} {inner}", level > APPLIED)
                return wrapped(f"{kind} {self.values(variable.sort)} {inner}", level > APPLIED)
            case Derivative(variable, body, point):
                inner = self.abstraction(variable, body)
                return wrapped(f"diff {inner} {self.real(point, ARGUMENT)}", level > APPLIED)
            case Build():
                raise NoTemplate("a vector stands where a number is needed")

    def abstraction(self, variable: Var, body: Term) -> str:
        """``(fun x => body)``."""
        return f"(fun {name(variable.name)} => {self.real(body)})"

    def _sum(self, terms: tuple[Term, ...]) -> str:
        parts = [self.real(terms[0], PRODUCT)]
        for t in terms[1:]:
            sign, inner = ("-", t.term) if isinstance(t, Neg) else ("+", t)
            parts.append(f" {sign} {self.real(inner, PRODUCT)}")
        return "".join(parts)

    def _power(self, base: Term, exponent: Term, level: int) -> str:
        if isinstance(exponent, Neg):
            positive = base if exponent.term == Num(1) else Pow(base, exponent.term)
            return wrapped(
                f"/ {self.real(positive, APPLIED if positive is base else POWER)}", level > PRODUCT
            )
        above = str(exponent.value) if isinstance(exponent, Num) else self.nat(exponent)
        return wrapped(f"{self.real(base, APPLIED)} ^ {above}", level > POWER)

    def _bracket(self, relation: Relation, level: int) -> str:
        left, op, right = relation.left, relation.op, relation.right
        decided = self._decision(left, op, right)
        return (
            wrapped(f"1 - truth {decided}", level > SUM)
            if op == "!="
            else wrapped(f"truth {decided}", level > APPLIED)
        )

    def _decision(self, left: Term, op: str, right: Term) -> str:
        if is_vector(left):
            return f"(agree {self.nat(vector_sort(left).size)} {self.vector(left)} {self.vector(right)})"
        if "point" in kinds(left):
            return f"(same {self.argument(left)} {self.argument(right)})"
        decide = {"=": "Req_EM_T", "!=": "Req_EM_T", "<": "Rlt_dec", "<=": "Rle_dec"}[op]
        return f"({decide} {self.real(left, ARGUMENT)} {self.real(right, ARGUMENT)})"

    def flipped(self, relation: Relation) -> str:
        """The equation between the bracket of an equation and that with its sides exchanged."""
        left, right = relation.left, relation.right
        if is_vector(left):
            size = self.nat(vector_sort(left).size)
            return f"(vectors_flipped {size} {self.vector(left)} {self.vector(right)})"
        lemma = "points_flipped _ same" if "point" in kinds(left) else "truth_flipped"
        return f"({lemma} {self.argument(left)} {self.argument(right)})"

    def applied(self, term: Term) -> str:
        """A function, or a defined symbol with the sizes of its arguments, applied."""
        if isinstance(term, Apply):
            assert isinstance(term.head.sort, Function)
            sorts = term.head.sort.arguments
            values = [self.of_sort(a, s) for a, s in zip(term.arguments, sorts, strict=True)]
            return " ".join([name(term.head.name), *values])
        assert isinstance(term, Defined)
        definition = self.definitions[term.name]
        if definition.recursive:
            sorts = tuple(p.sort for p in definition.parameters)
            values = [self.of_sort(a, s) for a, s in zip(term.arguments, sorts, strict=True)]
            return " ".join([name(term.name), *values])
        found = match_arguments(definition, term.arguments)
        variables = (*definition.implicit, *definition.parameters)
        return " ".join([name(term.name), *(self.of_sort(found[v.name], v.sort) for v in variables)])

    def of_sort(self, term: Term, sort: Sort) -> str:
        """A term as an argument of the given sort."""
        if isinstance(sort, Vector):
            return self.vector(term)
        if isinstance(sort, Index) or sort == Scalar("nat"):
            return self.nat(term)
        return self.argument(term)

    def argument(self, term: Term) -> str:
        """A number that is no natural, or a point, as an argument."""
        if "point" in kinds(term):
            return wrapped(self.point(term), not isinstance(term, Var))
        return self.real(term, ARGUMENT)

    def point(self, term: Term) -> str:
        """A point."""
        return name(term.name) if isinstance(term, Var) else self.applied(term)

    def vector(self, term: Term) -> str:
        """A vector as an argument."""
        if isinstance(term, Var):
            return name(term.name)
        assert isinstance(term, Build) and isinstance(term.variable.sort, Index)
        return f"(build {self.nat(term.variable.sort.size)} {self.abstraction(term.variable, term.body)})"

    def nat(self, term: Term) -> str:
        """A natural as an argument; raises NoTemplate for what is a natural by form only."""
        inner = self._nat(term)
        return inner if re.fullmatch(r"[A-Za-z_][\w']*|.*%R", inner) else f"{inner}%nat"

    def _nat(self, term: Term) -> str:
        match term:
            case Num(value):
                return str(value)
            case Var(word, sort) if isinstance(sort, Index) or sort == Scalar("nat"):
                return name(word)
            case Add(terms):
                return f"({' + '.join(self._nat(t) for t in terms)})"
            case Mul(terms):
                return f"({' * '.join(self._nat(t) for t in terms)})"
            case Pow(base, exponent):
                return f"({self._nat(base)} ^ {self._nat(exponent)})"
            case Apply(head, _) if _value(head) == "nat":
                return f"({self.applied(term)})%R"
            case Binder("sum", variable, body):
                return f"(nat_sum {self.values(variable.sort)} {self._natural_function(variable, body)})"
            case Binder("prod", Var(_, Index(size)) as variable, body):
                return f"(nat_prod {self.nat(size)} {self._natural_function(variable, body)})"
            case _ if not is_vector(term) and "bit" in kinds(term):
                return f"(bit {self.real(term, ARGUMENT)})%R"
            case _:
                raise NoTemplate("a natural whose form has no Coq text")

    def _natural_function(self, variable: Var, body: Term) -> str:
        return f"(fun {name(variable.name)} => {self.nat(body)})"

    def values(self, sort: Sort) -> str:
        """The list of all values of a finite sort."""
        match sort:
            case Index(size):
                return f"(indices {self.nat(size)})"
            case Vector(word, size):
                return f"({word} {self.nat(size)})"
            case Scalar("sign" | "bit" as word):
                return f"{word}_values"
            case _:
                raise NoTemplate("a sum over a sort that is not finite")


def _value(head: Var) -> str:
    assert isinstance(head.sort, Function)
    return head.sort.value.name


def wrapped(inner: str, needed: bool) -> str:
    """In parentheses where the place needs it."""
    return f"({inner})" if needed else inner
