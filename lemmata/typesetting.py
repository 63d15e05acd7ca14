"""A document of LaTeX as a PDF: pdflatex and BibTeX, in a place of their own, and one line where they fail."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from lemmata.model import LemmataError

TOOLS = ("pdflatex", "bibtex")
INSTALL = "install Debian's texlive-latex-recommended, or leave --pdf out"
SECONDS = 300
_FAULT = re.compile(r"^! (?P<what>.*(?:\n(?!l\.|!|$).*)?)(?:[^!]*?\n(?P<place>l\.\d+ .*))?", re.MULTILINE)
_UNDEFINED = re.compile(r"^LaTeX Warning: (Reference|Citation) [`'](.*?)' on page", re.MULTILINE)


def require(document: Path) -> None:
    """Raise LemmataError unless there is such a document and everything that compiles it."""
    if missing := [tool for tool in TOOLS if shutil.which(tool) is None]:
        raise LemmataError(f"{' and '.join(missing)} cannot be found: {INSTALL}")
    if not document.is_file():
        raise LemmataError(f"there is no {document} to compile: run this where it is, or leave --pdf out")


def compiled(document: Path, folder: Path) -> Path:
    """The PDF in the folder, replaced only by a whole one. Raises LemmataError with the first fault."""
    target = folder / f"{document.stem}.pdf"
    with TemporaryDirectory() as place:
        build = Path(place)
        _pdflatex(document, build)
        if "\\bibdata" in (build / f"{document.stem}.aux").read_text(encoding="utf-8", errors="replace"):
            _bibtex(document, build)
            _pdflatex(document, build)
        log = _pdflatex(document, build)
        if missing := list(dict.fromkeys(_UNDEFINED.findall(log))):
            named = ", ".join(f"{kind.lower()} {name}" for kind, name in missing)
            raise LemmataError(f"{document} does not compile: undefined: {named}")
        partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
        try:
            shutil.copyfile(build / target.name, partial)
            partial.replace(target)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise LemmataError(f"{target} cannot be written: {error.strerror}") from error
    return target


def _pdflatex(document: Path, build: Path) -> str:
    """The log of one run. The PDF has neither date nor identifier, so that the same text gives the same bytes."""
    flags = ["-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape"]
    flags += [f"-jobname={document.stem}", f"-output-directory={build}"]
    whole = rf"\pdfinfoomitdate=1\pdftrailerid{{}}\pdfsuppressptexinfo=-1\input{{{document.name}}}"
    _run(["pdflatex", *flags, whole], document.resolve().parent, {})
    log = (build / f"{document.stem}.log").read_text(encoding="utf-8", errors="replace")
    if fault := _FAULT.search(log):
        place = f" at {fault['place']}" if fault["place"] else ""
        raise LemmataError(f"{document} does not compile: {' '.join((fault['what'] + place).split())}")
    if not (build / f"{document.stem}.pdf").is_file():
        raise LemmataError(f"{document} does not compile: pdflatex wrote no PDF")
    return log


def _bibtex(document: Path, build: Path) -> None:
    text = _run(["bibtex", document.stem], build, {"BIBINPUTS": f"{document.resolve().parent}:"})
    fault = re.search(r"^(I couldn't.*|I found no.*|.*---line \d+.*)$", text, re.MULTILINE)
    if fault or not (build / f"{document.stem}.bbl").is_file():
        raise LemmataError(
            f"the bibliography of {document} does not compile: {fault[1] if fault else 'no .bbl'}"
        )


def _run(words: list[str], folder: Path, environment: dict[str, str]) -> str:
    try:
        done = subprocess.run(
            words,
            cwd=folder,
            env={**os.environ, "max_print_line": "1000", **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise LemmataError(f"{words[0]} did not end within {SECONDS} seconds") from error
    except OSError as error:
        raise LemmataError(f"{words[0]} cannot be run: {error.strerror}; {INSTALL}") from error
    return done.stdout.decode("utf-8", errors="replace")
