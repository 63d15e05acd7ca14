"""Where the hypotheses of parity-gradient hold: a basis, a Lipschitz loss, and an algorithm with its oracle."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from itertools import product
from math import prod
from random import Random
from typing import Any

POINTS = 3


def model(seed: int) -> Mapping[str, Any]:
    """Exact values of the symbols that the hypotheses of (e), (f) and (g') speak of."""
    random = Random(seed)
    n, p = (2, 1, 0)[seed % 3], random.randint(1, 2)
    m = random.randint(1, 2**n)
    sizes = {"n": Fraction(n), "p": Fraction(p), "m": Fraction(m)}
    return {**sizes, "h": _basis(n, random), **_loss(random), **_game(n, p, random)}


def _basis(n: int, random: Random) -> Callable[..., Fraction]:
    """Parities in random order, with random signs."""
    subsets = random.sample(list(product((0, 1), repeat=n)), 2**n)
    signs = [random.choice((1, -1)) for _ in subsets]
    return lambda k, x: signs[int(k)] * _parity(subsets[int(k)], x)


def _parity(subset: Any, x: Any) -> Fraction:
    return prod((x_i for e_i, x_i in zip(subset, x, strict=True) if e_i), start=Fraction(1))


def _loss(random: Random) -> dict[str, Any]:
    """Huber's loss around a random place, a bounded rho, and two numbers in [-1, 1]."""
    place = Fraction(random.randint(-4, 4), 3)

    def huber(t: Any) -> Any:
        off = t - place
        size = getattr(off, "value", off)
        return off * off * Fraction(1, 2) if -1 <= size <= 1 else (off if size > 1 else -off) - Fraction(1, 2)

    small = {name: Fraction(random.randint(-3, 3), 3) for name in "ab"}
    return {**small, "r": huber, "rho": lambda t: max(Fraction(-1), min(Fraction(1), 2 * t - place))}


def _game(n: int, p: int, random: Random) -> dict[str, Any]:
    """A random algorithm on three states, and an oracle that speaks where it may not be silent."""
    cube = list(product((Fraction(1), Fraction(-1)), repeat=n))
    seed, eps = random.random(), Fraction(random.randint(1, 8), 4)

    @cache
    def grad(j: Any, q: Any, x: Any) -> Fraction:
        return Fraction(Random(f"grad {seed} {int(j)} {q} {x}").randint(-3, 3), 2)

    def power(e: Any, q: Any) -> Fraction:
        means = [sum(_parity(e, x) * grad(j, q, x) for x in cube) / Fraction(len(cube)) for j in range(p)]
        return sum((mean**2 for mean in means), Fraction(0))

    def drawn(name: str) -> Callable[..., int]:
        return lambda *at: Random(f"{name} {seed} {at}").randrange(POINTS)

    ask, following, silence, loud = map(drawn, ("ask", "next", "silence", "loud"))

    def answer(e: Any, q: Any) -> int:
        return loud(e, q) if power(e, q) > eps**2 else silence(q)

    def state(k: Any, e: Any) -> int:
        return 0 if k == 0 else following(before := state(k - 1, e), answer(e, ask(before)))

    def deaf(k: Any) -> int:
        return 0 if k == 0 else following(before := deaf(k - 1), silence(ask(before)))

    squares = [sum(grad(j, q, x) ** 2 for x in cube for j in range(p)) / len(cube) for q in range(POINTS)]
    G = next(Fraction(k, 2) for k in range(100) if Fraction(k, 2) ** 2 >= max(squares))
    rules = {"ask": ask, "next": following, "answer": answer, "silence": silence}
    return {**rules, "grad": grad, "state": state, "deaf": deaf, "eps": eps, "G": G}
