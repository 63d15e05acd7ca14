"""Parts (a), (b) and (f): a matrix of moments is triangular in the degree, whatever its entries of high degree are."""

from __future__ import annotations

from lemmata.proof import (
    Proof,
    Statement,
    bracket,
    claim,
    eq,
    function,
    index,
    le,
    ne,
    product,
    square,
    total,
    use,
)
from theorems.expressivity._no_flattening import (
    a,
    alpha,
    beta,
    degree,
    ell,
    gamma,
    i,
    j,
    k,
    m,
    moment,
    monomial,
    n,
    r,
    s,
    slack,
    somewhere,
    vanishing,
    w,
    x,
    y,
)

box = product(i, r(i) + 1)
exact = ne(moment(r), 0)
moments_claim = claim((n, m, r, w, a), le(box, m), [vanishing(moment(alpha)), exact])
plain_claim = claim(
    (n, m, r, s, w, a),
    le(box, m),
    [Statement((k,), (le(k, degree(r)),), ne(s(k), 0)), vanishing(s(degree(alpha)) * moment(alpha)), exact],
)
# A multi-index other than 0 is at least 1 somewhere.
p = index("p", n)
positive = le(1, alpha(p))
biased_claim = claim(
    (n, m, r, s, w, a),
    le(box, m + 1),
    [
        Statement((k,), (le(1, k), le(k, degree(r))), ne(s(k), 0)),
        Statement(
            (alpha, ell, p),
            (le(degree(alpha), degree(r)), ne(alpha(ell), r(ell)), positive),
            eq(s(degree(alpha)) * moment(alpha), 0),
        ),
        exact,
    ],
)

rows, columns = monomial(beta), w(j) * monomial(gamma)
both = degree(beta, gamma)
sum_of_both = ((i,), beta(i) + gamma(i))


def derive_rank(proof: Proof) -> None:
    """The bound for moments is that for networks: the derivatives of the activation are divided out."""
    _derive_indices(proof)
    _derive_moments(proof)
    proof.step(
        "cancel",
        claim((x, y), eq(y, 0), [ne(x, 0), eq(x * y, 0)]),
        "identity",
        using=[use(1, times=1 / x)],
        printed=False,
    )
    divided = use("cancel", x=s(degree(alpha)), y=moment(alpha), given=[use(0, k=degree(alpha)), use(1)])
    proof.conclude("a", "square", using=[use("f", given=[divided])], because="no derivative is zero")
    _derive_biased(proof)


def _derive_indices(proof: Proof) -> None:
    proof.step(
        "degree",
        claim((n, r, beta, gamma, slack), le(both, degree(r)), [eq(slack + both, degree(r))]),
        "square",
        using=[use(0)],
        squares=[square(1, times=slack)],
        printed=False,
    )
    whole = Statement((ell,), (), eq(beta(ell) + gamma(ell), r(ell)))
    hole = function("h", i, to=k)
    proof.congruence(
        "diagonal",
        claim((n, m, r, w, a, beta, gamma), eq(moment(beta, gamma), moment(r)), [whole]),
        hole,
        total(j, w(j) * monomial(hole)),
        use(0, l=i),
        over=[i],
        because="x^beta x^gamma is x^r",
    )


def _block(**more):
    """Rows x^beta, columns x^gamma for r - gamma, which number prod (r_i + 1)."""
    factors = {"rows": rows, "columns": columns, "row": beta, "column": gamma}
    return {"kind": "box", **factors, "index": i, "size": n, "bound": r(i), **more}


def _not_zero(last):
    """The entry on the diagonal is L(x^r); that it is 0 is the hypothesis of this number."""
    at = moment(r)
    return {"using": [use(last, times=at), use("diagonal", times=-at)], "squares": [square(at)]}


def _derive_moments(proof: Proof) -> None:
    low = use(0, alpha=sum_of_both, l="place", given=[use("degree")])
    proof.rank(
        "f",
        proof.statement("f"),
        j,
        [_block()],
        {
            "zero 0": {"using": [use(low.source, alpha=sum_of_both, l="place", given=low.given)]},
            "diagonal 0": _not_zero(3),
        },
        because="triangular in the degree: rank at most m",
    )


def _derive_biased(proof: Proof) -> None:
    """Without the row and the column of degree 0, which an output bias may change."""
    proof.step(
        "not constant",
        claim((n, beta, gamma, somewhere), le(1, both), [le(1, beta(somewhere))]),
        "square",
        using=[use(0)],
        squares=[
            square(1 - bracket(i, "=", somewhere), times=beta(i), under=[total(i, 1)]),
            square(1, times=gamma(i), under=[total(i, 1)]),
        ],
        printed=False,
    )
    proof.step(
        "positive",
        claim(
            (n, beta, gamma, somewhere), le(1, beta(somewhere) + gamma(somewhere)), [le(1, beta(somewhere))]
        ),
        "square",
        using=[use(0)],
        squares=[square(1, times=gamma(somewhere))],
        printed=False,
    )
    low = use("degree")
    entry = use(1, alpha=sum_of_both, l="place", p="somewhere", given=[low, use("positive")])
    slope = use(0, k=both, given=[low, use("not constant")])
    proof.rank(
        "b",
        proof.statement("b"),
        j,
        [_block(proper=True)],
        {
            "zero 0": {"using": [use("cancel", x=s(both), y=moment(beta, gamma), given=[slope, entry])]},
            "diagonal 0": _not_zero(5),
        },
        because="the row of degree 0 is left out",
    )
