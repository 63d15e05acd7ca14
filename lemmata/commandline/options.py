"""The options that commands share."""

from __future__ import annotations

import math
import shlex
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

from lemmata.commandline import completion

if TYPE_CHECKING:
    from lemmata.model import Options, Progress

CONTEXT = {"auto_envvar_prefix": "LEMMATA", "help_option_names": ["-h", "--help"], "max_content_width": 100}
# The defaults of lemmata.model.Options, said again because --help must not wait for that import; a test compares them.
DEFAULTS: dict[str, Any] = {"seed": 0, "alpha": 1e-3, "backend": "auto", "workers": 1}

Command = TypeVar("Command", bound=Callable[..., Any])


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


RUN_OPTIONS = (
    click.option(
        "--seed",
        type=click.IntRange(min=0),
        default=DEFAULTS["seed"],
        show_default=True,
        metavar="N",
        help="Seed of every random draw: the same seed gives the same digits.",
    ),
    click.option(
        "--alpha",
        type=click.FloatRange(0, 1, min_open=True, max_open=True),
        callback=_finite,
        default=DEFAULTS["alpha"],
        show_default=True,
        metavar="P",
        help="Error budget of the whole run: a bound on the probability of any wrong verdict on a number.",
    ),
    click.option(
        "--samples",
        type=click.IntRange(min=1),
        metavar="N",
        help="Samples of every sampled row, rounded up to whole shards (default: as each row says).",
    ),
    click.option(
        "--budget-seconds",
        type=click.FloatRange(0, min_open=True),
        callback=_finite,
        metavar="S",
        help="Seconds after which no further samples of a row are waited for.",
    ),
    click.option(
        "--backend",
        type=click.Choice(["auto", "numpy", "cupy"]),
        default=DEFAULTS["backend"],
        show_default=True,
        help="Where arrays live; auto takes a GPU if one can be used.",
    ),
    click.option(
        "--workers",
        type=click.IntRange(min=1),
        default=DEFAULTS["workers"],
        show_default=True,
        metavar="N",
        help="Processes that draw samples; no digit depends on their number.",
    ),
    click.option(
        "-p",
        "param",
        multiple=True,
        callback=pairs,
        shell_complete=completion.parameters,
        metavar="NAME=VALUE",
        help="A parameter of the theorem's experiment, as often as needed; the command show lists them.",
    ),
)
JSON = click.option("--json", is_flag=True, help="One JSON document on stdout.")
QUIET = click.option("-q", "--quiet", is_flag=True, help="One line a theorem, and no progress bars.")
VERBOSE = click.option("-v", "--verbose", is_flag=True, help="Every kernel step, sources, provenance.")


def with_options(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """A decorator that applies several Click options; --help lists them in this order."""

    def apply(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return apply


def run_options(values: Mapping[str, Any], progress: Progress | None = None) -> Options:
    """The Options of a command's parsed values."""
    from lemmata.model import Options

    names = ("seed", "alpha", "samples", "budget_seconds", "backend", "workers")
    return Options(**{name: values[name] for name in names}, params=values["param"], progress=progress)


def reproducing(target: str, options: Options | None = None) -> str:
    """The command that gives the same digits again: how many workers there were does not matter."""
    context = click.get_current_context()
    words = [target]
    if options is not None:
        words += ["--seed", str(options.seed)]
        for name in ("alpha", "samples", "budget_seconds", "backend"):
            if (value := getattr(options, name)) != DEFAULTS.get(name):
                words += [f"--{name.replace('_', '-')}", str(value)]
        words += [word for name, value in options.params.items() for word in ("-p", f"{name}={value}")]
    return f"{context.command_path} {shlex.join(words)}"
