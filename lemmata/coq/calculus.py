"""Derivatives: what the chain rule gives, with the proof that it is the derivative."""

from __future__ import annotations

from lemmata.coq.cube import Cube
from lemmata.coq.membership import introduction
from lemmata.coq.monomials import argument_term, key, lift
from lemmata.coq.names import NoTemplate, name
from lemmata.coq.products import ITSELF, Proved, braces, close
from lemmata.kernel.substitution import free_names, substitute
from lemmata.kernel.terms import (
    ONE,
    ZERO,
    Add,
    Apply,
    Binder,
    Derivative,
    Div,
    Function,
    Mul,
    Neg,
    Num,
    Pow,
    Term,
    Var,
)


class Calculus(Cube):
    """Derivatives by form: sums, products, powers, means, and functions that are declared smooth."""

    def with_arguments(self, term: Apply) -> tuple[Term, str]:
        """The term with its arguments in normal form."""
        raise NotImplementedError

    def derivative(self, variable: Var, body: Term, point: Term) -> Proved:
        """The derivative of the body in the variable, at the point."""
        bound, inner = self.entered(variable, body)
        if self._rooted(inner, bound):
            return self._atom(bound, inner, point)
        value, script = self.slope(bound, inner, point)
        poly, normal = self.term(value)
        start = f"refine (by_derivative _ _ {self.real(value)} _ _ _).\n"
        return poly, start + braces(script, normal)

    def _atom(self, bound: Var, inner: Term, point: Term) -> Proved:
        """The derivative of a function symbol is an atom; the point in normal form."""
        poly, script = self.term(point)
        new = argument_term(poly)
        atom = Derivative(bound, inner, new)
        if key(new) == key(point):
            return lift(atom), ITSELF
        closing = close(poly)
        function = self.printer.abstraction(bound, inner)
        step = (
            f"refine (eq_trans (f_equal (diff {function}) (_ : {self.real(point)} = {self.real(new)})) _).\n"
        )
        step += braces(f"transitivity {self.poly(poly)}.\n" + braces(script, closing))
        return lift(atom), f"{step}\n{ITSELF}"

    def slope(self, t: Var, body: Term, point: Term) -> tuple[Term, str]:
        """The derivative as a term, and the proof of ``derivable_pt_lim (fun t => body) point derivative``."""

        def at(term: Term) -> Term:
            return substitute(term, {t.name: point})

        def of(term: Term) -> str:
            return self.printer.abstraction(t, term)

        if t.name not in free_names(body):
            return ZERO, "apply slope_constant."
        match body:
            case Var():
                return ONE, "apply slope_variable."
            case Neg(inner):
                value, script = self.slope(t, inner, point)
                return Neg(value), f"refine (slope_opposite {of(inner)} _ _ _).\n{script}"
            case Add((*first, last)):
                rest = first[0] if len(first) == 1 else Add(tuple(first))
                return self._added(t, rest, last, point)
            case Mul((*first, last)):
                rest = first[0] if len(first) == 1 else Mul(tuple(first))
                (a, one), (b, other) = self.slope(t, rest, point), self.slope(t, last, point)
                value = Add((Mul((a, at(last))), Mul((at(rest), b))))
                start = f"refine (slope_times {of(rest)} {of(last)} _ _ _ _ _).\n"
                return value, start + braces(one, other)
            case Div(above, below) if t.name not in free_names(below):
                value, script = self.slope(t, above, point)
                return Div(value, below), f"refine (slope_over {of(above)} _ _ _ _).\n{script}"
            case Pow(base, Num(k)) if k > 0:
                value, script = self.slope(t, base, point)
                found = Mul((Num(k), Pow(at(base), Num(k - 1)), value))
                start = f"refine (slope_power {of(base)} _ _ {k - 1} {k} _ _).\n"
                return found, start + braces("simpl; ring.", script)
            case Apply():
                return self._chain(t, body, point)
            case Derivative(inner, outer, argument) if t.name not in free_names(outer):
                return self._chain_of_derivative(t, inner, outer, argument, point)
            case Binder("sum" | "mean" as kind, variable, inner):
                bound, within = self.entered(variable, inner)
                value, script = self.slope(t, within, point)
                start = f"refine (slope_{kind} _ {self.printer.values(bound.sort)} "
                start += f"(fun {name(bound.name)} {name(t.name)} => {self.printer.real(within)}) _ _ _).\n"
                return Binder(kind, bound, value), f"{start}{introduction(bound)}\n{script}"
            case _:
                raise NoTemplate("a derivative whose form has no template")

    def _added(self, t: Var, rest: Term, last: Term, point: Term) -> tuple[Term, str]:
        (a, one), (b, other) = self.slope(t, rest, point), self.slope(t, last, point)
        texts = " ".join(self.printer.abstraction(t, side) for side in (rest, last))
        return Add((a, b)), f"refine (slope_plus {texts} _ _ _ _ _).\n" + braces(one, other)

    def _chain(self, t: Var, body: Apply, point: Term) -> tuple[Term, str]:
        assert isinstance(body.head.sort, Function)
        inside = [k for k, a in enumerate(body.arguments) if t.name in free_names(a)]
        if len(inside) != 1 or not body.head.sort.orders[inside[0]]:
            raise NoTemplate("a function of several arguments that depend on the variable")
        (k,) = inside
        s = Var(self.fresh(), t.sort)
        outer = Apply(body.head, (*body.arguments[:k], s, *body.arguments[k + 1 :]))
        argument = body.arguments[k]
        there = substitute(argument, {t.name: point})
        rate = Derivative(s, outer, there)
        return self._composed(t, argument, point, rate, (s, outer))

    def _chain_of_derivative(
        self, t: Var, inner: Var, outer: Term, argument: Term, point: Term
    ) -> tuple[Term, str]:
        """A further derivative of a function symbol, which is declared smooth often enough."""
        s = Var(self.fresh(), t.sort)
        again = Derivative(inner, outer, s)
        rate = Derivative(s, again, substitute(argument, {t.name: point}))
        return self._composed(t, argument, point, rate, (s, again))

    def _composed(
        self, t: Var, argument: Term, point: Term, rate: Term, outer: tuple[Var, Term]
    ) -> tuple[Term, str]:
        """The chain rule for what is smooth in its variable."""
        proof = self._rooted(outer[1], outer[0])
        if not proof:
            raise NoTemplate("a derivative of what is no function symbol")
        smooth = f"exact (slope_of _ _ _ {proof})."
        if argument == t:
            return rate, smooth
        value, script = self.slope(t, argument, point)
        functions = f"{self.printer.abstraction(t, argument)} {self.printer.abstraction(*outer)}"
        return Mul((rate, value)), f"refine (slope_chain {functions} _ _ _ _ _).\n" + braces(script, smooth)

    def _rooted(self, body: Term, variable: Var) -> str:
        """That a function symbol, or a derivative of one, is smooth in the variable; empty for anything else."""
        match body:
            case Derivative(inner, again, point) if point == variable and variable.name not in free_names(
                again
            ):
                proof = self._rooted(again, inner)
                return f"(smooth_next _ _ {proof})" if proof else ""
            case Apply() if _plain(body, variable):
                return self._smooth(body, body.arguments.index(variable))
            case _:
                return ""

    def _smooth(self, body: Apply, k: int) -> str:
        """That the function is smooth in argument k: its hypothesis at the other arguments."""
        assert isinstance(body.head.sort, Function)
        if not body.head.sort.orders[k]:
            return ""
        pairs = list(zip(body.arguments, body.head.sort.arguments, strict=True))
        values = [self.membership.argument(a, s) for i, (a, s) in enumerate(pairs) if i != k]
        return f"({' '.join([self.membership.of_function(body.head, 'smooth'), *values])})"


def _plain(body: Apply, variable: Var) -> bool:
    """Whether the body is a function symbol with the variable itself as its only argument that mentions it."""
    inside = [a for a in body.arguments if variable.name in free_names(a)]
    return inside == [variable]
