"""Derivatives as they are written by hand: f'(p) for diff(x: real, f(x), p), and f^(4)(p) for four of them."""

from __future__ import annotations

import re

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_']*")
_DERIVATIVE = re.compile(
    r"\bdiff\((?P<variable>[A-Za-z_]\w*): real, (?P<function>[A-Za-z_]\w*)(?P<mark>'+|\^\(\d+\))?\((?P=variable)\), "
)
MOST_PRIMES = 3


def primed(text: str) -> str:
    """The text with such derivatives in short: of a function named, applied to nothing but the variable.

    Nothing is changed where a name of the text ends in a prime of its own.
    """
    if "'" in text:
        return text
    while match := _DERIVATIVE.search(text):
        end = close(text, match.end())
        point = text[match.end() : end]
        order = 1 + _order(match["mark"] or "")
        mark = "'" * order if order <= MOST_PRIMES else f"^({order})"
        text = f"{text[: match.start()]}{match['function']}{mark}({point}){text[end + 1 :]}"
    return text


def _order(mark: str) -> int:
    return int(mark[2:-1]) if mark.startswith("^") else len(mark)


def close(text: str, start: int) -> int:
    """The place of the parenthesis that closes the one just before ``start``."""
    depth = 1
    for position in range(start, len(text)):
        depth += (text[position] in "([") - (text[position] in ")]")
        if depth == 0:
            return position
    return len(text)
