"""Where theorem and twin meet: the only place that sees both the formula and the experiment."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from time import perf_counter
from types import ModuleType
from typing import Any

import lemmata
from lemmata.catalogue import Entry
from lemmata.foreign import blamed, patience
from lemmata.kernel.claims import Claim
from lemmata.model import (
    Description,
    ErratumReport,
    Evaluation,
    LemmataError,
    NumericsReport,
    Options,
    PartReport,
    ProofReport,
    Report,
    Signature,
)
from lemmata.proof import Outcome, Proof, Theorem, Variant
from lemmata.proof import derive as run_derivation
from lemmata.proof.latex import claim_latex
from lemmata.proof.modular import recheck
from lemmata.proof.quantities import signature
from lemmata.proof.reports import Refusal, observed, proof_report, seconded, variant_proof
from lemmata.proof.theorem import kernel_claim
from lemmata.theorem_files import load, script


def derived(
    entry: Entry,
    theorem: Theorem,
    module: ModuleType,
    replaced: Mapping[str, Any] | None = None,
    known: Proof | None = None,
) -> Outcome:
    """The derivation of a loaded theorem, some claims ``replaced``, run to its end or to the step refused.

    Records that begin the theorem's own derivation too, if that is ``known``, are not judged twice.
    """
    with (
        patience(entry.theorem_source, "its derivation"),
        blamed(f"{entry.theorem}: the derivation raised"),
    ):
        return run_derivation(theorem, script(entry, module), entry.id, replaced, known)


def derivation(entry: Entry) -> Outcome:
    """The derivation of an entry, run to its end or to the step that was refused."""
    theorem, module = load(entry)
    return derived(entry, theorem, module)


def verify(entry: Entry, options: Options) -> Report:
    """Prove, experiment, and put the false variants to both."""
    return _report(entry, options, proof=True, numerics=True)


def prove(entry: Entry) -> Report:
    """The derivation alone, with a second engine's opinion on its steps."""
    return _report(entry, Options(), proof=True, numerics=False)


def check(entry: Entry, options: Options) -> Report:
    """The experiment alone."""
    return _report(entry, options, proof=False, numerics=True)


def _report(entry: Entry, options: Options, proof: bool, numerics: bool) -> Report:
    start = perf_counter()
    theorem, module = load(entry)
    outcome = derived(entry, theorem, module) if proof else None
    proved = proof_report(theorem, outcome) if outcome else None
    if outcome and proved and not numerics:
        proved = seconded(proved, recheck(outcome.proof.judge))
    found: NumericsReport | None = None
    variants: list[Any] = []
    if numerics:
        from lemmata.experimenting import Laboratory

        with Laboratory(entry, theorem, options, claims_hash(theorem)) as laboratory:
            found = laboratory.main()
            if outcome:
                for variant in theorem.variants:
                    judged = refusal(entry, theorem, module, variant, outcome.proof)
                    variants.append(laboratory.variant(variant, judged))
    notes = ("single-file: the lemma and its experiment can see each other",) if entry.single_file else ()
    return Report(
        id=entry.id,
        title=entry.title,
        theme=entry.theme,
        verdict=_verdict(proved, found, variants),
        proof=proved,
        numerics=found,
        variants=tuple(variants),
        setting=theorem.setting,
        readings=theorem.readings,
        references=theorem.references,
        notes=notes,
        errata=_errata(entry, proved) if proved and numerics else (),
        seconds=perf_counter() - start,
        provenance={**provenance(options), "claims": claims_hash(theorem)},
    )


def _errata(entry: Entry, proof: ProofReport) -> tuple[ErratumReport, ...]:
    from lemmata.errata import errata

    return errata(entry, proof)


def refusal(
    entry: Entry, theorem: Theorem, module: ModuleType, variant: Variant, known: Proof | None = None
) -> Refusal:
    """What becomes of the proof of a false variant; ``known`` is the theorem's own."""
    outcome = derived(entry, theorem, module, {variant.part: variant.statement}, known)
    with (
        patience(entry.theorem_source, f"the instance of the variant {variant.name!r}"),
        blamed(f"{entry.theorem}: the instance of the variant {variant.name!r} raised"),
    ):
        return variant_proof(theorem, variant, outcome)


def _verdict(proof: ProofReport | None, numerics: NumericsReport | None, variants: list[Any]) -> Any:
    if proof and proof.status == "failed":
        return "refuted"
    if (numerics and numerics.verdict == "refuted") or any(
        v.proof == "accepted" or v.numerics == "consistent" for v in variants
    ):
        return "refuted"
    open_numbers = numerics is not None and numerics.verdict == "inconclusive"
    open_variants = any(v.proof != "refused" or v.numerics != "refuted" for v in variants)
    if open_numbers or open_variants or (proof and proof.assumptions):
        return "inconclusive"
    if proof and proof.status == "empirical":
        return "empirical"
    return "verified"


def claims_hash(theorem: Theorem) -> str:
    """The hash of the claims' texts, and of the words of what is only observed; it keys streams and stores."""
    from hashlib import sha256

    claims = (str(kernel_claim(p.statement)) for p in theorem.parts)
    observed = (f"({o.label}) {o.words}" for o in theorem.observations)
    return sha256("\n".join((*claims, *observed)).encode()).hexdigest()


def provenance(options: Options) -> dict[str, Any]:
    """Versions and seed of a run."""
    from importlib.metadata import PackageNotFoundError, version

    found: dict[str, Any] = {
        "lemmata": lemmata.__version__,
        "python": platform.python_version(),
        "seed": options.seed,
    }
    for name in ("sympy", "numpy"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "unknown"
    return found


def certificate(entry: Entry) -> str:
    """The certificate as JSON; raises LemmataError if the proof does not close."""
    theorem, module = load(entry)
    if not theorem.parts:
        raise Observed(f"{entry.id} has no part with a claim: there is no proof to export")
    outcome = derived(entry, theorem, module)
    missing = [p.label for p in theorem.parts if p.label not in outcome.proof.proved]
    if outcome.failed or missing:
        raise ProofFailed(
            f"{entry.id}: step {outcome.failed!r} refused: {outcome.reason}"
            if outcome.failed
            else f"{entry.id}: nothing proves part ({missing[0]})"
        )
    return json.dumps(outcome.proof.certificate(), indent=1, ensure_ascii=False)


class Observed(LemmataError):
    """What is only observed has no proof."""

    exit_code = 3


class ProofFailed(LemmataError):
    """A derivation that does not close has no certificate."""

    exit_code = 1


def describe(entry: Entry) -> Description:
    """What a theorem says; nothing is proved or sampled."""
    from lemmata.experimenting import parameters

    theorem, _ = load(entry)
    parts: list[PartReport] = []
    for part in theorem.parts:
        claim: Claim = kernel_claim(part.statement)
        parts.append(
            PartReport(
                label=part.label,
                words=part.words,
                statement=str(claim),
                latex=claim_latex(claim),
                status="checked",
            )
        )
    return Description(
        id=entry.id,
        title=entry.title,
        theme=entry.theme,
        setting=theorem.setting,
        parts=(*parts, *map(observed, theorem.observations)),
        readings=theorem.readings,
        references=theorem.references,
        parameters=parameters(entry) if entry.twin else (),
        quantities=tuple(
            Signature(name=q.name, signature=signature(q), doc=q.doc) for q in theorem.quantities
        ),
        variants={v.name: v.changes for v in theorem.variants},
    )


def evaluate(entry: Entry, quantity: str, arguments: Mapping[str, str]) -> Evaluation:
    """A closed form at the user's numbers; raises LemmataError for a bad name, value or range."""
    from lemmata.proof.quantities import evaluate as at

    theorem, _ = load(entry)
    with patience(entry.theorem_source, f"the quantity {quantity}"), blamed(f"{quantity} raised"):
        return at(entry.id, theorem, quantity, arguments)


__all__ = [
    "ProofFailed",
    "certificate",
    "check",
    "claims_hash",
    "derivation",
    "derived",
    "describe",
    "evaluate",
    "load",
    "prove",
    "provenance",
    "refusal",
    "verify",
]
