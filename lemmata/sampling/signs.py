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


def pack(octets: Any, n: int, xp: Any) -> Any:
    """Rows of ceil(n/8) bytes as rows of ceil(n/64) uint64 words, with every bit from n upwards cleared."""
    if xp is numpy:
        return _pack_bytes(octets, n)
    size, width = octets.shape
    columns: list[Any] = []
    for start in range(0, width, 8):
        word = xp.zeros((size,), dtype=xp.uint64)
        for place, column in enumerate(range(start, min(start + 8, width))):
            word = word | (xp.astype(octets[:, column], xp.uint64) << 8 * place)
        columns.append(word & (2 ** min(64, n - 8 * start) - 1))
    return xp.stack(columns, axis=-1) if columns else xp.zeros((size, 0), dtype=xp.uint64)


def _pack_bytes(octets: Any, n: int) -> Any:
    """The same where memory can be read as another type."""
    size, width = octets.shape
    if width in (1, 2, 4):  # an integer of that many bytes
        words = numpy.ascontiguousarray(octets).view(f"<u{width}").astype(numpy.uint64)
        return words & numpy.uint64(2**n - 1)
    filled = numpy.zeros((size, 8 * -(-n // 64)), dtype=numpy.uint8)
    filled[:, :width] = octets
    words = filled.view("<u8").astype(numpy.uint64, copy=False)
    if n % 64:
        words[:, -1] &= numpy.uint64(2 ** (n % 64) - 1)
    return words


def parity(words: Any, xp: Any) -> Any:
    """(-1) to the number of set bits of each uint64 word: int8, same shape."""
    for shift in (32, 16, 8, 4, 2, 1):
        words = words ^ (words >> shift)
    return 1 - 2 * xp.astype(words & 1, xp.int8)
