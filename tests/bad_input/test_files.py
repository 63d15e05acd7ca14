"""Files of the user's own: whatever they do, one line says which file it was and what it did."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
Refused = Callable[..., str]
Write = Callable[..., str]
LEMMA = '''"""A product of two different fair signs has mean zero."""

import math

import numpy

from lemmata.model import Row
from lemmata.proof import Part, Quantity, Theorem, Variant, claim, eq, mean, sign

x, y = sign("x"), sign("y")
both = claim((), eq(mean(x, mean(y, x * y)), 0))
theorem = Theorem(
    setting="x and y independent fair signs",
    parts=(Part("a", "Mean zero.", both),),
    quantities=(Quantity("product_mean", "E[x y]", {}, lambda: 0),),
    variants=(),
)


def derive(proof):
    proof.conclude("a", "sum", because="the four cases")


def rows(rng, xp, *, n: int = 2):
    def sampler(stream, size):
        values = stream.signs(size, n).prod(axis=1)
        return values

    yield Row(
        name="product",
        quantity="product_mean",
        at={},
        part="a",
        kind="mean-equals",
        support=(-1.0, 1.0),
        lattice=2.0,
        sampler=sampler,
        tolerance=0.25,
        samples=2**13,
        shard=2**12,
    )
'''


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """The lemma above with pieces of its text replaced, in a file of the working folder."""

    def change(*changes: tuple[str, str], name: str = "mine.py") -> str:
        text = LEMMA
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        (tmp_path / name).write_text(text, encoding="utf-8")
        return f"./{name}"

    return change


def test_unchanged_it_is_verified(run: Run, write: Write) -> None:
    result = run("verify", write())
    assert result.exit_code == 0, result.stderr
    assert "VERIFIED" in result.stdout and result.stderr == ""


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
    ('"product_mean", "E[x y]", {}, lambda: 0', '"product_mean", 3, {}, lambda: 0', "described in words"),
    ('"E[x y]", {}, lambda: 0', '"E[x y]", {}, 3', "has no formula to call but 3"),
    ('"E[x y]", {}, lambda: 0', '"E[x y]", 3, lambda: 0', "no mapping of names to kinds: 3"),
    ('"E[x y]", {}, lambda: 0', '"E[x y]", {"n": "int"}, lambda n: 0', "'int' is none of nat"),
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
        "changes part 'z', which does not exist",
    ),
    ("variants=(),", 'variants=(Variant("v", "w", "a", 3, {}),),', "its statement is 3"),
    ("variants=(),", 'variants=(Variant("v", "w", "a", both, 3),),', "are mappings"),
    (
        "variants=(),",
        'variants=(Variant("v", "w", "a", both, {}, {"product": len}),),',
        "did you mean product_mean",
    ),
    ("variants=(),", 'variants=(Variant("v", "w", "a", both, {}),) * 2,', "two variants are called 'v'"),
    ("variants=(),", 'variants=(Variant(3, "w", "a", both, {}),),', "the name of a variant"),
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
    ('proof.conclude("a", "sum"', 'proof.conclude("a", "magic"', "magic"),
    ("def rows(", "def experiment(", "has no function rows(rng, xp, ...)"),
]


@pytest.mark.parametrize(("old", "new", "said"), THEOREM)
def test_a_faulty_theorem(refused: Refused, write: Write, old: str, new: str, said: str) -> None:
    assert said in refused("verify", write((old, new)))


# ---------------------------------------------------------------- experiments that are none

ROW = [
    (
        "def rows(rng, xp, *, n: int = 2):\n",
        "def rows(rng, xp):\n    n = 1 / 0\n",
        "rows() raised ZeroDivision",
    ),
    (
        "def rows(rng, xp, *, n: int = 2):\n",
        "def rows(rng, xp):\n    n = exit()\n",
        "rows() raised SystemExit",
    ),
    ("def rows(rng, xp, *, n: int = 2):", "def rows(rng):\n    n = 2\n", "rows() raised TypeError"),
    ("def rows(rng, xp, *, n: int = 2):", "def rows(rng, xp, *, n: int):", "needs the parameter n: -p n=INT"),
    ("    yield Row(", "    yield 3\n    yield Row(", "rows() yielded a int as number 1, not a Row"),
    ("    yield Row(", "    yield None\n    yield Row(", "rows() yielded a NoneType"),
    ("    yield Row(", "    return 3\n    yield Row(", "the experiment has no rows"),
    ("    yield Row(", "    return Row(", "rows() "),
    ('name="product"', "name=3", "the name of a row is a printable text, not 3"),
    ('name="product"', 'name=""', "the name of a row is a printable text, not ''"),
    ('name="product"', 'name="a\\n"', "the name of a row is a printable text"),
    ('quantity="product_mean"', 'quantity="product"', "no quantity 'product': did you mean product_mean?"),
    ('quantity="product_mean"', "quantity=3", "quantity is a text, not 3"),
    ("at={}", "at=3", "at maps the names of arguments to values, and is 3"),
    ("at={}", "at={3: 3}", "at maps the names of arguments to values"),
    ("at={}", "at={'n': 3}", "product_mean() has no 'n'"),
    ('part="a"', "part=3", "part is a text, not 3"),
    ('part="a"', 'part="z"', "part 'z'"),
    ('kind="mean-equals"', 'kind="mean"', "kind is one of mean-equals, "),
    ('kind="mean-equals"', "kind=[]", "kind is one of mean-equals, "),
    ('kind="mean-equals"', 'kind="exact"', "exact needs a value"),
    ('kind="mean-equals"', 'kind="exact", value="x"', "its value is a real number, not 'x'"),
    ('kind="mean-equals"', 'kind="exact", value=math.nan', "finite"),
    ('kind="mean-equals"', 'kind="exact", value=1j', "its value is a real number"),
    ('kind="mean-equals"', 'kind="exact", value=0, relation="<"', "relation is one of =, <="),
    ('kind="mean-equals"', 'kind="mean-equals", grade="sure"', "grade is one of exact, "),
    ('kind="mean-equals"', 'kind="mean-equals", variant=3', "variant is a text, not 3"),
    ('kind="mean-equals"', 'kind="mean-equals", points=3', "points is a tuple of rows, not 3"),
    ('kind="mean-equals"', 'kind="mean-equals", points=(3,)', "points is a tuple of rows"),
    ('kind="mean-equals"', 'kind="scaling-law"', "a scaling law needs two mean-equals points"),
    ('kind="mean-equals"', 'kind="rank", value=3', "rank"),
    *(
        ("support=(-1.0, 1.0)", f"support={value}", said)
        for value, said in (
            ("(1.0, -1.0)", "the support [1.0, -1.0] has no inside"),
            ("(1.0, 1.0)", "the support [1.0, 1.0] has no inside"),
            ("(math.nan, 1.0)", "is not a pair of finite numbers"),
            ("(-1.0, math.inf)", "is not a pair of finite numbers"),
            ("(-1j, 1j)", "is not a pair of finite numbers"),
            ("('a', 'b')", "is not a pair of finite numbers"),
            ("(1.0,)", "is not a pair of finite numbers"),
            ("(-(10**400), 10**400)", "is not a pair of finite numbers"),
            ("3", "is not a pair of finite numbers"),
            ("None", "needs a sampler and a support"),
        )
    ),
    *(
        ("lattice=2.0", f"lattice={value}", said)
        for value, said in (
            ("0", "the lattice is a number above 0"),
            ("-1", "the lattice is a number above 0"),
            ("math.nan", "the lattice is a number above 0"),
            ("'x'", "the lattice is a number above 0"),
            ("0.3", "does not divide the support"),
            ("1e-9", "does not divide the support"),
        )
    ),
    ("sampler=sampler", "sampler=None", "needs a sampler and a support"),
    ("sampler=sampler", "sampler=3", "needs a sampler and a support"),
    *(
        ("tolerance=0.25", f"tolerance={value}", "tolerance is a finite number, at least 0")
        for value in ("-1", "math.nan", "math.inf", "'x'", "None", "1j")
    ),
    ("tolerance=0.25", "relative=-1", "relative is a finite number, at least 0"),
    *(
        ("samples=2**13", f"samples={value}", "samples is a whole number, at least 1")
        for value in ("0", "-1", "1.5", "'x'", "None", "math.nan")
    ),
    ("samples=2**13", "samples=10**30", "samples are too many"),
    *(
        ("shard=2**12", f"shard={value}", "a power of two up to 2^16")
        for value in ("0", "100", "2**17", "1.5", "None")
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), ROW)
def test_a_faulty_experiment(refused: Refused, write: Write, old: str, new: str, said: str) -> None:
    assert said in refused("check", write((old, new)))


VALUES = "        return values"
SAMPLER = [
    ("values[:-1]", "shape (4095,), not shape (4096,)"),
    ("values.reshape(2, -1)", "shape (2, 2048), not shape (4096,)"),
    ("values.sum()", "shape (), not shape (4096,)"),
    ("list(values)", "returned a list, not shape (4096,)"),
    ("None", "returned a NoneType"),
    ("1.0", "returned a float"),
    ("'text'", "returned a str"),
    ("values + 0j", "complex128 values, not real numbers"),
    ("values.astype(str)", "not real numbers"),
    ("values.astype(object)", "object values, not real numbers"),
    ("values.astype('datetime64[s]')", "not real numbers"),
    ("1 / 0", "the sampler raised ZeroDivisionError"),
    ("exit(0)", "the sampler raised SystemExit: 0"),
    ("values.nothing()", "the sampler raised AttributeError"),
    ("stream.nothing()", "the sampler raised AttributeError"),
]
OUTSIDE = [
    ("values * 2", "outside the declared support [-1.0, 1.0]"),
    ("values * (1 + 1e-15)", "outside the declared support"),
    ("values * math.nan", "not finite"),
    ("values * math.inf", "not finite"),
    ("values / 3", "off the lattice"),
]


@pytest.mark.parametrize(("value", "said"), SAMPLER)
def test_a_faulty_sampler(refused: Refused, write: Write, value: str, said: str) -> None:
    found = refused("check", write((VALUES, f"        return {value}")))
    assert found.startswith("row 'product'") and said in found


@pytest.mark.parametrize(("value", "said"), OUTSIDE)
def test_a_broken_assumption_is_no_verdict(refused: Refused, write: Write, value: str, said: str) -> None:
    found = refused("check", write((VALUES, f"        return {value}")))
    assert "assumption violated" in found and "row 'product'" in found and said in found


def test_workers_say_the_same(refused: Refused, write: Write) -> None:
    file = write((VALUES, "        return values * 2"))
    assert refused("check", file, "--workers", "2") == refused("check", file)


# ---------------------------------------------------------------- files that print, and files that never end


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
    assert "ZeroDivisionError" in refused("eval", file, "product_mean")
    file = write(("lambda: 0", "lambda: math.nan"), name="nan.py")
    assert "product_mean has no real value there" in refused("eval", file, "product_mean")
    file = write(("lambda: 0", "lambda: sum(0 for _ in iter(int, 1))"), name="endless.py")
    assert "did not finish within 0.3 s" in refused("eval", file, "product_mean", LEMMATA_PATIENCE="0.3")
