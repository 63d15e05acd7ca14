"""Files of the user's own: whatever they do, one line says which file it was and what it did."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
Refused = Callable[..., str]
Write = Callable[..., str]


def test_unchanged_it_is_verified(run: Run, write: Write) -> None:
    result = run("verify", write())
    assert result.exit_code == 0, result.stderr
    assert "VERIFIED" in result.stdout and "error" not in result.stderr


# ---------------------------------------------------------------- files that are none


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "it defines no Theorem called theorem"),
        (b"1 +", "SyntaxError"),
        (b"\x89PNG\r\n\x1a\n\xff\xfe", "SyntaxError"),
        (b"\0" * 100, "null bytes"),
        (b"raise ValueError('one\\ntwo\\x1b[2J')", "ValueError: one two"),
        (b"raise SystemExit(0)", "SystemExit: 0"),
        (b"import sys; sys.exit('bye')", "SystemExit: bye"),
        (b"raise KeyError", "KeyError"),
        (b"raise MemoryError", "MemoryError"),
        (b"class Odd(BaseException): pass\nraise Odd('odd')", "Odd: odd"),
        (b"class Odd(Exception):\n  def __str__(self): return 1/0\nraise Odd", "Odd"),
        (b"def f(): f()\nf()", "RecursionError"),
        (b"import nothing_of_that_name", "No module named 'nothing_of_that_name'"),
        (b"from lemmata.proof import nothing_of_that_name", "ImportError"),
        (b"theorem = 3", "theorem is 3, not a Theorem"),
        (b"x = " + b"(" * 5000, "SyntaxError"),
        (b"x = " + b"-" * 100_000 + b"1", "cannot be loaded"),
    ],
    ids=lambda value: repr(value[:24]) if isinstance(value, bytes) else "",
)
def test_a_file_without_a_theorem(refused: Refused, tmp_path: Path, data: bytes, said: str) -> None:
    (tmp_path / "mine.py").write_bytes(data)
    found = refused("verify", "./mine.py")
    assert "mine.py" in found and said in found


def test_a_file_that_is_not_there_or_no_file(refused: Refused, write: Write, tmp_path: Path) -> None:
    assert refused("verify", "./nowhere.py") == "there is no file nowhere.py"
    (tmp_path / "folder.py").mkdir()
    assert "folder.py is not a file" in refused("verify", "./folder.py")
    (tmp_path / "loop.py").symlink_to("loop.py")
    assert "loop.py" in refused("verify", "./loop.py")
    assert "\\x00" in refused("verify", "./a\0b.py")
    assert "there is no file" in refused("verify", f"./{'x' * 300}.py")
    (tmp_path / "notes.txt").write_text("a lemma")
    assert "its name does not end in .py" in refused("verify", "./notes.txt")
    assert "is not a file" in refused("verify", "/dev/zero")


def test_a_file_that_may_not_be_read(refused: Refused, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    file, whole = write(), Path.open

    def guarded(path: Path, *arguments: object, **options: object) -> object:
        if path.name == "mine.py":
            raise PermissionError(13, "Permission denied")
        return whole(path, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", guarded)  # root reads everything, whatever the permissions say
    found = refused("verify", file)
    assert "mine.py cannot be read: Permission denied" in found


def test_a_lemma_that_the_file_does_not_define(refused: Refused, write: Write) -> None:
    file = write()
    assert "no Theorem called 'theorm': did you mean theorem?" in refused("verify", f"{file}::theorm")
    assert "no Theorem called" in refused("verify", f"{file}::nosuchid")
    assert "x is x, not a Theorem" in refused("verify", f"{file}::x")
    own = write(("\ntheorem = ", "\nmine = "))
    assert "mine.py::mine names the one called mine" in refused("verify", own)


# ---------------------------------------------------------------- theorems that are none

THEOREM = [
    ('parts=(Part("a", "Mean zero.", both),)', "parts=()", "a theorem has parts"),
    ('parts=(Part("a", "Mean zero.", both),)', "parts=3", "its parts are a tuple of Part, not 3"),
    ('parts=(Part("a", "Mean zero.", both),)', "parts=None", "its parts are a tuple of Part"),
    ('(Part("a", "Mean zero.", both),)', "(both,)", "its parts are a tuple of Part"),
    ('(Part("a", "Mean zero.", both),)', 'Part("a", "Mean zero.", both)', "its parts are a tuple of Part"),
    ('Part("a", "Mean zero.", both)', 'Part(3, "Mean zero.", both)', "printable label"),
    ('Part("a", "Mean zero.", both)', 'Part("a\\n", "Mean zero.", both)', "printable label"),
    ('Part("a", "Mean zero.", both)', 'Part("a", 3, both)', "part (a) is said in words, not 3"),
    ('Part("a", "Mean zero.", both)', 'Part("a", "Mean zero.", 3)', "its statement is 3"),
    ('Part("a", "Mean zero.", both)', 'Part("a", "Mean zero.", x)', "its statement is x"),
    ("both),)", 'both), Part("a", "Again.", both))', "two parts are called 'a'"),
    ('setting="x and y independent fair signs"', "setting=3", "its setting is a text, not 3"),
    ("variants=(),", "variants=3,", "its variants are a tuple of Variant, not 3"),
    ("variants=(),", "readings=3,", "its readings map symbols to words, and are 3"),
    ("variants=(),", "readings={'x': 3},", "its readings map symbols to words"),
    ("variants=(),", "references=3,", "its references are a tuple of str, not 3"),
    ("variants=(),", "references='Kearns1998',", "its references are a tuple of str"),
    ("variants=(),", "definitions=(3,),", "its definitions are a tuple of Definition"),
    (
        'quantities=(Quantity("product_mean", "E[x y]", {}, lambda: 0),)',
        "quantities=3",
        "a tuple of Quantity",
    ),
    ('"product_mean", "E[x y]", {}, lambda: 0', '3, "E[x y]", {}, lambda: 0', "the name of a quantity"),
    (
        '"product_mean", "E[x y]", {}, lambda: 0',
        '"product_mean", 3, {}, lambda: 0',
        "is described in words, not by 3",
    ),
    ('"E[x y]", {}, lambda: 0', '"E[x y]", {}, 3', "has no formula to call but 3"),
    ('"E[x y]", {}, lambda: 0', '"E[x y]", 3, lambda: 0', "no mapping of names to kinds: 3"),
    (
        '"E[x y]", {}, lambda: 0',
        '"E[x y]", {"n": "int"}, lambda n: 0',
        "a parameter n of the kind 'int'; a kind is one of nat, ",
    ),
    ("lambda: 0),)", "lambda: 0),) * 2", "two quantities are called 'product_mean'"),
    ("lambda: 0", "lambda: 1 / 0", "product_mean raised ZeroDivisionError: division by zero"),
    ("lambda: 0", "lambda n: 0", "product_mean raised TypeError"),
    *(
        ("lambda: 0", f"lambda: {value}", "of product_mean is no finite number")
        for value in ("math.nan", "math.inf", "1j", "'x'", "None", "[0]", "10**400", "x")
    ),
    (
        "variants=(),",
        'variants=(Variant("v", "w", "z", both, {}),),',
        "changes part 'z', which has no claim",
    ),
    ("variants=(),", 'variants=(Variant("v", "w", "a", 3, {}),),', "its statement is 3"),
    ("variants=(),", 'variants=(Variant("v", "w", "a", both, 3),),', "are mappings"),
    (
        "variants=(),",
        'variants=(Variant("v", "w", "a", both, {}, {"product": len}),),',
        "did you mean product_mean",
    ),
    ("variants=(),", 'variants=(Variant("v", "w", "a", both, {}),) * 2,', "two variants are called 'v'"),
    ("variants=(),", 'variants=(Variant(3, "w", "a", both, {}),),', "a variant has a printable name"),
    (
        "def derive(proof):",
        "def derivation(proof):",
        "has no derivation: it defines no function derive(proof)",
    ),
    ("def derive(proof):", "derive = 3\n\n\ndef other(proof):", "has no derivation"),
    ("def derive(proof):", "def derive():", "the derivation raised TypeError"),
    ("def derive(proof):\n", "def derive(proof):\n    1 / 0\n", "the derivation raised ZeroDivisionError"),
    ("def derive(proof):\n", "def derive(proof):\n    raise SystemExit(0)\n", "SystemExit: 0"),
    ("def derive(proof):\n", "def derive(proof):\n    proof.nothing()\n", "AttributeError"),
    ('proof.conclude("a", "sum"', 'proof.conclude("b", "sum"', "b"),
    ("def rows(", "def experiment(", "has no function rows(rng, xp, ...)"),
]


@pytest.mark.parametrize(("old", "new", "said"), THEOREM)
def test_a_faulty_theorem(refused: Refused, write: Write, old: str, new: str, said: str) -> None:
    assert said in refused("verify", write((old, new)))


def test_a_rule_that_does_not_exist_is_a_step_refused(run: Run, write: Write) -> None:
    result = run("prove", write(('proof.conclude("a", "sum"', 'proof.conclude("a", "magic"')))
    assert result.exit_code == 1 and result.stderr == ""
    assert "there is no rule 'magic'" in " ".join(result.stdout.split())
