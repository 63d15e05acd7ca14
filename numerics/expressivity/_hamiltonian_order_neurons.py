"""Neurons whose Taylor polynomial is a given quadratic form, found in fractions by orthogonal bases.

Points p = (1, b) with sum_j w_j p_j p_j^T = diag(m, D) are a basis that the inverse of diag(m, D) makes orthogonal, of
lengths 1/w_j: the construction draws a basis and makes it so, as Gram and Schmidt did, for any signature.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from lemmata.model import LemmataError
from lemmata.sampling import Stream, to_host
from numerics.expressivity._hamiltonian_order_exact import Matrix, rank, solve
from numerics.expressivity._jets import activation, variable

TRIES, OTHERS = 100, 3


@dataclass(frozen=True, slots=True)
class Form:
    """sum_k d_k (v_k . x)^2 on n inputs, with independent v_k: its rank is the number of the d_k."""

    curve: tuple[Fraction, ...]
    axes: Matrix

    @property
    def n(self) -> int:
        """The number of inputs."""
        return len(self.axes[0])

    def matrix(self) -> Matrix:
        """The symmetric matrix of the form."""
        pairs = list(zip(self.curve, self.axes, strict=True))
        return [[_sum(d * v[i] * v[j] for d, v in pairs) for j in range(self.n)] for i in range(self.n)]

    def value(self, x: list[Fraction]) -> Fraction:
        """The form at x."""
        places = (_sum(c * t for c, t in zip(v, x, strict=True)) for v in self.axes)
        return _sum(d * t**2 for d, t in zip(self.curve, places, strict=True))

    def wanted(self, output_bias: bool) -> list[Fraction]:
        """What the weighted monomials of the neurons have to sum to: 0 in the degrees 0 and 1, then the matrix."""
        below = [Fraction(0)] * (self.n + (not output_bias))
        return below + [value for i, row in enumerate(self.matrix()) for value in row[i:]]


@dataclass(frozen=True, slots=True)
class Neurons:
    """Output weights w_j, and input weights a_j over n inputs."""

    weights: list[Fraction]
    inputs: Matrix

    def moment(self, *factors: list[Fraction]) -> Fraction:
        """sum_j w_j times the products of what is known of neuron j."""
        total = Fraction(0)
        for j, w in enumerate(self.weights):
            for factor in factors:
                w *= factor[j]
            total += w
        return total

    def matches(self, form: Form, output_bias: bool) -> bool:
        """Whether the Taylor polynomial through degree 2 is that of the form, up to a constant with a bias."""
        columns = [_monomials(a, output_bias) for a in self.inputs]
        found = [
            _sum(w * v for w, v in zip(self.weights, row, strict=True)) for row in zip(*columns, strict=True)
        ]
        return found == form.wanted(output_bias)

    def polynomial(self, x: list[Fraction], derivatives: list[Fraction]) -> Fraction:
        """The Taylor polynomial through degree 2 at x, from the activation at 0 and its two derivatives there."""
        s0, s1, s2 = derivatives
        places = (_sum(v * c for v, c in zip(a, x, strict=True)) for a in self.inputs)
        return _sum(w * (s0 + s1 * t + s2 * t**2 / 2) for w, t in zip(self.weights, places, strict=True))


def _sum(values: Any) -> Fraction:
    return sum(values, Fraction(0))


def _monomials(a: list[Fraction], output_bias: bool) -> list[Fraction]:
    """1, a_i and a_i a_j; an output bias makes the 1 free."""
    return [
        *([] if output_bias else [Fraction(1)]),
        *a,
        *(v * w for i, v in enumerate(a) for w in a[i:]),
    ]


def draw_form(stream: Stream, n: int, signs: tuple[int, ...]) -> Form:
    """Drawn coordinates and curvatures of the given signs, on n inputs."""
    for _ in range(TRIES):
        axes = [[Fraction(int(v) - 3) for v in to_host(stream.integers(n, 7))] for _ in signs]
        if rank(axes) == len(signs):
            sizes = to_host(stream.integers(len(signs), 5)).tolist()
            return Form(tuple(Fraction(s * (1 + int(k)), 2) for s, k in zip(signs, sizes, strict=True)), axes)
    raise LemmataError("no independent coordinates were drawn: try another seed")


def construct(stream: Stream, form: Form, output_bias: bool) -> Neurons:
    """As few neurons as the construction needs."""
    r = len(form.curve)
    for _ in range(TRIES):
        lengths = [Fraction(1 + int(stream.integers(1, 9)[0])), *form.curve]
        basis = _orthogonal(stream, lengths)
        if basis is None:
            continue
        weights = [p[0] ** 2 / _product(p, p, lengths) for p in basis]
        places = [[y / p[0] for y in p[1:]] for p in basis]
        if not output_bias:
            weights, places = [*weights, -_sum(weights)], [*places, [Fraction(0)] * r]
        inputs = [[_sum(y[k] * form.axes[k][i] for k in range(r)) for i in range(form.n)] for y in places]
        return Neurons(weights, inputs)
    raise LemmataError("no orthogonal basis was drawn: try another seed")


def _product(g: list[Fraction], p: list[Fraction], lengths: list[Fraction]) -> Fraction:
    return _sum(a * b / d for a, b, d in zip(g, p, lengths, strict=True))


def _orthogonal(stream: Stream, lengths: list[Fraction]) -> Matrix | None:
    """A basis that is orthogonal for the inverse of diag(lengths), no first component being 0; None if none was met."""
    size = len(lengths)
    found: Matrix = []
    for _ in range(size):
        p = [Fraction(int(v) - 2) for v in to_host(stream.integers(size, 5))]
        for g in found:
            ratio = _product(g, p, lengths) / _product(g, g, lengths)
            p = [a - ratio * b for a, b in zip(p, g, strict=True)]
        if not p[0] or not _product(p, p, lengths):
            return None
        found.append(p)
    return found


def fewest(stream: Stream, neurons: Neurons, form: Form, output_bias: bool) -> int:
    """How many neurons the form needs, with input weights of these neurons or among others drawn; 0 if it has none.

    The monomials of the input weights are kept independent, so that only one choice of output weights makes the form.
    """
    drawn = [[Fraction(int(v) - 4) for v in to_host(stream.integers(form.n, 9))] for _ in range(OTHERS)]
    columns: Matrix = []
    for a in [*neurons.inputs, *drawn]:
        wider = [*columns, _monomials(a, output_bias)]
        if rank(wider) == len(wider):
            columns = wider
    weights = solve(columns, form.wanted(output_bias))
    return sum(map(bool, weights)) if weights else 0


def moment_rank(neurons: Neurons, form: Form, output_bias: bool) -> int:
    """The rank of the moments of products of 1, y_k, y_0^2 in coordinates on which the form is diagonal.

    With an output bias the moments of 1 say nothing, and its row is left out.
    """
    dual = _dual(form.axes)
    coordinates = [[_sum(e[i] * a[i] for i in range(form.n)) for a in neurons.inputs] for e in dual]
    ones = [Fraction(1)] * len(neurons.weights)
    square = [y * y for y in coordinates[0]]
    rows = [*coordinates, square] if output_bias else [ones, *coordinates, square]
    columns = [ones, *coordinates, square]
    table = [[neurons.moment(row, column) for column in columns] for row in rows]
    # The row of y_0^2 may be read against 1 and y_k alone: its own square is of degree 4, and free.
    return rank([line[:-1] for line in table]) if output_bias else rank(table)


def _dual(axes: Matrix) -> Matrix:
    """e_k in the span of the v_l with v_l . e_k = [k = l]: the rows of (V V^T)^-1 V."""
    r, n = len(axes), len(axes[0])
    table = [[_sum(a * b for a, b in zip(v, u, strict=True)) for u in axes] + list(v) for v in axes]
    for k in range(r):
        pivot = next(row for row in range(k, r) if table[row][k])
        table[k], table[pivot] = table[pivot], table[k]
        table[k] = [v / table[k][k] for v in table[k]]
        for other in range(r):
            if other != k:
                ratio = table[other][k]
                table[other] = [a - ratio * b for a, b in zip(table[other], table[k], strict=True)]
    return [row[r : r + n] for row in table]


def taylor(neurons: Neurons, name: str, bias: float, x: list[float], xp: Any) -> tuple[list[float], float]:
    """The coefficients 0, 1, 2 of the network on the line through x, and s_2: the activation is a power series."""
    at = xp.asarray([bias], dtype=xp.float64)
    own = activation(name, variable(at, 3, xp), xp)
    found = [0.0, 0.0, 0.0]
    for w, a in zip(neurons.weights, neurons.inputs, strict=True):
        slope = float(_sum(c * Fraction(v) for c, v in zip(a, x, strict=True)))
        series = variable(at, 3, xp)
        series[1, :] = slope
        values = activation(name, series, xp)
        found = [c + float(w) * float(values[k, 0]) for k, c in enumerate(found)]
    return found, 2.0 * float(own[2, 0])
