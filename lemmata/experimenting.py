"""One theorem's experiment: predictions from its quantities, measurements from its twin, verdicts from statistics."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any

from lemmata.catalogue import Entry
from lemmata.model import Evidence, LemmataError, NumericsReport, Options, Parameter, Row, VariantReport
from lemmata.proof.quantities import find
from lemmata.proof.reports import Refusal
from lemmata.proof.theorem import Theorem, Variant
from lemmata.running import Experiment, Processes, Serial, evidence
from lemmata.running.loading import describe as describe_error
from lemmata.running.loading import load_rows
from lemmata.statistics import ErrorLedger, Tally

_TYPES = {"int": int, "float": float, "str": str}


def parameters(entry: Entry) -> tuple[Parameter, ...]:
    """The parameters of the experiment: the keyword-only parameters of the twin's ``rows``."""
    signature = inspect.signature(load_rows(entry.twin_source))
    return tuple(
        Parameter(name=p.name, type=str(p.annotation), default=str(p.default))
        for p in signature.parameters.values()
        if p.kind is p.KEYWORD_ONLY
    )


def convert(entry: Entry, given: Mapping[str, str]) -> dict[str, Any]:
    """The texts of ``-p name=value`` as the twin's types; raises LemmataError for an unknown name or a bad value."""
    known = {p.name: p for p in parameters(entry)}
    found: dict[str, Any] = {}
    for name, text in given.items():
        if name not in known:
            raise LemmataError(f"{entry.id} has no parameter {name!r}: it has {', '.join(known) or 'none'}")
        kind = known[name].type.split(" ")[0]
        try:
            found[name] = _TYPES.get(kind, str)(text)
        except ValueError:
            raise LemmataError(f"the parameter {name} is {_article(kind)}, not {text!r}") from None
    return found


def _article(kind: str) -> str:
    return {"int": "a whole number", "float": "a number"}.get(kind, "a text")


class Laboratory(AbstractContextManager["Laboratory"]):
    """Runs the rows of one theorem under one error budget; samples are drawn once and judged as often as needed."""

    def __init__(self, entry: Entry, theorem: Theorem, options: Options, key: str) -> None:
        self._theorem, self._options, self._entry = theorem, options, entry
        self._experiment = Experiment(
            entry.twin_source, convert(entry, options.params), options.seed, key, options.backend
        )
        self._ledger = ErrorLedger(options.alpha)
        self._tallies: dict[str, Tally] = {}
        self._executor = Serial() if options.workers == 1 else Processes(options.workers)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(self._executor, Processes):
            if kind is not None and issubclass(kind, KeyboardInterrupt):
                self._executor.kill()
            else:
                self._executor.close()

    def main(self) -> NumericsReport:
        """The theorem's own rows."""
        found = tuple(self._judge(row, {}, "") for row in self._experiment.rows() if row.variant is None)
        if not found:
            raise LemmataError(f"{self._entry.id}: the experiment has no rows")
        verdicts = [e.verdict for e in found]
        worst = next((v for v in ("refuted", "inconclusive") if v in verdicts), "consistent")
        return NumericsReport(verdict=worst, evidence=found)  # type: ignore[arg-type]

    def variant(self, variant: Variant, refusal: Refusal) -> VariantReport:
        """A false variant: its formulas on the theorem's rows, or the theorem's formulas on its own rows."""
        rows = [r for r in self._experiment.rows() if self._concerns(r, variant)]
        found = tuple(self._judge(row, variant.quantities, variant.name) for row in rows)
        verdicts = {e.verdict for e in found}
        numerics: Any = "not run" if not found else "refuted" if "refuted" in verdicts else "consistent"
        if found and "refuted" not in verdicts and "inconclusive" in verdicts:
            numerics = "inconclusive"
        against = tuple(e for e in found if e.verdict == "refuted") or found
        return VariantReport(
            name=variant.name,
            changes=variant.changes,
            statement=refusal.statement,
            proof=refusal.proof,
            step=refusal.step,
            witness=refusal.witness,
            numerics=numerics,
            evidence=against,
        )

    def _concerns(self, row: Row, variant: Variant) -> bool:
        if row.variant is not None:
            return row.variant == variant.name
        return row.quantity in variant.quantities

    def _judge(self, row: Row, replaced: Mapping[str, Any], label: str) -> Evidence:
        def predict(name: str, at: Mapping[str, Any]) -> Any:
            formula = replaced.get(name) or find(name, self._theorem, self._entry.id).formula
            try:
                return formula(**at)
            except Exception as error:
                raise LemmataError(f"row {row.name!r}: {name} raised {describe_error(error)}") from error

        alpha = self._ledger.spend(f"{self._experiment.key} {self._options.seed} {label} {row.name}")
        return evidence(
            self._experiment,
            row,
            predict,
            alpha,
            self._executor,
            samples=self._options.samples,
            budget_seconds=self._options.budget_seconds,
            progress=self._options.progress,
            tallies=self._tallies,
        )
