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
from lemmata.kernel.claims import parse_claim
from lemmata.kernel.context import Context
from lemmata.kernel.errors import KernelError, Refused
from lemmata.kernel.judge import FORMAT, VERSION, Judge, document_hash
from lemmata.kernel.logic import denied
from lemmata.kernel.printing import binding, relation_text, text
from lemmata.kernel.rank import rank_claims
from lemmata.kernel.rules import induction_base, induction_step
from lemmata.kernel.terms import Var
from lemmata.proof.language import (
    Definition,
    Mean,
    Recursion,
    Relation,
    Statement,
    Total,
    term,
    variable,
)
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
        self.asked: dict[str, Any] = {}  # the record that was judged last, accepted or not
        self.hidden: set[str] = set()
        self.proved: dict[str, str] = {}
        self._written: dict[str, Statement] = {}
        self._statements = {p.label: p.statement for p in theorem.parts} | dict(replaced or {})
        for definition in theorem.definitions:
            self.define(definition)

    def statement(self, label: str) -> Statement:
        """The claim of a part: the theorem's own, or a variant's."""
        return self._statements[label]

    def define(self, definition: Definition | Recursion) -> str:
        """Introduce a symbol; the equations of a recursion f are the steps "f at 0" and "f"."""
        if isinstance(definition, Recursion):
            return self._recursion(definition)
        parameters = [variable(v) for v in definition.parameters]
        variables = [variable(v) for v in (*definition.implicit, *definition.parameters)]
        left = f"{definition.name}({', '.join(p.name for p in parameters)})"
        source = f"for all {', '.join(binding(v) for v in variables)}. {left} = {text(term(definition.body))}"
        return self._add(definition.name, "define", source, (), {"symbol": definition.name}, "")

    def _recursion(self, f: Recursion) -> str:
        others = [variable(p) for p in f.parameters]
        rest = "".join(f", {p.name}" for p in others)
        how = {"symbol": f.name, "recursion": True}

        def equation(variables: Sequence[Var], at: str, body: Any) -> str:
            head = f"for all {', '.join(map(binding, variables))}. " if variables else ""
            return f"{head}{f.name}({at}{rest}) = {text(term(body))}"

        first = self._add(f"{f.name} at 0", "define", equation(others, "0", f.start), (), how, "")
        k = variable(f.k)
        return self._add(f.name, "define", equation([k, *others], f"{k.name} + 1", f.step), (first,), how, "")

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

    def contradiction(
        self,
        name: str,
        statement: Statement | str,
        *,
        absurd: Mapping[str, Any],
        because: str = "",
        printed: bool = True,
    ) -> str:
        """A claim whose negation gives 0 < 0; ``absurd`` says how that is proved, the negation its last hypothesis."""
        source = statement if isinstance(statement, str) else claim_text(statement)
        negation = denied(parse_claim(source, self.judge.definitions))
        first = self.step(f"{name}, denied", str(negation), **{"rule": "square", **absurd})
        self.hidden |= {first} if printed else {first, name}
        return self._add(name, "contradiction", source, (first,), {"premise": first}, because)

    def congruence(
        self,
        name: str,
        statement: Statement,
        hole: Any,
        of: Any,
        equal: Use | str | int,
        *,
        over: Sequence[Any] = (),
        because: str = "",
        printed: bool = True,
    ) -> str:
        """F(p) = F(q) from ``equal``, p = q: ``of`` is F with ``hole``, a function of the variables ``over``, in it."""
        used = equal if isinstance(equal, Use) else Use(equal)
        certificate: dict[str, Any] = {"of": text(term(of)), "hole": hole.name, "equal": used.entry()}
        certificate["over"] = [binding(variable(v)) for v in over]
        if not printed:
            self.hidden.add(name)
        sources = tuple(sorted(used.sources()))
        return self._add(name, "congruence", claim_text(statement), sources, certificate, because)

    def rank(
        self,
        name: str,
        statement: Statement,
        inner: Any,
        blocks: Sequence[Mapping[str, Any]],
        premises: Mapping[str, Mapping[str, Any]],
        because: str = "",
    ) -> str:
        """At most m rows: ``inner`` is the index below m, ``blocks`` say rows and columns.

        A block maps ``kind`` to one, range or box; ``rows`` and ``columns`` to the two factors of an entry; ``row`` and
        ``column`` to their variables; ``size``, and for a box ``index`` and ``bound``, ``proper``: without the row 0.
        ``premises`` says how ``zero k``, ``above k l`` and, by contradiction, ``diagonal k`` are proved.
        """
        kernel = kernel_claim(statement)
        written = [{key: _written(key, value) for key, value in block.items()} for block in blocks]
        certificate: dict[str, Any] = {"inner": inner.name, "through": text(inner.sort.size)}
        certificate["blocks"] = written
        needed = rank_claims(kernel, certificate, self._context())
        certificate["premises"] = {}
        for key, claim in needed.items():
            how, here = premises[key], f"{name}, {key}"
            if key.startswith("diagonal"):
                self.contradiction(here, str(claim), absurd=how)
            else:
                self.step(here, str(claim), **_how(how))
            certificate["premises"][key] = here
            self.hidden.add(here)
        steps = tuple(sorted(certificate["premises"].values()))
        return self._add(name, "rank", str(kernel), steps, certificate, because)

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
        self.asked = record
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


def _written(key: str, value: Any) -> Any:
    """An entry of a block: words and names as they are, terms as their text."""
    if key in ("kind", "proper"):
        return value
    return value.name if key in ("row", "column", "index") else text(term(sp.sympify(value)))


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
