"""A symbol is defined once, by a closed equation that does not mention it on the right."""

from __future__ import annotations

import pytest

from lemmata.kernel.errors import Refused
from lemmata.kernel.judge import Judge
from tests.attacks.attack import Record, step

CHI = "for all n: nat, e: bits(n), x: signs(n). chi(e, x) = prod(i: index(n), x[i]^e[i])"
DEFINED = step("chi", "define", CHI, symbol="chi")


def judged(*records: Record) -> None:
    judge = Judge()
    for record in records:
        judge.accept(record)


@pytest.mark.parametrize(
    "claim",
    [
        "for all a: real. c(a) = a + b",
        "for all a: real, b: real. c(a) = b",
        "for all a: real. c(a) = c(a) + 1",
        "for all a: real. if a = 0 then c(a) = 1",
        "for all a: real. c(a, a) = a",
        "for all a: real. a = c(a)",
    ],
)
def test_an_open_circular_or_conditional_definition_is_refused(claim: str) -> None:
    with pytest.raises(Refused):
        judged(step("c", "define", claim, symbol="c"))


def test_a_symbol_is_defined_once() -> None:
    with pytest.raises(Refused):
        judged(DEFINED, step("again", "define", CHI, symbol="chi"))
