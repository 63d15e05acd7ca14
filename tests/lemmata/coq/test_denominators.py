"""Denominators that are sums are cleared, also where they stand under a sum; Coq is shown that they are not 0."""

from __future__ import annotations

from typing import Any

import pytest

from lemmata.coq import export, vanishing
from lemmata.coq.denominators import below
from lemmata.kernel.documents import replay
from tests.lemmata.coq import certificates as small
from tests.lemmata.coq.certificates import step, use
from tests.lemmata.coq.conftest import unjudged

WEIGHTS = "n: nat, w: fn(index(n)) -> real, c: real"
TOTAL = "sum(i: index(n), w(i))"
STEPS = [
    step(
        "shares",
        "sum",
        f"for all {WEIGHTS}. if 0 < {TOTAL} then sum(i: index(n), w(i)/{TOTAL}) = 1",
    ),
    step(
        "weighted",
        "sum",
        f"for all {WEIGHTS}. if {TOTAL} != 0; c*{TOTAL} = 1 then c = 1/{TOTAL}",
        using=[use(1, times=f"1/{TOTAL}")],
    ),
    step(
        "twice below",
        "sum",
        f"for all {WEIGHTS}. if 0 < {TOTAL} then "
        f"sum(i: index(n), sum(j: index(n), ((w(i)*w(j))/{TOTAL})/{TOTAL})) + c/{TOTAL} = 1 + c/{TOTAL}",
    ),
    step(
        "a number below",
        "sum",
        f"for all {WEIGHTS}, k: nat. sum(i: index(n), w(i)/(k + 1)) = {TOTAL}/(k + 1)",
    ),
    step(
        "cancelled under a sum",
        "sum",
        f"for all {WEIGHTS}, k: nat. sum(i: index(n), (k*w(i))/(k + 1)) + {TOTAL}/(k + 1) = {TOTAL}",
    ),
    step(
        "known of a multiple",
        "sum",
        "for all n: nat, ex: fn(real) -> real, h: fn(index(n)) -> real. "
        "if sum(i: index(n), 3*ex(-h(i))) < 0 then "
        "sum(i: index(n), ex(-h(i))/sum(j: index(n), ex(-h(j)))) = 1",
    ),
    step(
        "two denominators",
        "sum",
        f"for all {WEIGHTS}, v: fn(index(n)) -> real. if 0 < {TOTAL}; 0 < sum(i: index(n), v(i)) then "
        f"sum(i: index(n), w(i)/{TOTAL}) = sum(i: index(n), v(i)/sum(j: index(n), v(j)))",
    ),
    step(
        "an argument written otherwise",
        "identity",
        "for all f: fn(real) -> real, a: real, b: real. if 0 < f(b + a) then f(a + b)/f(b + a) = 1",
    ),
]
BY_ID = {s["id"]: s for s in STEPS}
# A number or a sum changed, or what says that the denominator is not 0 left out.
CHANGES = {
    "shares": f"for all {WEIGHTS}. if 0 < {TOTAL} then sum(i: index(n), w(i)/{TOTAL}) = 2",
    "weighted": f"for all {WEIGHTS}. if 0 <= {TOTAL}; c*{TOTAL} = 1 then c = 1/{TOTAL}",
    "twice below": f"for all {WEIGHTS}. if 0 < {TOTAL} then "
    f"sum(i: index(n), sum(j: index(n), ((w(i)*w(i))/{TOTAL})/{TOTAL})) + c/{TOTAL} = 1 + c/{TOTAL}",
    "known of a multiple": "for all n: nat, ex: fn(real) -> real, h: fn(index(n)) -> real. "
    "if sum(i: index(n), 3*ex(h(i))) < 0 then "
    "sum(i: index(n), ex(-h(i))/sum(j: index(n), ex(-h(j)))) = 1",
}
# Those in which nothing says any longer that the denominator is not 0.
UNKNOWN = {"weighted", "known of a multiple"}


def test_denominators_that_are_sums_are_cleared(compile_small: Any) -> None:
    document = small.document(STEPS)
    replay(document)
    exported = export(document)
    assert exported.hypotheses == {}
    assert exported.text.count("by_clearing") > len(CHANGES)
    done = compile_small(exported.text)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_false_of_a_quotient_does_not_compile(
    name: str, compile_small: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Denominators are cleared as ever; that nothing is left then is taken for granted, and left to Coq.
    monkeypatch.setattr(vanishing, "vanishes", lambda poly: below(poly) is None)
    done = compile_small(unjudged({**BY_ID[name], "claim": CHANGES[name]}, BY_ID))
    assert done.returncode != 0
    # What Coq's field says of an equation, and what the tactic for inequations says when nothing fits.
    expected = "No matching clauses" if name in UNKNOWN else "not a valid field equation"
    assert expected in done.stderr, done.stderr
