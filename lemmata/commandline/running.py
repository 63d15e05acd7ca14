"""Running theorems for a command: one report each, printed as it is finished, and the worst exit code."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import click

import lemmata.verification
from lemmata import kept as results
from lemmata.catalogue import Entry
from lemmata.commandline.keeping import kept, say_resumed
from lemmata.commandline.options import reproducing, run_options
from lemmata.commandline.output import emit, say, show, watched
from lemmata.commandline.program import EXIT, OPEN, REFUTED, failure, worst
from lemmata.commandline.sharing import shares
from lemmata.model import Report
from lemmata.reporting import Document, brief, headline, json_documents, theorem, variants
from lemmata.sampling import resolve

if TYPE_CHECKING:
    from lemmata.model import Progress
    from lemmata.running import Keeper

Asked = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Command:
    """How a command makes a report, what it shows of it, and which exit code that deserves."""

    report: Callable[[Entry, str, Asked, Keeper | None], Report]
    document: Callable[[Report, bool], Document]
    code: Callable[[Report], int]


def sampled(entries: Iterable[Entry], targets: Iterable[str], command: Command, asked: Asked) -> int:
    """``each``, or with --shard only a share of the samples, with the store that the user has."""
    with kept(asked) as keeper:
        if asked["shard"] is not None and keeper is not None:
            return shares(entries, targets, asked, keeper)
        return each(entries, targets, command, asked, keeper)


def each(
    entries: Iterable[Entry],
    targets: Iterable[str],
    command: Command,
    asked: Asked,
    keeper: Keeper | None = None,
) -> int:
    """Run every theorem and print what was found; ``targets`` are the user's words for the entries.

    A failure of one of several theorems is said on stderr and the others are still run; of a single one it is
    raised. With --json the document holds what was finished, also where Ctrl-C ends the rest.
    """
    chosen = list(zip(entries, targets, strict=True))
    finished: list[Report] = []
    codes: list[int] = []
    try:
        for entry, target in chosen:
            try:
                report = command.report(entry, target, asked, keeper)
            except Exception as error:
                if len(chosen) == 1:
                    raise
                codes.append(failure(error, about=target))
                continue
            codes.append(command.code(report))
            finished.append(report)
            if not asked["json"]:
                _print(report, command, asked, first=len(finished) == 1)
    except KeyboardInterrupt:
        if asked["json"] and finished:
            _emit_json(finished)
        raise
    if asked["json"]:
        _emit_json(finished)
    return worst(codes)


def _emit_json(finished: Iterable[Report]) -> None:
    emit(json_documents.text(json_documents.reports(finished)))


def certificate(entry: Entry, form: str) -> int:
    """The certificate of the proof on stdout, as JSON or for Coq; what Coq is not to prove is said on stderr."""
    text = lemmata.verification.certificate(entry)
    if form == "coq":
        from lemmata.coq import export

        exported = export(json.loads(text))
        for step, reason in exported.hypotheses.items():
            say(f"step {step!r} is a hypothesis in the Coq file: {reason}")
        text = exported.text
    emit(text)
    return 0


def _print(report: Report, command: Command, asked: Asked, first: bool) -> None:
    if asked["quiet"]:
        show(brief(report))
        return
    if not first:
        emit("")
    show(command.document(report, asked["verbose"]))


def _verified(entry: Entry, target: str, asked: Asked, keeper: Keeper | None) -> Report:
    report = _sampled(lemmata.verification.verify, entry, target, asked, keeper)
    whole = results.located(report)
    _keep(entry, whole)
    # As JSON the same run is the same bytes, on whatever machine and whenever it was run.
    return report if asked["json"] else whole


def _sampled(
    run: Callable[..., Report], entry: Entry, target: str, asked: Asked, keeper: Keeper | None
) -> Report:
    try:
        with watched(asked["quiet"]) as told:
            options = run_options(asked, _announcing(told, asked), keeper)
            report = replace(run(entry, options), command=reproducing(target, options))
    finally:
        say_resumed(keeper, asked["quiet"])
    _say_backend(asked)
    return report


def _announcing(told: Progress | None, asked: Asked) -> Progress:
    """Progress that says with the first samples where they are drawn: bad input before them is one line alone."""

    def progress(row: str, done: int, total: int) -> None:
        _say_backend(asked)
        if told:
            told(row, done, total)

    return progress


def _say_backend(asked: Asked) -> None:
    """Say why 'auto' takes no GPU: once for a command, however many theorems it runs."""
    meta = click.get_current_context().meta
    if asked["backend"] != "auto" or asked["quiet"] or meta.get(__name__):
        return
    meta[__name__] = True
    found = resolve("auto")
    if found.reason:
        say(f"backend: {found.name} on {found.device}; no GPU is used: {found.reason}")


def _keep(entry: Entry, report: Report) -> None:
    try:
        results.keep(entry, report)
    except OSError as error:
        say(f"warning: the report was not kept: {error}")


def _caught(report: Report) -> int:
    if any(v.proof == "accepted" or v.numerics == "consistent" for v in report.variants):
        return REFUTED
    caught = all(v.proof == "refused" and v.numerics == "refuted" for v in report.variants)
    return 0 if caught else OPEN


def _whole(report: Report, verbose: bool) -> Document:
    return theorem(report, verbose=verbose)


def _code(report: Report) -> int:
    return EXIT[headline(report)]


verified = Command(_verified, _whole, _code)
proved = Command(
    lambda entry, target, *_: replace(lemmata.verification.prove(entry), command=reproducing(target)),
    _whole,
    _code,
)
checked = Command(
    lambda entry, target, *rest: _sampled(lemmata.verification.check, entry, target, *rest), _whole, _code
)
varied = Command(
    lambda entry, target, *rest: _sampled(lemmata.verification.verify, entry, target, *rest),
    lambda report, verbose: variants(report),
    _caught,
)
