"""What is said of a row or a variant that did not do what it should, line by line."""

from __future__ import annotations

from lemmata.model import Evidence, VariantReport
from lemmata.reporting import numbers


def measured(row: Evidence) -> tuple[str, ...]:
    """What was predicted of a row and what was seen, in the words of its verdict."""
    asked = {
        "refuted": "the interval lies outside what the prediction allows",
        "inconclusive": "undecided: the interval is too wide; more samples may decide (--theorems-samples N)",
        "consistent": "the interval lies within what the prediction allows",
    }
    samples = numbers.count(row.n) if row.detectable is not None else "exact"
    interval = f"[{numbers.value(row.lower)}, {numbers.value(row.upper)}]"
    at = ", ".join(f"{name} = {value}" for name, value in row.point.items())
    lines = (
        f"row {row.name!r} of part ({row.part}) {row.verdict}: {asked[row.verdict]}",
        f"predicted  {row.quantity}({at}) = {numbers.value(row.predicted)}, tolerance {numbers.value(row.tolerance)}",
        f"measured   {numbers.measured(row.estimate, row.lower, row.upper)}, n {samples}, seed {row.seed}",
        f"interval   {interval}",
    )
    return (*lines, f"note       {row.note}") if row.note else lines


def uncaught(variant: VariantReport) -> tuple[str, ...]:
    """Why a false variant is not caught: what the proof says of it, and what the numbers say."""
    lines = [f"the variant {variant.name!r} ({variant.changes}) is not both refused and refuted"]
    said = {
        "accepted": "accepted: the derivation proves the changed claim too",
        "unproved": f"refused at step {variant.step!r}, but not false at its instance: {variant.witness}",
        "refused": f"refused at step {variant.step!r}, false at {variant.witness}",
    }
    lines += [f"claim      {variant.statement}", f"proof      {said[variant.proof]}"]
    if variant.numerics == "not run":
        return (*lines, "numbers    not run: no row is about it, or about a quantity that it changes")
    lines.append(f"numbers    {variant.numerics}")
    for row in variant.evidence if variant.numerics != "refuted" else ():
        lines += measured(row)
    return tuple(lines)
