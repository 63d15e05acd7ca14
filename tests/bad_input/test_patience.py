"""Files of the user's own that print, and files that never end."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import Result

Run = Callable[..., Result]
Refused = Callable[..., str]
Write = Callable[..., str]
VALUES = "        return values"


def test_what_a_file_prints_is_not_the_result(
    run: Run, write: Write, capfd: pytest.CaptureFixture[str]
) -> None:
    shout = "import os\nprint('SHOUT', flush=True)\nos.write(1, b'SHOUT')\nos.system('echo SHOUT')\n"
    file = write(
        ("import math\n", f"import math\n{shout}"),
        (VALUES, f"        print('SHOUT')\n{VALUES}"),
        ("def derive(proof):\n", "def derive(proof):\n    print('SHOUT')\n"),
        ("    def sampler(", "    print('SHOUT')\n\n    def sampler("),
        ("lambda: 0", "lambda: print('SHOUT') or 0"),
    )
    result = run("verify", file, "--json")
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["theorems"][0]["verdict"] == "verified"
    assert result.stderr.count("SHOUT") >= 5
    assert capfd.readouterr().out == "", "what is written past Python goes to stderr too"


FOREVER = "while True: pass"
ENDLESS = [
    ("import math\n", f"import math\n{FOREVER}\n", "loading it"),
    ("def derive(proof):\n", f"def derive(proof):\n    {FOREVER}\n", "its derivation"),
    ("    yield Row(", f"    {FOREVER}\n    yield Row(", "rows()"),
    (VALUES, f"        {FOREVER}", "row 'product', shard 0"),
    ("lambda: 0", "lambda: sum(0 for _ in iter(int, 1))", "the quantity product_mean"),
]


@pytest.mark.parametrize(("old", "new", "doing"), ENDLESS)
def test_what_never_ends_is_ended(refused: Refused, write: Write, old: str, new: str, doing: str) -> None:
    found = refused("verify", write((old, new)), LEMMATA_PATIENCE="0.3")
    assert found.endswith(
        f"mine.py: {doing} did not finish within 0.3 s (LEMMATA_PATIENCE=SECONDS allows more)"
    )


def test_what_never_ends_in_a_worker_is_ended(refused: Refused, write: Write) -> None:
    old, new, doing = ENDLESS[3]
    found = refused("check", write((old, new)), "--workers", "2", LEMMATA_PATIENCE="1")
    assert found.endswith(
        f"mine.py: {doing} did not finish within 1 s (LEMMATA_PATIENCE=SECONDS allows more)"
    )


def test_an_endless_file_cannot_hide_behind_except(refused: Refused, write: Write) -> None:
    stubborn = "\n    try:\n        while True: pass\n    except Exception:\n        pass\n"
    file = write(("def derive(proof):\n", f"def derive(proof):{stubborn}"))
    assert "its derivation did not finish" in refused("prove", file, LEMMATA_PATIENCE="0.3")


@pytest.mark.parametrize("value", ["x", "0", "-1", "nan", "inf", "1e300"])
def test_a_patience_that_is_no_time(refused: Refused, write: Write, value: str) -> None:
    assert "LEMMATA_PATIENCE must be a number of seconds above 0" in refused(
        "check", write(), LEMMATA_PATIENCE=value
    )


@pytest.mark.parametrize("command", ["show", "prove", "check", "variants"])
def test_every_command_blames_the_file(refused: Refused, write: Write, command: str) -> None:
    found = refused(command, write(("import math\n", "import math\n1 / 0\n")))
    assert "mine.py cannot be loaded: ZeroDivisionError: division by zero" in found


def test_a_closed_form_of_a_faulty_file(refused: Refused, write: Write) -> None:
    file = write(("lambda: 0", "lambda: 1 / 0"))
    assert "product_mean has no value there: a division by zero" in refused("eval", file, "product_mean")
    file = write(("lambda: 0", "lambda: math.nan"), name="nan.py")
    assert "product_mean has no real value there" in refused("eval", file, "product_mean")
    file = write(("lambda: 0", "lambda: sum(0 for _ in iter(int, 1))"), name="endless.py")
    assert "did not finish within 0.3 s" in refused("eval", file, "product_mean", LEMMATA_PATIENCE="0.3")
