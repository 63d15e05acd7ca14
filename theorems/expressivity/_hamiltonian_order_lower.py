"""Parts (e2) and (e3) of hamiltonian-order: fewer neurons do not make a quadratic form of rank r + 1.

m neurons of output weights w_j and input weights a_j have the Taylor polynomial s_2 Q(x)/2, for all x. On r + 1
directions e_k the form is diagonal, no d_k being 0. Put x to 0, to +-e_k and to e_k + e_l: with y_k = e_k.a_j the sums
over the neurons of w, w y_k and w y_k y_l are 0, 0 and d_k [k = l], since none of s_0, s_1, s_2 is 0. Then the products
of 1, y_k, y_0^2 with y_0^2, y_k, 1, summed, are a triangular matrix.
"""

from __future__ import annotations

from sympy import Rational

from lemmata.proof import Proof, bracket, claim, eq, function, index, le, nat, ne, real, square, total, use
from theorems.expressivity._hamiltonian_order import apart

m, n, r = nat("m"), nat("n"), nat("r")
j = index("j", m)
i, o = index("i", n), index("o", n)
s, t = index("s", r + 1), index("t", r + 1)
k, k2 = index("k", r + 1), index("l", r + 1)
HALF = Rational(1, 2)
s0, s1, s2, b = (real(name) for name in ("s0", "s1", "s2", "bias"))
w, a, Q, x = function("weight", j), function("input", j, i), function("form", i, o), function("x", i)
e, d, f = function("axis", k, i), function("curve", k), function("inverse", k)


def network(at):
    """The Taylor polynomial of the neurons through degree 2, at a vector."""
    along = total(i, a(j, i) * at(i))
    return total(j, w(j) * (s0 + s1 * along + s2 * along**2 / 2))


def form(at):
    """The quadratic form at a vector."""
    return total(i, total(o, Q(i, o) * at(i) * at(o)))


diagonal = claim((s, t), eq(total(i, total(o, Q(i, o) * e(s, i) * e(t, o))), d(s) * bracket(s, "=", t)))
inverse = claim((s,), eq(d(s) * f(s), 1))
same_polynomial = claim((x,), eq(b + network(x), s2 * form(x) / 2))
symbols = (m, n, r, w, a, Q, e, d, f, s0, s1, s2, b)
given = (same_polynomial, diagonal, inverse, ne(s1, 0), ne(s2, 0))
lower_claim = claim(symbols, le(r + 3, m), (*given, ne(s0, 0), eq(b, 0)))
output_bias_claim = claim(symbols, le(r + 2, m), given)


def y(place):
    """The coordinate of a neuron's input weights in a direction."""
    return total(i, e(place, i) * a(j, i))


def vector_of(body):
    """A vector as a value of x."""
    return (i,), body


def derive_lower(proof: Proof) -> None:
    """The moments of the neurons are the entries of a triangular matrix without a 0 on its diagonal."""
    _moments(proof)
    apart(proof)
    first = {"kind": "one", "rows": w(j), "columns": y(0) ** 2}
    middle = {"kind": "range", "rows": w(j) * y(k), "columns": y(k2), "row": k, "column": k2, "size": r + 1}
    last = {"kind": "one", "rows": w(j) * y(0) ** 2, "columns": 1}
    blocks = {
        "diagonal 0": _not_zero(0, 7),
        "above 0 1": {"using": [use("first moments", k=k2)]},
        "above 0 2": {"using": [use(0, x=vector_of(0), times=1 / s0), use(6, times=-1 / s0)]},
        "zero 1": _off_diagonal(),
        "diagonal 1": _not_zero(k, 7),
        "above 1 2": {"using": ["first moments"]},
        "diagonal 2": _not_zero(0, 7),
    }
    because = "the products of 1, y_k, y_0^2 with y_0^2, y_l, 1: at most m rows"
    proof.rank("e2", proof.statement("e2"), j, [first, middle, last], blocks, because)
    blocks = {
        "zero 0": _off_diagonal(),
        "diagonal 0": _not_zero(k, 5),
        "above 0 1": {"using": ["first moments"]},
        "diagonal 1": _not_zero(0, 5),
    }
    because = "the same without the row 1, whose sum an output bias changes"
    proof.rank("e3", proof.statement("e3"), j, [middle, last], blocks, because)


def _moments(proof: Proof) -> None:
    """First and second differences of the two polynomials, along the directions."""
    ends = [use(0, x=vector_of(sign * e(k, i)), times=sign / (2 * s1)) for sign in (1, -1)]
    proof.step(
        "first moments",
        claim((*symbols, k), eq(total(j, w(j) * y(k)), 0), given),
        "sum",
        using=ends,
        because="the difference at e_k and -e_k",
    )
    both = e(k, i) + e(k2, i)
    corners = ((both, 1), (e(k, i), -1), (e(k2, i), -1), (0, 1))
    proof.step(
        "second moments",
        claim(
            (*symbols, k, k2),
            eq(total(j, w(j) * y(k) * y(k2)), d(k) * bracket(k, "=", k2)),
            given,
        ),
        "sum",
        using=[
            *(use(0, x=vector_of(corner), times=sign / s2) for corner, sign in corners),
            use(1, s=k, t=k2, times=HALF),
            use(1, s=k2, t=k, times=HALF),
        ],
        because="the second difference at e_k + e_l, e_k, e_l and 0",
    )


def _off_diagonal():
    """d_k [k = l] is 0 for k < l."""
    return {"using": ["second moments", use("apart", low=k, high=k2, times=d(k))]}


def _not_zero(place, denied):
    """d_k f_k = 1 would be 0."""
    return {
        "using": [
            use("second moments", k=place, l=place, times=-f(place)),
            use(2, s=place, times=-1),
            use(denied, times=f(place)),
        ],
        "squares": [square(1)],
    }
