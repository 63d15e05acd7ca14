"""The command doctor: it says what is there and what is missing, and never fails itself."""

from __future__ import annotations

import json
import os
import re
import sys
import tomllib
from collections.abc import Iterable
from importlib import metadata
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cli import program
from lemmata import catalogue, sampling
from lemmata.commandline import doctor
from lemmata.model import LemmataError
from lemmata.sampling import memory
from lemmata.sampling.backends import Backend

ROOT = Path(__file__).resolve().parents[3]
SECTIONS = ["program", "machine", "backend", "dependencies", "extras", "tools", "files"]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def invoke(*arguments: str) -> Result:
    result = CliRunner().invoke(program, ["doctor", *arguments], prog_name="lemmata")
    assert (result.exit_code, result.stderr) == (0, "")
    return result


def examined() -> dict[str, Any]:
    """The JSON document, by section and name."""
    document = json.loads(invoke("--json").stdout)
    assert document.pop("schema_version") == 1
    return {name: {f["name"]: (f["found"], f["text"]) for f in found} for name, found in document.items()}


def requiring(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dependencies: list[str], **extras: list[str]
) -> None:
    """A checkout whose pyproject.toml asks for these packages."""
    lines = [f"dependencies = {json.dumps(dependencies)}", "[project.optional-dependencies]"]
    lines += [f"{name} = {json.dumps(texts)}" for name, texts in extras.items()]
    (tmp_path / "pyproject.toml").write_text("[project]\n" + "\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(catalogue, "ROOT", tmp_path)


# ---------------------------------------------------------------- the form


def test_the_document_has_every_section_and_plain_findings() -> None:
    document = json.loads(invoke("--json").stdout)
    assert list(document) == ["schema_version", *SECTIONS]
    for section in SECTIONS:
        assert document[section]
        for finding in document[section]:
            assert list(finding) == ["name", "found", "text"]
            assert isinstance(finding["name"], str) and isinstance(finding["text"], str)
            assert finding["found"] is None or isinstance(finding["found"], str)


def test_the_page_says_the_same_as_the_document() -> None:
    page = invoke().stdout
    for section, findings in examined().items():
        assert re.search(rf"^{section.upper()}\b", page, re.M)
        for name, (found, _) in findings.items():
            shown = re.escape("no" if found is None else found)
            if section not in ("machine", "files", "program"):  # what moves between two runs, and long paths
                assert re.search(rf"^ +{re.escape(name)} +{shown}", page, re.M), name


def test_all_that_is_declared_is_examined() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = examined()

    def names(texts: Iterable[str]) -> set[str]:
        return {re.split(r"[<>=\[]", text)[0] for text in texts}

    assert set(found["dependencies"]) == names(project["dependencies"])
    assert set(found["extras"]) == names(chain(*project["optional-dependencies"].values()))
    assert found["dependencies"]["numpy"] == (metadata.version("numpy"), "")
    assert found["extras"]["scipy"] == (metadata.version("scipy"), "extra test, bench")


# ---------------------------------------------------------------- packages


def test_a_missing_package_and_a_missing_extra_say_how_to_install_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    requiring(
        tmp_path, monkeypatch, ["not-there>=1.0"], odd=["nor-this[with,parts]>=2"], other=["nor-this>=2"]
    )
    found = examined()
    assert found["dependencies"] == {"not-there": (None, f"pip install '{tmp_path}'")}
    assert found["extras"] == {"nor-this": (None, f"extra odd, other: pip install '{tmp_path}[odd]'")}


@pytest.mark.parametrize(
    ("version", "least", "old"),
    [
        ("1.9.9", "1.10", True),
        ("1.10", "1.10", False),
        ("2", "2.0", False),
        ("2.0.0", "2", False),
        ("2.0", "2.0.1", True),
        ("10.0", "9.1", False),
        ("3.0rc1", "3.0", False),
        ("2026.1", "2024.8", False),
    ],
)
def test_a_package_is_too_old_exactly_if_its_version_is_below_the_least(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, least: str, old: bool
) -> None:
    requiring(tmp_path, monkeypatch, [f"numpy>={least}"])
    monkeypatch.setattr(metadata, "version", lambda name: version)
    seen, text = examined()["dependencies"]["numpy"]
    assert seen == version
    assert text == (f"too old, {least} or later is needed: pip install '{tmp_path}'" if old else "")


def test_outside_a_checkout_the_requirements_are_the_distributions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["numpy>=999", "dask[distributed]>=2024.8; extra == 'cluster'", 'scipy>=1; extra == "test"']
    monkeypatch.setattr(catalogue, "ROOT", tmp_path)
    monkeypatch.setattr(metadata, "requires", lambda name: texts)
    found = examined()
    assert found["dependencies"]["numpy"][1] == "too old, 999 or later is needed: pip install 'lemmata'"
    assert found["extras"]["scipy"] == (metadata.version("scipy"), "extra test")
    assert "extra cluster" in found["extras"]["dask"][1]


# ---------------------------------------------------------------- the backend


def test_an_absent_gpu_has_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cupy", None)  # importing it raises ModuleNotFoundError
    found = examined()["backend"]
    assert found["auto"] == ("numpy", "on cpu")
    seen, text = found["cupy"]
    assert seen is None
    assert text.startswith("no GPU is used: ModuleNotFoundError: ") and "cupy" in text


def test_a_gpu_that_is_used_is_named_and_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "resolve", lambda name: Backend("cupy", None, "Some GPU"))
    assert examined()["backend"] == {"auto": ("cupy", "on Some GPU")}


# ---------------------------------------------------------------- what is broken


def test_a_section_that_cannot_be_examined_says_why_and_the_others_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(name: str) -> Backend:
        raise RuntimeError("the driver\nis upset")

    monkeypatch.setattr(sampling, "resolve", broken)
    found = examined()
    assert found["backend"] == {"backend": (None, "RuntimeError: the driver is upset")}
    assert found["program"]["python"][1] == sys.executable
    assert found["extras"]


def test_a_pyproject_that_cannot_be_read_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (root / "pyproject.toml").write_text("[project\n")
    monkeypatch.setattr(catalogue, "ROOT", root)
    found = examined()
    for section in ("dependencies", "extras"):
        assert found[section][section][0] is None
        assert "TOMLDecodeError" in found[section][section][1]


def test_what_is_wrong_with_the_catalogue_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "theorems" / "dynamics").mkdir(parents=True)
    (tmp_path / "theorems" / "dynamics" / "alone.py").write_text('"""A title."""')
    monkeypatch.setattr(catalogue, "ROOT", tmp_path)
    found = examined()["files"]
    assert found["theorems"][0] == "1"
    assert found["catalogue"][0] is None and "alone.py has no experiment" in found["catalogue"][1]


def test_results_that_cannot_be_kept_are_shown(tmp_path: Path) -> None:
    assert examined()["files"]["results"] == ("writable", str(tmp_path / "results"))
    (tmp_path / "results").write_text("a file where the folder should be")
    assert examined()["files"]["results"] == (None, f"{tmp_path / 'results'} cannot be written to")


@pytest.mark.skipif(os.geteuid() == 0, reason="no folder is closed to this user")
def test_a_folder_that_is_closed_is_shown(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        assert examined()["files"]["results"][0] is None
    finally:
        tmp_path.chmod(0o700)


def test_tools_are_looked_up_and_never_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool = tmp_path / "coqc"
    tool.write_text(f"#!/bin/sh\ntouch {tmp_path / 'ran'}\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    found = examined()["tools"]
    assert set(found) == set(doctor.TOOLS)
    assert found["coqc"][0] == str(tool) and found["pdflatex"][0] is None
    assert not (tmp_path / "ran").exists()


# ---------------------------------------------------------------- the machine


def test_the_machine_is_described(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 1, 5}, raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    found = examined()["machine"]
    assert found["processors"] == ("3 of 8", "--workers 3 uses all of them")
    assert found["threads of BLAS"][0] is not None and "OMP_NUM_THREADS=3" in found["threads of BLAS"][0]
    assert re.fullmatch(r"\d+\.\d GiB", found["memory"][0])


def test_a_system_that_does_not_tell_its_memory_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(name: str) -> int:
        raise ValueError("unrecognized configuration name")

    monkeypatch.setattr(os, "sysconf", unknown)
    monkeypatch.setattr(memory, "PROCESS", Path("/nowhere"))
    assert examined()["machine"]["memory"] == (None, "this system does not tell")


def test_a_settings_file_that_is_wrong_is_a_usage_error_here_as_everywhere(tmp_path: Path) -> None:
    (tmp_path / "lemmata.toml").write_text("colour = 1\n")
    result = CliRunner().invoke(program, ["doctor"], prog_name="lemmata")
    assert (result.exit_code, result.stdout) == (LemmataError.exit_code, "")
    assert len(result.stderr.splitlines()) == 1
