"""Documents: forged steps, drifted statements under a hash made anew, swapped proofs, and what is no certificate."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest

from lemmata.kernel.documents import document_hash, read, replay
from lemmata.kernel.errors import CertificateError, KernelError, Refused
from tests.attacks.attack import step

CLAIM = "for all a: real, b: real. (a + b)^2 = a^2 + 2*a*b + b^2"


def document() -> dict[str, Any]:
    """A certificate that is accepted."""
    steps = [
        step("p", "identity", CLAIM, because="square out"),
        step("q", "identity", "for all c: real. c*1 = c"),
        step("zero", "assume", "for all z: real. z^2 = 5*z"),
        step("s", "identity", "for all c: real. (c + 1)^2 = 5*c + 5", ("zero",)),
    ]
    steps[0]["certificate"] = {}
    steps[0]["because"] = "square out"
    steps[3]["certificate"] = {"using": [{"from": "zero", "with": {"z": "c + 1"}}]}
    parts = [{"label": "a", "step": "p", "claim": CLAIM}]
    found = {
        "format": "lemmata-certificate",
        "version": 1,
        "id": "x",
        "title": "t",
        "steps": steps,
        "parts": parts,
    }
    return found | {"hash": document_hash(found)}


def rehashed(found: dict[str, Any]) -> dict[str, Any]:
    """The document with the hash it would have."""
    return found | {"hash": document_hash(found)}


def test_the_document_itself_is_accepted_and_its_ledger_counts_what_its_parts_rest_on() -> None:
    found = replay(document())
    assert (found.steps, found.parts, dict(found.ledger)) == (4, ("a",), {"decided": 1})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("+ 2*a*b", "- 2*a*b"),
        ("2*a*b", "3*a*b"),
        ("^2 =", "^3 ="),
        ("b: real", "b: nat, c: real"),
        ("= a^2", "!= a^2"),
    ],
)
def test_a_drifted_statement_is_refused_even_under_a_new_hash(old: str, new: str) -> None:
    found = document()
    found["steps"][0]["claim"] = CLAIM.replace(old, new, 1)
    found["parts"][0]["claim"] = found["steps"][0]["claim"]
    if "nat, c" in new:  # true, but not what the part of another text says
        found["parts"][0]["claim"] = CLAIM
    with pytest.raises(Refused):
        replay(rehashed(found))


def test_a_part_says_what_its_step_proves() -> None:
    found = document()
    found["parts"][0]["claim"] = CLAIM.replace("2*a*b", "3*a*b")
    with pytest.raises(Refused, match="not what its step proves"):
        replay(rehashed(found))
    found["parts"][0] = {"label": "a", "step": "q", "claim": CLAIM}
    with pytest.raises(Refused, match="not what its step proves"):
        replay(rehashed(found))


def test_swapped_proofs_are_refused() -> None:
    found = document()
    a, b = found["steps"][0], found["steps"][3]
    a["certificate"], b["certificate"] = b["certificate"], a["certificate"]
    a["premises"], b["premises"] = b["premises"], a["premises"]
    with pytest.raises(Refused, match="there is no earlier step 'zero'"):
        replay(rehashed(found))


def test_a_forged_step_is_judged_whatever_rule_it_names() -> None:
    for rule in ("identity", "sum", "cube"):
        found = document()
        found["steps"][0] = step("p", rule, "for all a: real, b: real. (a + b)^2 = a^2 + b^2")
        found["parts"][0]["claim"] = found["steps"][0]["claim"]
        with pytest.raises(Refused, match="do not cancel"):
            replay(rehashed(found))


@pytest.mark.parametrize("rule", ["assume", "cite"])
def test_what_is_not_proved_shows_in_the_ledger(rule: str) -> None:
    found = document()
    found["steps"][0]["rule"] = rule
    found["steps"][0]["certificate"] = {"source": "a paper"} if rule == "cite" else {}
    assert dict(replay(rehashed(found)).ledger) == {"cited" if rule == "cite" else "assumed": 1}


def test_cyclic_premises_are_refused() -> None:
    found = document()
    one = step("p", "identity", "for all a: real. a = 0", ("q",), using=[{"from": "q"}])
    other = step("q", "identity", "for all a: real. a = 0", ("p",), using=[{"from": "p"}])
    found["steps"] = [one, other]
    found["parts"] = [{"label": "a", "step": "p", "claim": one["claim"]}]
    with pytest.raises(Refused, match="there is no earlier step 'q'"):
        replay(rehashed(found))


@pytest.mark.parametrize("premises", [[], ["q"], ["zero", "q"], ["zero", "zero"]])
def test_what_a_step_rests_on_cannot_be_hidden_or_embellished(premises: list[str]) -> None:
    found = document()
    found["steps"][3]["premises"] = premises
    with pytest.raises(Refused, match="premises listed"):
        replay(rehashed(found))


@pytest.mark.parametrize("where", ["steps", "parts"])
def test_an_id_or_a_label_occurs_once(where: str) -> None:
    found = document()
    found[where].append(deepcopy(found[where][0]))
    with pytest.raises(CertificateError, match="twice"):
        replay(rehashed(found))


def _at(found: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    place: Any = found
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return found


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        (("steps", 0, "rule"), "Identity", "there is no rule"),
        (("steps", 0, "rule"), "define ", "there is no rule"),
        (("steps", 0, "rule"), None, "a step has no rule"),
        (("steps", 0, "checked"), True, "unknown key"),
        (("steps", 0, "certificate"), {"trust": True}, "unknown key"),
        (("steps", 0, "certificate"), [], "not an object"),
        (("steps", 0, "premises"), "zero", "not a list of ids"),
        (("steps", 0, "claim"), 1, "a step has no claim"),
        (("steps", 3, "certificate", "using", 0, "weight"), "1", "unknown key"),
        (("steps", 3, "certificate", "using", 0, "under"), "sum(i: index(3))", "not a list"),
        (("steps", 3, "certificate", "using", 0, "times"), 2, "no text"),
        (("steps", 3, "certificate", "using", 0, "with"), ["c + 1"], "wrong shape"),
        (("steps", 3, "certificate", "using", 0, "from"), True, "no earlier step"),
        (("steps", 3, "certificate", "using", 0, "from"), 0.0, "no earlier step"),
        (("steps", 3, "certificate", "using", 0, "from"), -1, "there is no hypothesis"),
        (("steps", 3, "certificate", "using", 0, "from"), float("nan"), "no earlier step"),
        (("steps", 3, "certificate", "using", 0, "times"), "1e3", "unexpected|not known"),
        (("steps", 3, "certificate", "using", 0, "times"), "inf", "not known"),
        (("steps", 3, "certificate", "using"), {}, "not a list"),
        (("parts",), [], "steps and parts"),
        (("parts", 0, "verdict"), "proved", "exactly a label"),
        (("parts", 0, "step"), "none", "names no step"),
        (("parts", 0, "label"), "a\x1b[2K", "cannot be printed"),
        (("parts", 0, "label"), "a\u202eb", "cannot be printed"),
        (("version",), 1.0, "not a certificate of the format"),
        (("version",), True, "not a certificate of the format"),
        (("trusted",), True, "unknown key"),
    ],
)
def test_a_changed_document_is_refused(path: tuple[Any, ...], value: Any, reason: str) -> None:
    found = _at(document(), path, value)
    with pytest.raises(KernelError, match=reason):
        replay({k: v for k, v in found.items() if k != "hash"})


def test_the_hash_covers_all_that_is_judged_and_nothing_else() -> None:
    start = document()
    prose = deepcopy(start)
    prose["steps"][0]["because"], prose["title"] = "for another reason", "another title"
    assert document_hash(prose) == start["hash"]
    for path, value in [
        (("steps", 0, "id"), "p1"),
        (("steps", 0, "rule"), "sum"),
        (("steps", 3, "certificate", "using", 0, "with", "z"), "1 + c"),
        (("parts", 0, "label"), "b"),
        (("id",), "y"),
    ]:
        assert document_hash(_at(deepcopy(start), path, value)) != start["hash"], path


@pytest.mark.parametrize("name", ["title", "because", "latex", "hash", "references", "provenance"])
def test_a_value_for_a_variable_that_is_called_like_prose_is_hashed(name: str) -> None:
    found = document()
    found["steps"][2]["claim"] = f"for all {name}: real. {name}^2 = 5*{name}"
    hashes: set[str] = set()
    for value in ("c + 1", "1 + c"):
        found["steps"][3]["certificate"]["using"][0]["with"] = {name: value}
        replay(rehashed(found))
        hashes.add(document_hash(found))
    assert len(hashes) == 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"format": NaN}', "NaN is not a number"),
        ('{"version": Infinity}', "Infinity is not a number"),
        ('{"id": "a", "id": "b"}', "a key occurs twice"),
        ('{"steps": [{"rule": "assume", "rule": "identity"}]}', "a key occurs twice"),
        ('{"version": ' + "9" * 5000 + "}", "more than 400 digits"),
        ("[" * 100_000, "nested deeper|not a certificate"),
        ("[1]", "not an object"),
        ("null", "not an object"),
        ("{'format': 1}", "not a certificate"),
        ("", "not a certificate"),
    ],
)
def test_a_text_that_is_no_document_is_none(text: str, reason: str) -> None:
    with pytest.raises(CertificateError, match=reason):
        read(text)


def test_a_number_too_large_to_be_finite_is_nowhere_taken_for_one() -> None:
    found = document()
    found["steps"][3]["certificate"]["using"][0]["from"] = json.loads("1e999")
    with pytest.raises(Refused, match="no earlier step"):
        replay({k: v for k, v in found.items() if k != "hash"})


def test_a_document_that_nests_without_end_is_refused() -> None:
    deep: Any = []
    for _ in range(50_000):
        deep = [deep]
    with pytest.raises(CertificateError, match="nested deeper"):
        replay({**document(), "provenance": {"deep": deep}})
