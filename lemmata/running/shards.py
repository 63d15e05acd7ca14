"""One shard: the smallest piece of a run, drawn and counted wherever there is room for it."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, isfinite, log2
from typing import Any

from lemmata.foreign import describe
from lemmata.model import LemmataError, Row
from lemmata.running.experiment import Experiment
from lemmata.sampling import CELLS, AssumptionViolated, Stream, bin_counts

LARGEST_CELLS = 2**20
# Stochastic rounding to 1/cells adds at most 1/(4 cells^2) to the variance: half a percent of it is allowed.
ROUNDING_SHARE = 0.005


@dataclass(frozen=True, slots=True)
class Unit:
    """What one shard needs to be drawn; ``cells`` is None for the shard that decides how finely to round."""

    experiment: Experiment
    row: str
    shard: int
    cells: int | None = None


def count_shard(unit: Unit) -> Any:
    """Counts of one shard on the nodes 0, 1/k, .., 1 of its scaled support: int64 (k + 1,).

    Raises LemmataError naming the row if its sampler fails, or returns another shape, a value that is not
    finite, or one outside the support it declares.
    """
    row = unit.experiment.row(unit.row)
    stream = unit.experiment.stream(row.name, unit.shard)
    values = _draw(row, stream)
    support = _support(row)
    cells = unit.cells or _cells(values, support, stream.xp)
    try:
        return bin_counts(values, support, row.lattice, stream.spawn("rounding"), cells).counts
    except LemmataError as error:
        raise type(error)(f"row {row.name!r}, shard {unit.shard}: {error}") from error


def _draw(row: Row, stream: Stream) -> Any:
    if row.sampler is None:
        raise LemmataError(f"row {row.name!r} has no sampler to draw from")
    try:
        values = row.sampler(stream, row.shard)
    except LemmataError:
        raise
    except (Exception, SystemExit) as error:
        raise LemmataError(f"row {row.name!r}: the sampler raised {describe(error)}") from error
    shape = getattr(values, "shape", None)
    if shape != (row.shard,):
        seen = f"an array of shape {shape}" if shape is not None else f"a {type(values).__name__}"
        raise LemmataError(f"row {row.name!r}: the sampler returned {seen}, not shape ({row.shard},)")
    return _require_real(stream.xp.asarray(values), row, stream.xp)


def _require_real(values: Any, row: Row, xp: Any) -> Any:
    if not xp.isdtype(values.dtype, ("bool", "integral", "real floating")):
        raise LemmataError(f"row {row.name!r}: the sampler returned {values.dtype} values, not real numbers")
    if not bool(xp.all(xp.isfinite(values))):
        raise AssumptionViolated(f"row {row.name!r}: the sampler returned a value that is not finite")
    return values


def _support(row: Row) -> tuple[float, float]:
    low, high = row.support or (0.0, 0.0)
    if not (isfinite(low) and isfinite(high) and low < high):
        raise LemmataError(f"row {row.name!r}: the support [{low}, {high}] is not a finite interval")
    return float(low), float(high)


def _cells(values: Any, support: tuple[float, float], xp: Any) -> int:
    """How finely to round, from the spread of the values before any rounding, so that no bias can enter."""
    spread = float(xp.std(xp.astype(values, xp.float64))) / (support[1] - support[0])
    if spread == 0.0:
        return CELLS
    needed = 0.5 / (spread * ROUNDING_SHARE**0.5)
    return min(LARGEST_CELLS, max(CELLS, 2 ** ceil(log2(needed))))
