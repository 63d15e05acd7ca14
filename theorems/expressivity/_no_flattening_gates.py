"""Parts (c), (c') and (h): the gate of 2^n neurons at the points of {-1,1}^n, and the tree of gates of two inputs."""

from __future__ import annotations

from lemmata.proof import (
    Proof,
    Statement,
    Use,
    bit,
    bracket,
    claim,
    eq,
    function,
    index,
    le,
    mean,
    nat,
    ne,
    product,
    real,
    sign,
    signs,
    square,
    total,
    use,
)
from theorems.expressivity._no_flattening import alpha, degree, ell, eta, i, k, n

x, e = signs("x", n), sign("e")
lo, hi = real("lo"), real("hi")


def odd(number):
    """1 for an odd number, 0 for an even one."""
    return (1 - (-1) ** number) / 2


gate_moment = mean(x, product(i, x[i]) * product(i, x[i] ** alpha(i)))
all_odd = product(i, odd(alpha(i)))
gate_claim = claim((n, alpha), eq(gate_moment, all_odd))
exact_claim = claim((n, alpha, ell), eq(gate_moment, 0), [le(degree(alpha), n), ne(alpha(ell), 1)])

# Every node, leaf or gate, feeds one gate, but for the root.
leaves, gates = nat("leaves"), nat("gates")
node, gate, root = (
    index(name, size) for name, size in (("u", leaves + gates), ("v", gates), ("root", leaves + gates))
)
feeds = function("feeds", node, gate, to=bit("b"))
tree_claim = claim(
    (leaves, gates, root, feeds),
    eq(4 * gates, 4 * (leaves - 1)),
    [
        Statement((gate,), (), eq(total(node, feeds(node, gate)), 2)),
        Statement((node,), (), eq(total(gate, feeds(node, gate)), 1 - bracket(node, "=", root))),
    ],
)


def derive_gates(proof: Proof) -> None:
    """The powers of a sign are 1 and itself; in a tree the wires are counted at both of their ends."""
    even, uneven = (1 + (-1) ** k) / 2, (1 - (-1) ** k) / 2
    proof.cases(
        "power of a sign",
        claim((e, k), eq(e**k, even + e * uneven)),
        e,
        {"1": {}, "-1": {}},
        because="1 or the sign itself",
    )
    hole = function("h", x, i)
    proof.congruence(
        "powers",
        claim(
            (n, alpha),
            eq(
                gate_claim.then.left,
                mean(x, product(i, x[i]) * product(i, (1 + (-1) ** alpha(i)) / 2 + x[i] * odd(alpha(i)))),
            ),
        ),
        hole,
        mean(x, product(i, x[i]) * product(i, hole(x, i))),
        use("power of a sign", e=x[i], k=alpha(i)),
        over=[x, i],
        printed=False,
    )
    proof.conclude("c", "cube", using=["powers"], because="the signs are independent")
    _derive_exact(proof)
    proof.conclude(
        "h",
        "sum",
        using=[
            use(0, under=[total(gate, 1)], times=-4),
            use(1, under=[total(node, 1)], times=4),
        ],
        because="every wire has two ends",
    )


def _derive_exact(proof: Proof) -> None:
    """Of degree at most n and all odd is only (1, .., 1)."""
    odd_powers, number = product(i, odd(eta(i))), total(i, 1 - odd(eta(i)))
    not_all = ne(odd_powers, 0)
    _derive_counting(proof)
    filled = use("all or one missing", o=((i,), odd(eta(i))))
    proof.step(
        "none even",
        claim((n, eta), eq(number, 0), [not_all]),
        "sum",
        using=[use("cancel", x=odd_powers, y=number, given=[filled])],
        printed=False,
    )
    elsewhere = 1 - bracket(i, "=", ell)
    proof.step(
        "each odd",
        claim((n, eta, ell), le(1, odd(eta(ell))), [not_all]),
        "square",
        using=[use("none even")],
        squares=[square(elsewhere * (1 - odd(eta(i))), under=[total(i, 1)])],
        printed=False,
    )
    proof.step(
        "at least one",
        claim((n, eta, ell), le(1, eta(ell)), [not_all]),
        "square",
        using=[use("each odd"), use("odd below", k=eta(ell))],
        printed=False,
    )
    proof.step(
        "at most one",
        claim((n, eta, ell), le(eta(ell), 1), [le(degree(eta), n), not_all]),
        "square",
        using=[use(0), use("odd below", k=eta(i), times=elsewhere, under=[total(i, 1)]), use("none even")],
        squares=[square(1 - odd(eta(ell)))],
        because="n odd numbers that add up to n are ones",
    )
    powers = ((i,), alpha(i))
    bounds = [use("at least one", eta=powers), use("at most one", eta=powers)]
    one = use("squeeze", lo=1, hi=alpha(ell), times=1 - alpha(ell), given=bounds)
    proof.contradiction(
        "some even",
        claim((n, alpha, ell), eq(all_odd, 0), exact_claim.given),
        absurd={"using": [one], "squares": [square(alpha(ell) - 1)]},
        because="one of them is even",
    )
    proof.conclude("c'", "sum", using=["c", "some even"], because="one exponent is even")


def _derive_counting(proof: Proof) -> None:
    o = function("o", i)
    proof.contradiction(
        "squeeze",
        claim((lo, hi), eq(lo, hi), [le(lo, hi), le(hi, lo)]),
        absurd={"using": [use(1, times=hi - lo)], "squares": [square(hi - lo)]},
        printed=False,
    )
    proof.induction(
        "odd below",
        claim((k,), le(odd(k), k)),
        k,
        base={"rule": "square"},
        step={"rule": "square", "squares": [square(1, times=k), square(odd(k))]},
    )
    before = ((i,), o(i))
    # The assumption at n speaks of a function of its own.
    known = Use(1, times=o(n), given=(use(0),), where={"o'": before})
    proof.induction(
        "all or one missing",
        claim(
            (n, o),
            eq(product(i, o(i)) * total(i, 1 - o(i)), 0),
            [Statement((ell,), (), eq(o(ell) ** 2, o(ell)))],
        ),
        n,
        base={},
        step={"using": [known, use(0, l=n, times=-product(i, o(i)))]},
        because="a factor is zero, or no summand is there",
    )
