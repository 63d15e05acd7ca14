"""The group of commands: every failure becomes one line on stderr and the documented exit code."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

import click
from click.exceptions import NoArgsIsHelpError

from lemmata.commandline.output import one_line, say, settle, survive_narrow_encodings

REFUTED, USAGE, OPEN, INTERNAL, INTERRUPTED = 1, 2, 3, 4, 130
EXIT = {
    **dict.fromkeys(("verified", "proved", "proved-modulo", "checked", "consistent"), 0),
    **dict.fromkeys(("refuted", "failed"), REFUTED),
    **dict.fromkeys(("inconclusive", "empirical"), OPEN),
}
# A disk, a quota or a file that takes no more: nothing that a program can mend.
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
WIDEST = 100
# A theorem that cannot even be run says less than one that is refuted, and an internal error least of all.
WORST_LAST = (0, OPEN, REFUTED, USAGE, INTERNAL)


class Program(click.Group):
    """A group of commands that return exit codes and whose failures are one line on stderr."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> NoReturn:
        """Run the command line and exit with its code; a traceback is shown only if LEMMATA_DEBUG is set."""
        del standalone_mode  # Click's own handling would give its own messages and codes
        words = list(sys.argv[1:] if args is None else args)
        survive_narrow_encodings()
        try:
            code = super().main(
                words,
                prog_name,
                complete_var,
                standalone_mode=False,
                windows_expand_args=windows_expand_args,
                **{"terminal_width": _width(), **extra},
            )
        except BaseException as error:
            code = failure(error, again=f"{prog_name or self.name} {_quoted(words)}")
        settle()
        sys.exit(code if isinstance(code, int) else 0)


def _width() -> int:
    """The columns of a page of help: the terminal's, as far as a line of them can be read."""
    # Click would ask shutil, whose import takes as long as all commands together.
    try:
        columns = int(os.environ.get("COLUMNS") or 0) or os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError, AttributeError):
        columns = 80
    return max(50, min(columns, WIDEST) - 2)


def _quoted(words: Iterable[str]) -> str:
    from shlex import join

    return join(words)


def failure(error: BaseException, again: str = "", about: str = "") -> int:
    """Say on one line what went wrong (``about`` which theorem) and return the documented exit code.

    SystemExit passes through. ``again`` is the command that an interrupted user may want to repeat.
    """
    from lemmata.model import LemmataError

    match error:
        case SystemExit():
            raise error
        case NoArgsIsHelpError():
            error.show()
            return USAGE
        case click.UsageError():
            hint = f" (see {error.ctx.command_path} --help)" if error.ctx else ""
            say(f"error: {one_line(error.format_message())}{hint}")
            return USAGE
        case click.ClickException():
            say(f"error: {one_line(error.format_message())}")
            return USAGE
        case click.Abort() | KeyboardInterrupt():
            say(f"interrupted; to run it again: {again}" if again else "interrupted")
            return INTERRUPTED
        case LemmataError():
            say(f"error: {about}{': ' if about else ''}{one_line(str(error))}")
            return error.exit_code
        case OSError(errno=number) if number in FULL:
            say(f"error: {about}{': ' if about else ''}nothing more can be written: {error.strerror}")
            return USAGE
        case _:
            return _internal(error, about)


def _internal(error: BaseException, about: str) -> int:
    if os.environ.get("LEMMATA_DEBUG"):
        from traceback import format_exception

        say("".join(format_exception(error)).rstrip())
    text = one_line(f"{type(error).__name__}: {error}").removesuffix(":")
    say(f"internal error: {about}{': ' if about else ''}{text} (LEMMATA_DEBUG=1 shows the traceback)")
    return INTERNAL


def worst(codes: Iterable[int]) -> int:
    """The exit code of several theorems: the worst in the order 4, 2, 1, 3, 0."""
    return max(codes, key=WORST_LAST.index, default=0)
