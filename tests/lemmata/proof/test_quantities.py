"""Arguments of closed forms: numbers, vectors, words and defaults, from text and from a twin."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from lemmata.model import LemmataError
from lemmata.proof import Quantity, Theorem
from lemmata.proof.kinds import ENTRIES
from lemmata.proof.quantities import admitted, evaluate, signature


def total(r: Any, times: Any) -> Any:
    return times * sum(r)


WHOLE = Quantity("total", "sum", {"r": "naturals", "times": "real=1/2"}, total)
EXACT = Quantity("exact_total", "sum", {"r": "reals=1,1/3", "times": "count"}, total)
NAMED = Quantity("named", "by name", {"activation": "exp|tanh=tanh"}, lambda activation: len(activation))
THEOREM = Theorem(setting="", parts=(), quantities=(WHOLE, EXACT, NAMED))


def value(name: str, **given: str) -> str | None:
    return evaluate("it", THEOREM, name, given).exact


def test_vectors_are_exact() -> None:
    assert value("total", r="3,2,1", times="1") == "6"
    assert value("total", r="7") == "7/2"
    assert value("exact_total", r="1/3,-0.25,1e-2", times="3") == "7/25"
    assert value("exact_total", times="3") == "4", "a vector has a default like any number"
    assert value("named") == "4"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "its entry 1 is ''"),
        ("3,,1", "its entry 2 is ''"),
        ("3,2,", "its entry 3 is ''"),
        ("3,-2,1", "its entry 2 is '-2'"),
        ("3,1/2", "its entry 2 is '1/2'"),
        ("1/0", "its entry 1 is '1/0'"),
        ("100001", "natural numbers up to 100000, such as 3,2,1: its entry 1 is '100001'"),
        ("3 2 1", "such as 3,2,1: its entry 1 is '3 2 1'"),
        ("1,x" + "y" * 300, "r, entry 2, = xyyy"),
        (",".join(["1"] * (ENTRIES + 1)), f"r has {ENTRIES + 1} entries: take at most {ENTRIES}"),
    ],
)
def test_what_is_no_vector_is_refused_by_its_entry(text: str, said: str) -> None:
    with pytest.raises(LemmataError) as found:
        value("total", r=text)
    assert said in str(found.value)
    assert "\n" not in str(found.value) and len(str(found.value)) < 300


def test_a_twin_gives_vectors_as_tuples_or_lists() -> None:
    found = admitted(WHOLE, {"r": [3, np.int64(2), 1.0]})
    assert found == {"r": (3, 2, 1), "times": Fraction(1, 2)}
    assert {type(entry) for entry in found["r"]} == {int}
    assert admitted(EXACT, {"r": (1, Fraction(1, 3)), "times": 2})["r"] == (Fraction(1), Fraction(1, 3))
    assert {type(entry) for entry in admitted(EXACT, {"times": 2})["r"]} == {Fraction}
    assert admitted(NAMED, {"activation": "exp"}) == {"activation": "exp"}


@pytest.mark.parametrize("bad", [3, "3,2,1", (), (1, -1), (1, 0.5), (1, float("nan")), ((1, 2),), ("1",)])
def test_a_twin_cannot_give_anything_else_as_a_vector(bad: Any) -> None:
    with pytest.raises(LemmataError, match=r"^total: r(, entry [12],)? must be a"):
        admitted(WHOLE, {"r": bad})


@pytest.mark.parametrize("bad", [(1, 2), float("inf"), "1", None, -1])
def test_a_number_is_no_vector(bad: Any) -> None:
    with pytest.raises(LemmataError, match=r"^exact_total: times must be a whole number"):
        admitted(EXACT, {"r": (1,), "times": bad})


def test_a_signature_says_which_argument_is_a_vector() -> None:
    assert signature(WHOLE) == "total(r: naturals, times)"
    assert signature(NAMED) == "named(activation)"


def test_a_default_that_is_no_such_number_is_one_line() -> None:
    wrong = Quantity("wrong", "sum", {"n": "nat=-1"}, lambda n: n)
    for look in (
        lambda: evaluate("it", Theorem("", (), quantities=(wrong,)), "wrong", {}),
        lambda: admitted(wrong, {}),
    ):
        with pytest.raises(LemmataError, match="n must be a natural number"):
            look()
