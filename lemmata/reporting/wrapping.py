"""Breaking long texts into lines: prose at its last space, a formula where it is least deeply nested."""

from __future__ import annotations

_DANGLING = "=<+-:"
NARROWEST = 8


def wrap(text: str, first: int, rest: int, formula: bool) -> list[str]:
    """Lines of at most ``first`` and then ``rest`` characters; joined by spaces they are the text again.

    No line is asked to be narrower than 8 characters, whatever is left of a small terminal.
    """
    found: list[str] = []
    width = max(first, NARROWEST)
    while len(text) > width:
        cut = _formula_break(text, width) if formula else _prose_break(text, width)
        found.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
        width = max(rest, NARROWEST)
    return [*found, text] if text or not found else found


def _prose_break(text: str, width: int) -> int:
    cut = text.rfind(" ", 1, width + 1)
    return cut if cut > 0 else _word_break(text, width)


def _word_break(text: str, width: int) -> int:
    """A word longer than the line goes on a line of its own: a number cut in two would read as two numbers."""
    cut = text.find(" ", width)
    return cut if cut > 0 else len(text)


def _formula_break(text: str, width: int) -> int:
    """After a hypothesis; else the outermost space, of those the last, that leaves no operator dangling."""
    depth, best, rank = 0, 0, (0, 0, 0)
    for position, character in enumerate(text[: width + 1]):
        depth += (character in "([") - (character in ")]")
        if character != " " or position == 0:
            continue
        if depth == 0 and (text[position - 1] == ";" or text[:position].endswith(" then")):
            return position
        early = position < width // 3
        candidate = (-(text[position - 1] in _DANGLING) - early, -depth, position)
        if not best or candidate > rank:
            best, rank = position, candidate
    return best or _word_break(text, width)
