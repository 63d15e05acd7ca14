"""Every theorem of the catalogue is exported, compiles, and rests on no more than what it cites."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lemmata.catalogue import Entry, scan
from lemmata.coq import EXCLUDED_MIDDLE, FOUNDATIONS, export
from lemmata.coq.export import unique_names
from lemmata.verification import certificate
from tests.lemmata.coq.conftest import rests_on


@pytest.mark.nightly
@pytest.mark.parametrize("entry", scan().entries, ids=lambda entry: entry.id)
def test_a_theorem_of_the_catalogue(entry: Entry, compile_file: Any) -> None:
    document = json.loads(certificate(entry))
    exported = export(document)
    assert set(exported.hypotheses) == {s["id"] for s in document["steps"] if s["rule"] == "cite"}
    done = compile_file(exported.text)
    assert done.returncode == 0, done.stderr
    names = unique_names("step", (s["id"] for s in document["steps"]))
    known = {names[step] for step in exported.hypotheses}
    assert rests_on(done.stdout) <= {*FOUNDATIONS, EXCLUDED_MIDDLE, *known}
