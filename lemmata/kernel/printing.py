"""The one text of a term: what is printed here is what the parser reads back, and nothing else is judged."""

from __future__ import annotations

from typing import assert_never

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

SUM, PRODUCT, POWER, ATOM = range(4)


def text(term: Term, level: int = SUM) -> str:
    """The canonical text of a term, in parentheses where the place needs it."""
    match term:
        case Num(value):
            return str(value)
        case Var(name, _):
            return name
        case Apply(Var(name, _), arguments) | Defined(name, arguments, _):
            return f"{name}({', '.join(text(a) for a in arguments)})"
        case Component(vector, index):
            return f"{text(vector, ATOM)}[{text(index)}]"
        case Build(name, variable, body):
            return f"{name}({binding(variable)}, {text(body)})"
        case Binder(name, variable, body):
            return f"{name}({binding(variable)}, {text(body)})"
        case Derivative(variable, body, point):
            return f"diff({binding(variable)}, {text(body)}, {text(point)})"
        case Bracket(relation):
            return f"[{relation_text(relation)}]"
        case Add(terms):
            return _wrap(_sum(terms), level > SUM)
        case Neg(inner):
            return _wrap(f"-{text(inner, PRODUCT)}", level > SUM)
        case Mul(terms):
            return _wrap("*".join(text(t, POWER) for t in terms), level > PRODUCT)
        case Div(a, b):
            return _wrap(f"{text(a, POWER)}/{text(b, POWER)}", level > PRODUCT)
        case Pow(a, b):
            return _wrap(f"{text(a, ATOM)}^{text(b, ATOM)}", level > POWER)
    assert_never(term)


def _wrap(inner: str, needed: bool) -> str:
    return f"({inner})" if needed else inner


def _sum(terms: tuple[Term, ...]) -> str:
    # A leading negative keeps its parentheses: -a + b could be read as the negative of a sum.
    parts = [text(terms[0], PRODUCT)]
    for t in terms[1:]:
        parts.append(f" - {text(t.term, PRODUCT)}" if isinstance(t, Neg) else f" + {text(t, PRODUCT)}")
    return "".join(parts)


def relation_text(relation: Relation) -> str:
    """``left op right``."""
    return f"{text(relation.left)} {relation.op} {text(relation.right)}"


def binding(variable: Var) -> str:
    """``name: sort``."""
    return f"{variable.name}: {sort_text(variable.sort)}"


def sort_text(sort: Sort) -> str:
    """The text of a sort, such as ``fn(C1 real, signs(n)) -> real``."""
    match sort:
        case Scalar(name):
            return name
        case Index(size):
            return f"index({text(size)})"
        case Vector(name, size):
            return f"{name}({text(size)})"
        case Function(arguments, orders, value):
            inner = (
                f"C{o} {sort_text(a)}" if o else sort_text(a) for a, o in zip(arguments, orders, strict=True)
            )
            return f"fn({', '.join(inner)}) -> {value.name}"
    assert_never(sort)
