"""The symbols of multiplication-gate, shared by its parts."""

from __future__ import annotations

from math import comb, factorial

import sympy as sp

from lemmata.proof import C, derivative, function, le, real, sign

z, w, b, t, u, v = (real(name) for name in ("z", "w", "b", "t", "u", "v"))
x, y, a, M, r = (real(name) for name in ("x", "y", "a", "M", "r"))
s, e = sign("s"), sign("e")
sigma = function("sigma", C(4, z))


def place(order):
    """The bound variable of the outermost of so many derivatives."""
    return real(f"y{order - 1}")


def nth(f, order, at):
    """The derivative of the given order of f, at a number."""
    places = [place(k + 1) for k in range(order)]
    found = f(places[0] if places else at)
    for k in range(order):
        found = derivative(places[k], found, places[k + 1] if k + 1 < order else at)
    return found


def even(f, at):
    """f(b + at) + f(b - at)."""
    return f(b + at) + f(b - at)


def gate(f, u, v):
    """Four neurons: [f(b + t(u+v)) + f(b - t(u+v)) - f(b + t(u-v)) - f(b - t(u-v))]/(4 f''(b) t^2)."""
    return (even(f, t * (u + v)) - even(f, t * (u - v))) / (4 * nth(f, 2, b) * t**2)


def powers(order, u, v):
    """(u+v)^order - (u-v)^order, by binomials: 2 sum C(order, k) u^(order-k) v^k over odd k."""
    return sp.factor(sum(2 * comb(order, k) * u ** (order - k) * v**k for k in range(1, order, 2)))


def term(f, order, u, v):
    """What the derivative of an even order >= 2 of f adds to the gate: uv for order 2."""
    return nth(f, order, b) * t ** (order - 2) * powers(order, u, v) / (2 * factorial(order) * nth(f, 2, b))


def remainder(f, order, u, v):
    """The same with the bound M in place of the derivative."""
    return M * t ** (order - 2) * powers(order, u, v) / (2 * factorial(order) * nth(f, 2, b))


def within(u, v):
    """t (u + v) <= r."""
    return le(t * (u + v), r)


# r >= t (|u| + |v|)
reach = [within(u, v), within(-u, v), within(u, -v), within(-u, -v)]
