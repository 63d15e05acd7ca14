"""The figure of a theorem: a companion of its twin draws the experiment and asks for the theorem's formulas by name."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from lemmata.catalogue import Entry
from lemmata.experimenting import convert
from lemmata.foreign import blamed, patience, place
from lemmata.model import LemmataError
from lemmata.proof.quantities import admitted, find
from lemmata.proof.theorem import Theorem
from lemmata.reporting.figures import UNDATED, picture
from lemmata.running.loading import load_module
from lemmata.sampling import Stream, resolve
from lemmata.theorem_files import load
from lemmata.verification import claims_hash


def require(entry: Entry, file: Path) -> None:
    """Whatever would keep a figure from being drawn and written, before anything is run; raises LemmataError."""
    _companion(entry)
    if ending(file) not in UNDATED:
        kinds = ", ".join(f".{kind}" for kind in UNDATED)
        raise LemmataError(f"{file} is no name of a figure: it ends in one of {kinds}")
    if not os.access(file.parent, os.W_OK | os.X_OK) or (file.exists() and not os.access(file, os.W_OK)):
        missing = "there is no such folder" if not file.parent.is_dir() else "permission denied"
        raise LemmataError(f"the figure {file} cannot be written: {missing}")
    try:
        with TemporaryFile(dir=file.parent):  # a folder that seems writable may still take no file
            pass
    except OSError as error:
        raise LemmataError(f"the figure {file} cannot be written: {error.strerror}") from error
    if find_spec("matplotlib") is None:
        raise LemmataError(
            "a figure is drawn with matplotlib, which is not installed: pip install 'lemmata[plot]'"
        )


def ending(file: Path) -> str:
    """``svg`` of ``gate.SVG``."""
    return file.suffix.lower().removeprefix(".")


def draw(entry: Entry, kind: str, seed: int, given: Mapping[str, str]) -> tuple[bytes, tuple[str, ...]]:
    """The figure as the bytes of a file, and which of the experiment's parameters ``given`` it does not depend on.

    It takes those that are keyword-only parameters of its companion's ``draw`` as well. Raises LemmataError for those
    that are none of the experiment, and naming what the companion did wrong.
    """
    theorem, _ = load(entry)
    parameters = convert(entry, given)
    source = _companion(entry)
    drawn = getattr(load_module(source, "figure"), "draw", None)
    if not callable(drawn):
        raise LemmataError(f"{place(source)} has no function draw(figure, formula, rng, xp)")
    xp = resolve("numpy").xp
    rng = Stream.keyed(seed, claims_hash(theorem), "figure", 0, xp)
    with patience(source, "draw()"), blamed(f"{place(source)}: draw() raised"):
        taken = {name: value for name, value in parameters.items() if name in _keywords(drawn)}
        made = picture(lambda figure: drawn(figure, _formulas(entry, theorem), rng, xp, **taken), kind)
    return made, tuple(name for name in parameters if name not in taken)


def _keywords(drawn: Callable[..., Any]) -> set[str]:
    found = inspect.signature(drawn).parameters.values()
    return {parameter.name for parameter in found if parameter.kind is parameter.KEYWORD_ONLY}


def _companion(entry: Entry) -> str:
    """``module:numerics.theme._slug_figure`` or ``file:/path/_slug_figure.py``, beside the twin."""
    kind, _, where = entry.twin_source.partition(":")
    assert entry.twin is not None  # or there would be no source
    file = entry.twin.with_name(f"_{entry.twin.stem}_figure.py")
    if not file.is_file():
        raise LemmataError(
            f"{entry.id} has no figure: its experiment has no companion {file.name} that draws one"
        )
    package, _, slug = where.rpartition(".")
    return f"module:{package}._{slug}_figure" if kind == "module" else f"file:{file}"


def _formulas(entry: Entry, theorem: Theorem) -> Any:
    def formula(name: str, /, **at: Any) -> Any:
        quantity = find(name, theorem, entry.id)
        return quantity.formula(**admitted(quantity, at))

    return formula
