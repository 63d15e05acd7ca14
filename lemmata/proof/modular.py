"""A second opinion on every decided step: its identity at random points modulo a random 61-bit prime.

The kernel decides, by normal forms and for all sizes, that a conclusion is what its certificate adds up to. Here the
sizes are small, every real is random modulo the prime, and the two are evaluated and compared: nothing of the normal
form takes part. A polynomial of degree d that is not zero modulo p vanishes at a random point with probability at most
d/p; and a prime drawn at random divides a given integer of a thousand bits with probability below 2^-50.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from random import Random
from typing import Any

from lemmata.kernel.claims import Claim
from lemmata.kernel.context import Context
from lemmata.kernel.errors import Refused, Undefined
from lemmata.kernel.judge import Judge
from lemmata.kernel.linear import summands
from lemmata.kernel.records import Step
from lemmata.kernel.rules import case_claims
from lemmata.kernel.terms import BIT, SIGN, Index, Term, Vector, sub
from lemmata.model import Recheck
from lemmata.proof.worlds import World

BITS = 61
SEEDS = range(4)
# Places looked at in each of them: a vector or an index has few values, and one draw may always be zero.
PLACES = 4
# A sum over two cubes of dimension 3 has 64 terms, and nothing new.
LARGEST = 2
_BASES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)
IDENTITIES = ("identity", "sum", "cube", "square", "cases")


class Field:
    """The integers modulo a prime, keeping account of the degrees of all that is computed in them."""

    def __init__(self, prime: int) -> None:
        self.prime, self.drawn, self.degree = prime, 0, 0

    def draw(self, random: Random) -> Residue:
        """A random element: a variable of degree 1."""
        self.drawn += 1
        return Residue(self, random.randrange(self.prime), 1, 0)

    def exact(self, argument: Any) -> Any:
        """A fraction as the residue that it is equal to; what is no number as it is."""
        one = Residue(self, 1, 0, 0)
        return one * argument if isinstance(argument, Fraction) else argument

    @property
    def error(self) -> float:
        """At most how likely a false identity holds, or two different arguments of a function were taken for equal."""
        return float(Fraction((1 + self.drawn**2) * self.degree, self.prime))


class Residue:
    """An element of a field: the value of a quotient of two polynomials of at most the degrees ``above``, ``below``."""

    __slots__ = ("above", "below", "field", "value")

    def __init__(self, field: Field, value: int, above: int, below: int) -> None:
        self.field, self.value, self.above, self.below = field, value % field.prime, above, below
        field.degree = max(field.degree, above, below)

    def _of(self, other: Any) -> Residue | None:
        if isinstance(other, Residue):
            return other
        if not isinstance(other, int | Fraction):
            return None
        exact = Fraction(other)
        inverse = pow(exact.denominator, -1, self.field.prime)
        return Residue(self.field, exact.numerator * inverse, 0, 0)

    def __add__(self, other: Any) -> Any:
        o = self._of(other)
        if o is None:
            return NotImplemented
        above = max(self.above + o.below, o.above + self.below)
        return Residue(self.field, self.value + o.value, above, self.below + o.below)

    def __mul__(self, other: Any) -> Any:
        o = self._of(other)
        if o is None:
            return NotImplemented
        return Residue(self.field, self.value * o.value, self.above + o.above, self.below + o.below)

    def __neg__(self) -> Residue:
        return Residue(self.field, -self.value, self.above, self.below)

    def __sub__(self, other: Any) -> Any:
        return self + -other

    def __rsub__(self, other: Any) -> Any:
        return -self + other

    def __rtruediv__(self, other: Any) -> Any:
        if not self.value:
            raise Undefined("a division by zero modulo the prime")
        return Residue(self.field, pow(self.value, -1, self.field.prime), self.below, self.above) * other

    def __pow__(self, exponent: int) -> Any:
        if exponent < 0:
            return 1 / self ** (-exponent)
        power = pow(self.value, exponent, self.field.prime)
        return Residue(self.field, power, self.above * exponent, self.below * exponent)

    def __eq__(self, other: object) -> bool:
        o = self._of(other)
        return o is not None and self.value == o.value

    def __hash__(self) -> int:
        return hash(self.value)

    def __lt__(self, other: Any) -> bool:
        """No order of the residues is one of numbers: a coin for each pair, the same whenever it is asked for."""
        gap = (self - other).value
        if not gap:
            return False
        least = min(gap, self.field.prime - gap)
        return (gap == least) == bool(Random(least).getrandbits(1))

    def __gt__(self, other: Any) -> bool:
        return self != other and not self < other

    def __le__(self, other: Any) -> bool:
        return not self > other

    def __ge__(self, other: Any) -> bool:
        return not self < other

    def __repr__(self) -> str:
        return str(self.value)

    __radd__, __rmul__ = __add__, __mul__


def recheck(judge: Judge, seed: int = 0) -> Recheck:
    """Every accepted step that is an identity, at random points of small sizes."""
    prime = random_prime(Random(seed))
    looked, failed, skipped, worst = 0, [], [], 0.0
    for step in judge.steps.values():
        if step.rule not in IDENTITIES:
            continue
        try:
            fields = [_look(judge, step, prime, 8 * seed + k) for k in SEEDS]
        except Undefined as error:
            skipped.append(f"{step.id}: {error}")
            continue
        looked += 1
        worst = max(worst, *(field.error for field, _ in fields))
        if not all(zero for _, zero in fields):
            failed.append(step.id)
    return Recheck(identities=looked, failed=tuple(failed), skipped=tuple(skipped), prime=prime, error=worst)


def _look(judge: Judge, step: Step, prime: int, seed: int) -> tuple[Field, bool]:
    field = Field(prime)
    world = World(seed, {}, judge.definitions, field.draw, LARGEST, field.exact)
    zero = True
    for claim, certificate in _identities(judge, step):
        for number, at in enumerate(_places(world, claim, seed)):
            try:
                zero = zero and _adds_up(judge, world, claim, certificate, at)
            except Refused:  # a certificate that does not fit its claim
                return field, False
            except Undefined:
                if number == 0:
                    raise
    return field, zero


def _adds_up(
    judge: Judge, world: World, claim: Claim, certificate: Mapping[str, Any], at: Mapping[str, Any]
) -> bool:
    gap: Any = world.evaluator.term(_gap(claim), at)
    for term in summands(claim, certificate, _context(judge)):
        gap = gap - world.evaluator.term(term, at)
    return bool(gap == 0)


def _places(world: World, claim: Claim, seed: int) -> Iterator[Mapping[str, Any]]:
    """A point, and others that differ from it where a variable has finitely many values; none in an empty range."""
    at = world.point(claim)
    if any(v.name not in at for v in claim.variables):
        return
    yield at
    random = Random(seed)
    finite = [v for v in claim.variables if isinstance(v.sort, Vector | Index) or v.sort in (SIGN, BIT)]
    for _ in range(PLACES - 1 if finite else 0):
        drawn = {v.name: random.choice(list(world.evaluator.values(v.sort, at))) for v in finite}
        yield {**at, **drawn}


def _identities(judge: Judge, step: Step) -> Iterator[tuple[Claim, Mapping[str, Any]]]:
    if step.rule == "cases":
        yield from case_claims(step.claim, step.certificate, _context(judge))
    else:
        yield step.claim, step.certificate


def _gap(claim: Claim) -> Term:
    left, right = claim.conclusion.left, claim.conclusion.right
    return sub(left, right) if claim.conclusion.op == "=" else sub(right, left)


def _context(judge: Judge) -> Context:
    return Context({n: s.claim for n, s in judge.steps.items()}, judge.definitions, judge.defining)


def random_prime(random: Random) -> int:
    """A prime of 61 bits, every one of them as likely as any other."""
    while not is_prime(candidate := random.randrange(2 ** (BITS - 1) + 1, 2**BITS, 2)):
        pass
    return candidate


def is_prime(n: int) -> bool:
    """Miller and Rabin's test with the first twelve primes as bases, which decides every n below 2^64."""
    if n < 2 or any(n % base == 0 for base in _BASES):
        return n in _BASES
    odd, twos = n - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    return all(
        pow(base, odd, n) == 1 or any(pow(base, odd << k, n) == n - 1 for k in range(twos)) for base in _BASES
    )
