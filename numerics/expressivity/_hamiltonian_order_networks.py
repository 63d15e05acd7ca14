"""The rows of expressivity.hamiltonian_order that build networks for quadratic forms."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from lemmata.model import Row
from lemmata.sampling import Stream, to_host
from numerics.expressivity._hamiltonian_order_exact import exact_row
from numerics.expressivity._hamiltonian_order_neurons import Form, construct, draw_form, moment_rank, taylor

# Every signature of a form of rank at most 3, and two of a higher rank.
SIGNATURES = (
    *((1,) * k + (-1,) * (r - k) for r in (1, 2, 3) for k in range(r + 1)),
    (1, -1, -1, 1),
    (-1, -1, -1, -1, -1),
)
SCALED = 3


def neuron_rows(stream: Stream, xp: Any) -> Iterator[Row]:
    """Networks for forms of many ranks and signatures: their sizes, what they compute, the ranks of their moments."""
    for k, signs in enumerate(SIGNATURES):
        r, here = len(signs), stream.spawn(f"form {k}")
        label = "".join("+" if s > 0 else "-" for s in signs)
        form = draw_form(here, r + k % 2, signs)
        for part, quantity in (("e'", "quadratic_neurons"), ("e''", "quadratic_neurons_output_bias")):
            output_bias = part == "e''"
            network, name = construct(here, form, output_bias), "bias " * output_bias
            yield exact_row(f"{name}neurons {label}", "e", quantity, {"rank": r}, len(network.weights))
            moments = moment_rank(network, form, output_bias)
            yield exact_row(f"{name}moments {label}", part, quantity, {"rank": r}, moments)
        yield _network_row(here, form, label, xp)
        if k < SCALED:
            scales = [
                sum(Fraction(u**2 if i == 0 else 1) / d for i, d in enumerate(form.curve)) for u in (1, 2)
            ]
            at = {"T": scales[0], "e0": 1 / form.curve[0]}
            yield exact_row(f"scales {label}", "e'''", "two_scales", at, scales[0] ** 2 + scales[1] ** 2)


def _network_row(stream: Stream, form: Form, label: str, xp: Any) -> Row:
    """The Taylor polynomial at a drawn x, of degree 2 in it, whatever the degrees 0 and 1 leave of rounding."""
    network = construct(stream, form, False)
    x = to_host(stream.normal(form.n)).tolist()
    coefficients, s2 = taylor(network, "softplus", 0.5, x, xp)
    value = sum(float(c) * x[i] * x[j] for i, row in enumerate(form.matrix()) for j, c in enumerate(row))
    size = sum(abs(float(w)) for w in network.weights)
    at = {"s2": s2, "form": value}
    return exact_row(
        f"network {label}", "e", "second_order", at, sum(coefficients), tolerance=1e-13 * (1 + size)
    )
