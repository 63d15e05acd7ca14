"""Sums, means and products over a variable, in normal form."""

from __future__ import annotations

from fractions import Fraction

from lemmata.coq.arguments import Arguments
from lemmata.coq.monomials import (
    Mono,
    Poly,
    argument_term,
    constant,
    key,
    lift,
    number,
    poly_term,
)
from lemmata.coq.names import NoTemplate, name
from lemmata.coq.naturals import natural
from lemmata.coq.products import ITSELF, Proved, braces
from lemmata.kernel.substitution import free_names, substitute
from lemmata.kernel.terms import (
    ONE,
    TWO,
    ZERO,
    Add,
    Binder,
    Div,
    Index,
    Mul,
    Neg,
    Num,
    Pow,
    Scalar,
    Term,
    Var,
    Vector,
    add,
)

MAX_RANGE = 16


class Ranges(Arguments):
    """Sums, means and products over a variable."""

    def summed(self, kind: str, variable: Var, body: Term) -> Proved:
        """A sum or mean over the values of the variable's sort."""
        resized = self._resized(kind, variable, body)
        if resized is not None:
            return resized
        match variable.sort:
            case Scalar("sign" | "bit" as word):
                return self._written_out(kind, word, variable, body)
            case Index(Num(0)):
                return (), "reflexivity."
            case Index(Num(count)):
                return self._counted_down(kind, variable, body, count)
            case Index(Add((*first, Num(1)))) if kind == "sum":
                return self._last(kind, variable, body, add(*first))
            case Vector() if kind == "mean":
                return self._mean(variable, body)
            case _:
                bound, inner = self.entered(variable, body)
                return self.bind(bound, *self.term(inner))

    def _resized(self, kind: str, variable: Var, body: Term) -> Proved | None:
        """The same over a range whose length is written in the one way, its numeral apart: n + 2 as n + 1 + 1."""
        if not isinstance(variable.sort, Index):
            return None
        old, new = variable.sort.size, _by_one(natural(variable.sort.size))
        if isinstance(old, Num) or key(old) == key(new):
            return None
        bound = Var(variable.name, Index(new))
        inner = substitute(body, {variable.name: bound})
        poly, script = self.term(Binder(kind, bound, inner))  # type: ignore[arg-type]
        values = "k_z" if kind == "prod" else "(indices k_z)"
        around = f"(fun k_z : nat => {kind} {values} {self.printer.abstraction(variable, body)})"
        texts = f"{self.printer.nat(old)} = {self.printer.nat(new)}"
        start = (
            f"refine (eq_trans (f_equal {around} (_ : {texts})) _).\n{{ first [lia | ring]. }}\ncbv beta.\n"
        )
        return poly, start + script

    def _written_out(self, kind: str, word: str, variable: Var, body: Term) -> Proved:
        letters: tuple[Term, Term] = (ONE, Neg(ONE)) if word == "sign" else (ZERO, ONE)
        both: Term = Add(tuple(substitute(body, {variable.name: v}) for v in letters))
        poly, script = self.term(both if kind == "sum" else Div(both, TWO))
        return poly, f"refine (eq_trans ({kind}_of_{word}s _) _).\ncbv beta.\n{script}"

    def _counted_down(self, kind: str, variable: Var, body: Term, count: int) -> Proved:
        """A range of a given length, by its last value; Coq computes count = (count - 1) + 1."""
        if count > MAX_RANGE:
            raise NoTemplate(f"a range of more than {MAX_RANGE} written values")
        longer = Var(variable.name, Index(Add((Num(count - 1), ONE))))
        whole = Binder(kind, longer, substitute(body, {variable.name: longer}))  # type: ignore[arg-type]
        poly, script = self._last(kind, longer, whole.body, Num(count - 1))
        return poly, f"transitivity {self.real(whole)}.\n{{ reflexivity. }}\n{script}"

    def _last(self, kind: str, variable: Var, body: Term, size: Term) -> Proved:
        shorter = Var(variable.name, Index(size))
        inner = substitute(body, {variable.name: shorter})
        parts = (Binder(kind, shorter, inner), substitute(body, {variable.name: size}))  # type: ignore[arg-type]
        both: Term = Add(parts) if kind == "sum" else Mul(parts)
        poly, script = self.term(both)
        # The last value of a longer range is written INR (n + 1) there.
        said = "" if isinstance(size, Var) else f"transitivity {self.real(both)}.\n{{ naturals. }}\n"
        return poly, f"refine (eq_trans ({kind}_last _ _) _).\ncbv beta.\n{said}{script}"

    def _mean(self, variable: Var, body: Term) -> Proved:
        assert isinstance(variable.sort, Vector)
        total, summing = self.summed("sum", variable, body)
        weight, inverse = self.inverse(Pow(TWO, variable.sort.size))
        result, script = self.times(weight, total)
        start = f"refine (by_mean_{variable.sort.name} _ _ {self.poly(total)} {self.poly(weight)} _ _ _ _).\n"
        return result, start + braces(summing, inverse, script)

    def prod(self, variable: Var, body: Term) -> Proved:
        assert isinstance(variable.sort, Index)
        resized = self._resized("prod", variable, body)
        if resized is not None:
            return resized
        if variable.sort.size == ZERO:
            return constant(1), "exact (as_itself 1)."
        if isinstance(variable.sort.size, Num):
            return self._counted_down("prod", variable, body, variable.sort.size.value)
        if isinstance(variable.sort.size, Add) and variable.sort.size.terms[-1] == ONE:
            return self._last("prod", variable, body, add(*variable.sort.size.terms[:-1]))
        bound, inner = self.entered(variable, body)
        poly, script = self.term(inner)
        start = f"refine (by_prod _ _ {self.printer.abstraction(bound, poly_term(poly))} _ _ _).\n"
        word = name(bound.name)
        first = f"intros {word} h_{word}. cbv beta.\n{script}"
        result, second = self._product_of(bound, poly)
        return result, start + braces(first, second)

    def _product_of(self, bound: Var, poly: Poly) -> Proved:
        """The product over an index of a normal form: constants are taken out."""
        assert isinstance(bound.sort, Index)
        body, size = poly_term(poly), bound.sort.size
        if bound.name not in free_names(body):
            result, script = self.power(argument_term(poly), size)
            same = (
                f"transitivity ({self.poly(poly)} ^ {self.printer.nat(size)}).\n{{ apply prod_constant. }}\n"
            )
            power = f"transitivity ({self.real(argument_term(poly))} ^ {self.printer.nat(size)}).\n"
            power += f"{{ apply (f_equal (fun k_z => k_z ^ {self.printer.nat(size)})). field; nonzero. }}\n"
            return result, same + power + script
        if not self.cube and len(poly) == 1 and len(poly[0][1].factors) > 1 and not poly[0][1].binders:
            return self._split(bound, poly)
        content = _content(poly)
        if content == 1 and not self.cube and len(poly) == 1 and len(poly[0][1].factors) == 1:
            return self._raised(bound, poly)
        if content == 1:
            return lift(Binder("prod", bound, body)), ITSELF
        rest: Poly = tuple((c / content, m) for c, m in poly)
        scaled = Mul((number(content), poly_term(rest)))
        factor, raised = self.power(number(content), size)
        product, inner = self._product_of(bound, rest)
        result, script = self.times(factor, product)
        start = f"refine (by_prod _ _ {self.printer.abstraction(bound, scaled)} _ _ _).\n"
        word = name(bound.name)
        first = f"intros {word} h_{word}. cbv beta. field."
        second = "refine (eq_trans (prod_scaled _ _ _) _).\n" + self.by(
            "times", factor, product, raised, inner, script
        )
        return result, start + braces(first, second)

    def _split(self, bound: Var, poly: Poly) -> Proved:
        """A product of products is the product of each."""
        ((c, mono),) = poly
        first, rest = Mono((), mono.factors[:1]), Mono((), mono.factors[1:])
        sides = ((Fraction(1), first),), ((c, rest),)
        terms = [argument_term(p) for p in sides]
        poly, script = self.term(Mul(tuple(Binder("prod", bound, t) for t in terms)))
        spread = self.printer.abstraction(bound, Mul(tuple(terms)))
        a, b = (self.printer.abstraction(bound, t) for t in terms)
        size = self.printer.nat(bound.sort.size)  # type: ignore[union-attr]
        word = name(bound.name)
        start = f"refine (by_prod _ _ {spread} _ _ _).\n{{ intros {word} h_{word}. cbv beta. ring. }}\n"
        return poly, f"{start}refine (eq_trans (eq_sym (prod_mul {size} {a} {b})) _).\ncbv beta.\n{script}"

    def _raised(self, bound: Var, poly: Poly) -> Proved:
        """A product of powers is the power of the product."""
        ((_, mono),) = poly
        ((atom, e),) = mono.factors
        base = atom if e > 0 else Pow(atom, Neg(ONE))
        if abs(e) == 1:
            return lift(Binder("prod", bound, base)), self._same_body(bound, base)
        result = lift(Binder("prod", bound, base), abs(e))
        each = self.printer.abstraction(bound, base)
        size = self.printer.nat(bound.sort.size)  # type: ignore[union-attr]
        step = self._same_body(bound, Pow(base, Num(abs(e))), last="")
        return result, f"{step}refine (eq_trans (prod_power {size} {abs(e)} {each}) _).\n{ITSELF}"

    def _same_body(self, bound: Var, body: Term, last: str = ITSELF) -> str:
        word, text = name(bound.name), self.printer.abstraction(bound, body)
        return f"refine (by_prod _ _ {text} _ _ _).\n{{ intros {word} h_{word}. cbv beta. ring. }}\n{last}"


def _by_one(size: Term) -> Term:
    """n + 2 as (n + 1) + 1, whose last value can be taken off; any other length as it is."""
    match size:
        case Add((*first, Num(count))) if 1 < count <= MAX_RANGE:
            return Add((Add((*first, Num(count - 1))), ONE))
        case _:
            return size


def _content(poly: Poly) -> Fraction:
    from math import gcd, lcm

    return Fraction(gcd(*(c.numerator for c, _ in poly)), lcm(*(c.denominator for c, _ in poly)))
