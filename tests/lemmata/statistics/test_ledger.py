"""The error budget: even shares, idempotent names, and a hard end."""

from __future__ import annotations

import pytest

from lemmata.model import LemmataError
from lemmata.statistics import ErrorLedger


def test_the_shares_never_exceed_the_budget() -> None:
    ledger = ErrorLedger(alpha_run=1e-3, slots=10)
    shares = [ledger.spend(f"check {i}") for i in range(10)]
    assert shares == [pytest.approx(1e-4)] * 10
    assert ledger.remaining == 0
    with pytest.raises(LemmataError, match=r"used up.*'one more'"):
        ledger.spend("one more")
    assert ledger.spent == tuple(f"check {i}" for i in range(10))


def test_continuing_a_check_spends_nothing() -> None:
    ledger = ErrorLedger(slots=1)
    assert ledger.spend("hash/row/7") == ledger.spend("hash/row/7") == pytest.approx(1e-3)
    with pytest.raises(LemmataError, match="used up"):
        ledger.spend("hash/row/8")


def test_the_default_is_one_in_a_million_a_check() -> None:
    ledger = ErrorLedger()
    assert ledger.spend("a") == pytest.approx(1e-6)
    assert ledger.remaining == 999


@pytest.mark.parametrize(("alpha_run", "slots"), [(0.0, 10), (1.0, 10), (1e-3, 0)])
def test_an_impossible_budget_is_refused(alpha_run: float, slots: int) -> None:
    with pytest.raises(LemmataError):
        ErrorLedger(alpha_run, slots)
