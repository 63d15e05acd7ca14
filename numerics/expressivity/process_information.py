r"""Twin of expressivity.process_information: automata run from every state, and from drawn ones.

Rule 30.    Each bit of a ring becomes left xor (itself or right): many states have one successor.
Xorshift.   A word is xored with itself shifted left, then right: every step can be undone.
Exact.      All states are run, and the results counted: how many pairs, and from each state how many, end apart.
Draws.      Bits drawn are xored into rule 30's result, or are more bits of xorshift's word.
Sampled.    Two states are drawn, and run.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy

from lemmata.model import LemmataError, Row
from lemmata.sampling import Stream, to_host

LARGEST = 16
# A small system, so that sampling sees pairs that end alike.
SMALL, DRAWN = 5, 3
STEPS = 7


def rows(rng: Stream, xp: Any, *, n: int = 10) -> Iterator[Row]:
    """The rows of the experiment; ``n`` is the number of bits of a state.

    Raises LemmataError for n outside [3, 16].
    """
    if not 3 <= n <= LARGEST:
        raise LemmataError(f"n = {n} is outside [3, {LARGEST}]: every state is run")
    states = xp.arange(2**n, dtype=xp.int64)
    told, kept = (_counts(run(states, n)) for run in (rule_30, xorshift))
    least = int(told[told > 0].min())
    yield _exact("rule-30-from-one", "a", {"n": n}, 1 - Fraction(least, 2**n), "<=")
    yield _exact("rule-30", "b", {"n": n}, _apart(told, 2**n), "<=")
    yield _exact("xorshift", "c", {"n": n}, _apart(kept, 2**n), "=")
    yield _exact("rule-30-as-reversible", "c", {"n": n}, _apart(told, 2**n), "=", variant="any-process")
    yield _sampled("drawn-rule-30", "b", rule_30, "mean-at-most", xp)
    yield _sampled("drawn-xorshift", "c", xorshift, "mean-equals", xp)
    yield from _drawing(xp)


def rule_30(states: Any, n: int) -> Any:
    """Seven steps on a ring of n cells: int64 (states,)."""
    for _ in range(STEPS):
        left, right = _turned(states, 1, n), _turned(states, n - 1, n)
        states = left ^ (states | right)
    return states


def xorshift(states: Any, n: int) -> Any:
    """Seven steps on words of n bits: int64 (states,)."""
    for _ in range(STEPS):
        states = states ^ ((states << 1) & (2**n - 1))
        states = states ^ (states >> 2)
    return states


def _turned(states: Any, places: int, n: int) -> Any:
    return ((states << places) | (states >> (n - places))) & (2**n - 1)


def _counts(results: Any) -> Any:
    """How often each result occurs: int64 (results,)."""
    return numpy.bincount(to_host(results))


def _apart(counts: Any, runs: int) -> Fraction:
    """The share of the pairs of runs that end apart."""
    return 1 - Fraction(int((counts**2).sum()), runs**2)


def _drawing(xp: Any) -> Iterator[Row]:
    """All states with all draws: xored into a state that has forgotten its input, and as bits of a longer word."""
    at, whole = {"n": SMALL, "m": DRAWN}, SMALL + DRAWN
    codes = xp.arange(2**whole, dtype=xp.int64)
    states, draws = codes & (2**SMALL - 1), codes >> SMALL
    mixed = _apart(_counts(rule_30(states, SMALL) ^ draws), 2**whole)
    yield _exact("rule-30-and-draws", "d", at, mixed, "<=", "differing_with_draws")
    kept = _apart(_counts(xorshift(codes, whole)), 2**whole)
    yield _exact("xorshift-and-draws", "d'", at, kept, "=", "differing_with_draws")


def _exact(
    name: str,
    part: str,
    at: dict[str, Any],
    value: Fraction,
    relation: Any,
    quantity: str = "differing",
    variant: str | None = None,
) -> Row:
    return Row(
        name=name,
        quantity=quantity,
        at=at,
        part=part,
        kind="exact",
        value=value,
        relation=relation,
        grade="exact",
        variant=variant,
    )


def _sampled(name: str, part: str, run: Any, kind: Any, xp: Any) -> Row:
    def sampler(stream: Stream, size: int) -> Any:
        states = stream.integers((2, size), 2**SMALL)
        return xp.astype(run(states[0, :], SMALL) != run(states[1, :], SMALL), xp.float64)

    return Row(
        name=name,
        quantity="differing",
        at={"n": SMALL},
        part=part,
        kind=kind,
        sampler=sampler,
        support=(0.0, 1.0),
        lattice=1.0,
        tolerance=2e-3,
    )
