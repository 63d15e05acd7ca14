"""The gate's Taylor polynomial of any even order, with a sharp bound of what is left: no integrals, one rule.

With G(z) = f(b + z) + f(b - z), whose odd derivatives vanish at 0, and R what its Taylor polynomial below the order
2j leaves, 2M z^2j/(2j)! +- R does not fall on [0, r]: its derivative of order 2j is 2M +- G^(2j) >= 0, and every
derivative below is 0 at 0.
"""

from __future__ import annotations

from math import factorial

import sympy as sp

from lemmata.proof import C, Proof, claim, function, le, lt, ne, real, use
from theorems.expressivity._multiplication_gate import (
    M,
    a,
    b,
    e,
    even,
    gate,
    nth,
    r,
    reach,
    remainder,
    s,
    t,
    term,
    u,
    v,
    w,
    within,
    x,
    y,
    z,
)

p, q, c, X, Y = (real(name) for name in ("p", "q", "c", "X", "Y"))


class Bound:
    """The claims and steps for one order and a function that is that often differentiable."""

    def __init__(self, name: str, order: int) -> None:
        self.name, self.order = name, order
        self.f = function(name, C(order, z))
        size = claim((w, e), le(e * nth(self.f, order, w), M), [le(b - r, w), le(w, b + r)])
        self.size = size
        self.given = [size, lt(0, t), ne(nth(self.f, 2, b), 0)]
        polynomial = sum(term(self.f, k, u, v) for k in range(2, order, 2))
        self.then = le((gate(self.f, u, v) - polynomial) ** 2, remainder(self.f, order, u, v) ** 2)
        self.claim = self.stated([*self.given, *reach])

    def stated(self, given):
        """The bound under some hypotheses."""
        return claim((self.f, b, t, u, v, M, r), self.then, given)

    def left(self, at):
        """R: what the Taylor polynomial leaves of G."""
        return even(self.f, at) - sum(2 * self._taylor(k, at) for k in range(0, self.order, 2))

    def _taylor(self, k, at):
        return nth(self.f, k, b) * at**k / factorial(k)

    def side(self, k, at):
        """The derivative of order k of 2M z^order/order! + s R(z)."""
        f, order = self.f, self.order
        sign = (-1) ** k
        rest = nth(f, k, b + at) + sign * nth(f, k, b - at)
        for i in range(k + k % 2, order, 2):
            rest -= 2 * nth(f, i, b) * at ** (i - k) / factorial(i - k)
        return 2 * M * at ** (order - k) / factorial(order - k) + s * rest

    def name_of(self, what):
        return f"{self.name}, {what}"

    def derive(self, proof: Proof, label: str) -> None:
        """Down the derivatives, then to two points, and at last to u and v of either sign."""
        self._derivatives(proof)
        self._two_points(proof)
        self._signs(proof, label)

    def _derivatives(self, proof: Proof) -> None:
        symbols, inside = (self.f, b, M, r, s, z), [self.size, le(0, z), le(z, r)]
        upper = use(0, w=b + z, e=-s, given=[use("reach")])
        lower = use(0, w=b - z, e=-s, given=[use("reach")])
        proof.step(
            self.name_of(f"order {self.order}"),
            claim(symbols, le(0, self.side(self.order, z)), inside),
            "square",
            using=[upper, lower],
            because="M bounds the highest derivative",
        )
        below = use("transitive", p=a, q=z, c=r)
        for k in range(self.order - 1, 0, -1):
            rises = self.name_of(f"order {k} rises")
            proof.monotone(
                rises,
                claim(symbols, le(self.side(k, sp.Integer(0)), self.side(k, z)), inside),
                a,
                self.side(k, a),
                (0, z),
                slope={
                    "rule": "square",
                    "using": [use(self.name_of(f"order {k + 1}"), z=a, given=[below])],
                },
                printed=False,
            )
            proof.step(
                self.name_of(f"order {k}"),
                claim(symbols, le(0, self.side(k, z)), inside),
                "square",
                using=[rises],
                because="it is 0 at 0 and rises",
                printed=k == 1,
            )

    def _two_points(self, proof: Proof) -> None:
        inside = [self.size, le(0, y), le(y, x), le(x, r)]
        low = use("transitive", p=0, q=y, c=z)
        high = use("transitive", p=z, q=x, c=r)
        rises = self.name_of("two points")
        proof.monotone(
            rises,
            claim((self.f, b, M, r, s, x, y), le(self.side(0, y), self.side(0, x)), inside),
            z,
            self.side(0, z),
            (y, x),
            slope={"rule": "square", "using": [use(self.name_of("order 1"), given=[low, high])]},
            because="so it rises from y to x",
        )
        main = 2 * M * (x**self.order - y**self.order) / factorial(self.order)
        rest = self.left(x) - self.left(y)
        proof.step(
            self.name_of("between"),
            claim((self.f, b, M, r, x, y), le(rest**2, main**2), inside),
            "square",
            using=[use("product", X=main + rest, Y=main - rest, given=[use(rises, s=1), use(rises, s=-1)])],
            because="both signs of s",
        )

    def _signs(self, proof: Proof, label: str) -> None:
        """First 0 <= v <= u; then whichever is larger; then either sign of u, and of v."""
        nonnegative, either = [le(0, u), le(0, v), within(u, v)], [within(u, v), within(-u, v)]
        x_y = {"x": t * (u + v), "y": t * (u - v)}
        between = use(
            self.name_of("between"),
            times=1 / (16 * nth(self.f, 2, b) ** 2 * t**4),
            given=[use("product", X=t, Y=u - v)],
            **x_y,
        )

        def step(what, given, *using, printed=False, because=""):
            proof.step(
                self.name_of(what),
                self.stated([*self.given, *given]),
                "square",
                using=list(using),
                printed=printed,
                because=because,
            )

        def named(what, guarded=None, **values):
            return use(self.name_of(what), guard=[] if guarded is None else [guarded], **values)

        step(
            "v below u",
            [le(0, v), le(v, u), within(u, v)],
            between,
            printed=True,
            because="x = t(u+v), y = t(u-v)",
        )
        step("v less than u", [le(0, v), lt(v, u), within(u, v)], named("v below u"))
        swapped = named("v less than u", 4, u=v, v=u)
        step("both nonnegative", nonnegative, named("v below u", 4), swapped)
        step("u positive", [lt(0, u), le(0, v), within(u, v)], named("both nonnegative"))
        step("any u", [le(0, v), *either], named("both nonnegative", 3), named("u positive", 3, u=-u))
        step("v positive", [lt(0, v), *either], named("any u"))
        proof.conclude(
            label,
            "square",
            using=[named("any u", 3), named("v positive", 3, v=-v)],
            because="the gate is even in b + z, and odd in u and in v",
        )


def derive_tools(proof: Proof) -> None:
    """Three facts about numbers."""
    proof.step(
        "transitive",
        claim((p, q, c), le(p, c), [le(p, q), le(q, c)]),
        "square",
        using=[use(0), use(1)],
        printed=False,
    )
    proof.step(
        "reach",
        claim((b, r, z), le(b - r, b + z), [le(0, z), le(z, r)]),
        "square",
        using=[use(0, times=2), use(1)],
        printed=False,
    )
    proof.step(
        "product",
        claim((X, Y), le(0, X * Y), [le(0, X), le(0, Y)]),
        "square",
        using=[use(0, times=Y)],
        printed=False,
    )
