"""Expressions in python-flint's rings: there and back, division as SymPy divides, and what is no polynomial."""

import pytest
import sympy as sp

from lemmata.model import LemmataError
from lemmata.proof.rings import Ring

x, y, z = sp.symbols("x y z")
RING = Ring((x, y, z))


@pytest.mark.parametrize(
    "expr", [sp.Integer(0), sp.Rational(-3, 7), x, (x + y / 2) ** 3 * (z - 1) - x * y * z]
)
def test_an_expression_comes_back_expanded(expr):
    assert sp.expand(RING.expression(RING.element(expr)) - expr) == 0


def test_equal_polynomials_are_equal_elements_and_others_are_not():
    assert RING.element((x + y) ** 2 - 4 * x * y) == RING.element((x - y) ** 2)
    assert RING.element((x + y) ** 2) != RING.element(x**2 + y**2)


@pytest.mark.parametrize("expr", [sp.sin(x), x**-1, sp.sqrt(x), sp.pi, sp.Symbol("t"), x ** sp.Symbol("n")])
def test_what_is_no_polynomial_in_the_symbols_is_refused(expr):
    with pytest.raises(LemmataError, match="no polynomial in x, y, z"):
        RING.element(expr)


@pytest.mark.parametrize(
    ("target", "divisors"),
    [
        (x**3 * y + x * y**2 + 1, [x * y - 1, y**2 - 1]),
        ((x + y + z) ** 4, [x**2 - y, 3 * y * z - x, z**3]),
        (x * y, [sp.Integer(0), x + y]),
        (sp.Integer(0), [x]),
    ],
)
def test_division_is_sympys_division(target, divisors):
    quotients, rest = RING.divided(RING.element(target), [RING.element(d) for d in divisors])
    total = sum((q * RING.element(d) for q, d in zip(quotients, divisors, strict=True)), rest)
    assert total == RING.element(target)
    if target != 0 and sp.Integer(0) not in divisors:
        expected, left = sp.reduced(target, divisors, x, y, z, order="grevlex")
        assert RING.expression(rest).equals(left)
        assert [RING.expression(q).equals(e) for q, e in zip(quotients, expected, strict=True)] == [
            True
        ] * len(divisors)


def test_two_symbols_of_one_name_stay_apart():
    real = sp.Symbol("x", real=True)
    ring = Ring((x, real))
    assert ring.element(x) != ring.element(real)
