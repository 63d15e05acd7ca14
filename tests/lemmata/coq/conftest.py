"""Coq for the tests of the export: the prelude compiled once, small files on top, and steps that nobody judged."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lemmata.coq.names import prelude
from lemmata.coq.proofs import Proofs
from lemmata.coq.rules import script
from lemmata.kernel.claims import parse_claim
from lemmata.kernel.records import Step, Tier

Compile = Callable[[str], subprocess.CompletedProcess[str]]


def coqc(folder: Path, name: str, text: str) -> subprocess.CompletedProcess[str]:
    """Compile a file; what Coq prints is on stdout, what it refuses on stderr."""
    (folder / f"{name}.v").write_text(text, encoding="utf-8")
    command = ["coqc", "-q", "-R", ".", "Lemmata", f"{name}.v"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=900, check=False)


@pytest.fixture(scope="session")
def compile_file(tmp_path_factory: pytest.TempPathFactory) -> Compile:
    """Compiles a whole file as it is."""
    if shutil.which("coqc") is None:
        pytest.skip("coqc is not installed")
    folder = tmp_path_factory.mktemp("coq")
    return lambda text: coqc(folder, "Whole", text)


@pytest.fixture(scope="session")
def compile_small(tmp_path_factory: pytest.TempPathFactory) -> Compile:
    """Compiles a file that holds the prelude, or needs it, with the prelude compiled once for all."""
    if shutil.which("coqc") is None:
        pytest.skip("coqc is not installed")
    folder = tmp_path_factory.mktemp("coq")
    done = coqc(folder, "Prelude", prelude())
    assert done.returncode == 0, done.stderr
    start = prelude().split("(* ---")[0] + "From Lemmata Require Import Prelude.\n"
    return lambda text: coqc(folder, "Small", start + text.replace(prelude(), ""))


def rests_on(printed: str) -> set[str]:
    """The names in the answer of Print Assumptions."""
    lines = re.findall(r"^(\S+)(?: :|$)", printed, re.MULTILINE)
    return {line for line in lines if not line.endswith(":")}


def unjudged(record: dict[str, Any], steps: dict[str, dict[str, Any]]) -> str:
    """The lemma of a step that no kernel has seen, with the claims of its premises as hypotheses."""
    proofs = Proofs({}, {}, {}, {})
    assumed: list[str] = []
    for number, premise in enumerate(record["premises"]):
        proofs.claims[premise] = parse_claim(steps[premise]["claim"], {})
        proofs.names[premise] = f"step_{number}"
        assumed.append(f"Hypothesis step_{number} : {proofs.printer.claim(proofs.claims[premise])}.")
    claim = parse_claim(record["claim"], {})
    step = Step("x", record["rule"], Tier.DECIDED, claim, (), record["certificate"])
    lemma = f"Lemma x : {proofs.printer.claim(claim, points=True)}.\nProof.\n{script(proofs, step)}\nQed."
    return "\n".join(["Section S.", *assumed, lemma, "End S."])
