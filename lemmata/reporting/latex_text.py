"""Text for LaTeX: what the characters of a language need, and formulas that are written in a line of prose."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from lemmata.reporting.latex_prose import Piece, pieces

LONGEST, PIECE = 24, 8
# Letters that every document can set: Latin and Greek.
_EVERYWHERE = (range(0xA0, 0x180), range(0x386, 0x390), range(0x391, 0x3D2))
_T1 = frozenset("«»ÐÞðþĄąĐđĘęĮįŊŋŲų\u201a\u201e\u2039\u203a")
"""Those of them that are in the encoding T1 alone, which every LaTeX knows."""
_CYRILLIC, _SYMBOLS = range(0x400, 0x530), range(0x2000, 0x2C00)
# The names that the table has for these are not those of LaTeX.
_MISNAMED = frozenset("ĦħĿŀŦŧ\u0149\u2060\u228f\u2290\u266d\u266e\u266f\u27ff")

# The table has another accent for these.
_MENDED = {"Ű": r"\H{U}", "ű": r"\H{u}"}


class Latex(str):
    """Text that is LaTeX already: it is set as it is, all other text is escaped."""

    __slots__ = ()


def escaped(text: object) -> Latex:
    r"""The text with every special character as LaTeX writes it.

    A Cyrillic letter becomes ``\lemmatacyrillic{CODE}{LETTER}``, what LaTeX has no command for
    ``\lemmatachar{CODE}{LETTER}``, and a symbol ``\lemmatasymbol{CODE}{LETTER}{NAMES}{LATEX}``: of a document that has
    these commands.
    """
    if isinstance(text, Latex):
        return text
    return Latex(" ".join(map(_word, str(text).split())))


def _word(word: str) -> str:
    """A word; one that is longer than a narrow column may be broken anywhere."""
    step = PIECE if len(word) > LONGEST else len(word)
    parts = (word[k : k + step] for k in range(0, len(word), step))
    return r"\allowbreak{}".join(re.sub("-(?=-)", "-{}", _encoder().unicode_to_latex(part)) for part in parts)


def prose(text: str, symbols: Mapping[str, str]) -> Latex:
    """Prose in which what reads as a formula is set as one; ``symbols`` maps declared names to their sorts."""
    return Latex("".join(_piece(piece) for piece in pieces(" ".join(text.split()), symbols)))


def _piece(piece: Piece) -> str:
    if piece.formula:
        return f"${breakable(piece.text)}$"
    lead, tail = (" " if piece.text[:1] == " " else ""), (" " if piece.text[-1:] == " " else "")
    return f"{lead}{escaped(piece.text)}{tail}" if piece.text.strip() else lead


def breakable(latex: str) -> str:
    r"""A formula that may be broken after a hypothesis, and at need after a comma or between factors."""
    for mark, penalty in ((";", 0), (",", 800)):
        latex = latex.replace(rf"{mark}\ ", rf"{mark}\penalty{penalty}\ ").replace(
            f"{mark} ", rf"{mark}\penalty{penalty} "
        )
    latex = latex.replace(r"\,", r"\,\penalty500 ")
    latex = latex.replace(r"\ \mathrm{then}\ ", r"\penalty-50\ \mbox{then}\penalty0\ ")
    return latex.replace(r"\mathrm{if}\ ", r"\mbox{if}\ ").replace(r"\mathbb{", r"\lemmataset{")


@cache
def _encoder() -> Any:
    from pylatexenc.latexencode import RULE_CALLABLE, UnicodeToLatexConversionRule, UnicodeToLatexEncoder

    rules = [UnicodeToLatexConversionRule(RULE_CALLABLE, _letter), "defaults"]
    return UnicodeToLatexEncoder(
        conversion_rules=rules, unknown_char_policy=_named, unknown_char_warning=False
    )


@cache
def _plain() -> Any:
    from pylatexenc.latexencode import UnicodeToLatexEncoder

    return UnicodeToLatexEncoder(unknown_char_policy="ignore", unknown_char_warning=False)


def _letter(text: str, position: int) -> tuple[int, str] | None:
    """What LaTeX needs for a letter that not every document can set; None for all others."""
    letter = text[position]
    if letter in _MENDED:
        return 1, _MENDED[letter]
    code = ord(letter)
    everywhere = any(code in block for block in _EVERYWHERE)
    if code < 0x80 or (everywhere and letter not in _T1 | _MISNAMED):
        return None
    if code in _CYRILLIC:
        return 1, rf"\lemmatacyrillic{{{code:04X}}}{{{letter}}}"
    found = _plain().unicode_to_latex(letter).replace(r"\mathbb{", r"\lemmataset{")
    if letter in _T1:
        return 1, rf"{{\fontencoding{{T1}}\selectfont {found}}}"
    if code not in _SYMBOLS or letter in _MISNAMED or not found:
        return 1, _named(letter)
    names = ",".join(re.findall(r"\\([A-Za-z]+)", found))
    return 1, rf"\lemmatasymbol{{{code:04X}}}{{{letter}}}{{{names}}}{{{found}}}"


def _named(letter: str) -> str:
    return rf"\lemmatachar{{{ord(letter):04X}}}{{{letter}}}"
