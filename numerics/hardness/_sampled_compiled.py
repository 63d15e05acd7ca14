"""The mean over pairs of inputs, one sample after the other: the sums of :mod:`numerics.hardness._sampled`.

They are made in the same order, so that they have the same digits.
"""

from __future__ import annotations

from typing import Any

import numpy

from lemmata.sampling.compiled.jit import compiled, inlined


@inlined
def sign(bits: Any) -> Any:
    """-1 to the number of set bits: float64. There are at most 2^8 points."""
    bits ^= bits >> numpy.uint64(4)
    bits ^= bits >> numpy.uint64(2)
    bits ^= bits >> numpy.uint64(1)
    return 1.0 - 2.0 * numpy.float64(bits & numpy.uint64(1))


@compiled
def mean_products(products: Any, n: int, subsets: Any, inputs: Any) -> Any:
    """The mean of ``products[x, x']`` chi_I(x) chi_I(x') over the pairs of the inputs of each row: float64 (size,).

    ``products`` is float64 (4^n,), n <= 8; ``subsets`` (size,) and ``inputs`` (size, k) are uint64 indices.
    """
    size, count = inputs.shape
    out = numpy.empty(size)
    signs = numpy.empty(count)
    at = numpy.empty(count, dtype=numpy.int64)
    for row in range(size):
        for k in range(count):
            at[k] = inputs[row, k]
            signs[k] = sign(inputs[row, k] & subsets[row])
        total = 0.0
        for a in range(count):
            for b in range(a + 1, count):
                total += products[(at[a] << n) + at[b]] * (signs[a] * signs[b])
        out[row] = total / (count * (count - 1) // 2)
    return out
