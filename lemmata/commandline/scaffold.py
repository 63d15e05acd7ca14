"""The command new: a theorem and its experiment that verify as they are, to be replaced line by line."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from keyword import iskeyword
from typing import TYPE_CHECKING

import click

from lemmata.commandline.options import CONTEXT, JSON
from lemmata.commandline.output import emit, say

if TYPE_CHECKING:
    from pathlib import Path

THEMES = {
    "expressivity": "What networks can represent, and at what size.",
    "hardness": "What gradient methods cannot learn.",
    "dynamics": "How training moves the weights.",
    "landscape": "What the loss looks like.",
    "generalisation": "What training errors say about test errors.",
}
DEFAULT = "expressivity"
LONGEST = 60
_SLUG = r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*"  # compiled where it is used: every command loads this module


def _slug(context: click.Context, argument: click.Parameter, word: str | None) -> str | None:
    """Click's callback: the name as that of a module, or a usage error."""
    if word is None:
        return None
    if not re.fullmatch(_SLUG, word) or len(word) > LONGEST:
        raise click.BadParameter(
            f"{word!r} is no name for a theorem: lower case letters, digits and single dashes, a letter first, "
            f"at most {LONGEST} characters",
            context,
            argument,
        )
    if iskeyword(word):
        raise click.BadParameter(f"{word!r} is a word of Python: a module cannot be called that", context)
    return word.replace("-", "_")


THEME = click.Option(
    ["--theme"],
    type=click.Choice(tuple(THEMES)),
    allow_from_autoenv=False,
    help=f"The folder of the pair (default: {DEFAULT}).",
)
FILE = click.Option(
    ["--file"],
    type=click.Path(),
    metavar="FILE.py",
    allow_from_autoenv=False,
    help="One file that holds the lemma and its experiment, in place of a pair.",
)


@click.command(context_settings=CONTEXT, params=[THEME, FILE, JSON])
@click.argument("slug", required=False, callback=_slug)
def new(slug: str | None, theme: str | None, file: str | None, json: bool) -> int:
    """Begin a theorem: files that verify as they are.

    In a checkout: theorems/THEME/SLUG.py, its twin numerics/THEME/SLUG.py and tests/THEME/test_SLUG.py.
    Anywhere, with --file: one file that holds lemma and experiment; a SLUG then names the lemma (FILE.py::SLUG).
    Comments say what to replace. Nothing is overwritten.
    """
    if file is None and slug is None:
        raise click.UsageError("name the theorem, or say --file FILE.py", click.get_current_context())
    if file is not None and theme is not None:
        raise click.UsageError("a single file has no theme: leave out --theme", click.get_current_context())
    from pathlib import Path
    from shlex import quote

    if file is not None:
        files, target = _single(Path(file), slug), f"{file}::{slug}" if slug else file
    else:
        assert slug is not None
        files, target = _pair(Path.cwd(), theme or DEFAULT, slug)
    write_all(files)
    program = click.get_current_context().find_root().command_path
    _tell([str(path) for path in files], f"{program} verify {quote(target)}", json)
    return 0


def _tell(names: list[str], verify: str, json: bool) -> None:
    """The files on stdout. Raises LemmataError where stdout takes nothing: the files are there all the same."""
    from lemmata.model import LemmataError

    try:
        emit(_document(names, verify) if json else "\n".join(names))
    except OSError as error:
        raise LemmataError(
            f"stdout cannot be written to ({error.strerror}), but this was written: {', '.join(names)}"
        ) from error
    if not json:
        say(f"it verifies as it is: {verify}")


def _document(names: list[str], verify: str) -> str:
    from lemmata.reporting import json_documents

    return json_documents.text(json_documents.begun(names, verify))


def _pair(here: Path, theme: str, slug: str) -> tuple[dict[Path, str], str]:
    """The files of a pair below the current directory, and what ``verify`` knows it by."""
    from pathlib import Path

    from lemmata.catalogue import NUMERICS, ROOT, THEOREMS, scan
    from lemmata.model import LemmataError

    if not all(os.path.isdir(here / tree) for tree in (THEOREMS, NUMERICS)):
        raise LemmataError(
            f"{here} has no folders {THEOREMS}/ and {NUMERICS}/: change to a checkout, or say --file FILE.py"
        )
    own, name = here == ROOT, slug.replace("_", "-")
    for entry in (scan() if own else scan(here)).entries:
        if entry.id == name:
            raise LemmataError(f"the id {name} is taken by {entry.theorem}")
    words = {"id": name, "slug": slug, "theme": theme}
    homes = [Path(tree, theme, "__init__.py") for tree in (THEOREMS, NUMERICS)]
    return {
        **{home: f'"""{THEMES[theme]}"""\n' for home in homes if not os.path.lexists(home)},
        Path(THEOREMS, theme, f"{slug}.py"): _filled("theorem", words),
        Path(NUMERICS, theme, f"{slug}.py"): _filled("twin", words),
        Path("tests", theme, f"test_{slug}.py"): _filled("test", words),
    }, name if own else str(Path(THEOREMS, theme, f"{slug}.py"))


def _single(path: Path, slug: str | None) -> dict[Path, str]:
    """One file; its lemma is called ``theorem``, and by the slug too if there is one."""
    from lemmata.model import LemmataError

    if path.suffix != ".py":
        raise LemmataError(f"{path} is not the name of a Python file: it must end in .py")
    if not os.path.isdir(path.parent):
        raise LemmataError(f"there is no folder {path.parent}")
    text = _filled("file", {})
    if slug in (None, "theorem"):
        return {path: text}
    if re.search(rf"\b{slug}\b", text):
        raise LemmataError(f"the file needs the word {slug} for something else: choose another name")
    return {path: f"{text}\n\n{slug} = theorem\n"}


def _filled(name: str, words: Mapping[str, str]) -> str:
    from pathlib import Path
    from string import Template

    text = Path(__file__).with_name("templates").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return Template(text).substitute(words)


def write_all(files: Mapping[Path, str]) -> None:
    """Write every file, or none: what was made is taken away again if one cannot be written.

    Raises LemmataError naming a file that exists or that cannot be written.
    """
    from lemmata.model import LemmataError

    for path in files:
        if os.path.lexists(path):
            raise LemmataError(f"{path} exists already; nothing was written")
    made: list[Path] = []
    try:
        for path, text in files.items():
            for folder in _missing(path.parent):
                folder.mkdir()
                made.append(folder)
            # Exclusive: a file that somebody else makes at this moment is not overwritten either.
            with path.open("x", encoding="utf-8") as file:
                made.append(path)
                file.write(text)
    except BaseException as error:
        for path in reversed(made):
            with suppress(OSError):  # somebody else has put something there, or has been faster
                path.rmdir() if path.is_dir() else path.unlink()
        if isinstance(error, OSError):
            where = error.filename or made[-1]
            raise LemmataError(f"{where} cannot be written: {error.strerror}; nothing was written") from error
        raise


def _missing(folder: Path) -> Iterator[Path]:
    """The folders that have to be made, outermost first."""
    yield from reversed([place for place in (folder, *folder.parents) if not place.exists()])
