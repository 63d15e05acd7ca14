"""A layer of ReLU units on 32 inputs, a cube nobody goes through here: asked about parities of a few of its inputs.

With the other inputs averaged out its gradient is a function on a small cube, to which the theorem applies as it
stands. Weights are whole numbers, so that this function is known exactly: sums of other inputs are counted, not drawn.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy

from lemmata.model import Row
from lemmata.sampling import Layer, Stream, layer, pair_products, to_host

INPUTS, WIDTH = 32, 32
# Weights and biases are from -7..7.
LARGEST_WEIGHT = 7
# The inputs whose parities are asked about.
BLOCK = 3
# A sample is a mean over the pairs of so many inputs.
GROUP = 16
PAIRS = GROUP * (GROUP - 1) // 2
SAMPLES = 2**17


def layer_row(stream: Stream) -> Row:
    """The mean of |E chi_I g|^2 over the subsets I of the block, for a drawn layer."""
    weights, bias = draw_layer(stream, WIDTH, INPUTS)
    units = layer(weights, bias)
    high = float(units.largest)

    def sampler(stream: Stream, size: int) -> Any:
        return stream.xp.astype(products(units, stream, size), stream.xp.float64) / PAIRS

    return Row(
        name="relu-layer",
        quantity="second_moment",
        at={"n": BLOCK, "grad_sq": mean_square(weights, bias, BLOCK)},
        part="c",
        kind="mean-equals",
        relative=0.1,
        sampler=sampler,
        # The square of a sum over the group is not negative: its pairs are above minus half of what |g|^2 add up to.
        support=(-high / (GROUP - 1), high),
        samples=SAMPLES,
    )


def products(units: Layer, stream: Stream, size: int) -> Any:
    """A subset of the block and 16 inputs, ``size`` times: the sums over their pairs, int64 (size,)."""
    subsets = stream.words(size) & (2**BLOCK - 1)
    words = stream.xp.reshape(stream.words(GROUP * size), (GROUP, size))
    return pair_products(units, words, subsets)


def draw_layer(stream: Stream, width: int, n: int) -> tuple[Any, Any]:
    """Weights int64 (width, n) and biases int64 (width,), on the host."""
    drawn = (stream.integers(size, 2 * LARGEST_WEIGHT + 1) for size in ((width, n), width))
    weights, bias = (to_host(part) - LARGEST_WEIGHT for part in drawn)
    return weights, bias


def mean_square(weights: Any, bias: Any, block: int) -> Fraction:
    """The mean of |G(y)|^2 over the first ``block`` inputs y, G(y) being the mean of g over the others; exact.

    g has 1 + n coordinates [w.x + b > 0] (1, x_1, .., x_n) for each unit.
    """
    others = weights.shape[1] - block
    total = sum(_square(w, int(b), block) for w, b in zip(weights, bias, strict=True))
    return Fraction(total, 2**block * 4**others)


def _square(weights: Any, bias: int, block: int) -> int:
    """What a unit adds to the sum over y of |2^others G(y)|^2."""
    counts = _counts(weights[block:].tolist())
    # How many of the other inputs' signs give a sum above s, for s from -reach - 1 on.
    above = numpy.cumsum(counts[:, ::-1], axis=1)[:, ::-1]
    total = 0
    for index in range(2**block):
        signs = 1 - 2 * (index >> numpy.arange(block) & 1)
        start = bias + int(signs @ weights[:block])
        # The bias, and the inputs of the block: the same but for a sign.
        total += (1 + block) * _above(above[0], -start) ** 2
        for tail, w in zip(above[1:], weights[block:].tolist(), strict=True):
            total += (_above(tail, -start - w) - _above(tail, -start + w)) ** 2
    return total


def _counts(weights: list[int]) -> Any:
    """How often each sum -reach, .., reach of signed weights occurs, then the same without each of them in turn.

    int64 (1 + weights, 2 reach + 1): there are at most 2^31 sums.
    """
    reach = sum(map(abs, weights))
    counts = numpy.zeros((1 + len(weights), 2 * reach + 1), dtype=numpy.int64)
    counts[:, reach] = 1
    for k, weight in enumerate(map(abs, weights)):
        left_out = counts[1 + k].copy()
        moved = numpy.zeros_like(counts)
        moved[:, weight:] += counts[:, : counts.shape[1] - weight]
        moved[:, : counts.shape[1] - weight] += counts[:, weight:]
        counts = moved
        counts[1 + k] = left_out
    return counts


def _above(tail: Any, bound: int) -> int:
    """How many sums exceed ``bound``: ``tail[j]`` of them are at least j - reach."""
    at = bound + 1 + len(tail) // 2
    return 0 if at >= len(tail) else int(tail[max(at, 0)])
