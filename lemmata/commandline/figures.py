"""The option --figure: the theorem's figure beside the report of a run."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from lemmata.commandline.output import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from lemmata.catalogue import Entry

FIGURE = click.Option(
    ["--figure"],
    type=click.Path(dir_okay=False),
    metavar="FILE",
    allow_from_autoenv=False,
    help="Draw the theorem's figure as well; FILE ends in .svg, .png or .pdf. Parameters (-p) that it does not "
    "depend on are named. Needs matplotlib.",
)


@contextmanager
def figured(entries: Sequence[Entry], file: str | None, asked: Mapping[str, Any]) -> Generator[None]:
    """Draws before what is inside is run, so that no fault of the figure is found late, and writes after it.

    Nothing is drawn where ``file`` is None. Parameters of the run that the figure does not depend on are named.
    Raises LemmataError for what keeps it from being drawn or written.
    """
    if file is None:
        yield
        return
    if len(entries) != 1:
        raise click.UsageError("--figure draws one theorem: name one", click.get_current_context())
    from pathlib import Path

    from lemmata import results
    from lemmata.drawing import draw, ending, require
    from lemmata.model import LemmataError

    path = Path(file)
    require(entries[0], path)
    drawn, idle = draw(entries[0], ending(path), asked["seed"], asked["param"])
    yield
    try:
        results.write(path, drawn)
    except OSError as error:
        raise LemmataError(f"the figure {path} cannot be written: {error.strerror}") from error
    if not asked["quiet"]:
        unused = f", which does not depend on {', '.join(idle)}" if idle else ""
        say(f"figure: {path}{unused}")
