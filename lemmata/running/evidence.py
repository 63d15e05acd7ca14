"""One row of numbers: a prediction by one who knows the formula, a measurement by one who does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from functools import partial
from numbers import Rational
from typing import Any

from lemmata.foreign import shown
from lemmata.model import Evidence, LemmataError, Row
from lemmata.running.executors import Executor
from lemmata.running.experiment import SAMPLED, Experiment
from lemmata.running.keeping import Keeper
from lemmata.running.tallies import Progress, tally
from lemmata.statistics import (
    Decision,
    Tally,
    decide_exact,
    decide_exact_at_least,
    decide_exact_at_most,
    decide_mean_at_most,
    decide_mean_equals,
    decide_scaling_law,
)

Predict = Callable[[str, Mapping[str, Any]], Any]
# A tolerance above a quarter of the prediction would be consistent with almost anything.
WIDEST = 0.25


def evidence(
    experiment: Experiment,
    row: Row,
    predict: Predict,
    alpha: float,
    executor: Executor | None = None,
    *,
    samples: int | None = None,
    budget_seconds: float | None = None,
    progress: Progress | None = None,
    tallies: MutableMapping[str, Tally] | None = None,
    keeper: Keeper | None = None,
) -> Evidence:
    """The verdict on one row of kind mean-equals, mean-at-most, scaling-law or exact.

    ``predict(quantity, at)`` is the formula's value. ``samples`` and ``budget_seconds`` hold for each sampled
    row or point. ``tallies`` keeps finished tallies by row name, for rows that are points of a scaling law
    too: share it only between calls with the same experiment, samples and budget. ``keeper`` keeps shards from
    one run to the next.
    Raises LemmataError for another kind, a prediction that is no finite number, a tolerance that is wider
    than a quarter of it, and for whatever breaks in the twin, naming the row.
    """
    known: MutableMapping[str, Tally] = {} if tallies is None else tallies
    draw = partial(
        tally,
        experiment,
        samples=samples,
        executor=executor,
        budget_seconds=budget_seconds,
        progress=progress,
        keeper=keeper,
    )

    def sample(name: str) -> Tally:
        if name not in known:
            known[name] = draw(name)
        return known[name]

    predicted = _predicted(row, predict)
    tolerance = effective_tolerance(row, predicted)
    try:
        decision = _decide(row, predicted, tolerance, alpha, sample)
    except LemmataError as error:
        raise error if repr(row.name) in str(error) else LemmataError(f"row {row.name!r}: {error}") from error
    return _assemble(experiment, row, float(predicted), tolerance, alpha, decision)


def effective_tolerance(row: Row, predicted: Any) -> float:
    """``row.tolerance + row.relative * |predicted|``.

    Raises LemmataError if the row is sampled and that is more than a quarter of a prediction other than zero.
    """
    size = abs(float(predicted))
    tolerance = row.tolerance + row.relative * size
    if row.kind in (*SAMPLED, "scaling-law") and size and tolerance > WIDEST * size:
        raise LemmataError(
            f"row {row.name!r}: its tolerance {tolerance:.3g} exceeds a quarter of the prediction {size:.3g}"
        )
    return tolerance


def _predicted(row: Row, predict: Predict) -> Any:
    predicted = predict(row.quantity, row.at)
    try:
        finite = abs(float(predicted)) < float("inf")
    except (TypeError, ValueError, OverflowError):
        finite = False
    if not finite:
        raise LemmataError(
            f"row {row.name!r}: the prediction {shown(predicted)} of {row.quantity} is no finite number"
        )
    # Fractions are compared as they are; a formula that is left standing would be computed with at every comparison.
    return predicted if isinstance(predicted, Rational) else float(predicted)


def _decide(
    row: Row, predicted: Any, tolerance: float, alpha: float, sample: Callable[[str], Tally]
) -> Decision:
    if row.kind == "exact":
        decide = {"=": decide_exact, "<=": decide_exact_at_most, ">=": decide_exact_at_least}[row.relation]
        return decide(row.value, predicted, tolerance, row.grade)
    if row.kind == "mean-equals":
        return decide_mean_equals(sample(row.name), float(predicted), tolerance, alpha, row.grade)
    if row.kind == "mean-at-most":
        return decide_mean_at_most(sample(row.name), float(predicted), tolerance, alpha, row.grade)
    if row.kind == "scaling-law":
        tallies = [sample(point.name) for point in row.points]
        abscissae = [float(point.abscissa or 0.0) for point in row.points]
        scales = [float(point.scale) for point in row.points]
        return decide_scaling_law(tallies, abscissae, scales, float(predicted), tolerance, alpha, row.grade)
    raise LemmataError(f"row {row.name!r}: there is no rule of decision for the kind {row.kind}")


def _assemble(
    experiment: Experiment, row: Row, predicted: float, tolerance: float, alpha: float, decision: Decision
) -> Evidence:
    return Evidence(
        name=row.name,
        part=row.part,
        kind=row.kind,
        quantity=row.quantity,
        point=dict(row.at),
        predicted=predicted,
        estimate=decision.estimate,
        lower=decision.lower,
        upper=decision.upper,
        tolerance=tolerance,
        n=decision.n,
        alpha=0.0 if row.kind == "exact" else alpha,
        detectable=decision.detectable,
        grade=row.grade,
        seed=experiment.seed,
        backend=experiment.resolved().name,
        verdict=decision.verdict,
        note=decision.note,
    )
