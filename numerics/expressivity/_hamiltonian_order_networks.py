"""The rows of expressivity.hamiltonian_order that build networks for quadratic forms."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from lemmata.model import Row
from lemmata.sampling import Stream, to_host
from numerics.expressivity._hamiltonian_order_exact import exact_row
from numerics.expressivity._hamiltonian_order_neurons import (
    Form,
    Neurons,
    construct,
    draw_form,
    fewest,
    moment_rank,
    taylor,
)

# Every signature of a form of rank at most 5.
RANKS = (1, 2, 3, 4, 5)
SIGNATURES = tuple((1,) * k + (-1,) * (r - k) for r in RANKS for k in range(r + 1))
# With and without an output bias: part, quantity, and what the rows are called.
KINDS = (("e2", "quadratic_neurons", ""), ("e3", "quadratic_neurons_output_bias", "bias "))


def neuron_rows(stream: Stream, xp: Any) -> Iterator[Row]:
    """What networks for drawn forms compute; how many neurons those of a rank need, and the ranks of their moments."""
    for r in RANKS:
        forms: dict[str, Form] = {}
        for signs in (s for s in SIGNATURES if len(s) == r):
            label = "".join("+" if s > 0 else "-" for s in signs)
            here = stream.spawn(f"form {label}")
            form = forms[label] = draw_form(here, r + len(forms) % 2, signs)
            yield _network_row(here.spawn("network"), form, label)
        yield from _counts(stream.spawn(f"rank {r}"), r, forms)
        label, form = next(iter(forms.items()))
        yield _activation_row(stream.spawn(f"activation {r}"), form, label, xp)
        yield _scales_row(form, label)


def _counts(stream: Stream, r: int, forms: dict[str, Form]) -> Iterator[Row]:
    """One row for each number that is found, over all signatures of a rank: they should agree."""
    for part, quantity, name in KINDS:
        needed, ranks = set[int](), set[int]()
        for label, form in forms.items():
            here, output_bias = stream.spawn(f"{name}{label}"), part == "e3"
            network = construct(here, form, output_bias)
            needed.add(fewest(here, network, form, output_bias))
            ranks.add(moment_rank(network, form, output_bias))
        for what, numbers in (("neurons", needed), ("moments", ranks)):
            for k, found in enumerate(sorted(numbers)):
                again = f" {k}" if k else ""
                yield exact_row(f"{name}{what} of rank {r}{again}", part, quantity, {"rank": r}, found)


def _network_row(stream: Stream, form: Form, label: str) -> Row:
    """The Taylor polynomial of r + 2 neurons at a drawn x, in fractions."""
    network: Neurons = construct(stream, form, False)
    x = [Fraction(1 + int(v), 7) for v in to_host(stream.integers(form.n, 1000))]
    derivatives = [Fraction(1 + int(v), 2) for v in to_host(stream.integers(3, 9))]
    at = {"s2": derivatives[2], "form": form.value(x)}
    return exact_row(f"network {label}", "e1", "second_order", at, network.polynomial(x, derivatives))


def _activation_row(stream: Stream, form: Form, label: str, xp: Any) -> Row:
    """The same for an activation as a power series, with what its degrees 0 and 1 leave of rounding."""
    network = construct(stream, form, False)
    x = to_host(stream.normal(form.n)).tolist()
    coefficients, s2 = taylor(network, "softplus", 0.5, x, xp)
    at = {"s2": s2, "form": float(form.value([Fraction(v) for v in x]))}
    size = sum(abs(float(w)) for w in network.weights)
    return exact_row(
        f"softplus {label}", "e1", "second_order", at, sum(coefficients), tolerance=1e-13 * (1 + size)
    )


def _scales_row(form: Form, label: str) -> Row:
    """The sums of u_k^2/d_k for u_0 = 1 and u_0 = 2."""
    scales = [sum(Fraction(u**2 if i == 0 else 1) / d for i, d in enumerate(form.curve)) for u in (1, 2)]
    at = {"T": scales[0], "e0": 1 / form.curve[0]}
    return exact_row(f"scales {label}", "e4", "two_scales", at, scales[0] ** 2 + scales[1] ** 2)
