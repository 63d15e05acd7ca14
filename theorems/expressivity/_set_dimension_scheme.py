"""There is a Horner scheme for the first m of any sequence, so that part (a) of set-dimension need not assume one.

By induction over m: one element more, el(m), takes from row j of the scheme el(m) times the row moved on by one, as
soon as j is above m.
"""

from __future__ import annotations

from lemmata.proof import Proof, bracket, claim, eq, index, total, use
from theorems.expressivity._set_dimension import by_induction, j, k, m, n, p, q, s, within, z
from theorems.expressivity._set_dimension_multisets import Q
from theorems.expressivity._set_dimension_newton import EMPTY, GROWS, TOP, U, W, h, scheme_of, x


def first(m, x=x):
    """The first elements, and then zeros."""
    return lambda k, W: within(k + 1, m) * x(k, W)


given = scheme_of(first(m))
row = (x, m, h, j, s, U)


def moved(j, n, s, U):
    """The row moved on by one: what stands before place n, and 0 before the first."""
    o = index("o", n)
    return total(o, bracket(o + 1, "=", n) * h(j, o, s, U))


def longer(j, n, s, U):
    """The scheme for one element more."""
    return h(j, n, s, U) - within(m + 1, j) * x(m, U) * moved(j, n, s, U)


def derive_scheme(proof: Proof) -> None:
    """What is 0 whenever there is a scheme, is 0."""
    _rows(proof)
    _longer(proof)
    _exists(proof)


def _one_before(j, n, times):
    """What stands before place n + 1 in row j is what stands in place n."""
    return use("picked", f=((k,), h(j, k, s, U)), a=n, K=n + 1, times=times)


def _rows(proof: Proof) -> None:
    """Row j + 1 in terms of row j."""
    here = first(m)(j, U)
    by_induction(
        proof,
        "next row",
        claim((*row, n), eq(h(j + 1, n, s, U), h(j, n, s, U) - here * moved(j, n, s, U)), given),
        n,
        base={"using": [use(TOP, p=j + 1, z=s, W=U), use(TOP, p=j, z=s, W=U, times=-1)]},
        step={"using": [use(GROWS, p=j, q=n, z=s, W=U), _one_before(j, n, here)]},
    )


def _longer(proof: Proof) -> None:
    """The laws of a scheme, for one element more."""
    last, gap = x(m, U), s * moved(0, n, s, U) - moved(0, n + 1, s, U)
    proof.step(
        "longer, empty",
        claim((x, m, h, n, s, U), eq(longer(0, n + 1, s, U), s * longer(0, n, s, U)), given),
        "sum",
        using=[use(EMPTY, q=n, z=s, W=U), use("positive is not up to 0", u=m + 1, times=last * gap)],
        printed=False,
    )
    above, not_below = within(m + 1, j), within(m, j)
    proof.step(
        "longer, grows",
        claim(
            (*row, n),
            eq(longer(j + 1, n + 1, s, U), longer(j, n + 1, s, U) - first(m + 1)(j, U) * longer(j, n, s, U)),
            given,
        ),
        "sum",
        using=[
            use(GROWS, p=j, q=n, z=s, W=U),
            _one_before(j + 1, n, -not_below * last),
            _one_before(j, n, above * last),
            use("next row", times=-not_below * last),
            use("equal or less", a=m, b=j, times=last * (first(m)(j, U) * moved(j, n, s, U) - h(j, n, s, U))),
            use("equal or less", a=j, b=m, times=x(j, U) * longer(j, n, s, U)),
        ],
        printed=False,
    )


def _exists(proof: Proof) -> None:
    """By induction over the number of elements; where there are none, the scheme holds powers."""
    proof.step(
        "no elements",
        claim((x, j, n, s, U), eq(s ** (n + 1), s ** (n + 1) - first(0)(j, U) * s**n)),
        "sum",
        using=[use("positive is not up to 0", u=j + 1, times=x(j, U) * s**n)],
        printed=False,
    )
    place = {"n": q, "s": z, "U": W}
    none = use(0, h=((j, n, s, U), s**n), given=[use("no elements", j=p, **place)])
    laws = [use(2), use("longer, empty", **place), use("longer, grows", j=p, **place)]
    more = use(0, h=((j, n, s, U), longer(j, n, s, U)), given=laws)
    by_induction(
        proof,
        "a scheme",
        claim((x, Q, m), eq(Q, 0), [claim((h,), eq(Q, 0), given)]),
        m,
        base={"using": [none]},
        step={"using": [use(1, given=[more])]},
        because="one element more",
    )
