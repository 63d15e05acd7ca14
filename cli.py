"""The command line: python cli.py COMMAND, or lemmata COMMAND where the package is installed."""

from __future__ import annotations

import sys

from lemmata import __version__

if __name__ == "__main__" and sys.argv[1:] == ["--version"]:
    # Click alone takes several times as long to import as it takes to answer this.
    print(f"lemmata {__version__}")
    raise SystemExit(0)

import click

from lemmata.commandline.doctor import doctor
from lemmata.commandline.errata import errata
from lemmata.commandline.graph import graph
from lemmata.commandline.merging import merge
from lemmata.commandline.mutation import mutate
from lemmata.commandline.options import CONTEXT
from lemmata.commandline.paper import paper
from lemmata.commandline.program import Program
from lemmata.commandline.reading import evaluate, list_theorems, show_theorem
from lemmata.commandline.replay import replay
from lemmata.commandline.scaffold import new
from lemmata.commandline.verifying import check, prove, variants, verify

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

    from lemmata.commandline.settings import settings

    assert isinstance(context.command, click.Group)
    context.default_map = settings(context.command, Path.cwd())


for command in (
    list_theorems,
    show_theorem,
    verify,
    prove,
    check,
    variants,
    evaluate,
    replay,
    new,
    doctor,
    errata,
    mutate,
    paper,
    graph,
    merge,
):
    program.add_command(command)


def main() -> None:
    """Run the command line and exit; the entry point of the console script."""
    import shlex

    program.main(prog_name=f"python {shlex.quote(sys.argv[0])}" if __name__ == "__main__" else "lemmata")


if __name__ == "__main__":
    main()
