"""Targets that are no parities, losses that are not squared: their correlations, directly from the means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lemmata.sampling import Stream
from numerics.hardness._network import Network, characters, gradient, output


@dataclass(frozen=True, slots=True)
class Spread:
    """E|g|^2, and the variance over the targets of their correlation with g, summed over its coordinates."""

    square: float
    variance: float


def orthonormal_spread(net: Network, stream: Stream, xp: Any) -> Spread:
    """For a drawn orthonormal basis of 2^n functions on the cube: E[h_k h_l] = [k = l]."""
    size = 2**net.n
    basis, _ = xp.linalg.qr(stream.normal((size, size)))
    return _spread(basis.T * size**0.5, _table(net, xp), xp)


def loss_spread(net: Network, rate: Callable[[Any, Any], Any], xp: Any) -> Spread:
    """For every parity chi, E[chi r'(chi f) g], ``rate(z, xp)`` standing for r'(z)."""
    chi = xp.astype(characters(net.n, xp), xp.float64)
    return _spread(chi * rate(chi * output(net, xp)[None, :], xp), _table(net, xp), xp)


def logistic(z: Any, xp: Any) -> Any:
    """The derivative of log(1 + e^-z)."""
    return -1.0 / (1.0 + xp.exp(z))


def hinge(z: Any, xp: Any) -> Any:
    """A selection of the derivative of max(0, 1 - z): 0 at the kink."""
    return -xp.astype(z < 1.0, xp.float64)


def steep(z: Any, xp: Any) -> Any:
    """The derivative of 2z, which is not 1-Lipschitz."""
    return xp.full_like(z, 2.0)


def _table(net: Network, xp: Any) -> Any:
    return xp.stack(list(gradient(net, xp)), axis=0)


def _spread(weights: Any, g: Any, xp: Any) -> Spread:
    """``weights`` (targets, 2^n) and ``g`` (p, 2^n) are float64."""
    correlations = (weights @ g.T) / g.shape[1]
    deviations = correlations - xp.mean(correlations, axis=0)[None, :]
    total = xp.sum(deviations * deviations)
    return Spread(float(xp.sum(g * g)) / g.shape[1], float(total) / weights.shape[0])
