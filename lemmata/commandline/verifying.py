"""The commands verify, prove, check and variants: the proof of a theorem, its experiment, or both."""

from __future__ import annotations

from typing import Any

import click

from lemmata.commandline.figures import FIGURE, figured
from lemmata.commandline.options import CONTEXT, JSON, QUIET, RUN_OPTIONS, TARGET, TARGETS, VERBOSE

ALL = click.Option(
    ["--all", "everything"], is_flag=True, allow_from_autoenv=False, help="Every theorem of the catalogue."
)
EXPORT = click.Option(
    ["--export"],
    type=click.Choice(["json", "coq"]),
    allow_from_autoenv=False,
    help="On stdout instead of the report: json, the proof's certificate, which the command replay re-checks; "
    "coq, the same proof for Coq 8.16, which coqc compiles.",
)


@click.command(context_settings=CONTEXT, params=[TARGETS, ALL, FIGURE, *RUN_OPTIONS, JSON, QUIET, VERBOSE])
def verify(targets: tuple[str, ...], everything: bool, figure: str | None, **asked: Any) -> int:
    """Prove a theorem and put it to the test.

    Each part of the statement with its status, the lemma lines of the proof and what they rest on, every row
    of the experiment with the violation it would have seen, and the false variants, which must be refused by
    the proof and refuted by the numbers. PATH is a file of your own: ./my_lemma.py or ./my_lemma.py::id. The
    finished report is kept as JSON in ./results.
    """
    from lemmata.catalogue import find, scan

    if everything == bool(targets):
        both = "--all is every theorem: leave it out, or name none"
        fault = both if everything else "name at least one theorem, or say --all"
        raise click.UsageError(fault, click.get_current_context())
    if everything:
        found = scan()
        entries, targets = found.entries, found.names()
    else:
        entries = tuple(find(target) for target in targets)
    from lemmata.commandline.running import sampled, verified

    with figured(entries, figure, asked):
        return sampled(entries, targets, verified, asked)


@click.command(context_settings=CONTEXT, params=[TARGET, EXPORT, JSON, QUIET, VERBOSE])
def prove(target: str, export: str | None, **asked: Any) -> int:
    """The derivation alone.

    Every lemma with the rule that checked it and the steps it uses; with -v every step of the kernel.
    """
    from lemmata.catalogue import find

    entry = find(target)
    from lemmata.commandline.running import certificate, each, proved

    return certificate(entry, export) if export else each([entry], [target], proved, asked)


@click.command(context_settings=CONTEXT, params=[TARGET, FIGURE, *RUN_OPTIONS, JSON, QUIET, VERBOSE])
def check(target: str, figure: str | None, **asked: Any) -> int:
    """The experiment alone.

    Every row: what was predicted, what was measured, and the smallest violation that would have been seen.
    """
    from lemmata.catalogue import find

    entry = find(target)
    from lemmata.commandline.running import checked, sampled

    with figured([entry], figure, asked):
        return sampled([entry], [target], checked, asked)


@click.command(context_settings=CONTEXT, params=[TARGET, *RUN_OPTIONS, JSON, QUIET, VERBOSE])
def variants(target: str, **asked: Any) -> int:
    """The false variants and what refutes each.

    Exit code 0 says that every variant is refused by the proof and refuted by the numbers, 1 that one of them
    is accepted or consistent, 3 that one of them is undecided.
    """
    from lemmata.catalogue import find

    entry = find(target)
    from lemmata.commandline.running import sampled, varied

    return sampled([entry], [target], varied, asked)
