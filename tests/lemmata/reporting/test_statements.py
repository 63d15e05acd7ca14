from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lemmata.reporting import statements

PARSEVAL = (
    "for all n: nat, g: fn(signs(n)) -> real. "
    "sum(e: bits(n), mean(x: signs(n), chi(e, x)*g(x))^2) = mean(x: signs(n), g(x)^2)"
)


def test_declarations_are_split_at_the_outer_commas() -> None:
    declared, body = statements.split("for all f: fn(C1 real, signs(n)) -> real, n: nat. f(n, x) = 1")
    assert declared == {"f": "fn(C1 real, signs(n)) -> real", "n": "nat"}
    assert body == "f(n, x) = 1"


def test_a_statement_is_shortened_by_what_the_page_declares() -> None:
    common = statements.symbols([PARSEVAL])
    assert common == {"n": "nat", "g": "fn(signs(n)) -> real", "e": "bits(n)", "x": "signs(n)"}
    assert statements.shortened(PARSEVAL, common) == "sum_e(E_x[chi(e, x)*g(x)]^2) = E_x[g(x)^2]"


def test_a_name_of_two_sorts_is_declared_where_it_has_the_rarer_one() -> None:
    other = "for all n: nat. mean(x: signs(n + 1), 1) = E(n)"
    common = statements.symbols([PARSEVAL, other])
    assert common["x"] == "signs(n)"
    assert statements.shortened(PARSEVAL, common).endswith("= E_x[g(x)^2]")
    assert statements.shortened(other, common) == "mean(x: signs(n + 1), 1) = E(n)"


def test_what_depends_on_a_redeclared_name_is_redeclared_too() -> None:
    usual = "for all n: nat. mean(x: signs(n), 1) = n"
    other = "for all n: real. mean(x: signs(n), 1) = n"
    assert statements.shortened(other, statements.symbols([usual, usual, other])) == other


@pytest.mark.parametrize(
    "statement",
    [
        # true because index(n) is empty for n = 0 and only there is nothing to show; without i it would be false
        "for all n: nat, i: index(n). n != 0",
        # i is mentioned, but only as a bound name
        "for all n: nat, i: index(n). sum(i: index(n), 1) != 0",
    ],
)
def test_a_quantifier_that_may_be_empty_stays(statement: str) -> None:
    assert statements.shortened(statement, statements.symbols([statement])).startswith(
        "for all n: nat, i: index(n). "
    )


def test_a_size_that_only_a_sort_mentions_may_go() -> None:
    statement = "for all n: nat, x: signs(n). norm(x) = 1"
    assert statements.shortened(statement, statements.symbols([statement])) == "norm(x) = 1"


def test_an_abbreviation_that_is_a_name_already_is_not_used() -> None:
    statement = "for all E_x: real, n: nat. mean(x: signs(n), E_x) = E_x"
    assert "mean(x: signs(n), E_x)" in statements.shortened(statement, statements.symbols([statement]))


def test_symbols_of_one_sort_are_grouped() -> None:
    assert statements.grouped({"n": "nat", "x": "signs(n)", "y": "signs(n)"}) == "n: nat; x, y: signs(n)"


SORTS = {"x": "signs(n)", "y": "signs(n)", "e": "bits(n)", "i": "index(n)"}
ATOMS = st.sampled_from(["1", "x[i]", "chi(e, x)", "g(y)", "[e[i] = 1]", "n"])


def bind(kind: str, name: str, body: str) -> str:
    return f"{kind}({name}: {SORTS[name]}, {body})"


TERMS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds(bind, st.sampled_from(["sum", "prod", "mean"]), st.sampled_from(list(SORTS)), inner),
        st.builds("({} + {})".format, inner, inner),
        st.builds("{}^2".format, inner),
    ),
    max_leaves=12,
)


def written_out(text: str) -> str:
    """The kernel's text again: an independent inverse of the abbreviations."""
    pattern = re.compile(r"(sum_|prod_|E_)([a-z])([\[(])")
    while match := pattern.search(text):
        kind, name, opening = match.groups()
        depth, end = 1, match.end()
        while depth:
            depth += (text[end] in "([") - (text[end] in ")]")
            end += 1
        word = "mean" if kind == "E_" else kind[:-1]
        assert text[end - 1] == {"[": "]", "(": ")"}[opening]
        text = (
            f"{text[: match.start()]}{word}({name}: {SORTS[name]}, {text[match.end() : end - 1]}){text[end:]}"
        )
    return text


@given(TERMS, TERMS)
def test_an_abbreviated_formula_can_be_written_out_again(left: str, right: str) -> None:
    statement = f"{left} = {right}"
    assert written_out(statements.shortened(statement, {"n": "nat", **SORTS})) == statement
