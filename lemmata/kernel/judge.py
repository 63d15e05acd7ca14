"""The judge: it takes records one by one, accepts or refuses, and remembers what each conclusion rests on."""

# A certificate is JSON: its shape is checked value by value, which the type checker cannot follow.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownMemberType=false
from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

from lemmata.kernel.claims import Claim, parse_claim
from lemmata.kernel.context import Context
from lemmata.kernel.definitions import Definition, check_earlier, check_recursion, explicit_definition
from lemmata.kernel.errors import CertificateError, IllFormed, Refused
from lemmata.kernel.parsing import MAX_DIGITS, Parser, tokens
from lemmata.kernel.rules import RULES
from lemmata.kernel.terms import REAL, Num, Scalar, Term, Var

FORMAT, VERSION = "lemmata-certificate", 1
MAX_BYTES = 10_000_000
# A certificate nests a few levels; what nests deeper than this is refused before any recursion meets it.
MAX_NESTING = 100
NOT_HASHED = ("because", "title", "latex", "references", "provenance", "hash")
STEP_KEYS = {"id", "rule", "claim", "premises", "certificate", "because", "latex"}
DOCUMENT_KEYS = {"format", "version", "id", "title", "steps", "parts", "hash", "references", "provenance"}


class Tier(StrEnum):
    """How a step is known."""

    DEFINITION = "definition"
    DECIDED = "decided"
    INDUCTION = "induction"
    CITED = "cited"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class Step:
    """An accepted step."""

    id: str
    rule: str
    tier: Tier
    claim: Claim
    premises: tuple[str, ...]
    certificate: Mapping[str, Any]
    because: str = ""


@dataclass(frozen=True, slots=True)
class _Opening:
    """A symbol while its definition is read: any arguments, values not known yet."""

    arity: int
    value: Scalar = REAL

    def check(self, arguments: tuple[Term, ...]) -> None:
        """Nothing is known of the parameters yet."""


class Judge:
    """Accepts steps in order; a step may only name steps accepted before it."""

    def __init__(self) -> None:
        self.steps: dict[str, Step] = {}
        self.definitions: dict[str, Definition] = {}
        self.defining: dict[str, str] = {}
        self._recursions: dict[str, str] = {}

    def branch(self) -> Judge:
        """A judge that knows the same steps: what it accepts is unknown to this one."""
        other = Judge()
        other.steps, other.definitions = dict(self.steps), dict(self.definitions)
        other.defining, other._recursions = dict(self.defining), dict(self._recursions)
        return other

    def accept(self, record: Mapping[str, Any]) -> Step:
        """Check one record; raises Refused, or CertificateError for what is not a record at all."""
        name, rule, source, premises, certificate = _fields(record)
        if name in self.steps:
            raise CertificateError(f"the id {name!r} occurs twice")
        try:
            step = self._define(name, source, certificate, premises) if rule == "define" else None
            step = step or self._judge(name, rule, source, premises, certificate)
        except Refused as error:
            raise Refused(error.reason, name) from None
        except IllFormed as error:
            raise Refused(str(error), name) from None
        except RecursionError:
            raise Refused("nested too deep", name) from None
        step = Step(
            step.id,
            step.rule,
            step.tier,
            step.claim,
            step.premises,
            certificate,
            str(record.get("because", "")),
        )
        self.steps[name] = step
        return step

    def _judge(
        self, name: str, rule: str, source: str, premises: tuple[str, ...], certificate: Mapping[str, Any]
    ) -> Step:
        if rule not in RULES:
            raise CertificateError(f"there is no rule {rule!r}")
        decide, tier = RULES[rule]
        claim = parse_claim(source, self.definitions)
        context = Context({p: s.claim for p, s in self.steps.items()}, self.definitions, self.defining)
        decide(claim, certificate, context, rule)
        if context.used != set(premises) or len(premises) != len(set(premises)):
            raise Refused("the premises listed are not those that the certificate uses")
        return Step(name, rule, Tier(tier), claim, premises, certificate)

    # ------------------------------------------------------------ definitions

    def _define(
        self, name: str, source: str, certificate: Mapping[str, Any], premises: tuple[str, ...]
    ) -> Step:
        symbol = certificate.get("symbol")
        if not isinstance(symbol, str) or set(certificate) - {"symbol", "recursion"}:
            raise CertificateError("a definition names its symbol")
        if certificate.get("recursion") is True:
            return self._recursion(name, symbol, source, premises)
        if premises:
            raise Refused("a definition has no premises")
        if symbol in self.definitions:
            raise Refused(f"{symbol} is already defined")
        claim = parse_claim(source, {**self.definitions, symbol: self._opening(source, symbol)})
        definition = explicit_definition(symbol, claim, self.definitions)
        if definition.parameters:
            # The claim is read anew with the symbol's true value sort.
            claim = parse_claim(source, {**self.definitions, symbol: definition})
        self.definitions[symbol] = definition
        self.defining[name] = symbol
        return Step(name, "define", Tier.DEFINITION, claim, (), {})

    def _opening(self, source: str, symbol: str) -> _Opening:
        parser = Parser(tokens(source), {}, {})
        found = parser.source
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

    def _recursion(self, name: str, symbol: str, source: str, premises: tuple[str, ...]) -> Step:
        """The first record of a recursion gives f(0, y), the second, which names the first, f(k + 1, y)."""
        opening = self._opening(source, symbol)
        if not premises:
            if symbol in self.definitions or symbol in self._recursions.values():
                raise Refused(f"{symbol} is already defined")
            claim = parse_claim(source, {**self.definitions, symbol: opening})
            left = claim.conclusion.left
            arguments: tuple[Term, ...] = getattr(left, "arguments", ())
            check = Claim(claim.variables, (), claim.conclusion)
            check_recursion(symbol, check, _shifted(check))
            names = tuple(a for a in arguments if isinstance(a, Var))
            parameter = Var("0", Scalar("nat"))
            self.definitions[symbol] = Definition(
                symbol, (parameter, *names), (), Num(0), REAL, recursive=True
            )
            self._recursions[name] = symbol
            return Step(name, "define", Tier.DEFINITION, claim, (), {})
        first = premises[0]
        if len(premises) != 1 or self._recursions.get(first) != symbol:
            raise Refused("the second equation of a recursion names the first, once")
        claim = parse_claim(source, self.definitions)
        base = self.steps[first].claim
        k = check_recursion(symbol, base, claim)
        known = list(self.definitions)
        check_earlier(symbol, claim, known[known.index(symbol) + 1 :])
        equations = (base.conclusion.right, k, claim.conclusion.right)
        self.definitions[symbol] = replace(self.definitions[symbol], equations=equations)
        del self._recursions[first]
        return Step(name, "define", Tier.DEFINITION, claim, premises, {})

    # ------------------------------------------------------------ ancestry

    def ancestors(self, *names: str) -> dict[str, Step]:
        """The named steps and all that they rest on, in the order of acceptance."""
        found: set[str] = set()
        work = list(names)
        while work:
            name = work.pop()
            if name not in found:
                found.add(name)
                work.extend(self.steps[name].premises)
        return {n: s for n, s in self.steps.items() if n in found}

    def ledger(self, *names: str) -> dict[str, int]:
        """How many of the ancestors are known in which way."""
        return dict(Counter(s.tier.value for s in self.ancestors(*names).values()))


def _shifted(base: Claim) -> Claim:
    """A second equation that fits the first, to check the first alone."""
    from lemmata.kernel.terms import NAT, ONE, Add, Defined, Relation

    left = base.conclusion.left
    if not isinstance(left, Defined):
        raise Refused("the new symbol stands on the left of both equations")
    k = Var("k'", NAT)
    at = Defined(left.name, (Add((k, ONE)), *left.arguments[1:]), left.value)
    return Claim((k, *base.variables), (), Relation(at, "=", Num(0)))


def _fields(record: object) -> tuple[str, str, str, tuple[str, ...], Mapping[str, Any]]:
    if not isinstance(record, Mapping):
        raise CertificateError("a step is not an object")
    unknown = set(record) - STEP_KEYS
    if unknown:
        raise CertificateError(f"unknown key {sorted(map(str, unknown))[0]!r} in a step")
    for key in ("id", "rule", "claim"):
        if not isinstance(record.get(key), str) or not record[key]:
            raise CertificateError(f"a step has no {key}")
    premises, certificate = record.get("premises", []), record.get("certificate", {})
    if not isinstance(premises, list | tuple) or not all(isinstance(p, str) for p in premises):
        raise CertificateError("the premises of a step are not a list of ids")
    if not isinstance(certificate, Mapping):
        raise CertificateError("the certificate of a step is not an object")
    _require_prose(record, {"because": str, "latex": str})
    return record["id"], record["rule"], record["claim"], tuple(premises), certificate


def _require_prose(record: Mapping[str, Any], kinds: Mapping[str, type]) -> None:
    """What is not judged is still of its kind, so that whoever prints it need not ask."""
    for key, kind in kinds.items():
        if key in record and not isinstance(record[key], kind):
            words = {str: "a text", list: "a list", dict: "an object"}[kind]
            raise CertificateError(f"{key!r} is not {words}")


# ---------------------------------------------------------------- documents


@dataclass(frozen=True, slots=True)
class Replay:
    """What a replay accepted."""

    steps: int
    parts: tuple[str, ...]
    ledger: Mapping[str, int]
    hash: str


def document_hash(document: Mapping[str, Any]) -> str:
    """The hash of all that is judged: prose and provenance are left out."""

    def strip(value: Mapping[str, Any]) -> dict[str, Any]:
        return {k: v for k, v in value.items() if k not in NOT_HASHED}

    # Prose stands in the document and in its steps only: inside of a certificate "title" is a variable's name.
    steps = [strip(s) if isinstance(s, Mapping) else s for s in document.get("steps", [])]
    judged = {**strip(document), "steps": steps}
    return sha256(json.dumps(judged, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def replay(document: Mapping[str, Any]) -> Replay:
    """Judge a whole certificate anew; raises CertificateError or Refused."""
    if not _shallow(document):
        raise CertificateError(f"not a certificate: nested deeper than {MAX_NESTING}")
    unknown = set(document) - DOCUMENT_KEYS
    if unknown:
        raise CertificateError(f"unknown key {sorted(map(str, unknown))[0]!r}")
    if (
        document.get("format") != FORMAT
        or type(document.get("version")) is not int
        or document["version"] != VERSION
    ):
        raise CertificateError(f"not a certificate of the format {FORMAT}, version {VERSION}")
    _require_prose(document, {"id": str, "title": str, "hash": str, "references": list, "provenance": dict})
    steps, parts = document.get("steps"), document.get("parts")
    if not isinstance(steps, list) or not isinstance(parts, list) or not steps or not parts:
        raise CertificateError("a certificate has steps and parts")
    judge = Judge()
    for record in steps:
        judge.accept(record)
    conclusions = [_part(part, judge) for part in parts]
    labels = tuple(label for label, _ in conclusions)
    if len(set(labels)) != len(labels):
        raise CertificateError("a part occurs twice")
    found = document_hash(document)
    if "hash" in document and document["hash"] != found:
        raise Refused("the hash is not the document's", "hash")
    return Replay(len(judge.steps), labels, judge.ledger(*(s for _, s in conclusions)), found)


def _shallow(value: object) -> bool:
    level: list[Any] = [value]
    for _ in range(MAX_NESTING):
        inner = [list(v.values()) if isinstance(v, Mapping) else v for v in level]
        level = [each for v in inner if isinstance(v, list | tuple) for each in v]
        if not level:
            return True
    return False


def _part(part: object, judge: Judge) -> tuple[str, str]:
    if not isinstance(part, Mapping) or set(part) != {"label", "step", "claim"}:
        raise CertificateError("a part has exactly a label, a step and a claim")
    label, step, claim = part["label"], part["step"], part["claim"]
    if not isinstance(label, str) or not isinstance(step, str) or not isinstance(claim, str):
        raise CertificateError("a part has exactly a label, a step and a claim")
    if not label or not label.isprintable():
        raise CertificateError(f"the label {label!r} of a part cannot be printed")
    if step not in judge.steps:
        raise Refused(f"part ({label}) names no step", step)
    if str(judge.steps[step].claim) != claim:
        raise Refused(f"part ({label}) is not what its step proves", step)
    return label, step


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise CertificateError("a key occurs twice in one object")
    return found


def _no_constant(name: str) -> Any:
    raise CertificateError(f"{name} is not a number here")


def _short(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise CertificateError(f"a numeral has more than {MAX_DIGITS} digits")
    return int(digits)


def read(source: str | bytes) -> Mapping[str, Any]:
    """The document of a JSON text; raises CertificateError."""
    try:
        document = json.loads(
            source, object_pairs_hook=_no_duplicates, parse_constant=_no_constant, parse_int=_short
        )
    except RecursionError:
        raise CertificateError(f"not a certificate: nested deeper than {MAX_NESTING}") from None
    except ValueError as error:
        raise CertificateError(f"not a certificate: {str(error).splitlines()[0][:120]}") from None
    if not isinstance(document, dict):
        raise CertificateError("not a certificate: the document is not an object")
    return document  # type: ignore[return-value]


def replay_file(path: str | Path) -> Replay:
    """Judge the certificate in a file; raises CertificateError or Refused."""
    if (place := Path(path)).exists() and not place.is_file():
        # A pipe that nobody writes to would be waited for without end.
        raise CertificateError(f"{path} is no regular file: save the certificate to one")
    try:
        with place.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CertificateError(f"cannot read {path}: {error.strerror or error}") from None
    if len(data) > MAX_BYTES:
        raise CertificateError(f"{path} is larger than {MAX_BYTES} bytes")
    return replay(read(data))


__all__ = ["Judge", "Replay", "Step", "Tier", "document_hash", "read", "replay", "replay_file"]
