"""The command mutate: the checker's own score on a theorem."""

from __future__ import annotations

import click

from lemmata.commandline.options import CONTEXT, JSON, TARGET
from lemmata.commandline.output import emit, show
from lemmata.commandline.program import REFUTED

# A rule broken on purpose has to be told from a sound one.
HIGHEST_CONTROL = 0.5


@click.command(context_settings=CONTEXT, params=[TARGET, JSON])
def mutate(target: str, json: bool) -> int:
    """The checker's own score on this theorem.

    Every step's claim is changed in one place: a sign, a constant, an exponent, a relation, an index, a binder, a
    hypothesis. Whether a mutant is false is decided by exact evaluation in concrete worlds; every false one must be
    refused with the step's own certificate, and so must every certificate with something left out. Rules broken on
    purpose are scored beside the kernel. Exit code 0 says that all of this holds, 1 that it does not.
    """
    from lemmata.catalogue import find

    entry = find(target)
    from lemmata.mutation import mutate as score
    from lemmata.reporting import json_documents, mutation

    found = score(entry)
    if json:
        emit(json_documents.text(json_documents.mutation(found)))
    else:
        show(mutation(found))
    told = all(share < HIGHEST_CONTROL for share in found.controls.values())
    return 0 if told and not found.accepted and not found.missed else REFUTED
