"""The errata of a theorem: witnesses computed anew, and the proof run to the part that states the correction."""

from __future__ import annotations

from lemmata.catalogue import Entry
from lemmata.foreign import blamed, patience
from lemmata.model import ErratumReport, PartStatus, ProofReport
from lemmata.proof.reports import proof_report
from lemmata.proof.theorem import Erratum
from lemmata.proof.witnesses import refutes
from lemmata.theorem_files import load
from lemmata.verification import derivation


def errata(entry: Entry, proof: ProofReport | None = None) -> tuple[ErratumReport, ...]:
    """Where the sources of a theorem are wrong, in its own order; its proof is run where it has not been."""
    theorem, _ = load(entry)
    if not theorem.errata:
        return ()
    parts = (proof or proof_report(theorem, derivation(entry))).parts
    status: dict[str, PartStatus] = {part.label: part.status for part in parts}
    return tuple(_report(entry, erratum, status[erratum.part]) for erratum in theorem.errata)


def _report(entry: Entry, erratum: Erratum, status: PartStatus) -> ErratumReport:
    with (
        patience(entry.theorem_source, f"the witness of the erratum {erratum.name!r}"),
        blamed(f"{entry.theorem}: the witness of the erratum {erratum.name!r} raised"),
    ):
        refuted, witness = refutes(erratum)
    return ErratumReport(
        id=erratum.name,
        source=erratum.source,
        printed=erratum.printed,
        grade=erratum.grade,
        witness=witness,
        corrected=erratum.corrected,
        theorem=entry.id,
        part=erratum.part,
        status=status,
        refuted=refuted,
    )
