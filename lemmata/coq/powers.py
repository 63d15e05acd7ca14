"""Inverses and powers in normal form."""

from __future__ import annotations

from fractions import Fraction

from lemmata.coq.calculus import Calculus
from lemmata.coq.monomials import (
    Mono,
    Poly,
    argument_term,
    constant,
    key,
    lift,
    merged,
    poly_term,
)
from lemmata.coq.names import NoTemplate
from lemmata.coq.products import ITSELF, NUMBER, Proved, braces, close
from lemmata.kernel.sorting import kinds
from lemmata.kernel.terms import (
    ONE,
    Add,
    Mul,
    Neg,
    Num,
    Pow,
    Term,
    add,
    sub,
)

MAX_POWER = 16
MAX_PRIME = 1000


class Powers(Calculus):
    """Inverses, and powers with a numeral, a bit or a natural for exponent."""

    def inverse(self, term: Term) -> Proved:
        """``/ term``."""
        poly, script = self.term(term)
        if not poly:
            raise NoTemplate("a division by zero")
        (c, mono), *others = poly
        if others or mono.binders:
            return lift(poly_term(poly), -1), self.one("inverse", poly, script, ITSELF)
        if c == 1 and key(mono.term) == key(term) and [e for _, e in mono.factors] == [1]:
            return lift(mono.factors[0][0], -1), ITSELF
        result: Poly = ((1 / c, Mono((), tuple((a, -e) for a, e in mono.factors))),)
        return result, self.one("inverse", poly, script, "field; nonzero.")

    def power(self, base: Term, exponent: Term) -> Proved:
        """``base ^ exponent``."""
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
        poly, script = self.term(base)
        if value > 2 and _single(poly):
            return self._power_of_single(poly, value, script)
        if value > MAX_POWER:
            raise NoTemplate(f"an exponent above {MAX_POWER} on a sum")
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

    def _power_of_single(self, poly: Poly, value: int, script: str) -> Proved:
        """``(c a^e)^k = c^k a^(e k)``."""
        result: Poly = tuple(
            (c**value, Mono((), tuple((a, e * value) for a, e in m.factors))) for c, m in poly
        )
        start = f"refine (by_power _ {self.poly(poly)} _ _ _ _).\n"
        return result, start + braces(script, close(poly))

    def _symbolic_power(self, base: Term, exponent: Term) -> Proved:
        poly, script = self.term(base)
        if len(poly) == 1 and not poly[0][1].binders and poly[0][0].denominator == 1:
            return self._power_of_product(poly, exponent, script)
        below, above = argument_term(poly), self.printer.nat(exponent)
        start = f"transitivity ({self.real(below)} ^ {above}).\n"
        start += f"{{ apply (f_equal (fun k_z => k_z ^ {above})).\n"
        start += f"transitivity {self.poly(poly)}.\n{{ {script} }}\nring. }}\n"
        return lift(Pow(below, exponent)), start + ITSELF

    def _power_of_product(self, poly: Poly, exponent: Term, script: str) -> Proved:
        """``(p^2 a^3)^n = (p^n)^2 (a^n)^3``, p prime."""
        ((c, mono),) = poly
        above = self.printer.nat(exponent)
        numerals: list[tuple[Term, int]] = [(Num(p), e) for p, e in _factorised(abs(c))]
        bases = [*([(Neg(ONE), 1)] if c < 0 else []), *numerals]
        bases += [(a if e > 0 else Pow(a, Neg(ONE)), abs(e)) for a, e in mono.factors]
        whole = " * ".join([*(f"({self.real(a)} ^ {e})" for a, e in bases), "1"])
        step = f"transitivity (({whole}) ^ {above}).\n{{ apply (f_equal (fun k_z => k_z ^ {above})). "
        step += f"transitivity {self.poly(poly)}.\n{{ {script} }}\nring. }}\n"
        raised = "".join(f", (pow_of_pow {self.real(a)} {e} {above})" for a, e in bases)
        factors = tuple((Pow(a, exponent), e) for a, e in bases)
        step += f"rewrite ?Rpow_mult_distr{raised}, pow1. ring."
        return ((Fraction(1), Mono((), merged(factors))),), step

    def one(self, lemma: str, poly: Poly, *scripts: str) -> str:
        """An operation on one term from what it equals."""
        return f"refine (by_{lemma} _ {self.poly(poly)} _ _ _).\n" + braces(*scripts)


def _single(poly: Poly) -> bool:
    """Whether it is one product of atoms, none of them a sign or a bit, whose powers are reduced."""
    return len(poly) == 1 and not poly[0][1].binders and not any(_reduced(a) for a, _ in poly[0][1].factors)


def _reduced(atom: Term) -> bool:
    return bool(kinds(atom) & {"sign", "bit"})


def _factorised(value: Fraction) -> list[tuple[int, int]]:
    """The primes of a positive integer, with their exponents."""
    rest, found, prime = value.numerator, list[tuple[int, int]](), 2
    if value <= 0 or value.denominator != 1:
        raise NoTemplate(f"the power of {value} with a symbolic exponent")
    while rest > 1 and prime < MAX_PRIME:
        times = 0
        while rest % prime == 0:
            rest, times = rest // prime, times + 1
        found += [(prime, times)] if times else []
        prime += 1
    if rest > 1:
        raise NoTemplate(f"the power of {value}, which has a large prime, with a symbolic exponent")
    return found
