"""False lemmas that SymPy waves through: what it rewrites without asking where it holds, the kernel refuses.

Each thunk computes the lemma's two sides by SymPy and says whether SymPy calls them equal; each lemma is false at a
point that the attack's comment names.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sympy as sp

from tests.attacks.attack import Attack, one

N, K, I, J = sp.symbols("n k i j", integer=True, nonnegative=True)  # noqa: E741
M, P = sp.symbols("m p", integer=True, positive=True)
X, Y = sp.symbols("x y", real=True)
F = sp.Function("f")
DIVISION = "not known to differ from zero"
BUGS: list[tuple[Callable[[], bool], Attack]] = [
    (
        lambda: X / X == 1,  # x = 0
        Attack(
            "x/x is built as 1",
            DIVISION,
            one("identity", "for all x: real. x/x = 1"),
            one("identity", "for all x: real. if x != 0 then x/x = 1"),
        ),
    ),
    (
        lambda: 0 / X == 0,  # x = 0
        Attack(
            "0/x is built as 0",
            DIVISION,
            one("identity", "for all x: real. 0/x = 0"),
            one("identity", "for all x: real. if x != 0 then 0/x = 0"),
        ),
    ),
    (
        lambda: X**N * X ** (-N) == 1,  # x = 0, n = 1
        Attack(
            "x^n x^(-n) is built as 1",
            DIVISION,
            one("identity", "for all n: nat, x: real. x^n*x^(-n) = 1"),
            one("identity", "for all n: nat, x: real. if x != 0 then x^n*x^(-n) = 1"),
        ),
    ),
    (
        lambda: sp.Sum(I / I, (I, 0, N)).doit() == N + 1,  # the term at i = 0
        Attack(
            "a sum of i/i over a range with zero",
            DIVISION,
            one("sum", "for all n: nat. sum(i: index(n + 1), i/i) = n + 1"),
            one("sum", "for all n: nat. sum(i: index(n + 1), 2^i/2^i) = n + 1"),
        ),
    ),
    (
        lambda: sp.simplify(sp.Sum(X, (I, 0, N - 1)).doit() / N - X) == 0,  # n = 0
        Attack(
            "an average over an empty range",
            DIVISION,
            one("sum", "for all n: nat, x: real. sum(i: index(n), x)/n = x"),
            one("sum", "for all n: nat, x: real. if n != 0 then sum(i: index(n), x)/n = x"),
        ),
    ),
    (
        lambda: sp.Sum(J + N, (J, 0, 2)).subs(N, J).doit() == 6,  # 3 + 3 i is 3 at i = 0
        Attack(
            "substitution captures the index of a sum",
            "do not cancel",
            one("sum", "for all i: nat. sum(j: index(3), j + i) = 6"),
            one("sum", "for all i: nat. sum(j: index(3), j + i) = 3 + 3*i"),
        ),
    ),
    (
        # k = 1, n = 1: no j gives 2 j = 1, though 1/2 lies in the range
        lambda: sp.Sum(sp.KroneckerDelta(K, 2 * J), (J, 0, N)).doit().subs({K: 1, N: 1}) == 1,
        Attack(
            "a delta contracts at what is no integer",
            "do not cancel",
            one("sum", "for all n: nat, k: nat. sum(j: index(n + 1), [k = 2*j]) = [k <= 2*n]"),
            one("sum", "for all n: nat. sum(k: index(n), sum(j: index(n), [k = j])) = n"),
        ),
    ),
    (
        lambda: sp.Piecewise((1, X > 0), (0, True)).diff(X).subs(X, 0) == 0,  # a jump
        Attack(
            "the derivative of a jump is 0",
            "does not differentiate a bracket",
            one("identity", "diff(t: real, [0 < t], 0) = 0"),
            one("identity", "for all a: real. diff(t: real, [0 < a], 0) = 0"),
        ),
    ),
    (
        lambda: sp.Abs(X).diff(X).subs(X, 0) == 0,  # a kink
        Attack(
            "the derivative of |t| at 0 is 0",
            "does not differentiate a bracket",
            one("identity", "diff(t: real, [0 < t]*t - [t < 0]*t, 0) = 0"),
            one("identity", "diff(t: real, t^2, 0) = 0"),
        ),
    ),
    (
        # x y (x^2 - y^2)/(x^2 + y^2) at the origin
        lambda: F(X, Y).diff(X, Y) == F(X, Y).diff(Y, X),
        Attack(
            "mixed derivatives are one",
            "in several arguments together",
            one(
                "identity",
                "for all f: fn(C1 real, C1 real) -> real, a: real, b: real. "
                "diff(s: real, diff(t: real, f(s, t), b), a) = diff(t: real, diff(s: real, f(s, t), a), b)",
            ),
            one(
                "identity",
                "for all f: fn(C1 real) -> real, g: fn(C1 real) -> real, a: real, b: real. "
                "diff(s: real, diff(t: real, f(s)*g(t), b), a) = diff(t: real, diff(s: real, f(s)*g(t), a), b)",
            ),
        ),
    ),
    (
        # the terms at k = 0 and 1 are 0 and 2
        lambda: sp.Sum(sp.binomial(2, P) * P**2, (P, 0, M)).doit().subs(M, 1) == -2,
        Attack(
            "a sum of binomials in closed form",
            "do not cancel",
            one("sum", "sum(k: index(1 + 1), ([k = 0] + 2*[k = 1] + [k = 2])*k^2) = -2"),
            one("sum", "sum(k: index(1 + 1), ([k = 0] + 2*[k = 1] + [k = 2])*k^2) = 2"),
        ),
    ),
]


@pytest.mark.parametrize(("agrees", "attack"), BUGS, ids=[a.name for _, a in BUGS])
def test_what_sympy_waves_through_is_refused(agrees: Callable[[], bool], attack: Attack) -> None:
    assert agrees(), "SymPy has mended this: the attack stays, the reason to mistrust goes"
    attack.run()
