"""The nouns that every part of the house shares: frozen, final, standard library only.

A theorem module yields claims and named quantities; its twin yields :class:`Row`; the toolkit compares
and writes a :class:`Report`; a renderer sees a report and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal[
    "mean-equals",
    "mean-at-most",
    "scaling-law",
    "existence",
    "probability-one",
    "distribution",
    "rank",
    "exact",
    "trajectory",
]
Grade = Literal["exact", "valid", "uses-lemma", "asymptotic"]
NumericVerdict = Literal["consistent", "refuted", "inconclusive"]
PartStatus = Literal["proved", "proved-modulo", "checked", "empirical", "failed"]
ErratumGrade = Literal["false", "imprecise", "attribution"]
TheoremVerdict = Literal["verified", "refuted", "inconclusive", "empirical"]


class LemmataError(Exception):
    """A fault the user can mend: its text is one clear line, shown without a traceback.

    ``exit_code`` is the documented exit code of the command line (2: usage, 4: internal).
    """

    exit_code = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One question that a twin puts to nature, without knowing the formula that answers it.

    ``quantity`` names one of the theorem's quantities and ``at`` holds its arguments as the twin measured
    them itself. A sampled row (mean-equals, mean-at-most) has ``sampler(stream, size)``, which returns
    ``size`` values inside ``support``; values on the lattice ``support[0] + k * lattice`` need no rounding.
    An exact row has ``value``, which equals the prediction or, with ``relation`` "<=" or ">=", is bounded
    by that from above or below.
    A scaling-law row has ``points``: one mean-equals row for each ``abscissa``, whose mean divided by ``scale``
    follows the law; its quantity is the slope of the logarithm.
    The tolerance is ``tolerance + relative * |prediction|``.
    """

    name: str
    quantity: str
    at: Mapping[str, Any]
    part: str
    kind: Kind
    tolerance: float = 0.0
    relative: float = 0.0
    sampler: Callable[[Any, int], Any] | None = None
    support: tuple[float, float] | None = None
    lattice: float | None = None
    value: Any = None
    relation: Literal["=", "<=", ">="] = "="
    points: tuple[Row, ...] = ()
    abscissa: float | None = None
    scale: float = 1.0
    samples: int = 2**20
    shard: int = 2**16
    grade: Grade = "valid"
    variant: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One row of numbers: what was predicted, what was seen, and what would have been seen.

    ``lower`` and ``upper`` bound the measured quantity in its own units; ``detectable`` is the smallest
    violation found with probability 0.99 and is None only for the kinds exact, trajectory and rank.
    """

    name: str
    part: str
    kind: Kind
    quantity: str
    point: Mapping[str, Any]
    predicted: float
    estimate: float
    lower: float
    upper: float
    tolerance: float
    n: int
    alpha: float
    detectable: float | None
    grade: Grade
    seed: int
    backend: str
    verdict: NumericVerdict
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepReport:
    """One step of a proof as a renderer sees it; the statement comes from the kernel's own term."""

    id: str
    part: str
    statement: str
    latex: str
    tier: str
    rule: str
    premises: tuple[str, ...]
    because: str
    printed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PartReport:
    """One labelled part: the words of the statement, the kernel's formula, and how it is known."""

    label: str
    words: str
    statement: str
    latex: str
    status: PartStatus
    citations: tuple[str, ...] = ()
    failure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recheck:
    """What a second engine says of the decided steps: their identities at random points modulo a random prime.

    ``failed`` names steps whose identity does not hold there, ``skipped`` those that have no value modulo a prime;
    a false identity among the others would have passed with probability at most ``error``.
    """

    identities: int
    failed: tuple[str, ...]
    skipped: tuple[str, ...]
    prime: int
    error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofReport:
    """The judged derivation: status is the weakest of the parts that are not empirical.

    ``memberships`` maps the text of a sort to the LaTeX that follows a name of that sort.
    """

    status: PartStatus
    parts: tuple[PartReport, ...]
    steps: tuple[StepReport, ...]
    ledger: Mapping[str, int]
    theories: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    hash: str = ""
    failure: str = ""
    recheck: Recheck | None = None
    memberships: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class NumericsReport:
    """All rows of one experiment and their joint verdict."""

    verdict: NumericVerdict
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantReport:
    """A near-miss false claim: refused by the proof at ``step``, false at ``witness``, refuted by ``evidence``."""

    name: str
    changes: str
    statement: str
    proof: Literal["refused", "unproved", "accepted"]
    step: str
    witness: str
    numerics: Literal["refuted", "consistent", "inconclusive", "not run"]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MutationReport:
    """The checker's score on a theorem: mutants by kind and fate, robbed certificates, rules broken on purpose.

    ``made`` mutants there are; of a long proof's a part was drawn. ``accepted`` holds pairs (step, claim) of false
    mutants that were accepted, ``missed`` what could be left out of a certificate unnoticed; both are empty for a
    sound checker. ``controls`` gives each broken rule's share of refused false mutants.
    """

    id: str
    made: int
    counts: Mapping[str, Mapping[str, int]]
    accepted: tuple[tuple[str, str], ...]
    dropped: int
    missed: tuple[str, ...]
    controls: Mapping[str, float]
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ErratumReport:
    """A statement of a source that is false, imprecise or misattributed, with its witness and its correction.

    ``witness`` says what was recomputed (None for an attribution), ``refuted`` whether that still refutes what is
    printed
    (None too); ``part`` is the part of ``theorem`` that states the correction, and ``status`` how that is known.
    """

    id: str
    source: str
    printed: str
    grade: ErratumGrade
    witness: str | None
    corrected: str
    theorem: str
    part: str
    status: PartStatus
    refuted: bool | None

    @property
    def upheld(self) -> bool:
        """Whether the witness, if there has to be one, refutes, and the correction is proved."""
        return self.refuted is not False and self.status in ("proved", "proved-modulo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that is known of one theorem after a run: all that a renderer sees."""

    id: str
    title: str
    theme: str
    verdict: TheoremVerdict
    proof: ProofReport | None
    numerics: NumericsReport | None
    variants: tuple[VariantReport, ...] = ()
    setting: str = ""
    readings: Mapping[str, str] = field(default_factory=dict[str, str])
    references: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    errata: tuple[ErratumReport, ...] = ()
    command: str = ""
    seconds: float = 0.0
    provenance: Mapping[str, Any] = field(default_factory=dict[str, Any])


Progress = Callable[[str, int, int], None]
"""Called with the name of a row, the shards finished so far and the shards planned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the user asked of one run; ``params`` holds the texts of ``-p name=value``, not yet converted.

    ``alpha`` is the error budget of the whole run, in (0, 1). ``samples`` replaces the number of samples of
    every sampled row (None: each row's own) and is rounded up to whole shards; ``budget_seconds`` may only
    cut the prefix of shards that is decided on. ``cluster`` is the address of a Dask scheduler, or ``local:N``,
    in place of ``workers``. ``progress`` is told how far the samples are, and ``keeper`` (a
    lemmata.running.Keeper) keeps what was drawn from one run to the next.
    """

    seed: int = 0
    alpha: float = 1e-3
    samples: int | None = None
    budget_seconds: float | None = None
    backend: str = "auto"
    workers: int = 1
    cluster: str | None = None
    params: Mapping[str, str] = field(default_factory=dict[str, str])
    progress: Progress | None = field(default=None, compare=False, repr=False)
    keeper: Any = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter of an experiment (``-p name=value``): the text of its type and of its default."""

    name: str
    type: str
    default: str
    doc: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A named closed form as it is called: ``second_moment(n, grad_sq)``."""

    name: str
    signature: str
    doc: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a theorem says, before anything is proved or sampled; ``variants`` maps a name to what it changes."""

    id: str
    title: str
    theme: str
    setting: str
    parts: tuple[PartReport, ...]
    readings: Mapping[str, str] = field(default_factory=dict[str, str])
    references: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    quantities: tuple[Signature, ...] = ()
    variants: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """A closed form at the user's numbers: the exact text where there is one, and 15 digits."""

    name: str
    exact: str | None
    decimal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One line of the catalogue: a theorem and the verdict of its last run (or ``not run``).

    ``stale`` says that the files of the theorem have changed since.
    """

    id: str
    title: str
    theme: str
    status: str
    stale: bool = False
