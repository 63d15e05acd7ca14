"""Equal points, indices and naturals stand for each other beside the bracket that says so, and only there."""

from __future__ import annotations

from typing import Any

import pytest

from lemmata.coq import export, vanishing
from lemmata.kernel.documents import replay
from tests.lemmata.coq import certificates as small
from tests.lemmata.coq.certificates import step, use
from tests.lemmata.coq.conftest import unjudged

POINTS = "n: nat, m: nat, f: fn(point) -> real, s: fn(index(n)) -> point, t: fn(index(m)) -> point, p: point, q: point"
STEPS = [
    step("points", "sum", f"for all {POINTS}. [p = q]*f(p)^2 = [q = p]*f(p)*f(q)"),
    step("both brackets", "sum", f"for all {POINTS}. [p = q]*[q = p] = [p = q]"),
    step(
        "three points",
        "sum",
        f"for all {POINTS}, r: point. [p = q]*[q = r]*f(p) = [p = q]*[p = r]*f(r)",
    ),
    step(
        "assumed", "sum", f"for all {POINTS}. if p = q then f(p) = f(q)", using=[use(0, times="f(q) - f(p)")]
    ),
    step(
        "under a sum",
        "sum",
        f"for all {POINTS}. sum(i: index(n), [s(i) = q]*f(s(i))) = f(q)*sum(i: index(n), [s(i) = q])",
    ),
    step(
        "under two sums",
        "sum",
        f"for all {POINTS}. sum(i: index(n), sum(j: index(m), [s(i) = t(j)]*f(s(i)))) = "
        "sum(j: index(m), sum(i: index(n), [t(j) = s(i)]*f(t(j))))",
    ),
    step(
        "inside of sums and brackets",
        "sum",
        f"for all {POINTS}, g: fn(index(n), point) -> real, next: fn(point) -> point. "
        "[p = q]*[sum(i: index(n), g(i, next(p))) < 1]*f(next(p)) = "
        "[p = q]*[sum(i: index(n), g(i, next(q))) < 1]*f(next(q))",
    ),
    step(
        "inside of a product",
        "sum",
        f"for all {POINTS}, g: fn(index(n), point) -> real. "
        "[p = q]*prod(i: index(n), g(i, p) + 1) = [p = q]*prod(i: index(n), g(i, q) + 1)",
    ),
    step(
        "indices",
        "sum",
        "for all n: nat, f: fn(index(n)) -> real, i: index(n), j: index(n). [i = j]*f(i)^2 = [i = j]*f(i)*f(j)",
    ),
    step(
        "naturals",
        "sum",
        "for all f: fn(nat) -> real, k: nat, l: nat. [k = l]*f(k)*k = [l = k]*f(l)*l",
    ),
    step(
        "an index moved on",
        "sum",
        "for all n: nat, a: fn(nat) -> real, l: index(n). "
        "sum(j: index(n), [l + 2 = j + 2]*a(j)) + sum(j: index(n), [1 + j = l + 1]*a(j)) = a(l) + a(l)",
    ),
]
BY_ID = {s["id"]: s for s in STEPS}
# What stands beside no bracket, or beside that of other points.
CHANGES = {
    "points": f"for all {POINTS}. [p = q]*f(p)^2 = [q = p]*f(p)",
    "three points": f"for all {POINTS}, r: point. [p = q]*[q = r]*f(p) = [p = q]*f(r)",
    "under a sum": f"for all {POINTS}. sum(i: index(n), [s(i) = q]*f(s(i))) = f(q)*sum(i: index(n), [s(i) = p])",
    "indices": "for all n: nat, f: fn(index(n)) -> real, i: index(n), j: index(n). [i = j]*f(i)^2 = f(i)*f(j)",
    "an index moved on": "for all n: nat, a: fn(nat) -> real, l: index(n). "
    "sum(j: index(n), [l + 2 = j + 2]*a(j)) + sum(j: index(n), [1 + j = l + 2]*a(j)) = a(l) + a(l)",
}


def test_equals_stand_for_each_other(compile_small: Any) -> None:
    document = small.document(STEPS)
    replay(document)
    exported = export(document)
    assert exported.hypotheses == {}
    assert exported.text.count("refine (where_equal ") >= len(STEPS)
    done = compile_small(exported.text)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_not_equal_does_not_compile(
    name: str, compile_small: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vanishing, "vanishes", lambda poly: True)
    done = compile_small(unjudged({**BY_ID[name], "claim": CHANGES[name]}, BY_ID))
    assert done.returncode != 0
    assert "not a valid field equation" in done.stderr, done.stderr
