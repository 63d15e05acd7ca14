"""The normaliser: a term becomes a polynomial over atoms, under finite sums.

``cube`` adds what is special to {-1,1}^n and {0,1}^n: a sum of prod_i F(i, x_i) factorises, and a sum against a
product that vanishes unless x_i = s_i for all i contracts to the value at s. Without it those steps are not taken, so
that a step by the rule ``sum`` really rests on the premises it names.
"""

from __future__ import annotations

from collections.abc import Mapping

from lemmata.kernel import (
    brackets,
    positivity,
    powers,
    products,
    quotients,
    rebuilding,
    settling,
    slopes,
    vectors,
)
from lemmata.kernel.definitions import Definition, match_arguments
from lemmata.kernel.errors import IllFormed
from lemmata.kernel.monomials import Atom, Bound, Poly
from lemmata.kernel.polynomials import constant, lift, plus, times_constant
from lemmata.kernel.sorting import is_vector
from lemmata.kernel.substitution import substitute
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
    Term,
    Var,
    Vector,
)

Values = Mapping[str, Poly | Atom]


class Normaliser:
    """Normal forms under a set of definitions to unfold and of polynomials known not to vanish."""

    def __init__(self, unfold: Mapping[str, Definition] | None = None, cube: bool = False) -> None:
        self.unfold = dict(unfold or {})
        self.cube = cube
        # The sizes, as texts, of the ranges of the claim's own index variables.
        self.ranges: dict[str, str] = {}
        self.nonzero: set[str] = set()
        self.nonnegative: set[str] = set()
        self._count = 0
        # Products of monomials made so far: their number is bounded.
        self.spent = 0

    # What stands in files of its own: functions whose first argument is the normaliser.
    bracket, equality = brackets.bracket, brackets.equality
    integer_power, power = powers.integer_power, powers.power
    inverse, is_zero = quotients.inverse, quotients.is_zero
    is_nonzero, positive, nonnegative_form = (
        positivity.is_nonzero,
        positivity.positive,
        positivity.nonnegative_form,
    )
    product = products.product
    renamed, rebuild, rebuild_atom = rebuilding.renamed, rebuilding.rebuild, rebuilding.rebuild_atom
    rebuild_vector, reassembled = rebuilding.rebuild_vector, rebuilding.reassembled
    derive = slopes.derive
    vector, build, component = vectors.vector, vectors.build, vectors.component
    times, bind, bind_all, settle = settling.times, settling.bind, settling.bind_all, settling.settle

    def fresh(self) -> str:
        """A name that no text can contain."""
        self._count += 1
        return f"~{self._count}"

    # ------------------------------------------------------------ from terms

    def term(self, term: Term, env: Values | None = None) -> Poly:
        """The normal form of a number; ``env`` holds the normal forms of variables."""
        env = env or {}
        match term:
            case Num(value):
                return constant(value)
            case Var(name, sort):
                known = env.get(name)
                return known if isinstance(known, Poly) else lift(Atom("var", name, sort=_scalar_name(sort)))
            case Add(terms):
                return plus(*(self.term(t, env) for t in terms))
            case Neg(inner):
                return times_constant(self.term(inner, env), -1)
            case Mul(terms):
                result = constant(1)
                for t in terms:
                    result = self.times(result, self.term(t, env))
                return result
            case Div(a, b):
                return self.times(self.term(a, env), self.inverse(self.term(b, env)))
            case Pow(a, b):
                return self.power(self.term(a, env), self.term(b, env))
            case Component(vector, index):
                return self.component(self.vector(vector, env), self.term(index, env))
            case Apply(head, arguments):
                assert isinstance(head.sort, Function)
                parts = tuple(self.argument(a, env) for a in arguments)
                orders = (0,) * len(parts)
                sort = head.sort.value.name
                return lift(Atom("app", head.name, parts, sort=sort, orders=orders, allowed=head.sort.orders))
            case Defined(name, arguments, value):
                if name in self.unfold:
                    definition = self.unfold[name]
                    return self.term(substitute(definition.body, match_arguments(definition, arguments)), env)
                parts = tuple(self.argument(a, env) for a in arguments)
                return lift(Atom("def", name, parts, sort=value.name))
            case Bracket(relation):
                return self.bracket(relation, env)
            case Binder(kind, variable, body):
                return self._binder(kind, variable, body, env)
            case Derivative(variable, body, point):
                name = self.fresh()
                inner = self.term(body, {**env, variable.name: lift(Atom("var", name))})
                return self.rebuild(self.derive(inner, name), {name: self.term(point, env)})
            case Build():
                raise IllFormed("a vector stands where a number is needed")

    def argument(self, term: Term, env: Values) -> Poly | Atom:
        """A number's or a vector's normal form."""
        return self.vector(term, env) if is_vector(term) else self.term(term, env)

    def _binder(self, kind: str, variable: Var, body: Term, env: Values) -> Poly:
        name = self.fresh()
        match variable.sort:
            case Index(size):
                sort, extent = "index", self.term(size, env)
                value: Poly | Atom = lift(Atom("var", name, sort="nat"))
            case Vector(sort, size):
                extent = self.term(size, env)
                value = Atom("vector", name, (extent,), sort=sort)
            case Scalar(sort):
                extent, value = None, lift(Atom("var", name, sort=sort))
            case Function():
                raise IllFormed("a function cannot be summed over")
        inner = self.term(body, {**env, variable.name: value})
        if kind == "prod":
            assert extent is not None
            return self.product(name, extent, inner)
        total = self.bind(Bound(name, sort, extent), inner)
        if kind == "sum":
            return total
        # A mean is a sum over 2^size points, or over the two values of a sign or a bit.
        return self.times(
            total, self.inverse(constant(2) if extent is None else self.power(constant(2), extent))
        )


def _scalar_name(sort: object) -> str:
    if isinstance(sort, Scalar):
        return sort.name
    if isinstance(sort, Index):
        return "nat"
    raise IllFormed("a vector or a function stands where a number is needed")


__all__ = ["Normaliser", "Values"]
