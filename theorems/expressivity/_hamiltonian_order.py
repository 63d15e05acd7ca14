"""The symbols that several parts of hamiltonian-order share: the exponential, and numbers."""

from __future__ import annotations

from lemmata.proof import C, Proof, claim, derivative, eq, function, lt, real

a, b, c, s, t, u, z = (real(name) for name in ("a", "b", "c", "s", "t", "u", "z"))

# e^t, by what is known of it: every part names those of the four facts that it needs, and has no variable s or t.
ex = function("ex", C(2, z))
adds = claim((s, t), eq(ex(s + t), ex(s) * ex(t)))
at_zero = eq(ex(0), 1)
positive = claim((t,), lt(0, ex(t)))
own_slope = claim((t,), eq(derivative(s, ex(s), t), ex(t)))


def hide(proof: Proof, *names: str) -> None:
    """Steps that a reader can do without; -v prints them."""
    proof.hidden.update(names)
