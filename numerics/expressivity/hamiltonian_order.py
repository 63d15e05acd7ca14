r"""Twin of expressivity.hamiltonian_order: classes drawn and labelled, coefficients counted by ranks, neurons built.

Posterior.  Two Gaussian classes, Bayes' rule from their densities; 4 * 10^5 labelled draws against it.
Counts.     Monomials and subsets gone through, and the ranks of their values in whole numbers.
Gaussians.  Minus the logarithms of drawn densities, their differences, and second differences of those.
Entropy.    A drawn distribution and the member of an exponential family with its moments, by Newton's method.
Neurons.    Orthogonal bases in fractions for forms of every signature to rank 5; what the networks compute; how many
            of their neurons, with others beside, a form needs, from linear equations solved in fractions.
Bits.       One logistic neuron on all 2^k inputs.
Mixture.    The logarithm of the sum of two Gaussian densities, and its power series.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product
from math import exp, log
from sys import float_info
from typing import Any

from lemmata.model import Row
from lemmata.sampling import Stream, to_host
from numerics.expressivity import _hamiltonian_order_entropy as entropies
from numerics.expressivity import _hamiltonian_order_exact as exact
from numerics.expressivity import _jets as jets
from numerics.expressivity._hamiltonian_order_exact import exact_row, lost
from numerics.expressivity._hamiltonian_order_gaussians import Classes, classes, gaussian_rows
from numerics.expressivity._hamiltonian_order_networks import neuron_rows

DRAWS = 400_000
# Below it a float has fewer digits.
SMALLEST = float_info.min
# Values of the functions q(x) of a calibration are cut off here; most lie far inside.
CUT = 4.0


def rows(
    rng: Stream,
    xp: Any,
    *,
    mean: str = "1,1",
    covariance: str = "2,0,0,1/2",
    priors: str = "2/3,1/3",
) -> Iterator[Row]:
    """The rows of the experiment.

    ``mean`` and ``covariance`` (row by row) are those of class 1, beside N(0, I); ``priors`` those of classes 0 and 1.
    Raises LemmataError for a covariance that is not symmetric and positive definite, and for priors that are not
    positive or do not sum to 1.
    """
    two = classes(mean, covariance, priors, xp)
    yield from _posterior_rows(two, rng.spawn("posterior"), xp)
    yield from _calibrations(two)
    yield from _counts(rng.spawn("counts"))
    yield from gaussian_rows(rng.spawn("gaussians"), xp)
    yield from _entropy_rows(rng.spawn("entropy"), xp)
    yield from neuron_rows(rng.spawn("neurons"), xp)
    yield from _bit_rows()
    yield from _mixture_rows(rng.spawn("mixture"), xp)


# ---------------------------------------------------------------- posterior


def _posterior_rows(two: Classes, stream: Stream, xp: Any) -> Iterator[Row]:
    """Bayes' rule at drawn points, the logarithm of its odds, and the same after a function of x is added to H."""
    _, points = two.draw(stream, 3)
    shares, odds = two.posterior(points, xp), two.log_odds(points, xp)
    for k in range(3):
        at = {"x": tuple(to_host(points[k, :]).tolist()), **two.arguments}
        near = {"relative": 1e-9, "tolerance": SMALLEST}
        yield exact_row(f"posterior-{k}", "a1", "posterior", at, float(shares[k]), **near)
        sizes = [float(g.size(points[k : k + 1, :], xp)[0]) for g in (two.zero, two.one)]
        terms = lost(*sizes, *map(log, two.priors))
        yield exact_row(f"log-odds-{k}", "a1", "log_odds", at, float(odds[k]), tolerance=terms)
        energies = [1.7 - float(g.log_density(points[k : k + 1, :], xp)[0]) for g in (two.zero, two.one)]
        logarithms = [log(p) - h for h, p in zip(energies, two.priors, strict=True)]
        weights = [exp(value - max(logarithms)) for value in logarithms]
        share = weights[1] / sum(weights)
        yield exact_row(f"shifted-{k}", "a2", "posterior", at, share, **near)


def _calibrations(two: Classes) -> Iterator[Row]:
    """1 + ([y = 1] - p(1|x)) q(x) for functions q of x: the 1 gives a tolerance its scale."""
    functions: dict[str, Callable[[Any, Any], Any]] = {
        "1": lambda x, xp: xp.ones_like(x[:, 0]),
        "x_1": lambda x, xp: xp.clip(x[:, 0], -CUT, CUT),
        "x_n^2": lambda x, xp: xp.clip(x[:, -1] ** 2, 0.0, CUT),
    }
    for name, q in functions.items():
        yield _calibration(f"calibration-{name}", two, q)
    yield _calibration("calibration-plus", two, functions["1"], sign=-1.0, variant="plus")
    yield _calibration("calibration-no-mu", two, functions["1"], prior=0.0, variant="no-mu")


def _calibration(name: str, two: Classes, q: Any, variant: str | None = None, **wrong: float) -> Row:
    def sampler(stream: Stream, size: int) -> Any:
        labels, x = two.draw(stream, size)
        return 1.0 + (labels - two.posterior(x, stream.xp, **wrong)) * q(x, stream.xp)

    return Row(
        name=name,
        quantity="calibration",
        at={},
        part="a1",
        kind="mean-equals",
        tolerance=0.01,
        sampler=sampler,
        support=(1.0 - CUT, 1.0 + CUT),
        samples=DRAWS,
        variant=variant,
    )


# ---------------------------------------------------------------- counts


def _counts(stream: Stream) -> Iterator[Row]:
    for n, d in ((2, 2), (3, 3), (4, 2), (2, 5)):
        at = {"n": n, "d": d}
        yield exact_row(
            f"monomials-{n}-{d}", "b1", "coefficients", at, exact.monomial_rank(n, d, range(d + 1))
        )
    for n, d in ((10, 2), (6, 3), (4, 5)):
        at = {"n": n, "d": d}
        yield exact_row(f"bits-{n}-{d}", "b2", "bit_coefficients", at, exact.monomial_rank(n, d, (0, 1)))
    z = Fraction(1 + int(stream.integers(1, 9)[0]), 3)
    for n in (5, 8):
        found = sum(z ** sum(bits) for bits in product((0, 1), repeat=n))
        yield exact_row(f"sets-{n}", "b3", "subset_polynomial", {"n": n, "z": z}, found)
    for n in (2, 3, 4):
        found = exact.hamiltonian_rank(stream.spawn(f"hamiltonians {n}"), n)
        yield exact_row(f"hamiltonians-{n}", "c2", "hamiltonian_coefficients", {"n": n}, found)
    for n, k in ((10, 3), (6, 1), (5, 5), (7, 4)):
        yield exact_row(f"local-{n}-{k}", "g1", "local_parameters", {"n": n, "k": k}, exact.local_rank(n, k))
    for n in (1, 4, 6):
        at, (dimension, first) = {"n": n}, exact.commutant(n)
        yield exact_row(f"commutant-{n}", "g3", "circulant_parameters", at, dimension)
        yield exact_row(f"first-column-{n}", "g4", "circulant_parameters", at, first)
    yield from _circulant_rows(stream.spawn("circulant"), 7)


def _circulant_rows(stream: Stream, n: int) -> Iterator[Row]:
    """ASx and SAx at each place; then the first column of a matrix found from AS = SA and that column."""
    column, x = (to_host(stream.integers(n, 19)).tolist() for _ in range(2))
    both = exact.shifted_images(column, x)
    for name, image in zip(("ASx", "SAx"), both, strict=True):
        for place in (0, n - 1):
            at = {"column": tuple(column), "x": tuple(x), "place": place}
            yield exact_row(f"{name}-{place}", "g2", "circulant_image", at, image[place])


# ---------------------------------------------------------------- entropy


def _entropy_rows(stream: Stream, xp: Any) -> Iterator[Row]:
    """On six outcomes; then densities, of which no part speaks, against the Gaussian of their variance."""
    p, q = entropies.rivals(stream, xp)
    largest, other = entropies.entropy(p, xp), entropies.entropy(q, xp)
    family, rival = (tuple(to_host(of).tolist()) for of in (p, q))
    at = {"q": rival, "p": family}
    near = lost(largest, other)
    yield exact_row("divergence", "d1", "divergence", at, largest - other, tolerance=near)
    at = {"p": family}
    yield exact_row("largest", "d2", "largest_entropy", at, other, relation="<=")
    uniform = xp.full((entropies.OUTCOMES,), 1 / entropies.OUTCOMES)
    value = entropies.entropy(uniform, xp)
    yield exact_row("other-moments", "d2", "largest_entropy", at, value, relation="<=", variant="any-moments")
    for density in (entropies.gaussian, entropies.laplace, entropies.logistic, entropies.two_humps):
        variance, found = entropies.measured(density, xp)
        relation = "=" if density is entropies.gaussian else "<="
        name = f"density-{density.__name__}"
        yield exact_row(name, "d3", "gaussian_entropy", {"variance": variance}, found, relation=relation)


# ---------------------------------------------------------------- bits, mixture


def _bit_rows() -> Iterator[Row]:
    for k, beta in ((1, 3.0), (3, 7.0), (6, 1.5)):
        errors = {
            x: abs(float(all(x)) - _logistic(-beta * (k - 0.5 - sum(x)))) for x in product((0, 1), repeat=k)
        }
        at = {"beta": beta}
        yield exact_row(f"product-of-{k}", "f1", "bit_product_error", at, max(errors.values()))
        yield exact_row(f"all-{k}-ones", "f2", "bit_product_error", at, errors[(1,) * k])


def _logistic(z: float) -> float:
    return 1.0 / (1.0 + exp(-z))


def _mixture_rows(stream: Stream, xp: Any) -> Iterator[Row]:
    a = 1.0 + float(stream.uniform(1)[0])

    def energy(x: float) -> float:
        return -log(exp(-((x - a) ** 2) / 2) + exp(-((x + a) ** 2) / 2))

    for x in (0.5, 1.5, 3.0):
        at, both = {"x": x, "a": a}, (energy(x), energy(0.0))
        found, near = both[0] - both[1], lost(*both)
        yield exact_row(f"mixture-{x}", "h1", "mixture_hamiltonian", at, found, tolerance=near)
    series = jets.variable(xp.zeros((1,), dtype=xp.float64), 5, xp)
    humps = [jets.exp(-0.5 * jets.times(series - s, series - s, xp), xp) for s in _shifts(series, a, xp)]
    found = to_host(-jets.log(humps[0] + humps[1], xp)[:, 0]).tolist()
    yield exact_row("fourth", "h2", "fourth_coefficient", {"a": a}, found[4], relative=1e-9)
    value = sum(c * 0.7**k for k, c in enumerate(found) if k)
    yield exact_row("taylor", "h2", "mixture_taylor", {"x": 0.7, "a": a}, value, tolerance=1e-12)


def _shifts(series: Any, a: float, xp: Any) -> list[Any]:
    """The constants a and -a as power series."""
    one = xp.zeros_like(series)
    one[0, :] = 1.0
    return [a * one, -a * one]
