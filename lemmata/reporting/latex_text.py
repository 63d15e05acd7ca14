"""Text for LaTeX: what the characters of a language need, and formulas that are written in a line of prose."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from lemmata.reporting.latex_prose import Piece, pieces

LONGEST, PIECE = 24, 8
_CYRILLIC = range(0x400, 0x530)


class Latex(str):
    """Text that is LaTeX already: it is set as it is, all other text is escaped."""

    __slots__ = ()


def escaped(text: object) -> Latex:
    r"""The text with every special character as LaTeX writes it.

    A Cyrillic letter becomes ``\lemmatacyrillic{CODE}{LETTER}``, one that LaTeX has no command for
    ``\lemmatachar{CODE}{LETTER}``.
    """
    if isinstance(text, Latex):
        return text
    return Latex(" ".join(map(_word, str(text).split())))


def _word(word: str) -> str:
    """A word; one that is longer than a narrow column may be broken anywhere."""
    step = PIECE if len(word) > LONGEST else len(word)
    parts = (word[k : k + step] for k in range(0, len(word), step))
    return r"\allowbreak{}".join(_encoder().unicode_to_latex(part).replace("--", "-{}-") for part in parts)


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

    rules = [UnicodeToLatexConversionRule(RULE_CALLABLE, _cyrillic), "defaults"]
    return UnicodeToLatexEncoder(
        conversion_rules=rules, unknown_char_policy=_unknown, unknown_char_warning=False
    )


def _cyrillic(text: str, position: int) -> tuple[int, str] | None:
    letter = text[position]
    if ord(letter) not in _CYRILLIC:
        return None
    return 1, rf"\lemmatacyrillic{{{ord(letter):04X}}}{{{letter}}}"


def _unknown(letter: str) -> str:
    return rf"\lemmatachar{{{ord(letter):04X}}}{{{letter}}}"
