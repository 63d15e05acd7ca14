"""The rows that sample: pairs of inputs that share a subset, for drawn networks and for the user's own model."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy

from lemmata.model import Row
from lemmata.sampling import Stream, compiled, parity, walsh_hadamard
from numerics.hardness._model import Model
from numerics.hardness._network import Network, gradient

INPUTS = 8
SAMPLES = 2**18
GROUPS = 2**13
# Samples that NumPy goes through together.
PART = 2**13
# Bounds are rounded outwards by this much.
OUTWARDS = 1e-9
# What NumPy takes for one mean product.
SECONDS = 4e-7


@dataclass(frozen=True, slots=True)
class Pairs:
    """The table of g(x).g(x') on a small cube, from which pairs of inputs are looked up: float64 (4^n,)."""

    n: int
    products: Any
    square: float
    largest: float
    coefficients: Any

    def mean_product(self, subsets: Any, inputs: Any, xp: Any) -> Any:
        """The mean of g(x).g(x') chi_I(x) chi_I(x') over the pairs of inputs that share a subset.

        ``subsets`` (size,) and ``inputs`` (size, 8) are bytes of indices; returns float64 (size,).
        """
        if xp is numpy and compiled.worth(inputs.shape[0] * SECONDS):
            from numerics.hardness._sampled_compiled import mean_products

            return mean_products(self.products, self.n, subsets, inputs)
        parts = (slice(k, min(k + PART, inputs.shape[0])) for k in range(0, inputs.shape[0], PART))
        return xp.concat([self._mean_product(subsets[part], inputs[part, :], xp) for part in parts])

    def _mean_product(self, subsets: Any, inputs: Any, xp: Any) -> Any:
        signs = parity(inputs & subsets[:, None], xp)
        index = xp.astype(inputs, xp.int64)
        pairs = list(combinations(range(INPUTS), 2))
        total = xp.zeros((index.shape[0],), dtype=xp.float64)
        for a, b in pairs:
            product = xp.take(self.products, index[:, a] * 2**self.n + index[:, b])
            total += product * xp.astype(signs[:, a] * signs[:, b], xp.float64)
        return total / len(pairs)

    def support(self) -> tuple[float, float]:
        """Bounds of ``mean_product``, rounded outwards: the square of a sum of 8 vectors is not negative."""
        high = self.largest * (1 + OUTWARDS)
        return -high / (INPUTS - 1), high


def pairs_of(net: Network, xp: Any) -> Pairs:
    g = xp.stack(list(gradient(net, xp)), axis=0)
    lengths = xp.sum(g * g, axis=0)
    coefficients = xp.sum(walsh_hadamard(g) ** 2, axis=0) / 4**net.n
    products = xp.reshape(g.T @ g, (-1,))
    return Pairs(net.n, products, float(xp.mean(lengths)), float(xp.max(lengths)), coefficients)


def moment_row(net: Network, xp: Any) -> Row:
    pairs = pairs_of(net, xp)

    def sampler(stream: Stream, size: int) -> Any:
        drawn = _points(stream, size, INPUTS + 1, net.n)
        return pairs.mean_product(drawn[:, 0], drawn[:, 1:], xp)

    return _sampled(f"moment-{net.n}", "mean-equals", pairs, sampler, abscissa=net.n, scale=pairs.square)


def one_subset_row(net: Network, xp: Any) -> Row:
    """The subset that this network correlates with most, in place of a drawn one."""
    pairs = pairs_of(net, xp)
    subset = xp.astype(xp.argmax(pairs.coefficients), xp.uint8)

    def sampler(stream: Stream, size: int) -> Any:
        return pairs.mean_product(xp.broadcast_to(subset, (size,)), _points(stream, size, INPUTS, net.n), xp)

    return _sampled("one-subset", "mean-at-most", pairs, sampler, variant="every-subset", samples=2**16)


def _sampled(name: str, kind: Any, pairs: Pairs, sampler: Any, **others: Any) -> Row:
    others.setdefault("samples", SAMPLES)
    return Row(
        name=name,
        quantity="second_moment",
        at={"n": pairs.n, "grad_sq": pairs.square},
        part="c",
        kind=kind,
        relative=0.15,
        sampler=sampler,
        support=pairs.support(),
        **others,
    )


def model_row(model: Model) -> Row:
    """The gradient averaged over all inputs but the block's is a function on its cube, and no longer than the bound."""
    assert model.bound is not None
    return Row(
        name="model-sampled",
        quantity="second_moment",
        at={"n": len(model.block), "grad_sq": model.bound**2},
        part="c",
        kind="mean-at-most",
        relative=0.15,
        sampler=model.mean_products,
        support=model.support,
        samples=GROUPS,
        shard=2**7,
    )


def _points(stream: Stream, size: int, count: int, n: int) -> Any:
    """Independent uniform indices of points of the cube, n <= 8: uint8 (size, count)."""
    octets = stream.octets(size * count)
    octets &= 2**n - 1
    return stream.xp.reshape(octets, (size, count))
