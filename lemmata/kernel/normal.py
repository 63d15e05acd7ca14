"""The normaliser: a term becomes a polynomial over atoms, under finite sums.

``cube`` adds what is special to {-1,1}^n and {0,1}^n: a sum of prod_i F(i, x_i) factorises, and a sum against a
product that vanishes unless x_i = s_i for all i contracts to the value at s. Without it those steps are not taken, so
that a step by the rule ``sum`` really rests on the premises it names.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import factorial, gcd, lcm

from lemmata.kernel.definitions import Definition, match_arguments
from lemmata.kernel.errors import IllFormed, Refused
from lemmata.kernel.polynomials import (
    MAX_BINDERS,
    MAX_BITS,
    UNIT,
    ZERO,
    Atom,
    Bound,
    Mono,
    Poly,
    collect,
    constant,
    lift,
    merge,
    minus,
    plus,
    times_constant,
)
from lemmata.kernel.sorting import is_vector, kinds, vector_sort
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
    Relation,
    Scalar,
    Term,
    Var,
    Vector,
)

MAX_POWER = 64
# Products of two monomials in one step of a proof, with their orders of summation: the pairs need about a thousand.
MAX_PRODUCTS = 1 << 16
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
        self._products = 0

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

    def vector(self, term: Term, env: Values) -> Atom:
        """The normal form of a vector: a variable, or a vector built by components."""
        if isinstance(term, Var):
            known = env.get(term.name)
            if isinstance(known, Atom):
                return known
            sort = vector_sort(term)
            return Atom("vector", term.name, (self.term(sort.size, env),), sort=sort.name)
        assert isinstance(term, Build) and isinstance(term.variable.sort, Index)
        name = self.fresh()
        body = self.term(term.body, {**env, term.variable.name: lift(Atom("var", name, sort="nat"))})
        return self.build(term.name, name, self.term(term.variable.sort.size, env), body)

    def build(self, sort: str, bound: str, size: Poly, body: Poly) -> Atom:
        """A built vector; one that only repeats the components of a vector is that vector."""
        atom = body.atom
        if atom is not None and atom.tag == "comp":
            index = atom.parts[0]
            assert isinstance(index, Poly)
            whole = index.atom
            vector = atom.parts[1]
            assert isinstance(vector, Atom)
            same = isinstance(vector.parts[0], Poly) and vector.parts[0].literal == size.literal
            if whole is not None and whole.name == bound and same and vector.sort == sort:
                return vector
        return Atom("build", sort, (size, body), bound=bound, sort=sort)

    def component(self, vector: Atom, index: Poly) -> Poly:
        """Component ``index``."""
        if vector.tag == "build":
            body = vector.parts[1]
            assert isinstance(body, Poly)
            return self.rebuild(body, {vector.bound: index})
        return lift(Atom("comp", vector.name, (index, vector), sort=vector.sort[:-1]))

    def bracket(self, relation: Relation, env: Values) -> Poly:
        """Iverson's bracket; on bits and signs it is a polynomial."""
        left, op, right = relation.left, relation.op, relation.right
        if is_vector(left):
            a, b = self.vector(left, env), self.vector(right, env)
            return self._vector_bracket(a, b)
        if "point" in kinds(left):
            keys = sorted((self.term(left, env), self.term(right, env)), key=lambda p: p.literal)
            equal = (
                constant(1)
                if keys[0].literal == keys[1].literal
                else lift(Atom("bracket", "point", tuple(keys), sort="bit"))
            )
            return equal if op == "=" else minus(constant(1), equal)
        a, b = self.term(left, env), self.term(right, env)
        if op in ("=", "!="):
            equal = self.equality(a, b, kinds(left) & kinds(right))
            return equal if op == "=" else minus(constant(1), equal)
        gap = minus(b, a)
        if gap.constant is not None:
            return constant(gap.constant > 0 or (op == "<=" and gap.constant == 0))
        if op == "<=":
            return minus(constant(1), lift(Atom("bracket", "<", (times_constant(gap, -1),), sort="bit")))
        return lift(Atom("bracket", "<", (gap,), sort="bit"))

    def equality(self, a: Poly, b: Poly, shared: frozenset[str]) -> Poly:
        """[a = b] for numbers."""
        gap = minus(a, b)
        if gap.constant is not None:
            return constant(gap.constant == 0)
        if "bit" in shared:
            return plus(constant(1), times_constant(plus(a, b), -1), times_constant(self.times(a, b), 2))
        if "sign" in shared:
            return times_constant(plus(constant(1), self.times(a, b)), Fraction(1, 2))
        other = times_constant(gap, -1)
        return lift(Atom("bracket", "=", (min(gap, other, key=lambda p: p.literal),), sort="bit"))

    def _vector_bracket(self, a: Atom, b: Atom) -> Poly:
        if not self.cube:
            keys = tuple(sorted((a, b), key=lambda v: v.literal))
            return (
                constant(1) if a.literal == b.literal else lift(Atom("bracket", "vector", keys, sort="bit"))
            )
        name = self.fresh()
        index = lift(Atom("var", name, sort="nat"))
        size = a.parts[0]
        assert isinstance(size, Poly)
        shared = frozenset({"bit"} if a.sort == "bits" else {"sign"})
        return self.product(
            name, size, self.equality(self.component(a, index), self.component(b, index), shared)
        )

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

    # ------------------------------------------------------------ arithmetic

    def times(self, a: Poly, b: Poly) -> Poly:
        """The product; bound variables are renamed where they clash."""
        found: list[tuple[Mono, Fraction]] = []
        for left, c in a.terms:
            for right, d in b.terms:
                self._products += factorial(min(MAX_BINDERS, len(left.binders) + len(right.binders)))
                if self._products > MAX_PRODUCTS:
                    raise Refused("a normal form takes too many products")
                one, other = self._apart(left, right)
                mono = Mono(one.binders + other.binders, merge(one.factors + other.factors))
                found.extend((m, e * c * d) for m, e in self.settle(mono).terms)
        return collect(found)

    def _apart(self, left: Mono, right: Mono) -> tuple[Mono, Mono]:
        """Neither factor's bound variables occur in the other, free or bound: a copied body may repeat a name."""
        if left.bound & (right.names | right.bound):
            left = self.renamed(left)
        return left, self.renamed(right) if right.bound & left.names else right

    def renamed(self, mono: Mono) -> Mono:
        """The same monomial with fresh bound variables."""
        env: dict[str, Poly | Atom] = {}
        binders: list[Bound] = []
        for b in mono.binders:
            size = self.rebuild(b.size, env) if b.size else None
            name = self.fresh()
            env[b.name] = _variable(b, name, size)
            binders.append(Bound(name, b.sort, size))
        factors = tuple((_only(self.rebuild_atom(a, env)), e) for a, e in mono.factors)
        return Mono(tuple(binders), factors)

    def integer_power(self, base: Poly, exponent: int) -> Poly:
        """The power with a numeral exponent."""
        if exponent < 0:
            return self.integer_power(self.inverse(base), -exponent)
        value = base.constant
        if value is not None:
            if exponent * max(value.numerator.bit_length(), value.denominator.bit_length()) > MAX_BITS:
                raise Refused("a power has too many digits")
            return constant(value**exponent)
        if exponent > MAX_POWER:
            raise Refused(f"an exponent above {MAX_POWER} on a term that is no constant")
        result = constant(1)
        for _ in range(exponent):
            result = self.times(result, base)
        return result

    def power(self, base: Poly, exponent: Poly) -> Poly:
        """The power; 0^0 is 1, a bit b gives t^b = 1 + b (t - 1), and c^(a n + b) splits into atoms."""
        whole = exponent.constant
        if whole is not None:
            if whole.denominator != 1:
                return self._symbolic(base, exponent)
            return self.integer_power(base, int(whole))
        result = constant(1)
        for mono, c in exponent.terms:
            result = self.times(result, self._power_of_term(base, mono, c))
        return result

    def _power_of_term(self, base: Poly, mono: Mono, c: Fraction) -> Poly:
        if not mono.factors and not mono.binders and c.denominator == 1:
            return self.integer_power(base, int(c))
        bits = all(a.sort == "bit" and e > 0 for a, e in mono.factors) and not mono.binders
        if bits and c.denominator == 1:
            inner = Poly(((mono, Fraction(1)),))
            return plus(constant(1), self.times(inner, minus(self.integer_power(base, int(c)), constant(1))))
        return self._symbolic(base, Poly(((mono, c),)))

    def _symbolic(self, base: Poly, exponent: Poly) -> Poly:
        (mono, c), *_ = exponent.terms
        naturals = all(a.sort in ("nat", "bit") and e > 0 for a, e in mono.factors) and not mono.binders
        if not naturals:
            raise Refused("an exponent is not a polynomial in naturals")
        value = base.constant
        if value is not None:
            return self._constant_power(value, mono, c)
        if c.denominator != 1:
            raise Refused("a fractional exponent on a base that is no positive numeral")
        if c < 0:
            base, c = self.inverse(base), -c
        unit = Poly(((mono, Fraction(1)),))
        if len(base.terms) == 1 and not base.terms[0][0].binders:
            inner, coefficient = base.terms[0]
            result = self._constant_power(coefficient, mono, c)
            for atom, e in inner.factors:
                result = self.times(result, self._atom_power(lift(atom), unit, int(c) * e, atom.sort))
            return result
        return self._atom_power(base, unit, int(c), "real")

    def _atom_power(self, base: Poly, unit: Poly, exponent: int, sort: str) -> Poly:
        atom = Atom("pow", "", (base, unit), sort=sort)
        return self.settle(Mono((), ((atom, exponent),)))

    def _constant_power(self, value: Fraction, mono: Mono, c: Fraction) -> Poly:
        if value == 0:
            raise Refused("a power of zero with a symbolic exponent")
        if value < 0 and c.denominator != 1:
            raise Refused("a fractional power of a negative number")
        factors: list[tuple[Atom, int]] = []
        unit = Poly(((mono, Fraction(1, c.denominator)),))
        if value < 0:
            factors.append((Atom("pow", "", (constant(-1), unit), sort="sign"), c.numerator % 2))
        for prime, e in _factorise(value):
            factors.append(
                (Atom("pow", "positive", (constant(prime), unit), sort="positive"), e * c.numerator)
            )
        return self.settle(Mono((), merge((a, e) for a, e in factors if e)))

    def inverse(self, poly: Poly) -> Poly:
        """1/poly; refused unless poly is a non-zero constant, or cannot vanish by form or by a hypothesis."""
        if not poly.terms:
            raise Refused("a division by zero")
        self.require_nonzero(poly)
        if len(poly.terms) == 1 and not poly.terms[0][0].binders:
            mono, c = poly.terms[0]
            return self.settle(Mono((), tuple((a, -e) for a, e in mono.factors)), 1 / c)
        lead = min(poly.terms, key=lambda t: t[0].literal)[1]
        monic = times_constant(poly, 1 / lead)
        return times_constant(lift(Atom("inverse", "", (monic,))), 1 / lead)

    def require_nonzero(self, poly: Poly) -> None:
        """Raise Refused unless the polynomial cannot vanish."""
        if self.is_nonzero(poly):
            return
        raise Refused("a division by what is not known to differ from zero")

    def is_nonzero(self, poly: Poly) -> bool:
        """Whether the polynomial cannot vanish: by a hypothesis, or because it is positive by form."""
        if fact_key(poly) in self.nonzero or self.positive(poly):
            return True
        if len(poly.terms) != 1 or poly.terms[0][0].binders:
            return False
        return all(
            a.sort in ("sign", "positive") or a.tag == "inverse" or fact_key(lift(a)) in self.nonzero
            for a, _ in poly.terms[0][0].factors
        )

    def positive(self, poly: Poly) -> bool:
        """Whether the polynomial is positive by form: no negative term, and one that is surely positive."""
        sure = any(
            c > 0 and not m.binders and all(self._positive_atom(a, e) for a, e in m.factors)
            for m, c in poly.terms
        )
        # That a hypothesis calls the whole nonnegative is not enough: 1 <= a leaves a - 1 at zero.
        return sure and self._nonnegative_terms(poly)

    def _positive_atom(self, atom: Atom, exponent: int) -> bool:
        return atom.sort == "positive" or (exponent % 2 == 0 and fact_key(lift(atom)) in self.nonzero)

    def nonnegative_form(self, poly: Poly) -> bool:
        """Whether the polynomial is nonnegative by form."""
        return poly.literal in self.nonnegative or self._nonnegative_terms(poly) or self._is_own_square(poly)

    def _is_own_square(self, poly: Poly) -> bool:
        """Whether p^2 is p, as for 1 - [i = k]."""
        short = len(poly.terms) <= 4 and not any(m.binders for m, _ in poly.terms)
        return short and self.times(poly, poly).literal == poly.literal

    def _nonnegative_terms(self, poly: Poly) -> bool:
        return all(c > 0 and all(self._nonnegative_atom(a, e) for a, e in m.factors) for m, c in poly.terms)

    def _nonnegative_atom(self, atom: Atom, exponent: int) -> bool:
        if (
            exponent % 2 == 0
            or atom.sort in ("nat", "bit", "positive")
            or lift(atom).literal in self.nonnegative
        ):
            return True
        if atom.tag in ("inverse", "pow"):
            inner = atom.parts[0]
            return isinstance(inner, Poly) and self.nonnegative_form(inner)
        return atom.tag == "prod" and isinstance(atom.parts[1], Poly) and self.nonnegative_form(atom.parts[1])

    def is_zero(self, poly: Poly) -> bool:
        """Whether the polynomial vanishes identically, after clearing the denominators outside all sums."""
        for _ in range(16):
            below = next((a for m, _ in poly.terms for a, e in m.factors if self._clearable(m, a, e)), None)
            if below is None:
                return not poly.terms
            poly = self._clear(poly, below)
        raise Refused("denominators nested too deep")

    def _clearable(self, mono: Mono, atom: Atom, exponent: int) -> bool:
        return atom.tag == "inverse" and exponent > 0 and not atom.names & {b.name for b in mono.binders}

    def _clear(self, poly: Poly, below: Atom) -> Poly:
        def exponent(m: Mono) -> int:
            return sum(e for a, e in m.factors if a.literal == below.literal)

        top = max(exponent(m) for m, _ in poly.terms)
        inner = below.parts[0]
        assert isinstance(inner, Poly)
        parts: list[Poly] = []
        for mono, c in poly.terms:
            rest = Mono(mono.binders, tuple((a, e) for a, e in mono.factors if a.literal != below.literal))
            left = Poly(((rest, c),))
            parts.append(self.times(left, self.integer_power(inner, top - exponent(mono))))
        return plus(*parts)

    # ------------------------------------------------------------ binders

    def bind(self, bound: Bound, poly: Poly) -> Poly:
        """The sum of a polynomial over a bound variable."""
        found: list[tuple[Mono, Fraction]] = []
        for mono, c in poly.terms:
            if bound.name in mono.bound:
                mono = self.renamed(mono)
            bound_here = Mono((bound, *mono.binders), mono.factors)
            found.extend((m, d * c) for m, d in self.settle(bound_here).terms)
        return collect(found)

    def bind_all(self, binders: tuple[Bound, ...], *factors: Poly) -> Poly:
        """The product of the factors under all the binders."""
        value = constant(1)
        for factor in factors:
            value = self.times(value, factor)
        for bound in reversed(binders):
            value = self.bind(bound, value)
        return value

    def product(self, bound: str, size: Poly, body: Poly) -> Poly:
        """prod over bound < size of body."""
        if bound not in body.names:
            return self.power(body, size)
        below = split_size(size)
        if below is not None:
            return self._split_product(bound, below[0], body, below[1])
        if not size.terms:
            return constant(1)
        if len(body.terms) == 1 and not body.terms[0][0].binders:
            return self._factor_product(bound, size, body)
        content = _content(body)
        inner = Atom(
            "prod", "", (size, times_constant(body, 1 / content)), bound=bound, sort=_product_sort(body)
        )
        return self.times(self.power(constant(content), size), lift(inner))

    def _split_product(self, bound: str, rest: Poly, body: Poly, offset: int) -> Poly:
        if offset > MAX_POWER:
            raise Refused(f"a product of more than {MAX_POWER} written factors")
        result = self.product(bound, rest, body)
        for k in range(offset):
            result = self.times(result, self.rebuild(body, {bound: plus(rest, constant(k))}))
        return result

    def _factor_product(self, bound: str, size: Poly, body: Poly) -> Poly:
        mono, c = body.terms[0]
        result = self.power(constant(c), size)
        for atom, e in mono.factors:
            if bound not in atom.names:
                result = self.times(result, self.power(self.integer_power(lift(atom), e), size))
            else:
                inner = Atom("prod", "", (size, lift(atom)), bound=bound, sort=_closed(atom.sort))
                result = self.times(result, self.settle(Mono((), ((inner, e),))))
        return result

    def settle(self, mono: Mono, coefficient: Fraction | int = 1) -> Poly:
        """Reduce a monomial until nothing applies."""
        from lemmata.kernel.summation import reduce_once

        done: list[tuple[Mono, Fraction]] = []
        work: list[tuple[Mono, Fraction]] = [(mono, Fraction(coefficient))]
        steps = 0
        while work:
            steps += 1
            if steps > 20_000:
                raise Refused("a normal form takes too many steps")
            current, c = work.pop()
            reduced = reduce_once(self, current)
            if reduced is None:
                done.append((current, c))
            else:
                work.extend((m, d * c) for m, d in reduced.terms)
        return collect(done)

    # ------------------------------------------------------------ rebuilding

    def rebuild(self, poly: Poly, env: Values) -> Poly:
        """Replace names by normal forms and normalise anew."""
        if not poly.names & env.keys():
            return poly
        found: list[Poly] = []
        for mono, c in poly.terms:
            if not mono.names & env.keys():
                found.append(Poly(((mono, c),)))
                continue
            inner: dict[str, Poly | Atom] = dict(env)
            binders: list[Bound] = []
            for b in mono.binders:
                size = self.rebuild(b.size, inner) if b.size else None
                name = self.fresh()
                inner[b.name] = _variable(b, name, size)
                binders.append(Bound(name, b.sort, size))
            value = constant(c)
            for atom, e in mono.factors:
                value = self.times(value, self.integer_power(self.rebuild_atom(atom, inner), e))
            for b in reversed(binders):
                value = self.bind(b, value)
            found.append(value)
        return plus(*found)

    def rebuild_atom(self, atom: Atom, env: Values) -> Poly:
        """The normal form of an atom after replacement."""
        if not atom.names & env.keys():
            return lift(atom)
        if atom.tag == "var":
            value = env[atom.name]
            assert isinstance(value, Poly)
            return value
        if atom.tag == "comp":
            index, vector = atom.parts
            assert isinstance(index, Poly) and isinstance(vector, Atom)
            return self.component(self.rebuild_vector(vector, env), self.rebuild(index, env))
        if atom.tag == "prod":
            return self.product(*self._rebuild_bound(atom, env))
        return self.reassembled(
            atom,
            tuple(
                self.rebuild(p, env) if isinstance(p, Poly) else self.rebuild_vector(p, env)
                for p in atom.parts
            ),
        )

    def reassembled(self, atom: Atom, parts: tuple[Poly | Atom, ...]) -> Poly:
        """The normal form of an atom with other parts in place of its own."""
        if atom.tag == "comp":
            index, vector = parts
            assert isinstance(index, Poly) and isinstance(vector, Atom)
            return self.component(vector, index)
        if atom.tag == "prod":
            size, body = parts
            assert isinstance(size, Poly) and isinstance(body, Poly)
            name = self.fresh()
            return self.product(
                name, size, self.rebuild(body, {atom.bound: lift(Atom("var", name, sort="nat"))})
            )
        if atom.tag == "bracket":
            return self._rebuild_bracket(atom, parts)
        if atom.tag == "inverse":
            assert isinstance(parts[0], Poly)
            return self.inverse(parts[0])
        if atom.tag == "pow":
            assert isinstance(parts[0], Poly) and isinstance(parts[1], Poly)
            return self.power(parts[0], parts[1])
        return lift(Atom(atom.tag, atom.name, parts, "", atom.sort, atom.orders, atom.allowed))

    def _rebuild_bracket(self, atom: Atom, parts: tuple[Poly | Atom, ...]) -> Poly:
        if atom.name == "vector":
            assert isinstance(parts[0], Atom) and isinstance(parts[1], Atom)
            return self._vector_bracket(parts[0], parts[1])
        if atom.name == "point":
            assert isinstance(parts[0], Poly) and isinstance(parts[1], Poly)
            keys = tuple(sorted((parts[0], parts[1]), key=lambda p: p.literal))
            same = keys[0].literal == keys[1].literal
            return constant(1) if same else lift(Atom("bracket", "point", keys, sort="bit"))
        gap = parts[0]
        assert isinstance(gap, Poly)
        if atom.name == "=":
            return self.equality(gap, ZERO, frozenset())
        if gap.constant is not None:
            return constant(gap.constant > 0)
        return lift(Atom("bracket", "<", (gap,), sort="bit"))

    def _rebuild_bound(self, atom: Atom, env: Values) -> tuple[str, Poly, Poly]:
        size, body = atom.parts
        assert isinstance(size, Poly) and isinstance(body, Poly)
        name = self.fresh()
        inner = {**env, atom.bound: lift(Atom("var", name, sort="nat"))}
        return name, self.rebuild(size, env), self.rebuild(body, inner)

    def rebuild_vector(self, vector: Atom, env: Values) -> Atom:
        """A vector after replacement."""
        if not vector.names & env.keys():
            return vector
        if vector.tag == "vector":
            value = env.get(vector.name)
            if isinstance(value, Atom):
                return value
            size = vector.parts[0]
            assert isinstance(size, Poly)
            return Atom("vector", vector.name, (self.rebuild(size, env),), sort=vector.sort)
        name, size, body = self._rebuild_bound(vector, env)
        return self.build(vector.sort, name, size, body)

    # ------------------------------------------------------------ calculus

    def derive(self, poly: Poly, name: str) -> Poly:
        """The derivative in the real variable ``name``: sums, products, powers, and declared functions."""
        found: list[Poly] = []
        for mono, c in poly.terms:
            if any(b.size is not None and name in b.size.names for b in mono.binders):
                raise Refused("the range of a sum depends on the variable of a derivative")
            inner: list[Poly] = []
            for position, (atom, e) in enumerate(mono.factors):
                if name not in atom.names:
                    continue
                rest = mono.factors[:position] + mono.factors[position + 1 :]
                outer = Poly(((Mono((), merge((*rest, (atom, e - 1)))), c * e),))
                inner.append(self.times(outer, self._derive_atom(atom, name)))
            value = plus(*inner)
            for b in reversed(mono.binders):
                value = self.bind(b, value)
            found.append(value)
        return plus(*found)

    def _derive_atom(self, atom: Atom, name: str) -> Poly:
        if atom.tag == "var":
            return constant(1)
        if atom.tag == "inverse":
            inner = atom.parts[0]
            assert isinstance(inner, Poly)
            square = Poly(((Mono((), ((atom, 2),)), Fraction(-1)),))
            return self.times(square, self.derive(inner, name))
        if atom.tag != "app":
            raise Refused(f"the kernel does not differentiate a {atom.tag}")
        inside = [k for k, part in enumerate(atom.parts) if name in part.names]
        k, part = inside[0], atom.parts[inside[0]]
        # A function is declared smooth in each argument by itself, the others held fixed: f(t, t) need not have a
        # derivative then, and mixed derivatives need not exist nor be equal.
        if len(inside) > 1 or any(o for i, o in enumerate(atom.orders) if i != k):
            raise Refused(f"{atom.name} is not declared differentiable in several arguments together")
        if not isinstance(part, Poly) or atom.orders[k] >= atom.allowed[k]:
            raise Refused(f"{atom.name} is not declared differentiable often enough")
        orders = tuple(o + (i == k) for i, o in enumerate(atom.orders))
        outer = lift(Atom("app", atom.name, atom.parts, "", "real", orders, atom.allowed))
        return self.times(outer, self.derive(part, name))


def fact_key(poly: Poly) -> str:
    """A key that forgets a constant factor."""
    if not poly.terms:
        return "0"
    lead = min(poly.terms, key=lambda t: t[0].literal)[1]
    return times_constant(poly, 1 / lead).literal


def split_size(size: Poly) -> tuple[Poly, int] | None:
    """``(m, c)`` with size = m + c, c a positive integer and m a natural by form; None if the size has not that form.

    A size may be 1 - [b < a] or (1 + s t)/2: what is left without its constant may be negative or no integer.
    """
    rest = tuple((m, c) for m, c in size.terms if m.factors or m.binders)
    offset = next((c for m, c in size.terms if not m.factors and not m.binders), Fraction(0))
    natural = all(
        c > 0 and c.denominator == 1 and all(a.sort in ("nat", "bit") and e > 0 for a, e in m.factors)
        for m, c in rest
    )
    return (Poly(rest), int(offset)) if natural and offset > 0 and offset.denominator == 1 else None


def _variable(bound: Bound, name: str, size: Poly | None) -> Poly | Atom:
    if bound.sort in ("signs", "bits"):
        assert size is not None
        return Atom("vector", name, (size,), sort=bound.sort)
    return lift(Atom("var", name, sort="nat" if bound.sort == "index" else bound.sort))


def _only(poly: Poly) -> Atom:
    atom = poly.atom
    if atom is None:
        raise Refused("renaming changed a factor")
    return atom


def _scalar_name(sort: object) -> str:
    if isinstance(sort, Scalar):
        return sort.name
    if isinstance(sort, Index):
        return "nat"
    raise IllFormed("a vector or a function stands where a number is needed")


def _closed(sort: str) -> str:
    return sort if sort in ("sign", "bit", "nat", "positive") else "real"


def _product_sort(body: Poly) -> str:
    atom = body.atom
    return _closed(atom.sort) if atom else "real"


def _content(poly: Poly) -> Fraction:
    numerators = gcd(*(c.numerator for _, c in poly.terms))
    return Fraction(numerators, lcm(*(c.denominator for _, c in poly.terms)))


def _factorise(value: Fraction) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for number, sign in ((abs(value.numerator), 1), (value.denominator, -1)):
        prime = 2
        while prime * prime <= number and prime < 100_000:
            e = 0
            while number % prime == 0:
                number //= prime
                e += 1
            if e:
                found.append((prime, sign * e))
            prime += 1
        if number > 1:
            found.append((number, sign))
    return found


__all__ = ["UNIT", "Normaliser", "fact_key", "split_size"]
