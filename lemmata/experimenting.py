"""One theorem's experiment: predictions from its quantities, measurements from its twin, verdicts from statistics."""

from __future__ import annotations

import inspect
import math
from collections.abc import Mapping
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Self

from lemmata.catalogue import Entry
from lemmata.foreign import allowed_seconds, blamed, patience
from lemmata.model import Evidence, LemmataError, NumericsReport, Options, Parameter, Row, VariantReport
from lemmata.proof.quantities import admitted, find, near
from lemmata.proof.reports import Refusal
from lemmata.proof.theorem import Theorem, Variant
from lemmata.provenance import experiment_sources
from lemmata.running import Cluster, Experiment, Processes, Serial, Share, draw_share, evidence
from lemmata.running.executors import Pool
from lemmata.running.loading import load_rows
from lemmata.running.rows import SAMPLED
from lemmata.statistics import ErrorLedger, Tally

_TYPES = {"int": int, "float": float, "str": str}
SHOWN = 40


def parameters(entry: Entry) -> tuple[Parameter, ...]:
    """The parameters of the experiment: the keyword-only parameters of the twin's ``rows``."""
    return tuple(
        Parameter(name=p.name, type=_type(p), default="" if p.default is p.empty else str(p.default))
        for p in _keywords(entry)
    )


def _keywords(entry: Entry) -> list[inspect.Parameter]:
    try:
        signature = inspect.signature(load_rows(entry.twin_source))
    except (TypeError, ValueError) as error:
        raise LemmataError(f"{entry.twin}: rows() has no signature to read: {error}") from error
    return [p for p in signature.parameters.values() if p.kind is p.KEYWORD_ONLY]


def _type(parameter: inspect.Parameter) -> str:
    """The annotation as it is written, whether or not the twin's annotations are texts."""
    kind = parameter.annotation
    return (
        "str"
        if kind is parameter.empty
        else kind
        if isinstance(kind, str)
        else inspect.formatannotation(kind)
    )


def convert(entry: Entry, given: Mapping[str, str]) -> dict[str, Any]:
    """The texts of ``-p name=value`` as the twin's types.

    Raises LemmataError for an unknown name (with the nearest ones), a bad value, or one that must be given.
    """
    known = {p.name: p for p in _keywords(entry)}
    for name in given:
        if name not in known:
            raise LemmataError(f"{entry.id} has no parameter {name!r}: {near(name, known)}")
    for name, parameter in known.items():
        if parameter.default is parameter.empty and name not in given:
            raise LemmataError(f"{entry.id} needs the parameter {name}: -p {name}={_type(parameter).upper()}")
    return {name: _converted(name, _type(known[name]), text) for name, text in given.items()}


def _converted(name: str, annotation: str, text: str) -> Any:
    kind = annotation.split(" ")[0]
    try:
        value = _TYPES.get(kind, str)(text)
    except ValueError:
        value = None
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        shown = text if len(text) <= SHOWN else f"{text[:SHOWN]}..."
        raise LemmataError(f"the parameter {name} is {_article(kind)}, not {shown!r}")
    return value


def _article(kind: str) -> str:
    return {"int": "a whole number", "float": "a finite number"}.get(kind, "a text")


def _executor(options: Options, limit: float | None) -> Serial | Pool:
    if options.cluster is not None:
        return Cluster(options.cluster, limit)
    return Serial() if options.workers == 1 else Processes(options.workers, limit)


def _sources(entry: Entry, options: Options) -> str:
    """The hash of the experiment's files. Raises LemmataError where one cannot be read."""
    try:
        return experiment_sources(entry, options.params.values())
    except OSError as error:
        raise LemmataError(f"{entry.twin} cannot be read: {error.strerror}") from error


class Laboratory(AbstractContextManager["Laboratory"]):
    """Runs the rows of one theorem under one error budget; samples are drawn once and judged as often as needed."""

    def __init__(self, entry: Entry, theorem: Theorem, options: Options, key: str) -> None:
        self._theorem, self._options, self._entry = theorem, options, entry
        self._experiment = Experiment(
            entry.twin_source,
            convert(entry, options.params),
            options.seed,
            key,
            options.backend,
            _sources(entry, options),
        )
        self._ledger = ErrorLedger(options.alpha)
        self._tallies: dict[str, Tally] = {}
        # A catalogued twin may take its time; a user's file that never ends is told so.
        limit = None if entry.module else allowed_seconds()
        self._executor = _executor(options, limit)

    def __enter__(self) -> Self:
        if isinstance(self._executor, Cluster):
            self._executor.connect()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(self._executor, Pool):
            self._executor.__exit__(kind, error, trace)

    def main(self) -> NumericsReport:
        """The theorem's own rows and their joint verdict."""
        found = tuple(map(self.judge, self.rows()))
        verdicts = [e.verdict for e in found]
        worst = next((v for v in ("refuted", "inconclusive") if v in verdicts), "consistent")
        return NumericsReport(verdict=worst, evidence=found)  # type: ignore[arg-type]

    def rows(self) -> tuple[Row, ...]:
        """The theorem's own rows; raises LemmataError where there are none, or for one about what it does not have."""
        every = self._experiment.rows()
        for row in every:
            self._require_known(row)
        own = tuple(row for row in every if row.variant is None)
        if not own:
            raise LemmataError(f"{self._entry.id}: the experiment has no rows")
        return own

    def share(self, share: Share) -> dict[str, tuple[int, int]]:
        """Draw one share of every sampled row and point: how many shards are kept, and how many the share has."""
        self.rows()
        drawn: dict[str, tuple[int, int]] = {}
        for each in (each for row in self._experiment.rows() for each in (row, *row.points)):
            if each.kind in SAMPLED and each.name not in drawn:
                drawn[each.name] = draw_share(
                    self._experiment, each.name, share, self._options.keeper, **self._drawing()
                )
        return drawn

    def _drawing(self) -> dict[str, Any]:
        options = self._options
        return {
            "samples": options.samples,
            "executor": self._executor,
            "budget_seconds": options.budget_seconds,
            "progress": options.progress,
        }

    def judge(self, row: Row) -> Evidence:
        """One of the theorem's own rows."""
        return self._judge(row, {}, "")

    def _require_known(self, row: Row) -> None:
        """A row about something the theorem does not have would be left out, or printed, without a word."""
        theorem = self._theorem
        labels, variants = theorem.labels, [v.name for v in theorem.variants]
        if row.part not in labels:
            raise LemmataError(f"row {row.name!r}: there is no part {row.part!r}: {near(row.part, labels)}")
        if row.variant is not None and row.variant not in variants:
            said = near(row.variant, variants)
            raise LemmataError(f"row {row.name!r}: there is no variant {row.variant!r}: {said}")

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
            quantity = find(name, self._theorem, self._entry.id)
            with (
                patience(self._entry.theorem_source, f"the quantity {name}"),
                blamed(f"row {row.name!r}: {name} raised"),
            ):
                # A row outside of the hypotheses would say nothing of the theorem.
                return replaced.get(name, quantity.formula)(**admitted(quantity, at))

        alpha = self._ledger.spend(f"{self._experiment.key} {self._options.seed} {label} {row.name}")
        return evidence(
            self._experiment,
            row,
            predict,
            alpha,
            tallies=self._tallies,
            keeper=self._options.keeper,
            **self._drawing(),
        )
