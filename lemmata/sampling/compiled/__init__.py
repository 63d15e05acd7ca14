"""Kernels that numba compiles; nothing here is imported unless the extra ``fast`` is there and worth its while.

Every kernel gives the digits of NumPy's lines that it stands in for (the transform: to rounding), and tests compare
them, so that a run may change from one to the other at any moment.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from importlib.util import find_spec

# Loading numba and its first kernel takes about as many seconds; work that is shorter is left to NumPy.
LOADING = 1.5
_spent = 0.0


@cache
def ready() -> bool:
    """Whether the extra ``fast`` is installed."""
    return find_spec("numba") is not None


def worth(seconds: float) -> bool:
    """Whether a kernel should do what NumPy would do in so many ``seconds``.

    It should once numba is loaded, and once this process has asked for more work than loading it takes: one that has
    drawn so much is about to draw more.
    """
    global _spent
    if not ready():
        return False
    _spent += seconds
    return "numba" in sys.modules or _spent > LOADING


def threads() -> int:
    """How many threads a kernel may start: the cores of this process, or what OMP_NUM_THREADS allows."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    said = os.environ.get("OMP_NUM_THREADS", "")
    return min(cores, int(said)) if said.isdecimal() and int(said) else cores
