"""A formula written in one line, 2^-n E|g|^2 <= chi(e, x), as LaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lemmata.reporting.latex_symbols import BIG, FUNCTIONS, MEAN, symbol

_TOKEN = re.compile(
    r"\s+|\*\*|\d+(?:\.\d+)?(?:e[-+]?\d+)?|\.\.\.|<=|>=|!=|\+-|->|[A-Za-z]+\d*'*|[-+*/^_()\[\]{}|,;:=<>.]"
)
_SIGNS = {
    "<=": r" \le ",
    ">=": r" \ge ",
    "!=": r" \ne ",
    "+-": r" \pm ",
    "->": r" \to ",
    "*": r"\,",
    "...": r"\dots",
    "{": r"\{",
    "}": r"\}",
    ":": r"\colon ",
    ",": ", ",
    ";": ";\\ ",
    **{sign: f" {sign} " for sign in "=<>+-"},
}
_CLOSE = {"(": ")", "[": "]", "{": "}"}
_MEAN = re.compile(r"mean\((\w+): [^,]+, \.\)")
_SLOPE = re.compile(r"diff\((\w+): real, ([^,]+), (\w+)\)")


class Unclear(Exception):
    """A text that is not surely a formula."""


def names(text: str) -> Iterator[tuple[str, bool]]:
    """Every name, and whether something is applied to it or stands below it.

    Left out are those of the two notations for E and d/dt, and indices of two letters.
    """
    bare = re.sub(r"_[a-z]{2}(?![a-z])", "", _SLOPE.sub("0", _MEAN.sub("0", text)))
    for match in re.finditer(r"[A-Za-z]+(?=\d*'*([(_]?))", bare):
        yield match[0], bool(match[1])


def typeset(text: str, symbols: Mapping[str, str]) -> str:
    """The LaTeX of a formula; raises Unclear where a parenthesis or an operand is missing."""
    if match := _MEAN.fullmatch(text):
        return rf"{MEAN}_{{{symbol(match[1])}}}[\,\cdot\,]"
    if match := _SLOPE.fullmatch(text):
        name, body, point = match.groups()
        body = typeset(body, symbols)
        return rf"\frac{{\partial {body}}}{{\partial {symbol(name)}}}\Big|_{{{symbol(name)}={symbol(point)}}}"
    tokens = _TOKEN.findall(text)
    if "".join(tokens) != text:
        raise Unclear
    line = _Line([token for token in tokens if not token.isspace()], symbols)
    found = line.group("")
    return re.sub(r" +", " ", found).strip()


class _Line:
    """The tokens of one formula, read from left to right."""

    def __init__(self, tokens: list[str], symbols: Mapping[str, str]) -> None:
        self.tokens, self.symbols, self.position = tokens, symbols, 0
        self.scripts: set[str] = set()

    def peek(self) -> str:
        return self.tokens[self.position] if self.position < len(self.tokens) else ""

    def take(self) -> str:
        token = self.peek()
        if not token:
            raise Unclear
        self.position += 1
        return token

    def group(self, end: str) -> str:
        """Everything up to the closing token, which is taken too."""
        found = ""
        while self.peek() != end:
            if self.peek() not in ("^", "**", "_"):
                self.scripts = set()
            piece = self.item()
            found += piece if found.endswith((" ", "{", "(", "[")) or not piece[0].isalpha() else f" {piece}"
        if end:
            self.take()
        return found

    def item(self) -> str:
        token = self.take()
        if token in ("^", "**", "_"):
            return self.raised("_" if token == "_" else "^")
        if token in _CLOSE:
            inner = self.group(_CLOSE[token])
            return f"{_SIGNS.get(token, token)}{inner}{_SIGNS.get(_CLOSE[token], _CLOSE[token])}"
        if token in _CLOSE.values():
            raise Unclear
        return self.name(token) if token[0].isalpha() else self.sign(token)

    def raised(self, mark: str) -> str:
        """A script; a second one on the same side of the same symbol is no formula."""
        if mark in self.scripts:
            raise Unclear
        before = self.scripts | {mark}
        inner = self.script()
        if mark == "^" and self.peek() == "_":
            self.scripts = set()
            inner += self.item()
        self.scripts = before
        return f"{mark}{{{inner}}}"

    def sign(self, token: str) -> str:
        if "e" in token:
            mantissa, exponent = token.split("e")
            self.scripts = {"^"}
            return (rf"{mantissa} \cdot " if mantissa != "1" else "") + rf"10^{{{int(exponent)}}}"
        return _SIGNS.get(token, token)

    def name(self, token: str) -> str:
        following = self.peek()
        if token == "sqrt":
            return rf"\sqrt{{{self.script()}}}"
        if token == "E" and following in ("[", "|") and token not in self.symbols:
            return MEAN
        if token in BIG:
            return self.big(BIG[token])
        if token in FUNCTIONS:
            return FUNCTIONS[token] + " "
        if following == "[" and self.symbols.get(token, "").startswith(("signs(", "bits(")):
            self.take()
            return symbol(token, self.group("]").strip())
        if following == "(" and (token in self.symbols or len(symbol(token)) > 1):
            return self.applied(token)
        return self.plain(token)

    def plain(self, token: str) -> str:
        """A name to which nothing is applied; two letters that are no name stand side by side."""
        pair = len(token) == 2 and token.isalpha() and symbol(token).startswith(r"\mathrm")
        return " ".join(token) if pair and token not in self.symbols else symbol(token)

    def big(self, sign: str) -> str:
        """A sum or product: what is in parentheses after its index is summed, and no argument of the index."""
        if self.peek() != "_":
            return f"{sign} "
        self.take()
        below = self.plain(self.take()) if self.peek()[:1].isalpha() else self.script()
        return rf"{sign}_{{{below}}} "

    def applied(self, token: str) -> str:
        """A function at its arguments, leading ones that count or select as its index."""
        self.take()
        whole = self.group(")")
        shown = [part.strip() for part in whole.split(", ")]
        count = self.indices(token, shown)
        head = symbol(token, *shown[:count])
        return f"{head}({', '.join(shown[count:])})" if shown[count:] else head

    def indices(self, token: str, shown: list[str]) -> int:
        sort = self.symbols.get(token, "")
        sorts = (
            re.split(r", (?![^()]*\))", sort[3 : sort.rindex(")")])
            if sort.startswith("fn(")
            else [self.symbols.get(argument, "") for argument in shown]
        )
        if len(sorts) != len(shown):
            return 0
        return next(
            (k for k, kind in enumerate(sorts) if not kind.startswith(("index(", "nat", "bits("))), len(sorts)
        )

    def script(self) -> str:
        sign = ""
        if self.peek() == "-":
            sign = self.take()
        if self.peek() in ("(", "{"):
            return sign + self.group(_CLOSE[self.take()]).strip()
        if not self.peek()[:1].isalnum():
            raise Unclear
        return sign + self.item().strip()
