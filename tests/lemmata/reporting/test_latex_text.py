"""Text for LaTeX: every special character, and formulas told from words."""

from __future__ import annotations

import re
import unicodedata

import pytest

from lemmata.reporting.latex_tables import number
from lemmata.reporting.latex_text import Latex, escaped, prose

SYMBOLS = {
    "e": "bits(n)",
    "x": "signs(n)",
    "g": "fn(index(p), signs(n)) -> real",
    "grad": "fn(point) -> real",
    "lo": "fn(C4 real) -> real",
    "j": "index(p)",
}


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("50% & a_b", r"50\% \& a\_b"),
        ("$5 #1 {x}", r"\$5 \#1 \{x\}"),
        ("a < b", r"a \ensuremath{<} b"),
        ("~^\\", r"{\textasciitilde}{\textasciicircum}{\textbackslash}"),
        ("é λ", r"\'e \ensuremath{\lambda}"),
        ("ж", r"\lemmatacyrillic{0436}{ж}"),
        ("Ę", r"{\fontencoding{T1}\selectfont \k{E}}"),
        ("≤", r"\lemmatasymbol{2264}{≤}{ensuremath,leq}{\ensuremath{\leq}}"),
        ("ŉ", r"\lemmatachar{0149}{ŉ}"),
        ("中", r"\lemmatachar{4E2D}{中}"),
        ("--seed", "-{}-seed"),
        ("---- x", "-{}-{}-{}- x"),
        ("Ű ħ", r"\H{U} \lemmatachar{0127}{ħ}"),
        ("two\nlines", "two lines"),
        ("a" * 30, r"\allowbreak{}".join(("a" * 8, "a" * 8, "a" * 8, "a" * 6))),
    ],
)
def test_special_characters(text: str, latex: str) -> None:
    assert escaped(text) == latex
    assert escaped(Latex(text)) == text


MARKS = {"`": "grave", "'": "acute", "^": "circumflex", "~": "tilde", "=": "macron", "u": "breve", ".": "dot"}
MARKS |= {'"': "dia", "r": "ring", "H": "double", "v": "caron", "c": "ced", "k": "ogonek"}


@pytest.mark.parametrize("code", range(0xC0, 0x180))
def test_an_accented_letter_is_that_letter_with_that_accent(code: int) -> None:
    found = re.search(r"\\([`'^~=.\"]|[uHvckr](?=\{))\{?\\?([A-Za-z])", escaped(chr(code)))
    base, *marks = unicodedata.normalize("NFD", chr(code))
    if found and "lemmata" not in escaped(chr(code)):
        (mark,) = (unicodedata.name(mark).lower() for mark in marks)
        assert found[2] == base and mark.removeprefix("combining ").startswith(MARKS[found[1]])
    else:
        assert not marks


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("at most 2^-n of it", "at most $2^{-n}$ of it"),
        ("2^(-n/2) for 2^-n.", "$2^{- n/2}$ for $2^{-n}$."),
        ("is (1 - 12 p(1-p)) s_2 here", "is $(1 - 12 p(1 - p)) s_{2}$ here"),
        ("0 at E = 5 +- 2 sqrt 6", r"0 at $E = 5 \pm 2\sqrt{6}$"),
        ("chi(e, x) and g(j, x)", r"$\chi_{e}(x)$ and $g_{j}(x)$".replace(", ", r",\penalty800 ")),
        ("put lo (1 - lo) for lo'", r"put $\mathrm{lo}(1 - \mathrm{lo})$ for $\mathrm{lo}'$"),
        ("mean(x: signs(n), .) is", r"$\lemmataset{E}_{x}[\,\penalty500 \cdot\,\penalty500 ]$ is"),
        ("error 1e-06", "error $10^{-6}$"),
        ("odd in u", "odd in $u$"),
        ("takes prod x_i^r_i here", r"takes $\prod x_{i}^{r_{i}}$ here"),
        ("is sum_i v_ki x_i", r"is $\sum_{i} v_{k i} x_{i}$"),
        (
            "is sum_j(g(j, x)*prod_e(g(j, x)^e))",
            r"is $\sum_{j} ( g_{j}(x)\,\penalty500 \prod_{e} ( g_{j}(x)^{e}))$",
        ),
        ("less 3**10000", "less $3^{10000}$"),
        ("at +-1", r"at $\pm 1$"),
        ("f'' != 0; then", r"$f'' \ne 0$; then"),
    ],
)
def test_formulas_in_prose(text: str, latex: str) -> None:
    assert prose(text, SYMBOLS) == latex


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A good step is as good as it is",
        "so do we, if it is on",
        "as stated in (b)",
        "learning_rate and well-known",
        "and/or Lin-Tegmark",
        "grad of the state",
        "the sum of all",
        "every (real) one",
        "5 parts, 3 rows",
    ],
)
def test_words_stay_words(text: str) -> None:
    assert prose(text, SYMBOLS) == escaped(text)


@pytest.mark.parametrize("text", ["x_1_2", "x^2^3", "2^", "(2^n", "x^(", "E[f g", "a_b_", "|x", "^2"])
def test_what_is_no_formula_is_still_set(text: str) -> None:
    assert "$" not in prose(text, {}).replace(r"\$", "") or prose(text, {}).count("$") % 2 == 0


@pytest.mark.parametrize(
    ("text", "plain", "siunitx"),
    [
        ("0.25", "$0.25$", r"\num{0.25}"),
        ("262,144", "$262{,}144$", r"\num{262144}"),
        ("1.822 +- 0.019", r"$1.822 \pm 0.019$", r"\num{1.822 +- 0.019}"),
        ("(1.23 +- 0.04)e-11", r"$(1.23 \pm 0.04) \cdot 10^{-11}$", r"\num{1.23 +- 0.04e-11}"),
        ("-4.4e-299", r"$-4.4 \cdot 10^{-299}$", r"\num{-4.4e-299}"),
        ("inf", r"$\infty$", r"$\infty$"),
        ("exact", "exact", "exact"),
        ("1 in [0, 2]", "1 in [0, 2]", "1 in [0, 2]"),
    ],
)
def test_numbers(text: str, plain: str, siunitx: str) -> None:
    assert number(text) == plain
    assert number(text, siunitx=True) == siunitx
