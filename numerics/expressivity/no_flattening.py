r"""Twin of expressivity.no_flattening: networks and circuits that are built, counted, fitted and run.

Ranks.    The moments that an exact network must have, the free ones random, modulo a random prime of 61 bits.
Networks. Finite differences and sign gates in whole numbers, their moments tabled through the degree; activations in
          fractions, or with derivatives from power series. A network that does not do what it should counts as 0.
Search.   Descent from random starts: for B the best network is given one neuron after the other, for C directions.
Circuits. Graphs whose neurons are counted, compiled, and compared with the product at random inputs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import product
from math import factorial, prod
from random import Random
from typing import Any

import numpy

from lemmata.model import LemmataError, Row
from lemmata.sampling import Stream
from numerics.expressivity import _circuits as circuits
from numerics.expressivity import _no_flattening_few as few
from numerics.expressivity import _no_flattening_ranks as ranks
from numerics.expressivity import _no_flattening_search as search
from numerics.expressivity import _no_flattening_trees as trees
from numerics.expressivity._no_flattening_ranks import Multi

# The theorem's parts by what is measured here.
EXACT, BIASED, GATE, GATE_ORDER, FITTED, FITTED_BY_SIGNS = "a", "b", "c", "c'", "d", "d'"
RIDGES, FREE, UNIFORM, DEEP = "e", "f", "g", "h"

LARGEST = 256
# Multi-indices r, up to matrices of size 64.
EXPONENTS: tuple[Multi, ...] = ((1,), (1, 1, 1), (3, 2, 1), (1,) * 6)
# Digits of a descent, and of what it calls 0 exactly.
FOUND, ROUNDING = 1e-4, 1e-9


def rows(rng: Stream, xp: Any, *, n: int = 13) -> Iterator[Row]:
    """The rows of the experiment; ``n`` is the number of inputs of one more tree.

    Raises LemmataError for n outside 1..256: the tree is built and run.
    """
    if not 1 <= n <= LARGEST:
        raise LemmataError(f"n = {n} is outside 1..{LARGEST}: the tree of n inputs is built and run")
    random = Random(int(rng.spawn("whole numbers").words(1)[0]))
    p = ranks.prime(random)
    yield from _exact_rows(random, p)
    yield from _gate_rows(random)
    yield from _fitted_rows(rng.spawn("fits"), random)
    yield from _ridge_rows(rng.spawn("ridges"))
    yield from _free_rows(random, p, xp)
    yield from _uniform_rows(rng.spawn("uniform"), random, p, xp)
    yield from _tree_rows(rng.spawn("trees"), n, xp)
    yield from _depth_rows(rng.spawn("depths"), xp)


# ---------------------------------------------------------------- one layer, exactly


def _exact_rows(random: Random, p: int) -> Iterator[Row]:
    c = random.randrange(1, p)
    for r in (*EXPONENTS, (7, 7)):
        name, at = _name(r), {"r": r}
        value = ranks.certain_rank(lambda r=r: ranks.exact_matrix(r, c, random, p), p)
        yield _row(f"rank-{name}", EXACT, "neurons_shallow", at, value)
        # An output bias frees degree 0: without its row and column the matrix is as certain.
        value = ranks.certain_rank(lambda r=r: ranks.exact_matrix(r, c, random, p, low=1), p)
        yield _row(f"rank-bias-{name}", BIASED, "neurons_shallow_output_bias", at, value)
    for r in EXPONENTS:
        net, name, at = ranks.differences(r), _name(r), {"r": r}
        yield _row(f"differences-{name}", EXACT, "neurons_shallow", at, ranks.neurons_that_do(net, r))
        count = ranks.neurons_that_do(ranks.without_origin(net), r, output_bias=True)
        yield _row(f"differences-bias-{name}", BIASED, "neurons_shallow_output_bias", at, count)


def _gate_rows(random: Random) -> Iterator[Row]:
    """The sign gate of a random polynomial of degree n + 1, in fractions."""
    for n in (1, 2, 3, 5):
        x = tuple(
            Fraction(random.choice((1, -1)) * random.randrange(1, 20), random.randrange(1, 8))
            for _ in range(n)
        )
        t, sigma = Fraction(random.randrange(1, 9), 8), [random.randrange(1, 100) for _ in range(n + 2)]
        value = sum(
            prod(signs) * _value(sigma, t * sum(map(_times, signs, x)))
            for signs in product((1, -1), repeat=n)
        )
        yield _row(
            f"sign-gate-{n}", GATE, "sign_gate", {"x": x}, value / ((2 * t) ** n * factorial(n) * sigma[n])
        )


def _times(sign: int, x: Fraction) -> Fraction:
    return sign * x


def _value(coefficients: list[int], z: Fraction) -> Fraction:
    return sum((c * z**k for k, c in enumerate(coefficients)), Fraction(0))


# ---------------------------------------------------------------- one layer, as near as possible


def _fitted_rows(stream: Stream, random: Random) -> Iterator[Row]:
    for n in (1, 2, 3):
        for m, value in enumerate(search.least_residuals(n, stream), 1):
            at = {"n": n, "m": m}
            yield _row(f"fit-{n}-{m}", FITTED, "residual", at, value, tolerance=FOUND, relative=FOUND)
            if n == 3 and m == 2**n - 1:
                # One neuron fewer would leave no more than all of them do.
                yield _row(
                    "fit-one-fewer", FITTED, "residual", {"n": n, "m": m + 1}, value,
                    relation="<=", tolerance=FOUND, variant="one-fewer",
                )  # fmt: skip
    for n, m in ((2, 1), (3, 5), (4, 9)):
        yield _row(f"signs-{n}-{m}", FITTED_BY_SIGNS, "residual", {"n": n, "m": m}, _left(n, m, random))
    yield from _low_degree_rows(stream.spawn("low degrees"))


def _left(n: int, m: int, random: Random) -> Fraction:
    """The sum of squares that m of the 2^n sign vectors leave, each weighted by 2^-n times its product."""
    chosen = random.sample(list(product((1, -1), repeat=n)), m)
    sets = list(product((0, 1), repeat=n))

    def entry(s: Multi, t: Multi) -> Fraction:
        moment = sum(prod(a) * prod(x ** (i + j) for x, i, j in zip(a, s, t, strict=True)) for a in chosen)
        return Fraction(moment, 2**n) - all(i + j == 1 for i, j in zip(s, t, strict=True))

    return sum((entry(s, t) ** 2 for s in sets for t in sets), Fraction(0))


def _low_degree_rows(stream: Stream) -> Iterator[Row]:
    """Looking at degrees up to n alone, 2^(n-1) neurons leave as little as one likes, their input weights growing."""
    signs, variant = numpy.asarray(ranks.half_signs(3).points, dtype=float), "low-degrees"
    for size in (1, 10, 100):
        value, at = search.low_degree_residual_at(size * signs), {"n": 3, "m": 4}
        yield _row(f"low-degrees-{size}", FITTED, "residual", at, value, relation=">=", variant=variant)
    value, at = search.low_degree_residual(2, 2, 2, stream), {"n": 2, "m": 2}
    yield _row("low-degrees-search", FITTED, "residual", at, value, relation=">=", variant=variant)


def _ridge_rows(stream: Stream) -> Iterator[Row]:
    # Where the bound is 0 no square is below it: there only that it is attained can fail.
    for n, m in ((2, 1), (2, 2), (3, 1), (3, 2), (4, 1), (4, 3), (4, 5)):
        value, at = search.ridge_error(n, m, 4, stream), {"n": n, "m": m}
        if (n, m) != (2, 2):
            yield _row(
                f"ridges-{n}-{m}", RIDGES, "l2_lower_bound", at, value, relation=">=", tolerance=ROUNDING
            )
        if n == 2:
            yield _row(f"ridges-{n}-{m}-attained", RIDGES, "l2_lower_bound", at, value, tolerance=FOUND)


# ---------------------------------------------------------------- one layer, with free biases or uniformly


def _free_rows(random: Random, p: int, xp: Any) -> Iterator[Row]:
    for n in (1, 2, 4, 7):
        value = ranks.certain_rank(lambda n=n: ranks.free_bias_matrix(n, random, p), p)
        yield _row(f"rank-free-{n}", FREE, "neurons_free_bias", {"n": n}, value)
    for n in few.FLAT:
        value = few.neurons_at_a_zero(n, xp)
        yield _row(f"signs-{few.FLAT[n][0]}-{n}", FREE, "neurons_free_bias", {"n": n}, value)
    at, variant = {"r": (1, 1, 1)}, "every-activation"
    value = few.neurons_at_a_zero(3, xp)
    yield _row(f"{few.FLAT[3][0]}-3", EXACT, "neurons_shallow", at, value, variant=variant)


def _uniform_rows(stream: Stream, random: Random, p: int, xp: Any) -> Iterator[Row]:
    for d, scale in ((2, 1.0), (3, 10.0)):
        value, at = few.distance_from_power(d, scale, xp), {"d": d, "scale": scale}
        yield _row(f"power-{d}", UNIFORM, "counterexample_error", at, value, relative=1e-6)
    for n in (1, 3, 4, 6):
        value = max(ranks.rank(ranks.mixed(prod, n, k), p) for k in range(n + 1))
        yield _row(f"rank-mixed-{n}", UNIFORM, "uniform_neurons", {"n": n}, value)
    for n in (2, 3, 4):
        value = ranks.ridges_needed(n, random, p)
        yield _row(f"ridges-needed-{n}", UNIFORM, "uniform_neurons", {"n": n}, value)
    for n in (2, 3):
        value = few.neurons_of_waves(n, stream)
        yield _row(f"waves-{n}", UNIFORM, "uniform_neurons", {"n": n}, value, relation=">=")
    at, variant = {"r": (1, 1, 1)}, "uniform-needs-all"
    yield _row("waves", UNIFORM, "neurons_shallow", at, value, relation=">=", variant=variant)


# ---------------------------------------------------------------- circuits


def _tree_rows(stream: Stream, n: int, xp: Any) -> Iterator[Row]:
    for inputs in sorted({2, 3, 8, 32, n}):
        value = trees.neurons_of_tree(inputs, stream, xp)
        yield _row(f"tree-{inputs}", DEEP, "neurons_deep", {"n": inputs}, value)
    for part, name, build, inputs in (
        (GATE_ORDER, "gate", circuits.shallow, 2),
        (DEEP, "tree", circuits.binary_tree, 5),
    ):
        value = trees.order(build, inputs, stream, xp)
        yield _row(f"slope-{name}", part, "gate_order", {}, value, tolerance=0.02)


def _depth_rows(stream: Stream, xp: Any) -> Iterator[Row]:
    for n, k in ((8, 1), (8, 2), (12, 3), (16, 2), (16, 4)):
        value, at = trees.cheapest_uniform(n, k, stream, xp), {"n": n, "k": k}
        yield _row(f"depth-{n}-{k}", DEEP, "neurons_at_depth", at, value)
    for n in (7, 9):
        value, at = trees.cheapest_of_two_layers(n, stream, xp), {"n": n, "k": 2}
        yield _row(f"mixed-{n}-2", DEEP, "neurons_at_depth_mixed", at, value)
    for n, k in ((32, 2), (29, 3)):
        value, at = trees.cheapest_balanced(n, k, stream, xp), {"n": n, "k": k}
        yield _row(f"balanced-{n}-{k}", DEEP, "neurons_at_depth_mixed", at, value)


# ---------------------------------------------------------------- rows


def _name(r: Iterable[int]) -> str:
    return "".join(map(str, r))


def _row(name: str, part: str, quantity: str, at: dict[str, Any], value: Any, **others: Any) -> Row:
    return Row(
        name=name, quantity=quantity, at=at, part=part, kind="exact", value=value, grade="exact", **others
    )
