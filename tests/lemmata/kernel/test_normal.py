"""Differential test: a normal form has the value of the term it came from, at random exact points."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

import pytest

from lemmata.kernel.evaluation import Evaluator
from lemmata.kernel.monomials import Atom, Bound, Mono, Poly
from lemmata.kernel.normal import Normaliser
from lemmata.kernel.parsing import parse_term
from lemmata.kernel.terms import BIT, NAT, REAL, Function, Index, Sort, Var, Vector

N = Var("n", NAT)
SCOPE: dict[str, Sort] = {
    "n": NAT,
    "k": Index(N),
    "l": Index(N),
    "a": REAL,
    "b": BIT,
    "x": Vector("signs", N),
    "e": Vector("bits", N),
    "f": Function((Index(N), Index(N)), (0, 0), REAL),
    "g": Function((Vector("signs", N),), (0,), REAL),
}


def value(poly: Poly, at: Mapping[str, Any]) -> Fraction:
    """The value of a normal form, by enumeration; written apart from everything that makes normal forms."""
    return sum((c * _mono(m.binders, m, at) for m, c in poly.terms), Fraction(0))


def _mono(binders: tuple[Bound, ...], mono: Mono, at: Mapping[str, Any]) -> Fraction:
    # A size may mention another bound variable of the monomial, which must then be chosen first.
    for b in binders:
        others = tuple(o for o in binders if o is not b)
        if b.size is None or not b.size.names & {o.name for o in others}:
            return sum((_mono(others, mono, {**at, b.name: v}) for v in _range(b, at)), Fraction(0))
    result = Fraction(1)
    for atom, e in mono.factors:
        result *= Fraction(_atom(atom, at)) ** e
    return result


def _range(bound: Bound, at: Mapping[str, Any]) -> list[Any]:
    size = int(value(bound.size, at)) if bound.size else 0
    signs, bits = (Fraction(1), Fraction(-1)), (Fraction(0), Fraction(1))
    return {
        "index": [Fraction(i) for i in range(size)],
        "signs": list(product(signs, repeat=size)),
        "bits": list(product(bits, repeat=size)),
        "sign": list(signs),
        "bit": list(bits),
    }[bound.sort]


def _atom(atom: Atom, at: Mapping[str, Any]) -> Any:
    parts = [_part(p, {**at, atom.bound: Fraction(0)}) for p in atom.parts[:1]] if atom.bound else []
    if atom.bound:
        inner = atom.parts[1]
        assert isinstance(inner, Poly)
        each = [value(inner, {**at, atom.bound: Fraction(i)}) for i in range(int(parts[0]))]
        if atom.tag == "build":
            return tuple(each)
        result = Fraction(1)
        for one in each:
            result *= one
        return result
    if atom.tag in ("var", "vector"):
        return at[atom.name]
    found = [_part(p, at) for p in atom.parts]
    match atom.tag:
        case "comp":
            return found[1][int(found[0])]
        case "app":
            return at[atom.name](*found)
        case "inverse":
            return 1 / found[0]
        case "pow":
            return found[0] ** int(found[1])
        case "bracket":
            zero = {"=": found[0] == 0, "<": found[0] > 0}
            return Fraction(zero[atom.name] if atom.name in zero else found[0] == found[1])
        case _:
            raise AssertionError(atom.tag)


def _part(part: Poly | Atom, at: Mapping[str, Any]) -> Any:
    return value(part, at) if isinstance(part, Poly) else _atom(part, at)


class Grammar:
    """Random terms over the scope: sums, products and means nested a few deep."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.count = 0

    def name(self) -> str:
        self.count += 1
        return f"v{self.count}"

    def term(self, depth: int, indices: list[str], signs: list[str], bits: list[str]) -> str:
        pick = self.random.choice
        leaves = [f"f({pick(indices)}, {pick(indices)})", "a", "b", "2", f"{pick(signs)}[{pick(indices)}]"]
        leaves += [
            f"{pick(bits)}[{pick(indices)}]",
            f"g({pick(signs)})",
            f"[{pick(indices)} = {pick(indices)}]",
        ]
        leaves += [f"{pick(signs)}[{pick(indices)}]^{pick(bits)}[{pick(indices)}]", "2^n", "3^(-n)"]
        if depth == 0:
            return pick(leaves)
        deeper = lambda *more: self.term(depth - 1, [*indices, *more], signs, bits)  # noqa: E731
        new = self.name()
        size = pick(["n", "n", "n + 1"])
        match self.random.randrange(9):
            case 0:
                return f"({deeper()} + {deeper()})"
            case 1:
                return f"({deeper()} - {deeper()})"
            case 2 | 3:
                return f"({deeper()}*{deeper()})"
            case 4:
                inner = deeper(new) if size == "n" else f"({new} + {deeper()})"
                return f"sum({new}: index({size}), {inner})"
            case 5:
                inner = deeper(new) if size == "n" else f"({new} + {deeper()})"
                return f"prod({new}: index({size}), {inner})"
            case 6:
                inner = self.term(depth - 1, indices, [*signs, new, new], bits)
                return f"{pick(['mean', 'sum'])}({new}: signs(n), {inner})"
            case 7:
                inner = self.term(depth - 1, indices, signs, [*bits, new, new])
                return f"{pick(['mean', 'sum'])}({new}: bits(n), {inner})"
            case _:
                y = self.name()
                inner = self.term(depth - 1, indices, [*signs, y], bits)
                kernel = f"prod({new}: index(n), 1 + {y}[{new}]*x[{new}])"
                return f"mean({y}: signs(n), ({inner})*{kernel})"


def point(seed: int) -> dict[str, Any]:
    """A point of the scope with n = 1 or 2."""
    random = Random(seed)
    n = random.choice((1, 2))
    table: dict[Any, Fraction] = {}

    def function(*key: Any) -> Fraction:
        return table.setdefault(key, Fraction(random.randint(-5, 5), random.randint(1, 3)))

    return {
        "n": Fraction(n),
        "k": Fraction(random.randrange(n)),
        "l": Fraction(random.randrange(n)),
        "a": Fraction(random.randint(-5, 5), 3),
        "b": Fraction(random.randint(0, 1)),
        "x": tuple(Fraction(random.choice((-1, 1))) for _ in range(n)),
        "e": tuple(Fraction(random.randint(0, 1)) for _ in range(n)),
        "f": function,
        "g": lambda v: function("g", v),
    }


def _check(seed: int) -> None:
    source = Grammar(seed).term(3, ["k", "l"], ["x"], ["e"])
    term = parse_term(source, SCOPE, {})
    for cube in (False, True):
        normal = Normaliser({}, cube).term(term)
        for k in range(2):
            at = point(seed + k)
            assert value(normal, at) == Evaluator({}).term(term, at), (source, cube)


@pytest.mark.parametrize("start", range(0, 300, 50))
def test_a_normal_form_has_the_value_of_its_term(start: int) -> None:
    for seed in range(start, start + 50):
        _check(seed)


def test_a_copied_body_does_not_capture_the_sum_around_it() -> None:
    reproduced = "mean(v4: signs(n), v4[l]*prod(v3: index(n), 1 + v4[v3]*x[v3]))"
    term = parse_term(f"prod(v1: index(n + 1), v1 + {reproduced})", SCOPE, {})
    normal = Normaliser({}, True).term(term)
    assert all(value(normal, point(s)) == Evaluator({}).term(term, point(s)) for s in range(12))
