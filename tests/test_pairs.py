"""Every pair of the catalogue: proofs close and replay alone, tampering is refused, formulas are the claims."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from lemmata import verification
from lemmata.catalogue import Entry, scan
from lemmata.kernel.errors import CertificateError, Refused
from lemmata.kernel.evaluation import Evaluator
from lemmata.kernel.judge import document_hash, replay
from lemmata.model import Options
from lemmata.proof import derive
from lemmata.proof.language import term
from lemmata.proof.theorem import kernel_claim

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


@pytest.fixture(params=ENTRIES, ids=lambda e: e.id)
def entry(request: pytest.FixtureRequest) -> Entry:
    return request.param


@pytest.fixture
def document(entry: Entry) -> dict[str, Any]:
    return json.loads(verification.certificate(entry))


def test_everything_is_proved_and_everything_is_used(entry: Entry) -> None:
    proof = verification.prove(entry).proof
    assert proof is not None
    assert {part.status for part in proof.parts} <= {"proved", "proved-modulo", "checked", "empirical"}
    assert not proof.unused
    assert not proof.assumptions


def test_the_certificate_replays_where_nothing_else_can_be_imported(entry: Entry, tmp_path: Path) -> None:
    file = tmp_path / "proof.json"
    file.write_text(verification.certificate(entry), encoding="utf-8")
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


@pytest.mark.parametrize("seal", ["left", "recomputed", "stripped"])
def test_no_number_of_the_proof_can_be_changed(document: dict[str, Any], seal: str) -> None:
    places = _numbers(document)
    assert places
    for k, match in places:
        changed = json.loads(json.dumps(document))
        old = changed["steps"][k]["claim"]
        new = old[: match.start()] + str(int(match[0]) + 1) + old[match.end() :]
        changed["steps"][k]["claim"] = new
        for part in changed["parts"]:
            if part["claim"] == old:
                part["claim"] = new
        _sealed(changed, seal)
        with pytest.raises((Refused, CertificateError)):
            replay(changed)


def _sealed(document: dict[str, Any], seal: str) -> None:
    if seal == "recomputed":
        document["hash"] = document_hash(document)
    elif seal == "stripped":
        del document["hash"]


@pytest.mark.parametrize("seal", ["recomputed", "stripped"])
def test_no_premise_relation_or_certificate_entry_can_be_dropped_or_changed(
    document: dict[str, Any], seal: str
) -> None:
    for changed in _tampered(document):
        _sealed(changed, seal)
        with pytest.raises((Refused, CertificateError)):
            replay(changed)


def _tampered(document: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for k, step in enumerate(document["steps"]):
        changes: list[dict[str, Any]] = [
            {"premises": step["premises"][:j] + step["premises"][j + 1 :]}
            for j in range(len(step["premises"]))
        ]
        for op, other in ((" = ", " != "), (" = ", " < "), (" <= ", " < "), (" <= ", " = ")):
            if op in step["claim"]:
                head, _, tail = step["claim"].rpartition(op)
                changes.append({"claim": f"{head}{other}{tail}"})
        for key in ("using", "squares", "unfold"):
            entries = step["certificate"].get(key, [])
            for j, one in enumerate(entries):
                kept = entries[:j] + entries[j + 1 :]
                changes.append({"certificate": step["certificate"] | {key: kept}})
                if key != "unfold":
                    times = f"2*({one['times']})" if "times" in one else "2"
                    doubled = [*entries[:j], one | {"times": times}, *entries[j + 1 :]]
                    changes.append({"certificate": step["certificate"] | {key: doubled}})
        for change in changes:
            copy = json.loads(json.dumps(document))
            copy["steps"][k] |= change
            found.append(copy)
    return found


def test_variants_are_refused_and_refuted_and_rows_consistent(entry: Entry) -> None:
    report = verification.verify(entry, Options(params={}))
    assert report.numerics is not None
    assert {e.verdict for e in report.numerics.evidence} == {"consistent"}
    assert report.variants
    assert {(v.proof, v.numerics) for v in report.variants} == {("refused", "refuted")}
    assert all(v.step and v.witness for v in report.variants)


def test_formulas_are_the_right_sides_of_the_claims(entry: Entry) -> None:
    theorem, module = verification.load(entry)
    evaluator = Evaluator(derive(theorem, module.derive).proof.judge.definitions)
    tied = [q for q in theorem.quantities if q.side]
    for quantity in tied:
        assert quantity.side is not None
        label, arguments = quantity.side
        claim = kernel_claim(next(p.statement for p in theorem.parts if p.label == label))
        for seed in range(4):
            point = _point(seed)
            at = {name: evaluator.term(term(expr), point) for name, expr in arguments.items()}
            at |= {name: int(point[name]) for name in quantity.parameters if name not in at}
            assert quantity.formula(**at) == evaluator.term(claim.conclusion.right, point)
            assert evaluator.relation(claim.conclusion, point)


def _point(seed: int) -> dict[str, Any]:
    """A small instance of the usual symbols: n, p, a subset, and random functions of their arguments."""
    random, n = Random(seed), seed % 3
    table: dict[Any, Fraction] = {}

    def value(*key: Any) -> Fraction:
        return table.setdefault(key, Fraction(random.randint(-9, 9), random.randint(1, 5)))

    def smooth(w: Any, x: Any) -> Any:
        return value("a", x) + value("b", x) * w + value("c", x) * w * w

    subset = tuple(Fraction(random.randint(0, 1)) for _ in range(n))
    numbers = {"n": Fraction(n), "p": Fraction(2), "w": Fraction(2, 3), "e": subset, "d": subset}
    return {**numbers, "f": smooth, "g": value}
