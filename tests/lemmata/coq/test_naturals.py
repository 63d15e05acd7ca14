"""Naturals that are sums: at the end of a range, in a bracket, and in what a premise assumes for all values."""

from __future__ import annotations

from typing import Any

import pytest

from lemmata.coq import export, vanishing
from lemmata.kernel.documents import replay
from tests.lemmata.coq import certificates as small
from tests.lemmata.coq.certificates import step, use
from tests.lemmata.coq.conftest import unjudged

# The largest value of x stands at c: a hypothesis about all o that speaks of a single index.
LARGEST = "(for all o: index(n). x(o) <= x(c))"
STEPS = [
    step("last values", "sum", "for all n: nat. sum(i: index(n + 2), i) = sum(i: index(n), i) + 2*n + 1"),
    step("numerals", "sum", "sum(i: index(4), i^2) + prod(i: index(3), i + 1) = 20"),
    step(
        "a built component",
        "sum",
        "for all n: nat, f: fn(nat) -> bit. bits(i: index(n + 2), f(i + 1))[n + 1] = f(n + 2)",
    ),
    step(
        "decided in an argument",
        "sum",
        "for all n: nat, psi: fn(real) -> real. "
        "sum(i: index(n + 2), psi([i = n + 1] + n)) = sum(i: index(n), psi([i = n + 1] + n)) + psi(n) + psi(n + 1)",
    ),
    step(
        "decided on one side",
        "square",
        "for all n: nat, x: fn(index(n + 1)) -> real. if (for all i: index(n + 1). [n < n] <= x(i)) then "
        "0 <= sum(i: index(n + 1), x(i))",
        using=[use(0, {"i": "i"}, under=["sum(i: index(n + 1))"])],
    ),
    step(
        "below the largest",
        "square",
        f"for all n: nat, x: fn(index(n)) -> real, c: index(n). if {LARGEST} then "
        "sum(o: index(n), x(o)) <= n*x(c)",
        using=[use(0, under=["sum(o: index(n))"])],
    ),
    step(
        "a bit is small",
        "cases",
        "for all b: bit. b <= 1",
        variable="b",
        values={"0": {"squares": [{"of": "1"}]}, "1": {}},
    ),
    step(
        "the last is the largest",
        "square",
        "for all n: nat. sum(o: index(n + 2), [o = n + 1]) <= n + 2",
        "below the largest",
        "a bit is small",
        using=[
            use(
                "below the largest",
                {"n": "n + 2", "x": {"of": ["o: index(n + 2)"], "is": "[o = n + 1]"}, "c": "n + 1"},
                given=[use("a bit is small", {"b": "[o = n + 1]"})],
            )
        ],
    ),
    step(
        "growing, then",
        "square",
        "for all n: nat, x: fn(nat) -> real. if (for all k: nat. if n <= k then n <= x(k)) then n <= x(n + 1)",
        using=[use(0, {"k": "n + 1"})],
    ),
    step(
        "growing",
        "square",
        "for all m: nat, x: fn(nat) -> real. if (for all k: nat. if 2*m + 1 <= k then 2*m + 1 <= x(k)) then "
        "2*m + 1 <= x(2*m + 2)",
        "growing, then",
        using=[use("growing, then", {"n": "2*m + 1"}, given=[use(0)])],
    ),
    step(
        "a given function moved on",
        "sum",
        "for all n: nat. if (for all a: fn(index(n + 1)) -> real. if a(n) = a(0) then "
        "sum(j: index(n), a(j + 1)) = sum(j: index(n), a(j))) then "
        "sum(j: index(n), (j + 1)*(j + 1 - n)) = sum(j: index(n), j*(j - n))",
        using=[use(0, {"a": {"of": ["i: index(n + 1)"], "is": "i*(i - n)"}})],
    ),
]
BY_ID = {s["id"]: s for s in STEPS}
# A last value, a component or a bound changed.
CHANGES = {
    "last values": "for all n: nat. sum(i: index(n + 2), i) = sum(i: index(n), i) + 2*n + 2",
    "a built component": "for all n: nat, f: fn(nat) -> bit. bits(i: index(n + 2), f(i + 1))[n + 1] = f(n + 1)",
    "decided in an argument": "for all n: nat, psi: fn(real) -> real. "
    "sum(i: index(n + 2), psi([i = n] + n)) = sum(i: index(n), psi([i = n] + n)) + psi(n) + psi(n)",
    "decided on one side": "for all n: nat, x: fn(index(n + 1)) -> real. "
    "if (for all i: index(n + 1). [n < n + 1] <= x(i)) then 2*n + 1 <= sum(i: index(n + 1), x(i))",
    "growing": "for all m: nat, x: fn(nat) -> real. "
    "if (for all k: nat. if 2*m + 2 <= k then 2*m + 1 <= x(k)) then 2*m + 1 <= x(2*m + 2)",
    "a given function moved on": "for all n: nat. if (for all a: fn(index(n + 1)) -> real. if a(n) = a(0) then "
    "sum(j: index(n), a(j + 1)) = sum(j: index(n), a(j))) then "
    "sum(j: index(n), (j + 2)*(j + 1 - n)) = sum(j: index(n), j*(j - n))",
}


def test_sums_of_naturals_are_what_they_are_in_the_real_numbers(compile_small: Any) -> None:
    document = small.document(STEPS)
    replay(document)
    exported = export(document)
    assert exported.hypotheses == {}
    done = compile_small(exported.text)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_false_of_a_natural_does_not_compile(
    name: str, compile_small: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vanishing, "vanishes", lambda poly: True)
    done = compile_small(unjudged({**BY_ID[name], "claim": CHANGES[name]}, BY_ID))
    assert done.returncode != 0
    assert any(w in done.stderr for w in ("not a valid field equation", "No applicable tactic")), done.stderr
