"""The command line: python cli.py COMMAND, or lemmata COMMAND where the package is installed."""

from __future__ import annotations

import sys

from lemmata import __version__

if __name__ == "__main__" and sys.argv[1:] == ["--version"]:
    # Click alone takes several times as long to import as it takes to answer this.
    print(f"lemmata {__version__}")
    raise SystemExit(0)

import shlex
from typing import Any

import click

from lemmata.commandline import completion
from lemmata.commandline.doctor import doctor
from lemmata.commandline.errata import errata
from lemmata.commandline.figures import FIGURE, figured
from lemmata.commandline.graph import graph
from lemmata.commandline.merging import merge
from lemmata.commandline.mutation import mutate
from lemmata.commandline.options import CONTEXT, JSON, QUIET, RUN_OPTIONS, VERBOSE, pairs, with_options
from lemmata.commandline.output import emit, say, show
from lemmata.commandline.paper import paper
from lemmata.commandline.program import REFUTED, USAGE, Program
from lemmata.commandline.scaffold import new
from lemmata.commandline.settings import settings

# Nothing heavier than Click is imported above: --help and list stay fast, and each command imports what it needs.


@click.group(
    cls=Program,
    name="lemmata",
    context_settings=CONTEXT,
    epilog="Exit codes: 0 verified; 1 refuted, or a proof step failed; 2 usage; 3 inconclusive or empirical; "
    "4 internal error; 130 interrupted. Options may be set as LEMMATA_SEED=7 in the environment and as "
    "seed = 7 under [tool.lemmata] in pyproject.toml or in lemmata.toml; the command line wins.",
)
@click.version_option(
    __version__, prog_name="lemmata", message="%(prog)s %(version)s", allow_from_autoenv=False
)
@click.pass_context
def program(context: click.Context) -> None:
    """Theorems of deep-learning theory that can be run.

    A theorem is proved by steps that a small kernel checks, and seconded by an experiment that could have
    refuted it. Both are shown side by side.
    """
    from pathlib import Path

    assert isinstance(context.command, click.Group)
    context.default_map = settings(context.command, Path.cwd())


@program.command("list", context_settings=CONTEXT)
@JSON
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


@program.command("show", context_settings=CONTEXT)
@click.argument("target", metavar="ID|PATH", shell_complete=completion.ids)
@JSON
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


@program.command(context_settings=CONTEXT)
@click.argument("targets", nargs=-1, metavar="[ID|PATH]...", shell_complete=completion.ids)
@click.option(
    "--all", "everything", is_flag=True, allow_from_autoenv=False, help="Every theorem of the catalogue."
)
@with_options(FIGURE, *RUN_OPTIONS, JSON, QUIET, VERBOSE)
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

    with figured(entries, figure, asked["seed"], asked["quiet"]):
        return sampled(entries, targets, verified, asked)


@program.command(context_settings=CONTEXT)
@click.argument("target", metavar="ID|PATH", shell_complete=completion.ids)
@click.option(
    "--export",
    type=click.Choice(["json", "coq"]),
    allow_from_autoenv=False,
    help="On stdout instead of the report: json, the proof's certificate, which the command replay re-checks; "
    "coq, the same proof for Coq 8.16, which coqc compiles.",
)
@with_options(JSON, QUIET, VERBOSE)
def prove(target: str, export: str | None, **asked: Any) -> int:
    """The derivation alone.

    Every lemma with the rule that checked it and the steps it uses; with -v every step of the kernel.
    """
    from lemmata.catalogue import find

    entry = find(target)
    from lemmata.commandline.running import certificate, each, proved

    return certificate(entry, export) if export else each([entry], [target], proved, asked)


@program.command(context_settings=CONTEXT)
@click.argument("target", metavar="ID|PATH", shell_complete=completion.ids)
@with_options(FIGURE, *RUN_OPTIONS, JSON, QUIET, VERBOSE)
def check(target: str, figure: str | None, **asked: Any) -> int:
    """The experiment alone.

    Every row: what was predicted, what was measured, and the smallest violation that would have been seen.
    """
    from lemmata.catalogue import find

    entry = find(target)
    from lemmata.commandline.running import checked, sampled

    with figured([entry], figure, asked["seed"], asked["quiet"]):
        return sampled([entry], [target], checked, asked)


@program.command(context_settings=CONTEXT)
@click.argument("target", metavar="ID|PATH", shell_complete=completion.ids)
@with_options(*RUN_OPTIONS, JSON, QUIET, VERBOSE)
def variants(target: str, **asked: Any) -> int:
    """The false variants and what refutes each.

    Exit code 0 says that every variant is refused by the proof and refuted by the numbers, 1 that one of them
    is accepted or consistent, 3 that one of them is undecided.
    """
    from lemmata.catalogue import find

    entry = find(target)
    from lemmata.commandline.running import sampled, varied

    return sampled([entry], [target], varied, asked)


@program.command("eval", context_settings=CONTEXT)
@click.argument("target", metavar="ID|PATH", shell_complete=completion.ids)
@click.argument("quantity", shell_complete=completion.quantities)
@click.argument(
    "arguments", nargs=-1, metavar="[NAME=VALUE]...", callback=pairs, shell_complete=completion.arguments
)
@JSON
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


@program.command(context_settings=CONTEXT)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True))
@JSON
def replay(file: str, json: bool) -> int:
    """Re-check a certificate with the kernel alone.

    FILE is what prove --export json printed. Exit code 0 says that every step is accepted, 1 that a step is
    refused, 2 that FILE is no certificate.
    """
    # A certificate is judged without anything that helped to find it: the kernel and the standard library.
    from lemmata.kernel.errors import CertificateError, Refused
    from lemmata.kernel.replay import replay_file
    from lemmata.model import LemmataError

    try:
        found = replay_file(file)
    except CertificateError as error:
        fault = str(error).removeprefix("not a certificate: ")
        raise LemmataError(f"{file} is no certificate: {fault}") from error
    except Refused as error:
        emit(_replayed(json, str(error), accepted=False, step=error.step, reason=error.reason))
        return REFUTED
    ledger = ", ".join(f"{tier} {steps}" for tier, steps in found.ledger.items())
    summary = f"accepted: {found.steps} steps, parts {', '.join(found.parts)}; {ledger}"
    details = {
        "steps": found.steps,
        "parts": list(found.parts),
        "ledger": dict(found.ledger),
        "hash": found.hash,
    }
    emit(_replayed(json, summary, accepted=True, **details))
    return 0


def _replayed(json: bool, text: str, **found: Any) -> str:
    from json import dumps

    return dumps({"schema_version": 1, **found}, indent=1) if json else text


program.add_command(new)
program.add_command(doctor)
program.add_command(errata)
program.add_command(mutate)
program.add_command(paper)
program.add_command(graph)
program.add_command(merge)


def main() -> None:
    """Run the command line and exit; the entry point of the console script."""
    program.main(prog_name=f"python {shlex.quote(sys.argv[0])}" if __name__ == "__main__" else "lemmata")


if __name__ == "__main__":
    main()
