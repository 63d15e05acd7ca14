"""Sizes in LaTeX: parentheses that grow without forbidding a line break, fractions only where they are short."""

from __future__ import annotations

import re

WIDEST = 30
"""A fraction of more symbols could be wider than the column of a two-column page."""
UNBROKEN = 12
"""So few symbols in parentheses stay on one line."""
_COMMAND = re.compile(r"\\(?:bigl|bigr|Bigl|Bigr|biggl|biggr|,|;|!|quad|mathrm|mathcal|mathbb|frac)(?![a-z])")
_BREAK = re.compile(r" (\+|-|=|<|\\le|\\ne|\\cdot) ")
_SIZES = ("", "big", "Big", "bigg")


def length(latex: str) -> int:
    """About how many symbols wide a formula is."""
    bare = re.sub(r"\\[A-Za-z]+|\\.", "x", _COMMAND.sub("", latex))
    return len(re.sub(r"[{}^_\s]", "", bare))


def grouped(inner: str, left: str = "(", right: str = ")") -> str:
    r"""The formula in parentheses of its height; ``\left`` would keep all of it on one line."""
    size = _SIZES[_height(inner)]
    if size:
        return rf"\{size}l{left}{inner}\{size}r{right}"
    short = length(inner) <= UNBROKEN and _BREAK.search(inner)
    return f"{{{left}{inner}{right}}}" if short else f"{left}{inner}{right}"


def _height(inner: str) -> int:
    tall = 2 if r"\frac" in inner or r"\sum" in inner or r"\prod" in inner else 0
    around = 1 + max((k for k, size in enumerate(_SIZES) if size and rf"\{size}l" in inner), default=0)
    nested = around if around > 1 or "(" in inner or "[" in inner else 0
    return min(max(tall, nested), len(_SIZES) - 1)


def quotient(numerator: str, product: str, denominator: str, atom: str) -> str:
    """A fraction; a long numerator (``product``: as a factor) stands after the reciprocal, where it can break."""
    if length(numerator) <= WIDEST and length(denominator) <= WIDEST:
        return rf"\frac{{{numerator}}}{{{denominator}}}"
    if length(denominator) <= WIDEST:
        times = r" \cdot " if product[0].isdigit() else r"\,"
        return rf"\frac{{1}}{{{denominator}}}{times}{product}"
    return f"{product}/{atom}"
