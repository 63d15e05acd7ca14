"""What cannot be a twin is said in one line."""

import pytest

from lemmata.model import LemmataError
from lemmata.running import Experiment, load_rows


def test_a_module_is_loaded_by_name():
    assert load_rows("module:numerics.hardness.parity_gradient").__name__ == "rows"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("numerics.hardness", "'module:NAME' or 'file:PATH'"),
        ("module:", "'module:NAME' or 'file:PATH'"),
        ("module:no.such.module", "ModuleNotFoundError"),
        ("module:json", "no function rows"),
        ("file:/no/such/file.py", "no file /no/such/file.py"),
    ],
)
def test_other_sources_are_refused(source, message):
    with pytest.raises(LemmataError, match=message) as caught:
        Experiment(source).rows()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("def rows(:", "SyntaxError"),
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("raise ValueError('one\\ntwo')", "ValueError: one two"),
        ("raise SystemExit(0)", "SystemExit: 0"),
        ("rows = 3", "no function rows"),
    ],
)
def test_a_file_that_fails_at_import_is_refused(twin, text, message):
    experiment = twin(text)
    with pytest.raises(LemmataError, match=message) as caught:
        experiment.rows()
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(experiment.source.removeprefix("file:"))


def test_a_failing_file_leaves_no_module_behind(twin):
    import sys

    before = set(sys.modules)
    with pytest.raises(LemmataError):
        twin("1 / 0").rows()
    assert not [name for name in set(sys.modules) - before if "twin" in name]


def test_a_file_may_use_dataclasses(twin):
    text = """
        from __future__ import annotations
        from dataclasses import dataclass
        from lemmata.model import Row

        @dataclass
        class Holder:
            value: float

        def rows(rng, xp):
            yield Row(name="a", quantity="q", at={}, part="a", kind="exact", value=Holder(2.0).value)
    """
    assert twin(text).row("a").value == 2.0
