"""Formulas as a mathematician writes them, from the kernel's own terms."""

from __future__ import annotations

import re

import pytest

from lemmata import catalogue, verification
from lemmata.kernel.claims import parse_claim
from lemmata.proof.latex import claim_latex, memberships
from lemmata.proof.latex_layout import WIDEST, length


def latex(text: str) -> str:
    return claim_latex(parse_claim(text, {})).rpartition(r".\quad ")[2]


@pytest.mark.parametrize(
    ("statement", "shown"),
    [
        ("for all a: real, b: real. (-a) - b <= (-a) + b", r"-a - b \le -a + b"),
        ("for all a: real, b: real. a - (b - a) = 2*a - b", r"a - {(b - a)} = 2\,a - b"),
        ("for all a: real. a != -(-a)", r"a \ne -(-a)"),
        ("for all a: real. 2*3*a = 6*a", r"2 \cdot 3\,a = 6\,a"),
        ("for all a: real. (-a)^2 = a^2", "(-a)^{2} = a^{2}"),
        ("for all n: nat. 2^(-n/2) = 1/2^(n/2)", r"2^{-n/2} = \frac{1}{2^{n/2}}"),
        ("for all eps: real, x1: real. eps < x1", r"\varepsilon < x_{1}"),
        ("for all x': real. x'^2 = x'*x'", r"{x'}^{2} = x'\,x'"),
        ("for all grad_sq: real. 0 <= grad_sq", r"0 \le \mathrm{grad}_{\mathrm{sq}}"),
        (
            "for all n: nat, x: signs(n). sum(i: index(n), x[i]) + 1 = 1 + sum(i: index(n), x[i])",
            r"\biggl(\sum_{i<n} x_{i}\biggr) + 1 = 1 + \sum_{i<n} x_{i}".replace("bigg", "Big"),
        ),
        (
            "for all n: nat, g: fn(index(n), signs(n)) -> real, j: index(n), x: signs(n). g(j, x)^2 = 0",
            "g_{j}(x)^{2} = 0",
        ),
        ("for all f: fn(nat) -> real, k: nat. f(k + 1) = f(k)", "f_{k + 1} = f_{k}"),
        (
            "for all f: fn(C4 real) -> real, b: real. diff(x: real, diff(y: real, f(y), x), b) = 0",
            "f''(b) = 0",
        ),
        (
            "for all f: fn(C1 real, real) -> real, b: real. diff(t: real, f(t, b), b)^2 = 0",
            r"\Bigl(\frac{\partial f(t, b)}{\partial t}\Big|_{t=b}\Bigr)^{2} = 0",
        ),
        ("for all n: nat, e: bits(n), d: bits(n). [e = d] = 1", r"\mathbf{1}{[e = d]} = 1"),
        ("mean(s: sign, s) = 0", r"\mathbb{E}_{s \in \{-1,1\}}[s] = 0"),
        (
            "for all a: real. if 0 < a; (for all b: real. b <= a) then a = 1",
            r"\mathrm{if}\ 0 < a;\ {(\forall b \in \mathbb{R}\colon\ b \le a)}\ \mathrm{then}\ a = 1",
        ),
    ],
)
def test_signs_scripts_and_binders(statement: str, shown: str) -> None:
    assert latex(statement) == shown


def test_a_long_numerator_can_break_and_a_short_one_is_a_fraction() -> None:
    names = ", ".join(f"a{k}: real" for k in range(12))
    terms = " + ".join(f"a{k}" for k in range(12))
    assert latex("for all a: real, b: real. (a + b)/2 = 0") == r"\frac{a + b}{2} = 0"
    found = latex(f"for all {names}. ({terms})/2 = 0")
    assert found.startswith(r"\frac{1}{2}\,(") and r"\left" not in found


def test_quantifiers_are_kept_and_functions_have_their_smoothness() -> None:
    claim = parse_claim("for all n: nat, f: fn(C2 real) -> real, x: signs(n). f(0) = 0", {})
    start = r"\forall n \in \mathbb{N}, f \in C^{2}(\mathbb{R}), x \in \{-1,1\}^{n}.\quad "
    assert claim_latex(claim).startswith(start)
    assert memberships([claim])["signs(n)"] == r" \in \{-1,1\}^{n}"


RAW = re.compile(r"\b(mean|sum|prod|diff|signs|bits|index|real|nat|sqrt)\(|<=|!=|\*|\[[a-z]\]")
ENTRIES = [entry for entry in catalogue.scan().entries if entry.twin]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_every_statement_of_the_catalogue_is_whole_and_has_no_raw_names(entry: catalogue.Entry) -> None:
    for part in verification.describe(entry).parts:
        assert not RAW.search(part.latex), part.latex
        for left, right in ("{}", "()", "[]"):
            assert part.latex.count(left) == part.latex.count(right)
        sizes = re.findall(r"\\(big|Big|bigg)(l|r)", part.latex)
        assert sum(side == "l" for _, side in sizes) == sum(side == "r" for _, side in sizes)
        for fraction in re.findall(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", part.latex):
            assert max(map(length, fraction)) <= WIDEST
