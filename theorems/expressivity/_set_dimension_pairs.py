"""Parts (c') and (c'') of set-dimension: exact pairs of multisets whose first power sums agree."""

from __future__ import annotations

from lemmata.proof import Proof, claim, define, eq, real

w1, w2, w3, scale, z = (real(name) for name in ("w1", "w2", "w3", "scale", "z"))
latent = define("latent", (w1, w2, w3, z), w1 * z + w2 * z**2 + w3 * z**3)


def summed(multiset, w1, w2, w3):
    """A sum over the multiples of the scale."""
    return sum((latent(w1, w2, w3, one * scale) for one in multiset), start=0)


def agree(X, Y, *weights):
    """Every combination of the first power sums is the same for both."""
    zeros = [0] * (3 - len(weights))
    variables = (*weights, scale)
    return claim(variables, eq(summed(X, *weights, *zeros), summed(Y, *weights, *zeros)))


TWO, THREE = ((0, 3, 3), (1, 1, 4)), ((0, 3, 4, 7), (1, 1, 6, 6))
two_claim, three_claim = agree(*TWO, w1, w2), agree(*THREE, w1, w2, w3)


def derive_pairs(proof: Proof) -> None:
    """Polynomials in the scale."""
    for label in ("c'", "c''"):
        proof.conclude(label, "sum", unfold=["latent"], because="expand")
