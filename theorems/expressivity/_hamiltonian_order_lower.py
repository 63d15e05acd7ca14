"""Parts (e') and (e'') of hamiltonian-order: fewer neurons do not make a quadratic form of rank r + 1.

m neurons of output weights w_j and input weights a_ji have the Taylor polynomial of the form through degree 2 exactly
if sum_j w_j = 0, sum_j w_j a_ji = 0 and sum_j w_j a_ji a_jh = Q_ih. On r + 1 directions e_k the form is diagonal, no
d_k being 0. Then the products of 1, y_k, y_0^2 with y_0^2, y_k, 1, summed over the neurons, are a triangular matrix.
"""

from __future__ import annotations

from lemmata.proof import Proof, bracket, claim, eq, function, index, le, lt, nat, real, square, total, use

m, n, r = nat("m"), nat("n"), nat("r")
j = index("j", m)
i, h, v, x = (index(name, n) for name in ("i", "h", "v", "x"))
s, t = index("s", r + 1), index("t", r + 1)
k, k2 = index("k", r + 1), index("l", r + 1)
p, q, z = real("zero"), real("low"), real("high")
w, a, Q = function("weight", j), function("input", j, i), function("form", i, h)
e, d, f = function("axis", k, i), function("curve", k), function("inverse", k)

no_constant = eq(total(j, w(j)), 0)
no_slope = claim((v,), eq(total(j, w(j) * a(j, v)), 0))
curvature = claim((v, x), eq(total(j, w(j) * a(j, v) * a(j, x)), Q(v, x)))
diagonal = claim((s, t), eq(total(i, total(h, e(s, i) * e(t, h) * Q(i, h))), d(s) * bracket(s, "=", t)))
inverse = claim((s,), eq(d(s) * f(s), 1))
symbols = (m, n, r, w, a, Q, e, d, f)
given = (no_slope, curvature, diagonal, inverse)
lower_claim = claim(symbols, le(r + 3, m), (*given, no_constant))
output_bias_claim = claim(symbols, le(r + 2, m), given)


def y(place):
    """The coordinate of a neuron's input weights in a direction."""
    return total(i, e(place, i) * a(j, i))


def derive_lower(proof: Proof) -> None:
    """The moments of the neurons are the entries of a triangular matrix without a 0 on its diagonal."""
    proof.step(
        "first moments",
        claim((*symbols, k), eq(total(j, w(j) * y(k)), 0), given),
        "sum",
        using=[use(0, under=[total(i, 1)], times=e(k, i), v=i)],
        printed=False,
    )
    proof.step(
        "second moments",
        claim((*symbols, k, k2), eq(total(j, w(j) * y(k) * y(k2)), d(k) * bracket(k, "=", k2)), given),
        "sum",
        using=[
            use(1, under=[total(i, 1), total(h, 1)], times=e(k, i) * e(k2, h), v=i, x=h),
            use(2, s=k, t=k2),
        ],
        because="the form on the two directions",
    )
    proof.step(
        "different",
        claim((p, q, z), eq(p, 0), [eq(p * (z - q), 0), lt(q, z)]),
        "sum",
        using=[use(0, times=1 / (z - q))],
        printed=False,
    )
    square_of = y(0) ** 2
    middle = {"kind": "range", "rows": w(j) * y(k), "columns": y(k2), "row": k, "column": k2, "size": r + 1}
    first = {"kind": "one", "rows": w(j), "columns": square_of}
    last = {"kind": "one", "rows": w(j) * square_of, "columns": 1}
    slopes = {"using": ["first moments"]}
    different = use("different", zero=bracket(k, "=", k2), low=k, high=k2, times=d(k))
    off = {"using": ["second moments", different]}
    blocks = {
        "diagonal 0": _not_zero(0, 5),
        "above 0 1": {"using": [use("first moments", k=k2)]},
        "above 0 2": {"using": [use(4)]},
        "zero 1": off,
        "diagonal 1": _not_zero(k, 5),
        "above 1 2": slopes,
        "diagonal 2": _not_zero(0, 5),
    }
    because = "the products of 1, y_k, y_0^2 with y_0^2, y_l, 1: at most m rows"
    proof.rank("e'", proof.statement("e'"), j, [first, middle, last], blocks, because)
    blocks = {
        "zero 0": off,
        "diagonal 0": _not_zero(k, 4),
        "above 0 1": slopes,
        "diagonal 1": _not_zero(0, 4),
    }
    because = "the same without the row 1, whose sum an output bias changes"
    proof.rank("e''", proof.statement("e''"), j, [middle, last], blocks, because)


def _not_zero(place, denied):
    """d_k f_k = 1 would be 0."""
    return {
        "using": [
            use("second moments", k=place, l=place, times=-f(place)),
            use(3, s=place, times=-1),
            use(denied, times=f(place)),
        ],
        "squares": [square(1)],
    }
