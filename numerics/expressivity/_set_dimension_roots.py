"""Multisets from their power sums: through the coefficients of a polynomial to its roots."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Roots = NDArray[np.complex128]


def recovered(sums: Sequence[float]) -> Roots:
    """The roots of the polynomial whose power sums of the powers 1, ..., M are given: complex128 (M,)."""
    coefficients = [1.0]
    for k in range(1, len(sums) + 1):
        known = sum(c * sums[k - j - 1] for j, c in enumerate(coefficients))
        coefficients.append(-known / k)
    return np.asarray(np.roots(coefficients), dtype=np.complex128)


def apart(X: Any, Y: Any) -> float:
    """The largest distance of an element of one multiset from the nearest of the other."""
    distances = np.abs(np.subtract.outer(X, Y))
    return float(max(np.max(np.min(distances, axis=0)), np.max(np.min(distances, axis=1))))
