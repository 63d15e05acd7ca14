"""Where the sources of no-flattening say more than is true: fewer neurons do, each time with all of them at hand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import factorial, log2, prod

import sympy as sp

from lemmata.proof import Comparison, Counterexample, Erratum, Identity, claim, eq, nat, ne, real

x, y, z, n = real("x"), real("y"), real("z"), nat("n")
# The derivatives of an activation at its bias.
s = tuple(real(f"s{k}") for k in range(4))
w = sp.Symbol("w", real=True)
silu, softplus = w / (1 + sp.exp(-w)), sp.log(1 + sp.exp(w))
# Between these numbers an activation's combination of derivatives changes its sign.
SILU = sp.Rational("-1.2784646"), sp.Rational("-1.2784645")
SOFTPLUS = sp.Rational("-2.649664"), sp.Rational("-2.649663")
DEGREE, SCALE = 2, 10**6


def taylor(at, derivatives):
    """The Taylor polynomial of an activation with these derivatives."""
    return sum(d * at**k / factorial(k) for k, d in enumerate(derivatives))


def sign_gate(inputs, neuron):
    """The sum of s_2 .. s_n neuron(x_1 + s_2 x_2 + .. + s_n x_n) over all signs: 2^(n-1) neurons."""
    first, *rest = inputs
    return sum(
        prod(signs) * neuron(first + sum(a * b for a, b in zip(signs, rest, strict=True)))
        for signs in product((1, -1), repeat=len(rest))
    )


# ---------------------------------------------------------------- fewer than 2^n neurons in one layer


def fewer_in_one_layer() -> Iterator[Comparison | Identity]:
    """An output bias, a bias where s_1 = 0, different biases, vanishing coefficients: each does with fewer."""
    three = taylor(x + y, s[:3]) - taylor(x, s[:3]) - taylor(y, s[:3]) + s[0]
    yield Identity("three neurons and an output bias", claim((*s[:3], x, y), eq(three, s[2] * x * y)))
    yield Comparison("neurons", 3, "<", 2**2)
    yield from _silu()
    yield from _softplus()
    yield from _tanh()


def _silu() -> Iterator[Comparison | Identity]:
    flat = taylor(x + y, (s[0], 0, s[2])) - taylor(x - y, (s[0], 0, s[2]))
    yield Identity("two neurons where s_1 = 0", claim((s[0], s[2], x, y), eq(flat, 2 * s[2] * x * y)))
    low, high = SILU
    yield Comparison(f"SiLU' at {float(low)}", _at(silu, 1, low), "<", 0)
    yield Comparison(f"SiLU' at {float(high)}", 0, "<", _at(silu, 1, high))
    yield Comparison("SiLU'' there", 0, "<", _at(silu, 2, low))


def _softplus() -> Iterator[Comparison | Identity]:
    """Three neurons at the biases c, 1, 1 cancel all but uv where h(c) = 2h(1), h = f f''/f'^2."""
    (f, p, q), (p_c, q_c) = s[:3], (real("p"), real("q"))
    f_c = 2 * f * q / p**2 * p_c**2 / q_c
    scale, weight = q_c * p / (q * p_c), -(p_c**2) * q / (p**2 * q_c)
    gate = taylor(x + y, (f_c, p_c, q_c)) + weight * sum(taylor(scale * at, (f, p, q)) for at in (x, y))
    given = [ne(d, 0) for d in (p, q, p_c, q_c)]
    yield Identity("three where h(c) = 2h(1)", claim((f, p, q, p_c, q_c, x, y), eq(gate, q_c * x * y), given))
    h = softplus * sp.diff(softplus, w, 2) / sp.diff(softplus, w) ** 2
    low, high = (h.subs(w, c) - 2 * h.subs(w, 1) for c in SOFTPLUS)
    yield Comparison(f"h(c) - 2h(1) of softplus at c = {float(SOFTPLUS[0])}", 0, "<", low)
    yield Comparison(f"at c = {float(SOFTPLUS[1])}", high, "<", 0)


def _tanh() -> Iterator[Comparison | Identity]:
    derivatives = [sp.diff(sp.tanh(w), w, k).subs(w, 0) for k in range(4)]
    gate = sign_gate((x, y, z), lambda at: taylor(at, derivatives))
    coefficient = 4 * derivatives[3]
    yield Identity("four neurons of tanh", claim((x, y, z), eq(gate, coefficient * x * y * z)))
    yield Comparison("neurons for three inputs", 4, "<", 2**3)


def _at(activation, order, place):
    return sp.diff(activation, w, order).subs(w, place)


# ---------------------------------------------------------------- uniform approximation


def one_neuron_for_a_power() -> Iterator[Comparison | Identity]:
    """z^d + sin z + cos z has no vanishing Taylor coefficient, and is z^d to 2/a^d once it is scaled."""
    d, wave = DEGREE, sp.sin(w) + sp.cos(w)
    sigma = w**d + wave
    for k in range(4):
        yield Comparison(f"derivative {d + 1 + k} at 0", _at(sigma, d + 1 + k, 0), "!=", 0)
    # From there on the derivatives repeat: four more bring sine and cosine back.
    repeats = sp.diff(sigma, w, d + 5) - sp.diff(sigma, w, d + 1)
    yield Comparison("derivative k + 4 less derivative k", repeats, "=", 0)
    for k in range(d + 1):
        yield Comparison(f"derivative {k} at 0", _at(sigma, k, 0), "!=", 0)
    a = SCALE
    rest = sp.expand(sigma.subs(w, a * w) / a**d - w**d) * a**d - wave.subs(w, a * w)
    yield Comparison(f"sigma(az)/a^{d} - z^{d} less (sin(a z) + cos(a z))/a^{d}", rest, "=", 0)
    yield Comparison(
        f"error 2/a^{d} of 1 neuron, not {d + 1}", sp.Rational(2, a**d), "<", sp.Rational(1, 10**11)
    )
    gate = sign_gate((x, y, z), lambda at: at**3)
    yield Identity("4 powers, not 8, for xyz", claim((x, y, z), eq(gate, 24 * x * y * z)))


# ---------------------------------------------------------------- the count for 32 inputs

INPUTS = 32


def tree_neurons(inputs: int) -> int:
    """Four neurons for every gate of a tree that halves its inputs."""
    return 4 + tree_neurons(inputs // 2) + tree_neurons(inputs - inputs // 2) if inputs > 1 else 0


def count_for_32() -> Iterator[Comparison | Counterexample]:
    """Neither 4n nor the tree's own count is 160."""
    yield Counterexample("4n = 160", claim((n,), eq(4 * n, 160), [eq(n, INPUTS)]), {"n": INPUTS})
    yield Comparison("neurons of a binary tree", tree_neurons(INPUTS), "=", 4 * (INPUTS - 1))
    yield Comparison("and that is", tree_neurons(INPUTS), "<", 160)
    yield Comparison("160 is n log2 n", INPUTS * round(log2(INPUTS)), "=", 160)


errata = (
    Erratum(
        "one-layer-count",
        "LinTegmarkRolnick2017, as summarised",
        "2^n neurons are needed to multiply n inputs in one layer",
        "imprecise",
        "so it is without an output bias, with one bias for all neurons, which is part of sigma, with s_k != 0 for all "
        "k <= n, and exactly through degree n: x^r then needs prod(r_i + 1)",
        "a",
        fewer_in_one_layer,
    ),
    Erratum(
        "uniform-count",
        "RolnickTegmark2018, as quoted",
        "approximating prod x_i^r_i uniformly takes prod(r_i + 1) neurons",
        "false",
        "one neuron can do for x^d, and 2^(n-1) for x_1 .. x_n; at least C(n, floor(n/2)) are needed for x_1 .. x_n, "
        "whatever the activations",
        "g",
        one_neuron_for_a_power,
    ),
    Erratum(
        "tree-count",
        "LinTegmarkRolnick2017, as quoted",
        "4n = 160 neurons multiply n = 32 inputs",
        "false",
        "a tree of gates has 4(n - 1) neurons, 124 for n = 32; 4n is 128, and 160 is n log2 n",
        "h",
        count_for_32,
    ),
)
