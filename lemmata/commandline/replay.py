"""The command replay: a certificate judged by the kernel alone."""

from __future__ import annotations

from typing import Any

import click

from lemmata.commandline.options import CONTEXT, JSON
from lemmata.commandline.output import emit
from lemmata.commandline.program import REFUTED


@click.command(context_settings=CONTEXT, params=[JSON])
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True))
def replay(file: str, json: bool) -> int:
    """Re-check a certificate with the kernel alone.

    FILE is what prove --export json printed. Exit code 0 says that every step is accepted, 1 that a step is
    refused, 2 that FILE is no certificate.
    """
    # A certificate is judged without anything that helped to find it: the kernel and the standard library.
    from lemmata.kernel.errors import CertificateError, Refused
    from lemmata.kernel.replay import replay_file
    from lemmata.model import LemmataError

    try:
        found = replay_file(file)
    except CertificateError as error:
        fault = str(error).removeprefix("not a certificate: ")
        raise LemmataError(f"{file} is no certificate: {fault}") from error
    except Refused as error:
        emit(_replayed(json, str(error), accepted=False, step=error.step, reason=error.reason))
        return REFUTED
    ledger = ", ".join(f"{tier} {steps}" for tier, steps in found.ledger.items())
    summary = f"accepted: {found.steps} steps, parts {', '.join(found.parts)}; {ledger}"
    details = {
        "steps": found.steps,
        "parts": list(found.parts),
        "ledger": dict(found.ledger),
        "hash": found.hash,
    }
    emit(_replayed(json, summary, accepted=True, **details))
    return 0


def _replayed(json: bool, text: str, **found: Any) -> str:
    from json import dumps

    return dumps({"schema_version": 1, **found}, indent=1) if json else text
