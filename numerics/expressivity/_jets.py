"""Truncated power series, many at once: float64 (terms, points), the coefficient of (z - b)^k in row k.

Activations are composed from the recurrences of exp, log and the quotient: no derivative is written down anywhere.
"""

from __future__ import annotations

from math import factorial
from typing import Any


def variable(at: Any, terms: int, xp: Any) -> Any:
    """The series of z itself at each of the points ``at``, float64 (points,)."""
    found = xp.zeros((terms, at.shape[0]), dtype=xp.float64)
    found[0, :] = at
    found[1, :] = 1.0
    return found


def times(a: Any, c: Any, xp: Any) -> Any:
    """The product."""
    rows = [sum(a[j, :] * c[k - j, :] for j in range(k + 1)) for k in range(a.shape[0])]
    return xp.stack(rows, axis=0)


def over(a: Any, c: Any, xp: Any) -> Any:
    """The quotient, where c does not vanish."""
    rows: list[Any] = []
    for k in range(a.shape[0]):
        rows.append((a[k, :] - sum(c[j, :] * rows[k - j] for j in range(1, k + 1))) / c[0, :])
    return xp.stack(rows, axis=0)


def exp(a: Any, xp: Any) -> Any:
    """From e' = a' e: k e_k is the sum of j a_j e_(k-j)."""
    rows = [xp.exp(a[0, :])]
    for k in range(1, a.shape[0]):
        rows.append(sum(j * a[j, :] * rows[k - j] for j in range(1, k + 1)) / k)
    return xp.stack(rows, axis=0)


def log(a: Any, xp: Any) -> Any:
    """From a l' = a'."""
    rows = [xp.log(a[0, :])]
    for k in range(1, a.shape[0]):
        rest = sum(j * rows[j] * a[k - j, :] for j in range(1, k)) if k > 1 else 0.0
        rows.append((a[k, :] - rest / k) / a[0, :])
    return xp.stack(rows, axis=0)


def activation(name: str, z: Any, xp: Any) -> Any:
    """The series of an activation of the series ``z``."""
    one = xp.zeros_like(z)
    one[0, :] = 1.0
    if name == "exp":
        return exp(z, xp)
    if name == "softplus":
        return log(one + exp(z, xp), xp)
    unit = over(one, one + exp(-(2.0 if name == "tanh" else 1.0) * z, xp), xp)
    if name == "tanh":
        return 2.0 * unit - one
    return times(z, unit, xp) if name == "silu" else unit


def derivatives(name: str, at: Any, order: int, xp: Any) -> Any:
    """The derivatives of orders 0 to ``order`` at each point: float64 (order + 1, points)."""
    series = activation(name, variable(at, order + 1, xp), xp)
    return xp.stack([factorial(k) * series[k, :] for k in range(order + 1)], axis=0)
