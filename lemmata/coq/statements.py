"""Sorts and claims as Coq's text."""

from __future__ import annotations

from lemmata.coq.names import NoTemplate, name
from lemmata.coq.text import Terms, wrapped
from lemmata.kernel.claims import Claim
from lemmata.kernel.sorting import is_vector, kinds, vector_sort
from lemmata.kernel.terms import Function, Index, Relation, Scalar, Sort, Var, Vector


class Printer(Terms):
    """Prints terms, sorts and claims with the definitions."""

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
            parts += [f"{wrapped(m, 'forall' in m)} ->" for m in self.memberships(v)]
        parts += [f"{wrapped(self.claim(h), bool(h.variables or h.hypotheses))} ->" for h in claim.hypotheses]
        return "\n  ".join([*parts, self.relation(claim.conclusion)])


def mentions_points(claim: Claim) -> bool:
    """Whether a sort of the claim is that of points."""

    def has(sort: Sort) -> bool:
        if isinstance(sort, Function):
            return has(sort.value) or any(map(has, sort.arguments))
        return sort == Scalar("point")

    return any(has(v.sort) for v in claim.variables) or any(map(mentions_points, claim.hypotheses))
