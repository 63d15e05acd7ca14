"""Cofactors are found where they exist, refused where they do not, and judged by the kernel."""

from __future__ import annotations

import pytest
import sympy as sp

from lemmata.model import LemmataError
from lemmata.proof import Part, Proof, Theorem, claim, eq, real
from lemmata.proof.search import cofactors

a, b, c = (real(name) for name in "abc")


def test_cofactors_recombine_to_the_target() -> None:
    generators = [a * b - 1, b**2 - c]
    target = sp.expand(3 * (a * b - 1) * c + (b**2 - c) * a)
    found = cofactors(target, generators)
    assert sp.expand(sum(q * g for q, g in zip(found, generators, strict=True)) - target) == 0


def test_a_combination_that_division_alone_misses() -> None:
    generators = [a * b - 1, b**2 - c]
    target = sp.expand(b * generators[0] - a * generators[1])
    found = cofactors(target, generators)
    assert sp.expand(sum(q * g for q, g in zip(found, generators, strict=True)) - target) == 0


def test_an_equation_outside_the_ideal_has_no_cofactors() -> None:
    with pytest.raises(LemmataError, match="no combination"):
        cofactors(a - b, [a * b - 1])


def test_the_kernel_accepts_what_was_found() -> None:
    statement = claim((a, b, c), eq(a * c, 1), given=[eq(a * b, 1), eq(b, c)])
    proof = Proof(Theorem(setting="", parts=(Part("a", "", statement),)))
    proof.combine("goal", statement, 0, 1)
    assert proof.judge.steps["goal"].rule == "sum"
