"""What several parts of hamiltonian-order share: the exponential, numbers, and that different places are apart."""

from __future__ import annotations

from lemmata.proof import C, Proof, bracket, claim, derivative, eq, function, lt, nat, real, use

a, b, c, s, t, u, z = (real(name) for name in ("a", "b", "c", "s", "t", "u", "z"))

# e^t, by what is known of it: every part names those of the four facts that it needs, and has no variable s or t.
ex = function("ex", C(2, z))
adds = claim((s, t), eq(ex(s + t), ex(s) * ex(t)))
at_zero = eq(ex(0), 1)
positive = claim((t,), lt(0, ex(t)))
own_slope = claim((t,), eq(derivative(s, ex(s), t), ex(t)))


def apart(proof: Proof) -> None:
    """[low = high] is 0 for low < high, where no step has said so yet: low - high is not 0, and times it is."""
    if "apart" in proof.judge.steps:
        return
    zero, q, r = (real(name) for name in ("zero", "low", "high"))
    proof.step(
        "factor",
        claim((zero, q, r), eq(zero, 0), [eq(zero * (r - q), 0), lt(q, r)]),
        "sum",
        using=[use(0, times=1 / (r - q))],
        printed=False,
    )
    low, high = nat("low"), nat("high")
    same = bracket(low, "=", high)
    proof.step(
        "apart",
        claim((low, high), eq(same, 0), [lt(low, high)]),
        "sum",
        using=[use("factor", zero=same)],
        printed=False,
    )


def hide(proof: Proof, *names: str) -> None:
    """Steps that a reader can do without; -v prints them."""
    proof.hidden.update(names)
