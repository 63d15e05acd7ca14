"""Which values a term can take, decided by its form: the sort check of the kernel.

``n - 1`` is a real, never a natural: a claim for all naturals cannot be instantiated with it.
"""

from __future__ import annotations

from itertools import product
from typing import assert_never

from lemmata.kernel.errors import IllFormed
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
    Scalar,
    Sort,
    Term,
    Var,
    Vector,
    keeping,
)

Kinds = frozenset[str]
REALS: Kinds = frozenset({"real"})
_SCALARS: dict[str, Kinds] = {
    "nat": frozenset({"real", "nat"}),
    "real": REALS,
    "sign": frozenset({"real", "sign"}),
    "bit": frozenset({"real", "nat", "bit"}),
    "point": frozenset({"point"}),
}


@keeping
def kinds(term: Term) -> Kinds:
    """The scalar sorts that hold every value of the term; raises IllFormed for a vector."""
    match term:
        case Num(value):
            small = {0: {"bit"}, 1: {"bit", "sign"}}.get(value, set[str]())
            return frozenset({"real", "nat"} | small)
        case Var(name, sort):
            return _of_sort(name, sort)
        case Apply(head, _):
            assert isinstance(head.sort, Function)
            return _SCALARS[head.sort.value.name]
        case Defined(_, _, value):
            return _SCALARS[value.name]
        case Component(vector, _):
            return _SCALARS["sign" if vector_sort(vector).name == "signs" else "bit"]
        case Build():
            raise IllFormed("a vector stands where a number is needed")
        case Add(terms):
            return REALS | _common(terms, {"nat"})
        case Mul(terms):
            return REALS | _common(terms, {"nat", "sign", "bit"})
        case Neg(inner):
            return REALS | _common((inner,), {"sign"})
        case Div():
            return REALS
        case Pow(base, exponent):
            closed = (
                _common((base,), {"nat", "sign", "bit"}) if "nat" in kinds(exponent) else frozenset[str]()
            )
            return REALS | closed
        case Bracket():
            return _SCALARS["bit"]
        case Binder("sum", _, body):
            return REALS | _common((body,), {"nat"})
        case Binder("prod", _, body):
            return REALS | _common((body,), {"nat", "sign", "bit"})
        case Binder() | Derivative():
            return REALS
    assert_never(term)


def _common(terms: tuple[Term, ...], wanted: set[str]) -> Kinds:
    found = frozenset(wanted)
    for term in terms:
        here = kinds(term)
        if "real" not in here:
            raise IllFormed("arithmetic needs numbers")
        found &= here
    return found


def _of_sort(name: str, sort: Sort) -> Kinds:
    match sort:
        case Scalar(scalar):
            return _SCALARS[scalar]
        case Index():
            return _SCALARS["nat"]
        case Vector():
            raise IllFormed(f"the vector {name} stands where a number is needed")
        case Function():
            raise IllFormed(f"the function {name} is used without its arguments")
    assert_never(sort)


def is_vector(term: Term) -> bool:
    """Whether the term denotes a vector of signs or bits."""
    return isinstance(term, Build) or (isinstance(term, Var) and isinstance(term.sort, Vector))


def vector_sort(term: Term) -> Vector:
    """The sort of a vector term; raises IllFormed for anything else."""
    if isinstance(term, Var) and isinstance(term.sort, Vector):
        return term.sort
    if isinstance(term, Build) and isinstance(term.variable.sort, Index):
        return Vector(term.name, term.variable.sort.size)
    raise IllFormed("a number stands where a vector is needed")


def stays_within(term: Term, name: str) -> bool:
    """Whether every value of ``term`` is a sign (``signs``) or a bit (``bits``): by form, else by a truth table."""
    wanted, allowed = ("sign", {-1, 1}) if name == "signs" else ("bit", {0, 1})
    if wanted in kinds(term):
        return True
    leaves: dict[Term, tuple[int, ...]] = {}
    if not _collect(term, leaves) or len(leaves) > 10:
        return False
    names = list(leaves)
    tables = product(*(leaves[leaf] for leaf in names))
    return all(_table(term, dict(zip(names, values, strict=True))) in allowed for values in tables)


def _collect(term: Term, leaves: dict[Term, tuple[int, ...]]) -> bool:
    found = kinds(term)
    if not isinstance(term, (Num, Add, Mul, Neg)) and ("bit" in found or "sign" in found):
        leaves[term] = (0, 1) if "bit" in found else (-1, 1)
        return True
    match term:
        case Num():
            return True
        case Add(terms) | Mul(terms):
            return all(_collect(t, leaves) for t in terms)
        case Neg(inner):
            return _collect(inner, leaves)
        case _:
            return False


def _table(term: Term, values: dict[Term, int]) -> int:
    if term in values:
        return values[term]
    match term:
        case Num(value):
            return value
        case Add(terms):
            return sum(_table(t, values) for t in terms)
        case Mul(terms):
            result = 1
            for t in terms:
                result *= _table(t, values)
            return result
        case Neg(inner):
            return -_table(inner, values)
        case _:
            raise IllFormed("not a table of signs and bits")


def integer_form(term: Term, fractions: bool = False) -> bool:
    """Whether the term is an integer by form; with ``fractions`` also a fraction with a numeral below."""
    match term:
        case Add(terms) | Mul(terms):
            return all(integer_form(t, fractions) for t in terms)
        case Neg(inner):
            return integer_form(inner, fractions)
        case Div(a, Num(value)):
            return fractions and value > 0 and integer_form(a, fractions)
        case _:
            return bool(kinds(term) & {"nat", "sign"})
