"""Coq judges for itself: what is false, or is no longer used, does not compile, though the exporter writes it down."""

from __future__ import annotations

from typing import Any

import pytest

from lemmata.coq import vanishing
from lemmata.coq.proofs import Proofs
from lemmata.coq.rules import script
from lemmata.kernel.claims import parse_claim
from lemmata.kernel.judge import Step, Tier
from tests.lemmata.coq import certificates as small

BY_ID = {s["id"]: s for s in small.STEPS}


def unjudged(record: dict[str, Any]) -> str:
    """The lemma of a step that no kernel has seen, with the claims of its premises as hypotheses."""
    proofs = Proofs({}, {}, {}, {})
    assumed: list[str] = []
    for number, premise in enumerate(record["premises"]):
        proofs.claims[premise] = parse_claim(BY_ID[premise]["claim"], {})
        proofs.names[premise] = f"step_{number}"
        assumed.append(f"Hypothesis step_{number} : {proofs.printer.claim(proofs.claims[premise])}.")
    claim = parse_claim(record["claim"], {})
    step = Step("x", record["rule"], Tier.DECIDED, claim, (), record["certificate"])
    lemma = f"Lemma x : {proofs.printer.claim(claim, points=True)}.\nProof.\n{script(proofs, step)}\nQed."
    return "\n".join(["Section S.", *assumed, lemma, "End S."])


# A constant, an exponent or a relation changed, a premise or a square left out, a wrong case.
CHANGES: dict[str, tuple[str, dict[str, Any]]] = {
    "binomial": ("for all a: real, b: real. (a + b)^2 = a^2 + 3*a*b + b^2", {}),
    "own hypothesis": ("for all a: real, b: real. if a = b then a^2 = b^2", {"using": []}),
    "Kronecker": (
        "for all n: nat, a: fn(index(n)) -> real. sum(i: index(n), sum(j: index(n), [i = j]*a(i)*a(j))) = "
        "sum(i: index(n), a(i)^3)",
        {},
    ),
    "powers of four": ("for all n: nat. 4^(-n) = (2^(-n))^3", {}),
    "chain": (
        "for all f: fn(C1 real) -> real, w: real, c: real. diff(t: real, f(c*t + 1)^3, w) = "
        "3*f(1 + c*w)^2*diff(t: real, f(t), 1 + c*w)",
        {},
    ),
    "contract bits": (
        "for all n: nat, a: bits(n), u: fn(bits(n)) -> real. sum(b: bits(n), [b = a]*u(b)) = 2*u(a)",
        {},
    ),
    "two squares": ("for all a: real, b: real. 3*a*b <= a^2 + b^2", {}),
    "under a sum": (
        "for all n: nat, a: fn(index(n)) -> real, b: fn(index(n)) -> real. 2*sum(i: index(n), a(i)*b(i)) <= "
        "sum(i: index(n), a(i)^2) + sum(i: index(n), b(i)^2)",
        {"using": []},
    ),
    "small": ("for all c: real. if c^2 <= 1 then -3*c^2 <= -3", {"using": [{"from": 0, "times": "-3"}]}),
    "two bits": ("for all b: bit. b*(2 - b) <= 0", {}),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_step_does_not_compile(
    name: str, compile_small: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim, certificate = CHANGES[name]
    record = BY_ID[name]
    changed = {**record, "claim": claim, "certificate": {**record["certificate"], **certificate}}
    # The exporter itself would say that its normal form does not vanish; here it is told not to look.
    monkeypatch.setattr(vanishing, "vanishes", lambda poly: True)
    text = unjudged(changed)
    assert text != unjudged(record)
    done = compile_small(text)
    assert done.returncode != 0
    # It is the arithmetic that fails, or a factor that is not nonnegative, and not the form of the file.
    assert "not a valid field equation" in done.stderr or "No applicable tactic" in done.stderr


def test_the_same_steps_unchanged_compile(compile_small: Any) -> None:
    lemmas = [
        unjudged(BY_ID[name]).replace("Lemma x ", f"Lemma x_{k} ").replace(" S.", f" S{k}.")
        for k, name in enumerate(CHANGES)
    ]
    done = compile_small("\n".join(lemmas))
    assert done.returncode == 0, done.stderr
