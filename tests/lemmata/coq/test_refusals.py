"""Coq judges for itself: what is false, or is no longer used, does not compile, though the exporter writes it down."""

from __future__ import annotations

from typing import Any

import pytest

from lemmata.coq import vanishing
from tests.lemmata.coq import certificates as small
from tests.lemmata.coq.conftest import unjudged

BY_ID = {s["id"]: s for s in small.STEPS}


# A constant, an exponent or a relation changed, a premise or a square left out, a wrong case.
CHANGES: dict[str, tuple[str, dict[str, Any]]] = {
    "binomial": ("for all a: real, b: real. (a + b)^2 = a^2 + 3*a*b + b^2", {}),
    "own hypothesis": ("for all a: real, b: real. if a = b then a^2 = b^2", {"using": []}),
    "Kronecker": (
        "for all n: nat, a: fn(index(n)) -> real. sum(i: index(n), sum(j: index(n), [i = j]*a(i)*a(j))) = "
        "sum(i: index(n), a(i)^3)",
        {},
    ),
    "powers of four": ("for all n: nat. 4^(-n) = (2^(-n))^3", {}),
    "chain": (
        "for all f: fn(C1 real) -> real, w: real, c: real. diff(t: real, f(c*t + 1)^3, w) = "
        "3*f(1 + c*w)^2*diff(t: real, f(t), 1 + c*w)",
        {},
    ),
    "contract bits": (
        "for all n: nat, a: bits(n), u: fn(bits(n)) -> real. sum(b: bits(n), [b = a]*u(b)) = 2*u(a)",
        {},
    ),
    "two squares": ("for all a: real, b: real. 3*a*b <= a^2 + b^2", {}),
    "under a sum": (
        "for all n: nat, a: fn(index(n)) -> real, b: fn(index(n)) -> real. 2*sum(i: index(n), a(i)*b(i)) <= "
        "sum(i: index(n), a(i)^2) + sum(i: index(n), b(i)^2)",
        {"using": []},
    ),
    "small": ("for all c: real. if c^2 <= 1 then -3*c^2 <= -3", {"using": [{"from": 0, "times": "-3"}]}),
    "two bits": ("for all b: bit. b*(2 - b) <= 0", {}),
    "squeeze": ("for all lo: real, hi: real. if lo <= hi; hi <= lo then lo = 2*hi", {}),
    "half": ("for all a: real. if 2*a <= 2 then a <= 0", {}),
    "exponents": (
        "for all n: nat, a: fn(nat, index(n)) -> real, p: fn(index(n)) -> nat, q: fn(index(n)) -> nat. "
        "if (for all l: index(n). 2 + p(l) = q(l)) then "
        "sum(j: index(n), prod(i: index(n), a(j, i)^(1 + p(i)))*(1 + p(j))) = "
        "sum(j: index(n), q(j)*prod(i: index(n), a(j, i)^q(i)))",
        {},
    ),
    "under a bracket": (
        "for all a: real, b: real, f: fn(real) -> real. if a = b then [f(a) < 1]*f(a) = [f(b) < 2]*f(b)",
        {},
    ),
    "opened": (
        "for all n: nat, v: fn(index(n)) -> real. if (for all i: index(n). 2*v(i)^2 <= 3) then "
        "sum(i: index(n), v(i)^2) <= n",
        {},
    ),
    "two guards": (
        "for all a: real, b: real. 0 <= [a <= b]*b",
        {"using": [{"from": "between", "guard": [1]}]},
    ),
    "a free index": (
        "for all n: nat, a: fn(index(n)) -> real, l: index(n). sum(i: index(n), [i = l]*a(i)) = a(l)^2",
        {},
    ),
    "brackets turned": (
        "for all n: nat, S: bits(n), T: bits(n). "
        "sum(U: bits(n), [S = U]*[U = T]) = [S = T]*sum(U: bits(n), [U = S]*[T = U])",
        {},
    ),
    "at a function of naturals": (
        "for all n: nat, b: bits(n), p: fn(index(n)) -> nat. if sum(i: index(n), 2*p(i) + 3*b[i]) = n then "
        "sum(i: index(n), 2*p(i) + b[i])^2 = n^2",
        {},
    ),
    "rank": (small.about_rows("", "", "n + 2 <= m"), {}),
}
# What a changed claim leaves to be shown is another claim than the one that its premise proves.
MISFITS = {"squeeze", "half", "exponents", "under a bracket"}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_step_does_not_compile(
    name: str, compile_small: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim, certificate = CHANGES[name]
    record = BY_ID[name]
    changed = {**record, "claim": claim, "certificate": {**record["certificate"], **certificate}}
    # The exporter itself would say that its normal form does not vanish; here it is told not to look.
    monkeypatch.setattr(vanishing, "vanishes", lambda poly: True)
    text = unjudged(changed, BY_ID)
    assert text != unjudged(record, BY_ID)
    done = compile_small(text)
    assert done.returncode != 0
    # It is the arithmetic that fails, or a fact that does not fit, and not the form of the file.
    expected = ["not a valid field equation", "No applicable tactic"]
    expected += ["while it is expected to have type"] if name in MISFITS else []
    assert any(words in done.stderr for words in expected), done.stderr


def test_the_same_steps_unchanged_compile(compile_small: Any) -> None:
    lemmas = [
        unjudged(BY_ID[name], BY_ID).replace("Lemma x ", f"Lemma x_{k} ").replace(" S.", f" S{k}.")
        for k, name in enumerate(CHANGES)
    ]
    done = compile_small("\n".join(lemmas))
    assert done.returncode == 0, done.stderr
