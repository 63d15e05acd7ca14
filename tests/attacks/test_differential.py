"""Random terms with moving ranges, brackets, powers and derivatives: their normal form has their value at points."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random

import pytest

from lemmata.kernel.claims import parse_claim
from lemmata.kernel.context import Context
from lemmata.kernel.errors import IllFormed, Refused, Undefined
from lemmata.kernel.evaluation import Evaluator
from lemmata.kernel.formation import check
from lemmata.kernel.normal import Normaliser
from lemmata.kernel.parsing import parse_term
from lemmata.kernel.polynomials import constant
from lemmata.kernel.terms import BIT, NAT, REAL, SIGN, Sort, Term

SCOPE: dict[str, Sort] = {"n": NAT, "m": NAT, "a": REAL, "c": REAL, "b": BIT, "d": BIT, "s": SIGN, "t": SIGN}
RANGES = {NAT: (0, 1, 2), REAL: (-2, -1, 0, 1, 2), BIT: (0, 1), SIGN: (-1, 1)}


class Grammar:
    """Random terms; sizes may be brackets, bits and indices, which is where a range loses its last element."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.count = 0

    def new(self) -> str:
        self.count += 1
        return f"v{self.count}"

    def leaf(self, indices: list[str], reals: list[str]) -> str:
        return self.random.choice(["a", "c", "b", "s", "n", "2", "0", *indices, *reals, *reals])

    def bracket(self, indices: list[str]) -> str:
        relation = self.random.choice(["<=", "<", "=", "!="])
        return f"[{self.leaf(indices, [])} {relation} {self.leaf(indices, [])}]"

    def natural(self, indices: list[str]) -> str:
        pick = self.random.choice
        simple = ["n", "m", "b", "1", "2", "0", "[s = t]", "[b != d]", self.bracket(indices), *indices]
        return pick([pick(simple), f"({pick(simple)} + {pick(simple)})", f"({pick(simple)}*{pick(simple)})"])

    def term(self, depth: int, indices: list[str], reals: list[str]) -> str:
        if depth == 0:
            base = self.random.choice(["a", "s", "n", "2", "(-1)", "(-2)", *reals])
            powers = [f"{base}^{self.natural(indices)}", "2^(-n)", "(1/(n + 1))", "(1/(a^2 + 1))"]
            return self.random.choice([self.leaf(indices, reals), self.bracket(indices), *powers])
        v, more = self.new(), self.term(depth - 1, indices, reals)
        match self.random.randrange(9):
            case 0:
                return f"({more} + {self.term(depth - 1, indices, reals)})"
            case 1:
                return f"({more} - {self.term(depth - 1, indices, reals)})"
            case 2:
                return f"({more}*{self.term(depth - 1, indices, reals)})"
            case 3 | 4 | 5:
                inner = self.term(depth - 1, [*indices, v, v], reals)
                kind = self.random.choice(["sum", "sum", "prod"])
                return f"{kind}({v}: index({self.natural(indices)}), {inner})"
            case 6:
                sort = self.random.choice(["sign", "bit"])
                inner = self.term(depth - 1, [*indices, v] if sort == "bit" else indices, reals)
                return f"{self.random.choice(['sum', 'mean'])}({v}: {sort}, {inner})"
            case 7:
                return f"({more})^{self.natural(indices)}"
            case _:
                return f"diff({v}: real, {self.term(depth - 1, indices, [*reals, v, v])}, {self.leaf(indices, reals)})"


class Deltas(Grammar):
    """Sums against deltas at each other's indices and at those of a claim, which have ranges of their own."""

    def leaf(self, indices: list[str], reals: list[str]) -> str:
        return self.random.choice(["a", "b", "n", "2", "k", "l", "q", *indices, *indices])

    def natural(self, indices: list[str]) -> str:
        return self.random.choice(["n", "n", "n", "m", "m", "n + 1", "k", "q", "b", "2", *indices])

    def bracket(self, indices: list[str]) -> str:
        near = [*indices, *indices, "k", "l", "q", "k + 1", "0"]
        relation = self.random.choice(["=", "=", "=", "=", "!=", "<", "<="])
        return f"[{self.random.choice(near)} {relation} {self.random.choice(near)}]"

    def term(self, depth: int, indices: list[str], reals: list[str]) -> str:
        if depth == 0:
            return self.random.choice(
                [self.leaf(indices, reals), f"2^{self.random.choice(indices or ['k'])}"]
            )
        more = self.bracket(indices)
        match self.random.randrange(5):
            case 0:
                return f"({self.term(depth - 1, indices, reals)} - {self.term(depth - 1, indices, reals)})"
            case 1:
                return f"({more}*{self.term(depth - 1, indices, reals)})"
            case _:
                # Now and then the name of an index of the claim, which then has another range here.
                v, size = self.random.choice([self.new(), self.new(), "q", "l"]), self.natural(indices)
                inner = [*indices, v]
                body = f"{self.bracket(inner)}*{self.term(depth - 1, inner, reals)}"
                return f"sum({v}: index({size}), {body})"


def point(seed: int) -> dict[str, Fraction]:
    """A point of the scope."""
    random = Random(seed)
    return {name: Fraction(random.choice(RANGES[sort])) for name, sort in SCOPE.items()}  # type: ignore[index]


INDEXED = parse_claim(
    "for all n: nat, m: nat, k: index(n), l: index(n), q: index(m), a: real, b: bit. a = a", {}
)


def indexed_point(seed: int) -> dict[str, Fraction]:
    """A point of the claim about indices: no range of theirs is empty."""
    random = Random(seed)
    n, m = random.choice([1, 2, 3]), random.choice([1, 2, 3])
    indices = {"k": random.randrange(n), "l": random.randrange(n), "q": random.randrange(m)}
    at = {"n": n, "m": m, **indices, "a": random.choice([-2, 1, 3]), "b": random.choice([0, 1])}
    return {name: Fraction(value) for name, value in at.items()}


def with_deltas(seed: int) -> tuple[int, bool]:
    """At how many points a normal form was compared with its term, and whether a delta at a claim's index was used."""
    source = Deltas(seed).term(3, [], [])
    term = parse_term(source, INDEXED.scope, {})
    try:
        check(term, INDEXED.scope)
        normal = Context({}, {}, {}).normaliser(INDEXED, {}, cube=False).term(term)
    except (IllFormed, Refused):
        return 0, False  # A name is bound anew where a sort depends on it, say.
    found = 0
    for k in range(4):
        at = indexed_point(4 * seed + k)
        value = Normaliser().rebuild(normal, {n: constant(v) for n, v in at.items()})
        if value.constant is None:
            continue  # A sum whose range is that of another sum is not written out.
        assert value.constant == Evaluator({}).term(term, at), (source, at)
        found += 1
    return found, normal.literal != Normaliser().term(term).literal


def test_deltas_contract_where_the_index_has_that_range() -> None:
    results = [with_deltas(seed) for seed in range(160)]
    assert sum(found for found, _ in results) > 500
    # In some of them the range of a claim's index decided: without it the normal form is another.
    assert sum(ranged for _, ranged in results) > 10


def compared(term: Term, source: str, seed: int) -> int:
    """At how many of six points the normal form was compared with the evaluator."""
    try:
        normal = Normaliser(cube=bool(seed % 2)).term(term)
    except Refused:
        return 0
    found = 0
    for k in range(6):
        at: Mapping[str, Fraction] = point(6 * seed + k)
        try:
            expected = Evaluator({}).term(term, at)
            value = Normaliser(cube=bool(seed % 2)).rebuild(normal, {n: constant(v) for n, v in at.items()})
        except (Undefined, Refused):
            continue  # A division by zero, or 0^i before i has a value.
        assert value.constant == expected, (source, at)
        found += 1
    return found


@pytest.mark.parametrize("start", [0, 1, 2])
def test_a_normal_form_at_a_point_has_the_value_of_its_term(start: int) -> None:
    total = 0
    for seed in range(200 * start, 200 * (start + 1)):
        source = Grammar(seed).term(2, [], [])
        term = parse_term(source, SCOPE, {})
        try:
            check(term, dict(SCOPE))
        except IllFormed:
            continue
        total += compared(term, source, seed)
    # Most terms have a normal form and most points a value: a search that compares nothing finds nothing.
    assert total > 600
