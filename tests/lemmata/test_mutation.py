"""Mutants: made in one place each, judged by exact worlds, all false ones refused, and a broken kernel found out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cli import program
from lemmata.catalogue import find, scan
from lemmata.commandline.mutation import HIGHEST_CONTROL
from lemmata.kernel import rules
from lemmata.kernel.claims import parse_claim
from lemmata.mutation import FATES, mutate
from lemmata.proof.mutants import KINDS, mutants

LEMMA = '''"""Geometric growth."""

from lemmata.model import Row
from lemmata.proof import Part, Theorem, claim, eq, index, le, mean, nat, product, signs, square, total

n = nat("n")
x, i = signs("x", n), index("i", n)

theorem = Theorem(
    setting="x uniform on the cube",
    parts=(
        Part("a", "mean", claim((n,), eq(mean(x, product(i, 1 + x[i] / 2) ** 2), 5**n / 4**n))),
        Part("b", "bound", claim((n,), le(0, mean(x, total(i, x[i]) ** 2)))),
    ),
)


def derive(proof):
    proof.conclude("a", "cube")
    proof.conclude("b", "square", squares=[square(total(i, x[i]), under=[mean(x, 1)])])


def rows(rng, xp):
    yield Row(name="none", quantity="none", at={}, part="a", kind="exact", value=1)
'''
CLAIM = (
    "for all n: nat, a: real, f: fn(index(n)) -> real. if (for all k: index(n). 0 <= f(k)) then "
    "a^2 <= sum(i: index(n), f(i)) + a^2"
)


@pytest.fixture
def lemma(tmp_path: Path) -> str:
    path = tmp_path / "growth.py"
    path.write_text(LEMMA, encoding="utf-8")
    return str(path)


def test_a_mutant_differs_in_one_place_and_every_kind_is_made() -> None:
    claim = parse_claim(CLAIM, {})
    made = {(m.kind, str(m.claim)) for m in mutants(claim)}
    assert {kind for kind, _ in made} == set(KINDS) - {"index"}  # no two names here are of one sort
    texts = {text for _, text in made}
    assert CLAIM not in texts
    assert CLAIM.replace("a^2 <= sum", "a^2 < sum") in texts
    assert CLAIM.replace("+ a^2", "+ a^3") in texts
    assert CLAIM.replace("if (for all k: index(n). 0 <= f(k)) then ", "") in texts
    assert CLAIM.replace("sum(i", "prod(i") in texts
    assert CLAIM.replace("+ a^2", "- a^2") in texts


def test_an_index_is_replaced_by_another_of_its_sort() -> None:
    claim = parse_claim("for all n: nat, i: index(n), j: index(n). i + j = j + i", {})
    texts = {str(m.claim) for m in mutants(claim) if m.kind == "index"}
    assert "for all n: nat, i: index(n), j: index(n). j + j = j + i" in texts
    assert len(texts) == 4


def test_every_false_mutant_of_a_small_lemma_is_refused(lemma: str) -> None:
    found = mutate(find(lemma))
    assert not found.accepted
    assert not found.missed
    assert found.dropped
    assert all(set(counts) == set(FATES) for counts in found.counts.values())
    refused = sum(counts["false, refused"] for counts in found.counts.values())
    assert refused > 20
    assert all(share < HIGHEST_CONTROL for share in found.controls.values())
    assert found.controls["accepts everything"] == 0


def test_a_kernel_that_believes_everything_is_found_out(lemma: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def believe(claim: Any, certificate: Any, context: Any, rule: str) -> None:
        pass

    monkeypatch.setitem(rules.RULES, "cube", (believe, "decided"))
    done = CliRunner().invoke(program, ["mutate", lemma])
    assert done.exit_code == 1
    assert "UNSOUND" in done.output
    assert "ACCEPTED" in done.output


def test_json_holds_what_is_printed(lemma: str) -> None:
    done = CliRunner().invoke(program, ["mutate", lemma, "--json"])
    assert done.exit_code == 0
    document = json.loads(done.stdout)
    assert document["accepted"] == []
    assert set(document["counts"]) <= set(KINDS)


def test_what_is_not_proved_has_nothing_to_mutate(tmp_path: Path) -> None:
    path = tmp_path / "wrong.py"
    path.write_text(LEMMA.replace("5**n", "6**n"), encoding="utf-8")
    done = CliRunner().invoke(program, ["mutate", str(path)])
    assert done.exit_code == 2
    assert "not proved" in done.stderr


@pytest.mark.nightly
@pytest.mark.parametrize("entry", scan().entries, ids=lambda e: e.id)
def test_every_false_mutant_of_the_catalogue_is_refused(entry: Any) -> None:
    found = mutate(entry)
    assert not found.accepted
    assert not found.missed
    assert all(share < HIGHEST_CONTROL for share in found.controls.values())
