"""From the bits of words to floats, as one instruction each."""

from __future__ import annotations

import importlib
from typing import Any

import numpy

from lemmata.sampling.compiled.jit import inlined, intrinsic, numba

ir: Any = importlib.import_module("llvmlite.ir")
# A word in the low bits of this number's mantissa is 2^52 plus the word.
EXPONENT = numpy.uint64(0x4330000000000000)
OFFSET = 2.0**52


@intrinsic
def as_float(typing_context: Any, bits: Any) -> Any:
    """The float64 whose bits are those of a uint64."""
    del typing_context, bits

    def write(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        del context, signature
        return builder.bitcast(arguments[0], ir.DoubleType())

    return numba.types.float64(numba.types.uint64), write


@inlined
def real(word: Any) -> Any:
    """A uint64 below 2^32 as a float64: AVX2 has no instruction for that."""
    return as_float(word | EXPONENT) - OFFSET
