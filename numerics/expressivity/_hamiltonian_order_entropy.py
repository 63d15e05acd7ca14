"""The member of an exponential family with given moments, found by Newton's method, and entropies by quadrature."""

from __future__ import annotations

from collections.abc import Callable
from math import pi
from typing import Any

from lemmata.sampling import Stream

OUTCOMES, STATISTICS, STEPS = 6, 2, 60
POINTS, REACH = 2**15, 40.0
Density = Callable[[Any, Any], Any]


def rivals(stream: Stream, xp: Any) -> tuple[Any, Any]:
    """q drawn on six outcomes, and p ~ exp(sum l f) with the same means of two drawn statistics: float64 (6,)."""
    statistics = stream.normal((STATISTICS, OUTCOMES))
    q = 0.1 + stream.uniform(OUTCOMES)
    q = q / xp.sum(q)
    coefficients = xp.zeros((STATISTICS,), dtype=xp.float64)
    for _ in range(STEPS):
        p = member(coefficients, statistics, xp)
        means = statistics @ p
        centred = statistics - means[:, None]
        curvature = (centred * p[None, :]) @ centred.T
        coefficients = coefficients + xp.linalg.solve(curvature, (statistics @ q - means)[:, None])[:, 0]
    return member(coefficients, statistics, xp), q


def member(coefficients: Any, statistics: Any, xp: Any) -> Any:
    """exp(sum_a l_a f_a)/Z."""
    energies = coefficients @ statistics
    weights = xp.exp(energies - xp.max(energies))
    return weights / xp.sum(weights)


def entropy(p: Any, xp: Any) -> float:
    """In nats."""
    return float(-xp.sum(p * xp.log(p)))


def gaussian(x: Any, xp: Any) -> Any:
    """The standard normal density."""
    return xp.exp(-x * x / 2) / (2 * pi) ** 0.5


def laplace(x: Any, xp: Any) -> Any:
    """e^-|x|/2."""
    return xp.exp(-xp.abs(x)) / 2


def logistic(x: Any, xp: Any) -> Any:
    """The derivative of the logistic function."""
    decay = xp.exp(-xp.abs(x))
    return decay / (1 + decay) ** 2


def two_humps(x: Any, xp: Any) -> Any:
    """An equal mixture of two Gaussians, two deviations from the middle."""
    return (gaussian(x - 2, xp) + gaussian(x + 2, xp)) / 2


def measured(density: Density, xp: Any) -> tuple[float, float]:
    """Variance and entropy of a density that is even, by the trapezoidal rule."""
    x = REACH * (2 * xp.arange(POINTS + 1, dtype=xp.float64) / POINTS - 1)
    values = density(x, xp)
    step = 2 * REACH / POINTS
    logs = xp.log(xp.where(values > 0, values, 1.0))
    return float(xp.sum(x * x * values)) * step, float(-xp.sum(values * logs)) * step
