"""What only multiplication-gate knows: published constants, bounds at any reach, needed hypotheses, refusals."""

from __future__ import annotations

import math

import pytest
import sympy as sp

from lemmata import verification
from lemmata.catalogue import scan
from lemmata.model import LemmataError
from lemmata.proof import Statement, derive
from theorems.expressivity import _multiplication_gate_values as values
from theorems.expressivity.multiplication_gate import derive as script
from theorems.expressivity.multiplication_gate import theorem

ENTRY = next(e for e in scan().entries if e.id == "multiplication-gate")


def value(quantity: str, **arguments: str) -> float:
    return float(verification.evaluate(ENTRY, quantity, arguments).decimal)


def test_softplus_has_its_published_coefficients() -> None:
    found = [values._derivative("softplus", k, 0) for k in (2, 4, 6)]
    assert found == [sp.Rational(1, 4), sp.Rational(-1, 8), sp.Rational(1, 4)]
    assert value("gate", activation="softplus", t="1", u="1", v="1") == pytest.approx(
        2 * math.log(math.cosh(1))
    )
    assert value("leading_coefficient", activation="softplus") == pytest.approx(-1 / 12)
    assert value("fourth_order_bias") == pytest.approx(math.log(5 + 2 * math.sqrt(6)))


@pytest.mark.parametrize("activation", ["softplus", "logistic", "tanh", "silu"])
@pytest.mark.parametrize(("bias", "reach"), [(0.5, 0.7), (0.5, 40.0), (0.5, 1e4), (20.0, 0.2), (-40.0, 0.2)])
def test_no_derivative_exceeds_its_supremum(activation: str, bias: float, reach: float) -> None:
    """However wide the interval is, or however far out: compared with derivatives of many digits."""
    derivative = sp.diff(values.ACTIVATIONS[activation], values.z, 4)
    near = min(max(0.0, bias - reach), bias + reach)
    places = {bias - reach, bias + reach, *(near + k / 8 for k in range(-12, 13))}
    inside = [sp.Rational(str(d)) for d in places if abs(d - bias) <= reach + 1e-9 and abs(d) < 100]
    known = max(abs(sp.N(derivative.subs(values.z, d), 30)) for d in inside)
    found = values.supremum(activation, 4, bias - reach, bias + reach)
    assert float(known) <= found * (1 + 1e-12)
    if reach < 1:  # the maximum over so little is near one of these
        assert found <= 1.2 * float(known)


def test_the_fourth_derivative_of_tanh_is_four_and_a_little() -> None:
    assert values.supremum("tanh", 4, -1e4, 1e4) == pytest.approx(4.0859, abs=1e-4)


@pytest.mark.parametrize("label", ["a", "d"])
@pytest.mark.parametrize("dropped", [0, 1, 2])
def test_no_hypothesis_of_a_bound_can_be_left_out(label: str, dropped: int) -> None:
    known = next(p.statement for p in theorem.parts if p.label == label)
    given = (*known.given[:dropped], *known.given[dropped + 1 :])
    assert derive(theorem, script, "", {label: Statement(known.variables, given, known.then)}).failed


@pytest.mark.parametrize(
    ("quantity", "arguments", "words"),
    [
        ("gate", {"activation": "tanh", "t": "1", "u": "1", "v": "1"}, "s_2 = 0 at the bias 0"),
        ("gate", {"activation": "relu", "t": "1", "u": "1", "v": "1"}, "one of exp, softplus"),
        ("gate", {"activation": "exp", "t": "0", "u": "1", "v": "1"}, "above 0"),
        ("squared_error_bound", {"t": "1", "u": "1", "v": "1", "s2": "0", "M": "1"}, "a division by zero"),
        (
            "error_bound",
            {"activation": "exp", "t": "1", "u": "1000", "v": "1"},
            "exp.* is no number that a float",
        ),
        ("exponential_gate", {"t": "1000", "u": "1", "v": "1"}, "no number that a float"),
    ],
)
def test_bad_input_is_refused_in_words(quantity: str, arguments: dict[str, str], words: str) -> None:
    with pytest.raises(LemmataError, match=words) as refused:
        verification.evaluate(ENTRY, quantity, arguments)
    assert "\n" not in str(refused.value) and "Error" not in str(refused.value)


@pytest.mark.parametrize("t", ["0.05", "0.1"])
def test_a_prediction_is_a_number_before_it_is_compared(t: str) -> None:
    """A closed form with a power of 1/t^2 in it once kept the comparison busy for ever."""
    from lemmata.model import Options

    report = verification.check(ENTRY, Options(params={"t": t}))
    assert report.numerics is not None and report.numerics.verdict == "consistent"
