"""Counts as bytes: small, the same on every machine, and known again by a digest."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

import numpy

from lemmata.running.rows import LARGEST_SHARD
from lemmata.running.shards import LARGEST_CELLS

# Quick, and within a fifth of the smallest: the many empty cells are what makes counts long.
LEVEL = 1
LONGEST = 4 * (LARGEST_CELLS + 1)


class Damaged(Exception):
    """What was read is not what was written."""


def pack(counts: Any) -> bytes:
    """Counts of one shard, which has at most 2^16 samples, as compressed 32-bit words."""
    if counts.min() < 0 or counts.sum() > LARGEST_SHARD:
        raise ValueError("a shard holds at most 2^16 samples, and no cell less than none")
    return zlib.compress(counts.astype("<u4").tobytes(), LEVEL)


def unpack(blob: bytes) -> Any:
    """The counts that were packed: int64. Raises Damaged for bytes that are none."""
    reader = zlib.decompressobj()
    try:
        # A bound on what is unpacked: a store may come from elsewhere, and few bytes can become very many.
        words = reader.decompress(blob, LONGEST)
    except zlib.error as error:
        raise Damaged(str(error)) from error
    if not reader.eof or not words or len(words) % 4:
        raise Damaged("these are no counts")
    return numpy.frombuffer(words, dtype="<u4").astype(numpy.int64)


def digest(key: Sequence[str], shard: int, blob: bytes) -> bytes:
    """Of a shard's counts and of all that they are kept under: no shard can pass for another."""
    state = blake2b(digest_size=16)
    for field in (*(text.encode("utf-8", "surrogatepass") for text in key), str(shard).encode(), blob):
        state.update(len(field).to_bytes(8, "little") + field)
    return state.digest()
