"""Defined symbols: closed, explicit, introduced once; or by primitive recursion on a first natural argument."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lemmata.kernel.claims import Claim
from lemmata.kernel.errors import IllFormed, Refused
from lemmata.kernel.formation import belongs
from lemmata.kernel.sorting import is_vector, kinds, stays_within, vector_sort
from lemmata.kernel.substitution import children, free_names, map_sort, substitute
from lemmata.kernel.terms import NAT, ONE, Add, Defined, Num, Scalar, Term, Var, Vector


@dataclass(frozen=True, slots=True)
class Definition:
    """``name(parameters) = body``; ``implicit`` naturals are read off the sorts of the arguments.

    A recursion has no body: its ``equations`` are f(0, y), the variable k, and f(k + 1, y), once both are known.
    """

    name: str
    parameters: tuple[Var, ...]
    implicit: tuple[Var, ...]
    body: Term
    value: Scalar
    recursive: bool = False
    equations: tuple[Term, Var, Term] | None = None

    @property
    def arity(self) -> int:
        """How many arguments are written."""
        return len(self.parameters)

    def check(self, arguments: tuple[Term, ...]) -> None:
        """Raise IllFormed unless the arguments have the parameters' sorts."""
        match_arguments(self, arguments)


def match_arguments(definition: Definition, arguments: tuple[Term, ...]) -> dict[str, Term]:
    """What the parameters and implicit sizes stand for; raises IllFormed unless the arguments have their sorts."""
    found: dict[str, Term] = {}
    implicit = {v.name for v in definition.implicit}
    for parameter, argument in zip(definition.parameters, arguments, strict=True):
        sort = parameter.sort
        if (
            isinstance(sort, Vector)
            and isinstance(sort.size, Var)
            and sort.size.name in implicit
            and is_vector(argument)
        ):
            found.setdefault(sort.size.name, vector_sort(argument).size)
    # All at once: a sort may depend on a parameter that is written after it.
    found |= {p.name: a for p, a in zip(definition.parameters, arguments, strict=True)}
    for parameter, argument in zip(definition.parameters, arguments, strict=True):
        expected = map_sort(parameter.sort, lambda t: substitute(t, found))
        if not belongs(argument, expected):
            raise IllFormed(f"an argument of {definition.name} is not of the sort of {parameter.name}")
    return found


def value_sort(body: Term) -> Scalar:
    """The smallest scalar sort of a body."""
    found = kinds(body)
    for name in ("sign", "bit", "nat", "point", "real"):
        if name in found or (name in ("sign", "bit") and "real" in found and stays_within(body, name + "s")):
            return Scalar(name)  # type: ignore[arg-type]
    raise IllFormed("a definition has no value")


def explicit_definition(name: str, claim: Claim, known: Mapping[str, object]) -> Definition:
    """Read ``for all ... . name(x, y) = body``; raises Refused for an open, repeated or conditional definition."""
    left = claim.conclusion.left
    if claim.hypotheses or claim.conclusion.op != "=" or not isinstance(left, Defined) or left.name != name:
        raise Refused("a definition is an equation without hypotheses, with the new symbol on the left")
    if name in known:
        raise Refused(f"{name} is already defined")
    parameters = tuple(a for a in left.arguments if isinstance(a, Var))
    names = [p.name for p in parameters]
    if len(parameters) != len(left.arguments) or len(set(names)) != len(names):
        raise Refused("the arguments of a definition are distinct variables")
    implicit = tuple(v for v in claim.variables if v.name not in names)
    sizes = {
        p.sort.size.name for p in parameters if isinstance(p.sort, Vector) and isinstance(p.sort.size, Var)
    }
    if any(v.name not in sizes or v.sort != NAT for v in implicit):
        raise Refused("a definition has a variable that its arguments do not determine")
    body = claim.conclusion.right
    if not free_names(body) <= {v.name for v in claim.variables}:
        raise Refused("the right side of a definition is open")
    if _occurs(name, body):
        raise Refused(f"{name} occurs in its own definition")
    return Definition(name, parameters, implicit, body, value_sort(body))


def check_recursion(name: str, base: Claim, step: Claim) -> Var:
    """Check f(0, y) = a and f(k + 1, y) = b(k, y, f(k, y)), and return k; raises Refused otherwise."""
    for claim in (base, step):
        if claim.hypotheses or claim.conclusion.op != "=":
            raise Refused("a recursion is two equations without hypotheses")
    left, start = step.conclusion.left, base.conclusion.left
    if not isinstance(left, Defined) or not isinstance(start, Defined) or {left.name, start.name} != {name}:
        raise Refused("the new symbol stands on the left of both equations")
    if start.arguments[0] != Num(0) or start.arguments[1:] != left.arguments[1:]:
        raise Refused("the first equation is at 0, with the same other arguments")
    k = next((v for v in step.variables if left.arguments[0] == Add((v, ONE))), None)
    if k is None or k.sort != NAT:
        raise Refused("the second equation is at k + 1 for a natural k")
    others = left.arguments[1:]
    variables = tuple(v for v in step.variables if v != k)
    if variables != base.variables or set(others) != set(variables) or len(others) != len(variables):
        raise Refused("the other arguments are the remaining variables, each once")
    if _occurs(name, base.conclusion.right) or not _only_at(name, (k, *others), step.conclusion.right):
        raise Refused(f"{name} occurs on the right elsewhere than at (k, ...)")
    return k


def check_earlier(name: str, step: Claim, later: Iterable[str]) -> None:
    """Raise Refused if the second equation mentions what came after the first: it may rest on ``name`` everywhere."""
    for other in later:
        if _occurs(other, step.conclusion.right):
            raise Refused(f"{other} is younger than the first equation of {name}")


def _occurs(name: str, term: Term) -> bool:
    return (isinstance(term, Defined) and term.name == name) or any(_occurs(name, t) for t in children(term))


def _only_at(name: str, arguments: tuple[Term, ...], term: Term) -> bool:
    if isinstance(term, Defined) and term.name == name:
        return term.arguments == arguments
    return all(_only_at(name, arguments, t) for t in children(term))
