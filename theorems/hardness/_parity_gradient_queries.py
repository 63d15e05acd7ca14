"""Parts (g) and (g') of parity-gradient: an honest oracle that tells next to nothing, and how many queries it takes.

States, queries and answers are points of arbitrary sets, so a state may hold the whole transcript.
"""

from __future__ import annotations

from lemmata.proof import (
    Proof,
    bracket,
    claim,
    eq,
    function,
    le,
    lt,
    mean,
    nat,
    ordered,
    point,
    real,
    square,
    total,
    use,
)
from theorems.hardness._parity_gradient import correlation, d, e, f, j, n, p, slope, w, x
from theorems.hardness._parity_gradient_spectrum import bias, loss_gradient

eps = real("eps")

# ---------------------------------------------------------------- (g) the oracle is within eps of the gradient

signal_sq = total(j, correlation(e, slope) ** 2)
loud = bracket(eps**2, "<", signal_sq)
said = bias - loud * correlation(e, slope)
oracle_error = total(j, (said - loss_gradient) ** 2)
oracle_claim = claim((n, p, e, f, w, eps), le(oracle_error, eps**2))


def derive_oracle(proof: Proof) -> None:
    """(g): E[f g] up to eps, the exact gradient above."""
    proof.conclude(
        "g",
        "square",
        ordered=[ordered(le(signal_sq, eps**2))],
        squares=[square(loud * eps)],
        because="off by E[chi g], or by nothing where that exceeds eps",
    )


# ---------------------------------------------------------------- (g') T adaptive queries

T, k = nat("T"), nat("k")
G, q, s, a = real("G"), point("q"), point("s"), point("a")
grad = function("grad", j, q, x)
ask, following = function("ask", s, to=q), function("next", s, a, to=s)
answer, silence = function("answer", e, q, to=a), function("silence", q, to=a)
state, deaf = function("state", T, e, to=s), function("deaf", T, to=s)


def power(subset, query):
    """|E[chi grad]|^2 at a query."""
    return total(j, correlation(subset, grad(j, query, x)) ** 2)


def heard(here, subset):
    """The next state after the oracle's answer."""
    return following(here, answer(subset, ask(here)))


def unheard(here):
    """The next state after silence."""
    return following(here, silence(ask(here)))


def told(time):
    """The fraction of the subsets whose state differs from the one that knows no subset."""
    return mean(e, bracket(state(time, e), "!=", deaf(time)))


positive = lt(0, eps)
bounded = claim((q,), le(mean(x, total(j, grad(j, q, x) ** 2)), G**2))
silent = claim((d, q), eq(answer(d, q), silence(q)), [le(power(d, q), eps**2)])
start = claim((d,), eq(state(0, d), deaf(0)))
hears = claim((k, d), eq(state(k + 1, d), heard(state(k, d), d)))
is_deaf = claim((k,), eq(deaf(k + 1), unheard(deaf(k))))

symbols = (n, p, eps, grad, ask, following, answer, silence, state, deaf)
queries_claim = claim(
    (*symbols, G, T),
    le(told(T), T * G**2 / (eps**2 * 2**n)),
    [positive, bounded, silent, start, hears, is_deaf],
)


def derive_queries(proof: Proof) -> None:
    """(g'): Markov for one query, then one query after another."""
    asked = ask(deaf(T))
    alarm = bracket(eps**2, "<", power(e, asked))
    same, after = bracket(state(T, e), "=", deaf(T)), bracket(state(T + 1, e), "=", deaf(T + 1))
    moves = bracket(state(T + 1, e), "=", heard(state(T, e), e))
    stays = bracket(deaf(T + 1), "=", unheard(deaf(T)))
    parted = same * (1 - alarm) * (1 - after)
    run = (silent, hears, is_deaf)
    proof.step(
        "deaf",
        claim((*symbols, T, e), eq(parted, 0), run),
        "sum",
        using=[
            use(1, times=-parted, k=T, d=e),
            use(2, times=-parted * moves, k=T),
            use(0, times=-parted * moves * stays, guard=[0], d=e, q=asked),
        ],
        because="equal states ask alike and, unless |E chi g| > eps, hear alike",
    )
    proof.step(
        "union",
        claim((*symbols, T, e), le(1 - after, 1 - same + alarm), run),
        "square",
        using=["deaf"],
        squares=[square((1 - same) * after), square((1 - same) * alarm), square(same * alarm * after)],
    )
    loud_here, each = bracket(eps**2, "<", power(e, q)), 1 / eps**2
    proof.step(
        "Markov",
        claim(
            (n, p, eps, grad, q),
            le(mean(e, loud_here), mean(x, total(j, grad(j, q, x) ** 2)) / (eps**2 * 2**n)),
            [positive],
        ),
        "square",
        using=[use("c", times=each, g=((j, x), grad(j, q, x)))],
        ordered=[ordered(lt(eps**2, power(e, q)), times=each, under=[mean(e, 1)])],
        squares=[
            square(
                (1 - loud_here) * correlation(e, grad(j, q, x)), times=each, under=[mean(e, 1), total(j, 1)]
            )
        ],
    )
    proof.induction(
        "g'",
        proof.statement("g'"),
        T,
        base={"rule": "square", "using": [use(3, under=[mean(e, 1)], times=-1, d=e)]},
        step={
            "rule": "square",
            "using": [
                use(len(queries_claim.given)),
                use("union", under=[mean(e, 1)]),
                use("Markov", q=asked),
                use(1, times=each / 2**n, q=asked),
            ],
        },
        because="one query after another",
    )
