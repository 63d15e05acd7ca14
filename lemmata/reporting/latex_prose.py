"""Formulas in a line of prose: 2^-n, E|g|^2, x_i = -1, told from words and set as formulas.

What is not surely a formula stays text: every name in one is a single letter, Greek, or declared on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lemmata.reporting.latex_line import Unclear, names, typeset
from lemmata.reporting.latex_symbols import BIG, FUNCTIONS, GREEK

LONGEST = 16
"""No formula in prose has more words."""
_WORDS = {
    "a",
    "A",
    "I",
    "an",
    "as",
    "at",
    "be",
    "by",
    "do",
    "if",
    "in",
    "is",
    "it",
    "no",
    "of",
    "on",
    "or",
    "so",
}
_WORDS |= {"to", "up", "us", "we"}
_LABEL = re.compile(r"\(\w'*\)[.,;:]?")
_OPERATOR = re.compile(r"<=|>=|!=|\+-|->|[-=<>+*/]")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?(e[-+]?\d+)?")
_FORMULA = re.compile(
    r"[\^|=<>]|\w/[\w(]|(?<![A-Za-z0-9_])[A-Za-z]_[A-Za-z0-9]{1,2}(?![A-Za-z0-9_])|\w\*+\w|(sum|prod)_|\w'*[(\[]|\.\.\.|\A\+?-\d|\A\d[\d.]*e-?\d"
)
_ENDS = ".,;:?!"


class Piece(NamedTuple):
    """A piece of a line: prose, or the LaTeX of a formula."""

    text: str
    formula: bool = False


def pieces(text: str, symbols: Mapping[str, str]) -> Iterator[Piece]:
    """The line as prose and formulas, in their order."""
    words = text.split(" ")
    position, before = 0, ""
    while position < len(words):
        found = _formula(words, position, symbols)
        space = " " if position else ""
        if found is None:
            before += space + words[position]
            position += 1
            continue
        start, latex, end, count = found
        yield Piece(before + space + start)
        yield Piece(latex, formula=True)
        before = end
        position += count
    yield Piece(before)


def _formula(words: list[str], position: int, symbols: Mapping[str, str]) -> tuple[str, str, str, int] | None:
    """What stands before the longest formula from here, its LaTeX, what follows it, and its number of words."""
    for start in ("", "("):
        if not words[position].startswith(start) or _LABEL.fullmatch(words[position]):
            continue
        for count in range(min(LONGEST, len(words) - position), 0, -1):
            text = " ".join(words[position : position + count])[len(start) :]
            body = text.rstrip(_ENDS)
            while body.endswith(")") and body.count("(") < body.count(")"):
                body = body[:-1].rstrip(_ENDS)
            latex = _latex(body, symbols)
            if latex:
                return start, latex, text[len(body) :], count
    return None


def _latex(body: str, symbols: Mapping[str, str]) -> str:
    if not _is_formula(body, symbols):
        return ""
    try:
        return typeset(body, symbols)
    except Unclear:
        return ""


def _is_formula(body: str, symbols: Mapping[str, str]) -> bool:
    words = body.split(" ")
    if not body or _ended(body):
        return False
    if len(words) == 1:
        return (_alone(body, symbols) or bool(_FORMULA.search(body))) and _symbolic(body, symbols)
    kinds = [_kind(word) for word in words]
    edges = kinds[0] != "operator" and kinds[-1] != "operator"
    if not edges or not _symbolic(body, symbols) or not (_FORMULA.search(body) or "operator" in kinds):
        return False
    return not any(word in _WORDS for word in words)


def _ended(body: str) -> bool:
    """Whether a comma or the like outside all parentheses ends a clause inside."""
    depth = 0
    for position, character in enumerate(body):
        depth += (character in "([{") - (character in ")]}")
        if depth == 0 and character in _ENDS and body[position + 1 : position + 2] == " ":
            return True
    return False


def _alone(word: str, symbols: Mapping[str, str]) -> bool:
    """Whether a word without any sign is a symbol: a letter, Greek, or a short name that is declared."""
    bare = word.rstrip("'")
    declared = bare in symbols and (len(bare) == 2 or bare != word)
    return bare not in _WORDS and (declared or (bare.isalpha() and (len(bare) == 1 or bare in GREEK)))


def _kind(word: str) -> str:
    if _OPERATOR.fullmatch(word):
        return "operator"
    return "number" if _NUMBER.fullmatch(word) else "word"


def _symbolic(body: str, symbols: Mapping[str, str]) -> bool:
    """Whether every name is one: a letter, two letters side by side, Greek, a function, or declared and applied."""
    for name, applied in names(body):
        short = len(name) == 1 or name in GREEK or name in FUNCTIONS or name == "sqrt"
        pair = len(name) == 2 and name.islower() and name not in body.split(" ") and "_" not in body
        declared = name in symbols and (applied or len(name) == 2 or bool(re.search(r"[\^|<>=(']", body)))
        big = (name in BIG and applied) or name == "prod"
        if name in _WORDS - {"a", "A", "I"} or not (short or pair or declared or big):
            return False
    return bool(re.search(r"[A-Za-z0-9]", body))
