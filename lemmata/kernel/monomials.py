"""Normal forms: sparse polynomials whose monomials carry the finite sums they stand under.

A monomial is ``sum_x sum_y ... factor^exponent ...``. Two monomials are equal when their keys are, and a key is
minimal over the orders of the binders, so renaming and exchange of summations are decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import permutations
from typing import Any, TypeVar

from lemmata.kernel.errors import Refused

MAX_BINDERS = 6
MAX_BITS = 4096
Env = Mapping[str, str]
"""The names of the enclosing bound variables; under the empty name, how many there are."""

T = TypeVar("T", "Atom", "Mono", "Poly")


@dataclass(frozen=True, eq=False)
class Atom:
    """An indivisible factor or a vector: ``tag`` says which kind, ``parts`` are its normal subterms.

    ``bound`` is the index that a product or a built vector binds; ``sort`` is the scalar sort of the value.
    """

    tag: str
    name: str = ""
    parts: tuple[Poly | Atom, ...] = ()
    bound: str = ""
    sort: str = "real"
    orders: tuple[int, ...] = ()
    allowed: tuple[int, ...] = ()

    @cached_property
    def names(self) -> frozenset[str]:
        """The free names."""
        own = {self.name} if self.tag in ("var", "comp", "vector") else set[str]()
        return (frozenset(own).union(*(p.names for p in self.parts))) - {self.bound}

    @cached_property
    def keys(self) -> dict[tuple[Any, ...], str]:
        """The keys found so far."""
        return {}

    @cached_property
    def literal(self) -> str:
        """The key with every name as it is."""
        return atom_key(self, {})


@dataclass(frozen=True, eq=False)
class Bound:
    """A bound variable of a monomial: a finite sum over its sort (index, signs, bits, sign, bit)."""

    name: str
    sort: str
    size: Poly | None


@dataclass(frozen=True, eq=False)
class Mono:
    """Binders and factors with non-zero integer exponents."""

    binders: tuple[Bound, ...] = ()
    factors: tuple[tuple[Atom, int], ...] = ()

    @cached_property
    def names(self) -> frozenset[str]:
        """The free names."""
        inner = frozenset[str]().union(*(a.names for a, _ in self.factors))
        sizes = frozenset[str]().union(*(b.size.names for b in self.binders if b.size))
        return (inner | sizes) - self.bound

    @cached_property
    def bound(self) -> frozenset[str]:
        """The names of the bound variables."""
        return frozenset(b.name for b in self.binders)

    @cached_property
    def keys(self) -> dict[tuple[Any, ...], str]:
        """The keys found so far."""
        return {}

    @cached_property
    def literal(self) -> str:
        """The key with free names as they are."""
        return mono_key(self, {})


@dataclass(frozen=True, eq=False)
class Poly:
    """A polynomial: distinct monomials with non-zero rational coefficients."""

    terms: tuple[tuple[Mono, Fraction], ...] = field(default=())

    @cached_property
    def names(self) -> frozenset[str]:
        """The free names."""
        return frozenset[str]().union(*(m.names for m, _ in self.terms))

    @cached_property
    def keys(self) -> dict[tuple[Any, ...], str]:
        """The keys found so far."""
        return {}

    @cached_property
    def literal(self) -> str:
        """The key with free names as they are."""
        return poly_key(self, {})

    @property
    def constant(self) -> Fraction | None:
        """The value of a constant polynomial, else None."""
        if not self.terms:
            return Fraction(0)
        mono, c = self.terms[0]
        return c if len(self.terms) == 1 and not mono.binders and not mono.factors else None

    @property
    def atom(self) -> Atom | None:
        """The atom that this polynomial is, else None."""
        if len(self.terms) != 1:
            return None
        mono, c = self.terms[0]
        alone = c == 1 and not mono.binders and len(mono.factors) == 1 and mono.factors[0][1] == 1
        return mono.factors[0][0] if alone else None


def _deeper(env: Env, name: str) -> Env:
    """Below one more binder. The number is that of the binder, so a name that is bound once more has a new one."""
    depth = int(env.get("", "0"))
    return {**env, name: f"#{depth}", "": str(depth + 1)}


def _kept(key: Callable[[T, Env], str]) -> Callable[[T, Env], str]:
    """The key function with its results kept: they depend on no more than how deep a value lies and on its names."""

    def kept(value: T, env: Env) -> str:
        if not env:
            place: tuple[Any, ...] = ()
        else:
            place = (env[""], *((name, env[name]) for name in value.names if name in env))
        found = value.keys.get(place)
        if found is None:
            found = value.keys[place] = key(value, env)
        return found

    return kept


@_kept
def atom_key(atom: Atom, env: Env) -> str:
    """A text that is equal exactly for equal atoms; ``env`` gives the names of enclosing bound variables."""
    head = env.get(atom.name, atom.name) if atom.tag in ("var", "comp", "vector") else atom.name
    inner = _deeper(env, atom.bound) if atom.bound else env
    parts = ",".join(_part_keys(atom, inner))
    # A name may end in primes, and f'1 is no derivative of f: the mark of one is no letter of any name.
    primes = "@" + ".".join(map(str, atom.orders)) if any(atom.orders) else ""
    return f"{atom.tag}:{head}{primes}({parts})"


def _part_keys(atom: Atom, env: Env) -> list[str]:
    """The keys of the parts; an equation says the same with its sides exchanged."""
    if atom.tag != "bracket" or atom.name == "<":
        return [_part_key(p, env) for p in atom.parts]
    if atom.name == "=":
        (gap,) = atom.parts
        assert isinstance(gap, Poly)
        return [min(poly_key(gap, env), poly_key(Poly(tuple((m, -c) for m, c in gap.terms)), env))]
    return sorted(_part_key(p, env) for p in atom.parts)


def _part_key(part: Poly | Atom, env: Env) -> str:
    return poly_key(part, env) if isinstance(part, Poly) else atom_key(part, env)


@_kept
def mono_key(mono: Mono, env: Env) -> str:
    """The least text over the orders of the binders."""
    if not mono.binders:
        return "*".join(sorted(f"{atom_key(a, env)}^{e}" for a, e in mono.factors))
    if len(mono.binders) > MAX_BINDERS:
        raise Refused(f"more than {MAX_BINDERS} summations in one product")
    return min(_ordered_key(mono, order, env) for order in permutations(mono.binders))


def _ordered_key(mono: Mono, order: tuple[Bound, ...], env: Env) -> str:
    inner = env
    for bound in order:
        inner = _deeper(inner, bound.name)
    header = ";".join(f"{b.sort}({poly_key(b.size, inner) if b.size else ''})" for b in order)
    return f"<{header}>" + "*".join(sorted(f"{atom_key(a, inner)}^{e}" for a, e in mono.factors))


@_kept
def poly_key(poly: Poly, env: Env) -> str:
    """The sorted texts of the terms."""
    return "{" + "+".join(sorted(f"{_coefficient(c)}.{mono_key(m, env)}" for m, c in poly.terms)) + "}"


def _coefficient(c: Fraction) -> str:
    require_short(c)
    return str(c)


def require_short(c: Fraction) -> None:
    """Raise Refused for a coefficient that would take long to compute with."""
    if max(c.numerator.bit_length(), c.denominator.bit_length()) > MAX_BITS:
        raise Refused("a coefficient has too many digits")
