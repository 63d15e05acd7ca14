"""The figure of expressivity.hamiltonian_order: two Hamiltonians, and the posterior that is their softmax."""

from __future__ import annotations

import math
from typing import Any

from lemmata.sampling import Stream, to_host
from numerics.expressivity._hamiltonian_order_gaussians import Classes, classes

MEAN, COVARIANCE, PRIORS = "1,1", "2,0,0,1/2", "2/3,1/3"
# The line x_1 = 1 through the mean of class 1, seen along x_2.
ACROSS, LOW, HIGH, POINTS = 1.0, -3.0, 4.0, 43
DRAWS, BINS, NEAR = 2**18, 14, 0.25
# Fewer draws than this in a bin say little of its fraction.
LEAST = 300


def draw(figure: Any, formula: Any, rng: Stream, xp: Any) -> None:
    """H + mu of both classes above; below, the theorem's posterior, and the labels drawn near the line."""
    two = classes(MEAN, COVARIANCE, PRIORS, xp)
    upper, lower = figure.subplots(2, 1, sharex=True)
    places = [LOW + (HIGH - LOW) * k / (POINTS - 1) for k in range(POINTS)]
    points = xp.asarray([[ACROSS, place] for place in places], dtype=xp.float64)
    for k, (of, prior) in enumerate(zip((two.zero, two.one), two.priors, strict=True)):
        energies = to_host(-of.log_density(points, xp)).tolist()
        upper.plot(places, [h - math.log(prior) for h in energies], label=f"$H_{k} + \\mu_{k}$")
    posterior = [float(formula("posterior", x=(ACROSS, place), **two.arguments)) for place in places]
    lower.plot(places, posterior, color="C2", linestyle="-", label="softmax of $-H-\\mu$")
    middles, fractions = frequencies(two, rng, xp)
    lower.plot(middles, fractions, color="0.3", linestyle="", marker="o", label="labels drawn")
    upper.set_ylabel("$H_y + \\mu_y$")
    lower.set(xlabel="$x_2$ at $x_1 = 1$", ylabel="$p(1|x)$", ylim=(-0.03, 1.03))
    for axes in (upper, lower):
        axes.legend()


def frequencies(two: Classes, rng: Stream, xp: Any) -> tuple[list[float], list[float]]:
    """The middles of bins of x_2, and how many of the draws in them, near the line, have the label 1."""
    labels, x = (to_host(values) for values in two.draw(rng, DRAWS))
    found: tuple[list[float], list[float]] = ([], [])
    width = (HIGH - LOW) / BINS
    for k in range(BINS):
        low = LOW + k * width
        inside = (abs(x[:, 0] - ACROSS) < NEAR) & (x[:, 1] >= low) & (x[:, 1] < low + width)
        if inside.sum() >= LEAST:
            found[0].append(low + width / 2)
            found[1].append(float(labels[inside].mean()))
    return found
