"""What draws and counts: two processes with the same engine give the same shards the same counts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable

import numpy

# What stands between a twin's sampler and its counts; NumPy is known by its version.
PACKAGES = ("lemmata.sampling",)
MODULES = (("lemmata.running", "shards.py"),)


@cache
def engine() -> str:
    """A name for the code that turns words of a stream into counts: it changes when that code does."""
    state = blake2b(digest_size=8)
    for source in _sources():
        text = source.read_bytes()
        state.update(f"{source.name} {len(text)} ".encode() + text)
    return f"{state.hexdigest()} numpy {numpy.__version__}"


def _sources() -> Iterator[Traversable]:
    for package in PACKAGES:
        yield from _inside(files(package))
    for package, name in MODULES:
        yield files(package) / name


def _inside(folder: Traversable) -> Iterator[Traversable]:
    """Python and device sources in the order of their names, so that no file system decides the engine's name."""
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.is_dir() and path.name != "__pycache__":
            yield from _inside(path)
        elif path.name.endswith((".py", ".cu", ".cuh", ".h")):
            yield path


__all__ = ["engine"]
