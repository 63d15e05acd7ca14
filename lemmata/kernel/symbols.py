"""The symbols of a derivation: introduced one by one, explicitly or by the two equations of a recursion."""

# A certificate is JSON: its shape is checked value by value, which the type checker cannot follow.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownMemberType=false
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lemmata.kernel.claims import Claim, parse_claim
from lemmata.kernel.definitions import Definition, check_earlier, check_recursion, explicit_definition
from lemmata.kernel.errors import CertificateError, Refused
from lemmata.kernel.records import Record
from lemmata.kernel.terms import NAT, ONE, REAL, Add, Defined, Num, Relation, Scalar, Term, Var
from lemmata.kernel.tokens import tokens


@dataclass(frozen=True, slots=True)
class _Opening:
    """A symbol while its definition is read: any arguments, values not known yet."""

    arity: int
    value: Scalar = REAL

    def check(self, arguments: tuple[Term, ...]) -> None:
        """Nothing is known of the parameters yet."""


@dataclass(slots=True)
class Symbols:
    """What is defined, which steps define it, and the recursions whose second equation is still to come."""

    definitions: dict[str, Definition] = field(default_factory=dict[str, Definition])
    defining: dict[str, str] = field(default_factory=dict[str, str])
    unfinished: dict[str, str] = field(default_factory=dict[str, str])

    def copy(self) -> Symbols:
        """The same symbols: what is defined there is unknown here."""
        return Symbols(dict(self.definitions), dict(self.defining), dict(self.unfinished))

    def define(self, asked: Record, earlier: Mapping[str, Claim]) -> Claim:
        """The claim of a definition, its symbol then known; ``earlier`` are the claims of the steps before."""
        symbol = asked.certificate.get("symbol")
        if not isinstance(symbol, str) or set(asked.certificate) - {"symbol", "recursion"}:
            raise CertificateError("a definition names its symbol")
        if asked.certificate.get("recursion") is not True:
            return self._explicit(asked, symbol)
        if not asked.premises:
            return self._start(asked, symbol)
        return self._recursion(asked, symbol, earlier)

    def _explicit(self, asked: Record, symbol: str) -> Claim:
        if asked.premises:
            raise Refused("a definition has no premises")
        if symbol in self.definitions:
            raise Refused(f"{symbol} is already defined")
        claim = self._opened(asked.claim, symbol)
        definition = explicit_definition(symbol, claim, self.definitions)
        if definition.parameters:
            # The claim is read anew with the symbol's true value sort.
            claim = parse_claim(asked.claim, {**self.definitions, symbol: definition})
        self.definitions[symbol] = definition
        self.defining[asked.id] = symbol
        return claim

    def _start(self, asked: Record, symbol: str) -> Claim:
        """The first record of a recursion gives f(0, y)."""
        opening = _opening(asked.claim, symbol)
        if symbol in self.definitions or symbol in self.unfinished.values():
            raise Refused(f"{symbol} is already defined")
        claim = parse_claim(asked.claim, {**self.definitions, symbol: opening})
        left = claim.conclusion.left
        arguments: tuple[Term, ...] = getattr(left, "arguments", ())
        check = Claim(claim.variables, (), claim.conclusion)
        check_recursion(symbol, check, _shifted(check))
        names = tuple(a for a in arguments if isinstance(a, Var))
        parameters = (Var("0", NAT), *names)
        self.definitions[symbol] = Definition(symbol, parameters, (), Num(0), REAL, recursive=True)
        self.unfinished[asked.id] = symbol
        return claim

    def _recursion(self, asked: Record, symbol: str, earlier: Mapping[str, Claim]) -> Claim:
        """The second record, which names the first, gives f(k + 1, y)."""
        _opening(asked.claim, symbol)
        first = asked.premises[0]
        if len(asked.premises) != 1 or self.unfinished.get(first) != symbol:
            raise Refused("the second equation of a recursion names the first, once")
        claim = parse_claim(asked.claim, self.definitions)
        base = earlier[first]
        k = check_recursion(symbol, base, claim)
        known = list(self.definitions)
        check_earlier(symbol, claim, known[known.index(symbol) + 1 :])
        equations = (base.conclusion.right, k, claim.conclusion.right)
        self.definitions[symbol] = replace(self.definitions[symbol], equations=equations)
        del self.unfinished[first]
        return claim

    def _opened(self, source: str, symbol: str) -> Claim:
        return parse_claim(source, {**self.definitions, symbol: _opening(source, symbol)})


def _opening(source: str, symbol: str) -> _Opening:
    """The symbol with as many arguments as stand behind it where it first occurs."""
    found = tokens(source)
    if symbol not in found:
        raise Refused(f"{symbol} does not occur in its definition")
    start = found.index(symbol)
    depth, commas = 0, 0
    for token in found[start + 1 :]:
        depth += (token in "([") - (token in ")]")
        commas += token == "," and depth == 1
        if depth == 0:
            break
    return _Opening(commas + 1)


def _shifted(base: Claim) -> Claim:
    """A second equation that fits the first, to check the first alone."""
    left = base.conclusion.left
    if not isinstance(left, Defined):
        raise Refused("the new symbol stands on the left of both equations")
    k = Var("k'", NAT)
    at = Defined(left.name, (Add((k, ONE)), *left.arguments[1:]), left.value)
    return Claim((k, *base.variables), (), Relation(at, "=", Num(0)))
