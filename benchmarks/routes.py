"""A candidate by one of its routes: without numba, or on so many threads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lemmata.sampling import compiled


def on_numpy(run: Callable[[], Any]) -> Callable[[], Any]:
    """The same without numba."""

    def plain() -> Any:
        found, compiled.ready = compiled.ready, lambda: False  # pyright: ignore[reportAttributeAccessIssue]
        try:
            return run()
        finally:
            compiled.ready = found

    return plain


def on_threads(run: Callable[[], Any], workers: int) -> Callable[[], Any]:
    """The same on so many threads."""

    def several() -> Any:
        found, compiled.threads = compiled.threads, lambda: workers
        try:
            return run()
        finally:
            compiled.threads = found

    return several
