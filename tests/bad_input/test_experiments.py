"""Experiments of the user's own: rows and samplers that are none, and samples that no verdict may rest on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result

Run = Callable[..., Result]
Refused = Callable[..., str]
Write = Callable[..., str]

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
    ('part="a"', 'part="z"', "there is no part 'z': it has a"),
    ('kind="mean-equals"', 'kind="mean"', "kind is one of mean-equals, "),
    ('kind="mean-equals"', "kind=[]", "kind is one of mean-equals, "),
    ('kind="mean-equals"', 'kind="exact"', "exact needs a value"),
    ('kind="mean-equals"', 'kind="exact", value="x"', "its value is a real number, not 'x'"),
    ('kind="mean-equals"', 'kind="exact", value=math.nan', "finite"),
    ('kind="mean-equals"', 'kind="exact", value=1j', "its value is a real number"),
    ('kind="mean-equals"', 'kind="exact", value=0, relation="<"', "relation is one of =, <="),
    ('kind="mean-equals"', 'kind="mean-equals", grade="sure"', "grade is one of exact, "),
    ('kind="mean-equals"', 'kind="mean-equals", variant=3', "variant is a text, not 3"),
    ('kind="mean-equals"', 'kind="mean-equals", variant="v"', "there is no variant 'v': it has none"),
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
