r"""A process that draws nothing tells no more than it was given.

A deterministic process f takes n fair bits to a result. Whatever its input, another one leads to another result with
probability at most 1 - 2^-n (a), so two runs on independent inputs differ with probability at most 1 - 2^-n (b): the
result's entropy of order two is at most n bits, however long it is. A reversible process attains this (c). One that
draws m fair bits of its own has results that differ with probability at most 1 - 2^(-n-m) (d), attained where input
and draws can both be read off the result (d'): only draws make a result that tells more than the input.

Idea.       prod (1 - x_i - y_i + 2 x_i y_i) is [x = y]; elsewhere the mean of [f(x) = f(y)] is not negative.
Numbers.    differing(n=10) = 1023/1024; differing_with_draws(n=5, m=3) = 255/256.
References. LinTegmarkRolnick2017 (on generative processes).
"""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from lemmata.proof import (
    Part,
    Proof,
    Quantity,
    Theorem,
    Variant,
    bits,
    bracket,
    claim,
    eq,
    function,
    index,
    le,
    mean,
    nat,
    point,
    product,
    square,
    use,
)
from theorems.expressivity._process_information_errata import errata
from theorems.expressivity._process_information_model import model

n, m = nat("n"), nat("m")
i, j = index("i", n), index("j", m)
x, y, s, t = bits("x", n), bits("y", n), bits("s", m), bits("t", m)
result = point("result")
f, h = (function(name, x, to=result) for name in ("f", "h"))
g, k = (function(name, x, s, to=result) for name in ("g", "k"))
u, w = function("u", x), function("w", x, s)


def agreeing(p, q):
    """2 where two bits are equal, else 0."""
    return 2 * (1 - p - q + 2 * p * q)


same_input, same_draws = product(i, agreeing(x[i], y[i])), product(j, agreeing(s[j], t[j]))


def over_runs(value):
    """The mean over two inputs with their draws."""
    return mean(x, mean(s, mean(y, mean(t, value))))


# ---------------------------------------------------------------- the claims

apart, drawn_apart = bracket(f(x), "!=", f(y)), bracket(g(x, s), "!=", g(y, t))
reversible = claim((x, y), eq(bracket(h(x), "=", h(y)), bracket(x, "=", y)))
both_read_off = claim(
    (x, s, y, t), eq(bracket(k(x, s), "=", k(y, t)), bracket(x, "=", y) * bracket(s, "=", t))
)
input_claim = claim((n, f, x), le(mean(y, apart), 1 - 2 ** (-n)))
run_claim = claim((n, f), le(mean(x, mean(y, apart)), 1 - 2 ** (-n)))
attained_claim = claim((n, h), eq(mean(x, mean(y, bracket(h(x), "!=", h(y)))), 1 - 2 ** (-n)), [reversible])
draws_claim = claim((n, m, g), le(over_runs(drawn_apart), 1 - 2 ** (-n - m)))
drawn_claim = claim(
    (n, m, k), eq(over_runs(bracket(k(x, s), "!=", k(y, t))), 1 - 2 ** (-n - m)), [both_read_off]
)

# ---------------------------------------------------------------- the derivation


def derive(proof: Proof) -> None:
    """Each bound is a mean of squares: of [same result] where the input, or the draws, are not the same."""
    proof.step(
        "reproduce",
        claim((n, u, x), eq(mean(y, u(y) * same_input), u(x))),
        "cube",
        because="the product is 2^n [x = y]",
    )
    proof.step("own square", claim((n, x, y), eq(same_input**2, 2**n * same_input)), "cube")
    proof.step("as a product", claim((n, x, y), eq(bracket(x, "=", y), same_input / 2**n)), "cube")
    proof.step(
        "equal",
        claim((n, x), eq(mean(y, bracket(x, "=", y)), 2 ** (-n))),
        "sum",
        using=[
            use("as a product", under=[mean(y, 1)]),
            use("reproduce", u=((y,), sp.Integer(1)), times=2 ** (-n)),
        ],
    )
    _deterministic(proof)
    _drawing(proof)


def _deterministic(proof: Proof) -> None:
    same = bracket(f(x), "=", f(y))
    rest = same * (1 - same_input / 2**n)
    proof.step(
        "the run itself",
        claim((n, f, x), eq(mean(y, same * same_input), 1)),
        "sum",
        using=[use("reproduce", u=((y,), same))],
    )
    proof.step(
        "other runs",
        claim((n, f, x), eq(mean(y, rest**2), mean(y, same) - 2 ** (-n))),
        "sum",
        using=[
            use("own square", under=[mean(y, 1)], times=same / 4**n),
            use("the run itself", times=-(2 ** (-n))),
        ],
        because="a bracket is its own square",
    )
    proof.conclude("a", "square", squares=[square(rest, under=[mean(y, 1)])], using=["other runs"])
    proof.conclude("b", "square", using=[use("a", under=[mean(x, 1)])], because="for every input")
    proof.conclude(
        "c",
        "sum",
        using=[
            use("equal", under=[mean(x, 1)], times=-1),
            use(0, under=[mean(x, 1), mean(y, 1)], times=-1),
        ],
        because="the same result is the same input",
    )


def _drawing(proof: Proof) -> None:
    same, kernel, runs = bracket(g(x, s), "=", g(y, t)), same_input * same_draws, [mean(y, 1), mean(t, 1)]
    rest = same * (1 - kernel / 2 ** (n + m))
    proof.step(
        "reproduce both",
        claim((n, m, w, x, s), eq(mean(y, mean(t, w(y, t) * kernel)), w(x, s))),
        "sum",
        using=[
            use("reproduce", n=m, x=s, u=((t,), w(y, t)), times=same_input, under=[mean(y, 1)]),
            use("reproduce", u=((y,), w(y, s))),
        ],
        because="first the draws, then the input",
    )
    proof.step(
        "the drawn run itself",
        claim((n, m, g, x, s), eq(mean(y, mean(t, same * kernel)), 1)),
        "sum",
        using=[use("reproduce both", w=((y, t), same))],
    )
    scale = same / 4 ** (n + m)
    proof.step(
        "other drawn runs",
        claim((n, m, g, x, s), eq(mean(y, mean(t, rest**2)), mean(y, mean(t, same)) - 2 ** (-n - m))),
        "sum",
        using=[
            use("own square", under=runs, times=scale * same_draws**2),
            use("own square", n=m, x=s, y=t, under=runs, times=scale * same_input * 2**n),
            use("the drawn run itself", times=-(2 ** (-n - m))),
        ],
        because="as without draws",
    )
    every = [mean(x, 1), mean(s, 1)]
    proof.conclude(
        "d",
        "square",
        squares=[square(rest, under=[*every, *runs])],
        using=[use("other drawn runs", under=every)],
    )
    proof.conclude(
        "d'",
        "sum",
        using=[
            use(0, under=[*every, *runs], times=-1),
            use("equal", under=[*every, mean(t, 1)], times=-bracket(s, "=", t)),
            use("equal", n=m, x=s, under=[mean(s, 1)], times=-(2 ** (-n))),
        ],
        because="the same result is the same input and the same draws",
    )


# ---------------------------------------------------------------- false variants

variants = (
    Variant(
        "a-bit-lost",
        "2^(1-n) for 2^-n",
        "b",
        claim((n, f), le(run_claim.then.left, 1 - 2 ** (1 - n))),
        {"n": 2, "f": lambda x: tuple(x)},
        {"differing": lambda n: 1 - 2 * Fraction(1, 2) ** n},
    ),
    Variant(
        "any-process",
        "not only a reversible process",
        "c",
        claim((n, h), attained_claim.then),
        {"n": 1, "h": lambda x: 0},
    ),
    Variant(
        "free-draws",
        "draws tell nothing",
        "d",
        claim((n, m, g), le(draws_claim.then.left, 1 - 2 ** (-n))),
        {"n": 1, "m": 1, "g": lambda x, s: (tuple(x), tuple(s))},
        {"differing_with_draws": lambda n, m: 1 - Fraction(1, 2) ** n},
    ),
)

# ---------------------------------------------------------------- the theorem


theorem = Theorem(
    setting="x, y independent and uniform on {0,1}^n, s and t on {0,1}^m; results are of any kind.",
    parts=(
        Part(
            "a", "Whatever the input, another leads elsewhere with probability at most 1 - 2^-n.", input_claim
        ),
        Part("b", "So do two runs: a result has entropy of order two at most n.", run_claim),
        Part("c", "A reversible process attains it.", attained_claim),
        Part("d", "m draws add at most m bits.", draws_claim),
        Part("d'", "They do where input and draws can be read off the result.", drawn_claim),
    ),
    readings={
        "f, g": "a process; g draws s",
        "h, k": "a process from whose result the input, or the input and the draws, can be read off",
        "u, w": "any function, in a lemma",
    },
    quantities=(
        Quantity(
            "differing",
            "the largest probability that two runs differ",
            {"n": "nat"},
            lambda n: 1 - Fraction(1, 2) ** n,
            side=("b", {"n": n}),
        ),
        Quantity(
            "differing_with_draws",
            "the same where m fair bits are drawn",
            {"n": "nat", "m": "nat"},
            lambda n, m: 1 - Fraction(1, 2) ** (n + m),
            side=("d", {"n": n, "m": m}),
        ),
    ),
    variants=variants,
    references=("LinTegmarkRolnick2017",),
    errata=errata,
    model=model,
)
