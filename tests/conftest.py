"""Shared by all tests: hand-built reports of the size that the terminal's budget is about."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

import pytest

from lemmata.model import (
    Evidence,
    NumericsReport,
    PartReport,
    ProofReport,
    Report,
    StepReport,
    VariantReport,
)

G = "g: fn(signs(n)) -> real"
OVER_X = "x: signs(n)"
CORRELATION = f"mean({OVER_X}, chi(e, x)*g(x))"
SQUARE = f"mean({OVER_X}, g(x)^2)"
KERNEL = "prod(i: index(n), 1 + x[i]*y[i])"
PARTS = {
    "a": (
        "Only the second term of the gradient knows I.",
        f"for all n: nat, e: bits(n), f: fn(signs(n)) -> real, {G}. mean({OVER_X}, (f(x) - chi(e, x))*g(x)) = "
        f"mean({OVER_X}, f(x)*g(x)) - {CORRELATION}",
    ),
    "b": (
        "Parities are orthonormal.",
        f"for all n: nat, e: bits(n), d: bits(n). mean({OVER_X}, chi(e, x)*chi(d, x)) = "
        "prod(i: index(n), [e[i] = d[i]])",
    ),
    "c": (
        "The second moment over all subsets is exact.",
        f"for all n: nat, {G}. 2^(-n)*sum(e: bits(n), {CORRELATION}^2) = 2^(-n)*{SQUARE}",
    ),
    "d": (
        "So is the variance.",
        f"for all n: nat, {G}. variance(n, g) = 2^(-n)*{SQUARE} - 4^(-n)*g(signs(i: index(n), 1))^2",
    ),
    "e": (
        "The published bound follows, with its slack named.",
        f"for all n: nat, {G}. variance(n, g) <= 2^(-n)*{SQUARE}",
    ),
}
LEMMAS = (
    ("one", f"for all n: nat. mean({OVER_X}, 1) = 1", "cube", (), "the mean is normalised"),
    (
        "product",
        f"for all n: nat, e: bits(n), d: bits(n), {OVER_X}. chi(e, x)*chi(d, x) = "
        "prod(i: index(n), x[i]^(e[i] + d[i]))",
        "cube",
        (),
        "",
    ),
    ("hidden", "for all n: nat. 2^n != 0", "identity", ("one",), ""),
    (
        "kernel",
        f"for all n: nat, {OVER_X}, y: signs(n). sum(e: bits(n), chi(e, x)*chi(e, y)) = {KERNEL}",
        "cube",
        (),
        "the sum over e factors over coordinates",
    ),
    (
        "contract",
        f"for all n: nat, {G}, {OVER_X}. mean(y: signs(n), g(y)*{KERNEL}) = g(x)",
        "cube",
        (),
        "only y = x survives",
    ),
    (
        "square",
        f"for all n: nat, {G}. sum(e: bits(n), {CORRELATION}^2) = {SQUARE}",
        "sum",
        ("kernel", "contract", "hidden"),
        "exchange the sums",
    ),
    ("ones", "for all n: nat, e: bits(n). chi(e, signs(i: index(n), 1)) = 1", "cube", (), ""),
    ("positive", f"for all n: nat, {G}. 0 <= 4^(-n)*g(signs(i: index(n), 1))^2", "square", (), "a square"),
)


def _proof() -> ProofReport:
    parts = tuple(
        PartReport(label=label, words=words, statement=statement, latex="", status="proved")
        for label, (words, statement) in PARTS.items()
    )
    steps = [
        StepReport(
            id=name,
            part="c",
            statement=statement,
            latex=r"\text{formula}",
            tier="decided",
            rule=rule,
            premises=premises,
            because=because,
            printed=name != "hidden",
        )
        for name, statement, rule, premises, because in LEMMAS
    ]
    steps += [
        StepReport(
            id=label,
            part=label,
            statement=statement,
            latex="",
            tier="decided",
            rule="identity",
            premises=("square",),
            because="linearity",
        )
        for label, (_, statement) in PARTS.items()
    ]
    ledger = {"decided": 13, "definition": 2}
    return ProofReport(status="proved", parts=parts, steps=tuple(steps), ledger=ledger, hash="ab" * 32)


def _row(k: int) -> Evidence:
    exact = k < 6
    predicted = 0.0151234567 / 2**k
    half = 0.0 if exact else predicted / 40
    return Evidence(
        name=f"spectrum, n = {k + 8}" if exact else f"second moment, n = {k - 4}",
        part="c",
        kind="exact" if exact else "mean-equals",
        quantity="second_moment",
        point={"n": k, "grad_sq": 0.25},
        predicted=predicted,
        estimate=predicted + half / 3,
        lower=predicted + half / 3 - half,
        upper=predicted + half / 3 + half,
        tolerance=1e-12 if exact else predicted / 8,
        n=1 if exact else 2**20,
        alpha=1e-6,
        detectable=None if exact else predicted / 30,
        grade="exact" if exact else "valid",
        seed=0,
        backend="numpy",
        verdict="consistent",
    )


def _variant(name: str, changes: str, witness: str, step: str) -> VariantReport:
    refuting = replace(_row(7), name="second moment, n = 3", verdict="refuted")
    return VariantReport(
        name=name,
        changes=changes,
        statement=PARTS["c"][1],
        proof="refused",
        step=step,
        witness=witness,
        numerics="refuted",
        evidence=(refuting,),
    )


@pytest.fixture(scope="session", autouse=True)
def _nothing_kept() -> Generator[None]:
    """No test reads what an earlier run has left in the user's cache, or leaves anything there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LEMMATA_NO_STORE", "1")
        yield


@pytest.fixture
def report() -> Report:
    """Five proved parts, twelve printed steps and a hidden one, fourteen rows, four variants: all is well."""
    return Report(
        id="parity-gradient",
        title="Gradients of parity targets carry almost no information about the target.",
        theme="hardness",
        verdict="verified",
        proof=_proof(),
        numerics=NumericsReport(verdict="consistent", evidence=tuple(_row(k) for k in range(14))),
        variants=(
            _variant("root", "2^(-n/2) for 2^(-n)", "n = 2, g = chi: 1/4 against 1/2", "square"),
            _variant("variance", "no term at (1,...,1)", "n = 1, g = 1: 1/4 against 1/2", "d"),
            _variant("every", "for every I, not on average", "n = 2, g = chi, I = {0, 1}", "e"),
            _variant("biased", "signs with p = 9/20", "n = 1: 1/100 against 0", "one"),
        ),
        setting="x uniform on {-1,1}^n; e the bits of a subset I; g a coordinate of the gradient of any network.",
        readings={"chi(e, x)": "the parity of the bits chosen by e", "variance(n, g)": "the variance over e"},
        references=("ShalevShwartzShamirShammah2017",),
        command="python cli.py verify parity-gradient --seed 0",
        seconds=3.21,
        provenance={"lemmata": "0.1.0", "kernel": "abc"},
    )
