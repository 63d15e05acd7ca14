"""Parts (c) and (h): the gate of 2^n neurons at the points of {-1,1}^n, and the tree of gates of two inputs."""

from __future__ import annotations

from lemmata.proof import (
    Proof, Statement, bit, claim, eq, function, index, mean, nat, product, sign, signs, total, use,
)
from theorems.expressivity._no_flattening import al, i, k, n

x, e = signs("x", n), sign("e")


def odd(number):
    """1 for an odd number, 0 for an even one."""
    return (1 - (-1) ** number) / 2


gate_claim = claim(
    (n, al), eq(mean(x, product(i, x[i]) * product(i, x[i] ** al(i))), product(i, odd(al(i))))
)

# The last of the g + 1 gates feeds none; every other node, leaf or gate, feeds one.

leaves, g = nat("leaves"), nat("g")
node, gate = index("u", leaves + g + 1), index("v", g + 1)
below = index("u", leaves + g)
feeds = function("feeds", nat("u"), gate, to=bit("b"))
tree_claim = claim(
    (leaves, g, feeds),
    eq(4 * (g + 1), 4 * (leaves - 1)),
    [
        Statement((gate,), (), eq(total(node, feeds(node, gate)), 2)),
        Statement((below,), (), eq(total(gate, feeds(below, gate)), 1)),
        eq(total(gate, feeds(leaves + g, gate)), 0),
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
            (n, al),
            eq(
                gate_claim.then.left,
                mean(x, product(i, x[i]) * product(i, (1 + (-1) ** al(i)) / 2 + x[i] * odd(al(i)))),
            ),
        ),
        hole,
        mean(x, product(i, x[i]) * product(i, hole(x, i))),
        use("power of a sign", e=x[i], k=al(i)),
        over=[x, i],
        printed=False,
    )
    proof.conclude("c", "cube", using=["powers"], because="the signs are independent")
    proof.conclude(
        "h",
        "sum",
        using=[
            use(0, under=[total(gate, 1)], times=-4),
            use(1, under=[total(below, 1)], times=4),
            use(2, times=4),
        ],
        because="every wire has two ends",
    )
