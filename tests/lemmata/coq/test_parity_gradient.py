"""Coq accepts parity-gradient whole, with no hypothesis beyond the theories that its ledger names."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from click.testing import CliRunner

import cli
from lemmata.coq import FOUNDATIONS
from lemmata.coq.names import prelude
from tests.lemmata.coq.conftest import rests_on

ID = "parity-gradient"


@cache
def exported(form: str) -> tuple[str, str]:
    """What ``prove --export`` prints on stdout and on stderr."""
    done = CliRunner().invoke(cli.program, ["prove", ID, "--export", form])
    assert done.exit_code == 0, done.output
    return done.stdout, done.stderr


def statements() -> dict[str, str]:
    """The statement of every part's theorem."""
    return dict(re.findall(r"^Theorem part_(\S+) :\n(.*?)\.\nProof", exported("coq")[0], re.M | re.S))


def test_the_file_compiles_and_rests_on_what_the_ledger_names(compile_file: Any) -> None:
    text, said = exported("coq")
    assert said == ""
    assert "Hypotheses: none." in text.split("*)")[0]
    assert not re.search(r"Hypothesis|Variable", text)
    done = compile_file(text)
    assert done.returncode == 0, done.stderr
    assert rests_on(done.stdout) <= set(FOUNDATIONS)


def test_every_part_is_a_theorem_and_every_step_a_lemma() -> None:
    text, _ = exported("coq")
    document = json.loads(exported("json")[0])
    assert set(statements()) == {p["label"] for p in document["parts"]}
    assert len(re.findall(r"^Lemma step_", text, re.M)) == len(document["steps"])
    assert {s["rule"] for s in document["steps"]}.isdisjoint({"cite", "assume"})


def test_no_word_lets_a_gap_pass() -> None:
    assert not re.search(
        r"Admitted|\badmit\b|Axiom|Parameter|Conjecture|native_compute|Unset|bypass_check", exported("coq")[0]
    )


def without_proofs(text: str) -> str:
    """The file with every step a hypothesis: enough to compare statements."""
    _, body = text.split(prelude())
    steps = re.sub(r"^Lemma (step_\S+ :.*?)\.\nProof.*?Qed\.", r"Hypothesis \1.", body, flags=re.M | re.S)
    return steps[: steps.index("Definition parts")] + "End Certificate.\n"


def changed(statement: str) -> str:
    """The conclusion with its last numeral, or its last relation, changed."""
    start, end = statement.rsplit("\n", 1)
    if re.search(r"\d", end):
        return start + "\n" + re.sub(r"(.*)(\d)", lambda m: f"{m[1]}{int(m[2]) + 1}", end)
    return start + "\n" + re.sub(r"(.*)( = )", r"\1 <> ", end)


def test_a_part_with_another_constant_is_not_what_its_step_proves(compile_small: Any) -> None:
    text = without_proofs(exported("coq")[0])
    found = statements()
    for part, statement in found.items():
        assert changed(statement) != statement
        text = text.replace(
            f"Theorem part_{part} :",
            f"Check ({changed(statement)}) : Prop.\n"
            f"Fail Definition changed : {changed(statement)} := step_{part}.\nTheorem part_{part} :",
        )
    assert text.count("Fail Definition") == len(found)
    done = compile_small(text)
    assert done.returncode == 0, done.stderr
