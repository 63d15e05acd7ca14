"""Memory: how much there is to take, on the host or of the GPU, and arrays that begin at a cache line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy

# The bytes of a cache line.
LINE = 64
PROCESS, GROUPS = Path("/proc/self"), Path("/sys/fs/cgroup")
# Version 1 says no limit as the largest number of pages.
UNLIMITED = 2**60
# Where the groups of either version stand below GROUPS, and the file of a group that holds its limit.
_LIMITS = {"": ("", "memory.max"), "memory": ("memory", "memory.limit_in_bytes")}


def usable(xp: Any = None) -> tuple[int, str] | None:
    """The bytes that arrays of ``xp`` may take (NumPy's where none is given), and what limits them.

    The least of the physical memory, the limits of the control groups that this process is in, and what the
    limit of its address space leaves; on a GPU what is free there. None where the system does not tell.
    """
    if hasattr(xp, "cuda"):
        pooled = int(xp.get_default_memory_pool().free_bytes())
        return int(xp.cuda.runtime.memGetInfo()[0]) + pooled, "free on the GPU"
    return min((*_physical(), *_groups(), *_address_space()), default=None)


def aligned(size: int, dtype: Any) -> Any:
    """An array (size,) on the host that begins at a cache line, with nothing of use in it.

    NumPy's own begin at any 16 bytes, and then every other vector of 32 lies in two lines: a fifth more time where
    vectors are all there is.
    """
    item = numpy.dtype(dtype).itemsize
    octets = numpy.empty(size * item + LINE, dtype=numpy.uint8)
    start = -octets.__array_interface__["data"][0] % LINE
    return octets[start : start + size * item].view(dtype)


def _physical() -> Iterator[tuple[int, str]]:
    try:
        yield os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"), "physical memory"
    except (AttributeError, ValueError, OSError):
        return


def _groups() -> Iterator[tuple[int, str]]:
    """The limits of the process's own control group and of those around it, in either version."""
    try:
        lines = (PROCESS / "cgroup").read_text(encoding="utf-8").splitlines()
    except OSError:  # a system without control groups
        return
    for _, controllers, path in (line.split(":", 2) for line in lines):
        # Both versions may be mounted side by side; a line of version 2 names no controllers.
        for name in {"memory", ""} & set(controllers.split(",")):
            tree, file = _LIMITS[name]
            own = Path(path.strip("/"))
            # A container may see its own group as the root, whatever its path is called outside.
            for group in (own, *own.parents):
                yield from _limit(GROUPS / tree / group / file)


def _limit(file: Path) -> Iterator[tuple[int, str]]:
    try:
        size = int(file.read_text(encoding="ascii"))
    except (OSError, ValueError):  # no such group here, or no limit: version 2 says "max"
        return
    if size < UNLIMITED:
        yield size, "the limit of a control group"


def _address_space() -> Iterator[tuple[int, str]]:
    try:
        import resource

        limit = resource.getrlimit(resource.RLIMIT_AS)[0]
        pages = int((PROCESS / "statm").read_text(encoding="ascii").split()[0])
    except (ImportError, OSError, ValueError):  # not a POSIX system, or one that does not tell
        return
    if limit != resource.RLIM_INFINITY:
        left = limit - pages * resource.getpagesize()
        yield max(left, 0), "left by the limit of the address space (ulimit -v)"
