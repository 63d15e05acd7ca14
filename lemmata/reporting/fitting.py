"""Texts that fit into a room of so many columns: the boxes and heads of a picture, which has no other measure."""

from __future__ import annotations

from unicodedata import combining, east_asian_width


def _columns(text: str) -> int:
    """How wide a text is: an ideograph takes two columns, a combining mark none."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def cut(text: str, room: int) -> str:
    """The beginning of a text that has room, on one line."""
    text = " ".join(text.split())
    if _columns(text) <= room:
        return text
    while _columns(text) >= room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def wrapped(text: str, room: int) -> list[str]:
    """The lines of a text, broken at spaces; a word that is too long is cut."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if _columns(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(cut(word, room))
    return [line for line in lines if line]


def filled(text: str, room: int, lines: int) -> list[str]:
    """The beginning of a formula on a few lines, broken at a space in the second half of a line or else anywhere."""
    text = " ".join(text.split())
    found: list[str] = []
    while text and len(found) < lines - 1:
        end = len(text)
        while _columns(text[:end]) > room:
            end -= 1
        if end < len(text) and (space := text.rfind(" ", room // 2, end + 1)) > 0:
            end = space
        found.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [*found, cut(text, room)] if text else found
