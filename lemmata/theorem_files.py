"""From an entry of the catalogue to its theorem: whatever the file did wrong is one line that names it."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from lemmata.catalogue import Entry
from lemmata.foreign import blamed, patience, shown
from lemmata.model import LemmataError
from lemmata.proof.expressions import Definition, Recursion, Statement
from lemmata.proof.kinds import KINDS, is_kind
from lemmata.proof.quantities import near
from lemmata.proof.theorem import Erratum, Observation, Part, Quantity, Theorem, Variant, kernel_claim
from lemmata.running.loading import load_module


def load(entry: Entry) -> tuple[Theorem, ModuleType]:
    """The theorem of an entry and its module; raises LemmataError naming what the file did wrong."""
    module = load_module(entry.theorem_source, "theorem")
    return theorem_of(entry, module), module


def theorem_of(entry: Entry, module: ModuleType) -> Theorem:
    """The theorem of an entry whose module is loaded; raises LemmataError naming what the file did wrong."""
    theorem = _theorem(entry, module)
    if not callable(script(entry, module)):
        raise LemmataError(f"{entry.theorem} has no derivation: it defines no function derive(proof)")
    with (
        patience(entry.theorem_source, "reading its theorem"),
        blamed(f"{entry.theorem}: the theorem raised"),
    ):
        if fault := _fault(theorem):
            raise LemmataError(f"{entry.theorem}: {fault}")
    return theorem


def script(entry: Entry, module: ModuleType) -> Any:
    """The derivation of an entry: ``derive``, or its own ``derive_name`` in a file of several theorems."""
    own = f"derive_{entry.selector.replace('-', '_')}"
    return getattr(module, own, None) or getattr(module, "derive", None)


def _theorem(entry: Entry, module: ModuleType) -> Theorem:
    name = entry.selector.replace("-", "_") or "theorem"
    theorem = getattr(module, name, None)
    if isinstance(theorem, Theorem):
        return theorem
    known = [other for other, value in vars(module).items() if isinstance(value, Theorem)]
    if theorem is not None:
        said = f"{name} is {shown(theorem)}, not a Theorem"
    elif entry.selector:
        said = f"it defines no Theorem called {shown(name)}: {near(name, known)}"
    else:
        other = f"; {entry.theorem.name}::{known[0]} names the one called {known[0]}" if known else ""
        said = f"it defines no Theorem called theorem{other}"
    raise LemmataError(f"{entry.theorem} has no theorem: {said}")


def _fault(theorem: Theorem) -> str:
    """What is wrong with a theorem before anything is proved; empty if nothing is."""
    return (
        _kinds(theorem)
        or _parts(theorem)
        or _names(theorem)
        or _variants(theorem)
        or _errata(theorem)
        or next((f"the quantity {q.name!r} {f}" for q in theorem.quantities if (f := _quantity(q))), "")
    )


def _printable(name: Any) -> bool:
    return isinstance(name, str) and bool(name) and name.isprintable()


def _kinds(theorem: Theorem) -> str:
    texts: Any = {"setting": theorem.setting, "references": theorem.references}
    if not isinstance(texts["setting"], str):
        return f"its setting is a text, not {shown(theorem.setting)}"
    readings: Any = theorem.readings
    if not isinstance(readings, Mapping) or not all(_printable(w) for item in readings.items() for w in item):
        return f"its readings map symbols to words, and are {shown(theorem.readings)}"
    fields: list[tuple[str, Any, Any]] = [
        ("parts", theorem.parts, Part),
        ("observations", theorem.observations, Observation),
        ("definitions", theorem.definitions, Definition | Recursion),
        ("quantities", theorem.quantities, Quantity),
        ("variants", theorem.variants, Variant),
        ("references", theorem.references, str),
        ("errata", theorem.errata, Erratum),
    ]
    for name, value, kind in fields:
        if not isinstance(value, tuple | list) or not all(isinstance(v, kind) for v in value):
            return f"its {name} are a tuple of {getattr(kind, '__name__', 'Definition')}, not {shown(value)}"
    return ""


def _parts(theorem: Theorem) -> str:
    labels: list[Any] = list(theorem.labels)
    if not labels or not all(map(_printable, labels)):
        return f"a theorem has parts, each with a printable label; it has {shown(labels)}"
    parts = (*theorem.parts, *theorem.observations)
    if silent := next((p for p in parts if not isinstance(p.words, str)), None):
        return f"part ({silent.label}) is said in words, not {shown(silent.words)}"
    return _distinct("parts", labels) or next(
        (f for p in theorem.parts if (f := _statement(f"part ({p.label})", p.statement))), ""
    )


def _names(theorem: Theorem) -> str:
    names = [q.name for q in theorem.quantities]
    nameless = [name for name in names if not _printable(name)]
    if nameless:
        return f"the name of a quantity is a printable text, not {shown(nameless[0])}"
    return _distinct("quantities", names)


def _variants(theorem: Theorem) -> str:
    labels, names = [p.label for p in theorem.parts], [q.name for q in theorem.quantities]
    for variant in theorem.variants:
        if not _printable(variant.name) or not isinstance(variant.changes, str):
            return f"a variant has a printable name and says what it changes, not {shown(variant)}"
        if variant.part not in labels:
            return f"the variant {variant.name!r} changes part {shown(variant.part)}, which has no claim"
        maps: list[Any] = [variant.instance, variant.quantities]
        if not all(isinstance(each, Mapping) for each in maps):
            return f"the instance and the quantities of the variant {variant.name!r} are mappings"
        if unknown := [name for name in variant.quantities if name not in names]:
            return (
                f"the variant {variant.name!r} replaces no quantity {unknown[0]!r}: {near(unknown[0], names)}"
            )
        if fault := _statement(f"the variant {variant.name!r}", variant.statement):
            return fault
    return _distinct("variants", [v.name for v in theorem.variants])


def _errata(theorem: Theorem) -> str:
    labels = [p.label for p in theorem.parts]
    for erratum in theorem.errata:
        if erratum.part not in labels:
            return (
                f"the erratum {erratum.name!r} is corrected by part {shown(erratum.part)}, which has no claim"
            )
    return _distinct("errata", [e.name for e in theorem.errata])


def _statement(owner: str, statement: Any) -> str:
    if not isinstance(statement, Statement):
        return f"{owner} is no claim(variables, relation): its statement is {shown(statement)}"
    try:
        str(kernel_claim(statement))
    except LemmataError as error:
        return f"{owner}: {error}"
    return ""


def _quantity(quantity: Quantity) -> str:
    parameters: Any = quantity.parameters
    if not isinstance(quantity.doc, str):
        return f"is described in words, not by {shown(quantity.doc)}"
    if not callable(quantity.formula):
        return f"has no formula to call but {shown(quantity.formula)}"
    if not isinstance(parameters, Mapping):
        return f"has parameters that are no mapping of names to kinds: {shown(parameters)}"
    for name, kind in parameters.items():
        if not isinstance(kind, str) or not is_kind(kind):
            return f"has a parameter {name} of the kind {shown(kind)}; a kind is one of {', '.join(KINDS)}"
    return ""


def _distinct(what: str, names: list[str]) -> str:
    twice = sorted({name for name in names if names.count(name) > 1})
    return f"two {what} are called {twice[0]!r}" if twice else ""
