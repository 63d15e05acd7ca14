"""What the tests of hamiltonian-order share: a stream, and the theorem's own values."""

from __future__ import annotations

from functools import cache
from typing import Any

from lemmata.catalogue import find
from lemmata.proof.quantities import admitted
from lemmata.proof.quantities import find as find_quantity
from lemmata.proof.theorem import Theorem
from lemmata.sampling import Stream
from lemmata.theorem_files import load


def stream(name: str = "test") -> Stream:
    """A stream of its own for each name."""
    return Stream.keyed(7, "", name)


@cache
def theorem() -> Theorem:
    """Loaded once."""
    return load(find("hamiltonian-order"))[0]


def predicted(name: str, at: Any) -> Any:
    """The theorem's own value."""
    found = find_quantity(name, theorem(), "hamiltonian-order")
    return found.formula(**admitted(found, at))
