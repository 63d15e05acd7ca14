"""Normal forms of terms, with the Coq script that proves each.

This is no copy of the kernel's normaliser: it only has to find a form that Coq accepts, and finding none is no harm.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from lemmata.coq.calculus import Calculus
from lemmata.coq.monomials import (
    Mono,
    Poly,
    argument_term,
    collect,
    constant,
    fractional,
    key,
    lift,
    merged,
    number,
    poly_term,
)
from lemmata.coq.sums import ITSELF, NUMBER, Proved, braces, close
from lemmata.coq.text import NoTemplate, Printer, name
from lemmata.kernel.definitions import Definition, match_arguments
from lemmata.kernel.sorting import is_vector, kinds, vector_sort
from lemmata.kernel.substitution import children, substitute
from lemmata.kernel.terms import (
    ONE,
    TWO,
    ZERO,
    Add,
    Apply,
    Binder,
    Bracket,
    Build,
    Component,
    Defined,
    Derivative,
    Div,
    Index,
    Mul,
    Neg,
    Num,
    Pow,
    Relation,
    Scalar,
    Term,
    Var,
    Vector,
    add,
    sub,
)

MAX_POWER = 8


class Normaliser(Calculus):
    """Normal forms under definitions to unfold; ``cube`` allows what is special to vectors."""

    def __init__(
        self, printer: Printer, unfold: Mapping[str, Definition] | None = None, cube: bool = False
    ) -> None:
        super().__init__(printer)
        self.unfold, self.cube = dict(unfold or {}), cube
        self._known: dict[Term, Proved] = {}

    def term(self, term: Term) -> Proved:
        """The normal form, and the script that closes ``term = normal form``."""
        if term not in self._known:
            poly, script = self._term(term)
            if len(poly) == 1 and poly[0][0] == 1 and key(poly[0][1].term) == key(term):
                script = ITSELF
            self._known[term] = (poly, script)
        return self._known[term]

    def _term(self, term: Term) -> Proved:
        plain = self._plain(term)
        if plain is not None:
            return plain
        match term:
            case Num(value):
                return constant(value), NUMBER if value else "reflexivity."
            case Var():
                return lift(term), ITSELF
            case Add(terms):
                return self._sum(terms)
            case Mul(terms):
                return self._multiplied(terms)
            case Neg(inner):
                poly, script = self.term(inner)
                result = tuple((-c, m) for c, m in poly)
                return result, self._one("opposite", poly, script, close(poly))
            case Div(a, b):
                (left, one), (right, other) = self.term(a), self.inverse(b)
                result, script = self.times(left, right)
                return result, self.by("over", left, right, one, other, script)
            case Pow(a, b):
                return self._power(a, b)
            case Component(vector, index):
                return self._component(vector, index)
            case Apply() | Defined():
                return self._applied(term)
            case Bracket(relation):
                return self.bracket(relation)
            case Binder("prod", variable, body):
                return self._prod(variable, body)
            case Binder(kind, variable, body):
                return self._summed(kind, variable, body)
            case Derivative(variable, body, point):
                return self.derivative(variable, body, point)
            case Build():
                raise NoTemplate("a vector stands where a number is needed")

    def _one(self, lemma: str, poly: Poly, *scripts: str) -> str:
        return f"refine (by_{lemma} _ {self.poly(poly)} _ _ _).\n" + braces(*scripts)

    # ------------------------------------------------------------ arithmetic

    def _plain(self, term: Term) -> Proved | None:
        """Sums and products of atoms, in which nothing is reduced but squares: one call of ``ring``."""
        if not isinstance(term, Add | Mul | Neg | Div | Pow):
            return None
        hints: dict[str, str] = {}
        poly = self._arithmetic(term, hints)
        if poly is None:
            return None
        return poly, self.calculated(hints, fractional(poly) or _divides(term))

    def _arithmetic(self, term: Term, hints: dict[str, str]) -> Poly | None:
        match term:
            case Num(value):
                return constant(value)
            case Add(terms):
                parts = [self._arithmetic(t, hints) for t in terms]
                return None if None in parts else collect(i for p in parts for i in p or ())
            case Neg(inner):
                found = self._arithmetic(inner, hints)
                return None if found is None else tuple((-c, m) for c, m in found)
            case Mul(terms):
                return self._arithmetic_product(terms, hints)
            case Div(a, Num(value)) if value:
                found = self._arithmetic(a, hints)
                return None if found is None else tuple((c / value, m) for c, m in found)
            case Pow(base, Num(value)) if 0 < value <= MAX_POWER:
                return self._arithmetic_product((base,) * value, hints)
            case Pow(Num(2), Var()):
                return lift(term)
            case Var() | Component(Var()):
                return lift(term)
            case Apply() | Defined() if not (isinstance(term, Defined) and term.name in self.unfold):
                atom, script = self.with_arguments(term)
                return None if script else lift(atom)
            case Derivative() | Bracket():
                found, script = self.term(term)
                return found if script == ITSELF else None
            case _:
                return None

    def _arithmetic_product(self, terms: tuple[Term, ...], hints: dict[str, str]) -> Poly | None:
        result = constant(1)
        for t in terms:
            other = self._arithmetic(t, hints)
            if other is None:
                return None
            items: list[tuple[Fraction, Mono]] = []
            for c, one in result:
                for d, two in other:
                    factors, found = self.squares((*one.factors, *two.factors))
                    hints.update(found)
                    items.append((c * d, Mono((), merged(factors))))
            result = collect(items)
        return result

    def _sum(self, terms: Iterable[Term]) -> Proved:
        first, *rest = terms
        poly, script = self.term(first)
        for t in rest:
            sign, inner, lemma = (-1, t.term, "minus") if isinstance(t, Neg) else (1, t, "plus")
            right, other = self.term(inner)
            result, closing = self.plus(poly, right, sign)
            poly, script = result, self.by(lemma, poly, right, script, other, closing)
        return poly, script

    def _multiplied(self, terms: Iterable[Term]) -> Proved:
        first, *rest = terms
        poly, script = self.term(first)
        for t in rest:
            right, other = self.term(t)
            result, closing = self.times(poly, right)
            poly, script = result, self.by("times", poly, right, script, other, closing)
        return poly, script

    def inverse(self, term: Term) -> Proved:
        """``/ term``."""
        poly, script = self.term(term)
        if not poly:
            raise NoTemplate("a division by zero")
        (c, mono), *others = poly
        if others or mono.binders:
            return lift(poly_term(poly), -1), self._one("inverse", poly, script, ITSELF)
        if c == 1 and key(mono.term) == key(term) and [e for _, e in mono.factors] == [1]:
            return lift(mono.factors[0][0], -1), ITSELF
        result: Poly = ((1 / c, Mono((), tuple((a, -e) for a, e in mono.factors))),)
        return result, self._one("inverse", poly, script, "field; nonzero.")

    def _power(self, base: Term, exponent: Term) -> Proved:
        match exponent:
            case Neg(Num(1)):
                return self.inverse(base)
            case Neg(inner):
                return self.inverse(Pow(base, inner))
            case Num(value):
                return self._numeral_power(base, value)
            case Add((*first, last)):
                spread = Mul((Pow(base, add(*first)), Pow(base, last)))
                poly, script = self.term(spread)
                return poly, f"refine (eq_trans (pow_add _ _ _) _).\n{script}"
            case _ if "bit" in kinds(exponent):
                poly, script = self.term(Add((ONE, Mul((exponent, sub(base, ONE))))))
                start = "refine (by_bit_power _ _ _ _ _).\n"
                return poly, start + braces(f"{self.membership.bit(exponent)}.", script)
            case _:
                return self._symbolic_power(base, exponent)

    def _numeral_power(self, base: Term, value: int) -> Proved:
        if value > MAX_POWER:
            raise NoTemplate(f"an exponent above {MAX_POWER}")
        poly, script = self.term(base)
        if value == 2:
            result, closing = self.times(poly, poly)
            return result, f"refine (by_square _ {self.poly(poly)} _ _ _).\n" + braces(script, closing)
        result, steps = constant(1), ""
        for k in range(value):
            before = result
            result, closing = self.times(poly, before)
            # x ^ S k is x * x ^ k
            steps = self.by("times", poly, before, "reflexivity.", steps or NUMBER, closing)
            steps = f"change ({self.poly(poly)} * {self.poly(poly)} ^ {k} = {self.poly(result)}).\n{steps}"
        start = f"refine (by_power _ {self.poly(poly)} _ _ _ _).\n"
        return result, start + braces(script, steps or "ring.")

    def _symbolic_power(self, base: Term, exponent: Term) -> Proved:
        poly, script = self.term(base)
        below, above = argument_term(poly), self.printer.nat(exponent)
        start = f"transitivity ({self.real(below)} ^ {above}).\n"
        start += f"{{ apply (f_equal (fun k_z => k_z ^ {above})).\n"
        if len(poly) == 1 and not poly[0][1].factors and not poly[0][1].binders:
            return self._constant_power(poly[0][0], exponent, above, script)
        start += f"transitivity {self.poly(poly)}.\n{{ {script} }}\nring. }}\n"
        return lift(Pow(below, exponent)), start + ITSELF

    def _constant_power(self, value: Fraction, exponent: Term, above: str, script: str) -> Proved:
        prime = next((p for p in range(2, 1000) if value % p == 0), 0)
        times = 1
        while prime and prime**times < value:
            times += 1
        if value == 1:
            step = f"transitivity (1 ^ {above}).\n{{ apply (f_equal (fun k_z => k_z ^ {above})). "
            step += f"transitivity {self.poly(constant(1))}.\n{{ {script} }}\nring. }}\nrewrite pow1. ring."
            return constant(1), step
        if value.denominator != 1 or not prime or prime**times != value:
            raise NoTemplate(f"the power of {value} with a symbolic exponent")
        step = (
            f"transitivity (({prime} ^ {times}) ^ {above}).\n{{ apply (f_equal (fun k_z => k_z ^ {above})). "
        )
        step += (
            f"transitivity {self.poly(constant(value))}.\n{{ {script} }}\nring. }}\nrewrite pow_of_pow. ring."
        )
        return lift(Pow(Num(prime), exponent), times), step

    # ------------------------------------------------------------ vectors and functions

    def _component(self, vector: Term, index: Term) -> Proved:
        if isinstance(vector, Var):
            return lift(Component(vector, index)), ITSELF
        assert isinstance(vector, Build)
        poly, script = self.term(substitute(vector.body, {vector.variable.name: index}))
        return poly, f"refine (eq_trans (build_below _ _ _ _) _).\n{{ lia. }}\ncbv beta.\n{script}"

    def _applied(self, term: Apply | Defined) -> Proved:
        if isinstance(term, Defined) and term.name in self.unfold:
            definition = self.unfold[term.name]
            body = substitute(definition.body, match_arguments(definition, term.arguments))
            poly, script = self.term(body)
            return poly, f"transitivity {self.real(body)}.\n{{ reflexivity. }}\n{script}"
        atom, script = self.with_arguments(term)
        return lift(atom), script + ITSELF

    def with_arguments(self, term: Apply | Defined) -> tuple[Term, str]:
        """The term with its arguments in normal form; the script leaves the goal with it on the left."""
        script = ""
        for k, argument in enumerate(term.arguments):
            changed = self._argument(argument)
            if changed is None:
                continue
            new, proof, old_text, new_text = changed
            hole = Var("k_z", vector_sort(argument) if is_vector(argument) else _sort_of(argument))
            rest = (*term.arguments[:k], hole, *term.arguments[k + 1 :])
            around = f"(fun {name('k_z')} => {self.printer.real(_with(term, rest))})"
            script += f"refine (eq_trans (f_equal {around} (_ : {old_text} = {new_text})) _).\n"
            script += f"{{ {proof} }}\ncbv beta.\n"
            term = _with(term, (*term.arguments[:k], new, *term.arguments[k + 1 :]))
        return term, script

    def _argument(self, argument: Term) -> tuple[Term, str, str, str] | None:
        """A real or a built vector in normal form, with the proof, or None where nothing changes."""
        if isinstance(argument, Var) or (not is_vector(argument) and kinds(argument) & {"nat", "point"}):
            return None
        if is_vector(argument):
            return self._built(argument)
        poly, script = self.term(argument)
        new = argument_term(poly)
        if key(new) == key(argument):
            return None
        proof = f"transitivity {self.poly(poly)}.\n" + braces(script, close(poly))
        return new, proof, self.real(argument), self.real(new)

    def _built(self, argument: Term) -> tuple[Term, str, str, str] | None:
        assert isinstance(argument, Build)
        index, body = self.entered(argument.variable, argument.body)
        poly, script = self.term(body)
        inner = argument_term(poly)
        old, text = self.printer.vector(argument), self.printer.vector
        if isinstance(inner, Component) and inner.index == index and isinstance(inner.vector, Var):
            proof = f"refine (eq_trans (build_ext _ _ {self.printer.abstraction(index, inner)} _) _).\n"
            proof += braces(
                f"intros {name(index.name)} h_{name(index.name)}. cbv beta.\ntransitivity {self.poly(poly)}.\n"
                + braces(script, "ring."),
                f"apply (build_same {self._letters(argument)}). {self.membership.vector(inner.vector)}.",
            )
            return inner.vector, proof, old, text(inner.vector)
        new = Build(argument.name, index, inner)
        if key(new) == key(argument):
            return None
        word = name(index.name)
        proof = f"refine (build_ext _ _ _ _). intros {word} h_{word}. cbv beta.\ntransitivity {self.poly(poly)}.\n"
        closing = close(poly)
        return new, proof + braces(script, closing), old, text(new)

    def _letters(self, vector: Build) -> str:
        return "1 (Ropp 1)" if vector.name == "signs" else "0 1"

    # ------------------------------------------------------------ sums and products over a variable

    def _summed(self, kind: str, variable: Var, body: Term) -> Proved:
        match variable.sort:
            case Scalar("sign" | "bit" as word):
                return self._written_out(kind, word, variable, body)
            case Index(Add((*first, Num(1)))) if kind == "sum":
                return self._last(kind, variable, body, add(*first))
            case Vector() if kind == "mean":
                return self._mean(variable, body)
            case _:
                bound, inner = self.entered(variable, body)
                return self.bind(bound, *self.term(inner))

    def _written_out(self, kind: str, word: str, variable: Var, body: Term) -> Proved:
        letters: tuple[Term, Term] = (ONE, Neg(ONE)) if word == "sign" else (ZERO, ONE)
        both: Term = Add(tuple(substitute(body, {variable.name: v}) for v in letters))
        poly, script = self.term(both if kind == "sum" else Div(both, TWO))
        return poly, f"refine (eq_trans ({kind}_of_{word}s _) _).\ncbv beta.\n{script}"

    def _last(self, kind: str, variable: Var, body: Term, size: Term) -> Proved:
        shorter = Var(variable.name, Index(size))
        inner = substitute(body, {variable.name: shorter})
        parts = (Binder(kind, shorter, inner), substitute(body, {variable.name: size}))  # type: ignore[arg-type]
        poly, script = self.term(Add(parts) if kind == "sum" else Mul(parts))
        return poly, f"refine (eq_trans ({kind}_last _ _) _).\ncbv beta.\n{script}"

    def _mean(self, variable: Var, body: Term) -> Proved:
        assert isinstance(variable.sort, Vector)
        total, summing = self._summed("sum", variable, body)
        weight, inverse = self.inverse(Pow(TWO, variable.sort.size))
        result, script = self.times(weight, total)
        start = f"refine (by_mean_{variable.sort.name} _ _ {self.poly(total)} {self.poly(weight)} _ _ _ _).\n"
        return result, start + braces(summing, inverse, script)

    def _prod(self, variable: Var, body: Term) -> Proved:
        assert isinstance(variable.sort, Index)
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
        from lemmata.kernel.substitution import free_names

        assert isinstance(bound.sort, Index)
        body, size = poly_term(poly), bound.sort.size
        if bound.name not in free_names(body):
            result, script = self._power(argument_term(poly), size)
            same = (
                f"transitivity ({self.poly(poly)} ^ {self.printer.nat(size)}).\n{{ apply prod_constant. }}\n"
            )
            power = f"transitivity ({self.real(argument_term(poly))} ^ {self.printer.nat(size)}).\n"
            power += f"{{ apply (f_equal (fun k_z => k_z ^ {self.printer.nat(size)})). field; nonzero. }}\n"
            return result, same + power + script
        content = _content(poly)
        if content == 1:
            return lift(Binder("prod", bound, body)), ITSELF
        rest: Poly = tuple((c / content, m) for c, m in poly)
        scaled = Mul((number(content), poly_term(rest)))
        factor, raised = self._power(number(content), size)
        product: Poly = lift(Binder("prod", bound, poly_term(rest)))
        result, script = self.times(factor, product)
        start = f"refine (by_prod _ _ {self.printer.abstraction(bound, scaled)} _ _ _).\n"
        word = name(bound.name)
        first = f"intros {word} h_{word}. cbv beta. field."
        second = "refine (eq_trans (prod_scaled _ _ _) _).\n" + self.by(
            "times", factor, product, raised, ITSELF, script
        )
        return result, start + braces(first, second)

    # ------------------------------------------------------------ brackets

    def bracket(self, relation: Relation) -> Proved:
        """Iverson's bracket; on bits and signs it is a polynomial."""
        left, op, right = relation.left, relation.op, relation.right
        if op == "!=":
            return self.term(sub(ONE, Bracket(Relation(left, "=", right))))
        if op == "<=":
            poly, script = self.term(sub(ONE, Bracket(Relation(right, "<", left))))
            return poly, f"refine (eq_trans (at_most _ _) _).\n{script}"
        if is_vector(left):
            return self._equal_vectors(left, right)
        if "point" in kinds(left):
            return self._equal_points(left, right)
        if op == "<":
            gap, script = self.term(sub(right, left))
            atom = Bracket(Relation(ZERO, "<", poly_term(gap)))
            start = f"refine (eq_trans (less_gap _ _ {self.poly(gap)} _) _).\n"
            return lift(atom), start + braces(script, ITSELF)
        return self._equal_numbers(left, right)

    def _equal_vectors(self, left: Term, right: Term) -> Proved:
        if not self.cube:
            return lift(Bracket(Relation(left, "=", right))), ITSELF
        index = Var(self.fresh(), Index(vector_sort(left).size))
        each = Bracket(Relation(Component(left, index), "=", Component(right, index)))
        poly, script = self.term(Binder("prod", index, each))
        return poly, f"refine (eq_trans (equal_vectors _ _ _) _).\n{script}"

    def _equal_points(self, left: Term, right: Term) -> Proved:
        if key(left) == key(right):
            return constant(1), "refine (eq_trans (truth_true _ _ eq_refl) _). ring."
        if key(left) < key(right):
            return lift(Bracket(Relation(left, "=", right))), ITSELF
        flipped = Bracket(Relation(right, "=", left))
        step = f"transitivity {self.real(flipped)}.\n"
        return lift(flipped), step + "{ apply truth_same. split; intro; symmetry; assumption. }\n" + ITSELF

    def _equal_numbers(self, left: Term, right: Term) -> Proved:
        shared = kinds(left) & kinds(right)
        product = Mul((left, right))
        for kind in ("bit", "sign"):
            if kind in shared:
                value: Term = (
                    add(ONE, Neg(left), Neg(right), Mul((TWO, product)))
                    if kind == "bit"
                    else Div(Add((ONE, product)), TWO)
                )
                prove = self.membership.bit if kind == "bit" else self.membership.sign
                poly, script = self.term(value)
                start = f"refine (eq_trans (equal_{kind}s _ _ _ _) _).\n"
                return poly, start + braces(f"{prove(left)}.", f"{prove(right)}.", script)
        if isinstance(left, Var) and isinstance(right, Var):
            return lift(Bracket(Relation(left, "=", right))), ITSELF
        (gap, script), (back, other) = self.term(sub(left, right)), self.term(sub(right, left))
        first = key(poly_term(gap)) <= key(poly_term(back))
        poly, chosen, lemma = (gap, script, "equal_gap") if first else (back, other, "equal_gap_back")
        atom = Bracket(Relation(ZERO, "=", poly_term(poly)))
        start = f"refine (eq_trans ({lemma} _ _ {self.poly(poly)} _) _).\n"
        return lift(atom), start + braces(chosen, ITSELF)


def _divides(term: Term) -> bool:
    return isinstance(term, Div) or any(_divides(t) for t in children(term))


def _with(term: Apply | Defined, arguments: tuple[Term, ...]) -> Apply | Defined:
    if isinstance(term, Apply):
        return Apply(term.head, arguments)
    return Defined(term.name, arguments, term.value)


def _sort_of(argument: Term) -> Scalar:
    return Scalar("point") if "point" in kinds(argument) else Scalar("real")


def _content(poly: Poly) -> Fraction:
    from math import gcd, lcm

    return Fraction(gcd(*(c.numerator for c, _ in poly)), lcm(*(c.denominator for c, _ in poly)))
