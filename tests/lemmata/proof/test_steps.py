"""The steps of a derivation: what a variant's run takes over from the theorem's own, and what it never does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from lemmata.kernel.judge import Judge
from lemmata.proof import Part, Proof, Statement, Theorem, claim, define, derive, eq, real

x, y = real("x"), real("y")
square = define("s", (x,), x**2)
CLAIM = claim((x, y), eq(square(x + y), x**2 + 2 * x * y + y**2))
FALSE = claim((x, y), eq(square(x + y), x**2 + y**2))
THEOREM = Theorem("", (Part("a", "Expanded.", CLAIM),), (square,))


def script(p: Proof) -> None:
    p.step("first", claim((x,), eq(x - x, 0)), "identity")
    p.step("second", claim((x, y), eq((x + y) ** 2, x**2 + 2 * x * y + y**2)), "identity")
    p.conclude("a", "sum", unfold=["s"])


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the records that a judge was asked about."""
    asked: list[str] = []
    accept = Judge.accept

    def counted(judge: Judge, record: Mapping[str, Any]) -> Any:
        asked.append(record["id"])
        return accept(judge, record)

    monkeypatch.setattr(Judge, "accept", counted)
    return asked


def known() -> Proof:
    outcome = derive(THEOREM, script)
    assert not outcome.failed
    return outcome.proof


def test_a_variant_is_judged_from_its_own_first_step_on(judged: list[str]) -> None:
    own = known()
    judged.clear()
    outcome = derive(THEOREM, script, "", {"a": FALSE}, own)
    assert judged == ["s", "a"]
    assert outcome.failed == "a"
    assert outcome.reason == derive(THEOREM, script, "", {"a": FALSE}).reason


def test_what_is_taken_over_makes_the_same_certificate() -> None:
    own = known()
    again = derive(THEOREM, script, "", None, own)
    assert again.proof.certificate() == own.certificate()
    assert again.proof.judge.steps == own.judge.steps


@pytest.mark.parametrize(
    "changed",
    [claim((x,), eq(x - x, 1)), claim((x,), eq(x, y)), claim((x, y), eq(x, y))],
    ids=["another number", "a stranger", "another claim"],
)
def test_a_record_that_differs_is_judged_whatever_its_name(changed: Statement) -> None:
    def other(p: Proof) -> None:
        p.step("first", changed, "identity")

    assert derive(THEOREM, other, "", None, known()).failed == "first"


def test_nothing_is_taken_over_after_the_first_record_that_differs(judged: list[str]) -> None:
    """The record "second" is the same word for word, and stands on other ground."""
    own = known()
    judged.clear()

    def other(p: Proof) -> None:
        p.step("first", claim((x,), eq(2 * x - x, x)), "identity")
        p.step("second", claim((x, y), eq((x + y) ** 2, x**2 + 2 * x * y + y**2)), "identity")
        p.conclude("a", "sum", unfold=["s"])

    assert not derive(THEOREM, other, "", None, own).failed
    assert judged == ["s", "first", "second", "a"]


def test_another_order_is_judged(judged: list[str]) -> None:
    own = known()
    judged.clear()

    def other(p: Proof) -> None:
        p.step("second", claim((x, y), eq((x + y) ** 2, x**2 + 2 * x * y + y**2)), "identity")

    assert not derive(THEOREM, other, "", None, own).failed
    assert judged == ["s", "second"]
