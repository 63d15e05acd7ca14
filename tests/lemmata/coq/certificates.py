"""Small certificates, one step or two for each shape that a template is for."""

from __future__ import annotations

from typing import Any

REAL = "fn(index(n)) -> real"


def step(name: str, rule: str, claim: str, *premises: str, **certificate: Any) -> dict[str, Any]:
    return {
        "id": name,
        "rule": rule,
        "claim": claim,
        "premises": list(premises),
        "certificate": certificate,
    }


def use(source: str | int, at: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    return {"from": source, **({"with": at} if at else {}), **more}


EQUATIONS = [
    step("binomial", "identity", "for all a: real, b: real. (a + b)^2 = a^2 + 2*a*b + b^2"),
    step(
        "own hypothesis",
        "identity",
        "for all a: real, b: real. if a = b then a^2 = b^2",
        using=[use(0, times="a + b")],
    ),
    step("cancel", "identity", "for all a: real. if a != 0 then a/a = 1"),
    step(
        "cancel a sum",
        "identity",
        "for all a: real, b: real. if 0 < 1 + a then b/(1 + a) + (a*b)/(1 + a) = b",
    ),
    step(
        "exchange",
        "sum",
        "for all n: nat, m: nat, a: fn(index(n), index(m)) -> real. "
        "sum(i: index(n), sum(j: index(m), a(i, j))) = sum(j: index(m), sum(i: index(n), a(i, j)))",
    ),
    step("count", "sum", "for all n: nat, c: real. sum(i: index(n), c) = n*c"),
    step(
        "last term",
        "sum",
        "for all n: nat, a: fn(nat) -> real. sum(i: index(n + 1), a(i)) = sum(i: index(n), a(i)) + a(n)",
    ),
    step("three terms", "sum", "for all a: fn(nat) -> real. sum(i: index(3), a(i)) = a(0) + a(1) + a(2)"),
    step(
        "Kronecker",
        "sum",
        f"for all n: nat, a: {REAL}. sum(i: index(n), sum(j: index(n), [i = j]*a(i)*a(j))) = "
        "sum(i: index(n), a(i)^2)",
    ),
    step(
        "Kronecker turned",
        "sum",
        f"for all n: nat, a: {REAL}. sum(i: index(n), sum(j: index(n), [j = i]*a(j))) = "
        "sum(i: index(n), a(i))",
    ),
    step("square of a sign", "sum", "for all s: sign. s^3 = s"),
    step("fair sign", "sum", "mean(s: sign, s) = 0"),
    step("both bits", "sum", "sum(b: bit, 2*b + 1) = 4"),
    step("power of a bit", "sum", "for all b: bit, t: real. t^b = 1 + b*(t - 1)"),
    step("next power", "sum", "for all n: nat. 2^(n + 1) = 2*2^n"),
    step("powers of four", "sum", "for all n: nat. 4^(-n) = (2^(-n))^2"),
    step("powers of six", "sum", "for all n: nat. 6^n = 2^n*3^n"),
    step(
        "product scaled",
        "sum",
        f"for all n: nat, a: {REAL}. prod(i: index(n), 2*a(i)) = 2^n*prod(i: index(n), a(i))",
    ),
    step(
        "product split",
        "sum",
        f"for all n: nat, a: {REAL}, b: {REAL}. prod(i: index(n), a(i)*b(i)^2) = "
        "prod(i: index(n), a(i))*prod(i: index(n), b(i))^2",
    ),
    step(
        "last factor",
        "sum",
        "for all n: nat, a: fn(nat) -> real. prod(i: index(n + 1), a(i)) = prod(i: index(n), a(i))*a(n)",
    ),
    step("equal bits", "sum", "for all a: bit, b: bit. [a = b] = 1 - a - b + 2*a*b"),
    step("equal signs", "sum", "for all a: sign, b: sign. [a = b] = (1 + a*b)/2"),
    step("order", "sum", "for all a: real, b: real. [a <= b] + [b < a] = 1"),
    step("unequal", "sum", "for all a: real, b: real. [a != b] = 1 - [b = a]"),
    step(
        "Leibniz",
        "sum",
        "for all f: fn(C1 real) -> real, w: real. diff(t: real, t^2*f(t) - 3*t, w) = "
        "2*w*f(w) + w^2*diff(t: real, f(t), w) - 3",
    ),
    step(
        "chain",
        "sum",
        "for all f: fn(C1 real) -> real, w: real, c: real. diff(t: real, f(c*t + 1)^3, w) = "
        "3*c*f(1 + c*w)^2*diff(t: real, f(t), 1 + c*w)",
    ),
    step(
        "second derivative",
        "sum",
        "for all f: fn(C2 real) -> real, w: real. diff(s: real, s*diff(t: real, f(t), 2*s), w) = "
        "diff(t: real, f(t), 2*w) + 2*w*diff(s: real, diff(t: real, f(t), s), 2*w)",
    ),
    step("power of a product", "sum", "for all n: nat, a: real. (12*a^2)^n = 4^n*3^n*(a^n)^2"),
    step(
        "a high power", "identity", "for all a: real, b: real. (a^3)^20*(b/3)^3 + 2^40 = (a^60*b^3)/27 + 4^20"
    ),
    step(
        "contract bits",
        "cube",
        "for all n: nat, a: bits(n), u: fn(bits(n)) -> real. sum(b: bits(n), [b = a]*u(b)) = u(a)",
    ),
    step(
        "contract at the opposite",
        "cube",
        "for all n: nat, u: fn(signs(n)) -> real, x: signs(n). "
        "sum(y: signs(n), u(y)*prod(i: index(n), 1 - x[i]*y[i])) = 2^n*u(signs(i: index(n), -x[i]))",
    ),
]
INEQUALITIES = [
    step("two squares", "square", "for all a: real, b: real. 2*a*b <= a^2 + b^2", squares=[{"of": "a - b"}]),
    step(
        "strict",
        "square",
        "for all a: real. if 0 < a then 0 < a + a^2",
        using=[use(0)],
        squares=[{"of": "a"}],
    ),
    step(
        "positive square",
        "square",
        "for all a: real. if a != 0 then 0 < 3*a^2",
        squares=[{"of": "a", "times": "3"}],
    ),
    step(
        "ordered",
        "square",
        "for all a: real, b: real. [a <= b]*a <= [a <= b]*b",
        ordered=[{"that": "a <= b"}],
    ),
    step(
        "under a sum",
        "square",
        f"for all n: nat, a: {REAL}, b: {REAL}. 2*sum(i: index(n), a(i)*b(i)) <= "
        "sum(i: index(n), a(i)^2) + sum(i: index(n), b(i)^2)",
        "two squares",
        using=[use("two squares", {"a": "a(i)", "b": "b(i)"}, under=["sum(i: index(n))"])],
    ),
    step(
        "quantified",
        "square",
        "for all f: fn(real) -> real, a: real. if (for all t: real. f(t)^2 <= 1) then f(a)^2 + f(-a)^2 <= 2",
        using=[use(0, {"t": "a"}), use(0, {"t": "-a"})],
    ),
    step("small", "square", "for all c: real. if c^2 <= 1 then 3*c^2 <= 3", using=[use(0, times="3")]),
    step(
        "given",
        "square",
        "for all f: fn(real) -> real, a: real. if (for all t: real. f(t)^2 <= 1) then 3*f(a)^2 <= 3",
        "small",
        using=[use("small", {"c": "f(a)"}, given=[use(0, {"t": "a"})])],
    ),
]
OTHERS = [
    step(
        "two values",
        "cases",
        "for all s: sign, f: fn(sign) -> real. f(s) = ((1 + s)*f(1))/2 + ((1 - s)*f(-1))/2",
        variable="s",
        values={"1": {}, "-1": {}},
    ),
    step(
        "two bits",
        "cases",
        "for all b: bit. b*(1 - b) <= 0",
        variable="b",
        values={"0": {}, "1": {}},
    ),
    step("Gauss, base", "sum", "2*sum(i: index(0), i) = 0^2 - 0"),
    step(
        "Gauss, step",
        "sum",
        "for all n: nat. if 2*sum(i: index(n), i) = n^2 - n then "
        "2*sum(i: index(n + 1), i) = (n + 1)^2 - (n + 1)",
        using=[use(0)],
    ),
    step(
        "Gauss",
        "induction",
        "for all n: nat. 2*sum(i: index(n), i) = n^2 - n",
        "Gauss, base",
        "Gauss, step",
        variable="n",
        base="Gauss, base",
        step="Gauss, step",
    ),
    step("double, at 0", "define", "double(0) = 1", symbol="double", recursion=True),
    step(
        "double, next",
        "define",
        "for all k: nat. double(k + 1) = 2*double(k)",
        "double, at 0",
        symbol="double",
        recursion=True,
    ),
    step("double, base", "sum", "double(0) = 2^0", "double, at 0", using=[use("double, at 0")]),
    step(
        "double, step",
        "sum",
        "for all n: nat. if double(n) = 2^n then double(n + 1) = 2^(n + 1)",
        "double, next",
        using=[use("double, next", {"k": "n"}), use(0, times="2")],
    ),
    step(
        "double",
        "induction",
        "for all n: nat. double(n) = 2^n",
        "double, base",
        "double, step",
        variable="n",
        base="double, base",
        step="double, step",
    ),
    step(
        "parity",
        "define",
        "for all n: nat, x: signs(n). parity(x) = prod(i: index(n), x[i])",
        symbol="parity",
    ),
    step("square of a parity", "sum", "for all n: nat, x: signs(n). parity(x)^2 = 1"),
]
DERIVATIVES = [
    step(
        "slope of the cube",
        "square",
        "for all a: real, b: real, z: real. if a <= b; a <= z; z <= b then 0 <= diff(z1: real, z1^3, z)",
        squares=[{"of": "z", "times": "3"}],
    ),
    step(
        "the cube does not fall",
        "monotone",
        "for all a: real, b: real. if a <= b then a^3 <= b^3",
        "slope of the cube",
        variable="z",
        of="z^3",
        premise="slope of the cube",
        **{"from": "a", "to": "b"},
    ),
    step(
        "equal everywhere",
        "identity",
        "for all f: fn(C1 real) -> real, w: real, t: real. f(t)^2 = f(t)*f(t)",
    ),
    step(
        "equal slopes",
        "differentiate",
        "for all f: fn(C1 real) -> real, w: real. diff(t: real, f(t)^2, w) = diff(t: real, f(t)*f(t), w)",
        "equal everywhere",
        premise="equal everywhere",
    ),
]
ROWS = "a: fn(index(n), nat) -> real, b: fn(nat, index(n)) -> real, c: fn(nat) -> real, d: fn(nat) -> real"
# A matrix with a first row and n others, triangular, with ones on its diagonal.
TRIANGULAR = [
    "(for all k: index(n), l: index(n). if k < l then sum(j: index(m), a(k, j)*b(j, l)) = 0)",
    "(for all k: index(n). sum(j: index(m), a(k, j)*b(j, k)) = 1)",
    "(for all l: index(n). sum(j: index(m), c(j)*b(j, l)) = 0)",
    "sum(j: index(m), c(j)*d(j)) = 1",
]


def about_rows(variables: str, given: str, conclusion: str) -> str:
    more = f"{ROWS}, {variables}" if variables else ROWS
    return f"for all m: nat, n: nat, {more}. if {'; '.join([*TRIANGULAR, *([given] * bool(given))])} then {conclusion}"


def nonzero(name: str, variables: str, entry: str, known: dict[str, Any]) -> list[dict[str, Any]]:
    """That a diagonal entry is not 0, from its being 1."""
    denied = about_rows(variables, f"{entry} = 0", "0 < 0")
    using = [{**known, "times": "-1"}, use(4)]
    return [
        step(f"{name}, denied", "square", denied, using=using, squares=[{"of": "1"}]),
        step(
            name,
            "contradiction",
            about_rows(variables, "", f"{entry} != 0"),
            f"{name}, denied",
            premise=f"{name}, denied",
        ),
    ]


LOGIC = [
    step(
        "squeeze, denied",
        "square",
        "for all lo: real, hi: real. if lo <= hi; hi <= lo; lo != hi then 0 < 0",
        using=[use(1, times="hi - lo")],
        squares=[{"of": "hi - lo"}],
    ),
    step(
        "squeeze",
        "contradiction",
        "for all lo: real, hi: real. if lo <= hi; hi <= lo then lo = hi",
        "squeeze, denied",
        premise="squeeze, denied",
    ),
    step(
        "half, denied",
        "square",
        "for all a: real. if 2*a <= 2; 1 < a then 0 < 0",
        using=[use(0), use(1, times="2")],
    ),
    step(
        "half",
        "contradiction",
        "for all a: real. if 2*a <= 2 then a <= 1",
        "half, denied",
        premise="half, denied",
    ),
    step(
        "half again, denied",
        "square",
        "for all a: real. if 0 < 2*a; a <= 0 then 0 < 0",
        using=[use(0), use(1, times="2")],
    ),
    step(
        "half again",
        "contradiction",
        "for all a: real. if 0 < 2*a then 0 < a",
        "half again, denied",
        premise="half again, denied",
    ),
    step(
        "exponents",
        "congruence",
        "for all n: nat, a: fn(nat, index(n)) -> real, p: fn(index(n)) -> nat, q: fn(index(n)) -> nat. "
        "if (for all l: index(n). 1 + p(l) = q(l)) then "
        "sum(j: index(n), prod(i: index(n), a(j, i)^(1 + p(i)))*(1 + p(j))) = "
        "sum(j: index(n), q(j)*prod(i: index(n), a(j, i)^q(i)))",
        of="sum(j: index(n), prod(i: index(n), a(j, i)^h(i))*h(j))",
        hole="h",
        over=["i: index(n)"],
        equal=use(0, {"l": "i"}),
    ),
    step(
        "under a bracket",
        "congruence",
        "for all a: real, b: real, f: fn(real) -> real. if a = b then [f(a) < 1]*f(a) = [f(b) < 1]*f(b)",
        of="[f(h) < 1]*f(h)",
        hole="h",
        over=[],
        equal=use(0),
    ),
    step(
        "at a vector",
        "congruence",
        "for all n: nat, u: fn(bits(n)) -> real. if (for all S: bits(n). u(S) = 1) then "
        "sum(S: bits(n), u(S)^2) = sum(S: bits(n), 1)",
        of="sum(S: bits(n), h(S)^2)",
        hole="h",
        over=["S: bits(n)"],
        equal=use(0),
    ),
]
OPENED = [
    step(
        "bounded",
        "square",
        f"for all n: nat, u: {REAL}. if (for all i: index(n). u(i) <= 1) then sum(i: index(n), u(i)) <= n",
        using=[use(0, under=["sum(i: index(n))"])],
    ),
    step(
        "opened",
        "square",
        f"for all n: nat, v: {REAL}. if (for all i: index(n). 2*v(i)^2 <= 2) then sum(i: index(n), v(i)^2) <= n",
        "bounded",
        "half",
        using=[
            use(
                "bounded",
                {"u": {"of": ["i: index(n)"], "is": "v(i)^2"}},
                given=[use("half", {"a": "v(i)^2"}, given=[use(0)])],
            )
        ],
    ),
    step(
        "between", "square", "for all a: real, b: real. if 0 <= a; a <= b then 0 <= b", using=[use(0), use(1)]
    ),
    step(
        "two guards",
        "square",
        "for all a: real, b: real. 0 <= [0 <= a]*[a <= b]*b",
        "between",
        using=[use("between", guard=[0, 1])],
    ),
    step(
        "guarded by an inequation",
        "square",
        "for all a: real. 0 <= [a != 0]*3*a^2",
        "positive square",
        using=[use("positive square", guard=[0])],
    ),
    step(
        "an equation with two guards",
        "identity",
        "for all a: real, b: real. [a <= b]*[b <= a]*a = [a <= b]*[b <= a]*b",
        "squeeze",
        using=[use("squeeze", {"lo": "a", "hi": "b"}, guard=[0, 1])],
    ),
]
NATURALS = [
    step(
        "arguments written otherwise",
        "sum",
        "for all f: fn(nat, nat) -> real, g: fn(real) -> real, n: nat, k: nat. "
        "f(n + 0 + 1, k*2 + n) + g(n + 0 + 1) = f(1 + n, n + 2*k) + g(1 + n)",
    ),
    step(
        "two last terms",
        "sum",
        "for all n: nat, a: fn(nat) -> real. "
        "sum(i: index(0 + n + 2), a(i)) = sum(i: index(n), a(i)) + a(n) + a(n + 1)",
    ),
    step(
        "two last factors",
        "sum",
        "for all n: nat, a: fn(nat) -> real. "
        "prod(i: index(1 + n + 1), a(i)) = prod(i: index(n), a(i))*a(n)*a(n + 1)",
    ),
    step("compared numerals", "sum", "[0 < 0] + [1 <= 2] + [3 = 2] + [4 <= 2] = 1"),
    step(
        "compared with itself", "sum", "for all n: nat, i: index(n). [i = i] + [n < n + 1] + [n + 1 = n] = 2"
    ),
    step(
        "a free index",
        "sum",
        f"for all n: nat, a: {REAL}, l: index(n). sum(i: index(n), [i = l]*a(i)) = a(l)",
    ),
    step(
        "brackets turned",
        "sum",
        "for all n: nat, S: bits(n), T: bits(n). "
        "sum(U: bits(n), [S = U]*[U = T]) = [S = S]*sum(U: bits(n), [U = S]*[T = U])",
    ),
    step("two ranges", "sum", "for all n: nat, m: nat, c: real. sum(i: index(n + m), c) = m*c + n*c"),
    step(
        "up to",
        "identity",
        "for all k: nat, s: fn(nat) -> real. if (for all j: nat. if j <= k then s(j) = k) then s(k) = k",
        using=[use(0, {"j": "k"})],
    ),
    step(
        "at a sum of naturals",
        "sum",
        "for all n: nat, r: fn(index(n)) -> nat, s: fn(nat) -> real. "
        "if (for all j: nat. if j <= 2^n + sum(i: index(n), 3*r(i)) then s(j) = 2^n + sum(i: index(n), 3*r(i))) "
        "then s(2^n + sum(i: index(n), 3*r(i))) = 3*sum(i: index(n), r(i)) + 2^n",
        using=[use(0, {"j": "2^n + sum(i: index(n), 3*r(i))"})],
    ),
    step(
        "square of the degree",
        "sum",
        "for all n: nat, r: fn(index(n)) -> nat. if sum(i: index(n), r(i)) = n then sum(i: index(n), r(i))^2 = n^2",
        using=[use(0, times="n + sum(i: index(n), r(i))")],
    ),
    step(
        "at a function of naturals",
        "sum",
        "for all n: nat, b: bits(n), p: fn(index(n)) -> nat. if sum(i: index(n), 2*p(i) + b[i]) = n then "
        "sum(i: index(n), 2*p(i) + b[i])^2 = n^2",
        "square of the degree",
        using=[use("square of the degree", {"r": {"of": ["i: index(n)"], "is": "2*p(i) + b[i]"}})],
    ),
]
RANK = [
    step(
        "rows, zero",
        "sum",
        about_rows("s: index(n), t: index(n)", "s < t", "sum(j: index(m), a(s, j)*b(j, t)) = 0"),
        using=[use(0, {"k": "s", "l": "t"})],
    ),
    *nonzero("rows, diagonal", "s: index(n)", "sum(j: index(m), a(s, j)*b(j, s))", use(1, {"k": "s"})),
    *nonzero("row, diagonal", "", "sum(j: index(m), c(j)*d(j))", use(3)),
    step(
        "row above rows",
        "sum",
        about_rows("t: index(n)", "", "sum(j: index(m), c(j)*b(j, t)) = 0"),
        using=[use(2, {"l": "t"})],
    ),
    step(
        "rank",
        "rank",
        about_rows("", "", "n + 1 <= m"),
        "row above rows",
        "row, diagonal",
        "rows, diagonal",
        "rows, zero",
        inner="j",
        through="m",
        blocks=[
            {"kind": "one", "rows": "c(j)", "columns": "d(j)"},
            {
                "kind": "range",
                "rows": "a(s, j)",
                "columns": "b(j, t)",
                "row": "s",
                "column": "t",
                "size": "n",
            },
        ],
        premises={
            "diagonal 0": "row, diagonal",
            "above 0 1": "row above rows",
            "zero 1": "rows, zero",
            "diagonal 1": "rows, diagonal",
        },
    ),
]
STEPS = [*EQUATIONS, *INEQUALITIES, *OTHERS, *LOGIC, *OPENED, *NATURALS, *RANK]


def document(steps: list[dict[str, Any]]) -> dict[str, Any]:
    """A certificate in which every step is a part."""
    parts = [{"label": s["id"], "step": s["id"], "claim": s["claim"]} for s in steps]
    return {"format": "lemmata-certificate", "version": 1, "id": "small", "steps": steps, "parts": parts}
