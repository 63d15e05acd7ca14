"""The commands list, show and eval: what the catalogue has and what its theorems say; nothing is proved or drawn."""

from __future__ import annotations

import click

from lemmata.commandline import completion
from lemmata.commandline.options import CONTEXT, JSON, TARGET, pairs
from lemmata.commandline.output import emit, say, show
from lemmata.commandline.program import USAGE

QUANTITY = click.Argument(["quantity"], shell_complete=completion.quantities)
ARGUMENTS = click.Argument(
    ["arguments"], nargs=-1, metavar="[NAME=VALUE]...", callback=pairs, shell_complete=completion.arguments
)


@click.command("list", context_settings=CONTEXT, params=[JSON])
def list_theorems(json: bool) -> int:
    """All theorems: id, theme, title, last verdict.

    A verdict is marked as older where the files of its theorem have changed since.
    An id that a theorem of a pack has too is shown as PACK:ID, lemmata:ID for the shipped one, and asked for so.
    What is wrong with the catalogue itself (a theorem without an experiment, an experiment without a theorem,
    an id taken twice) is said on stderr and makes the exit code 2.
    """
    from lemmata import kept
    from lemmata.catalogue import scan
    from lemmata.model import Listing
    from lemmata.reporting import json_documents, listing

    found = scan()
    lines: list[Listing] = []
    for name, entry in zip(found.names(), found.entries, strict=True):
        status, stale = kept.status(entry, lambda fault: say(f"warning: {fault}"))
        lines.append(Listing(id=name, title=entry.title, theme=entry.theme, status=status, stale=stale))
    if json:
        emit(json_documents.text(json_documents.listing(lines, found.problems)))
    else:
        show(listing(lines))
    for problem in found.problems:
        say(f"error: {problem}")
    return USAGE if found.problems else 0


@click.command("show", context_settings=CONTEXT, params=[TARGET, JSON])
def show_theorem(target: str, json: bool) -> int:
    """What a theorem says; nothing is run.

    Statement and hypotheses, what each symbol stands for, sources, the parameters of the experiment (-p), the
    closed forms that eval knows, and the false variants.
    """
    from lemmata.catalogue import find

    entry = find(target)
    from lemmata import verification
    from lemmata.reporting import description, json_documents

    described = verification.describe(entry)
    if json:
        emit(json_documents.text(json_documents.description(described)))
    else:
        show(description(described))
    return 0


@click.command("eval", context_settings=CONTEXT, params=[TARGET, QUANTITY, ARGUMENTS, JSON])
def evaluate(target: str, quantity: str, arguments: dict[str, str], json: bool) -> int:
    """A closed form at your numbers.

    Prints NAME = EXACT = DECIMAL, without the exact value where there is none. Rationals are written 1/3,
    vectors r=3,2,1, functions by name; the command show lists the closed forms of a theorem.
    """
    from lemmata.catalogue import find

    entry = find(target)
    from lemmata import verification
    from lemmata.reporting import evaluation, json_documents

    found = verification.evaluate(entry, quantity, arguments)
    if json:
        emit(json_documents.text(json_documents.evaluation(found)))
    else:
        show(evaluation(found))
    return 0
