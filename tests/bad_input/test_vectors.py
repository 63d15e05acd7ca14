"""Arguments that are vectors: what is none is one line that names the entry and shows how one is written."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result

Run = Callable[..., Result]
Refused = Callable[..., str]
Write = Callable[..., str]


@pytest.fixture
def lemma(write: Write) -> str:
    return write(
        ("{}, lambda: 0)", '{}, lambda: 0), Quantity("total", "sum", {"r": "naturals"}, lambda r: sum(r))')
    )


def test_a_vector_is_shown_and_evaluated(run: Run, lemma: str) -> None:
    assert run("eval", lemma, "total", "r=3,2,1").stdout == "total = 6 = 6\n"
    assert "total(r: naturals)" in run("show", lemma).stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "r must be natural numbers up to 100000, such as 3,2,1: its entry 1 is ''"),
        ("3,-2", "its entry 2 is '-2'"),
        ("3,2.5,1", "its entry 2 is '2.5'"),
        ("(3,2)", "its entry 1 is '(3'"),
        ("3;2", "its entry 1 is '3;2'"),
        ("3,\x1b[2J", r"its entry 2 is '\x1b[2J'"),
        ("3," + "9" * 5000, "r, entry 2, = 9999"),
        ("," * 100_000, "r has 100001 entries: take at most 1000"),
    ],
)
def test_what_is_no_vector(refused: Refused, lemma: str, text: str, said: str) -> None:
    assert said in refused("eval", lemma, "total", f"r={text}")


def test_a_vector_is_missing(refused: Refused, lemma: str) -> None:
    assert refused("eval", lemma, "total") == "total(r: naturals) needs r"


def test_a_row_at_no_vector(refused: Refused, write: Write) -> None:
    file = write(
        ("{}, lambda: 0)", '{"r": "naturals"}, lambda r: 0)'),
        ("at={}", 'at={"r": (3, 0.5)}'),
    )
    assert "product_mean: r, entry 2, must be a natural number up to 100000, not 0.5" in refused(
        "check", file
    )
