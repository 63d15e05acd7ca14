"""Names in Coq, and the file that gives the vocabulary its meaning."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

# Names that the exporter makes up itself start like this, so no variable may.
_OWN = re.compile(r"(step|part|sort|arg|b|c|g|h|k)_.*")
_STANDARD = re.compile(r"R[a-z].*|\w*INR|IZR|pow.*|f_equal|eq_.*|functional_extensionality|Nat|Bool")
_WORDS = re.compile(
    "as|at|cofix|do|else|end|exists|fix|for|forall|fun|if|in|let|match|return|then|using|where|with|by|Prop|Set|"
    "Type|SProp|IF|mod|Point|same|nat|list|bool|R|Z|N|O|S|true|false|nil|cons|length|fst|snd|not|and|or|eq|ex|I|"
    "In|left|right|seq"
)


PRELUDE = ("terms", "sums", "membership", "cube", "derivatives", "calculation", "naturals", "rank", "box")


@cache
def prelude() -> str:
    """What gives the vocabulary its meaning, and the lemmas that the templates use."""
    folder = Path(__file__).with_name("prelude")
    return "\n".join((folder / f"{part}.v").read_text(encoding="utf-8") for part in PRELUDE)


@cache
def _taken() -> frozenset[str]:
    return frozenset(re.findall(r"^(?:Lemma|Definition|Fixpoint|Ltac) (\w+)", prelude(), re.MULTILINE))


class NoTemplate(Exception):
    """What cannot be written in Coq, or cannot be proved there by a template; the text says which."""


def name(word: str) -> str:
    """A name that means nothing else in Coq; different names stay different."""
    taken = (
        word in _taken() or word.endswith("_") or any(r.fullmatch(word) for r in (_OWN, _STANDARD, _WORDS))
    )
    return f"{word}_" if taken else word
