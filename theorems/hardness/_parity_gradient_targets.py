"""Parts (e) and (f) of parity-gradient: other orthonormal targets, and losses other than the squared one."""

from __future__ import annotations

from lemmata.proof import (
    C,
    Proof,
    bracket,
    claim,
    derivative,
    eq,
    function,
    index,
    le,
    lt,
    mean,
    nat,
    real,
    sign,
    square,
    total,
    use,
)
from theorems.hardness._parity_gradient import (
    chi,
    correlation,
    d,
    e,
    f,
    g,
    j,
    length_sq,
    n,
    ones,
    output,
    p,
    slope,
    spread,
    t,
    u,
    w,
    x,
)

# ---------------------------------------------------------------- (e) m orthonormal targets

m = nat("m")
k, k2 = index("k", m), index("l", m)
h = function("h", k, x)
orthonormal = claim((k, k2), eq(mean(x, h(k, x) * h(k2, x)), bracket(k, "=", k2)))


def against(target, value):
    """E[h_k value]."""
    return mean(x, h(target, x) * value)


target_average = total(k2, against(k2, g(j, x))) / m
target_variance = total(k, total(j, (against(k, g(j, x)) - target_average) ** 2)) / m
bessel_claim = claim((n, m, h, u), le(total(k, against(k, u(x)) ** 2), mean(x, u(x) ** 2)), [orthonormal])
targets_claim = claim((n, m, h, p, g), le(target_variance, length_sq(g(j, x)) / m), [orthonormal, lt(0, m)])


def derive_targets(proof: Proof) -> None:
    """(e): the residual of a projection has a square, and the mean minimises the sum of squares."""
    proof.step(
        "Bessel",
        bessel_claim,
        "square",
        squares=[square(u(x) - total(k, against(k, u(x)) * h(k, x)), under=[mean(x, 1)])],
        using=[
            use(0, under=[total(k, 1), total(k2, 1)], times=against(k, u(x)) * against(k2, u(x)), k=k, l=k2)
        ],
        because="what a projection leaves has a square",
    )
    proof.conclude(
        "e",
        "square",
        using=[use("Bessel", under=[total(j, 1)], times=1 / m, u=((x,), g(j, x)))],
        squares=[square(total(k, against(k, g(j, x))), times=1 / m**2, under=[total(j, 1)])],
        because="the mean minimises the sum of squares",
    )


# ---------------------------------------------------------------- (f) a Lipschitz loss r(y f)

r, rho, v = function("r", C(1, t)), function("rho", t), function("v", x)
s, z, label = real("s"), real("z"), sign("label")
a, b, c = real("a"), real("b"), real("c")


def rate(at):
    """r'(at)."""
    return derivative(s, r(s), at)


def loss_slope(subset):
    """The derivative of E[r(chi f)] in coordinate j of the parameters."""
    return derivative(t, mean(x, r(chi(subset, x) * f(j, t, x))), w(j))


def selected(subset):
    """E[chi rho(chi v) u], rho standing for r' or for a fixed selection of it."""
    return correlation(subset, rho(chi(subset, x) * v(x)) * u(x))


def even(at):
    """The half of rho(chi v) u that is even in chi."""
    return (rho(v(at)) + rho(-v(at))) / 2 * u(at)


lipschitz = claim((t,), le(rate(t) ** 2, 1))
bounded = claim((t,), le(rho(t) ** 2, 1))
loss_variance = mean(e, total(j, (loss_slope(e) - mean(d, loss_slope(d))) ** 2))
loss_claim = claim((n, p, r, f, w), le(loss_variance, length_sq(slope) / 2**n), [lipschitz])


def derive_loss(proof: Proof) -> None:
    """(f): y rho(y v) is a half that does not know the label y, and y times a half that is no larger."""
    odd_half, even_half = (rho(z) - rho(-z)) / 2, (rho(z) + rho(-z)) / 2
    proof.cases(
        "two halves",
        claim((rho, z, label), eq(label * rho(label * z), odd_half + label * even_half)),
        label,
        {"1": {}, "-1": {}},
        because="both values of the label",
    )
    proof.step(
        "no larger",
        claim((a, b, c), le(((a + b) / 2 * c) ** 2, c**2), [le(a**2, 1), le(b**2, 1)]),
        "square",
        squares=[square((a - b) / 2 * c)],
        using=[use(0, times=c**2 / 2), use(1, times=c**2 / 2)],
    )
    halves = {"rho": rho, "z": v(x)}
    proof.step(
        "centred",
        claim(
            (n, rho, v, u, e),
            eq(
                selected(e) - mean(d, selected(d)),
                correlation(e, even(x)) - mean(d, correlation(d, even(x))),
            ),
        ),
        "sum",
        using=[
            use("two halves", under=[mean(x, 1)], times=u(x), label=chi(e, x), **halves),
            use("two halves", under=[mean(d, 1), mean(x, 1)], times=-u(x), label=chi(d, x), **halves),
        ],
        because="the half that does not know the subset drops out",
    )
    twice = selected(e) - mean(d, selected(d)) + correlation(e, even(x)) - mean(d, correlation(d, even(x)))
    proof.step(
        "selection",
        claim((n, rho, v, u), le(spread(selected), mean(x, u(x) ** 2) / 2**n), [bounded]),
        "square",
        using=[
            use("centred", under=[mean(e, 1)], times=twice),
            use("one coordinate", u=((x,), even(x))),
            use(
                "no larger",
                under=[mean(x, 1)],
                times=2 ** (-n),
                a=rho(v(x)),
                b=rho(-v(x)),
                c=u(x),
                given=[use(0, t=v(x)), use(0, t=-v(x))],
            ),
        ],
        squares=[square(even(ones), times=4 ** (-n))],
        because="so the variance is that of the second half",
    )
    proof.conclude(
        "f",
        "square",
        using=[
            use("selection", under=[total(j, 1)], rho=((t,), rate(t)), v=((x,), output), u=((x,), slope)),
        ],
        because="chain rule, coordinate by coordinate",
    )
