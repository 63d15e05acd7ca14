"""A file of the user's own with a factory in it."""

import pytest


@pytest.fixture
def named(tmp_path):
    """The name of a factory whose file has the given source, or whose ``gradients`` is the given expression of s."""

    def write(source, bound="None"):
        if "def " not in source:
            source = f"import numpy\ndef factory(n):\n    return (lambda s: {source}), {bound}\n"
        (tmp_path / "own.py").write_text(source, encoding="utf-8")
        return f"{tmp_path / 'own.py'}:factory"

    return write
