"""Words of the command line: unknown names, numbers that are none, settings and variables that cannot be meant."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest
from click.testing import Result

Run = Callable[..., Result]
Refused = Callable[..., str]
ID = "parity-gradient"
NINES = "9" * 5000


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("verify", "parity-gradent"), "did you mean parity-gradient?"),
        (("check", "Parity_Gradient"), "did you mean parity-gradient?"),
        (("show", ""), "the command list shows all of them"),
        (("prove", "x\x1b[2J\ny"), "there is no theorem"),
        (("prove", "x" * 5000), "the command list shows all of them"),
        (("variants", "nothing-of-that-name"), "the command list shows all of them"),
        (("verify", "parity-gradient", "nowhere"), "there is no theorem 'nowhere'"),
        (("vreify", ID), "Did you mean 'verify'?"),
        (("check", ID, "--seeds", "3"), "--seed"),
        (("check", ID, "another"), "unexpected extra argument"),
        (("check", ID, "--alpha"), "requires an argument"),
        (("check", ID, "--json=3"), "does not take a value"),
        (("eval", ID), "Missing argument 'QUANTITY'"),
        (("replay",), "Missing argument 'FILE'"),
        (("prove", ID, "--export", "pdf"), "'pdf' is not one of 'json', 'coq'"),
    ],
)
def test_a_word_that_is_not_known(refused: Refused, arguments: tuple[str, ...], said: str) -> None:
    assert said in refused(*arguments)


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        *(("--alpha", v, "0<x<1") for v in ("0", "1", "-1", "1.5", "inf", "-inf", "1e-400")),
        ("--alpha", "nan", "nan is not a finite number"),
        ("--alpha", "x", "'x' is not a valid float"),
        ("--alpha", "", "'' is not a valid float"),
        *(("--samples", v, "x>=1") for v in ("0", "-3")),
        *(("--samples", v, "not a valid integer") for v in ("x", "1.5", "nan", "1e6", "", NINES)),
        *(("--workers", v, "x>=1") for v in ("0", "-1")),
        *(("--workers", v, "at most 256") for v in ("10000", "9" * 30)),
        ("--workers", "two", "not a valid integer"),
        ("--seed", "-1", "x>=0"),
        *(("--seed", v, "not a valid integer") for v in ("1.5", "x", NINES)),
        *(("--budget-seconds", v, "x>0") for v in ("0", "-1", "-inf")),
        *(("--budget-seconds", v, "not a finite number") for v in ("nan", "inf")),
        ("--backend", "jax", "'auto', 'numpy', 'cupy'"),
    ],
)
def test_an_option_that_is_no_such_number(refused: Refused, option: str, value: str, said: str) -> None:
    found = refused("check", ID, option, value)
    assert said in found and (option in found or said == "at most 256")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("m=3", "no parameter 'm': it has n, far, model"),
        ("modl=3", "did you mean model?"),
        ("n", "not of the form name=value"),
        ("=3", "not of the form name=value"),
        *(
            (f"n={v}", "the parameter n is a whole number")
            for v in ("", "x", "1.5", "nan", "inf", "1e3", "5 5")
        ),
        (f"n={NINES}", "the parameter n is a whole number, not '999"),
        ("n=-1", "n in 1..26 bits, not -1"),
        ("n=0", "n in 1..26 bits, not 0"),
        (
            "far=100000",
            "far = 100000 is outside 1..1000: beyond, 2^-n is no longer a number that a float can hold",
        ),
    ],
)
def test_a_parameter_that_the_experiment_cannot_take(refused: Refused, given: str, said: str) -> None:
    assert said in refused("check", ID, "-p", given)


@pytest.mark.parametrize("far", ["0", "-1"])
def test_a_neuron_without_inputs_is_only_outside_its_range(refused: Refused, far: str) -> None:
    assert refused("check", ID, "-p", f"far={far}") == f"far = {far} is outside 1..1000"


def test_a_parameter_is_given_once(refused: Refused) -> None:
    assert "'n' is given twice" in refused("check", ID, "-p", "n=3", "-p", "n=4")


@pytest.mark.parametrize(
    ("n", "size"), [("27", "2^3 GiB"), ("40", "2^16 GiB"), ("10000000000", "2^9999999976 GiB")]
)
def test_what_is_too_large_for_memory_says_how_large(refused: Refused, n: str, size: str) -> None:
    start = perf_counter()
    found = refused("verify" if n == "40" else "check", ID, "-p", f"n={n}")
    assert found == f"n = {n} would need about {size} for the cube: take n <= 26"
    assert perf_counter() - start < 30, "nothing of that size was made"


def test_more_samples_than_the_streams_hold(refused: Refused) -> None:
    assert "samples are too many; its streams hold" in refused(
        "check", ID, "--samples", "9" * 30, "-p", "n=3"
    )


def test_a_backend_that_is_absent(refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cupy", None)  # as it is where nothing of that name is installed
    found = refused("check", ID, "--backend", "cupy")
    assert "the backend 'cupy' cannot be used (ModuleNotFoundError" in found
    assert "pip install 'lemmata[cuda12x]'" in found


# ---------------------------------------------------------------- closed forms


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("second_momen", "n=3"), "no quantity 'second_momen': did you mean second_moment?"),
        (("zzz",), "no quantity 'zzz': it has second_moment, "),
        (("second_moment", "n=3"), "second_moment(n, grad_sq) needs grad_sq"),
        (("second_moment", "n=3", "grad=1"), "has no 'grad': did you mean grad_sq?"),
        (("second_moment", "n=3", "n=4", "grad_sq=1"), "'n' is given twice"),
        (("second_moment", "n", "grad_sq=1"), "not of the form name=value"),
        *(
            (("second_moment", f"n={v}", "grad_sq=1"), "n must be a natural number up to 100000, not ")
            for v in (
                "-3",
                "1/2",
                "nan",
                "inf",
                "x",
                "",
                "1e9",
                "100001",
                "3.00000000000001",
                "٣",
            )
        ),
        *(
            (("second_moment", "n=3", f"grad_sq={v}"), "grad_sq must be a number, at least 0, not ")
            for v in ("-1", "1/0", "nan", "-inf", "1,2", "1/3/4", "os.getcwd()")
        ),
        *(
            (("second_moment", "n=3", f"grad_sq={v}"), " is too long to compute with: take fewer than 200 ")
            for v in ("1e999999999", "1e-999999999", "-1e401", NINES, "x" * 200)
        ),
        (("second_moment", "n=1e999999999", "grad_sq=1"), "n = 1e999999999 is too long to compute with"),
        (("oracle_error", "eps=1e-999999999"), "eps = 1e-999999999 is too long to compute with"),
        (("character_inner_product", "n=-1", "differing=0"), "n must be a natural number"),
    ],
)
def test_a_closed_form_at_what_is_no_number(refused: Refused, words: tuple[str, ...], said: str) -> None:
    assert said in refused("eval", ID, *words)


# ---------------------------------------------------------------- environment and settings


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("LEMMATA_SEED", "x", "'--seed': 'x' is not a valid integer"),
        ("LEMMATA_SEED", "-1", "'--seed': -1 is not in the range"),
        ("LEMMATA_ALPHA", "2", "'--alpha': 2.0 is not in the range"),
        ("LEMMATA_ALPHA", "nan", "'--alpha': nan is not a finite number"),
        ("LEMMATA_SAMPLES", "0", "'--samples'"),
        ("LEMMATA_WORKERS", "many", "'--workers'"),
        ("LEMMATA_BACKEND", "abacus", "'--backend'"),
        ("LEMMATA_BUDGET_SECONDS", "inf", "'--budget-seconds'"),
        ("LEMMATA_PARAM", "n", "'n' is not of the form name=value"),
        ("LEMMATA_JSON", "perhaps", "'--json': 'perhaps' is not a valid boolean"),
    ],
)
def test_a_variable_of_the_environment(refused: Refused, variable: str, value: str, said: str) -> None:
    assert said in refused("check", ID, **{variable: value})


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("lemmata.toml", b"sead = 3", "no setting sead: did you mean seed"),
        ("lemmata.toml", b"seed = 'x'", "'--seed': 'x' is not a valid integer"),
        ("lemmata.toml", b"seed = [1, 2]", "seed is a single value, not [1, 2]"),
        ("lemmata.toml", b"seed = { a = 1 }", "seed is a single value, not {'a': 1}"),
        ("lemmata.toml", b"alpha = nan", "'--alpha': nan is not a finite number"),
        ("lemmata.toml", b"samples = 0", "'--samples'"),
        ("lemmata.toml", b"workers = 2.5", "'--workers'"),
        ("lemmata.toml", b"param = 3", "param is a table or a list of texts"),
        ("lemmata.toml", b"seed = true", "'--seed': 'true' is not a valid integer"),
        ("lemmata.toml", b"quiet = 'perhaps'", "'perhaps' is not a valid boolean"),
        (
            "lemmata.toml",
            b"budget-second = 1\nalpa = 1",
            "no setting alpa, budget-second: did you mean alpha or budget-seconds?",
        ),
        ("lemmata.toml", b"font = true", "no setting font: it has alpha, backend, "),
        ("lemmata.toml", b"everything = true", "no setting everything"),
        ("lemmata.toml", b"param = [3]", "param is a table or a list of texts"),
        ("lemmata.toml", b"param = { n = [3] }", "n is a single value"),
        ("lemmata.toml", b"param = ['n']", "not of the form name=value"),
        ("lemmata.toml", b"param = { m = 3 }", "no parameter 'm'"),
        ("lemmata.toml", b"seed = 3\nseed = 4", "lemmata.toml cannot be read"),
        ("lemmata.toml", b"seed = ", "lemmata.toml cannot be read"),
        ("lemmata.toml", b"\xff\xfe\x00", "lemmata.toml cannot be read"),
        ("lemmata.toml", b"x = " + b"[" * 100_000, "lemmata.toml cannot be read"),
        ("pyproject.toml", b"[tool.lemmata]\ntarget = 'x'", "no setting target"),
        ("pyproject.toml", b"[[tool.lemmata]]\nseed = 3", "[tool.lemmata] is not a table"),
    ],
)
def test_a_settings_file(run: Run, refused: Refused, name: str, data: bytes, said: str) -> None:
    Path(name).write_bytes(data)
    assert said in refused("check", ID)
