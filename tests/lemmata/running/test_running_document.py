"""What docs/running.md says of names, files and options is so."""

import re
from pathlib import Path

from click.testing import CliRunner

from cli import program
from lemmata.running import keeping

ROOT = Path(__file__).parent.parent.parent.parent
TEXT = (ROOT / "docs/running.md").read_text(encoding="utf-8")


def test_every_option_and_command_is_there():
    helps = {
        name: CliRunner().invoke(program, [name, "--help"], prog_name="lemmata").output
        for name in ("verify", "check", "merge")
    }
    for command, rest in re.findall(r"^\$ python cli\.py (\w+)(.*)$", TEXT, re.M):
        assert command in helps
        for option in re.findall(r"--[a-z-]+", rest):
            assert option in helps[command], (command, option)
    for option in ("--store", "--no-store", "--workers", "--shard", "--cluster"):
        assert option in TEXT and option in helps["verify"]


def test_the_numbers_of_the_examples_add_up():
    """1e8 samples are 1526 shards; check draws six sampled rows and verify a variant's too."""
    shards = -(-100_000_000 // 2**16)
    assert f"resumed 3120 shards of {6 * shards} " in TEXT
    assert f"{7 * (shards - 1)} shards of 7 rows" in TEXT
    assert f"resumed {7 * (shards - 1)} shards of {7 * shards} from all" in TEXT
    assert f"{7 * ((shards - 1) // 3)} of its {7 * ((shards - 1) // 3)} shards kept" in TEXT


def test_the_examples_theorem_has_as_many_sampled_rows(tmp_path, monkeypatch):
    monkeypatch.setattr(keeping, "SECONDS", 0.0)
    monkeypatch.chdir(tmp_path)
    words = [
        "check",
        "parity-gradient",
        "-p",
        "n=4",
        "--samples",
        "66000",
        "--store",
        "s",
        "--backend",
        "numpy",
    ]
    share = CliRunner().invoke(program, [*words, "--shard", "1/1", "-q"], prog_name="lemmata")
    assert " 7 of its 7 shards kept" in share.stdout
    done = CliRunner().invoke(program, words, prog_name="lemmata")
    assert done.stderr == "resumed 6 shards of 12 from s\n"


def test_the_readme_leads_here():
    assert "(docs/running.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
