"""Against the rules monotone and differentiate: wrong slopes, wrong ends, and functions that have no derivative."""

from __future__ import annotations

from typing import Any

import pytest

from lemmata.kernel.errors import CertificateError, Refused
from lemmata.kernel.judge import Judge

SQUARE = {"variable": "z", "of": "z^2", "from": "0", "to": "c"}
HEAD = "for all c: real"
CLAIM = f"{HEAD}. if 0 <= c then 0^2 <= c^2"
SLOPE = f"{HEAD}, z: real. if 0 <= c; 0 <= z; z <= c then 0 <= diff(z1: real, z1^2, z)"


def record(
    name: str, rule: str, claim: str, premises: tuple[str, ...] = (), **certificate: Any
) -> dict[str, Any]:
    return {"id": name, "rule": rule, "claim": claim, "premises": list(premises), "certificate": certificate}


def rises(claim: str = CLAIM, slope: str = SLOPE, how: dict[str, Any] | None = None, **changes: Any) -> None:
    found = Judge()
    found.accept(how or record("slope", "square", slope, using=[{"from": 1, "times": "2"}]))
    found.accept(record("s", "monotone", claim, ("slope",), **{**SQUARE, "premise": "slope", **changes}))


def test_a_square_rises_to_the_right_of_zero() -> None:
    rises()
    rises(claim=f"{HEAD}. if 0 <= c then 0 <= c*c")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"claim": f"{HEAD}. if 0 <= c then c^2 <= 0^2"}, "a side is not"),
        ({"claim": f"{HEAD}. if 0 <= c then 0^2 < c^2"}, "<= only"),
        ({"claim": f"{HEAD}. if 0 <= c then 1 <= c^2"}, "a side is not"),
        ({"claim": f"{HEAD}. 0^2 <= c^2"}, "in order"),
        ({"claim": f"{HEAD}. if 0 < c then 0^2 <= c^2"}, "in order|premise does not say"),
        ({"from": "c", "to": "0"}, "a side is not"),
        ({"from": "0 - c"}, "a side is not"),
        ({"of": "z^3"}, "a side is not"),
        ({"variable": "c"}, "already taken"),
        ({"variable": "c1"}, "c1|z"),
    ],
)
def test_what_the_slope_does_not_say_is_refused(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        rises(**changes)


@pytest.mark.parametrize(
    "slope",
    [
        SLOPE.replace("; 0 <= z", "; 1 <= z"),
        SLOPE.replace("; z <= c", ""),
        SLOPE.replace("z1^2, z)", "z1^2, c)"),
        SLOPE.replace("then 0 <= diff", "then 0 - 1 <= diff"),
    ],
)
def test_a_slope_on_another_interval_is_another_premise(slope: str) -> None:
    with pytest.raises(Refused, match="premise does not say"):
        rises(how=record("slope", "assume", slope))


def test_an_assumed_slope_does_not_make_a_function_differentiable() -> None:
    """[0 < z] has no derivative at 0, and f is not declared to have one: any number is >= 0 there if one says so."""
    for of in ("[0 < z]", "f(z)"):
        head = f"{HEAD}, f: fn(real) -> real"
        slope = (
            f"{head}, z: real. if 0 <= c; 0 <= z; z <= c then 0 <= diff(z1: real, {of.replace('z', 'z1')}, z)"
        )
        low, high = of.replace("z", "0"), of.replace("z", "c")
        with pytest.raises(Refused, match="differentia"):
            rises(f"{head}. if 0 <= c then {low} <= {high}", how=record("slope", "assume", slope), of=of)


def test_a_pole_on_the_interval_is_not_passed() -> None:
    """1/(1 - z) has a nonnegative derivative on both sides of its pole, and falls from 1 to -1 across it."""
    head = "for all c: real"
    slope = f"{head}, z: real. if 0 <= c; 0 <= z; z <= c then 0 <= diff(z1: real, 1/(1 - z1), z)"
    with pytest.raises(Refused):
        rises(
            f"{head}. if 0 <= c then 1/(1 - 0) <= 1/(1 - c)",
            how=record("slope", "assume", slope),
            of="1/(1 - z)",
        )


def test_declared_smoothness_is_enough_and_no_more() -> None:
    for order, accepted in ((1, True), (0, False)):
        kind = "C1 real" if order else "real"
        head = f"for all c: real, f: fn({kind}) -> real"
        given = "(for all t: real. 0 <= diff(s: real, f(s), t))"
        slope = f"{head}, z: real. if 0 <= c; {given}; 0 <= z; z <= c then 0 <= diff(z1: real, f(z1), z)"
        claim = f"{head}. if 0 <= c; {given} then f(0) <= f(c)"
        how = record("slope", "square", slope, using=[{"from": 1, "with": {"t": "z"}}])
        if accepted:
            rises(claim, how=how, of="f(z)")
        else:
            with pytest.raises(Refused):
                rises(claim, how=how, of="f(z)")


FUNCTIONS = "for all f: fn(C2 real) -> real, g: fn(C2 real) -> real, p: real"
EQUAL = "(for all t: real. f(t) = g(t)^2)"
DERIVED = f"{FUNCTIONS}. if {EQUAL} then diff(t: real, f(t), p) = diff(t: real, g(t)^2, p)"
EVERYWHERE = f"{FUNCTIONS}, t: real. if (for all t1: real. f(t1) = g(t1)^2) then f(t) = g(t)^2"


def derives(claim: str = DERIVED, premise: str = EVERYWHERE, rule: str = "sum") -> None:
    found = Judge()
    how = {"using": [{"from": 0, "with": {"t1": "t"}}]} if rule == "sum" else {}
    found.accept(record("everywhere", rule, premise, **how))
    found.accept(record("s", "differentiate", claim, ("everywhere",), premise="everywhere"))


def test_functions_that_are_equal_everywhere_have_equal_derivatives() -> None:
    derives()


@pytest.mark.parametrize(
    "claim",
    [
        DERIVED.replace("g(t)^2, p)", "g(t)^3, p)"),
        DERIVED.replace("g(t)^2, p)", "g(t)^2, 0)"),
        DERIVED.replace("diff(t: real, f(t), p) =", "diff(t: real, f(t), p) <="),
        f"{FUNCTIONS}. diff(t: real, f(t), p) = diff(t: real, g(t)^2, p)",
        f"{FUNCTIONS}. if {EQUAL} then f(p) = g(p)^2",
    ],
)
def test_other_derivatives_are_not(claim: str) -> None:
    with pytest.raises(Refused):
        derives(claim)


def test_equality_at_one_point_says_nothing_of_derivatives() -> None:
    """f(p) = 0 for all p is one thing; z^2 = 0 under the hypothesis z = 0 is another."""
    head = "for all z: real"
    found = Judge()
    found.accept(
        record("at", "sum", f"{head}. if z = 0 then z^2 + z = 0", using=[{"from": 0, "times": "z + 1"}])
    )
    claim = f"{head}. if z = 0 then diff(t: real, t^2 + t, z) = diff(t: real, 0, z)"
    with pytest.raises(Refused, match="everywhere"):
        found.accept(record("s", "differentiate", claim, ("at",), premise="at"))


@pytest.mark.parametrize("missing", ["variable", "of", "from", "to", "premise"])
def test_an_entry_that_is_missing_or_unknown_is_no_certificate(missing: str) -> None:
    with pytest.raises((CertificateError, Refused)):
        rises(**{missing: 3})
    with pytest.raises(CertificateError, match="unknown key"):
        rises(extra="z")
