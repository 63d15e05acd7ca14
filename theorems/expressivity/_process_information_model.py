"""Where the hypotheses of process-information hold: processes that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from random import Random
from typing import Any


def model(seed: int) -> Mapping[str, Any]:
    """Processes from whose result the input, and the draws, can be read off."""
    random = Random(seed)
    sizes = {"n": Fraction(seed % 3), "m": Fraction(random.randint(0, 2))}
    return {**sizes, "h": _numbered(random), "k": _numbered(random)}


def _numbered(random: Random) -> Callable[..., int]:
    """A different random number for everything that it is given."""
    seen: dict[Any, int] = {}
    start = random.randint(0, 99)
    return lambda *given: seen.setdefault(given, start + len(seen))
