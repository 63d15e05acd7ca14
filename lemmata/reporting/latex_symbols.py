"""Names as mathematicians set them: one table for formulas, which are made from terms, and for prose about them."""

from __future__ import annotations

import re

# LaTeX has no command for the Greek letters that look Latin.
_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi "
    "omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
)
GREEK = {**{name: rf"\{name}" for name in _GREEK.split()}, "epsilon": r"\varepsilon", "eps": r"\varepsilon"}
GREEK |= {"phi": r"\varphi", "lam": r"\lambda"}
_FUNCTIONS = "sinh cosh tanh sin cos exp log ln max min sup inf"
FUNCTIONS = {name: rf"\{name}" for name in _FUNCTIONS.split()}
BIG = {"sum": r"\sum", "prod": r"\prod"}
SETS = {
    "nat": r"\mathbb{N}",
    "real": r"\mathbb{R}",
    "sign": r"\{-1,1\}",
    "bit": r"\{0,1\}",
    "point": r"\mathcal{P}",
}
MEAN = r"\mathbb{E}"
_PARTS = re.compile(r"(?P<stem>.*?)(?P<digits>[0-9]*)(?P<primes>'*)")


def symbol(name: str, *below: str) -> str:
    """The name of a variable or function: digits at its end and ``below`` become one subscript.

    ``eps`` is a Greek letter, ``x1'`` has a subscript and a prime, ``grad_sq`` is upright with a subscript.
    """
    match = _PARTS.fullmatch(name)
    assert match
    stem, under, rest = match["stem"].partition("_")
    subscripts = [piece for piece in (_letters(rest), match["digits"], *below) if piece]
    if not stem:
        stem, subscripts = under, [*filter(None, (_letters(rest), match["digits"])), *below]
    base = _letters(stem) or r"\_"
    return base + match["primes"] + (f"_{{{','.join(subscripts)}}}" if subscripts else "")


def _letters(word: str) -> str:
    word = word.strip("_")
    if word in GREEK:
        return GREEK[word]
    if len(word) < 2:
        return word
    upright = word.replace("_", r"\_")
    return rf"\mathrm{{{upright}}}" if word.isascii() else word
