"""The symbols of no-flattening, shared by its parts.

A network of one hidden layer, f(x) = sum_j w_j sigma(a_j . x), has the derivatives D^alpha f(0) = s_|alpha|
L(alpha) with L(alpha) = sum_j w_j prod_i a_ji^alpha_i, where s_k is the k-th derivative of sigma at 0.
"""

from __future__ import annotations

from lemmata.proof import Statement, bits, eq, function, index, le, nat, ne, product, real, total

n, m, k, slack = (nat(name) for name in ("n", "m", "k", "slack"))
x, y = real("x"), real("y")
i, ell, place, somewhere = (index(name, n) for name in ("i", "l", "place", "somewhere"))
j = index("j", m)
S, T, U, V = (bits(name, n) for name in ("S", "T", "U", "V"))
a, w = function("a", k, i), function("w", k)
s = function("s", k)


def exponents(name):
    """A multi-index: a natural for every input."""
    return function(name, i, to=k)


r, alpha, beta, gamma, eta = (exponents(name) for name in ("r", "alpha", "beta", "gamma", "eta"))


def degree(*multi):
    """|alpha|, or the degree of a product of several monomials."""
    return total(i, sum(each(i) for each in multi))


def monomial(power):
    """prod_i a_ji^power(i)."""
    return product(i, a(j, i) ** power(i))


def moment(*multi):
    """L at a sum of multi-indices: sum_j w_j prod_i a_ji^(alpha_i + ..)."""
    return total(j, w(j) * monomial(lambda i: sum(each(i) for each in multi)))


def vanishing(value, *given):
    """value(alpha) = 0 at every multi-index alpha of degree at most |r| other than r."""
    return Statement(
        (alpha, ell), (le(degree(alpha), degree(r)), ne(alpha(ell), r(ell)), *given), eq(value, 0)
    )
