"""The mean over pairs of inputs, one sample after the other: the sums of :mod:`numerics.hardness._sampled`.

They are made in the same order, so that they have the same digits.
"""

from __future__ import annotations

from typing import Any

import numpy

from lemmata.sampling.compiled.jit import compiled, inlined

# Rows that are gone through together: a sum waits for what was added last, and these wait side by side.
TOGETHER = 8


@inlined
def sign(bits: Any) -> Any:
    """-1 to the number of set bits of a byte: float64."""
    bits ^= bits >> numpy.uint8(4)
    bits ^= bits >> numpy.uint8(2)
    bits ^= bits >> numpy.uint8(1)
    return 1.0 - 2.0 * numpy.float64(bits & numpy.uint8(1))


@compiled
def mean_products(products: Any, n: int, subsets: Any, inputs: Any) -> Any:
    """The mean of ``products[x, x']`` chi_I(x) chi_I(x') over the pairs of the inputs of each row: float64 (size,).

    ``products`` is float64 (4^n,), n <= 8; ``subsets`` (size,) and ``inputs`` (size, k) are bytes of indices.
    """
    size, count = inputs.shape
    out = numpy.empty(size)
    signs, total = numpy.empty((count, TOGETHER)), numpy.empty(TOGETHER)
    at = numpy.empty((count, TOGETHER), dtype=numpy.int64)
    for first in range(0, size, TOGETHER):
        rows = min(TOGETHER, size - first)
        for k in range(count):
            for row in range(rows):
                at[k, row] = inputs[first + row, k]
                signs[k, row] = sign(inputs[first + row, k] & subsets[first + row])
        total.fill(0.0)
        for a in range(count):
            for b in range(a + 1, count):
                for row in range(rows):
                    product = products[(at[a, row] << n) + at[b, row]]
                    total[row] += product * (signs[a, row] * signs[b, row])
        for row in range(rows):
            out[first + row] = total[row] / (count * (count - 1) // 2)
    return out
