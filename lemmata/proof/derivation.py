"""Writing a proof: records for the judge, with premises and hypotheses put in their places.

Nothing here is trusted: every record is judged as text, and judged again on replay.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sympy as sp

from lemmata.kernel.calculus import everywhere as functions_equal
from lemmata.kernel.calculus import slope_claim
from lemmata.kernel.errors import KernelError, Refused
from lemmata.kernel.judge import FORMAT, VERSION, Judge, document_hash
from lemmata.kernel.linear import Context
from lemmata.kernel.printing import binding, relation_text, text
from lemmata.kernel.rules import induction_base, induction_step
from lemmata.proof.language import Definition, Mean, Relation, Statement, Total, term, variable
from lemmata.proof.theorem import Theorem, claim_text, kernel_claim, kernel_relation


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


class Proof:
    """A derivation under way: each call adds one record and has it judged at once."""

    def __init__(
        self, theorem: Theorem, name: str = "", replaced: Mapping[str, Statement] | None = None
    ) -> None:
        self.theorem = theorem
        self.name = name
        self.judge = Judge()
        self.records: list[dict[str, Any]] = []
        self.hidden: set[str] = set()
        self.proved: dict[str, str] = {}
        self._written: dict[str, Statement] = {}
        self._statements = {p.label: p.statement for p in theorem.parts} | dict(replaced or {})
        for definition in theorem.definitions:
            self.define(definition)

    def statement(self, label: str) -> Statement:
        """The claim of a part: the theorem's own, or a variant's."""
        return self._statements[label]

    def define(self, definition: Definition) -> str:
        """Introduce a symbol."""
        parameters = [variable(v) for v in definition.parameters]
        variables = [variable(v) for v in (*definition.implicit, *definition.parameters)]
        left = f"{definition.name}({', '.join(p.name for p in parameters)})"
        source = f"for all {', '.join(binding(v) for v in variables)}. {left} = {text(term(definition.body))}"
        return self._add(definition.name, "define", source, (), {"symbol": definition.name}, "")

    def step(
        self,
        name: str,
        statement: Statement | str,
        rule: str,
        *,
        using: Sequence[Use | str | int] = (),
        squares: Sequence[Square] = (),
        ordered: Sequence[Ordered] = (),
        unfold: Sequence[str] = (),
        because: str = "",
        printed: bool = True,
    ) -> str:
        """One step by ``identity``, ``sum``, ``cube`` or ``square``; raises Refused, naming the step.

        A step that is not ``printed`` is one of the many that only move a sign or a name; -v shows it.
        """
        uses = [u if isinstance(u, Use) else Use(u) for u in using]
        certificate: dict[str, Any] = {}
        if uses:
            certificate["using"] = [u.entry() for u in uses]
        if squares:
            certificate["squares"] = [s.entry() for s in squares]
        if ordered:
            certificate["ordered"] = [o.entry() for o in ordered]
        if unfold:
            certificate["unfold"] = list(unfold)
        sources = set(unfold).union(*(u.sources() for u in uses))
        if isinstance(statement, Statement):
            self._written[name] = statement
        if not printed:
            self.hidden.add(name)
        source = statement if isinstance(statement, str) else claim_text(statement)
        return self._add(name, rule, source, tuple(sorted(sources)), certificate, because)

    def combine(self, name: str, statement: Statement, *sources: str | int, because: str = "") -> str:
        """An equation between polynomials from equations named, by cofactors that are searched for.

        ``sources`` are steps or numbers of hypotheses whose variables, if any, are the statement's own.
        Raises LemmataError if no combination gives the equation.
        """
        from lemmata.proof.search import cofactors

        equations = [self._equation(source, statement) for source in sources]
        goal = statement.then.left - statement.then.right
        found = cofactors(goal, [e.left - e.right for e in equations])
        using = [Use(source, times=q) for source, q in zip(sources, found, strict=True) if q != 0]
        return self.step(name, statement, "sum", using=using, because=because)

    def _equation(self, source: str | int, statement: Statement) -> Relation:
        known = self._written[source] if isinstance(source, str) else statement.given[source]
        return known.then if isinstance(known, Statement) else known

    def conclude(self, label: str, rule: str, **how: Any) -> str:
        """The step that proves a part; a step of any rule that has a part's label and claim does that too."""
        return self.step(label, self.statement(label), rule, **how)

    def cases(
        self,
        name: str,
        statement: Statement,
        over: Any,
        values: Mapping[str, Mapping[str, Any]],
        because: str = "",
    ) -> str:
        """All values of one sign or bit, each with its own certificate (``using``, ``squares``, ``unfold``)."""
        written: dict[str, Any] = {}
        sources: set[str] = set()
        for value, how in values.items():
            uses = [u if isinstance(u, Use) else Use(u) for u in how.get("using", ())]
            sources |= set(how.get("unfold", ())).union(*(u.sources() for u in uses))
            written[value] = {"using": [u.entry() for u in uses]} if uses else {}
            for kind in ("squares", "ordered"):
                if how.get(kind):
                    written[value][kind] = [s.entry() for s in how[kind]]
            if how.get("unfold"):
                written[value]["unfold"] = list(how["unfold"])
        certificate = {"variable": over.name, "values": written}
        return self._add(name, "cases", claim_text(statement), tuple(sorted(sources)), certificate, because)

    def induction(
        self,
        name: str,
        statement: Statement,
        over: Any,
        *,
        base: Mapping[str, Any],
        step: Mapping[str, Any],
        because: str = "",
    ) -> str:
        """Induction over a natural: ``base`` and ``step`` say how the two premises are proved (rule, using, ...)."""
        kernel = kernel_claim(statement)
        k = next(v for v in kernel.variables if v.name == over.name)
        first = self.step(f"{name}, base", str(induction_base(kernel, k)), **_how(base))
        second = self.step(f"{name}, step", str(induction_step(kernel, k)), **_how(step))
        self.hidden |= {first, second}
        certificate = {"variable": k.name, "base": first, "step": second}
        return self._add(name, "induction", str(kernel), (first, second), certificate, because)

    def monotone(
        self,
        name: str,
        statement: Statement,
        over: Any,
        of: Any,
        ends: tuple[Any, Any],
        *,
        slope: Mapping[str, Any],
        because: str = "",
        printed: bool = True,
    ) -> str:
        """F(lo) <= F(hi) for ``of``, a function of ``over``, on ``ends``; ``slope`` says how 0 <= F' is proved."""
        low, high = (text(term(sp.sympify(end))) for end in ends)
        certificate = {"variable": over.name, "of": text(term(of)), "from": low, "to": high}
        kernel = kernel_claim(statement)
        premise = str(slope_claim(kernel, certificate, self._context()))
        first = self.step(f"{name}, slope", premise, **_how(slope))
        self.hidden.add(first)
        certificate["premise"] = first
        if not printed:
            self.hidden.add(name)
        return self._add(name, "monotone", str(kernel), (first,), certificate, because)

    def differentiate(
        self,
        name: str,
        statement: Statement,
        *,
        everywhere: Mapping[str, Any],
        because: str = "",
        printed: bool = True,
    ) -> str:
        """Two derivatives are equal; ``everywhere`` says how it is proved that the functions are."""
        kernel = kernel_claim(statement)
        first = self.step(f"{name}, everywhere", str(functions_equal(kernel)), **_how(everywhere))
        self.hidden |= {first} if printed else {first, name}
        return self._add(name, "differentiate", str(kernel), (first,), {"premise": first}, because)

    def _context(self) -> Context:
        claims = {name: step.claim for name, step in self.judge.steps.items()}
        return Context(claims, self.judge.definitions, self.judge.defining)

    def cite(self, name: str, statement: Statement, source: str, because: str = "") -> str:
        """A result of the literature, taken as it is; everything that rests on it carries the citation."""
        return self._add(name, "cite", claim_text(statement), (), {"source": source}, because)

    def assume(self, name: str, statement: Statement, because: str = "") -> str:
        """An assumption, for work in progress; everything that rests on it carries it."""
        return self._add(name, "assume", claim_text(statement), (), {}, because)

    def _add(
        self,
        name: str,
        rule: str,
        source: str,
        premises: tuple[str, ...],
        certificate: dict[str, Any],
        because: str,
    ) -> str:
        record: dict[str, Any] = {"id": name, "rule": rule, "claim": source, "premises": list(premises)}
        record |= {"certificate": certificate, "because": because}
        self.judge.accept(record)
        self.records.append(record)
        if name in self._statements and source == claim_text(self._statements[name]):
            self.proved[name] = name
        return name

    def certificate(self) -> dict[str, Any]:
        """The document that replays on its own."""
        parts = [
            {"label": label, "step": step, "claim": str(self.judge.steps[step].claim)}
            for label, step in self.proved.items()
        ]
        document: dict[str, Any] = {"format": FORMAT, "version": VERSION, "id": self.name}
        document |= {"steps": self.records, "parts": parts}
        document["hash"] = document_hash(document)
        return document


def _how(how: Mapping[str, Any]) -> dict[str, Any]:
    return {"rule": "sum", **how}


@dataclass(frozen=True, slots=True)
class Outcome:
    """A derivation run to its end, or to the step that was refused."""

    proof: Proof
    failed: str
    reason: str


def derive(
    theorem: Theorem,
    script: Callable[[Proof], None],
    name: str = "",
    replaced: Mapping[str, Statement] | None = None,
) -> Outcome:
    """Run a derivation; a refusal is an outcome, not an error."""
    proof = Proof(theorem, name, replaced)
    try:
        script(proof)
    except Refused as error:
        return Outcome(proof, error.step, error.reason)
    except KernelError as error:
        return Outcome(proof, "?", str(error))
    return Outcome(proof, "", "")


__all__ = ["Ordered", "Outcome", "Proof", "Square", "Use", "derive", "ordered", "square", "use"]
