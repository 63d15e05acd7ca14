"""Which array namespace runs, and why: a device library is imported only when somebody asked for it.

CuPy 14 or later is expected: its root namespace follows the array API as NumPy 2 does.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import Any

import numpy

from lemmata.model import LemmataError

NAMES = ("auto", "numpy", "cupy")
# Names of the array API that CuPy 13 lacks, or has elsewhere.
NEEDED = ("astype", "concat", "isdtype")
_INSTALL = "install the extra that matches the driver: pip install 'lemmata[cuda12x]' or 'lemmata[cuda13x]'"


@dataclass(frozen=True, slots=True)
class Backend:
    """A resolved backend: its name, array namespace and device; ``reason`` says why 'auto' fell back."""

    name: str
    xp: Any
    device: str
    reason: str = ""


def resolve(name: str = "auto") -> Backend:
    """The backend called 'numpy', 'cupy' or 'auto' (CuPy if a probe kernel runs, else NumPy).

    Raises LemmataError for another name, or for 'cupy' where it cannot run.
    """
    if name not in NAMES:
        raise LemmataError(f"unknown backend {name!r}: choose one of {', '.join(NAMES)}")
    if name == "numpy":
        return _host()
    try:
        return _cupy()
    except Exception as error:  # a broken driver can raise anything, from ImportError to its own types
        reason = f"{type(error).__name__}: {' '.join(str(error).split()) or 'no message'}"
    if name == "cupy":
        raise LemmataError(f"the backend 'cupy' cannot be used ({reason}); {_INSTALL}")
    return _host(reason)


def namespace(array: Any) -> Any:
    """The array namespace that ``array`` belongs to."""
    if hasattr(array, "__array_namespace__"):
        return array.__array_namespace__()
    # CuPy 14 has the functions, but its arrays do not tell: the package that their type comes from is it.
    return importlib.import_module(type(array).__module__.partition(".")[0])


def to_host(array: Any) -> Any:
    """The same values as a NumPy array."""
    # A mapping or a data frame has a method get too; a device array says what it is.
    return array.get() if hasattr(array, "__cuda_array_interface__") else numpy.asarray(array)


def _host(reason: str = "") -> Backend:
    return Backend("numpy", numpy, "cpu", reason)


def _cupy() -> Backend:
    cupy: Any = importlib.import_module("cupy")
    _probe(cupy)
    properties: Any = cupy.cuda.runtime.getDeviceProperties(cupy.cuda.Device().id)
    return Backend("cupy", cupy, properties["name"].decode())


def _probe(xp: Any) -> None:
    """Run one kernel and read its result back; an import alone succeeds on machines without a device."""
    if missing := [name for name in NEEDED if not hasattr(xp, name)]:
        raise ImportError(f"this CuPy has no {', '.join(missing)}; version 14 or later is needed")
    seen = to_host(xp.sum(xp.arange(1000, dtype=xp.int64) ** 2))
    if int(seen) != 332833500:
        raise ArithmeticError("the probe kernel returned a wrong sum")
