"""What others would use, written as they would write it; packages that are not installed are left out."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy


def installed(name: str) -> Any | None:
    """The package if it is there: torch is not in the extra ``bench``, and fht_cpu not for every machine."""
    return import_module(name) if find_spec(name) else None


def butterfly(values: Any) -> Any:
    """The textbook's fast transform, a pass for each bit on views of one array."""
    out, step = values.copy(), 1
    while step < out.size:
        pairs = out.reshape(-1, 2, step)
        total = pairs[:, 0, :] + pairs[:, 1, :]
        pairs[:, 1, :] = pairs[:, 0, :] - pairs[:, 1, :]
        pairs[:, 0, :] = total
        step *= 2
    return out


def torch_butterfly(torch: Any, values: Any) -> Callable[[], Any]:
    given = torch.from_numpy(values)

    def run() -> Any:
        out, step = given, 1
        while step < given.numel():
            pairs = out.reshape(-1, 2, step)
            out = torch.stack([pairs[:, 0] + pairs[:, 1], pairs[:, 0] - pairs[:, 1]], dim=1)
            step *= 2
        return out.reshape(-1)

    return run


def network_by_products(n: int, inner: Any, bias: Any, outer: Any) -> Any:
    """A ReLU network on the whole cube in float32: signs of a part of the inputs, and two matrix products."""
    out, part = numpy.empty(2**n, dtype=numpy.float32), 2**14
    for first in range(0, 2**n, part):
        index = numpy.arange(first, first + part)
        signs = (1 - 2 * (index[:, None] >> numpy.arange(n) & 1)).astype(numpy.float32)
        out[first : first + part] = numpy.maximum(signs @ inner.T + bias, 0) @ outer
    return out


def gradient_by_floats(rng: Any, size: int, inner: Any, bias: Any, subset: list[int]) -> Any:
    """The sums of chi_I times the gates and the inputs, from signs that are drawn as floats."""
    total = 0.0
    for _ in range(0, size, 2**14):
        x = rng.choice([-1.0, 1.0], size=(2**14, inner.shape[1]))
        signed = ((x @ inner.T + bias) > 0) * x[:, subset].prod(axis=1)[:, None]
        total = total + signed.T @ x
    return total


def products_by_floats(rng: Any, size: int, inner: Any, bias: Any, block: int, group: int) -> Any:
    """For groups of inputs the sum over their pairs of g(x).g(x') chi_I(x) chi_I(x'), each group with an I of its own.

    The square of the sum of the signed gradients, less what each input gives with itself, by batched matrix products.
    """
    found, part = [], 2**14
    for _ in range(0, size, part):
        x = rng.choice([-1.0, 1.0], size=(part // group, group, inner.shape[1]))
        inside = rng.integers(0, 2, size=(part // group, 1, block))
        chi = numpy.where(inside, x[:, :, :block], 1.0).prod(axis=2)
        on = (x @ inner.T + bias) > 0
        signed = on * chi[:, :, None]
        totals = numpy.concatenate([signed.sum(axis=1)[:, :, None], signed.transpose(0, 2, 1) @ x], axis=2)
        found.append(((totals**2).sum(axis=(1, 2)) - on.sum(axis=(1, 2)) * (1 + inner.shape[1])) / 2)
    return numpy.concatenate(found)


def gradient_by_autograd(
    torch: Any, size: int, inner: Any, bias: Any, subset: list[int]
) -> Callable[[], Any]:
    weights = torch.from_numpy(inner).requires_grad_()
    shift = torch.from_numpy(bias)

    def run() -> Any:
        for _ in range(0, size, 2**14):
            x = torch.randint(0, 2, (2**14, inner.shape[1])).to(weights.dtype) * 2 - 1
            value = (torch.relu(x @ weights.T + shift).sum(dim=1) * x[:, subset].prod(dim=1)).sum()
            value.backward()
        return weights.grad

    return run


def pair_means(rng: Any, products: Any, characters: Any, inputs: int, size: int) -> Any:
    """For ``size`` subsets and ``inputs`` points each the mean of ``products`` times chi_I over pairs.

    ``products`` and ``characters`` are (2^n, 2^n), float64 and int8.
    """
    found, part = [], 2**12
    first, second = numpy.triu_indices(inputs, 1)
    for _ in range(0, size, part):
        x = rng.integers(0, len(products), size=(part, inputs))
        chi = characters[rng.integers(0, len(products), size=(part, 1)), x]
        found.append((products[x[:, first], x[:, second]] * chi[:, first] * chi[:, second]).mean(axis=1))
    return numpy.concatenate(found)
