"""Planted violations of laws that have too many outcomes to sum over."""

from __future__ import annotations

import numpy as np

from benchmarks.calibration.laws import Law, stream
from lemmata.statistics import Tally, decide_mean_equals, detectable


def found_in_runs(law: Law, n: int, fractions: list[float], runs: int, alpha: float) -> dict[float, int]:
    """In how many runs a prediction off by each fraction of the detectable size is refuted.

    Every other run the prediction is too large, and in the others too small.
    """
    count, size = dict.fromkeys(fractions, 0), detectable(law.sigma, n, alpha)
    for run in range(runs):
        nodes = law.draw(stream("planted", law.name, n, run), (n,))
        tally = Tally(law.values, np.bincount(nodes, minlength=law.values.size), (0.0, 1.0))
        for fraction in fractions:
            planted = law.mean + (-1) ** run * fraction * size
            count[fraction] += decide_mean_equals(tally, planted, 0.0, alpha).verdict == "refuted"
    return count
