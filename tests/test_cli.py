"""The contract of the command line: what is printed where, and with which exit code."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner, Result

import lemmata.verification  # the real one first, so that what a fake replaces is put back
from cli import program
from lemmata import catalogue
from lemmata.commandline.options import DEFAULTS
from lemmata.kernel.errors import Refused
from lemmata.kernel.replay import Replay
from lemmata.model import Description, Evaluation, LemmataError, Options, Report
from lemmata.sampling import resolve

Run = Callable[..., Result]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, no settings, and a catalogue of three theorems."""
    for name in ("hardness/parity_gradient", "hardness/parity_gauss", "dynamics/flow"):
        for tree in ("theorems", "numerics"):
            path = tmp_path / "trees" / tree / f"{name}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text('"""A title."""\n')
    monkeypatch.setattr(catalogue, "ROOT", tmp_path / "trees")
    working = tmp_path / "working"
    working.mkdir()
    monkeypatch.chdir(working)
    for name in ("LEMMATA_SEED", "LEMMATA_DEBUG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return working


@pytest.fixture
def run(here: Path) -> Run:
    def invoke(*arguments: str, **env: str) -> Result:
        return CliRunner(env=env).invoke(program, list(arguments), prog_name="lemmata")

    return invoke


class Fake(ModuleType):
    """A toolkit that gives the report it was told to give and remembers what it was asked."""

    def __init__(self, report: Report) -> None:
        super().__init__("lemmata.verification")
        self.report = report
        self.asked: list[Options] = []
        self.raises: dict[str, BaseException] = {}

    def _answer(self, entry: catalogue.Entry) -> Report:
        if entry.id in self.raises:
            raise self.raises[entry.id]
        return replace(self.report, id=entry.id, command="")

    def verify(self, entry: catalogue.Entry, options: Options) -> Report:
        self.asked.append(options)
        return self._answer(entry)

    def check(self, entry: catalogue.Entry, options: Options) -> Report:
        return replace(self.verify(entry, options), proof=None, variants=())

    def prove(self, entry: catalogue.Entry) -> Report:
        return replace(self._answer(entry), numerics=None, variants=())

    def certificate(self, entry: catalogue.Entry) -> str:
        return '{"steps": []}'

    def describe(self, entry: catalogue.Entry) -> Description:
        assert self.report.proof
        return Description(
            id=entry.id, title=entry.title, theme=entry.theme, setting="", parts=self.report.proof.parts
        )

    def evaluate(self, entry: catalogue.Entry, quantity: str, arguments: dict[str, str]) -> Evaluation:
        return Evaluation(name=f"{quantity}({arguments})", exact="1/3", decimal="0.333333333333333")


@pytest.fixture
def toolkit(report: Report, monkeypatch: pytest.MonkeyPatch) -> Fake:
    fake = Fake(report)
    monkeypatch.setitem(sys.modules, "lemmata.verification", fake)
    monkeypatch.setattr(lemmata, "verification", fake, raising=False)
    # Whether this machine has a GPU is none of these tests' business: "auto" is NumPy and says nothing.
    monkeypatch.setattr("lemmata.commandline.running.resolve", lambda name: resolve("numpy"))
    return fake


# ---------------------------------------------------------------- list, show, eval


def test_list_prints_every_theorem_on_stdout_only(run: Run) -> None:
    result = run("list")
    assert result.exit_code == 0 and result.stderr == ""
    assert [line.split()[0] for line in result.stdout.splitlines()] == [
        "id",
        "flow",
        "parity-gauss",
        "parity-gradient",
    ]
    assert "not run" in result.stdout


def test_list_json(run: Run) -> None:
    document = json.loads(run("list", "--json").stdout)
    assert document["schema_version"] == 1 and document["problems"] == []
    assert document["theorems"][0] == {
        "id": "flow",
        "theme": "dynamics",
        "title": "A title.",
        "status": "not run",
        "stale": False,
    }


def test_list_reports_an_orphan_and_still_lists(run: Run, here: Path) -> None:
    (here.parent / "trees/numerics/dynamics/flow.py").unlink()
    result = run("list")
    assert result.exit_code == 2
    assert "flow" in result.stdout
    assert result.stderr.count("\n") == 1 and "theorems/dynamics/flow.py has no experiment" in result.stderr


def test_list_knows_the_verdict_of_the_last_run(run: Run, toolkit: Fake, here: Path) -> None:
    assert run("verify", "flow").exit_code == 0
    (flow, *others) = json.loads(run("list", "--json").stdout)["theorems"]
    assert flow["status"] == "verified"
    assert {entry["status"] for entry in others} == {"not run"}
    assert json.loads((here / "results/flow.json").read_text())["theorems"][0]["id"] == "flow"


def test_show(run: Run, toolkit: Fake) -> None:
    assert "THEOREM flow" in run("show", "flow").stdout
    assert json.loads(run("show", "flow", "--json").stdout)["parts"][0]["label"] == "a"


def test_eval(run: Run, toolkit: Fake) -> None:
    result = run("eval", "flow", "q", "n=20", "x=-1/3", "r=3,2,1")
    assert result.stdout == "q({'n': '20', 'x': '-1/3', 'r': '3,2,1'}) = 1/3 = 0.333333333333333\n"
    document = json.loads(run("eval", "flow", "q", "--json").stdout)
    assert (document["exact"], document["decimal"]) == ("1/3", "0.333333333333333")


# ---------------------------------------------------------------- verify, prove, check, variants


def test_verify_prints_the_report_and_the_command_that_reproduces_it(run: Run, toolkit: Fake) -> None:
    result = run("verify", "flow")
    assert result.exit_code == 0 and result.stderr == ""
    assert result.stdout.startswith("THEOREM flow   verified")
    assert result.stdout.endswith("REPRODUCE  lemmata verify flow --seed 0\n")


def test_the_command_names_everything_that_a_digit_depends_on(run: Run, toolkit: Fake) -> None:
    arguments = (
        "--seed",
        "7",
        "--alpha",
        "0.01",
        "--samples",
        "100",
        "--backend",
        "numpy",
        "-p",
        "model=a b.py:f",
    )
    result = run("verify", "flow", "--workers", "2", *arguments)
    assert result.stdout.splitlines()[-1].split(maxsplit=1)[1] == (
        "lemmata verify flow --seed 7 --alpha 0.01 --samples 100 --backend numpy -p 'model=a b.py:f'"
    )
    assert toolkit.asked == [
        Options(seed=7, alpha=0.01, samples=100, backend="numpy", workers=2, params={"model": "a b.py:f"})
    ]


@pytest.mark.parametrize(
    ("verdict", "code"), [("verified", 0), ("refuted", 1), ("inconclusive", 3), ("empirical", 3)]
)
def test_the_verdict_is_the_exit_code(
    run: Run, toolkit: Fake, report: Report, verdict: Any, code: int
) -> None:
    toolkit.report = replace(report, verdict=verdict)
    assert run("verify", "flow").exit_code == code


@pytest.mark.parametrize(
    ("status", "code"), [("proved", 0), ("proved-modulo", 0), ("checked", 0), ("failed", 1), ("empirical", 3)]
)
def test_prove_answers_for_the_proof(run: Run, toolkit: Fake, report: Report, status: Any, code: int) -> None:
    assert report.proof
    toolkit.report = replace(report, proof=replace(report.proof, status=status))
    result = run("prove", "flow")
    assert result.exit_code == code
    assert "STEPS" in result.stdout and "NUMBERS" not in result.stdout
    assert result.stdout.endswith("REPRODUCE  lemmata prove flow\n")


@pytest.mark.parametrize(("verdict", "code"), [("consistent", 0), ("refuted", 1), ("inconclusive", 3)])
def test_check_answers_for_the_numbers(
    run: Run, toolkit: Fake, report: Report, verdict: Any, code: int
) -> None:
    assert report.numerics
    toolkit.report = replace(report, numerics=replace(report.numerics, verdict=verdict))
    result = run("check", "flow", "--json")
    assert result.exit_code == code
    (theorem,) = json.loads(result.stdout)["theorems"]
    assert theorem["proof"] is None and theorem["numerics"]["verdict"] == verdict


@pytest.mark.parametrize(
    ("proof", "numerics", "code"),
    [
        ("refused", "refuted", 0),
        ("accepted", "refuted", 1),
        ("refused", "consistent", 1),
        ("unproved", "refuted", 3),
        ("refused", "inconclusive", 3),
        ("refused", "not run", 3),
    ],
)
def test_variants_answers_for_the_variants(
    run: Run, toolkit: Fake, report: Report, proof: Any, numerics: Any, code: int
) -> None:
    first, *rest = report.variants
    toolkit.report = replace(report, variants=(replace(first, proof=proof, numerics=numerics), *rest))
    result = run("variants", "flow")
    assert result.exit_code == code
    assert "FALSE VARIANTS of flow" in result.stdout


def test_several_theorems_have_the_worst_code_and_one_document(
    run: Run, toolkit: Fake, report: Report
) -> None:
    toolkit.raises = {"flow": ValueError("no\nsuch thing")}
    toolkit.report = replace(report, verdict="inconclusive")
    result = run("verify", "--all", "--json")
    assert result.exit_code == 4
    assert [theorem["id"] for theorem in json.loads(result.stdout)["theorems"]] == [
        "parity-gauss",
        "parity-gradient",
    ]
    assert (
        result.stderr
        == "internal error: flow: ValueError: no such thing (LEMMATA_DEBUG=1 shows the traceback)\n"
    )
    toolkit.raises = {"flow": LemmataError("no such parameter")}
    assert run("verify", "--all").exit_code == 2
    toolkit.raises = {}
    assert run("verify", "flow", "parity-gauss").exit_code == 3


def test_quiet_prints_one_line_a_theorem(run: Run, toolkit: Fake) -> None:
    assert (
        run("verify", "--all", "--quiet").stdout
        == "flow verified\nparity-gauss verified\nparity-gradient verified\n"
    )


def test_verbose_prints_every_kernel_step(run: Run, toolkit: Fake) -> None:
    assert "2^n != 0" in run("verify", "flow", "-v").stdout
    assert "2^n != 0" not in run("verify", "flow").stdout


def test_a_report_that_cannot_be_kept_is_still_shown(run: Run, toolkit: Fake, here: Path) -> None:
    (here / "results").write_text("in the way")
    result = run("verify", "flow")
    assert result.exit_code == 0 and "VERIFIED" in result.stdout
    assert result.stderr.startswith("warning: the report was not kept")


# ---------------------------------------------------------------- replay


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], None]:
    """Makes the kernel accept with a given answer, or raise it."""

    def says(answer: Any) -> None:
        def replay_file(path: str) -> Any:
            assert Path(path).is_file()
            if isinstance(answer, Exception):
                raise answer
            return answer

        monkeypatch.setattr("lemmata.kernel.replay.replay_file", replay_file)

    return says


def test_a_certificate_goes_from_prove_to_replay(
    run: Run, toolkit: Fake, here: Path, judge: Callable[[Any], None]
) -> None:
    judge(Replay(steps=34, parts=("a", "b"), ledger={"decided": 30, "induction": 4}, hash="ab"))
    exported = run("prove", "flow", "--export", "json")
    assert exported.exit_code == 0 and json.loads(exported.stdout) == {"steps": []}
    (here / "proof.json").write_text(exported.stdout)
    result = run("replay", "proof.json")
    assert (result.exit_code, result.stdout) == (
        0,
        "accepted: 34 steps, parts a, b; decided 30, induction 4\n",
    )
    document = json.loads(run("replay", "proof.json", "--json").stdout)
    assert document["accepted"] is True and document["ledger"] == {"decided": 30, "induction": 4}


def test_a_refused_step_is_exit_one(run: Run, here: Path, judge: Callable[[Any], None]) -> None:
    (here / "proof.json").write_text("{}")
    judge(Refused("1 is not 2", "a"))
    result = run("replay", "proof.json")
    assert (result.exit_code, result.stdout) == (1, "step 'a' refused: 1 is not 2\n")
    result = run("replay", "proof.json", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == {
        "schema_version": 1,
        "accepted": False,
        "step": "a",
        "reason": "1 is not 2",
    }


@pytest.mark.parametrize("text", ["", "{}", "[]", '"x"', '{"steps": 3}', "\x00\xff", "[" * 5000])
def test_what_is_no_certificate_is_exit_two(run: Run, here: Path, text: str) -> None:
    (here / "proof.json").write_text(text)
    result = run("replay", "proof.json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert (
        result.stderr.startswith("error: proof.json is no certificate: ") and result.stderr.count("\n") == 1
    )


def test_a_missing_certificate_is_exit_two(run: Run) -> None:
    assert run("replay", "missing.json").exit_code == 2
    assert run("replay", ".").exit_code == 2


# ---------------------------------------------------------------- failures


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("verify", "parity-gradiant"), "did you mean parity-gradient"),
        (("verify", "./nothing.py"), "there is no file"),
        (("verify",), "at least one theorem, or say --all"),
        (("verify", "flow", "--all"), "--all is every theorem: leave it out, or name none"),
        (("verify", "flow", "--seed", "-1"), "--seed"),
        (("verify", "flow", "--alpha", "0"), "--alpha"),
        (("verify", "flow", "--alpha", "1"), "--alpha"),
        (("verify", "flow", "--alpha", "nan"), "not a finite number"),
        (("verify", "flow", "--samples", "0"), "--samples"),
        (("verify", "flow", "--budget-seconds", "inf"), "not a finite number"),
        (("verify", "flow", "--backend", "jax"), "--backend"),
        (("verify", "flow", "-p", "n"), "not of the form name=value"),
        (("verify", "flow", "-p", "n=1", "-p", "n=2"), "given twice"),
        (("eval", "flow", "q", "n"), "not of the form name=value"),
        (("prove", "flow", "--export", "pdf"), "--export"),
        (("vreify", "flow"), "vreify"),
        (("show",), "Missing argument"),
    ],
)
def test_a_usage_error_is_one_line_and_exit_two(
    run: Run, toolkit: Fake, arguments: tuple[str, ...], said: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("error: ") and result.stderr.count("\n") == 1
    assert said in result.stderr


def test_no_command_is_help_and_exit_two(run: Run) -> None:
    result = run()
    assert result.exit_code == 2 and "Commands:" in result.stderr


def test_a_fault_the_user_can_mend_has_its_own_code(run: Run, toolkit: Fake) -> None:
    toolkit.raises = {"flow": LemmataError("cupy is not usable: no device")}
    result = run("verify", "flow")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "error: cupy is not usable: no device\n"


def test_an_unexpected_exception_is_one_line_and_exit_four(run: Run, toolkit: Fake) -> None:
    toolkit.raises = {"flow": ZeroDivisionError("division by zero")}
    result = run("verify", "flow")
    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr.startswith("internal error: ZeroDivisionError: division by zero")
    assert "Traceback" not in result.stderr and "LEMMATA_DEBUG=1" in result.stderr
    assert "Traceback" in run("verify", "flow", LEMMATA_DEBUG="1").stderr


def test_an_interruption_says_how_to_go_on(run: Run, toolkit: Fake, here: Path) -> None:
    toolkit.raises = {"parity-gauss": KeyboardInterrupt()}
    result = run("verify", "flow", "parity-gauss", "--seed", "3")
    assert result.exit_code == 130
    assert "interrupted; to run it again: lemmata verify flow parity-gauss --seed 3" in result.stderr
    assert "THEOREM flow" in result.stdout and (here / "results/flow.json").is_file(), (
        "what was finished is kept"
    )


def test_an_interruption_under_json_keeps_what_was_finished(run: Run, toolkit: Fake) -> None:
    toolkit.raises = {"parity-gauss": KeyboardInterrupt()}
    result = run("verify", "flow", "parity-gauss", "parity-gradient", "--json")
    assert result.exit_code == 130
    assert [theorem["id"] for theorem in json.loads(result.stdout)["theorems"]] == ["flow"]
    assert "interrupted; to run it again: lemmata verify flow parity-gauss" in result.stderr
    result = run("verify", "parity-gauss", "flow", "--json")
    assert (result.exit_code, result.stdout) == (130, ""), "nothing was finished"


# ---------------------------------------------------------------- where options come from


def test_command_line_before_environment_before_settings_before_default(
    run: Run, toolkit: Fake, here: Path
) -> None:
    (here / "pyproject.toml").write_text(
        "[tool.lemmata]\nseed = 5\nbudget-seconds = 2.5\nparam = { n = 4 }\n"
    )
    run("verify", "flow", "--seed", "7", LEMMATA_SEED="6")
    run("verify", "flow", LEMMATA_SEED="6")
    run("verify", "flow")
    (here / "pyproject.toml").unlink()
    run("verify", "flow")
    assert [options.seed for options in toolkit.asked] == [7, 6, 5, 0]
    assert toolkit.asked[2].budget_seconds == 2.5 and toolkit.asked[2].params == {"n": "4"}


@pytest.mark.parametrize("text", ["seed = 9\n", "[tool.lemmata]\nseed = 9\n"])
def test_lemmata_toml_comes_before_pyproject(run: Run, toolkit: Fake, here: Path, text: str) -> None:
    (here / "pyproject.toml").write_text("[tool.lemmata]\nseed = 5\n")
    (here / "lemmata.toml").write_text(text)
    run("verify", "flow")
    assert toolkit.asked[0].seed == 9


def test_a_pyproject_that_is_not_about_this_changes_nothing(run: Run, toolkit: Fake, here: Path) -> None:
    (here / "pyproject.toml").write_text('[tool.other]\nseed = 5\n[project]\nname = "x"\n')
    run("verify", "flow")
    assert toolkit.asked[0].seed == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[tool.lemmata]\nsead = 5\n", "no setting sead"),
        ("[tool.lemmata]\nseed = 'x'\n", "--seed"),
        ("[tool.lemmata\n", "pyproject.toml cannot be read"),
        ("tool = 3\n", "[tool.lemmata] is not a table"),
        ("[tool]\nlemmata = 3\n", "[tool.lemmata] is not a table"),
    ],
)
def test_a_bad_settings_file_is_a_usage_error(
    run: Run, toolkit: Fake, here: Path, text: str, said: str
) -> None:
    (here / "pyproject.toml").write_text(text)
    result = run("verify", "flow")
    assert result.exit_code == 2 and said in result.stderr and result.stderr.count("\n") == 1
    assert toolkit.asked == []


def test_a_variable_of_the_environment_is_checked_like_an_option(run: Run, toolkit: Fake) -> None:
    assert run("verify", "flow", LEMMATA_ALPHA="2").exit_code == 2


def test_the_defaults_are_those_of_the_options() -> None:
    options = Options()
    assert {name: getattr(options, name) for name in DEFAULTS} == DEFAULTS


def test_version(run: Run) -> None:
    assert run("--version").stdout == f"lemmata {lemmata.__version__}\n"
