"""LaTeX of a claim, made from the kernel's own terms: what is shown is what was judged."""

from __future__ import annotations

from typing import assert_never

from lemmata.kernel.claims import Claim
from lemmata.kernel.printing import ATOM, POWER, PRODUCT, SUM
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

_GREEK = {
    "chi",
    "alpha",
    "beta",
    "gamma",
    "delta",
    "epsilon",
    "eta",
    "lambda",
    "mu",
    "phi",
    "rho",
    "sigma",
    "tau",
}
_OPS = {"=": "=", "<=": r"\le", "<": "<", "!=": r"\ne"}
_SETS = {
    "nat": r"\mathbb{N}",
    "real": r"\mathbb{R}",
    "sign": r"\{-1,1\}",
    "bit": r"\{0,1\}",
    "point": r"\mathcal{P}",
}


def latex(term: Term, level: int = SUM) -> str:
    """The LaTeX of a term, in parentheses where the place needs them."""
    match term:
        case Num(value):
            return str(value)
        case Var(name, _):
            return _name(name)
        case Apply(Var(name, _), arguments) | Defined(name, arguments, _):
            return rf"{_name(name)}({', '.join(latex(a) for a in arguments)})"
        case Component(vector, place):
            return rf"{latex(vector, ATOM)}_{{{latex(place)}}}"
        case Build(_, variable, body):
            return rf"({latex(body)})_{{{_binding(variable)}}}"
        case Binder(name, variable, body):
            sign = {"sum": r"\sum", "prod": r"\prod", "mean": r"\mathbb{E}"}[name]
            inner = rf"\left[{latex(body)}\right]" if name == "mean" else latex(body, PRODUCT)
            return _wrap(rf"{sign}_{{{_binding(variable)}}} {inner}", level > SUM and name != "mean")
        case Derivative(variable, body, point):
            at = rf"\Big|_{{{_name(variable.name)}={latex(point)}}}"
            return _wrap(
                rf"\frac{{\partial}}{{\partial {_name(variable.name)}}} {latex(body, PRODUCT)}{at}",
                level > SUM,
            )
        case Bracket(relation):
            return rf"\left[{relation_latex(relation)}\right]"
        case Add(terms):
            return _wrap(_sum(terms), level > SUM)
        case Neg(inner):
            return _wrap(rf"-{latex(inner, PRODUCT)}", level > SUM)
        case Mul(terms):
            return _wrap(r" \, ".join(latex(t, POWER) for t in terms), level > PRODUCT)
        case Div(a, b):
            return rf"\frac{{{latex(a)}}}{{{latex(b)}}}"
        case Pow(a, b):
            return _wrap(rf"{latex(a, ATOM)}^{{{latex(b)}}}", level > POWER)
    assert_never(term)


def _wrap(inner: str, needed: bool) -> str:
    return rf"\left({inner}\right)" if needed else inner


def _name(name: str) -> str:
    stem = name.rstrip("0123456789'")
    tail = name[len(stem) :]
    digits = tail.rstrip("'")
    base = (
        rf"\{stem}"
        if stem in _GREEK
        else stem
        if len(stem) == 1
        else rf"\mathrm{{{stem}}}".replace("_", r"\_")
    )
    return base + (f"_{{{digits}}}" if digits else "") + "'" * (len(tail) - len(digits))


def _sum(terms: tuple[Term, ...]) -> str:
    parts = [latex(terms[0], PRODUCT if isinstance(terms[0], Neg) else SUM)]
    for t in terms[1:]:
        parts.append(f" - {latex(t.term, PRODUCT)}" if isinstance(t, Neg) else f" + {latex(t, PRODUCT)}")
    return "".join(parts)


def relation_latex(relation: Relation) -> str:
    """The LaTeX of a relation."""
    return f"{latex(relation.left)} {_OPS[relation.op]} {latex(relation.right)}"


def _binding(variable: Var) -> str:
    if isinstance(variable.sort, Index):
        return f"{_name(variable.name)}<{latex(variable.sort.size)}"
    return rf"{_name(variable.name)} \in {sort_latex(variable.sort)}"


def sort_latex(sort: Sort) -> str:
    """The LaTeX of a sort, as a set."""
    match sort:
        case Scalar(name):
            return _SETS[name]
        case Index(size):
            return rf"\{{0,\dots,{latex(size)}-1\}}"
        case Vector(name, size):
            return rf"{_SETS['sign' if name == 'signs' else 'bit']}^{{{latex(size)}}}"
        case Function(arguments, _, value):
            inner = r" \times ".join(sort_latex(a) for a in arguments)
            return rf"{_SETS[value.name]}^{{{inner}}}"
    assert_never(sort)


def claim_latex(claim: Claim) -> str:
    """The conclusion of a claim, after its hypotheses."""
    given = ", ".join(claim_latex(h) for h in claim.hypotheses)
    return (
        rf"{given} \implies {relation_latex(claim.conclusion)}" if given else relation_latex(claim.conclusion)
    )
