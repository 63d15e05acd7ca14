"""What a twin may yield: every field of a row is checked before anything is drawn."""

from __future__ import annotations

import math
from collections.abc import Mapping
from numbers import Integral, Real
from typing import Any, get_args

from lemmata.foreign import shown
from lemmata.model import Grade, Kind, LemmataError, Row

SAMPLED = ("mean-equals", "mean-at-most")
LARGEST_SHARD = 2**16


def require_row(row: Any, source: str, count: int) -> Row:
    """``row`` if it is one, and if it and its points hold what their kinds need; else LemmataError naming it."""
    if not isinstance(row, Row):
        raise LemmataError(f"{source}: rows() yielded a {type(row).__name__} as number {count}, not a Row")
    _require_points(row)
    for each in (row, *row.points):
        _require(source, each, _named(each))
        for fault in (_numbers(each), _needs(each)):
            _require(f"row {each.name!r}", each, fault)
    return row


def _require(words: str, row: Row, fault: str) -> None:
    if fault:
        raise LemmataError(f"{words}: {fault}")


def _named(row: Row) -> str:
    """What is wrong with the words of a row; empty if nothing is."""
    name: Any = row.name
    if not isinstance(name, str) or not name or not name.isprintable():
        return f"the name of a row is a printable text, not {shown(name)}"
    words: dict[str, Any] = {"quantity": row.quantity, "part": row.part, "variant": row.variant or ""}
    for field, value in words.items():
        if not isinstance(value, str):
            return f"row {name!r}: {field} is a text, not {shown(value)}"
    choices: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
        ("kind", row.kind, get_args(Kind)),
        ("grade", row.grade, get_args(Grade)),
        ("relation", row.relation, ("=", "<=", ">=")),
    )
    for field, value, known in choices:
        if value not in known:
            return f"row {name!r}: {field} is one of {', '.join(known)}, not {shown(value)}"
    at: Any = row.at
    if not isinstance(at, Mapping) or not all(isinstance(key, str) for key in at):  # pyright: ignore[reportUnknownVariableType]
        return f"row {name!r}: at maps the names of arguments to values, and is {shown(at)}"  # pyright: ignore[reportUnknownArgumentType]
    return ""


def _numbers(row: Row) -> str:
    """What is wrong with the numbers that any row has."""
    for field in ("tolerance", "relative"):
        value: Any = getattr(row, field)
        if not _finite(value) or value < 0:
            return f"{field} is a finite number, at least 0, not {shown(value)}"
    samples: Any = row.samples
    if not isinstance(samples, Integral) or int(samples) < 1:
        return f"samples is a whole number, at least 1, not {shown(samples)}"
    return ""


def _needs(row: Row) -> str:
    """What is missing for the row's kind."""
    if row.kind in SAMPLED:
        return _needs_to_sample(row)
    if row.kind == "exact" and row.value is not None and not isinstance(row.value, Real):
        return f"its value is a real number, not {shown(row.value)}"
    if row.kind != "scaling-law" and row.value is None:
        return f"{row.kind} needs a value"
    return ""


def _needs_to_sample(row: Row) -> str:
    support: Any = row.support
    if not callable(row.sampler) or support is None:
        return f"{row.kind} needs a sampler and a support"
    if not isinstance(support, tuple | list) or len(support) != 2 or not all(map(_finite, support)):  # pyright: ignore[reportUnknownArgumentType]
        return f"the support {shown(support)} is not a pair of finite numbers"  # pyright: ignore[reportUnknownArgumentType]
    low, high = row.support or (0.0, 0.0)
    if not low < high:
        return f"the support [{low}, {high}] has no inside: its lower end comes first"
    if row.lattice is not None and not (_finite(row.lattice) and row.lattice > 0):
        return f"the lattice is a number above 0, not {shown(row.lattice)}"
    shard: Any = row.shard
    whole = isinstance(shard, Integral) and 1 <= int(shard) <= LARGEST_SHARD
    if not whole or int(shard) & (int(shard) - 1):
        return f"a shard is a power of two up to 2^16, not {shown(shard)}"
    return ""


def _require_points(row: Row) -> None:
    points: Any = row.points
    if not isinstance(points, tuple | list) or not all(isinstance(p, Row) for p in points):  # pyright: ignore[reportUnknownVariableType]
        raise LemmataError(f"row {shown(row.name)}: points is a tuple of rows, not {shown(points)}")  # pyright: ignore[reportUnknownArgumentType]
    if row.kind != "scaling-law":
        return
    scaled = [_finite(p.abscissa) and _finite(p.scale) and p.scale > 0 for p in row.points]
    if len(scaled) < 2 or not all(scaled) or any(p.kind != "mean-equals" for p in row.points):
        raise LemmataError(
            f"row {row.name!r}: a scaling law needs two mean-equals points, each with abscissa and scale"
        )


def _finite(value: Any) -> bool:
    try:
        return isinstance(value, Real) and math.isfinite(value)
    except OverflowError:  # a fraction or an integer beyond the floats
        return False
