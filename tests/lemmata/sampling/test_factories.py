"""A function of the user's: found by name, blamed for what it raises, and kept off stdout."""

import sys

import pytest

from lemmata.model import LemmataError
from lemmata.sampling import call_user, load_factory

SOURCE = """
import os
from dataclasses import dataclass

@dataclass
class Doubled:
    n: int

def factory(n):
    print("printed")
    os.system("echo started")
    return Doubled(2 * n)
"""


def test_a_factory_is_loaded_from_a_relative_path_and_called(tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own file.py").write_text(SOURCE, encoding="utf-8")
    factory = load_factory("own file.py:factory")
    assert call_user("own file.py:factory", "factory(4)", factory, 4).n == 8
    captured = capfd.readouterr()
    assert captured.out == "" and set(captured.err.split()) == {"printed", "started"}


def test_two_files_of_one_name_do_not_share_a_module(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "own.py").write_text(f"def factory(n): return '{folder}'", encoding="utf-8")
    first, second = (load_factory(f"{tmp_path / folder / 'own.py'}:factory") for folder in ("a", "b"))
    assert (first(1), second(1)) == ("a", "b")


@pytest.mark.parametrize(
    "error", ["ValueError('a\\nb')", "SystemExit(0)", "RecursionError()", "GeneratorExit"]
)
def test_what_a_call_raises_is_one_line_or_passes(error):
    def factory(n):
        raise eval(error)

    if error == "GeneratorExit":
        with pytest.raises(GeneratorExit):
            call_user("own.py:factory", "factory(1)", factory, 1)
        return
    with pytest.raises(LemmataError, match=r"^own\.py:factory: factory\(1\) raised \w+") as caught:
        call_user("own.py:factory", "factory(1)", factory, 1)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "named", ["", ":", "factory", "own.py", "own.py:", ":factory", "own.py:a.b", "x" * 500]
)
def test_another_form_of_name_is_refused_in_few_words(named):
    with pytest.raises(LemmataError, match=r"a model is named FILE\.py:FUNCTION, not '") as caught:
        load_factory(named)
    assert len(str(caught.value)) < 120


def test_a_file_that_fails_leaves_no_module_behind(tmp_path):
    (tmp_path / "half.py").write_text("x = 1\nraise KeyError('x')", encoding="utf-8")
    before = set(sys.modules)
    with pytest.raises(LemmataError, match=r"half\.py cannot be run: KeyError: 'x'"):
        load_factory(f"{tmp_path / 'half.py'}:factory")
    assert set(sys.modules) == before
