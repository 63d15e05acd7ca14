"""Random streams that are addressed, not advanced: (seed, claim, row, shard) gives the same words anywhere.

A stream's identity is 96 bits of BLAKE2b: two key words and one counter word of Philox4x32-10. A second
counter word is the shard and the last two count blocks, so that shards of one row never overlap and any of
them can be drawn first.
"""

from __future__ import annotations

import hashlib
from math import prod
from typing import Any, Self

import numpy

from lemmata.sampling import compiled
from lemmata.sampling.normal import inverse_normal
from lemmata.sampling.philox import WORD, philox_rounds
from lemmata.sampling.signs import BYTE_BITS, BYTE_SIGNS, spread

KEY_BYTES = 12
# Blocks worked on at once on the host: the rounds then stay in cache.
HOST_BLOCKS = 2**14
# What NumPy takes for one word.
SECONDS = 16e-9
Size = int | tuple[int, ...]


class Stream:
    """A counter-based stream of one shard; successive calls consume the counter word by word.

    ``key`` is 12 bytes, ``shard`` an integer in [0, 2^32), ``xp`` the namespace that arrays are made in.
    Raises ValueError for a key or shard outside that range.
    """

    __slots__ = ("_position", "key", "shard", "xp")

    def __init__(self, key: bytes, shard: int = 0, xp: Any = numpy) -> None:
        if len(key) != KEY_BYTES or not 0 <= shard < 2**32:
            raise ValueError(f"a stream has a key of {KEY_BYTES} bytes and a shard in [0, 2**32)")
        self.key, self.shard, self.xp = key, shard, xp
        self._position = 0

    @classmethod
    def keyed(cls, seed: int, claim_hash: str, row: str, shard: int = 0, xp: Any = numpy) -> Self:
        """The stream of one shard of one row of one claim under one seed (any integer)."""
        return cls(_digest(str(seed).encode(), claim_hash.encode(), row.encode()), shard, xp)

    def spawn(self, label: str) -> Stream:
        """An independent stream of the same shard, whatever has been drawn from this one."""
        return Stream(_digest(self.key, label.encode()), self.shard, self.xp)

    def words(self, count: int) -> Any:
        """The next ``count`` words: uint32 (count,)."""
        first, start = divmod(self._position, 4)
        last = -(-(self._position + count) // 4)
        self._position += count
        return self._drawn(first, last)[start : start + count]

    def octets(self, count: int) -> Any:
        """The bytes of the next words, lowest first: uint8 (count,). What is left of the last word is passed over."""
        return spread(self.words(-(-count // 4)), self.xp)[:count]

    def uniform(self, size: Size) -> Any:
        """Multiples of 2^-53, uniform in [0, 1): float64 of shape ``size``."""
        return self._reals(size, 53, 0.0)

    def normal(self, size: Size) -> Any:
        """Standard normal values by inversion of 52-bit midpoints, symmetric about zero: float64."""
        return inverse_normal(self._reals(size, 52, 0.5), self.xp)

    def integers(self, size: Size, high: int) -> Any:
        """Integers uniform in [0, high): int64 of shape ``size``.

        A power of two is exact; otherwise the distance from uniform is below high * 2^-53 in total variation.
        Raises ValueError unless 1 <= high <= 2^32.
        """
        if not 1 <= high <= 2**32:
            raise ValueError("integers are drawn below a bound in [1, 2**32]")
        return self.xp.astype(self.xp.floor(self.uniform(size) * high), self.xp.int64)

    def signs(self, size: int, n: int) -> Any:
        """Independent fair signs: int8 (size, n) in {-1, 1}."""
        return self._lookup(BYTE_SIGNS, size, n)

    def bits(self, size: int, n: int) -> Any:
        """Independent fair bits: int8 (size, n) in {0, 1}; bit 1 where ``signs`` would have -1."""
        return self._lookup(BYTE_BITS, size, n)

    def _lanes(self, size: int, n: int) -> Any:
        """Raw bytes for n bits a row: uint8 (size, ceil(n/8)); neighbouring rows share words."""
        width = -(-n // 8)
        return self.xp.reshape(self.octets(size * width), (size, width))

    def _lookup(self, table: Any, size: int, n: int) -> Any:
        xp, lanes = self.xp, self._lanes(size, n)
        rows = xp.take(xp.asarray(table), xp.astype(xp.reshape(lanes, (-1,)), xp.int64), axis=0)
        return xp.reshape(rows, (size, 8 * lanes.shape[1]))[:, :n]

    def _reals(self, size: Size, bits: int, offset: float) -> Any:
        """(k + offset) 2^-bits, k being the high bits of two words each: float64 of shape ``size``."""
        xp, shape = self.xp, (size,) if isinstance(size, int) else size
        count = prod(shape)
        if xp is numpy and self._position % 2 == 0 and compiled.worth(2 * count * SECONDS):
            return self._filled(count, bits, offset).reshape(shape)
        pairs = xp.astype(xp.reshape(self.words(2 * count), (*shape, 2)), xp.uint64)
        high = ((pairs[..., 0] << 32) | pairs[..., 1]) >> (64 - bits)
        return (xp.astype(high, xp.float64) + offset) * 2.0**-bits

    def _filled(self, count: int, bits: int, offset: float) -> Any:
        """The same in one pass, from whole blocks of two numbers each."""
        from lemmata.sampling.compiled.philox import fill_reals

        first, start = divmod(self._position // 2, 2)
        self._position += 2 * count
        out = numpy.empty(-(-(start + count) // 2) * 2)
        identity = map(numpy.uint64, (first, self.shard, *self._identity()))
        fill_reals(out, numpy.uint64(64 - bits), offset, 2.0**-bits, *identity)
        return out[start : start + count]

    def _identity(self) -> tuple[int, int, int]:
        label, low, high = (int.from_bytes(self.key[i : i + 4], "little") for i in (0, 4, 8))
        return label, low, high

    def _drawn(self, first: int, last: int) -> Any:
        """The words of the blocks first..last."""
        if self.xp is numpy and compiled.worth(4 * (last - first) * SECONDS):
            from lemmata.sampling.compiled.philox import fill_words

            out = numpy.empty(4 * (last - first), dtype=numpy.uint32)
            fill_words(out, *map(numpy.uint64, (first, self.shard, *self._identity())))
            return out
        step = HOST_BLOCKS if self.xp is numpy else max(last - first, 1)
        parts = [self._blocks(at, min(at + step, last)) for at in range(first, last, step)]
        return self.xp.concat(parts) if parts else self.xp.zeros((0,), dtype=self.xp.uint32)

    def _blocks(self, first: int, last: int) -> Any:
        xp, (label, low, high) = self.xp, self._identity()
        index = xp.arange(first, last, dtype=xp.uint64)
        fixed = (xp.full(index.shape, word, dtype=xp.uint64) for word in (self.shard, label))
        lanes = philox_rounds((index & WORD, index >> 32, *fixed), (low, high))
        return xp.reshape(xp.stack([xp.astype(lane, xp.uint32) for lane in lanes], axis=-1), (-1,))


def _digest(*fields: bytes) -> bytes:
    """BLAKE2b of the fields, each preceded by its length so that no two lists of fields read alike."""
    state = hashlib.blake2b(digest_size=KEY_BYTES, person=b"lemmata stream")
    for field in fields:
        state.update(len(field).to_bytes(8, "little") + field)
    return state.digest()
