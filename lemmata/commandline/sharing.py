"""``--shard I/N``: one share of the samples, drawn into a store, without a verdict."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from lemmata.commandline.options import run_options
from lemmata.commandline.output import emit, say, watched
from lemmata.commandline.program import OPEN, failure, worst

if TYPE_CHECKING:
    from lemmata.catalogue import Entry
    from lemmata.running import Keeper

Drawn = dict[str, tuple[int, int]]


def shares(entries: Iterable[Entry], targets: Iterable[str], asked: Mapping[str, Any], keeper: Keeper) -> int:
    """Draw one share of every theorem's samples and print what the store now has; never better than undecided.

    A failure of one of several theorems is said on stderr and the others are still drawn.
    """
    chosen = list(zip(entries, targets, strict=True))
    codes: list[int] = []
    found: dict[str, Drawn] = {}
    for entry, target in chosen:
        try:
            found[target] = _drawn(entry, asked, keeper)
            codes.append(OPEN)
        except Exception as error:
            if len(chosen) == 1:
                raise
            codes.append(failure(error, about=target))
            continue
        if not asked["json"]:
            emit(_text(target, found[target], asked))
    if asked["json"]:
        emit(_json(found, asked, keeper))
    elif found:
        say(
            f"no verdict: {keeper.store.path} holds this share; when all are drawn, merge the stores, and verify with "
            "--store and the same options reads them"
        )
    return worst(codes)


def _drawn(entry: Entry, asked: Mapping[str, Any], keeper: Keeper) -> Drawn:
    from lemmata.experimenting import Laboratory
    from lemmata.running import Share
    from lemmata.verification import claims_hash, load

    theorem, _ = load(entry)
    with (
        watched(asked["quiet"]) as told,
        Laboratory(entry, theorem, run_options(asked, told, keeper), claims_hash(theorem)) as laboratory,
    ):
        return laboratory.share(Share(*asked["shard"]))


def _text(target: str, drawn: Drawn, asked: Mapping[str, Any]) -> str:
    number, parts = asked["shard"]
    kept, planned = (sum(counts) for counts in zip(*drawn.values(), strict=True)) if drawn else (0, 0)
    state = "partial" if kept == planned else "incomplete"
    head = f"{target} {state}: share {number} of {parts}, {kept} of its {planned} shards kept, no verdict"
    if asked["quiet"]:
        return head
    width = max(map(len, drawn), default=0)
    return "\n".join([head, *(f"  {name:{width}}  {k} of {n}" for name, (k, n) in drawn.items())])


def _json(found: Mapping[str, Drawn], asked: Mapping[str, Any], keeper: Keeper) -> str:
    number, parts = asked["shard"]
    theorems = [
        {
            "id": target,
            "verdict": None,
            "rows": [
                {"name": name, "kept": kept, "shards": planned} for name, (kept, planned) in drawn.items()
            ],
        }
        for target, drawn in found.items()
    ]
    document = {
        "schema_version": 1,
        "share": {"number": number, "of": parts},
        "store": str(keeper.store.path),
        "theorems": theorems,
    }
    return json.dumps(document, indent=1, ensure_ascii=False)
