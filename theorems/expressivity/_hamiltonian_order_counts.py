"""Parts (b1) to (b3), (c2) and (g1) of hamiltonian-order: how many coefficients.

M(n, d) counts the monomials of degree at most d in n variables: if the exponent of the last is d - i, the others have
degree at most i. K(n, d) counts the subsets of at most d of n bits, by their largest element. Local subsets are
counted by their smallest site.
"""

from __future__ import annotations

from lemmata.proof import Proof, bits, claim, define, eq, function, index, nat, product, total, use
from theorems.expressivity._hamiltonian_order import hide, z

n, d, e, k, m, v = (nat(name) for name in ("n", "d", "e", "k", "m", "v"))
r = index("r", k)
choose = define("choose", (m, k), product(r, (m - r) / (r + 1)))

# ---------------------------------------------------------------- (b1) monomials

M = function("M", n, d)
up_to = index("i", e + 1)
monomials = (
    claim((e,), eq(M(0, e), 1)),
    claim((v, e), eq(M(v + 1, e), total(up_to, M(v, up_to)))),
)
monomial_claim = claim((M, n, d), eq(M(n, d), choose(n + d, d)), monomials)

# ---------------------------------------------------------------- (b2) subsets

K = function("K", n, d)
largest, size = index("i", v), index("i", d + 1)
subsets = (
    claim((v,), eq(K(v, 0), 1)),
    claim((v, e), eq(K(v, e + 1), 1 + total(largest, K(largest, e)))),
)
subset_claim = claim((K, d, n), eq(K(n, d), total(size, choose(n, size))), subsets)

# ---------------------------------------------------------------- (b3) the subsets themselves, weighted by their size

chosen, one = bits("chosen", n), index("i", n)
of_size = index("i", n + 1)
sizes_claim = claim(
    (n, z), eq(total(chosen, product(one, z ** chosen[one])), total(of_size, choose(n, of_size) * z**of_size))
)

# ---------------------------------------------------------------- (c2) one constant, n linear, a symmetric matrix

i = index("i", n)
j = index("j", i + 1)
quadratic_claim = claim((n,), eq(1 + n + total(i, total(j, 1)), 1 + n * (n + 3) / 2))

# ---------------------------------------------------------------- (g1) local terms

g, w = nat("g"), nat("w")
site, end = index("i", g), index("j", w)
free, rest = bits("x", w), bits("y", end)
local_claim = claim((g, w), eq(total(site, total(free, 1)) + total(end, total(rest, 1)), g * 2**w + 2**w - 1))


def derive_counts(proof: Proof) -> None:
    """Pascal's rule, then induction."""
    _pascal(proof)
    _monomials(proof)
    _subsets(proof)
    _sizes(proof)
    hide(proof, "choose one more", "absorb", "choose all", "first term", "choose from nothing")
    proof.induction("c2", proof.statement("c2"), n, base={}, step={"using": [use(0)]}, because="row by row")
    proof.induction(
        "g1", proof.statement("g1"), w, base={}, step={"using": [use(0)]}, because="a geometric sum"
    )


def _pascal(proof: Proof) -> None:
    proof.step("choose nothing", claim((m,), eq(choose(m, 0), 1)), "sum", unfold=["choose"], printed=False)
    proof.step(
        "choose one more",
        claim((m, k), eq(choose(m, k + 1), choose(m, k) * (m - k) / (k + 1))),
        "sum",
        unfold=["choose"],
        because="one more factor",
    )
    proof.induction(
        "absorb",
        claim((n, k), eq(choose(n + 1, k + 1), choose(n, k) * (n + 1) / (k + 1))),
        k,
        base={
            "using": [
                use("choose one more", m=n + 1, k=0),
                use("choose nothing", m=n + 1, times=n + 1),
                use("choose nothing", m=n, times=-(n + 1)),
            ]
        },
        step={
            "using": [
                use("choose one more", m=n + 1, k=k + 1),
                use(0, times=(n - k) / (k + 2)),
                use("choose one more", m=n, times=-(n + 1) / (k + 2)),
            ],
        },
    )
    proof.step(
        "Pascal",
        claim((n, k), eq(choose(n + 1, k + 1), choose(n, k + 1) + choose(n, k))),
        "sum",
        using=["absorb", use("choose one more", m=n, times=-1)],
    )


def _monomials(proof: Proof) -> None:
    """The sum over the exponent of the last variable is a sum along a diagonal of Pascal's triangle."""
    proof.induction(
        "choose all",
        claim((m,), eq(choose(m, m), 1)),
        m,
        base={"using": [use("choose nothing", m=0)]},
        step={"using": [use("absorb", n=m, k=m), use(0)]},
    )
    proof.induction(
        "diagonal",
        claim((n, d), eq(total(size, choose(n + size, size)), choose(n + d + 1, d))),
        d,
        base={"using": [use("choose nothing", m=n), use("choose nothing", m=n + 1, times=-1)]},
        step={"using": [use(0), use("Pascal", n=n + d + 1, k=d, times=-1)]},
        because="Pascal's rule",
    )
    proof.induction(
        "b1",
        proof.statement("b1"),
        n,
        base={"using": [use(0, e=d), use("choose all", m=d, times=-1)]},
        step={"using": [use(1, v=n, e=d), use(2, under=[total(size, 1)], **{"d'": size}), "diagonal"]},
        because="one variable after another",
    )


def _subsets(proof: Proof) -> None:
    """The sum over the largest element is a sum along a column."""
    F = function("F", d)
    lower, above = index("i", d), index("i", n)
    proof.induction(
        "first term",
        claim((F, d), eq(total(size, F(size)), F(0) + total(lower, F(lower + 1)))),
        d,
        base={},
        step={"using": [use(0)]},
    )
    proof.induction(
        "choose from nothing",
        claim((k,), eq(choose(0, k + 1), 0)),
        k,
        base={"using": [use("choose one more", m=0, k=0)]},
        step={"using": [use("choose one more", m=0, k=k + 1), use(0, times=-(k + 1) / (k + 2))]},
    )
    proof.induction(
        "column",
        claim((n, k), eq(total(above, choose(above, k)), choose(n, k + 1))),
        n,
        base={"using": [use("choose from nothing", times=-1)]},
        step={"using": [use(0, **{"k'": k}), use("Pascal", times=-1)]},
        because="Pascal's rule",
    )
    proof.induction(
        "b2",
        proof.statement("b2"),
        d,
        base={"using": [use(0, v=n), use("choose nothing", m=n, times=-1)]},
        step={
            "using": [
                use(1, v=n, e=d),
                use(2, under=[total(above, 1)], **{"n'": above}),
                use("column", under=[total(size, 1)], k=size),
                use("first term", times=-1, d=d + 1, F=((e,), choose(n, e))),
                use("choose nothing", m=n, times=-1),
            ]
        },
        because="one element after another",
    )


def _sizes(proof: Proof) -> None:
    """Bit by bit the sum is (1 + z)^n, which Pascal's rule expands."""
    proof.step(
        "bit by bit",
        claim((n, z), eq(total(chosen, product(one, z ** chosen[one])), (1 + z) ** n)),
        "cube",
        because="each bit is out or in",
    )

    def term(row):
        return (e,), choose(row, e) * z**e

    proof.induction(
        "binomial theorem",
        claim((n, z), eq((1 + z) ** n, total(of_size, choose(n, of_size) * z**of_size))),
        n,
        base={"using": [use("choose nothing", m=0, times=-1)]},
        step={
            "using": [
                use(0, times=1 + z, **{"z'": z}),
                use("first term", d=n + 1, times=-1, F=term(n + 1)),
                use("Pascal", k=of_size, under=[total(of_size, 1)], times=-(z ** (of_size + 1))),
                use("first term", d=n + 1, F=term(n)),
                use("choose nothing", m=n + 1, times=-1),
                use("choose nothing", m=n),
                use("choose one more", m=n, k=n, times=-(z ** (n + 1))),
            ]
        },
        because="Pascal's rule",
    )
    proof.conclude("b3", "sum", using=["bit by bit", "binomial theorem"])
