"""The closed forms of hamiltonian-order, and what they cannot be asked for."""

from __future__ import annotations

from fractions import Fraction
from math import comb
from typing import Any

import sympy as sp

from lemmata.model import LemmataError

Vector = tuple[Any, ...]
GAUSSIANS = {
    "x": "reals",
    "mean": "reals=1,1",
    "covariance": "reals=2,0,0,1/2",
    "priors": "reals=2/3,1/3",
}
# What floats of a twin may miss of 1.
ROUNDING = 1e-9


def coefficients(n: Any, d: Any) -> Fraction:
    """C(n+d, d)."""
    return Fraction(comb(int(n) + int(d), int(d)))


def bit_coefficients(n: int, d: int) -> int:
    """The sum of C(n, k) over k <= d."""
    if d >= n:
        return 2**n
    found = term = 1
    for k in range(d):
        term = term * (n - k) // (k + 1)
        found += term
    return found


def local_parameters(n: Any, k: Any) -> Any:
    """Nonempty subsets of n sites in a row whose first and last are less than k apart."""
    if k > n:
        raise LemmataError(f"k = {k} is above n = {n}: take k from 1 to n, a diameter below k on n sites")
    return (n - k + 1) * 2 ** (k - 1) + 2 ** (k - 1) - 1


def bit_product_error(beta: Any) -> Any:
    """1/(1 + e^(beta/2))."""
    return 1 / (1 + sp.exp(_exact(beta) / 2))


def log_odds(x: Vector, mean: Vector, covariance: Vector, priors: Vector) -> Any:
    """ln p(1|x)/p(0|x) for N(mean, covariance) against N(0, I); the first prior is that of class 0."""
    at, centre, S = _gaussian(x, mean, covariance)
    none, one = _priors(priors)
    away = at - centre
    quadratic = at.dot(at) - away.dot(S.LUsolve(away))
    return sp.expand(quadratic / 2 - sp.log(S.det()) / 2 + sp.log(one / none))


def posterior(x: Vector, mean: Vector, covariance: Vector, priors: Vector) -> Any:
    """p(1|x), the softmax of minus the two Hamiltonians less the logarithms of the priors."""
    return 1 / (1 + sp.exp(-log_odds(x, mean, covariance, priors)))


def without_priors(x: Vector, mean: Vector, covariance: Vector, priors: Vector) -> Any:
    """The softmax of minus the Hamiltonians alone."""
    return posterior(x, mean, covariance, (Fraction(1, 2),) * 2)


def of_plus(x: Vector, mean: Vector, covariance: Vector, priors: Vector) -> Any:
    """The softmax of the Hamiltonians with the wrong sign."""
    return 1 - posterior(x, mean, covariance, priors)


def mixture_hamiltonian(x: Any, a: Any) -> Any:
    """x^2/2 - ln cosh(a x): 0 at 0."""
    return _exact(x) ** 2 / 2 - sp.log(sp.cosh(_exact(a) * _exact(x)))


def gaussian_entropy(variance: Any) -> Any:
    """(1 + ln(2 pi variance))/2, in nats."""
    return (1 + sp.log(2 * sp.pi * _exact(variance))) / 2


def divergence(q: Vector, p: Vector) -> Any:
    """sum_s q_s ln(q_s/p_s), in nats."""
    one, other = _distribution("q", q), _distribution("p", p)
    if len(one) != len(other):
        raise LemmataError(f"q has {len(one)} entries and p {len(other)}: give as many")
    if any(a > 0 and b == 0 for a, b in zip(one, other, strict=True)):
        raise LemmataError("the divergence is infinite: p is 0 where q is not")
    return sum((a * sp.log(a / b) for a, b in zip(one, other, strict=True) if a), sp.Integer(0))


def entropy(p: Vector) -> Any:
    """-sum_s p_s ln p_s, in nats."""
    return -sum((a * sp.log(a) for a in _distribution("p", p) if a), sp.Integer(0))


def circulant_image(column: Vector, x: Vector, place: Any) -> Any:
    """sum_v A(u + 1, v) x(v) with A(u, v) = column(u - v), all places modulo n."""
    n = len(column)
    if len(x) != n:
        raise LemmataError(f"the column has {n} entries and x {len(x)}: give as many")
    return sum(column[(int(place) + 1 - v) % n] * x[v] for v in range(n))


def _exact(value: Any) -> Any:
    return sp.Float(value) if isinstance(value, float) else sp.Rational(value)


def _gaussian(x: Vector, mean: Vector, covariance: Vector) -> tuple[Any, Any, Any]:
    """Columns for x and the mean, and the covariance matrix; raises LemmataError for what is no Gaussian."""
    n = len(x)
    if len(mean) != n or len(covariance) != n * n:
        raise LemmataError(
            f"x has {n} entries: the mean needs {n} too and the covariance {n * n}, not {len(mean)} and "
            f"{len(covariance)}"
        )
    # As fractions: of classes that are nearly equal, or nearly singular, floats would lose the difference.
    at, centre = sp.Matrix([*map(sp.Rational, x)]), sp.Matrix([*map(sp.Rational, mean)])
    S: Any = sp.Matrix(n, n, [*map(sp.Rational, covariance)])
    if S != S.T:
        raise LemmataError("the covariance is not symmetric: give it row by row, with equal entries across")
    if not all(S.extract(range(k), range(k)).det() > 0 for k in range(1, n + 1)):
        raise LemmataError("the covariance is not positive definite: there is no Gaussian with it")
    return at, centre, S


def _priors(priors: Vector) -> tuple[Any, Any]:
    """Two positive numbers that sum to 1; raises LemmataError for others."""
    if len(priors) != 2 or min(priors) <= 0 or not _sums_to_one(priors):
        said = ", ".join(map(str, priors))
        raise LemmataError(f"the priors are two positive probabilities that sum to 1, not {said}")
    none, one = map(_exact, priors)
    return none, one


def _distribution(name: str, shares: Vector) -> list[Any]:
    """Probabilities; raises LemmataError for what is none, or does not sum to 1."""
    if min(shares, default=-1) < 0 or not _sums_to_one(shares):
        raise LemmataError(f"{name} is a distribution: give probabilities that sum to 1, such as 1/4,3/4")
    return [*map(_exact, shares)]


def _sums_to_one(shares: Vector) -> bool:
    """Exactly, but for what the floats of a twin lose."""
    return abs(sum(shares) - 1) <= (ROUNDING if any(isinstance(p, float) for p in shares) else 0)
