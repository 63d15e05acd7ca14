"""pytest --theorems: what is collected and chosen, what bad input says, and other plugins beside it."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from tests.lemmata.plugin_runs import IDS, LEMMA, ROOT, TRUE, Run, runner, written


@pytest.fixture
def run(pytester: pytest.Pytester) -> Run:
    return runner(pytester)


# ---------------------------------------------------------------- what is collected


def test_every_step_row_and_variant_is_an_item_and_all_pass(pytester: pytest.Pytester, run: Run) -> None:
    file = written(pytester.path)
    listed = run("--theorems", file, "--collect-only", "-q")
    assert [line for line in listed.outlines if "::" in line] == [f"lemma.py::lemma::{name}" for name in IDS]
    result = run("--theorems", file)
    result.assert_outcomes(passed=5)
    line = "lemma  2 steps accepted; 2 rows consistent; 1 variant refused and refuted"
    assert line in result.outlines


def test_the_samples_of_a_row_are_drawn_once_though_a_variant_needs_them_too(
    pytester: pytest.Pytester, run: Run
) -> None:
    run("--theorems", written(pytester.path)).assert_outcomes(passed=5)
    assert (pytester.path / "drawn.txt").read_text() == "shard\n"


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        (("-k", "step"), IDS[:2]),
        (("-k", "product or one"), ["row:product", "variant:one"]),
        (("-m", "theorem_step"), IDS[:2]),
        (("-m", "theorem_row"), IDS[2:4]),
        (("-m", "not theorem_row and not theorem_step"), IDS[4:]),
    ],
)
def test_items_are_chosen_by_name_and_by_marker(
    pytester: pytest.Pytester, run: Run, words: tuple[str, str], chosen: list[str]
) -> None:
    result = run("--theorems", written(pytester.path), "-v", *words)
    result.assert_outcomes(passed=len(chosen), deselected=5 - len(chosen))
    for name in chosen:
        result.stdout.fnmatch_lines([f"lemma.py::lemma::{name} PASSED*"])


def test_one_item_is_asked_for_by_its_id(pytester: pytest.Pytester, run: Run) -> None:
    run("--theorems", f"{written(pytester.path)}::lemma::step:a").assert_outcomes(passed=1)


def test_the_markers_are_declared_without_the_flag_too(run: Run) -> None:
    result = run("--markers")
    for kind in ("step", "row", "variant"):
        result.stdout.fnmatch_lines([f"@pytest.mark.theorem_{kind}: *"])


def test_a_folder_gives_its_theorems_and_its_tests_and_nothing_else(
    pytester: pytest.Pytester, run: Run
) -> None:
    written(pytester.path)
    (pytester.path / "helper.py").write_text("raise SystemExit('run though it is no theorem')\n")
    (pytester.path / "_companion.py").write_text(LEMMA.format(**TRUE))
    quoting = f"LEMMA = '''{LEMMA.format(**TRUE)}'''\ndef test_nothing(): pass\n".replace('"""', "")
    (pytester.path / "test_quoting.py").write_text(quoting)
    run("--theorems").assert_outcomes(passed=6)
    run().assert_outcomes(passed=1)


def test_a_file_of_several_theorems_has_each_under_its_name(pytester: pytest.Pytester, run: Run) -> None:
    source = LEMMA.format(**TRUE).replace("theorem = Theorem(", "fair = Theorem(")
    source += "\nsame = Theorem(fair.setting, fair.parts, quantities=fair.quantities)\n"
    (pytester.path / "several.py").write_text(source)
    run("--theorems", "several.py").assert_outcomes(passed=9)
    run("--theorems", "several.py::same").assert_outcomes(passed=4)


def test_a_pair_of_the_catalogue_is_found_by_its_path(run: Run) -> None:
    path = ROOT / "theorems" / "hardness" / "parity_gradient.py"
    result = run("--theorems", str(path), "-m", "theorem_row", "-k", "published-bound")
    result.assert_outcomes(passed=1, deselected=result.parseoutcomes()["deselected"])
    assert "parity-gradient  1 row consistent" in result.outlines


# ---------------------------------------------------------------- bad input


BROKEN = {
    "syntax": ("theorem = Theorem(\n", "SyntaxError"),
    "import": ("import nothing_of_this_name\ntheorem = Theorem()\n", "ModuleNotFoundError"),
    "none": ("x = 1\n", "has no theorem: it defines no Theorem called theorem"),
    "underived": (LEMMA.format(**TRUE).replace("def derive(", "def other("), "has no derivation"),
    "derivation": (
        LEMMA.format(**TRUE).replace("proof.step", "proof.nothing"),
        "the derivation raised AttributeError",
    ),
    "rows": (LEMMA.format(**TRUE).replace("def rows(", "def other("), "has no function rows"),
    "twice": (LEMMA.format(**TRUE).replace('"by hand"', '"product"'), "two rows are called 'product'"),
    "part": (LEMMA.format(**TRUE).replace('part="a"', 'part="b"'), "there is no part 'b'"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_a_collection_error_of_one_line(
    pytester: pytest.Pytester, run: Run, name: str
) -> None:
    source, words = BROKEN[name]
    (pytester.path / "broken.py").write_text(source)
    result = run("--theorems", "broken.py", "-rN")
    result.assert_outcomes(errors=1)
    text = result.stdout.str()
    (said,) = re.findall(r"^_+ ERROR collecting broken\.py _+\n(.*?)^[!=]+", text, re.DOTALL | re.MULTILINE)
    assert said.count("\n") == 1 and words in said
    assert "Traceback" not in text + result.stderr.str()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("--theorems", "--theorems-alpha", "2"),
            "--theorems-alpha is a number strictly between 0 and 1, not '2'",
        ),
        (
            ("--theorems", "--theorems-alpha", "nan"),
            "--theorems-alpha is a number strictly between 0 and 1, not 'nan'",
        ),
        (("--theorems", "--theorems-seed", "-1"), "--theorems-seed is a whole number, at least 0, not '-1'"),
        (
            ("--theorems", "--theorems-samples", "0"),
            "--theorems-samples is a whole number, at least 1, not '0'",
        ),
        (
            ("--theorems", "--theorems-samples", "1e6"),
            "--theorems-samples is a whole number, at least 1, not '1e6'",
        ),
        (("--theorems-seed", "1"), "--theorems-seed says how --theorems runs: give --theorems too"),
    ],
)
def test_a_bad_option_is_one_line(run: Run, words: tuple[str, ...], said: str) -> None:
    result = run(*words)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert result.stderr.str().strip() == f"ERROR: {said}"


# ---------------------------------------------------------------- beside other plugins


def test_junit_has_the_numbers(pytester: pytest.Pytester, run: Run) -> None:
    run("--theorems", written(pytester.path), "--junitxml", "found.xml", "--theorems-seed", "3")
    cases = {
        case.get("name"): case for case in ElementTree.parse(pytester.path / "found.xml").iter("testcase")
    }
    assert set(cases) == set(IDS)
    known = {p.get("name"): p.get("value") for p in cases["row:product"].iter("property")}
    assert known["predicted"] == "0.0" and known["n"] == "16384" and known["seed"] == "3"
    low, high = map(float, str(known["interval"]).strip("[]").split(", "))
    assert low < float(str(known["estimate"])) < high
    assert 0 < float(str(known["detectable"])) < 0.2
    known = {p.get("name"): p.get("value") for p in cases["step:a"].iter("property")}
    assert known["tier"] == "decided" and known["theorem"] == "lemma"


def test_two_workers_share_the_theorems_and_draw_every_row_once(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    files = [written(pytester.path, name) for name in ("one.py", "two.py")]
    pytester.makepyfile(test_other="def test_one(): pass\ndef test_two(): pass\n")
    result = pytester.runpytest_subprocess(
        "-p", "lemmata.pytest_plugin", "-n", "2", "--theorems", *files, "test_other.py", "-v"
    )
    result.assert_outcomes(passed=12)
    result.stdout.fnmatch_lines(["one  2 steps accepted; 2 rows *", "two  2 steps accepted; 2 rows *"])
    assert (pytester.path / "drawn.txt").read_text() == "shard\n" * 2
    for file in ("one.py", "two.py"):
        assert len(set(re.findall(rf"^\[(gw\d)\].* PASSED {file}::", result.stdout.str(), re.MULTILINE))) == 1


def test_without_the_flag_nothing_is_imported(tmp_path: Path) -> None:
    written(tmp_path)
    probe = (
        "import sys, pytest\n"
        "code = pytest.main(['-p', 'lemmata.pytest_plugin', '-p', 'no:hypothesispytest', '-q'])\n"
        "print('LOADED', code, *(name for name in sys.modules if name.startswith(('sympy', 'numpy', 'lemmata'))))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("LOADED")]
    assert line.split()[1:] == ["5", "lemmata", "lemmata.pytest_plugin"]


# ---------------------------------------------------------------- its document


def blocks(document: str, language: str) -> list[str]:
    text = (ROOT / "docs" / document).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def test_the_document_shows_what_is_printed(pytester: pytest.Pytester, run: Run) -> None:
    lemma, variant, _ = blocks("own-lemma.md", "python")
    passed, failed = blocks("pytest.md", "text")
    (pytester.path / "noise.py").write_text(f"{lemma}\n{variant}", encoding="utf-8")
    text = run("--theorems", "noise.py", "-v").stdout.str()
    assert [line for line in passed.splitlines() if line not in text] == []
    false = lemma.replace("eq(noisy, a**n)", "eq(noisy, a)").replace("n, a: a**n", "n, a: a")
    (pytester.path / "noise.py").write_text(false, encoding="utf-8")
    printed = run("--theorems", "noise.py").outlines
    assert [line for line in failed.splitlines() if line not in printed] == []


def test_the_readme_leads_to_it_and_runs_it_on_the_catalogue() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "(docs/pytest.md)" in text
    assert "pytest -n 2 -q --theorems theorems\n" in text
