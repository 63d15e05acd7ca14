"""The counts and errors of no-flattening as closed forms, exact, with the sizes at which they are refused."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from math import comb, cos, pi, prod, sin, sqrt
from typing import Any

from lemmata.model import LemmataError

# Trees of unequal fan-ins are searched through; larger ones would take minutes.
LARGEST_SEARCHED = 256


def neurons_shallow(r: tuple[int, ...]) -> int:
    """prod (r_i + 1): one hidden layer, no biases, x^r exact through degree |r|; raises LemmataError for r_i = 0."""
    for i, exponent in enumerate(r, 1):
        if exponent < 1:
            raise LemmataError(
                f"r must have exponents from 1 on, and its entry {i} is {exponent}: leave out an input "
                "that is not a factor"
            )
    return prod(exponent + 1 for exponent in r)


def neurons_shallow_output_bias(r: tuple[int, ...]) -> int:
    """One less: the output bias stands in for a neuron without input weights."""
    return neurons_shallow(r) - 1


def sign_gate(x: tuple[Any, ...]) -> Any:
    """prod x_i: what the sign gate computes of a polynomial activation of degree at most n + 1."""
    return prod(x)


def residual(n: int, m: int) -> int:
    """2^n - m: the least squared error of m neurons; raises LemmataError for m > 2^n."""
    if m > 2**n:
        raise LemmataError(
            f"m = {m} is more than the 2^{n} = {2**n} neurons that leave no error: take m <= {2**n}"
        )
    return 2**n - m


def l2_lower_bound(n: int, m: int) -> Fraction:
    """max(0, 1 - m/C(n, floor(n/2))): of m ridge functions, under a Gaussian."""
    return max(Fraction(0), 1 - Fraction(m, uniform_neurons(n)))


def neurons_free_bias(n: int) -> int:
    """2^(n-1): exact through degree n, every neuron with a bias of its own."""
    return 2 ** (n - 1)


def uniform_neurons(n: int) -> int:
    """C(n, floor(n/2)): fewer ridge functions do not come as near as one likes to x_1 .. x_n."""
    return comb(n, n // 2)


def counterexample_error(d: int, scale: Any) -> float:
    """sup over |z| <= 1 of |sigma(az)/a^d - z^d| for sigma(z) = z^d + sin z + cos z: sqrt 2/a^d once a >= pi/4."""
    a = float(scale)
    return (sqrt(2) if a >= pi / 4 else sin(a) + cos(a)) / a**d


def neurons_deep(n: int) -> int:
    """4(n - 1): four for each gate of a binary tree."""
    return 4 * (n - 1)


def gate_order() -> int:
    """2: the power of t in the error of a sign gate, and of a tree of them."""
    return 2


def neurons_at_depth(n: int, k: int) -> int:
    """The cheapest tree of k layers of equal gates.

    Over the ordered factorisations n = b_1 .. b_k, b_j >= 2, the least sum of n/(b_1 .. b_i) 2^(b_i). Raises
    LemmataError where there is none.
    """
    deepest = sum(1 for _ in _primes(n))
    least = min(deepest, 1)
    if not least <= k <= deepest:
        feasible = f"{least} to {deepest}" if least < deepest else str(deepest)
        raise LemmataError(
            f"n = {n} is no product of k = {k} whole numbers from 2 on: there are uniform trees of depth {feasible}"
        )
    return _uniform(n, k)


@cache
def _uniform(n: int, k: int) -> int:
    if k <= 1:
        return 2**n if k else 0
    # The last k - 1 layers need a factor of 2 each.
    fan_ins = (b for b in range(2, n // 2 ** (k - 1) + 1) if n % b == 0)
    return min(
        n // b * 2**b + _uniform(n // b, k - 1) for b in fan_ins if sum(1 for _ in _primes(n // b)) >= k - 1
    )


def _primes(n: int) -> Iterator[int]:
    """The prime factors, as often as they occur."""
    p = 2
    while p * p <= n:
        while n % p == 0:
            yield p
            n //= p
        p += 1
    if n > 1:
        yield n


def neurons_at_depth_mixed(n: int, k: int) -> int:
    """The cheapest tree of depth at most k whose gates may have any fan-ins, inputs skipping layers for free.

    Raises LemmataError for k = 0 with more than one input, and for n > 256.
    """
    if n > LARGEST_SEARCHED:
        raise LemmataError(f"n = {n} is too large to search through all trees: take n <= {LARGEST_SEARCHED}")
    if n > 1 and k < 1:
        raise LemmataError(f"n = {n} inputs are not multiplied at depth 0: take k >= 1")
    # Halving multiplies them all, four neurons a gate, at which no depth is of more use.
    return _mixed(min(k, (n - 1).bit_length()), n)[n]


@cache
def _mixed(k: int, largest: int) -> tuple[int, ...]:
    """The least costs for n = 0 .. largest; n = 0 costs nothing and is never used."""
    if k == 0:
        return (0, 0)
    if k == 1:
        return (0, 0, *(2**n for n in range(2, largest + 1)))
    inner = _mixed(k - 1, largest)
    best = list(inner)
    # split[n]: the cheapest b groups of n inputs in all; a gate of b inputs pays while it costs less than the best.
    split, b = list(inner), 2
    while 2**b < best[largest]:
        split = [0] * b + [
            min(split[n - size] + inner[size] for size in range(1, n - b + 2)) for n in range(b, largest + 1)
        ]
        for n in range(b, largest + 1):
            best[n] = min(best[n], 2**b + split[n])
        b += 1
    return tuple(best)
