"""Near misses of no-flattening, each false at an instance."""

from __future__ import annotations

from fractions import Fraction
from math import prod

from lemmata.proof import Variant, bracket, claim, eq, le, lt, total
from theorems.expressivity._no_flattening import S, T, i, n
from theorems.expressivity._no_flattening_gates import gates, leaves, tree_claim
from theorems.expressivity._no_flattening_rank import plain_claim
from theorems.expressivity._no_flattening_residual import (
    attained_claim,
    complement,
    moments,
    residual_claim,
    uniform_claim,
)

low = bracket(total(i, S[i] + T[i]), "<=", n)
low_entries = total(S, total(T, low * (moments(S, T) - complement(S, T)) ** 2))

variants = (
    Variant(
        "every-activation",
        "no condition on the derivatives",
        "a",
        claim(plain_claim.variables, plain_claim.then, plain_claim.given[1:]),
        # z^2 alone: nothing of degree 0 or 1 to cancel
        {
            "n": 1,
            "m": 1,
            "r": lambda i: 2,
            "s": lambda k: Fraction(k == 2),
            "w": lambda k: 1,
            "a": lambda k, i: 1,
        },
    ),
    Variant(
        "one-fewer",
        "2^n - 1 neurons leave nothing",
        "d'",
        claim(
            attained_claim.variables,
            eq(attained_claim.then.left, attained_claim.then.right - 1),
            attained_claim.given,
        ),
        {"n": 1, "kept": lambda x: 1},
        {"residual": lambda n, m: 2**n - m - 1, "neurons_shallow": lambda r: prod(e + 1 for e in r) - 1},
    ),
    Variant(
        "low-degrees",
        "moments of degree at most n alone",
        "d",
        claim(residual_claim.variables, le(residual_claim.then.left, low_entries), residual_claim.given),
        {"n": 1, "m": 1, "w": lambda k: Fraction(1, 2), "a": lambda k, i: Fraction(2)},
    ),
    Variant(
        "four-a-leaf",
        "4n neurons in a tree",
        "h",
        claim(tree_claim.variables, eq(4 * gates, 4 * leaves), tree_claim.given),
        {"leaves": 2, "gates": 1, "root": 2, "feeds": lambda u, v: Fraction(u < 2)},
        {"neurons_deep": lambda n: 4 * n},
    ),
    Variant(
        "uniform-needs-all",
        "2^n neurons for uniform approximation",
        "g",
        claim(uniform_claim.variables, lt(2**n - uniform_claim.variables[2], 1), uniform_claim.given),
        {"n": 1, "size": 0, "m": 1, "A": lambda k, S: 1, "B": lambda k, S: 1},
    ),
)
