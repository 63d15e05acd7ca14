"""Kernels that numba compiles; nothing here is imported unless :func:`ready` says that numba is there.

Every kernel has a twin in NumPy that gives the same digits, and a test that compares them.
"""

from __future__ import annotations

import os
from functools import cache
from importlib.util import find_spec


@cache
def ready() -> bool:
    """Whether the extra ``fast`` is installed."""
    return find_spec("numba") is not None


def threads() -> int:
    """How many threads a kernel may start: the cores of this process, or what OMP_NUM_THREADS allows."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    said = os.environ.get("OMP_NUM_THREADS", "")
    return min(cores, int(said)) if said.isdecimal() and int(said) else cores
