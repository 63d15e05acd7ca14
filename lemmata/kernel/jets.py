"""Power series that are cut off: how the evaluator takes derivatives."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from lemmata.kernel.errors import Undefined


@dataclass(frozen=True, slots=True)
class Jet:
    """The power series ``parts[0] + parts[1] eps + ..`` cut off after its last part: how derivatives are evaluated.

    Each of nested derivatives has an eps of its own, told apart by ``level``; the parts may be jets of lower levels.
    """

    parts: tuple[Any, ...]
    level: int = 0

    def __add__(self, other: Any) -> Jet:
        a, b, level = _aligned(self, other)
        return Jet(tuple(x + y for x, y in zip(a, b, strict=True)), level)

    def __mul__(self, other: Any) -> Jet:
        a, b, level = _aligned(self, other)
        return Jet(tuple(_convolved(a, b, k) for k in range(len(a))), level)

    def __neg__(self) -> Jet:
        return Jet(tuple(-x for x in self.parts), self.level)

    def __sub__(self, other: Any) -> Jet:
        return self + -other

    def __rsub__(self, other: Any) -> Jet:
        return -self + other

    def __pow__(self, exponent: int) -> Jet:
        base = reciprocal(self) if exponent < 0 else self
        result = Jet((Fraction(1), *(Fraction(0) for _ in self.parts[1:])), self.level)
        for _ in range(abs(exponent)):
            result = result * base
        return result

    def __truediv__(self, other: Any) -> Jet:
        return self * reciprocal(Fraction(other) if isinstance(other, int) else other)

    def __rtruediv__(self, other: Any) -> Jet:
        return reciprocal(self) * other

    @property
    def value(self) -> Any:
        """The value without any eps of this level."""
        return self.parts[0]

    __radd__, __rmul__ = __add__, __mul__


def _convolved(a: tuple[Any, ...], b: tuple[Any, ...], k: int) -> Any:
    return sum((a[j] * b[k - j] for j in range(k + 1)), Fraction(0))


def _aligned(a: Any, b: Any) -> tuple[tuple[Any, ...], tuple[Any, ...], int]:
    level = max(x.level for x in (a, b) if isinstance(x, Jet))
    size = min(len(x.parts) for x in (a, b) if isinstance(x, Jet) and x.level == level)
    return parts_of(a, level, size), parts_of(b, level, size), level


def parts_of(value: Any, level: int, size: int) -> tuple[Any, ...]:
    """The first parts of a number in the eps of one level."""
    if isinstance(value, Jet) and value.level == level:
        return value.parts[:size]
    return (value, *(Fraction(0) for _ in range(size - 1)))


def reciprocal(value: Any) -> Any:
    """1/value; raises Undefined at zero."""
    if not isinstance(value, Jet):
        if value == 0:
            raise Undefined("a division by zero")
        return 1 / value
    first = reciprocal(value.parts[0])
    found: list[Any] = [first]
    for k in range(1, len(value.parts)):
        rest = sum((value.parts[j] * found[k - j] for j in range(1, k + 1)), Fraction(0))
        found.append(-first * rest)
    return Jet(tuple(found), value.level)
