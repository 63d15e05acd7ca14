"""The figure of expressivity.multiplication_gate: its error against the scale of the weights, down to rounding."""

from __future__ import annotations

from typing import Any

from lemmata.sampling import Stream, to_host
from numerics.expressivity.multiplication_gate import gate, zero

PAIRS, SCALES = 500, 37
SMALLEST, LARGEST = -4.5, 0.0  # decimal logarithms of t
# What values of size 1 lose when they are subtracted.
ROUNDING = 2.0**-52
LOWEST, HIGHEST = 1e-12, 3.0
# Where a triangle beside the points says how steep they are: from t to 4t.
TRIANGLES = {2: (0.0015, 1.5e-5), 4: (0.05, 1.2e-8)}


def draw(figure: Any, formula: Any, rng: Stream, xp: Any) -> None:
    """The largest error over drawn pairs for two activations, the bound of part (a), and the law of rounding."""
    axes = figure.subplots()
    pairs = 2.0 * rng.uniform((PAIRS, 2)) - 1.0
    ts = [10.0 ** (SMALLEST + (LARGEST - SMALLEST) * k / (SCALES - 1)) for k in range(SCALES)]
    gates = (("softplus", "$b = 0$", 0.0, "o"), ("logistic", "$b = \\ln(5+2\\sqrt{6})$", zero(xp), "s"))
    for k, (name, where, bias, marker) in enumerate(gates):
        errors = [_error(name, bias, t, pairs, xp) for t in ts]
        axes.plot(ts, errors, color=f"C{k}", linestyle="", marker=marker, label=f"{name}, {where}")
    for k, (name, _, bias, _) in enumerate(gates):
        bounds = [formula("error_bound", activation=name, t=t, u=1.0, v=1.0, b=bias) for t in ts]
        axes.plot(ts, bounds, color=f"C{k}", linestyle=("-", "--")[k], label=f"bound (a), {name}")
    axes.plot(ts, [ROUNDING / t**2 for t in ts], color="0.4", linestyle=":", label="rounding, $2^{-52}/t^2$")
    for power, (t, error) in TRIANGLES.items():
        _triangle(axes, power, t, error)
    axes.set(xscale="log", yscale="log", ylim=(LOWEST, HIGHEST), xlabel="scale of the weights, $t$")
    axes.set_ylabel("largest $|m(u,v) - uv|$ on $[-1,1]^2$")
    figure.legend(loc="outside upper center", ncols=2)


def _triangle(axes: Any, power: int, t: float, error: float) -> None:
    """A right triangle whose hypotenuse rises like a power of t, with the power beside it."""
    end, top = 4.0 * t, error * 4.0**power
    axes.plot([t, end, end, t], [error, error, top, error], color="0.4", linestyle="-", linewidth=0.7)
    axes.annotate(str(power), (end, (error * top) ** 0.5), (3, 0), textcoords="offset points", va="center")


def _error(name: str, bias: float, t: float, pairs: Any, xp: Any) -> float:
    u, v = pairs[:, 0], pairs[:, 1]
    return float(to_host(xp.max(xp.abs(gate(name, bias, t, u, v, xp) - u * v))))
