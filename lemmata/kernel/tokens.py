"""Text to tokens, with bounds on how long a text and a numeral may be."""

from __future__ import annotations

import re

from lemmata.kernel.errors import IllFormed

MAX_TEXT = 20_000
MAX_DIGITS = 400
_TOKEN = re.compile(r"\s*(?:(->|<=|!=|[-+*/^(),:\[\]=<.;])|([0-9]+)|([A-Za-z_][A-Za-z0-9_']*))")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_']*")
SCALARS = ("nat", "real", "sign", "bit", "point")
KEYWORDS = frozenset(
    {"sum", "prod", "mean", "signs", "bits", "diff", "index", "fn", "for", "all", "if", "then", *SCALARS}
)


def is_name(text: str) -> bool:
    """Whether a text can name a variable or a symbol."""
    return _NAME.fullmatch(text) is not None and text not in KEYWORDS


def tokens(source: str) -> list[str]:
    """Split a text; raises IllFormed at the first character that is no token."""
    if len(source) > MAX_TEXT:
        raise IllFormed(f"a text of {len(source)} characters is longer than {MAX_TEXT}")
    found: list[str] = []
    position, end = 0, len(source.rstrip())
    while position < end:
        match = _TOKEN.match(source, position)
        if match is None:
            raise IllFormed(f"unexpected character {source[position]!r} at {position}")
        if match[2] and len(match[2]) > MAX_DIGITS:
            raise IllFormed(f"a numeral has more than {MAX_DIGITS} digits")
        found.append(match[0].strip())
        position = match.end()
    return found


class Reader:
    """Reads tokens one after the other."""

    def __init__(self, source: str) -> None:
        self.source = tokens(source)
        self.position = 0

    def peek(self) -> str:
        """The next token, or the empty string at the end."""
        return self.source[self.position] if self.position < len(self.source) else ""

    def take(self, expected: str | None = None) -> str:
        """Consume a token; raises IllFormed if it is not the expected one."""
        token = self.peek()
        if not token or (expected is not None and token != expected):
            raise IllFormed(f"expected {expected or 'a term'!r}, found {token or 'the end'!r}")
        self.position += 1
        return token

    def accept(self, token: str) -> bool:
        """Consume the token if it is next."""
        if self.peek() == token:
            self.position += 1
            return True
        return False

    def name(self) -> str:
        """Consume a name that is not a keyword."""
        token = self.take()
        if not is_name(token):
            raise IllFormed(f"{token!r} cannot be a name")
        return token

    def end(self) -> None:
        """Raise IllFormed unless everything was read."""
        if self.peek():
            raise IllFormed(f"unexpected {self.peek()!r} after the end")
