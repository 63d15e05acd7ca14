"""Random continuous maps of a number to a few dimensions, and two multisets on which their sums agree.

On the sphere around the centre c the difference of Phi(c + r u) and Phi(c - r u) is odd in u, with fewer coordinates
than u has: so it vanishes somewhere, whatever the map. Newton's method finds out where.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lemmata.sampling import Stream, to_host

WIDTH, STEEP, RADIUS = 12, 4.0, 0.05
STEPS, STARTS = 40, 5
NEAR, LAST_STEP = 1e-12, 1e-9
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Map:
    """phi(z) = outer tanh(inner z + bias), from R to R^N."""

    inner: Array
    bias: Array
    outer: Array

    @staticmethod
    def drawn(stream: Stream, N: int) -> Map:
        """A network of one hidden layer, whose neurons bend inside of [0,1]."""
        inner = STEEP * np.asarray(to_host(stream.normal(WIDTH)))
        bias = -inner * np.asarray(to_host(stream.uniform(WIDTH)))
        return Map(inner, bias, np.asarray(to_host(stream.normal((N, WIDTH)))))

    def __call__(self, z: Array) -> Array:
        """float64 (N, points)."""
        return self.outer @ np.tanh(np.multiply.outer(self.inner, z) + self.bias[:, None])

    def slope(self, z: Array) -> Array:
        """The derivative: float64 (N, points)."""
        rate = 1.0 - np.tanh(np.multiply.outer(self.inner, z) + self.bias[:, None]) ** 2
        return self.outer @ (self.inner[:, None] * rate)


@dataclass(frozen=True, slots=True)
class Powers:
    """phi(z) = (z, z^2, ..., z^N)."""

    N: int

    def __call__(self, z: Array) -> Array:
        """float64 (N, points)."""
        return np.stack([z**k for k in range(1, self.N + 1)])

    def slope(self, z: Array) -> Array:
        """The derivative: float64 (N, points)."""
        return np.stack([k * z ** (k - 1) for k in range(1, self.N + 1)])


@dataclass(frozen=True, slots=True)
class Pair:
    """Two multisets of [0,1], the largest difference of their sums, and the step that Newton's method takes next.

    ``slope`` is the least rate at which the sums part when X - Y turns, its length kept.
    """

    X: Array
    Y: Array
    residual: float
    step: float
    slope: float

    @property
    def distance(self) -> float:
        """That of the multisets, each written in order."""
        return float(np.linalg.norm(np.sort(self.X) - np.sort(self.Y)))

    @property
    def maxima(self) -> float:
        """The difference of the maxima."""
        return abs(float(np.max(self.X) - np.max(self.Y)))

    @property
    def found(self) -> bool:
        """Whether they collide: a root to rounding, near which Newton's method no longer moves."""
        return self.residual <= NEAR and self.step <= LAST_STEP


def collide(phi: Map | Powers, M: int, stream: Stream, radius: float = RADIUS) -> Pair:
    """The best pair c + r u, c - r u from a few starts; c is spread evenly over [0,1], r is below 1/(M + 1)."""
    centre = np.arange(1, M + 1) / (M + 1)
    starts = np.asarray(to_host(stream.normal((STARTS, M))))
    tried = (_newton(phi, centre, start, radius) for start in starts)
    best = next(tried)
    while not best.found and (other := next(tried, None)) is not None:
        best = min(best, other, key=lambda pair: pair.residual)
    return best


def _newton(phi: Map | Powers, centre: Array, start: Array, radius: float) -> Pair:
    u, length = start / np.linalg.norm(start), 1.0
    for _ in range(STEPS):
        gap, rates = _sums(phi, centre, u, radius)
        if length <= LAST_STEP and np.max(np.abs(gap)) <= NEAR / 4:
            break
        step = _step(gap, rates, u)
        length = float(np.linalg.norm(step))
        u = u + step * min(1.0, 0.5 / length) if length > 0 else u
        u /= np.linalg.norm(u)
    gap, rates = _sums(phi, centre, u, radius)
    slopes = np.linalg.svd(rates - np.outer(rates @ u, u), compute_uv=False) / (2 * radius)
    return Pair(
        centre + radius * u,
        centre - radius * u,
        residual=float(np.max(np.abs(gap))),
        step=float(np.linalg.norm(_step(gap, rates, u))),
        slope=float(np.min(slopes)),
    )


def _sums(phi: Map | Powers, centre: Array, u: Array, radius: float) -> tuple[Array, Array]:
    """The difference of the sums, and its derivative by u: float64 (N,) and (N, M)."""
    X, Y = centre + radius * u, centre - radius * u
    return np.sum(phi(X) - phi(Y), axis=1), radius * (phi.slope(X) + phi.slope(Y))


def _step(gap: Array, rates: Array, u: Array) -> Array:
    """Newton's step along the sphere: float64 (M,)."""
    return np.asarray(np.linalg.lstsq(np.vstack([rates, u]), np.append(-gap, 0.0))[0], dtype=np.float64)


def mean_value(phi: Map, M: int) -> float:
    """A number s with M phi(s) = phi(1) + (M - 1) phi(0), by bisection: phi takes its mean between 0 and 1."""

    def above(s: float) -> bool:
        zero, one, here = (float(phi(np.array([z]))[0, 0]) for z in (0.0, 1.0, s))
        return (M * here - one - (M - 1) * zero > 0) == (one > zero)

    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if above(middle) else (middle, high)
    return (low + high) / 2
