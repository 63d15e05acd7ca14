"""Terms, sorts and claims as Coq's text, over the vocabulary of ``prelude.v``.

A scalar is a real number, except that naturals and indices are Coq's ``nat`` and points are of a type ``Point``.
A vector is a function from ``nat``; what makes it one of signs or bits is a hypothesis beside its variable.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path

from lemmata.kernel.claims import Claim
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
# Names that the exporter makes up itself start like this, so no variable may.
_OWN = re.compile(r"(step|part|sort|arg|b|c|g|h|k)_.*")
_STANDARD = re.compile(r"R[a-z].*|[A-Z_]*INR|IZR|pow.*|f_equal|eq_.*|functional_extensionality|Nat|Bool")
_WORDS = re.compile(
    "as|at|cofix|do|else|end|exists|fix|for|forall|fun|if|in|let|match|return|then|using|where|with|by|Prop|Set|"
    "Type|SProp|IF|mod|Point|same|nat|list|bool|R|Z|N|O|S|true|false|nil|cons|length|fst|snd|not|and|or|eq|ex|I|"
    "In|left|right|seq"
)


@cache
def prelude() -> str:
    """The file that gives the vocabulary its meaning."""
    return Path(__file__).with_name("prelude.v").read_text(encoding="utf-8")


@cache
def _taken() -> frozenset[str]:
    return frozenset(re.findall(r"^(?:Lemma|Definition|Fixpoint|Ltac) (\w+)", prelude(), re.MULTILINE))


class NoTemplate(Exception):
    """What cannot be written in Coq, or cannot be proved there by a template; the text says which."""


def name(word: str) -> str:
    """A name that means nothing else in Coq; different names stay different."""
    taken = (
        word in _taken() or word.endswith("_") or any(r.fullmatch(word) for r in (_OWN, _STANDARD, _WORDS))
    )
    return f"{word}_" if taken else word


class Printer:
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
                return _wrap(f"INR {inner}", level > APPLIED) if natural else inner
            case Apply(head, _) if _value(head) == "nat":
                return _wrap(f"INR {self.nat(term)}", level > APPLIED)
            case Apply() | Defined():
                return _wrap(self.applied(term), level > APPLIED)
            case Component(vector, index):
                return _wrap(f"{self.vector(vector)} {self.nat(index)}", level > APPLIED)
            case Add(terms):
                return _wrap(self._sum(terms), level > SUM)
            case Neg(inner):
                # Without the parentheses - 1 would be a numeral of its own.
                below = f"({inner.value})" if isinstance(inner, Num) else self.real(inner, POWER)
                return _wrap(f"- {below}", level > SUM)
            case Mul(terms):
                return _wrap(" * ".join(self.real(t, POWER) for t in terms), level > PRODUCT)
            case Div(a, b):
                return _wrap(f"{self.real(a, POWER)} / {self.real(b, POWER)}", level > PRODUCT)
            case Pow(base, exponent):
                return self._power(base, exponent, level)
            case Bracket(relation):
                return self._bracket(relation, level)
            case Binder(kind, variable, body):
                inner = self.abstraction(variable, body)
                if kind == "prod":
                    assert isinstance(variable.sort, Index)
                    return _wrap(f"prod {self.nat(variable.sort.size)} {inner}", level > APPLIED)
                return _wrap(f"{kind} {self.values(variable.sort)} {inner}", level > APPLIED)
            case Derivative(variable, body, point):
                inner = self.abstraction(variable, body)
                return _wrap(f"diff {inner} {self.real(point, ARGUMENT)}", level > APPLIED)
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
            return _wrap(f"/ {self.real(positive, APPLIED if positive is base else POWER)}", level > PRODUCT)
        above = str(exponent.value) if isinstance(exponent, Num) else self.nat(exponent)
        return _wrap(f"{self.real(base, APPLIED)} ^ {above}", level > POWER)

    def _bracket(self, relation: Relation, level: int) -> str:
        left, op, right = relation.left, relation.op, relation.right
        decided = self._decision(left, op, right)
        return (
            _wrap(f"1 - truth {decided}", level > SUM)
            if op == "!="
            else _wrap(f"truth {decided}", level > APPLIED)
        )

    def _decision(self, left: Term, op: str, right: Term) -> str:
        if is_vector(left):
            return f"(agree {self.nat(vector_sort(left).size)} {self.vector(left)} {self.vector(right)})"
        if "point" in kinds(left):
            return f"(same {self.argument(left)} {self.argument(right)})"
        decide = {"=": "Req_EM_T", "!=": "Req_EM_T", "<": "Rlt_dec", "<=": "Rle_dec"}[op]
        return f"({decide} {self.real(left, ARGUMENT)} {self.real(right, ARGUMENT)})"

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
            return _wrap(self.point(term), not isinstance(term, Var))
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
            case _ if not is_vector(term) and "bit" in kinds(term):
                return f"(bit {self.real(term, ARGUMENT)})%R"
            case _:
                raise NoTemplate("a natural that is neither a sum nor a product of naturals has no Coq text")

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

    # ------------------------------------------------------------ sorts and claims

    def type(self, sort: Sort) -> str:
        """The Coq type of a sort's values."""
        match sort:
            case Scalar("nat") | Index():
                return "nat"
            case Scalar("point"):
                return "Point"
            case Scalar():
                return "R"
            case Vector():
                return "vector"
            case Function(arguments, _, value):
                return " -> ".join([*(self.type(a) for a in arguments), self.type(value)])

    def memberships(self, variable: Var) -> list[str]:
        """What a value of the variable's Coq type satisfies beyond its type."""
        word, sort = name(variable.name), variable.sort
        if isinstance(sort, Function):
            return self._function_memberships(word, sort)
        found = self._membership(word, sort)
        return [found] if found else []

    def _membership(self, word: str, sort: Sort) -> str:
        match sort:
            case Index(size):
                return f"({word} < {self.nat(size)})%nat"
            case Vector():
                return f"In {word} {self.values(sort)}"
            case Scalar("sign" | "bit" as kind):
                return f"is_{kind} {word}"
            case _:
                return ""

    def _function_memberships(self, word: str, sort: Function) -> list[str]:
        smooth = [k for k, order in enumerate(sort.orders) if order]
        if len(smooth) > 1:
            raise NoTemplate("a function that is differentiable in two arguments has no Coq text")
        names = [f"arg_{k}" for k in range(len(sort.arguments))]
        found: list[str] = []
        if smooth:
            (at,) = smooth
            inner = " ".join([word, *(n if k != at else "arg_t" for k, n in enumerate(names))])
            start = self._for_all(
                [(n, s) for k, (n, s) in enumerate(zip(names, sort.arguments, strict=True)) if k != at]
            )
            found.append(f"{start}smooth {sort.orders[at]} (fun arg_t => {inner})")
        if sort.value.name in ("sign", "bit"):
            start = self._for_all(list(zip(names, sort.arguments, strict=True)))
            found.append(f"{start}is_{sort.value.name} ({' '.join([word, *names])})")
        return found

    def _for_all(self, variables: list[tuple[str, Sort]]) -> str:
        parts: list[str] = []
        for word, sort in variables:
            member = self._membership(word, sort)
            parts.append(f"forall {word} : {self.type(sort)}, " + (f"{member} -> " if member else ""))
        return "".join(parts)

    def relation(self, relation: Relation) -> str:
        """An equation, inequality or inequation as a proposition."""
        left, op, right = relation.left, relation.op, relation.right
        if is_vector(left):
            size = self.nat(vector_sort(left).size)
            a, b = self.vector(left), self.vector(right)
            return f"(forall arg_i : nat, (arg_i < {size})%nat -> {a} arg_i = {b} arg_i)"
        if "point" in kinds(left):
            return f"{self.point(left)} {'<>' if op == '!=' else '='} {self.point(right)}"
        return f"{self.real(left)} {'<>' if op == '!=' else op} {self.real(right)}"

    def claim(self, claim: Claim, points: bool = False) -> str:
        """The claim as a proposition; ``points`` binds the type of points and its decidable equality first."""
        parts: list[str] = []
        if points and mentions_points(claim):
            parts.append(
                "forall (Point : Type) (same : forall arg_a arg_b : Point, {arg_a = arg_b} + {arg_a <> arg_b}),"
            )
        for v in claim.variables:
            parts.append(f"forall {name(v.name)} : {self.type(v.sort)},")
            parts += [f"{_wrap(m, 'forall' in m)} ->" for m in self.memberships(v)]
        parts += [f"{_wrap(self.claim(h), bool(h.variables or h.hypotheses))} ->" for h in claim.hypotheses]
        return "\n  ".join([*parts, self.relation(claim.conclusion)])


def mentions_points(claim: Claim) -> bool:
    """Whether a sort of the claim is that of points."""

    def has(sort: Sort) -> bool:
        if isinstance(sort, Function):
            return has(sort.value) or any(map(has, sort.arguments))
        return sort == Scalar("point")

    return any(has(v.sort) for v in claim.variables) or any(map(mentions_points, claim.hypotheses))


def _value(head: Var) -> str:
    assert isinstance(head.sort, Function)
    return head.sort.value.name


def _wrap(inner: str, needed: bool) -> str:
    return f"({inner})" if needed else inner
