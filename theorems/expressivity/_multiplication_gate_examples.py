"""Where the gate is exact or better than its order: a quartic, the exponential, the logistic at its own bias."""

from __future__ import annotations

from itertools import product

import sympy as sp

from lemmata.proof import C, Proof, claim, derivative, eq, function, lt, ne, real, use
from theorems.expressivity._multiplication_gate import a, b, gate, nth, place, sigma, t, u, v, x, y, z

# ---------------------------------------------------------------- signs, and a function for which the bound is sharp

odd_in_u_claim = claim(
    (sigma, b, t, u, v), eq(gate(sigma, -u, v), -gate(sigma, u, v)), [ne(nth(sigma, 2, b), 0), lt(0, t)]
)
odd_in_v_claim = claim(
    (sigma, b, t, u, v), eq(gate(sigma, u, -v), -gate(sigma, u, v)), [ne(nth(sigma, 2, b), 0), lt(0, t)]
)


def quartic(at):
    """z^2/2 + z^4/24: here M = s_2 = 1 at the bias 0."""
    return at**2 / 2 + at**4 / 24


def at_zero(f, u, v):
    """The numerator of the gate at the bias 0."""
    return f(t * (u + v)) + f(-t * (u + v)) - f(t * (u - v)) - f(-t * (u - v))


sharp_claim = claim(
    (t, u, v), eq(at_zero(quartic, u, v) / (4 * t**2) - u * v, t**2 * u * v * (u**2 + v**2) / 6), [lt(0, t)]
)

# ---------------------------------------------------------------- the exponential

ex = function("ex", C(2, z))
own_slope = claim((z,), eq(derivative(x, ex(x), z), ex(z)))
adds = claim((x, y), eq(ex(x + y), ex(x) * ex(y)))
hyperbolic = (ex(t * u) - ex(-t * u)) * (ex(t * v) - ex(-t * v)) / (4 * t**2)
exponential_claim = claim(
    (ex, b, t, u, v), eq(gate(ex, u, v), hyperbolic), [own_slope, adds, ne(nth(ex, 2, b), 0), lt(0, t)]
)

# ---------------------------------------------------------------- the logistic function

lo = function("lo", C(4, z))
E = real("E")
logistic = claim((a,), eq(derivative(x, lo(x), a), lo(a) * (1 - lo(a))))
fourth_claim = claim((lo, b), eq(nth(lo, 4, b), (1 - 12 * lo(b) * (1 - lo(b))) * nth(lo, 2, b)), [logistic])
share = E / (1 + E)
bias_claim = claim((E,), eq((1 - 12 * share * (1 - share)) * (1 + E) ** 2, E**2 - 10 * E + 1), [ne(1 + E, 0)])


def derive_examples(proof: Proof) -> None:
    """Identities, once the hypotheses about all numbers are differentiated."""
    proof.conclude("b", "identity", because="expand")
    proof.conclude("c", "identity", because="u + v and u - v change places, up to a sign")
    proof.conclude("c'", "identity", because="the two change places")
    _exponential(proof)
    _logistic(proof)
    proof.conclude("e'", "identity", because="one denominator")


def _exponential(proof: Proof) -> None:
    proof.differentiate(
        "exponential twice",
        claim((ex, b), eq(nth(ex, 2, b), derivative(x, ex(x), b)), [own_slope]),
        everywhere={"rule": "sum", "using": [use(0, z=place(2))]},
        because="ex' = ex everywhere",
    )
    second = claim((ex, b), eq(nth(ex, 2, b), ex(b)), [own_slope])
    proof.step("own second", second, "sum", using=["exponential twice", use(0, z=b)], printed=False)
    each = 1 / (4 * nth(ex, 2, b) * t**2)
    using = [use("own second", times=-hyperbolic / nth(ex, 2, b))]
    for one, two in product((1, -1), repeat=2):
        p, q = one * t * u, two * t * v
        using.append(use(1, x=b, y=p + q, times=one * two * each))
        using.append(use(1, x=p, y=q, times=one * two * each * ex(b)))
    proof.conclude("f", "sum", using=using, because="ex(x + y) = ex(x) ex(y)")


def _logistic(proof: Proof) -> None:
    """Every derivative is a polynomial in the value: P_1 = p (1 - p), P_(k+1) = P_k' P_1."""
    value, slope = sp.Symbol("p"), sp.Symbol("p") * (1 - sp.Symbol("p"))
    polynomial = slope
    proof.step(_order(1), _derivative(1, polynomial), "sum", using=[use(0, a=z)], printed=False)
    for order in (2, 3, 4):
        before = polynomial
        rate = sp.diff(before, value)
        polynomial = sp.factor(rate * slope)
        proof.differentiate(
            f"{_order(order)}, differentiated",
            claim((lo, z), eq(nth(lo, order, z), derivative(x, before.subs(value, lo(x)), z)), [logistic]),
            everywhere={"rule": "sum", "using": [use(_order(order - 1), z=place(order))]},
            printed=False,
        )
        proof.step(
            _order(order),
            _derivative(order, polynomial),
            "sum",
            using=[f"{_order(order)}, differentiated", use(0, a=z, times=rate.subs(value, lo(z)))],
            because="differentiate, then put lo (1 - lo) for lo'",
        )
    factor = 1 - 12 * lo(b) * (1 - lo(b))
    proof.conclude(
        "e", "sum", using=[use(_order(4), z=b), use(_order(2), z=b, times=-factor)], because="factor"
    )


def _order(order: int) -> str:
    return f"logistic, order {order}"


def _derivative(order, polynomial):
    return claim((lo, z), eq(nth(lo, order, z), polynomial.subs(sp.Symbol("p"), lo(z))), [logistic])
