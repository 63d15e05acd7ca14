"""What a step puts to use: premises at values, squares, and ordered pairs, as entries of its certificate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lemmata.kernel.printing import binding, relation_text, text
from lemmata.proof.expressions import Mean, Relation, Total
from lemmata.proof.theorem import kernel_relation
from lemmata.proof.translation import term, variable


@dataclass(frozen=True, slots=True)
class Use:
    """A premise put to use: at the values ``where``, times a factor, under sums and means.

    ``source`` is a step's name or the number of a hypothesis. ``under`` lists ``total(x, 1)`` or ``mean(x, 1)``,
    outermost first; a function is given as ``(parameters, body)``.
    """

    source: str | int
    under: tuple[Any, ...] = ()
    times: Any = 1
    where: Mapping[str, Any] = field(default_factory=dict[str, Any])
    given: tuple[Use, ...] = ()
    guard: tuple[int, ...] = ()

    def entry(self) -> dict[str, Any]:
        """The entry of a certificate."""
        found: dict[str, Any] = {"from": self.source}
        if self.where:
            found["with"] = {name: _value(value) for name, value in self.where.items()}
        if self.under:
            found["under"] = [_binder(b) for b in self.under]
        if self.times != 1:
            found["times"] = text(term(self.times))
        if self.given:
            found["given"] = [g.entry() for g in self.given]
        if self.guard:
            found["guard"] = list(self.guard)
        return found

    def sources(self) -> set[str]:
        """The names of the steps it rests on."""
        own = {self.source} if isinstance(self.source, str) else set[str]()
        return own.union(*(g.sources() for g in self.given))


@dataclass(frozen=True, slots=True)
class Square:
    """A nonnegative term: ``times * of^2`` under sums and means."""

    of: Any
    times: Any = 1
    under: tuple[Any, ...] = ()

    def entry(self) -> dict[str, Any]:
        """The entry of a certificate."""
        found: dict[str, Any] = {"of": text(term(self.of))}
        if self.times != 1:
            found["times"] = text(term(self.times))
        if self.under:
            found["under"] = [_binder(b) for b in self.under]
        return found


def support(
    using: Sequence[Use | str | int] = (),
    squares: Sequence[Square] = (),
    ordered: Sequence[Ordered] = (),
    unfold: Sequence[str] = (),
) -> tuple[dict[str, Any], set[str]]:
    """The entries of a certificate for all that a conclusion is added up from, and the names of the steps used."""
    uses = [u if isinstance(u, Use) else Use(u) for u in using]
    lists = {
        "using": [u.entry() for u in uses],
        "squares": [s.entry() for s in squares],
        "ordered": [o.entry() for o in ordered],
        "unfold": list(unfold),
    }
    sources = set(unfold).union(*(u.sources() for u in uses))
    return {name: entries for name, entries in lists.items() if entries}, sources


def use(
    source: str | int,
    *,
    under: Sequence[Any] = (),
    times: Any = 1,
    given: Sequence[Use] = (),
    guard: Sequence[int] = (),
    **where: Any,
) -> Use:
    """A premise at the values given by keyword.

    Its hypotheses listed in ``guard`` need not hold: their brackets multiply what it contributes.
    """
    return Use(source, tuple(under), times, where, tuple(given), tuple(guard))


def square(of: Any, times: Any = 1, under: Sequence[Any] = ()) -> Square:
    """``times * of^2`` under sums and means."""
    return Square(of, times, tuple(under))


@dataclass(frozen=True, slots=True)
class Ordered:
    """A nonnegative term: ``times * [that] * (larger - smaller)`` under sums and means."""

    that: Relation
    times: Any = 1
    under: tuple[Any, ...] = ()

    def entry(self) -> dict[str, Any]:
        """The entry of a certificate."""
        found: dict[str, Any] = {"that": relation_text(kernel_relation(self.that))}
        if self.times != 1:
            found["times"] = text(term(self.times))
        if self.under:
            found["under"] = [_binder(b) for b in self.under]
        return found


def ordered(that: Relation, times: Any = 1, under: Sequence[Any] = ()) -> Ordered:
    """``times * [a <= b] * (b - a)`` for ``that`` = ``le(a, b)``, or the same with ``lt``."""
    return Ordered(that, times, tuple(under))


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        parameters, body = value
        return {"of": [binding(variable(p)) for p in parameters], "is": text(term(body))}
    return value if isinstance(value, str) else text(term(value))


def _binder(expr: Any) -> str:
    if not isinstance(expr, Mean | Total):
        raise TypeError("what a premise stands under is written total(x, 1) or mean(x, 1)")
    return f"{'mean' if isinstance(expr, Mean) else 'sum'}({binding(variable(expr.args[0]))})"
