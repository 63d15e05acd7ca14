"""The steps of a derivation under way: each becomes a record, and the judge's text decides.

Nothing here is trusted: every record is judged as text, and judged again on replay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lemmata.kernel.context import Context
from lemmata.kernel.documents import FORMAT, VERSION, document_hash
from lemmata.kernel.judge import Judge
from lemmata.kernel.printing import binding, text
from lemmata.kernel.terms import Var
from lemmata.model import LemmataError
from lemmata.proof.expressions import Definition, Recursion, Relation, Statement
from lemmata.proof.theorem import Theorem, claim_text
from lemmata.proof.translation import term, variable
from lemmata.proof.uses import Ordered, Square, Use, support


class Steps:
    """A derivation under way: each call adds one record and has it judged at once."""

    def __init__(
        self,
        theorem: Theorem,
        name: str = "",
        replaced: Mapping[str, Statement] | None = None,
        known: Steps | None = None,
    ) -> None:
        self.theorem = theorem
        self.name = name
        self.judge = Judge()
        self.records: list[dict[str, Any]] = []
        self.asked: dict[str, Any] = {}  # the record that was judged last, accepted or not
        self.hidden: set[str] = set()
        self.proved: dict[str, str] = {}
        self._known = known
        self._written: dict[str, Statement] = {}
        self._statements = {p.label: p.statement for p in theorem.parts} | dict(replaced or {})
        for definition in theorem.definitions:
            self.define(definition)

    def statement(self, label: str) -> Statement:
        """The claim of a part: the theorem's own, or a variant's. Raises LemmataError where there is none."""
        if label not in self._statements:
            raise LemmataError(f"there is no part ({label}) that has a claim")
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
        certificate, sources = support(using, squares, ordered, unfold)
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
        if self._is_known(record):
            assert self._known
            self.judge.steps[name] = self._known.judge.steps[name]
        else:
            self.judge.accept(record)
        self.records.append(record)
        if name in self._statements and source == claim_text(self._statements[name]):
            self.proved[name] = name
        return name

    def _is_known(self, record: Mapping[str, Any]) -> bool:
        """Whether the other derivation had this very record judged after the very same records.

        A judge that has accepted the same texts in the same order says the same again. From the first record that
        differs on, everything is judged; and so are definitions, which the judge keeps for itself.
        """
        place = len(self.records)
        if self._known and self._known.records[place : place + 1] != [record]:
            self._known = None
        return self._known is not None and record["rule"] != "define"

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
