"""Parts (f1) and (f2) of hamiltonian-order: one logistic neuron for a product of k bits, and its worst error.

With Z the number of bits that are 0 the neuron is lo(-beta (Z - 1/2)). It rises with the number of ones, so that the
worst places are Z = 0 and Z = 1, where its argument is half of beta, with one sign or the other.
"""

from __future__ import annotations

from sympy import Rational

from lemmata.proof import (
    Proof,
    bit,
    bits,
    claim,
    eq,
    function,
    index,
    le,
    lt,
    nat,
    product,
    real,
    square,
    total,
    use,
    vector,
)
from theorems.expressivity._hamiltonian_order import a, adds, at_zero, b, ex, own_slope, positive, t, z

k, beta = nat("k"), real("beta")
x, y = bits("x", k), bit("y")
i = index("i", k)
lo = function("lo", t)
A, B, C, small, large = (real(name) for name in ("A", "B", "C", "small", "large"))
logistic = claim((t,), eq(lo(t) * (1 + ex(-t)), 1))
half = Rational(1, 2)


def neuron(of):
    """The logistic function of -beta (k - 1/2 - sum x_i)."""
    return lo(-beta * (k - half - total(i, of(i))))


def error(of):
    """The product of the bits, less the neuron."""
    return product(i, of(i)) - neuron(of)


given = (logistic, adds, at_zero, positive, own_slope, lt(0, beta))
worst = lo(-beta / 2)
bound_claim = claim((ex, lo, k, x, beta), le(error(lambda place: x[place]) ** 2, worst**2), given)
attained_claim = claim((ex, lo, k, beta), eq(error(lambda place: 1), worst), (logistic, adds, at_zero))


def derive_bits(proof: Proof) -> None:
    """Where every bit is 1 the error is 1 - lo(beta/2); elsewhere lo of something at most -beta/2."""
    _counts(proof)
    _exponential(proof)
    _numbers(proof)
    _two_values(proof)
    zeros = total(i, 1 - x[i])
    proof.conclude(
        "f1",
        "square",
        using=[use("two values", y=product(i, x[i]), z=zeros, given=[use("some zero"), use("no zero")])],
        because="the product is 1 or 0",
    )
    reflected = lo(beta / 2), lo(-beta / 2), ex(-beta / 2)
    up, down, below = reflected
    proof.conclude(
        "f2",
        "sum",
        using=[
            use(0, t=beta / 2, times=down - 1),
            use(0, t=-beta / 2, times=-up * below),
            use("reciprocal", a=beta / 2, times=up * down),
        ],
        because="lo(t) + lo(-t) = 1",
    )


def _counts(proof: Proof) -> None:
    """What a product of bits knows of how many of them are 0."""
    bits_of = vector("bits", i, x[i])
    missing = total(i, 1 - x[i])
    proof.induction(
        "some zero",
        claim((k, x), le(1 - product(i, x[i]), missing)),
        k,
        base={"rule": "square"},
        step={
            "rule": "square",
            "using": [use(0, **{"x'": bits_of})],
            "squares": [square((1 - product(i, x[i])) * (1 - x[k]))],
        },
        because="one bit after another",
    )
    proof.induction(
        "no zero, exactly",
        claim((k, x), eq(product(i, x[i]) * missing, 0)),
        k,
        base={},
        step={"using": [use(0, times=x[k], **{"x'": bits_of})]},
    )
    proof.step(
        "no zero",
        claim((k, x), le(missing * product(i, x[i]), 0)),
        "square",
        using=["no zero, exactly"],
        printed=False,
    )


def _exponential(proof: Proof) -> None:
    proof.monotone(
        "rises",
        claim((ex, a, b), le(ex(a), ex(b)), [positive, own_slope, le(a, b)]),
        z,
        ex(z),
        (a, b),
        slope={"rule": "square", "using": [use(1, t=z, times=-1), use(0, t=z)]},
        because="its derivative is positive",
    )
    proof.step(
        "reciprocal",
        claim((ex, a), eq(ex(-a) * ex(a), 1), [adds, at_zero]),
        "sum",
        using=[use(0, s=-a, t=a, times=-1), use(1)],
        printed=False,
    )


def _numbers(proof: Proof) -> None:
    """1/(1 + A) and 1/(1 + B) compared, A and B being positive."""
    shares = [eq(small * (1 + A), 1), eq(large * (1 + B), 1), lt(0, A), lt(0, B)]
    fractions = [
        use(0, times=(small + 1 / (1 + A)) / (1 + A)),
        use(1, times=-(large + 1 / (1 + B)) / (1 + B)),
    ]
    both = (1 + A) ** 2 * (1 + B) ** 2
    proof.step(
        "smaller",
        claim((small, large, A, B), le(small**2, large**2), [*shares, le(B, A)]),
        "square",
        using=[*fractions, use(4, times=(2 + A + B) / both)],
        printed=False,
    )
    proof.step(
        "smaller complement",
        claim((small, large, A, B, C), le((1 - small) ** 2, large**2), [*shares, le(A, C), eq(C * B, 1)]),
        "square",
        using=[
            use(0, times=-(2 - small - 1 / (1 + A)) / (1 + A)),
            fractions[1],
            use(4, times=B * (1 + 2 * A + A * B) / both),
            use(5, times=(1 + 2 * A + A * B) / both),
        ],
        printed=False,
    )


def _two_values(proof: Proof) -> None:
    """For a product y of bits of which z are 0: the neuron is compared with its value at z = 1, or z = 0."""
    argument = beta * (z - half)
    near = {"beyond": (beta / 2, argument, le(1, z)), "before": (argument, -beta / 2, le(z, 0))}
    for name, (low, high, where) in near.items():
        proof.step(
            name,
            claim((beta, z), le(low, high), [lt(0, beta), where]),
            "square",
            using=[use(1, times=beta)],
            printed=False,
        )
    same = [use(0, t=-argument), use(0, t=-beta / 2), use(3, t=argument), use(3, t=beta / 2)]
    at = {"small": lo(-argument), "large": worst, "A": ex(argument), "B": ex(beta / 2)}
    above = use("rises", a=beta / 2, b=argument, given=[use("beyond")])
    below = use("rises", a=argument, b=-beta / 2, given=[use("before")])
    reflected = [below, use("reciprocal", a=beta / 2)]
    proof.cases(
        "two values",
        claim(
            (ex, lo, beta, y, z),
            le((y - lo(-argument)) ** 2, worst**2),
            [*given, le(1 - y, z), le(z * y, 0)],
        ),
        y,
        {
            "0": {"using": [use("smaller", given=[*same, above], **at)]},
            "1": {"using": [use("smaller complement", given=[*same, *reflected], C=ex(-beta / 2), **at)]},
        },
        because="the neuron falls with z",
    )
