"""What a shell is told it may complete: by Click's own protocol, and without importing a theorem."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from cli import program
from lemmata import catalogue
from lemmata.commandline.scaffold import THEMES

ROOT = Path(__file__).resolve().parents[3]
VARIABLE = "_LEMMATA_COMPLETE"
THEOREM = '''"""A title."""
raise RuntimeError("never run")
theorem = Theorem(
    quantities=(
        Quantity("mean", "E", {}, lambda: 0),
        Quantity("moment", "E", {"n": "nat", "grad_sq": "positive"}, lambda n, grad_sq: grad_sq),
        Quantity(name="slope", doc="E", parameters={"m": "nat"}, formula=lambda m: m),
        Quantity(NAME, "E", PARAMETERS, lambda: 0),
        proof.Quantity("hidden", "E", {}, lambda: 0),
        Part("a", "words", claim),
    ),
)
'''
TWIN = '''"""Its twin."""
def helper(*, secret): ...
def rows(rng, xp, *, n: int = 4, far: float = 0.5): ...
'''


@pytest.fixture(autouse=True)
def _trees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue of two theorems, and a file of the user's own in the working directory."""
    for name in ("hardness/parity_gradient", "dynamics/flow"):
        for tree, text in (("theorems", THEOREM), ("numerics", TWIN)):
            path = tmp_path / tree / f"{name}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    (tmp_path / "mine.py").write_text(THEOREM + TWIN, encoding="utf-8")
    (tmp_path / "broken.py").write_text("1 +", encoding="utf-8")
    monkeypatch.setattr(catalogue, "ROOT", tmp_path)
    monkeypatch.chdir(tmp_path)


def complete(*words: str) -> list[str]:
    """The values offered for the last word; a word that is left to the shell is offered as "file:WORD"."""
    *before, last = words
    items = ShellComplete(program, {}, "lemmata", VARIABLE).get_completions(list(before), last)
    return [f"file:{item.value}" if item.type == "file" else item.value for item in items]


TARGETED = [
    name for name, c in program.commands.items() if {p.name for p in c.params} & {"target", "targets"}
]


def test_commands_are_completed() -> None:
    assert complete("v") == ["variants", "verify"]
    assert set(complete("")) == set(program.commands)


@pytest.mark.parametrize("command", TARGETED)
def test_ids_are_completed_by_every_command_that_takes_one(command: str) -> None:
    assert complete(command, "") == ["flow", "parity-gradient"]
    assert complete(command, "par") == ["parity-gradient"]


def test_an_id_comes_with_its_title() -> None:
    (item,) = ShellComplete(program, {}, "lemmata", VARIABLE).get_completions(["verify"], "fl")
    assert (item.value, item.help) == ("flow", "A title.")


def test_a_second_id_is_completed_too() -> None:
    assert complete("verify", "flow", "p") == ["parity-gradient"]


@pytest.mark.parametrize("word", ["./", "../x", "/tmp/x", "folder/x", ".", "mine"])
def test_what_may_be_a_path_is_left_to_the_shell(word: str) -> None:
    assert complete("verify", word) == [f"file:{word}"]


@pytest.mark.parametrize("target", ["flow", "mine.py", "./mine.py", "./mine.py::theorem"])
def test_closed_forms_and_their_arguments_are_read_from_the_file(target: str) -> None:
    assert complete("eval", target, "") == ["mean", "moment", "slope"]
    assert complete("eval", target, "mo") == ["moment"]
    assert complete("eval", target, "moment", "") == ["n=", "grad_sq="]
    assert complete("eval", target, "moment", "g") == ["grad_sq="]
    assert complete("eval", target, "slope", "") == ["m="]
    assert complete("eval", target, "mean", "") == []


def test_an_argument_comes_with_its_kind() -> None:
    found = ShellComplete(program, {}, "lemmata", VARIABLE).get_completions(["eval", "flow", "moment"], "")
    assert {item.value: item.help for item in found} == {"n=": "nat", "grad_sq=": "positive"}


def test_an_argument_that_has_a_value_is_not_offered_again() -> None:
    assert complete("eval", "flow", "moment", "n=3", "") == ["grad_sq="]


@pytest.mark.parametrize("command", ["verify", "check", "variants"])
@pytest.mark.parametrize("between", [(), ("--seed", "3"), ("-p", "n=3"), ("--json",)])
def test_parameters_are_the_keywords_of_the_experiment(command: str, between: tuple[str, ...]) -> None:
    assert complete(command, "flow", *between, "-p", "") == ["n=", "far="]
    assert complete(command, *between, "flow", "-p", "f") == ["far="]
    assert complete(command, "./mine.py", *between, "-p", "f") == ["far="]


@pytest.mark.parametrize(
    "words",
    [
        ("eval", "nothing", ""),
        ("eval", "./nowhere.py", ""),
        ("eval", "./broken.py", ""),
        ("eval", "flow", "nothing", ""),
        ("eval", "flow", "moment", "not a pair", "x"),
        ("verify", "-p", ""),
        ("verify", "nothing", "-p", ""),
        ("verify", "./broken.py", "-p", ""),
        ("verify", "--alpha", "7", "nothing", "-p", ""),
    ],
)
def test_where_nothing_is_known_nothing_is_offered(words: tuple[str, ...]) -> None:
    assert complete(*words) == []


def test_a_catalogue_with_faults_completes_what_is_sound(tmp_path: Path) -> None:
    (tmp_path / "numerics/dynamics/flow.py").unlink()
    assert complete("verify", "fl") == ["flow"]
    assert complete("verify", "flow", "-p", "") == []
    assert complete("eval", "flow", "m") == ["mean", "moment"]


def test_options_and_their_choices_are_completed() -> None:
    assert complete("verify", "--back") == ["--backend"]
    assert complete("verify", "flow", "--backend", "") == ["auto", "numpy", "cupy"]
    assert complete("new", "x", "--theme", "") == list(THEMES)
    assert complete("doctor", "--j") == ["--json"]


# ---------------------------------------------------------------- the shells


def protocol(instruction: str, **words: str) -> str:
    result = CliRunner(env={VARIABLE: instruction, **words}).invoke(program, [], prog_name="lemmata")
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def test_bash_is_answered_by_its_protocol() -> None:
    def bash(words: str) -> list[str]:
        return protocol("bash_complete", COMP_WORDS=words, COMP_CWORD=str(words.count(" "))).splitlines()

    assert bash("lemmata ver") == ["plain,verify"]
    assert bash("lemmata verify par") == ["plain,parity-gradient"]
    assert bash("lemmata verify ./m") == ["file,./m"]
    assert bash("lemmata eval flow moment ") == ["plain,n=", "plain,grad_sq="]
    assert bash("lemmata verify flow -p ") == ["plain,n=", "plain,far="]


def test_zsh_and_fish_are_shown_the_title_too() -> None:
    zsh = protocol("zsh_complete", COMP_WORDS="lemmata verify fl", COMP_CWORD="2")
    assert zsh.splitlines() == ["plain", "flow", "A title."]
    fish = protocol("fish_complete", COMP_WORDS="lemmata verify fl", COMP_CWORD="fl")
    assert "flow" in fish and "A title." in fish


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_readme_says_how_to_switch_it_on(shell: str) -> None:
    assert f"{VARIABLE}={shell}_source" in _spelled_out((ROOT / "README.md").read_text(encoding="utf-8"))
    if shell != "bash" or shutil.which("bash"):  # Click asks bash for its version
        assert f"{VARIABLE}={shell}_complete" in protocol(f"{shell}_source")


def _spelled_out(readme: str) -> str:
    # The README gives the line for bash and, in brackets, what is another for zsh.
    return readme.replace("(`zsh_source`)", f"{VARIABLE}=zsh_source")


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash")
def test_a_real_bash_completes_an_id(tmp_path: Path) -> None:
    # Click's script starts the command through env, so a program of that name has to be on PATH.
    installed = tmp_path / "lemmata"
    installed.write_text(f'#!/bin/sh\nexec {sys.executable} -c "import cli; cli.main()" "$@"\n')
    installed.chmod(0o755)
    script = f"""
        eval "$({VARIABLE}=bash_source lemmata)"
        COMP_WORDS=(lemmata verify par)
        COMP_CWORD=2
        _lemmata_completion lemmata
        echo "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(
        ["bash", "--norc", "-c", script],
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stdout.split() == ["parity-gradient"], done.stderr
