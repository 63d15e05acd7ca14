"""The parameters that commands share: each is one object, made once and given to all of them as ``params``."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from lemmata.commandline import completion

if TYPE_CHECKING:
    from lemmata.model import Options, Progress

CONTEXT = {"auto_envvar_prefix": "LEMMATA", "help_option_names": ["-h", "--help"]}
# The defaults of lemmata.model.Options, said again because --help must not wait for that import; a test compares them.
DEFAULTS: dict[str, Any] = {"seed": 0, "alpha": 1e-3, "backend": "auto", "workers": 1}

# Where an option may have been given, the strongest place first.
PLACES = (ParameterSource.COMMANDLINE, ParameterSource.ENVIRONMENT, ParameterSource.DEFAULT_MAP)


def pairs(context: click.Context, option: click.Parameter, words: Iterable[str]) -> dict[str, str]:
    """Click's callback for words of the form NAME=VALUE: a mapping, or a usage error."""
    found: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name.isidentifier():
            raise click.BadParameter(f"{word!r} is not of the form name=value", context, option)
        if name in found:
            raise click.BadParameter(f"{name!r} is given twice", context, option)
        found[name] = value
    return found


def _finite(context: click.Context, option: click.Parameter, number: float | None) -> float | None:
    if number is not None and not math.isfinite(number):
        raise click.BadParameter(f"{number} is not a finite number", context, option)
    return number


def _share(context: click.Context, option: click.Parameter, text: str | None) -> tuple[int, int] | None:
    """Click's callback for I/N: which block of how many, or a usage error."""
    if text is None:
        return None
    words = text.split("/")
    if len(words) == 2 and all(word.isascii() and word.isdecimal() and len(word) < 10 for word in words):
        number, parts = map(int, words)
        if 1 <= number <= parts:
            return number, parts
    raise click.BadParameter(
        f"{text!r} is not of the form I/N, the I-th of N shares counted from 1", context, option
    )


class FilePath(click.Path):
    """A file as a pathlib.Path, whose module is imported where a file is named: --help needs none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, checked as click.Path checks it."""
        from pathlib import Path

        return Path(str(super().convert(value, param, ctx)))


STORE = click.Option(
    ["--store"],
    type=FilePath(dir_okay=False),
    metavar="FILE",
    help="Where shards are kept from one run to the next (default: a file in your cache folder).",
)

RUN_OPTIONS = (
    click.Option(
        ["--seed"],
        type=click.IntRange(min=0),
        default=DEFAULTS["seed"],
        show_default=True,
        metavar="N",
        help="Seed of every random draw: the same seed gives the same digits.",
    ),
    click.Option(
        ["--alpha"],
        type=click.FloatRange(0, 1, min_open=True, max_open=True),
        callback=_finite,
        default=DEFAULTS["alpha"],
        show_default=True,
        metavar="P",
        help="Error budget of the whole run: a bound on the probability of any wrong verdict on a number.",
    ),
    click.Option(
        ["--samples"],
        type=click.IntRange(min=1),
        metavar="N",
        help="Samples of every sampled row, rounded up to whole shards (default: as each row says).",
    ),
    click.Option(
        ["--budget-seconds"],
        type=click.FloatRange(0, min_open=True),
        callback=_finite,
        metavar="S",
        help="Seconds after which no further samples of a row are waited for.",
    ),
    click.Option(
        ["--backend"],
        type=click.Choice(["auto", "numpy", "cupy"]),
        default=DEFAULTS["backend"],
        show_default=True,
        help="Where arrays live; auto takes a GPU if one can be used.",
    ),
    click.Option(
        ["--workers"],
        type=click.IntRange(min=1),
        default=DEFAULTS["workers"],
        show_default=True,
        metavar="N",
        help="Processes that draw samples; no digit depends on their number.",
    ),
    click.Option(
        ["--cluster"],
        metavar="ADDRESS",
        help="Dask workers in place of --workers: a scheduler's address, or local:N for N on this machine.",
    ),
    STORE,
    click.Option(["--no-store"], is_flag=True, help="Keep no shards, and take none up."),
    click.Option(
        ["--shard"],
        callback=_share,
        metavar="I/N",
        help="Draw only the I-th of N shares of all shards into --store, without a verdict (exit code 3); the "
        "command merge joins the stores.",
    ),
    click.Option(
        ["-p", "param"],
        multiple=True,
        callback=pairs,
        shell_complete=completion.parameters,
        metavar="NAME=VALUE",
        help="A parameter of the theorem's experiment, as often as needed; the command show lists them.",
    ),
)
TARGET = click.Argument(["target"], metavar="ID|PATH", shell_complete=completion.ids)
TARGETS = click.Argument(["targets"], nargs=-1, metavar="[ID|PATH]...", shell_complete=completion.ids)
JSON = click.Option(["--json"], is_flag=True, help="One JSON document on stdout.")
QUIET = click.Option(["-q", "--quiet"], is_flag=True, help="One line a theorem, and no progress bars.")
VERBOSE = click.Option(["-v", "--verbose"], is_flag=True, help="Every kernel step, sources, provenance.")


def run_options(values: Mapping[str, Any], progress: Progress | None = None, keeper: Any = None) -> Options:
    """The Options of a command's parsed values."""
    from lemmata.model import Options

    names = ("seed", "alpha", "samples", "budget_seconds", "backend", "workers")
    told = {name: values[name] for name in names}
    if stronger("cluster", "workers"):
        told["workers"], told["cluster"] = 1, values["cluster"]
    return Options(**told, params=values["param"], progress=progress, keeper=keeper)


def stronger(one: str, other: str) -> bool:
    """Whether the first of two options that exclude each other is the one that was given.

    The command line wins over the environment, that over a settings file. Raises UsageError for two in one place.
    """
    context = click.get_current_context()
    ranks = [
        PLACES.index(source) if (source := context.get_parameter_source(name)) in PLACES else len(PLACES)
        for name in (one, other)
    ]
    if ranks[0] == ranks[1] < len(PLACES):
        flags = [f"--{name.replace('_', '-')}" for name in (one, other)]
        raise click.UsageError(f"{flags[0]} and {flags[1]} exclude each other: give one of them", context)
    return ranks[0] < ranks[1]


def reproducing(target: str, options: Options | None = None) -> str:
    """The command that gives the same digits again: how many workers there were does not matter."""
    import shlex

    context = click.get_current_context()
    words = [target]
    if options is not None:
        words += ["--seed", str(options.seed)]
        for name in ("alpha", "samples", "budget_seconds", "backend"):
            if (value := getattr(options, name)) != DEFAULTS.get(name):
                words += [f"--{name.replace('_', '-')}", str(value)]
        words += [word for name, value in options.params.items() for word in ("-p", f"{name}={value}")]
    return f"{context.command_path} {shlex.join(words)}"
