r"""LaTeX of terms, relations and sorts.

Formulas are for mathematics mode and need nothing but ``\mathbb`` (amsfonts).
"""

from __future__ import annotations

from typing import assert_never

from lemmata.kernel.printing import ATOM, POWER, PRODUCT, SUM
from lemmata.kernel.terms import (
    NAT,
    ONE,
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
from lemmata.proof.latex_layout import grouped, length, quotient
from lemmata.reporting.latex_symbols import MEAN, SETS, symbol

_OPS = {"=": "=", "<=": r"\le", "<": "<", "!=": r"\ne"}
_LONGEST_INDEX = 8
_MOST_PRIMES = 3


def latex(term: Term, level: int = SUM) -> str:
    """The LaTeX of a term, in parentheses where the place needs them."""
    match term:
        case Num(value):
            return str(value)
        case Var(name, _):
            return symbol(name)
        case Apply() | Defined():
            return _applied(term, "")
        case Component(vector, place):
            return _component(vector, place)
        case Build(_, variable, body):
            return rf"{grouped(latex(body))}_{{{binding(variable)}}}"
        case Binder():
            return _binder(term, level)
        case Derivative():
            return _derivative(term, level)
        case Bracket(relation):
            return rf"\mathbf{{1}}{grouped(relation_latex(relation), '[', ']')}"
        case Add(terms):
            return _wrap(_sum(terms), level > SUM)
        case Neg(inner):
            return _wrap(f"-{_last(inner)}", level > SUM)
        case Mul(factors):
            return _wrap(_product(factors), level > PRODUCT)
        case Div():
            return _division(term, level)
        case Pow(base, exponent):
            return _wrap(f"{_base(base)}^{{{_small(exponent)}}}", level > POWER)
    assert_never(term)


def _wrap(inner: str, needed: bool) -> str:
    return grouped(inner) if needed else inner


def _applied(term: Apply | Defined, mark: str) -> str:
    """A function at its arguments: leading ones that count or select are an index, as in g_j(x)."""
    name, sorts = (
        (term.head.name, _argument_sorts(term.head))
        if isinstance(term, Apply)
        else (term.name, tuple(map(_sort, term.arguments)))
    )
    shown = [latex(argument) for argument in term.arguments]
    count = next((k for k, sort in enumerate(sorts) if not _is_index(sort)), len(sorts))
    if mark or any(length(text) > _LONGEST_INDEX for text in shown[:count]):
        count = 0
    head = symbol(name, *shown[:count]) + mark
    return head + grouped(", ".join(shown[count:])) if shown[count:] else head


def _argument_sorts(head: Var) -> tuple[Sort, ...]:
    return head.sort.arguments if isinstance(head.sort, Function) else ()


def _sort(term: Term) -> Sort | None:
    match term:
        case Var(_, sort):
            return sort
        case Num():
            return NAT
        case Build(name, variable, _) if isinstance(variable.sort, Index):
            return Vector(name, variable.sort.size)
        case _:
            return None


def _is_index(sort: Sort | None) -> bool:
    return isinstance(sort, Index) or sort == NAT or (isinstance(sort, Vector) and sort.name == "bits")


def _component(vector: Term, place: Term) -> str:
    if isinstance(vector, Var):
        return symbol(vector.name, latex(place))
    return f"{latex(vector, ATOM)}_{{{latex(place)}}}"


def _binder(term: Binder, level: int) -> str:
    below = binding(term.variable)
    if term.name == "mean":
        return rf"{MEAN}_{{{below}}}{grouped(latex(term.body), '[', ']')}"
    sign = r"\sum" if term.name == "sum" else r"\prod"
    return _wrap(rf"{sign}_{{{below}}} {_last(term.body)}", level > SUM)


def _derivative(term: Derivative, level: int) -> str:
    """Primes for a function of one argument, otherwise the partial derivative at its place."""
    order, function = _primed(term)
    if function:
        mark = "'" * order if order <= _MOST_PRIMES else f"^{{({order})}}"
        return symbol(function.head.name) + mark + grouped(latex(term.point))
    name = symbol(term.variable.name)
    body = latex(term.body)
    simple = isinstance(term.body, Apply | Defined) and length(body) <= 2 * _LONGEST_INDEX
    front = (
        rf"\frac{{\partial {body}}}{{\partial {name}}}"
        if simple
        else rf"\frac{{\partial}}{{\partial {name}}}{latex(term.body, ATOM)}"
    )
    return _wrap(rf"{front}\Big|_{{{name}={latex(term.point)}}}", level > POWER)


def _primed(term: Term) -> tuple[int, Apply | None]:
    """How often a function applied to the variable alone is differentiated in it; None for anything else."""
    match term:
        case Derivative(variable, Apply(_, (argument,)) as function, _) if argument == variable:
            return 1, function
        case Derivative(variable, Derivative(_, _, point) as inner, _) if point == variable:
            order, function = _primed(inner)
            return order + 1, function
        case _:
            return 0, None


def _sum(terms: tuple[Term, ...]) -> str:
    """Terms with their signs; a big sum followed by another term would seem to include it."""
    found = ""
    for k, term in enumerate(terms):
        inner, negative = (term.term, True) if isinstance(term, Neg) else (term, False)
        shown = _last(inner) if k == len(terms) - 1 else latex(inner, PRODUCT)
        sign = "-" if negative else "+"
        found += (sign if negative else "") + shown if k == 0 else f" {sign} {shown}"
    return found


def _last(term: Term) -> str:
    """A term that nothing follows: a big sum needs no parentheses there."""
    return latex(term, SUM if _is_big(term) else PRODUCT)


def _is_big(term: Term) -> bool:
    return isinstance(term, Binder) and term.name != "mean"


def _product(factors: tuple[Term, ...]) -> str:
    found = ""
    for k, factor in enumerate(factors):
        final = k == len(factors) - 1
        shown = latex(factor, SUM if final and _is_big(factor) else POWER)
        found += (r" \cdot " if shown[0].isdigit() else r"\,") + shown if found else shown
    return found


def _division(term: Div, level: int) -> str:
    top, bottom = term.numerator, term.denominator
    if isinstance(top, Neg):
        return _wrap(f"-{_division(Div(top.term, bottom), PRODUCT)}", level > SUM)
    product = latex(top, SUM if _is_big(top) else PRODUCT)
    found = quotient(latex(top), product, latex(bottom), latex(bottom, POWER))
    whole = not found.startswith(r"\frac{1}") and found.startswith(r"\frac")
    return _wrap(found, level > (POWER if whole or top == ONE else PRODUCT))


def _base(base: Term) -> str:
    shown = latex(base, ATOM)
    return f"{{{shown}}}" if isinstance(base, Var) and "'" in shown else shown


def _small(exponent: Term) -> str:
    """An exponent: fractions on one line."""
    match exponent:
        case Div(a, b):
            return f"{latex(a, POWER)}/{latex(b, POWER)}"
        case Neg(inner):
            return f"-{_small(inner)}" if isinstance(inner, Div) else latex(exponent)
        case _:
            return latex(exponent)


def relation_latex(relation: Relation) -> str:
    """The LaTeX of a relation."""
    return f"{latex(relation.left)} {_OPS[relation.op]} {latex(relation.right)}"


def binding(variable: Var) -> str:
    """A variable where it is bound: with the set it runs through."""
    if isinstance(variable.sort, Index):
        return f"{symbol(variable.name)}<{latex(variable.sort.size)}"
    return symbol(variable.name) + membership(variable.sort)


def membership(sort: Sort) -> str:
    r"""What follows a name that has this sort: ``\in`` a set, or for a function ``\colon`` and its arrow."""
    if not isinstance(sort, Function):
        return rf" \in {sort_latex(sort)}"
    smooth = [(k, order) for k, order in enumerate(sort.orders, 1) if order]
    if len(sort.arguments) == 1 and smooth:
        return rf" \in C^{{{smooth[0][1]}}}({sort_latex(sort.arguments[0])})"
    kept = ", ".join(rf"C^{{{order}}}\ \mathrm{{in\ argument}}\ {k}" for k, order in smooth)
    return rf" \colon {sort_latex(sort)}" + (rf"\ ({kept})" if kept else "")


def sort_latex(sort: Sort) -> str:
    """The LaTeX of a sort, as a set; of a function's sort, its arrow."""
    match sort:
        case Scalar(name):
            return SETS[name]
        case Index(size):
            last = str(size.value - 1) if isinstance(size, Num) and size.value else f"{latex(size)}-1"
            return rf"\{{0,\dots,{last}\}}"
        case Vector(name, size):
            return rf"{SETS['sign' if name == 'signs' else 'bit']}^{{{latex(size)}}}"
        case Function(arguments, _, value):
            inner = r" \times ".join(map(sort_latex, arguments))
            return rf"{inner} \to {SETS[value.name]}"
    assert_never(sort)
