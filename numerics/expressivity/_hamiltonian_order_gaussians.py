"""Two Gaussian classes as a user gives them, posteriors by Bayes' rule, draws from both; rows of drawn Gaussians."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import exp, log, pi
from typing import Any

from lemmata.model import LemmataError, Row
from lemmata.sampling import Stream
from numerics.expressivity._hamiltonian_order_exact import exact_row, lost

LONGEST = 40
_NUMBER = re.compile(
    r"[+-]?(?:[0-9]{1,15}/0*[1-9][0-9]{0,14}|(?:[0-9]{1,15}\.?[0-9]{0,15}|\.[0-9]{1,15})(?:[eE][+-]?[0-9])?)"
)


@dataclass(frozen=True, slots=True)
class Gaussian:
    """A mean (n,) and the lower Cholesky factor (n, n) of its covariance, float64."""

    mean: Any
    factor: Any

    def log_density(self, x: Any, xp: Any) -> Any:
        """ln p(x) at each row of ``x``: float64 (points,)."""
        white = xp.linalg.solve(self.factor, (x - self.mean[None, :]).T)
        scale = xp.sum(xp.log(xp.abs(xp.linalg.diagonal(self.factor))))
        return -xp.sum(white * white, axis=0) / 2 - scale - x.shape[1] * log(2 * pi) / 2

    def size(self, x: Any, xp: Any) -> Any:
        """What the rounding of ln p(x) is in relation to, at each row of ``x``: float64 (points,).

        The sum of the sizes of its terms; the larger the nearer to singular the factor is that is solved with.
        """
        white = xp.abs(xp.linalg.solve(self.factor, (x - self.mean[None, :]).T))
        entries = xp.abs(self.factor) @ white + (xp.abs(x) + xp.abs(self.mean)[None, :]).T
        solved = white + xp.abs(xp.linalg.inv(self.factor)) @ entries
        scale = xp.sum(xp.abs(xp.log(xp.abs(xp.linalg.diagonal(self.factor)))))
        return xp.sum(white * solved, axis=0) + scale + x.shape[1] * log(2 * pi) / 2


@dataclass(frozen=True, slots=True)
class Classes:
    """Class 0 is N(0, I), class 1 another Gaussian; ``priors`` are those of the two."""

    zero: Gaussian
    one: Gaussian
    priors: tuple[float, float]
    arguments: dict[str, tuple[Any, ...]]

    def log_odds(self, x: Any, xp: Any, sign: float = 1.0, prior: float = 1.0) -> Any:
        """ln p(1|x)/p(0|x) by Bayes' rule, float64 (points,): from logarithms, as a density may be no float."""
        zero, one = (
            sign * (g.log_density(x, xp) + prior * log(p))
            for g, p in zip((self.zero, self.one), self.priors, strict=True)
        )
        return one - zero

    def posterior(self, x: Any, xp: Any, sign: float = 1.0, prior: float = 1.0) -> Any:
        """p(1|x); other exponents of p(x|y) and p(y) make the false variants: float64 (points,)."""
        odds = self.log_odds(x, xp, sign, prior)
        small = xp.exp(-xp.abs(odds))
        return xp.where(odds >= 0, 1.0, small) / (1.0 + small)

    def draw(self, stream: Stream, size: int) -> tuple[Any, Any]:
        """Labels float64 (size,) and points float64 (size, n)."""
        xp = stream.xp
        labels = stream.uniform(size) < self.priors[1]
        noise = stream.normal((size, self.zero.mean.shape[0]))
        moved = noise @ self.one.factor.T + self.one.mean[None, :]
        return xp.astype(labels, xp.float64), xp.where(labels[:, None], moved, noise)


def classes(mean: str, covariance: str, priors: str, xp: Any) -> Classes:
    """Read from text: ``1,1`` and ``2,0,0,1/2``, row by row. Raises LemmataError for what is no Gaussian or prior."""
    centre, entries, shares = (_numbers(k, v) for k, v in locals().items() if k != "xp")
    n = len(centre)
    if len(entries) != n * n:
        raise LemmataError(f"a mean of {n} entries needs a covariance of {n * n}, not {len(entries)}")
    if len(shares) != 2 or min(shares) <= 0 or sum(shares) != 1:
        raise LemmataError(
            f"priors = {priors}: give two positive probabilities that sum to 1, such as 2/3,1/3"
        )
    rows = [entries[k * n : (k + 1) * n] for k in range(n)]
    if any(rows[i][j] != rows[j][i] for i in range(n) for j in range(i)):
        raise LemmataError(f"covariance = {covariance} is not symmetric: give it row by row")
    arguments = {"mean": centre, "covariance": entries, "priors": shares}
    identity = [[float(i == j) for j in range(n)] for i in range(n)]
    zero = Gaussian(xp.zeros((n,), dtype=xp.float64), xp.asarray(identity, dtype=xp.float64))
    one = Gaussian(_array(centre, xp), _array(_factor(rows, covariance), xp))
    return Classes(zero, one, (float(shares[0]), float(shares[1])), arguments)


def _numbers(name: str, text: str) -> tuple[Fraction, ...]:
    parts = text.split(",")
    if len(parts) <= LONGEST and all(_NUMBER.fullmatch(part) for part in parts):
        return tuple(map(Fraction, parts))
    shown = text if len(text) <= LONGEST else f"{text[:LONGEST]}..."
    raise LemmataError(
        f"{name} = {shown}: give at most {LONGEST} numbers with commas between, such as 2,0,0,1/2 or 0.5,1e-3"
    )


def _factor(rows: list[tuple[Fraction, ...]], text: str) -> list[list[float]]:
    """The Cholesky factor, its pivots found in fractions; raises LemmataError unless all are positive."""
    n = len(rows)
    rest = [list(row) for row in rows]
    found = [[0.0] * n for _ in range(n)]
    for k in range(n):
        pivot = rest[k][k]
        if pivot <= 0:
            raise LemmataError(
                f"covariance = {text} is not positive definite: every leading minor must be above 0"
            )
        for i in range(k, n):
            found[i][k] = float(rest[i][k] / pivot) * float(pivot) ** 0.5
            for j in range(k + 1, i + 1):
                rest[i][j] -= rest[i][k] * rest[j][k] / pivot
                rest[j][i] = rest[i][j]
    return found


def _array(values: Any, xp: Any) -> Any:
    return xp.asarray(
        [[float(v) for v in row] if isinstance(row, list) else float(row) for row in values], dtype=xp.float64
    )


def drawn(stream: Stream, n: int, xp: Any) -> Gaussian:
    """A Gaussian with a drawn mean and a drawn well-conditioned covariance."""
    factor = xp.tril(stream.normal((n, n)) / 2, k=-1) + xp.eye(n, dtype=xp.float64)
    return Gaussian(stream.normal(n), factor)


def precision(of: Gaussian, xp: Any) -> Any:
    """The inverse covariance, float64 (n, n)."""
    inverse = xp.linalg.inv(of.factor)
    return inverse.T @ inverse


def gaussian_rows(stream: Stream, xp: Any) -> Iterator[Row]:
    """Drawn Gaussians in four dimensions: their energies, differences of these, and second differences."""
    n = 4
    one = drawn(stream.spawn("one"), n, xp)
    shared = Gaussian(stream.normal(n), one.factor)
    P = precision(one, xp)
    x = stream.normal(n)

    def energy(of: Gaussian, at: Any) -> float:
        return -float(of.log_density(at[None, :], xp)[0])

    def terms(of: tuple[Gaussian, ...], places: Iterable[Any]) -> float:
        return lost(*(float(g.size(at[None, :], xp)[0]) for g in of for at in places))

    zero = xp.zeros_like(x)
    at = {"quadratic": float(x @ P @ x), "linear": float(x @ P @ one.mean), "constant": energy(one, zero)}
    near = terms((one,), (x, zero))
    yield exact_row("hamiltonian", "c1", "quadratic_energy", at, energy(one, x), tolerance=near)
    pull = float(x @ P @ (one.mean - shared.mean))
    at = {"pull": pull, "constant": energy(shared, zero) - energy(one, zero)}
    found, near = energy(shared, x) - energy(one, x), terms((one, shared), (x, zero))
    yield exact_row("shared-covariance", "c4", "linear_log_odds", at, found, tolerance=near)
    other = drawn(stream.spawn("other"), n, xp)
    unit = xp.eye(n, dtype=xp.float64)
    corners = ((unit[0, :] + unit[1, :], 1), (unit[0, :], -1), (unit[1, :], -1), (zero, 1))
    found = sum(sign * (energy(other, at) - energy(one, at)) for at, sign in corners)
    at = {"first": float(P[0, 1]), "second": float(precision(other, xp)[0, 1])}
    near = terms((one, other), (place for place, _ in corners))
    yield exact_row("second-difference", "c5", "second_difference", at, found, tolerance=near)
    yield _normalised(one, stream.spawn("places"), xp)


def _normalised(one: Gaussian, stream: Stream, xp: Any) -> Row:
    """The constant that makes the sum of e^-(h + c) over 50 drawn places 1, by bisection."""
    weights = xp.exp(one.log_density(stream.normal((50, one.mean.shape[0])), xp))
    low, high = -50.0, 50.0
    for _ in range(100):
        middle = (low + high) / 2
        above = float(xp.sum(weights * exp(-middle))) > 1
        low, high = (middle, high) if above else (low, middle)
    return exact_row("constant", "c3", "normalising_factor", {"partition": float(xp.sum(weights))}, exp(-low))
