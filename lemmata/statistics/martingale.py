r"""Evidence about a bounded mean: capital won by betting on every sample, over a grid of fixed bets.

For samples x_i in [0, 1] and a hypothetical mean m, the capital

    K+(m) = (1/J) sum_r prod_i (1 - r + r x_i / m)

starts at one and is a nonnegative martingale when E[x_i | past] = m (a supermartingale when it is less).
Each bet r is fixed beforehand, so the product depends on the samples only through their histogram.

Sources: Ville, *Etude critique de la notion de collectif* (1939), for the inequality
P(sup K >= 1/alpha) <= alpha; Waudby-Smith and Ramdas, *Estimating means of bounded random variables by
betting*, J. R. Stat. Soc. B 86 (2024), for capital processes of this form.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lemmata.model import LemmataError

Vector = NDArray[np.float64]
Counts = NDArray[np.int64]

GRID: Vector = np.array([0.9] + [2.0 ** (-j / 2) for j in range(1, 37)])
"""The J = 37 bets, shape (37,): 0.9 for the first few samples, then down by factors of sqrt(2) to 2^-18."""
GRID.setflags(write=False)

# Below this mean x/m could overflow. Capital falls as m grows, so betting against a larger m than the one
# asked for only loses evidence: the guarantee stands.
SMALLEST_MEAN = 2.0**-1000

# Where |r (v/m - 1)| <= 1/8 for all values, 17 terms of the logarithm's series are exact to 2^-55, and
# one set of power sums serves all such bets: most of them, at a third of the cost of a logarithm each.
SERIES_RADIUS = 0.125
_ORDERS = np.arange(1, 18)
_SERIES: Vector = -((-GRID[:, np.newaxis]) ** _ORDERS) / _ORDERS


def relative_excess(values: ArrayLike, m: float) -> Vector:
    """v / m - 1 for each value, shape (B,)."""
    positive = max(m, SMALLEST_MEAN)
    # Not v / m - 1 as written: no digits are lost where v is close to m, the usual case.
    return (np.asarray(values, dtype=np.float64) - positive) / positive


def log_factors(values: ArrayLike, m: float) -> Vector:
    """What each bet earns on each value: log(1 - r + r v / m), shape (J, B) for values of shape (B,)."""
    return np.log1p(np.multiply.outer(GRID, relative_excess(values, m)))


def log_mean_exp(logs: Vector) -> Vector:
    """Logarithm of the mean of exponentials along the first axis: (J, ...) to (...), without overflow."""
    top = np.max(logs, axis=0)
    return top + np.log(np.mean(np.exp(logs - top), axis=0))


def log_capital(values: Vector, counts: Counts, m: float) -> float:
    """:func:`log_wealth` of a histogram already checked, with no empty bins."""
    weights = counts.astype(np.float64)
    excess = relative_excess(values, m)
    near = GRID * np.max(np.abs(excess), initial=0.0) <= SERIES_RADIUS
    logs = np.empty(GRID.size)
    # Plain sums, not products with BLAS: their digits do not depend on the number of threads.
    logs[~near] = np.sum(np.log1p(np.multiply.outer(GRID[~near], excess)) * weights, axis=1)
    if near.any():
        logs[near] = np.sum(_SERIES[near] * _power_sums(weights, excess), axis=1)
    return float(log_mean_exp(logs))


def _power_sums(weights: Vector, excess: Vector) -> Vector:
    """sum_b weights[b] excess[b]^k for the orders k of the series, shape (17,)."""
    sums = np.empty(_ORDERS.size)
    term = weights
    for index in range(sums.size):
        term = term * excess
        sums[index] = term.sum()
    return sums


def log_wealth(values: ArrayLike, counts: ArrayLike, m: float) -> float:
    """log K+(m), the evidence that the mean of a histogram on [0, 1] exceeds ``m``.

    ``values`` (B,) lie in [0, 1], ``counts`` (B,) are integers >= 0, and 0 <= m <= 1. The evidence that the
    mean is below ``m`` is that of ``1 - values`` against ``1 - m``. An empty histogram has log wealth 0.
    Means below 2^-1000 are treated as 2^-1000, which can only lose evidence.
    Raises LemmataError for a malformed histogram or a mean outside [0, 1].
    """
    if not 0 <= m <= 1:
        raise LemmataError(f"the hypothetical mean {m} lies outside [0, 1]; scale it by the support first")
    points, weights = histogram(values, counts)
    return log_capital(points, weights, m)


def histogram(values: ArrayLike, counts: ArrayLike) -> tuple[Vector, Counts]:
    """The non-empty bins, float64 values and int64 counts of one shape; raises LemmataError if malformed."""
    points = np.asarray(values, dtype=np.float64)
    weights = np.asarray(counts)
    if points.ndim != 1 or points.shape != weights.shape:
        raise LemmataError(
            f"a histogram needs one count a value, not shapes {points.shape} and {weights.shape}"
        )
    if weights.size and not np.issubdtype(weights.dtype, np.integer):
        raise LemmataError(f"the counts of a histogram must be integers, not {weights.dtype}")
    if np.any(weights < 0):
        raise LemmataError(
            "a histogram has a negative count; the counters have overflowed or were subtracted"
        )
    if not np.all((points >= 0) & (points <= 1)):
        raise LemmataError("a histogram has a value outside [0, 1]; scale values by the declared support")
    kept = weights > 0
    return points[kept], weights[kept].astype(np.int64)


def moments(values: Vector, counts: Counts) -> tuple[int, float, float]:
    """Sample size, mean and standard deviation of a histogram; (0, 0.5, 0.5) if empty, the widest on [0, 1].

    Sums are correctly rounded, so the order of the bins changes no digit.
    """
    n = int(counts.sum())
    if not n:
        return 0, 0.5, 0.5
    mean = min(1.0, math.fsum(values * counts) / n)
    return n, mean, math.sqrt(math.fsum((values - mean) ** 2 * counts) / n)
