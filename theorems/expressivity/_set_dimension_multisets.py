"""What set-dimension says of multisets in [0,1] and of continuous maps: symbols and hypotheses.

A multiset of M numbers is a function on the indices below M.
"""

from __future__ import annotations

from lemmata.proof import claim, eq, function, index, le, lt, nat, real, total
from theorems.expressivity._set_dimension import M, elements, u, z

N, Q = nat("N"), real("Q")
i, o, o2 = elements(M), index("o", M), index("o2", M)
c, d, c2 = (index(name, M) for name in ("c", "d", "c2"))
x, y, f, g = (function(name, i) for name in ("x", "y", "f", "g"))
place = index("l", N)
phi, delta = function("phi", place, u), function("delta", u)
u2, v2 = real("u2"), real("v2")


def difference(x, y):
    """The squared distance of the sums over two multisets."""
    return total(place, total(i, phi(place, x(i)) - phi(place, y(i))) ** 2)


def inside(x):
    """0 <= x <= 1."""
    return [claim((o,), le(0, x(o))), claim((o,), le(x(o), 1))]


def falls(x):
    """The largest first."""
    return claim((o, o2), le(x(o2), x(o)), [le(o, o2)])


def largest(x, place):
    """What stands at a place is the maximum."""
    return claim((o,), le(x(o), x(place)))


def maxima(x, y, c):
    """Two multisets with equal sums, their maxima in one place."""
    return [*inside(x), *inside(y), largest(x, c), largest(y, c), eq(difference(x, y), 0)]


def falling(x, y):
    """Two multisets, written with the largest first."""
    return [*inside(x), *inside(y), falls(x), falls(y)]


def alike(x, y):
    """Two multisets with equal sums, written with the largest first."""
    return [*falling(x, y), eq(difference(x, y), 0)]


# What is positive has a positive modulus; equicontinuous, since N is finite.
continuous = [
    claim((z,), lt(0, delta(z)), [lt(0, z)]),
    claim(
        (place, z, u2, v2),
        le((phi(place, u2) - phi(place, v2)) ** 2, z),
        [lt(0, z), le(0, u2), le(u2, 1), le(0, v2), le(v2, 1), le((u2 - v2) ** 2, delta(z))],
    ),
]
