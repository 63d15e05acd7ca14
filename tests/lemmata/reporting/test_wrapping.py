from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lemmata.reporting.wrapping import wrap

WORDS = st.lists(st.text("ab(x)[y]=+-*", min_size=1, max_size=9), min_size=1, max_size=40).map(" ".join)


@given(WORDS, st.integers(10, 40), st.integers(10, 40), st.booleans())
def test_nothing_is_lost_and_lines_fit(text: str, first: int, rest: int, formula: bool) -> None:
    lines = wrap(text, first, rest, formula)
    assert " ".join(lines) == text
    assert len(lines[0]) <= first
    assert all(len(line) <= rest for line in lines[1:])


def test_a_word_longer_than_the_line_stays_whole() -> None:
    assert wrap("a 12345678901234567890 b", 10, 10, False) == ["a", "12345678901234567890", "b"]


def test_a_formula_breaks_at_its_outermost_relation() -> None:
    formula = "E_x[(f(x) - chi(e, x))*g(x)] = E_x[f(x)*g(x)] - E_x[chi(e, x)*g(x)]"
    assert wrap(formula, 60, 60, True) == [
        "E_x[(f(x) - chi(e, x))*g(x)] = E_x[f(x)*g(x)]",
        "- E_x[chi(e, x)*g(x)]",
    ]
    assert wrap(formula, 40, 60, True)[1].startswith("= ")


def test_every_width_comes_to_an_end() -> None:
    text = "sum(i: index(n), f(i)) <= mean(x: signs(n), g(x)) + a_name_that_is_longer_than_any_line"
    for width in range(-5, 41):
        for formula in (True, False):
            lines = wrap(text, width, width - 10, formula)
            assert " ".join(lines) == text
