"""Powers in a normal form: 0^0 is 1, a bit b gives t^b = 1 + b (t - 1), and c^(a n + b) splits into atoms."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from lemmata.kernel.errors import Refused
from lemmata.kernel.monomials import MAX_BITS, Atom, Mono, Poly
from lemmata.kernel.polynomials import constant, lift, merge, minus, plus, single

if TYPE_CHECKING:
    from lemmata.kernel.normal import Normaliser

MAX_POWER = 64


def integer_power(normaliser: Normaliser, base: Poly, exponent: int) -> Poly:
    """The power with a numeral exponent."""
    if exponent < 0:
        return normaliser.integer_power(normaliser.inverse(base), -exponent)
    value = base.constant
    if value is not None:
        if exponent * max(value.numerator.bit_length(), value.denominator.bit_length()) > MAX_BITS:
            raise Refused("a power has too many digits")
        return constant(value**exponent)
    if exponent > MAX_POWER:
        raise Refused(f"an exponent above {MAX_POWER} on a term that is no constant")
    result = constant(1)
    for _ in range(exponent):
        result = normaliser.times(result, base)
    return result


def power(normaliser: Normaliser, base: Poly, exponent: Poly) -> Poly:
    """The power; 0^0 is 1, a bit b gives t^b = 1 + b (t - 1), and c^(a n + b) splits into atoms."""
    whole = exponent.constant
    if whole is not None:
        if whole.denominator != 1:
            return _symbolic(normaliser, base, exponent)
        return normaliser.integer_power(base, int(whole))
    result = constant(1)
    for mono, c in exponent.terms:
        result = normaliser.times(result, _power_of_term(normaliser, base, mono, c))
    return result


def _power_of_term(normaliser: Normaliser, base: Poly, mono: Mono, c: Fraction) -> Poly:
    if not mono.factors and not mono.binders and c.denominator == 1:
        return normaliser.integer_power(base, int(c))
    bits = all(a.sort == "bit" and e > 0 for a, e in mono.factors) and not mono.binders
    if bits and c.denominator == 1:
        inner = single(mono)
        return plus(
            constant(1), normaliser.times(inner, minus(normaliser.integer_power(base, int(c)), constant(1)))
        )
    return _symbolic(normaliser, base, Poly(((mono, c),)))


def _symbolic(normaliser: Normaliser, base: Poly, exponent: Poly) -> Poly:
    (mono, c), *_ = exponent.terms
    naturals = all(a.sort in ("nat", "bit") and e > 0 for a, e in mono.factors) and not mono.binders
    if not naturals:
        raise Refused("an exponent is not a polynomial in naturals")
    value = base.constant
    if value is not None:
        return _constant_power(normaliser, value, mono, c)
    if c.denominator != 1:
        raise Refused("a fractional exponent on a base that is no positive numeral")
    if c < 0:
        base, c = normaliser.inverse(base), -c
    unit = single(mono)
    if len(base.terms) == 1 and not base.terms[0][0].binders:
        inner, coefficient = base.terms[0]
        result = _constant_power(normaliser, coefficient, mono, c)
        for atom, e in inner.factors:
            result = normaliser.times(
                result, _atom_power(normaliser, lift(atom), unit, int(c) * e, atom.sort)
            )
        return result
    return _atom_power(normaliser, base, unit, int(c), "real")


def _atom_power(normaliser: Normaliser, base: Poly, unit: Poly, exponent: int, sort: str) -> Poly:
    atom = Atom("pow", "", (base, unit), sort=sort)
    return normaliser.settle(Mono((), ((atom, exponent),)))


def _constant_power(normaliser: Normaliser, value: Fraction, mono: Mono, c: Fraction) -> Poly:
    if value == 0:
        raise Refused("a power of zero with a symbolic exponent")
    if value < 0 and c.denominator != 1:
        raise Refused("a fractional power of a negative number")
    factors: list[tuple[Atom, int]] = []
    unit = Poly(((mono, Fraction(1, c.denominator)),))
    if value < 0:
        factors.append((Atom("pow", "", (constant(-1), unit), sort="sign"), c.numerator % 2))
    for prime, e in _factorise(value):
        factors.append((Atom("pow", "positive", (constant(prime), unit), sort="positive"), e * c.numerator))
    return normaliser.settle(Mono((), merge((a, e) for a, e in factors if e)))


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
