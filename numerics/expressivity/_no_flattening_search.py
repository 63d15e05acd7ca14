"""Descent from random starts: the least errors of m neurons that a search finds, with gradients by hand.

A network's moments L(x^S x^T) over subsets S, T are the matrix of sum_j w_j h_j h_j^T, where h_j holds the products of
the input weights a_j over every subset; the product of all inputs asks for the matrix with ones where T is the
complement of S, and zeros elsewhere. The subset S has the index sum_(i in S) 2^i.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import factorial
from typing import Any

import numpy

from lemmata.sampling import Stream, to_host

Loss = Callable[[Any], tuple[float, Any]]
# Networks of which a new neuron has made use, and the attempts at them.
USEFUL, ATTEMPTS = 3, 24
GAIN = 1e-3


def goal(n: int) -> Any:
    """The moments of the product: float64 (2^n, 2^n)."""
    return numpy.eye(2**n)[::-1]


def low_degrees(n: int) -> Any:
    """Ones where S and T together have at most n elements, which is all that a fit through degree n looks at."""
    sizes = numpy.array([index.bit_count() for index in range(2**n)])
    return (sizes[:, None] + sizes[None, :] <= n).astype(float)


def monomials(a: Any) -> Any:
    """The products of the rows of ``a`` (m, n) over every subset: float64 (m, 2^n)."""
    h = numpy.ones((a.shape[0], 1))
    for i in range(a.shape[1]):
        h = numpy.concatenate([h, h * a[:, i : i + 1]], axis=1)
    return h


def squares(n: int, m: int, mask: Any = 1.0) -> Loss:
    """The sum of squares over the entries that ``mask`` counts, and its gradient, by weights a (m, n) then w (m,)."""
    target, split = goal(n), m * n
    index = numpy.arange(2**n)
    holding = numpy.stack([index[index >> i & 1 == 1] for i in range(n)])
    without = holding - 2 ** numpy.arange(n)[:, None]

    def loss(theta: Any) -> tuple[float, Any]:
        a, w = theta[:split].reshape(m, n), theta[split:]
        h = monomials(a)
        off = mask * ((h.T * w) @ h - target)
        pulled = h @ off
        slope = numpy.empty_like(theta)
        slope[:split] = (4.0 * w[:, None] * (pulled[:, holding] * h[:, without]).sum(axis=2)).ravel()
        slope[split:] = 2.0 * (pulled * h).sum(axis=1)
        return float((off**2).sum()), slope

    return loss


def least_residuals(n: int, stream: Stream) -> Iterator[float]:
    """The least sums of squares found with 1, 2, .. 2^n neurons: the best network so far is given one more.

    A start whose new neuron brings nothing is drawn again.
    """
    best, before = numpy.empty(0), float(2**n)
    for m in range(1, 2**n + 1):
        found: list[tuple[float, Any]] = []
        for _ in range(ATTEMPTS):
            found.append(descend(squares(n, m), _grown(best, n, to_host(stream.normal(n + 1)))))
            if sum(value < before - GAIN for value, _ in found) == USEFUL:
                break
        before, best = min(found, key=lambda pair: pair[0])
        yield before


def _grown(theta: Any, n: int, drawn: Any) -> Any:
    """A network with one more neuron, of a small output weight."""
    split = len(theta) // (n + 1) * n
    return numpy.concatenate([theta[:split], drawn[:n], theta[split:], 0.1 * drawn[n:]])


def low_degree_residual(n: int, m: int, starts: int, stream: Stream) -> float:
    """The least sum of squares over degrees up to n alone that a search over all weights finds."""
    loss = squares(n, m, low_degrees(n))
    return min(descend(loss, to_host(stream.normal(m * (n + 1))))[0] for _ in range(starts))


def low_degree_residual_at(points: Any) -> float:
    """The same over output weights alone, for given input weights (m, n)."""
    h, n = monomials(points), points.shape[1]
    kept = low_degrees(n) > 0
    columns = numpy.stack([numpy.outer(row, row)[kept] for row in h], axis=1)
    weights = numpy.linalg.lstsq(columns, goal(n)[kept], rcond=None)[0]
    return float(((columns @ weights - goal(n)[kept]) ** 2).sum())


def ridge_error(n: int, m: int, starts: int, stream: Stream) -> float:
    """The least E[(f - x_1 .. x_n)^2] over sums f of m ridge functions that a search over directions finds."""
    loss = ridges(n, m)
    return min(descend(loss, to_host(stream.normal(m * n)))[0] for _ in range(starts))


def ridges(n: int, m: int) -> Loss:
    """The error with the best functions of m given directions (m, n) of any length, and its gradient.

    For Z ~ N(0, I) the Hermite polynomials He_n(a_j . Z) are what is best in unit directions; their inner products
    are n! (a_i . a_j)^n, and n! prod a_ji with the product of all Z_i.
    """
    others = [[i for i in range(n) if i != left_out] for left_out in range(n)]

    def loss(theta: Any) -> tuple[float, Any]:
        lengths = numpy.linalg.norm(theta.reshape(m, n), axis=1, keepdims=True)
        a = theta.reshape(m, n) / lengths
        cosines = a @ a.T
        gram, target = factorial(n) * cosines**n, factorial(n) * a.prod(axis=1)
        best = numpy.linalg.lstsq(gram, target, rcond=1e-10)[0]
        slope = factorial(n) * numpy.stack([a[:, kept].prod(axis=1) for kept in others], axis=1)
        pull = n * factorial(n) * (numpy.outer(best, best) * cosines ** (n - 1)) @ a
        by_a = 2.0 * (pull - best[:, None] * slope)
        along = (by_a - (by_a * a).sum(axis=1, keepdims=True) * a) / lengths
        return 1.0 - float(target @ best), along.ravel()

    return loss


def descend(loss: Loss, start: Any) -> tuple[float, Any]:
    """The value that a descent ends at, and the weights there."""
    from scipy.optimize import minimize

    # A step that goes too far overflows, and is taken back.
    with numpy.errstate(over="ignore", invalid="ignore"):
        found = minimize(loss, start, jac=True, method="BFGS", options={"gtol": 1e-6})
    return float(found.fun), found.x
