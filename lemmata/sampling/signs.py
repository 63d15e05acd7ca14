"""Sign vectors as bits: bit 1 stands for the sign -1, so that a product of signs is the parity of bits."""

from __future__ import annotations

from typing import Any

import numpy

_BYTES = numpy.arange(256, dtype=numpy.int16)[:, None]
BYTE_BITS = ((_BYTES >> numpy.arange(8, dtype=numpy.int16)) & 1).astype(numpy.int8)
BYTE_SIGNS = (1 - 2 * BYTE_BITS).astype(numpy.int8)


def spread(words: Any, xp: Any) -> Any:
    """The bytes of uint32 words, lowest first: uint8 (4 * count,)."""
    if xp is numpy:
        return words.astype("<u4", copy=False).view(numpy.uint8)
    shifts = xp.asarray([0, 8, 16, 24], dtype=xp.uint32)
    return xp.reshape(xp.astype((words[:, None] >> shifts) & 255, xp.uint8), (-1,))


def parity(words: Any, xp: Any) -> Any:
    """(-1) to the number of set bits of each unsigned word: int8, same shape."""
    shift = xp.iinfo(words.dtype).bits // 2
    while shift:
        words = words ^ (words >> shift)
        shift //= 2
    return 1 - 2 * xp.astype(words & 1, xp.int8)
