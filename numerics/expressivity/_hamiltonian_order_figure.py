"""The figure of expressivity.hamiltonian_order: two Hamiltonians, and the posterior that is their softmax."""

from __future__ import annotations

import math
from typing import Any

from lemmata.sampling import Stream, to_host
from numerics.expressivity._hamiltonian_order_gaussians import Classes, classes

# Places on the line through the mean of class 1 along the last coordinate, so many deviations beyond both means.
POINTS, BEYOND = 43, 3.0
# Draws that are this near the line, in deviations of the narrower class, are counted in bins along it.
DRAWS, BINS, NEAR = 2**18, 14, 0.25
# Fewer draws than this in a bin say little of its fraction.
LEAST = 300


def draw(
    figure: Any,
    formula: Any,
    rng: Stream,
    xp: Any,
    *,
    mean: str = "1,1",
    covariance: str = "2,0,0,1/2",
    priors: str = "2/3,1/3",
) -> None:
    """H + mu of both classes above; below, the theorem's posterior, and the labels drawn near the line."""
    two = classes(mean, covariance, priors, xp)
    upper, lower = figure.subplots(2, 1, sharex=True)
    *across, _ = centre = to_host(two.one.mean).tolist()
    low, high = ends(centre[-1], deviations(two)[-1])
    places = [low + (high - low) * k / (POINTS - 1) for k in range(POINTS)]
    points = xp.asarray([[*across, place] for place in places], dtype=xp.float64)
    for k, (of, prior) in enumerate(zip((two.zero, two.one), two.priors, strict=True)):
        energies = to_host(-of.log_density(points, xp)).tolist()
        upper.plot(places, [h - math.log(prior) for h in energies], label=f"$H_{k} + \\mu_{k}$")
    posterior = [float(formula("posterior", x=(*across, place), **two.arguments)) for place in places]
    lower.plot(places, posterior, color="C2", linestyle="-", label="softmax of $-H-\\mu$")
    middles, fractions = frequencies(two, rng, low, high)
    if middles:
        lower.plot(middles, fractions, color="0.3", linestyle="", marker="o", label="labels drawn")
    upper.set_ylabel("$H_y + \\mu_y$")
    lower.set(xlabel=_named(centre), ylabel="$p(1|x)$", ylim=(-0.03, 1.03))
    for axes in (upper, lower):
        axes.legend()


def deviations(two: Classes) -> list[float]:
    """The standard deviations of the coordinates in class 1."""
    return [math.hypot(*row) for row in to_host(two.one.factor).tolist()]


def ends(centre: float, deviation: float) -> tuple[float, float]:
    """Of an interval around the means of both classes in a coordinate; that of class 0 is 0, its deviation 1."""
    reach = BEYOND * max(1.0, deviation)
    return min(0.0, centre) - reach, max(0.0, centre) + reach


def _named(centre: list[float]) -> str:
    """The last coordinate, and where the others are."""
    n = len(centre)
    at = {1: "", 2: f" at $x_1 = {centre[0]:.4g}$"}.get(n, ", the others those of the mean of class 1")
    return f"$x_{n}${at}"


def frequencies(two: Classes, rng: Stream, low: float, high: float) -> tuple[list[float], list[float]]:
    """The middles of bins of the last coordinate, and the fraction of label 1 among the draws there, near the line."""
    labels, x = (to_host(values) for values in two.draw(rng, DRAWS))
    near = labels >= 0
    for k, (place, deviation) in enumerate(
        zip(to_host(two.one.mean)[:-1], deviations(two)[:-1], strict=True)
    ):
        near &= abs(x[:, k] - place) < NEAR * min(1.0, deviation)
    found: tuple[list[float], list[float]] = ([], [])
    width = (high - low) / BINS
    for k in range(BINS):
        start = low + k * width
        inside = near & (x[:, -1] >= start) & (x[:, -1] < start + width)
        if inside.sum() >= LEAST:
            found[0].append(start + width / 2)
            found[1].append(float(labels[inside].mean()))
    return found
