"""Where the hypotheses of hamiltonian-order hold: classes, counts, Gaussians, a family and its rival, neurons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import comb
from random import Random
from typing import Any

from theorems.expressivity._hamiltonian_order_exact import exponential, log_cosh, logistic

OUTCOMES = 4
Matrix = list[list[Fraction]]


def model(seed: int) -> Mapping[str, Any]:
    """Exact values of the symbols that the hypotheses speak of."""
    random = Random(seed)
    a, z, c = Fraction(1 + seed % 2), Fraction(seed % 3), Fraction(random.randint(-2, 2))
    b = Fraction(3 - seed % 3, 2)
    numbers = {"a": a, "z": z, "c": c, "b": b, "beta": Fraction(1 + seed % 2), "e0": b}
    numbers |= {"here": Fraction(random.randint(-3, 3), 6)}
    # 1 + u <= 64^u at whole numbers, though not between -1 and 0.
    side = Fraction(1 - 2 * (seed % 2))
    numbers |= {"u": 2 * side, "mid": side}
    functions = {"ex": exponential, "lo": logistic, "L": log_cosh}
    functions["E"] = lambda at: at * at / 2 - log_cosh(a * at) + c
    n = (1, 2, 2)[seed % 3]
    parts = (_classes(random), _counts(seed), _gaussians(n, c, random), _outcomes(c, random), _shares(seed))
    found: dict[str, Any] = {**numbers, **functions, "n": Fraction(n)}
    for part in (*parts, neurons(n, random), _circle(n, random)):
        found |= part
    return found


def _table(random: Random, step: int = 2) -> Callable[..., Fraction]:
    """A function on places: the same seed gives the same values, whatever is asked for first."""
    seed = random.random()
    return lambda *at: Fraction(Random(f"{seed} {[str(k) for k in at]}").randint(-4, 4), step)


def _classes(random: Random) -> dict[str, Any]:
    """Hamiltonians in sixths; a ratio whose two sides have a common factor."""
    H, mu, shift = (_table(random, 6) for _ in range(3))
    part, whole, factor = (Fraction(random.randint(1, 5), 2) for _ in range(3))
    return {
        "classes": Fraction(random.randint(1, 3)),
        "H": H,
        "mu": mu,
        "shift": shift,
        "likely": lambda y, x: exponential(-H(y, x)),
        "prior": lambda y: exponential(-mu(y)),
        "part": part,
        "whole": whole,
        "factor": factor,
        "up": part * factor,
        "down": whole * factor,
    }


def _counts(seed: int) -> dict[str, Any]:
    return {
        "g": Fraction(1 + seed % 3),
        "M": lambda n, d: Fraction(comb(int(n + d), int(d))),
        "K": lambda n, d: Fraction(sum(comb(int(n), k) for k in range(int(d) + 1))),
    }


def _gaussians(n: int, c: Fraction, random: Random) -> dict[str, Any]:
    """One precision matrix, two means, and the coefficients of their log-odds; four outcomes that sum to 1."""
    P, centre, other = (_table(random) for _ in range(3))

    def precision(i: Any, j: Any) -> Fraction:
        return P(min(i, j), max(i, j))

    def form(at: Callable[..., Fraction], with_: Callable[..., Fraction]) -> Fraction:
        return sum((precision(i, j) * at(i) * with_(j) for i in range(n) for j in range(n)), Fraction(0))

    found = {"P": precision, "R": precision, "centre": centre, "other": other}
    found["slope"] = lambda i: form(lambda k: Fraction(k == i), lambda k: centre(k) - other(k))
    energies = (Fraction(1, 6), Fraction(1, 3), Fraction(1, 2), Fraction(1, 2))
    found["h"] = lambda s: energies[int(s)] - c
    return {**found, "intercept": c + (form(other, other) - form(centre, centre)) / 2}


# Probabilities 2^-k of a family and of a rival in which -ln p has the same mean; the rival's 0 has any logarithm.
RIVALS = (((1, 2, 3, 3), (1, 2, 2, None)), ((2, 2, 2, 2), (1, 2, 3, 3)))


def _outcomes(c: Fraction, random: Random) -> dict[str, Any]:
    """Probabilities p in a family of two statistics, and others, q, with the same moments."""
    family, rival = RIVALS[random.randrange(len(RIVALS))]
    order = random.sample(range(OUTCOMES), OUTCOMES)
    p = [Fraction(1, 2 ** family[k]) for k in order]
    q = [Fraction(0) if (e := rival[k]) is None else Fraction(1, 2**e) for k in order]
    away = [after - before for before, after in zip(p, q, strict=True)]
    second = [Fraction(random.randint(-3, 3)) for _ in away]
    last = max(range(OUTCOMES), key=lambda k: abs(away[k]))
    second[last] -= sum(s * step for s, step in zip(second, away, strict=True)) / away[last]
    lnp = [Fraction(-family[k], 6) for k in order]
    first = [log + c - 2 * other for log, other in zip(lnp, second, strict=True)]
    statistics = (first, second)
    lnqs, lnps = (Fraction(random.randint(-1, 1)) for _ in range(2))
    return {
        "N": Fraction(OUTCOMES),
        "stats": Fraction(2),
        "p": lambda s: p[int(s)],
        "q": lambda s: q[int(s)],
        "lnp": lambda s: lnp[int(s)],
        "lnq": lambda s: Fraction(-(rival[order[int(s)]] or 0), 6),
        "lam": lambda j: Fraction(1 + int(j)),
        "stat": lambda j, s: statistics[int(j)][int(s)],
        "lnqs": lnqs,
        "lnps": lnps,
        "qs": exponential(lnqs),
        "ps": exponential(lnps),
    }


def _shares(seed: int) -> dict[str, Any]:
    """1/(1 + A) and 1/(1 + B), where A >= B or A <= C = 1/B; and a product that is 0 for what is not."""
    B = Fraction(2)
    A = Fraction(3) if seed % 2 else Fraction(1, 3)
    low = Fraction(seed % 2)
    numbers = {"A": A, "B": B, "C": 1 / B, "small": 1 / (1 + A), "large": 1 / (1 + B)}
    return {**numbers, "zero": Fraction(0), "low": low, "high": low + 2}


def neurons(n: int, random: Random) -> dict[str, Any]:
    """A form of full rank in drawn coordinates, and neurons that have its Taylor polynomial, without an output bias."""
    v = [[Fraction(random.randint(-2, 2)) if i > k else Fraction(i == k) for i in range(n)] for k in range(n)]
    curve = [Fraction(random.choice((-3, -2, -1, 1, 2, 3))) for _ in range(n)]
    along = [Fraction(1)] * n
    if sum(1 / d for d in curve) == 0:
        along[0] = Fraction(2)
    S = sum((u**2 / d for u, d in zip(along, curve, strict=True)), Fraction(0))
    weights, places = _simplex(curve, along, S)
    inputs = [[sum(y[k] * v[k][i] for k in range(n)) for i in range(n)] for y in places]
    form = [[sum(curve[k] * v[k][i] * v[k][j] for k in range(n)) for j in range(n)] for i in range(n)]
    axis = _dual(v)
    derivatives = {f"s{k}": Fraction(random.choice((-3, -1, 2, 3)), 2) for k in range(3)}
    return {
        **derivatives,
        "bias": Fraction(0),
        "rank": Fraction(n),
        "r": Fraction(n - 1),
        "m": Fraction(len(weights)),
        "S": S,
        "v": lambda k, i: v[int(k)][int(i)],
        "curve": lambda k: curve[int(k)],
        "inverse": lambda k: 1 / curve[int(k)],
        "along": lambda k: along[int(k)],
        "steep": lambda k: 1 / along[int(k)],
        "weight": lambda j: weights[int(j)],
        "input": lambda j, i: inputs[int(j)][int(i)],
        "form": lambda i, j: form[int(i)][int(j)],
        "axis": lambda k, i: axis[int(k)][int(i)],
    }


def _simplex(curve: list[Fraction], along: list[Fraction], S: Fraction) -> tuple[list[Fraction], Matrix]:
    """Weights and places of the neurons: the last but one against ``along``, the last at 0."""
    weights = [9 * u**2 / (4 * S**2 * d) for u, d in zip(along, curve, strict=True)]
    places = [list(along) for _ in curve]
    for k, (u, d) in enumerate(zip(along, curve, strict=True)):
        places[k][k] -= 2 * S * d / (3 * u)
    return [*weights, 3 / (4 * S), -3 / S], [*places, [-u for u in along], [Fraction(0)] * len(curve)]


def _dual(v: Matrix) -> Matrix:
    """e_k with v_l . e_k = [k = l], for a triangular matrix with ones on its diagonal."""
    n = len(v)
    found = [[Fraction(i == k) for i in range(n)] for k in range(n)]
    for k in range(n):
        for j in reversed(range(n)):
            found[k][j] -= sum((v[j][i] * found[k][i] for i in range(j + 1, n)), Fraction(0))
    return found


def _circle(n: int, random: Random) -> dict[str, Any]:
    """A circulant matrix and a signal of period n, and one of its columns."""
    first, signal, column = _table(random), _table(random), random.randrange(n)
    return {
        "matrix": lambda u, v: first((u - v) % n),
        "signal": lambda v: signal(v % n),
        "column": Fraction(column),
        "rest": Fraction(n - column),
    }
