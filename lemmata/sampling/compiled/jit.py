"""numba behind typed decorators: it is an extra, and has no types of its own."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])
numba: Any = importlib.import_module("numba")
_extending: Any = importlib.import_module("numba.extending")


def compiled(function: F) -> F:
    """Compiled at its first call and kept on disk; other Python threads go on while it runs."""
    return numba.njit(cache=True, nogil=True)(function)


def inlined(function: F) -> F:
    """A part of compiled functions."""
    return numba.njit(inline="always")(function)


def intrinsic(function: Callable[..., Any]) -> Any:
    """A function whose instructions are written out, in LLVM's language."""
    return _extending.intrinsic(function)
