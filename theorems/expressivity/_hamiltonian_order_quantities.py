"""The quantities of hamiltonian-order, and the sides of its parts that they are."""

from __future__ import annotations

from lemmata.proof import Quantity
from theorems.expressivity import _hamiltonian_order_values as values
from theorems.expressivity._hamiltonian_order_counts import g, w
from theorems.expressivity._hamiltonian_order_gaussian import energies, odds, partition
from theorems.expressivity._hamiltonian_order_mixture import a, z
from theorems.expressivity._hamiltonian_order_neurons import T, e0, form, linear, s2

quantities = (
    Quantity(
        "log_odds",
        "ln p(1|x)/p(0|x) for N(mean, covariance) against N(0, I)",
        values.GAUSSIANS,
        values.log_odds,
    ),
    Quantity("posterior", "p(1|x) for the same two", values.GAUSSIANS, values.posterior),
    Quantity("calibration", "1 + the mean of ([y = 1] - p(1|x)) q(x), for any q", {}, lambda: 1),
    Quantity(
        "coefficients",
        "of a polynomial of degree d in n real variables",
        {"n": "nat", "d": "nat"},
        values.coefficients,
    ),
    Quantity(
        "bit_coefficients",
        "of a function of degree d on n bits",
        {"n": "nat", "d": "nat"},
        values.bit_coefficients,
    ),
    Quantity(
        "subset_polynomial",
        "the sum of z^|I| over all sets I of n bits",
        {"n": "nat", "z": "real"},
        lambda n, z: (1 + z) ** n,
        side=("b3", {"z": z}),
    ),
    Quantity(
        "quadratic_energy",
        "H of a Gaussian, from x.Px, x.Pm and H(0)",
        {"quadratic": "real", "linear": "real", "constant": "real"},
        lambda quadratic, linear, constant: quadratic / 2 - linear + constant,
        side=("c1", energies),
    ),
    Quantity(
        "hamiltonian_coefficients",
        "of a Gaussian's Hamiltonian in n variables",
        {"n": "nat"},
        lambda n: 1 + n * (n + 3) // 2,
        side=("c2", {}),
    ),
    Quantity(
        "normalising_factor",
        "e^-c, from the sum of e^-h",
        {"partition": "positive"},
        lambda partition: 1 / partition,
        side=("c3", {"partition": partition}),
    ),
    Quantity(
        "linear_log_odds",
        "of two Gaussians of one covariance, from x.P(m-m') and their log-odds at 0",
        {"pull": "real", "constant": "real"},
        lambda pull, constant: pull + constant,
        side=("c4", odds),
    ),
    Quantity(
        "second_difference",
        "of log-odds in two coordinates, from an entry of each inverse covariance",
        {"first": "real", "second": "real"},
        lambda first, second: second - first,
    ),
    Quantity(
        "divergence",
        "D(q|p), what S(q) lacks if p ~ exp(sum_a l_a f_a) and q have the same means of the f_a",
        {"q": "reals", "p": "reals"},
        values.divergence,
    ),
    Quantity(
        "largest_entropy",
        "S(p), the largest of all with the same means of the f_a, if p ~ exp(sum_a l_a f_a)",
        {"p": "reals"},
        values.entropy,
    ),
    Quantity(
        "gaussian_entropy",
        "of a Gaussian of that variance, in nats; no part speaks of densities",
        {"variance": "positive=1"},
        values.gaussian_entropy,
    ),
    Quantity(
        "second_order",
        "the Taylor polynomial of the neurons, from s_2 and the value of the form",
        {"s2": "real", "form": "real"},
        lambda s2, form: s2 * form / 2,
        side=("e1", {"s2": s2, "form": form(linear)}),
    ),
    Quantity(
        "quadratic_neurons",
        "the fewest for a quadratic form, without an output bias",
        {"rank": "count"},
        lambda rank: rank + 2,
    ),
    Quantity(
        "quadratic_neurons_output_bias",
        "the fewest for a quadratic form, with an output bias",
        {"rank": "count"},
        lambda rank: rank + 1,
    ),
    Quantity(
        "two_scales",
        "the sum of the squares of S for two choices of u",
        {"T": "real", "e0": "real"},
        lambda T, e0: T**2 + (T + 3 * e0) ** 2,
        side=("e4", {"T": T, "e0": e0}),
    ),
    Quantity(
        "bit_product_error",
        "the worst error of one logistic neuron for a product of bits",
        {"beta": "positive"},
        values.bit_product_error,
    ),
    Quantity(
        "local_parameters",
        "nonconstant ones of a function on n bits whose terms have diameter below k",
        {"k": "count", "n": "nat"},
        values.local_parameters,
        side=("g1", {"k": w + 1, "n": g + w}),
    ),
    Quantity(
        "circulant_image",
        "an entry of ASx and of SAx, for a circulant A with that first column",
        {"column": "reals", "x": "reals", "place": "nat"},
        values.circulant_image,
    ),
    Quantity(
        "circulant_parameters",
        "of an n by n matrix that commutes with the cyclic shift",
        {"n": "count"},
        lambda n: n,
    ),
    Quantity(
        "mixture_hamiltonian",
        "H of the mixture of N(a, 1) and N(-a, 1), less its value at 0",
        {"x": "real", "a": "real"},
        values.mixture_hamiltonian,
    ),
    Quantity(
        "mixture_taylor",
        "its Taylor polynomial through degree 4",
        {"x": "real", "a": "real"},
        lambda x, a: (1 - a**2) * x**2 / 2 + a**4 * x**4 / 12,
        side=("h2", {"x": z, "a": a}),
    ),
    Quantity("fourth_coefficient", "of x^4 in it", {"a": "real"}, lambda a: a**4 / 12),
)
