"""What a term keeps about itself is what would be found anew; what no value touches stays the term it was."""

from __future__ import annotations

import pytest

from lemmata.kernel.claims import parse_claim, same_claim
from lemmata.kernel.parsing import parse_term
from lemmata.kernel.substitution import free_names, substitute
from lemmata.kernel.terms import NAT, REAL, Function, Index, Sort, Term, Var

N = Var("n", NAT)
SCOPE: dict[str, Sort] = {"n": NAT, "m": NAT, "a": REAL, "i": Index(N), "f": Function((REAL,), (1,), REAL)}


def term(source: str) -> Term:
    return parse_term(source, SCOPE, {})


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("a + 2*n", {"a", "n"}),
        ("i", {"i", "n"}),
        ("sum(k: index(n), f(a)*k)", {"n", "f", "a"}),
        ("sum(a: index(n), a)", {"n"}),
        ("diff(a: real, f(a), a + m)", {"f", "a", "m"}),
        ("sum(k: index(m), sum(j: index(k), [j = i]))", {"m", "i", "n"}),
    ],
)
def test_free_names_are_those_of_the_text_also_when_asked_twice(source: str, names: set[str]) -> None:
    asked = term(source)
    assert free_names(asked) == free_names(asked) == names


def test_a_replaced_term_has_names_of_its_own() -> None:
    asked = term("sum(k: index(n), a*k)")
    assert free_names(asked) == {"n", "a"}
    replaced = substitute(asked, {"a": term("m")})
    assert free_names(replaced) == {"n", "m"} and free_names(asked) == {"n", "a"}
    captured = substitute(asked, {"a": Var("k", NAT)})
    assert free_names(captured) == {"n", "k"} and captured == substitute(
        term("sum(k1: index(n), a*k1)"), {"a": Var("k", NAT)}
    )


def test_what_no_value_touches_stays_and_a_sort_is_touched() -> None:
    asked = term("sum(k: index(n), a*k)")
    assert substitute(asked, {"m": term("a"), "k": term("a")}) is asked
    assert substitute(asked, {"n": term("m")}) == term("sum(k: index(m), a*k)")
    assert substitute(term("i"), {"n": term("m")}) == Var("i", Index(Var("m", NAT)))


def test_claims_are_the_same_up_to_names_only_also_when_asked_twice() -> None:
    one = parse_claim("for all n: nat, b: real. if 0 < b then sum(i: index(n), b) = n*b", {})
    other = parse_claim("for all m: nat, c: real. if 0 < c then sum(k: index(m), c) = m*c", {})
    wrong = parse_claim("for all m: nat, c: real. if 0 < c then sum(k: index(m), c) = c*m", {})
    assert all(
        same_claim(one, other) and same_claim(one, one) and not same_claim(one, wrong) for _ in range(2)
    )
