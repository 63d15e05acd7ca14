"""Printing: a claim is the parse of its own text, no two terms share one, and what is huge is refused in time."""

from __future__ import annotations

from itertools import product
from time import perf_counter

import pytest

from lemmata.kernel.errors import IllFormed, KernelError
from lemmata.kernel.judge import Judge
from lemmata.kernel.parsing import parse_term
from lemmata.kernel.printing import text
from lemmata.kernel.terms import (
    NAT,
    REAL,
    TWO,
    Add,
    Bracket,
    Div,
    Mul,
    Neg,
    Pow,
    Relation,
    Sort,
    Term,
    Var,
)
from tests.attacks.attack import one

A, N = Var("a", REAL), Var("n", NAT)
SCOPE: dict[str, Sort] = {"a": REAL, "n": NAT}


def judge(claim: str) -> None:
    Judge().accept(one("identity", claim)[0])


def _terms(depth: int) -> list[Term]:
    if depth == 0:
        return [A, N, TWO]
    inner = _terms(depth - 1)
    pairs = list(product(inner, repeat=2))
    made: list[Term] = [Neg(t) for t in inner]
    for build in (Div, Pow):
        made += [build(s, t) for s, t in pairs]
    for many in (Add, Mul):
        made += [many(p) for p in pairs]
    made += [Bracket(Relation(s, "<=", t)) for s, t in pairs]
    return inner + made


def test_no_two_terms_print_alike_and_each_is_read_back() -> None:
    terms = _terms(1) + _terms(2)[::7]
    seen: dict[str, Term] = {}
    for term in terms:
        printed = text(term)
        assert seen.setdefault(printed, term) == term, printed
        assert parse_term(printed, SCOPE, {}) == term, printed
    assert len(seen) > 300


@pytest.mark.parametrize(
    ("false", "true"),
    [
        ("-2^2 = 4", "(-2)^2 = 4"),
        ("for all a: real. -a^2 = a^2", "for all a: real. (-a)^2 = a^2"),
        (
            "for all a: real, b: real. a - (b + 1) = a - b + 1",
            "for all a: real, b: real. a - (b - 1) = a - b + 1",
        ),
        ("12/(2*3) = 18", "(12/2)*3 = 18"),
        ("for all n: nat. 2^(n^2) = (2^n)^2", "for all n: nat. 2^(2*n) = (2^n)^2"),
        ("2*3^2 = 36", "(2*3)^2 = 36"),
        ("1 - (1 - 1) = -1", "(1 - 1) - 1 = -1"),
    ],
)
def test_parentheses_mean_what_they_say(false: str, true: str) -> None:
    with pytest.raises(KernelError, match="do not cancel"):
        judge(false)
    judge(true)


@pytest.mark.parametrize(
    "claim",
    [
        "12/2/3 = 2",
        "12/2*3 = 18",
        "2^3^2 = 64",
        "((2)) = 2",
        "2=2",
        "2 =  2",
        " 2 = 2",
        "2 = 2\n",
        "02 = 2",
        "2 = +2",
        "- -2 = 2",
        "2 - -2 = 4",
        "2*-1 = -2",
        "2 == 2",
        "2.0 = 2",
        "1e0 = 1",
        "0x2 = 2",
        "2 = 2 # comment",
        "2 = 2; 0 = 1",
        "for all . 2 = 2",
        "if then 2 = 2",
        "(2 = 2)",
    ],
)
def test_a_text_that_its_claim_does_not_print_as_is_refused(claim: str) -> None:
    with pytest.raises(KernelError):
        judge(claim)
    judge("2 = 2")


@pytest.mark.parametrize(
    "name",
    [
        "\u0430",
        "n\u0302",
        "x\u00b2",
        "\u211d",
        "\u03b1",
        "a\u200b",
        "2a",
        "a-b",
        "a.b",
        "a b",
        "@0.0",
        "~1",
        "#0",
    ],
)
def test_a_name_is_plain_letters(name: str) -> None:
    with pytest.raises(KernelError):
        judge(f"for all {name}: real. {name} = {name}")
    judge("for all a': real. a' = a'")


@pytest.mark.parametrize(
    "name",
    [
        "sum",
        "prod",
        "mean",
        "signs",
        "bits",
        "diff",
        "index",
        "fn",
        "for",
        "all",
        "if",
        "then",
        "nat",
        "real",
        "point",
    ],
)
def test_a_keyword_is_no_name(name: str) -> None:
    with pytest.raises(KernelError):
        judge(f"for all {name}: real. {name} = {name}")
    judge(f"for all {name}': real. {name}' = {name}'")


@pytest.mark.parametrize("digit", ["\u00b2", "\u0663", "\uff13"])
def test_a_digit_of_another_script_is_none(digit: str) -> None:
    with pytest.raises(IllFormed, match="unexpected character"):
        parse_term(digit, SCOPE, {})


LETTERS = "abcdefghijkl"
HUGE = [
    "2^(10^9) = 0",
    "2^(2^(2^(2^(2^2)))) = 0",
    f"{'9' * 401} = 0",
    "for all a: real. (a + 1)^65 = 0",
    "for all a: real, b: real, c: real, d: real. (a + b)^64*(c + d)^64 = 0",
    "for all n: nat. " + "(" * 61 + "n" + ")" * 61 + " = 0",
    "for all n: nat. " + "-" * 3000 + "n = 0",
    "for all n: nat. " + " + ".join(["n"] * 9000) + " = 0",
    "for all n: nat. if " + "(if " * 9 + "n = 0" + " then n = 0)" * 9 + " then n = 0",
    "for all f: " + "fn(" * 3000 + "real" + ") -> real" * 3000 + ". 0 = 0",
    "(2/3)^100000 = 0",
    f"for all {', '.join(f'{v}: nat' for v in LETTERS)}, x: signs(({' + '.join(LETTERS)})^8). [x = x] = 1",
]


@pytest.mark.parametrize("claim", HUGE, ids=[h[:24] for h in HUGE])
def test_what_is_huge_or_deep_is_refused_soon(claim: str) -> None:
    start = perf_counter()
    with pytest.raises(KernelError):
        judge(claim)
    assert perf_counter() - start < 20
