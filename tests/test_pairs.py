"""Every pair of the catalogue: proofs close and replay alone, tampering is refused, variants fall twice."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any

import pytest

from lemmata import verification
from lemmata.catalogue import Entry, scan
from lemmata.kernel.claims import parse_claim
from lemmata.kernel.documents import document_hash, replay
from lemmata.kernel.errors import CertificateError, Refused
from lemmata.kernel.judge import Judge
from lemmata.proof.worlds import World

ENTRIES = scan().entries
ALONE = """
import sys
class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition('.')[0] in ('sympy', 'numpy', 'flint', 'networkx'):
            raise ImportError(name)
sys.meta_path.insert(0, Refuse())
from lemmata.kernel.replay import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture(params=ENTRIES, ids=lambda e: e.id, scope="module")
def entry(request: pytest.FixtureRequest) -> Entry:
    return request.param


@pytest.fixture(scope="module")
def certificate(entry: Entry) -> str:
    return verification.certificate(entry)


@pytest.fixture
def document(certificate: str) -> dict[str, Any]:
    return json.loads(certificate)


def test_everything_is_used_and_something_false_is_kept(entry: Entry, document: dict[str, Any]) -> None:
    """That the proof closes, the rows agree and the variants fall is asked by ``pytest --theorems theorems``."""
    parts = [part["step"] for part in document["parts"]]
    used, waiting = set[str](), list(parts)
    premises = {step["id"]: step["premises"] for step in document["steps"]}
    while waiting:
        used.add(name := waiting.pop())
        waiting += premises[name]
    assert used == set(premises)
    assert verification.load(entry)[0].variants


def test_the_certificate_replays_where_nothing_else_can_be_imported(certificate: str, tmp_path: Path) -> None:
    file = tmp_path / "proof.json"
    file.write_text(certificate, encoding="utf-8")
    root = Path(verification.__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-c", ALONE, str(file)], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("accepted")


def _numbers(document: dict[str, Any]) -> list[tuple[int, re.Match[str]]]:
    return [
        (k, m)
        for k, s in enumerate(document["steps"])
        for m in re.finditer(r"(?<![A-Za-z_\d])\d+", s["claim"])
    ]


Alike = Callable[[str, str], bool]


def _require_refused(
    document: dict[str, Any], changes: Iterable[tuple[int, dict[str, Any]]], alike: Alike | None = None
) -> int:
    """Each changed step is refused, or a later step or part is; the steps before it are judged once.

    But for claims that say the same, as ``alike`` finds: a sum of [o = n] over more places than one is that over one.
    """
    before, count = [Judge()], 0
    for record in document["steps"]:
        judge = before[-1].branch()
        judge.accept(record)
        before.append(judge)
    for k, change in changes:
        record = document["steps"][k] | change
        count += 1
        try:
            judge = before[k].branch()
            for later in (record, *document["steps"][k + 1 :]):
                judge.accept(later)
        except (Refused, CertificateError):
            continue
        if alike and alike(document["steps"][k]["claim"], record["claim"]):
            continue
        changed = document | {"steps": [*document["steps"][:k], record, *document["steps"][k + 1 :]]}
        changed["parts"] = [_following(part, document["steps"][k], change) for part in document["parts"]]
        del changed["hash"]
        with pytest.raises((Refused, CertificateError)):
            replay(changed)
    return count


def _following(part: dict[str, Any], step: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    return part | {"claim": change["claim"]} if part["step"] == step["id"] and "claim" in change else part


@pytest.mark.parametrize("share", [4, pytest.param(None, marks=pytest.mark.nightly)])
def test_no_number_of_the_proof_can_be_changed(
    document: dict[str, Any], share: int | None, alike: Alike
) -> None:
    """Four numbers of every step, drawn anew for every certificate; all of them in the nightly run."""
    random = Random(document["hash"])

    def changed(k: int, match: re.Match[str]) -> dict[str, Any]:
        old = document["steps"][k]["claim"]
        return {"claim": old[: match.start()] + str(int(match[0]) + 1) + old[match.end() :]}

    places = [
        (k, match)
        for k, found in groupby(_numbers(document), key=lambda place: place[0])
        for _, match in _drawn(list(found), share, random)
    ]
    assert _require_refused(document, [(k, changed(k, match)) for k, match in places], alike)


@pytest.fixture
def alike(entry: Entry) -> Alike:
    """Whether two conclusions under the same hypotheses have the same two sides in every world."""
    theorem = verification.load(entry)[0]
    definitions = verification.derivation(entry).proof.judge.definitions

    def same(one: str, other: str) -> bool:
        old, new = parse_claim(one, definitions), parse_claim(other, definitions)
        if (old.variables, old.hypotheses) != (new.variables, new.hypotheses):
            return False
        for world in (World(seed, theorem.model(seed), definitions) for seed in range(6)):
            at = world.point(old)
            for side in ("left", "right"):
                sides = (getattr(claim.conclusion, side) for claim in (old, new))
                if len({world.evaluator.term(term, at) for term in sides}) > 1:
                    return False
        return True

    return same


def test_claims_that_say_the_same_are_told_from_others(alike: Alike) -> None:
    claim = (
        "for all places1: nat, amount1: real. sum(i: index(places1 + {}), [i = places1]*amount1) = {}*amount1"
    )
    assert alike(claim.format(1, 1), claim.format(2, 1))
    assert not alike(claim.format(1, 1), claim.format(0, 1))
    assert not alike(claim.format(1, 1), claim.format(1, 2))
    assert not alike(claim.format(1, 1), "for all amount1: real. if 0 < amount1 then amount1 = 1*amount1")


def _drawn(found: list[Any], share: int | None, random: Random) -> list[Any]:
    return found if share is None or len(found) <= share else random.sample(found, share)


def test_a_hash_is_that_of_what_was_judged(document: dict[str, Any]) -> None:
    document["parts"][0]["label"] = "renamed"
    with pytest.raises(Refused, match="hash"):
        replay(document)
    document["hash"] = document_hash(document)
    assert replay(document).parts[0] == "renamed"


def test_no_premise_relation_or_certificate_entry_can_be_dropped_or_changed(document: dict[str, Any]) -> None:
    assert _require_refused(document, _tampered(document))


def _tampered(document: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    found: list[tuple[int, dict[str, Any]]] = []
    for k, step in enumerate(document["steps"]):
        changes: list[dict[str, Any]] = [
            {"premises": step["premises"][:j] + step["premises"][j + 1 :]}
            for j in range(len(step["premises"]))
        ]
        for op, other in ((" = ", " != "), (" = ", " < "), (" <= ", " < "), (" <= ", " = ")):
            # The conclusion's relation is the last one: a changed hypothesis may leave a weaker claim, which is true.
            head, _, tail = step["claim"].rpartition(op)
            if head and " then " not in tail:
                changes.append({"claim": f"{head}{other}{tail}"})
        for key in ("using", "squares", "ordered", "unfold"):
            entries = step["certificate"].get(key, [])
            for j, one in enumerate(entries):
                kept = entries[:j] + entries[j + 1 :]
                changes.append({"certificate": step["certificate"] | {key: kept}})
                if key != "unfold":
                    times = f"2*({one['times']})" if "times" in one else "2"
                    doubled = [*entries[:j], one | {"times": times}, *entries[j + 1 :]]
                    changes.append({"certificate": step["certificate"] | {key: doubled}})
        found += [(k, change) for change in changes]
    return found
