"""The symbols of parity-gradient, shared by its parts."""

from __future__ import annotations

from lemmata.proof import (
    C,
    bits,
    define,
    derivative,
    function,
    index,
    mean,
    nat,
    product,
    real,
    signs,
    total,
    vector,
)

# ---------------------------------------------------------------- the cube, its parities, and functions on it

n, p = nat("n"), nat("p")
e, d = bits("e", n), bits("d", n)
x, y = signs("x", n), signs("y", n)
i, j = index("i", n), index("j", p)
g, u = function("g", j, x), function("u", x)

chi = define("chi", (e, x), product(i, x[i] ** e[i]), implicit=(n,))
ones = vector("signs", i, 1)

# ---------------------------------------------------------------- a network, one coordinate of its parameters at a time

t = real("t")
w = function("w", j)
f = function("f", j, C(1, t), x)
output = f(j, w(j), x)
slope = derivative(t, f(j, t, x), w(j))


def correlation(subset, value):
    """E[chi value]: what a function on the cube tells of the subset."""
    return mean(x, chi(subset, x) * value)


def spread(value):
    """The variance over all subsets of ``value(subset)``."""
    return mean(e, (value(e) - mean(d, value(d))) ** 2)


def length_sq(value):
    """E|value|^2 of a vector of p coordinates."""
    return mean(x, total(j, value**2))
