r"""Twin of hardness.parity_gradient: gradients of random networks on the whole cube, and random parities.

Network.   f(x) = v . act(W x + b), width 8, Gaussian weights; g is its gradient in all 8 (n + 2) weights by
           backpropagation written out.
Exact.     Every coordinate of g on all 2^n inputs, every character sum by the Walsh-Hadamard transform.
Sampled.   A subset I, then 8 inputs for it: the mean of g(x).g(x') chi_I(x) chi_I(x') over their 28 pairs, an
           unbiased estimate of |E chi_I g|^2. Its bounds come from the largest |g| on the cube.
Layer.     32 ReLU units on 32 inputs with weights from -7..7, of which parities of 3 inputs are asked: a subset, then
           16 inputs for it, 120 pairs. E|g|^2 of what the other inputs average out to is counted, in whole numbers.
Far.       One neuron with integer weights on cubes that nobody can enumerate, by a dynamic program in integers.
Targets.   An orthonormal basis drawn in place of the parities, and other losses, from the 2^n means themselves.
Oracle.    Descent on a neuron, and a search through all parities, played against the oracle for every subset.
Model.     The user's own gradients, file.py:factory, in place of the drawn spectra: on the whole cube up to 20
           inputs; beyond, averaged over all inputs but 5, 8192 times from 32 inputs, against the bound it declares.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from typing import Any

from lemmata.model import LemmataError, Row
from lemmata.sampling import Stream, to_host, usable, walsh_hadamard
from numerics.hardness._layer import layer_row
from numerics.hardness._model import load_model
from numerics.hardness._network import (
    Network,
    activate,
    characters,
    draw_network,
    gradient,
    output,
    preactivation,
    times_input,
)
from numerics.hardness._neuron import draw_neuron, moments
from numerics.hardness._oracle import descent, fraction_told, search, worst_error
from numerics.hardness._sampled import model_row, moment_row, one_subset_row
from numerics.hardness._targets import hinge, logistic, loss_spread, orthonormal_spread, steep

LARGEST = 26
# Eight vectors of the cube are alive at once (a test measures it).
BYTES_PER_INPUT = 64
# The other rows, and what they load, take about 50 MiB.
OTHERS = 2**26
# Rounding of 2^26 summed squares stays well below this, and so far below 2^-26, which part (d) must resolve.
ROUNDING = 1e-12
PART = 2**10
DRAWN = range(2, 7)
BIAS = 0.45
NEAR, FARTHEST = 40, 1000
# Inputs of a user's model whose whole cube is gone through, and the most it may have.
ENUMERATED, WIDEST = 20, FARTHEST


def rows(rng: Stream, xp: Any, *, n: int = 20, far: int = 1000, model: str = "") -> Iterator[Row]:
    """The rows of the experiment.

    ``n`` is the number of bits of the exact spectra, or of the user's ``model`` ('file.py:factory', see
    docs/models.md), which then takes their place; ``far`` is that of the larger neuron with integer weights.
    Raises LemmataError for n outside 1..26 or a cube that does not fit into memory, naming what it needs, for far
    outside 1..1000, and for a model that does not keep to its rules.
    """
    _require_far(far)
    own = load_model(model, _require_inputs(n), rng.spawn("model")) if model else None
    if own is None:
        _require_size(n, xp)
    elif n > ENUMERATED and own.bound is None:
        raise LemmataError(
            f"{model} declares no bound: beyond {ENUMERATED} inputs the row is sampled, and needs one; let "
            "factory(n) return (gradients, bound)"
        )
    drawn = tuple(moment_row(draw_network(rng.spawn(f"sampled {k}"), k, "tanh"), xp) for k in DRAWN)
    yield from drawn
    yield Row(
        name="decay", quantity="log_slope", at={}, part="c", kind="scaling-law", tolerance=0.05, points=drawn
    )
    yield one_subset_row(draw_network(rng.spawn("one subset"), DRAWN[-1], "tanh"), xp)
    yield layer_row(rng.spawn("layer"))
    yield _majority_row(xp)
    yield from _gram_rows(min(n, 8), xp)
    yield _derivative_row(draw_network(rng.spawn("derivative"), min(n, 10), "tanh"), rng.spawn("target"), xp)
    yield _biased_row(draw_network(rng.spawn("biased"), min(n, 10), "tanh"), xp)
    yield from _target_rows(rng.spawn("targets"), xp)
    yield from _oracle_rows(rng.spawn("oracle"), xp)
    for bits in sorted({NEAR, far}):
        yield from _far_rows(rng.spawn(f"far {bits}"), bits)
    if own is None:
        for activation in ("tanh", "relu"):
            net = draw_network(rng.spawn(activation), n, activation)
            yield from _spectrum_rows(activation, n, gradient(net, xp), xp)
    elif n <= ENUMERATED:
        yield from _spectrum_rows("model", n, own.coordinates(xp), xp)
    else:
        yield model_row(own)


def _require_far(far: int) -> None:
    if not 1 <= far <= FARTHEST:
        beyond = ": beyond, 2^-n is no longer a number that a float can hold" if far > FARTHEST else ""
        raise LemmataError(f"far = {far} is outside 1..{FARTHEST}{beyond}")


def _require_inputs(n: int) -> int:
    if not 1 <= n <= WIDEST:
        raise LemmataError(f"a model has 1..{WIDEST} inputs, not {n}")
    return n


def _require_size(n: int, xp: Any) -> None:
    if n < 1:
        raise LemmataError(f"parity-gradient needs n in 1..{LARGEST} bits, not {n}")
    if n > LARGEST:
        exponent = n + BYTES_PER_INPUT.bit_length() - 1 - 30
        raise LemmataError(f"n = {n} would need about 2^{exponent} GiB for the cube: take n <= {LARGEST}")
    there, needed = usable(xp), BYTES_PER_INPUT * 2**n + OTHERS
    if there and needed > there[0]:
        fitting = (max(there[0] - OTHERS, 0) // BYTES_PER_INPUT).bit_length() - 1
        advice = f"take n <= {fitting}" if fitting > 0 else "make room"
        raise LemmataError(
            f"n = {n} needs {_mebibytes(needed)} for the cube, and there is {_mebibytes(there[0])} "
            f"({there[1]}): {advice}"
        )


def _mebibytes(size: int) -> str:
    return f"{size / 2**20:,.0f} MiB"


# Exact rows -------------------------------------------------------------------------------------------------


def _spectrum_rows(name: str, n: int, coordinates: Iterator[Any], xp: Any) -> Iterator[Row]:
    sums = (_sums(g, xp) for g in coordinates)
    square, at_ones, second, variance = (sum(column) for column in zip(*sums, strict=True))
    at = {"n": n, "grad_sq": square}
    yield _exact(f"spectrum-{name}", "c", "second_moment", at, second)
    at = at | {"grad_sq_at_ones": at_ones}
    # The two terms of the variance may cancel, and leave the rounding of either.
    yield _exact(f"variance-{name}", "d", "variance", at, variance, tolerance=ROUNDING * second, relative=0.0)


def _sums(g: Any, xp: Any) -> tuple[float, float, float, float]:
    """One coordinate's mean square and square at (1,..,1), and over I its second moment and variance."""
    size = g.shape[0]
    coefficients = walsh_hadamard(g)
    square, second = _square(g, xp) / size, _square(coefficients, xp) / size**3
    mean = float(xp.sum(coefficients)) / size**2
    return square, float(g[0]) ** 2, second, second - mean**2


def _square(values: Any, xp: Any) -> float:
    """The sum of squares without a vector of them, in parts that keep its rounding small."""
    parts = xp.reshape(values, (-1, min(values.shape[0], PART)))
    return float(xp.sum(xp.matmul(parts[:, None, :], parts[:, :, None])))


def _far_rows(stream: Stream, n: int) -> Iterator[Row]:
    found = moments(draw_neuron(stream, n))
    at = {"n": n, "grad_sq": found.square}
    yield _exact(f"neuron-{n}", "c", "second_moment", at, found.second)
    at = at | {"grad_sq_at_ones": found.at_ones}
    yield _exact(f"neuron-variance-{n}", "d", "variance", at, found.variance)
    if n == NEAR:
        at = {"n": n, "grad_sq": found.square}
        yield _exact("published-bound", "d'", "second_moment", at, found.variance, relation="<=")


def _target_rows(stream: Stream, xp: Any) -> Iterator[Row]:
    """Parts (e) and (f); a loss that is not 1-Lipschitz breaks the bound."""
    found = orthonormal_spread(draw_network(stream, 6, "tanh"), stream.spawn("basis"), xp)
    at = {"m": 2**6, "grad_sq": found.square}
    yield _exact("random-basis", "e", "targets_variance", at, found.variance, relation="<=")
    net = draw_network(stream, 8, "tanh")
    for rate in (logistic, hinge, steep):
        found = loss_spread(net, rate, xp)
        name, at = f"loss-{rate.__name__}", {"n": net.n, "grad_sq": found.square}
        variant = "any-loss" if rate is steep else None
        yield _exact(name, "f", "loss_variance", at, found.variance, relation="<=", variant=variant)


def _oracle_rows(stream: Stream, xp: Any) -> Iterator[Row]:
    """Part (g) where it is tight, and part (g') for an algorithm that learns and one that only searches."""
    eps, error = worst_error(draw_network(stream, 6, "tanh"), xp)
    yield _exact("oracle", "g", "oracle_error", {"eps": eps}, error, relation="<=")
    n, queries = 10, 3
    players = {"descent": (descent(stream, n, xp), n), "search": (search(n, 8, xp), 8)}
    for name, (player, square) in players.items():
        at = {"n": n, "eps": 0.95, "G": square**0.5, "T": queries}
        told = fraction_told(player, n, at["eps"], queries)
        yield _exact(f"{name}-3-queries", "g'", "told_apart", at, told, relation="<=")


def _biased_row(net: Network, xp: Any) -> Row:
    """Signs that are -1 with probability .45, all inputs weighted: the mean over I of |E chi_I g|^2."""
    weight = xp.asarray([1.0])
    for _ in range(net.n):
        weight = xp.concat([weight * (1 - BIAS), weight * BIAS])
    square = second = 0.0
    for g in gradient(net, xp):
        square += float(xp.sum(weight * g * g))
        second += float(xp.mean(walsh_hadamard(weight * g) ** 2))
    at = {"n": net.n, "grad_sq": square}
    return _exact("biased-signs", "c", "second_moment", at, second, variant="biased-signs")


def _majority_row(xp: Any) -> Row:
    """The majority of five signs in place of a gradient, in integers."""
    votes = xp.sum(xp.take(characters(5, xp), 2 ** xp.arange(5), axis=0), axis=0)
    majority = xp.astype(xp.sign(votes), xp.int64)
    total = int(xp.sum(walsh_hadamard(majority) ** 2))
    at = {"n": 5, "grad_sq": Fraction(int(xp.sum(majority**2)), 2**5)}
    return _exact("majority-of-5", "c", "second_moment", at, Fraction(total, 2**5 * 4**5))


def _gram_rows(n: int, xp: Any) -> Iterator[Row]:
    """Mean products of two characters: the smallest with itself, the largest of two different ones."""
    table = xp.astype(characters(n, xp), xp.float64)
    gram = to_host(table @ table.T) / 2**n
    yield _exact(
        "gram-equal", "b", "character_inner_product", {"n": n, "differing": 0}, gram.diagonal().min()
    )
    i, j = max(combinations(range(2**n), 2), key=lambda pair: abs(gram[pair]))
    at = {"n": n, "differing": (i ^ j).bit_count()}
    yield _exact("gram-distinct", "b", "character_inner_product", at, gram[i, j])


def _derivative_row(net: Network, stream: Stream, xp: Any) -> Row:
    """dF_I/dW_00 by a complex step, which loses no digits, beside the two means of its decomposition."""
    subset, step = int(stream.integers(1, 2**net.n)[0]), 1e-30
    target = xp.astype(characters(net.n, xp)[subset, :], xp.float64)
    z = [preactivation(weights, bias, xp) for weights, bias in zip(net.inner, net.bias, strict=True)]
    g = times_input(net.outer[0] * activate(net.activation, z[0], xp)[1], 0, xp)
    means = {"signal": float(xp.mean(target * g)), "bias": float(xp.mean(output(net, xp) * g))}
    z[0] = z[0] + 1j * step * times_input(xp.ones_like(z[0]), 0, xp)
    moved = sum(outer * xp.tanh(at) for outer, at in zip(net.outer, z, strict=True)) - target
    slope = float(xp.imag(xp.mean(moved * moved))) / (2 * step)
    return _exact("derivative", "a", "gradient", means, slope, tolerance=ROUNDING)


def _exact(name: str, part: str, quantity: str, at: dict[str, Any], value: Any, **others: Any) -> Row:
    # A mean product of characters may be predicted as zero, where only an absolute tolerance means anything.
    others.setdefault("tolerance", ROUNDING if quantity == "character_inner_product" else 0.0)
    others.setdefault("relative", 0.0 if isinstance(value, Fraction) else ROUNDING)
    return Row(
        name=name,
        quantity=quantity,
        at=at,
        part=part,
        kind="exact",
        value=value if isinstance(value, Fraction) else float(value),
        grade="exact",
        **others,
    )
