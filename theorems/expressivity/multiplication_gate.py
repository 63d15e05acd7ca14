r"""Four neurons multiply two numbers, to any accuracy, whatever their activation.

For a function f with f''(b) = s_2 != 0 and t > 0 let m(u,v) = [f(b+t(u+v)) + f(b-t(u+v)) - f(b+t(u-v))
- f(b-t(u-v))]/(4 s_2 t^2). If |f''''| <= M within t(|u|+|v|) of b, then |m - uv| is at most
t^2 M |uv| (u^2 + v^2)/(6 |s_2|) (a), for u and v of either sign. The constant is sharp: for z^2/2 + z^4/24, where M and
s_2 are 1, m - uv is t^2 uv (u^2 + v^2)/6 (b). The gate is odd in u (c) and in v (c'). With eight derivatives m is
uv [1 + t^2 s_4 (u^2+v^2)/(6 s_2) + t^4 s_6 (3u^4+10u^2v^2+3v^4)/(360 s_2)] up to
t^6 M |uv| (u^2 + v^2) (u^4 + 6 u^2 v^2 + v^4)/(5040 |s_2|) (d), M bounding the eighth. The logistic function, which is
the solution p of p' = p(1-p), has a fourth derivative of (1 - 12 p (1 - p)) s_2 (e), a multiple of e^2b - 10 e^b + 1,
so 0 at the bias ln(5 +- 2 sqrt 6) (e'): there the gate is of fourth order. The exponential gives
sinh(tu) sinh(tv)/t^2 exactly (f).

Idea.       2M z^2j/(2j)! plus or minus what the Taylor polynomial of f(b+z) + f(b-z) leaves cannot fall.
Numbers.    squared_error_bound(t=1, u=1, v=1, s2=1, M=1) = 1/9; sharp_error(t=1, u=1, v=2) = 5/3;
            squared_expansion_bound(t=1, u=1, v=1, s2=1, M=1) = 1/99225; logistic_fourth(p=1/2, s2=1) = -2.
References. LinTegmarkRolnick2017 (equation 11, the order alone).
"""

from __future__ import annotations

from lemmata.proof import Part, Proof, Quantity, Theorem, Variant, claim, eq, lt, ne
from theorems.expressivity import _multiplication_gate_values as values
from theorems.expressivity._multiplication_gate import M, b, even, nth, reach, sigma, t, u, v
from theorems.expressivity._multiplication_gate_bound import Bound, derive_tools
from theorems.expressivity._multiplication_gate_examples import (
    bias_claim,
    derive_examples,
    exponential_claim,
    fourth_claim,
    lo,
    odd_in_u_claim,
    odd_in_v_claim,
    quartic,
    sharp_claim,
)
from theorems.expressivity._multiplication_gate_model import model

fourth, eighth = Bound("sigma", 4), Bound("tau", 8)


def derive(proof: Proof) -> None:
    """The functions for which more is known; then the two bounds, by one argument for any even order."""
    derive_examples(proof)
    derive_tools(proof)
    fourth.derive(proof, "a")
    eighth.derive(proof, "d")


# ---------------------------------------------------------------- false variants


def all_plus(u, v):
    """The gate with every sign plus."""
    return (even(sigma, t * (u + v)) + even(sigma, t * (u - v))) / (4 * nth(sigma, 2, b) * t**2)


variants = (
    Variant(
        "any-activation",
        "no bound on the fourth derivative",
        "a",
        fourth.stated([lt(0, t), ne(nth(sigma, 2, b), 0), *reach]),
        {"sigma": quartic, "b": 0, "t": 1, "u": 1, "v": 1, "M": 0, "r": 2},
    ),
    Variant(
        "twelve",
        "1/12 for 1/6",
        "b",
        claim((t, u, v), eq(sharp_claim.then.left, sharp_claim.then.right / 2), sharp_claim.given),
        {"t": 1, "u": 1, "v": 1},
        {
            "sharp_error": lambda t, u, v: t**2 * u * v * (u**2 + v**2) / 12,
            "squared_error_bound": lambda t, u, v, s2, M: (t**2 * M * u * v * (u**2 + v**2) / (12 * s2)) ** 2,
        },
    ),
    Variant(
        "all-plus",
        "four signs plus",
        "c",
        claim((sigma, b, t, u, v), eq(all_plus(-u, v), -all_plus(u, v)), odd_in_u_claim.given),
        {"sigma": lambda z: z**2, "b": 0, "t": 1, "u": 1, "v": 1},
    ),
)

# ---------------------------------------------------------------- the theorem

at = {"t": t, "u": u, "v": v, "M": M}
inputs = {"t": "positive", "u": "real", "v": "real"}
named = {"activation": values.NAMES, **inputs, "b": "real=0"}

theorem = Theorem(
    setting="f differentiable as often as needed, t > 0, f''(b) != 0; r is at least t(|u| + |v|).",
    parts=(
        Part(
            "a", "The product up to t^2 M |uv| (u^2+v^2)/(6 |s_2|), for u and v of either sign.", fourth.claim
        ),
        Part("b", "The constant 1/6 is attained by z^2/2 + z^4/24, whose M and s_2 are 1.", sharp_claim),
        Part("c", "The gate is odd in u.", odd_in_u_claim),
        Part("c'", "The gate is odd in v.", odd_in_v_claim),
        Part("d", "Two more terms, and a bound of order t^6 on what is left.", eighth.claim),
        Part("e", "The logistic function has s_4 = (1 - 12 p(1-p)) s_2.", fourth_claim),
        Part(
            "e'",
            "At p = E/(1+E), E = e^b, that factor times (1+E)^2 is E^2 - 10E + 1: 0 at E = 5 +- 2 sqrt 6.",
            bias_claim,
        ),
        Part("f", "The exponential multiplies as sinh(tu) sinh(tv)/t^2.", exponential_claim),
    ),
    readings={
        "sigma, tau": "an activation with four, or eight, derivatives",
        "M": "a bound on the highest of these derivatives at distance at most r from the bias b",
        "e": "a sign: e F <= M for both is |F| <= M",
        "lo": "the logistic function, or any other that solves lo' = lo (1 - lo)",
        "ex": "the exponential: ex' = ex, and it takes sums to products",
        "E": "e^b, so that E/(1+E) is the value of the logistic function at b",
    },
    quantities=(
        Quantity("gate", "what the four neurons compute", named, values.gate),
        Quantity("exponential_gate", "what it computes for the exponential", inputs, values.exponential_gate),
        Quantity("error_bound", "bound on |gate - uv| for an activation", named, values.error_bound),
        Quantity(
            "leading_coefficient",
            "the error divided by t^2 uv (u^2+v^2), for small t",
            {"activation": values.NAMES, "b": "real=0"},
            values.leading_coefficient,
        ),
        Quantity(
            "order", "the power of t in the error", {"activation": values.NAMES, "b": "real=0"}, values.order
        ),
        Quantity(
            "squared_error_bound",
            "the square of the bound in (a)",
            {**inputs, "s2": "real", "M": "nonnegative"},
            lambda t, u, v, s2, M: (t**2 * M * u * v * (u**2 + v**2) / (6 * s2)) ** 2,
            side=("a", {**at, "s2": nth(sigma, 2, b)}),
        ),
        Quantity(
            "squared_expansion_bound",
            "the square of the bound in (d)",
            {**inputs, "s2": "real", "M": "nonnegative"},
            lambda t, u, v, s2, M: (
                (t**6 * M * u * v * (u**2 + v**2) * (u**4 + 6 * u**2 * v**2 + v**4) / (5040 * s2)) ** 2
            ),
            side=("d", {**at, "s2": nth(eighth.f, 2, b)}),
        ),
        Quantity(
            "sharp_error",
            "the gate of z^2/2 + z^4/24 minus uv",
            inputs,
            lambda t, u, v: t**2 * u * v * (u**2 + v**2) / 6,
            side=("b", {"t": t, "u": u, "v": v}),
        ),
        Quantity(
            "logistic_fourth",
            "the fourth derivative of the logistic function, from its value and its second derivative",
            {"p": "real", "s2": "real"},
            lambda p, s2: (1 - 12 * p * (1 - p)) * s2,
            side=("e", {"p": lo(b), "s2": nth(lo, 2, b)}),
        ),
        Quantity(
            "rounding_order",
            "the power of t in the rounding error 2^-52/t^2, so that the best t is about 2^-13 where the gate's is t^2",
            {},
            lambda: -2,
        ),
        Quantity(
            "fourth_order_bias",
            "where the logistic gate is of fourth order",
            {},
            values.fourth_order_bias,
        ),
        Quantity(
            "fourth_order",
            "the power of t in the error of the logistic gate at that bias",
            {},
            lambda: values.order("logistic", values.fourth_order_bias()),
        ),
    ),
    variants=variants,
    references=("LinTegmarkRolnick2017",),
    model=model,
    notation={"|uv|": "Abs(u*v)", "uv": "u*v", "|s_2|": "Abs(s2)", "s_2": "s2"},
)
