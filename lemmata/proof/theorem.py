"""What a theorem module is made of: parts, definitions, quantities, false variants, and a derivation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from lemmata.kernel.claims import Claim
from lemmata.kernel.printing import relation_text
from lemmata.kernel.terms import Relation as KernelRelation
from lemmata.model import ErratumGrade
from lemmata.proof.expressions import Definition, Recursion, Relation, Statement
from lemmata.proof.translation import term, variable


@dataclass(frozen=True, slots=True)
class Part:
    """A labelled part of the statement: the words, and the claim that they stand for."""

    label: str
    words: str
    statement: Statement


@dataclass(frozen=True, slots=True)
class Observation:
    """A labelled part that is empirical: words that no claim stands for, of which rows may speak but no step."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Variant:
    """A near-miss false claim in place of one part, with a point at which it is exactly false.

    ``instance`` gives every variable of the changed claim: numbers, tuples for vectors, Python functions of
    exact numbers for functions. ``quantities`` replaces formulas; the twin's rows marked with the variant's name
    are judged too, by the theorem's own formulas.
    """

    name: str
    changes: str
    part: str
    statement: Statement
    instance: Mapping[str, Any]
    quantities: Mapping[str, Callable[..., Any]] = field(default_factory=dict[str, Callable[..., Any]])


@dataclass(frozen=True, slots=True)
class Quantity:
    """A named closed form; ``parameters`` maps names to kinds: nat, count, real, nonnegative, positive, probability.

    The kinds naturals and reals are vectors, tuples to ``formula``. A kind may be words to choose from, ``exp|tanh``,
    and may have a default, ``real=0``.
    ``side`` ties the formula to a part: the right side of that part's claim is ``formula`` at the expressions given.
    """

    name: str
    doc: str
    parameters: Mapping[str, str]
    formula: Callable[..., Any]
    side: tuple[str, Mapping[str, Any]] | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """``left op right`` between exact numbers, and in words what is compared.

    A number is whole, a fraction, or a constant of SymPy's such as ``exp(2)``, which is enclosed and never rounded.
    """

    words: str
    left: Any
    op: Literal["=", "!=", "<", "<="]
    right: Any


@dataclass(frozen=True, slots=True)
class Identity:
    """A claim that the kernel is to accept as an identity, and what it is in words."""

    words: str
    statement: Statement


@dataclass(frozen=True, slots=True)
class Counterexample:
    """What is printed as a claim, and a point at which the kernel is to find it false: a variant's instance."""

    words: str
    statement: Statement
    instance: Mapping[str, Any]


Finding = Comparison | Identity | Counterexample


@dataclass(frozen=True, slots=True)
class Erratum:
    """A statement of a source that is false, imprecise or misattributed, and the part that states the correction.

    ``source`` begins with a key of ``paper/references.bib``; ``printed`` is a paraphrase or a formula. ``witness``
    computes anew, whenever it is asked, the findings that together refute what is printed; only an attribution has
    none.
    """

    name: str
    source: str
    printed: str
    grade: ErratumGrade
    corrected: str
    part: str
    witness: Callable[[], Iterable[Finding]] | None = None


def _nothing(seed: int) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Theorem:
    """The whole of a theorem module.

    ``model(seed)`` gives exact values, as an instance does, to the symbols that the hypotheses speak of, so that
    they hold: in such worlds the claims are evaluated, and false changes of them are told from true ones.
    ``observations`` are what is said to be seen and is not proved: they never make a theorem verified.
    ``notation`` says what the docstring writes for the parameters of its quantities: a test reads its formulas.
    """

    setting: str
    parts: tuple[Part, ...]
    definitions: tuple[Definition | Recursion, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    variants: tuple[Variant, ...] = ()
    readings: Mapping[str, str] = field(default_factory=dict[str, str])
    references: tuple[str, ...] = ()
    errata: tuple[Erratum, ...] = ()
    model: Callable[[int], Mapping[str, Any]] = _nothing
    notation: Mapping[str, str] = field(default_factory=dict[str, str])
    observations: tuple[Observation, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of all parts, of those with a claim first."""
        return tuple(part.label for part in (*self.parts, *self.observations))


def kernel_relation(relation: Relation) -> KernelRelation:
    """The relation in kernel terms."""
    return KernelRelation(term(relation.left), relation.op, term(relation.right))


def kernel_claim(statement: Statement) -> Claim:
    """The claim in kernel terms; it is judged only as its text."""
    given = tuple(
        kernel_claim(h) if isinstance(h, Statement) else Claim((), (), kernel_relation(h))
        for h in statement.given
    )
    return Claim(tuple(variable(v) for v in statement.variables), given, kernel_relation(statement.then))


def claim_text(statement: Statement) -> str:
    """The text that the kernel reads."""
    return str(kernel_claim(statement))


__all__ = [
    "Comparison",
    "Counterexample",
    "Erratum",
    "Finding",
    "Identity",
    "Observation",
    "Part",
    "Quantity",
    "Theorem",
    "Variant",
    "claim_text",
    "kernel_claim",
    "relation_text",
]
