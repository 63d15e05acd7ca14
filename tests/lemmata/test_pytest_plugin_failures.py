"""pytest --theorems: what fails and what it says; nothing undecided is green."""

from __future__ import annotations

import re

import pytest

import lemmata.examination
from lemmata.model import Recheck
from tests.lemmata.plugin_runs import Run, edited, failure, runner, written


@pytest.fixture
def run(pytester: pytest.Pytester) -> Run:
    return runner(pytester)


def test_a_refused_step_shows_its_reason_its_claim_and_the_residual(
    pytester: pytest.Pytester, run: Run
) -> None:
    result = run("--theorems", written(pytester.path, claimed="1", varied="0"))
    said = failure(result, "step:a").splitlines()
    assert said[0].startswith("step 'a' refused: left minus right leaves 1 term")
    assert said[1] == "it claims  mean(x: sign, mean(y: sign, x*y)) = 1"
    assert said[2] == "residual   left 0 minus right 1 is -1 at every point: the claim is false"
    assert "2 steps: 1 accepted, 1 refused" in result.stdout.str()


def test_a_part_that_nothing_proves_fails(pytester: pytest.Pytester, run: Run) -> None:
    file = pytester.path / written(pytester.path)
    file.write_text(re.sub(r"    proof\.conclude.*\n", "", file.read_text()))
    result = run("--theorems", file.name, "-m", "theorem_step")
    result.assert_outcomes(passed=1, failed=1, deselected=3)
    assert failure(result, "step:a").startswith("nothing proves part (a)\nit claims  mean(")


def test_an_assumption_is_not_green(pytester: pytest.Pytester, run: Run) -> None:
    file = pytester.path / written(pytester.path)
    assumed = (
        file.read_text()
        .replace('proof.step("inner"', 'proof.assume("inner"')
        .replace(', "sum", because="y', ', because="y')
    )
    file.write_text(assumed)
    result = run("--theorems", file.name, "-m", "theorem_step")
    assert failure(result, "step:inner").startswith("step 'inner' is assumed, not proved: for all x: sign.")


STEP = 'proof.step("inner", claim((x,), eq(mean(y, x * y), 0)), "sum"'


def test_a_part_after_the_refused_step_and_a_step_that_only_has_its_name_fail(
    pytester: pytest.Pytester, run: Run
) -> None:
    early = edited(pytester.path, (STEP, STEP.replace("0)", "1)")))
    result = run("--theorems", early, "-m", "theorem_step")
    result.assert_outcomes(failed=2, deselected=3)
    assert failure(result, "step:a").startswith("nothing proves part (a): step 'inner' before it was refused")
    other = edited(
        pytester.path, ('proof.conclude("a", "sum"', 'proof.step("a", claim((), eq(1, 1)), "identity"')
    )
    said = failure(run("--theorems", other, "-m", "theorem_step"), "step:a")
    assert said.startswith("nothing proves part (a)\nit claims  mean(") and said.endswith(
        "its step   1 = 1\n"
    )


def test_a_step_that_the_second_engine_denies_fails(
    pytester: pytest.Pytester, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    denial = Recheck(identities=2, failed=("inner",), skipped=(), prime=7, error=0.0)
    monkeypatch.setattr(lemmata.examination, "recheck", lambda judge: denial)
    result = run("--theorems", written(pytester.path), "-m", "theorem_step")
    result.assert_outcomes(passed=1, failed=1, deselected=3)
    assert failure(result, "step:inner").startswith(
        "step 'inner' was accepted, and its identity does not hold"
    )


def test_a_citation_passes_and_is_counted_as_one(pytester: pytest.Pytester, run: Run) -> None:
    cited = STEP.replace("proof.step", "proof.cite").replace('"sum"', '"Nobody2020"')
    result = run("--theorems", edited(pytester.path, (STEP, cited)), "-m", "theorem_step")
    result.assert_outcomes(passed=2, deselected=3)
    assert "lemma  2 steps: 1 cited, 1 accepted" in result.outlines


def test_a_model_that_raises_hides_no_refusal(pytester: pytest.Pytester, run: Run) -> None:
    model = "    model=lambda seed: 1 / 0,\n    variants=(\n"
    file = edited(pytester.path, ("    variants=(\n", model), (STEP, STEP.replace("0)", "1)")))
    said = failure(run("--theorems", file, "-k", "inner"), "step:inner")
    assert said.startswith("step 'inner' refused: ") and "the model raised ZeroDivisionError" in said


def test_a_refuted_row_shows_what_was_predicted_and_the_interval(pytester: pytest.Pytester, run: Run) -> None:
    result = run("--theorems", written(pytester.path, predicted="0.5"))
    said = failure(result, "row:product")
    assert said.startswith("row 'product' of part (a) refuted: the interval lies outside")
    assert "predicted  product_mean() = 0.5, tolerance 0.1\n" in said
    (low, high) = map(float, re.search(r"^interval   \[(.*), (.*)\]$", said, re.MULTILINE).groups())  # type: ignore[union-attr]
    assert low < 0 < high < 0.4
    assert "predicted  product_mean() = 0.5" in failure(result, "row:by hand")


def test_an_inconclusive_row_is_never_green(pytester: pytest.Pytester, run: Run) -> None:
    file = pytester.path / written(pytester.path, samples="64")
    file.write_text(file.read_text().replace("shard=2**14", "shard=64"))
    result = run("--theorems", file.name)
    said = failure(result, "row:product")
    assert said.startswith("row 'product' of part (a) inconclusive: undecided: the interval is too wide")
    assert result.ret == 1
    assert "2 rows: 1 consistent, 1 inconclusive" in result.stdout.str()


def test_more_samples_decide_it(pytester: pytest.Pytester, run: Run) -> None:
    file = pytester.path / written(pytester.path, samples="64")
    run("--theorems", file.name, "--theorems-samples", "16384").assert_outcomes(passed=5)


def test_a_variant_that_is_true_fails_and_says_so(pytester: pytest.Pytester, run: Run) -> None:
    result = run("--theorems", written(pytester.path, varied="0"), "-m", "theorem_variant")
    said = failure(result, "variant:one")
    assert "proof      accepted: the derivation proves the changed claim too" in said
    assert "numbers    consistent" in said and "interval   [" in said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            [('{"product_mean": lambda: 1}', "{}")],
            "numbers    not run: no row is about it, or about a quantity",
        ),
        ([("lambda: 1}", "lambda: 0}")], "numbers    consistent\nrow 'product' of part (a) consistent: "),
        (
            [("eq(product, 1)", "le(0, mean(x, mean(y, (x - y)**2)))"), ("eq, mean", "eq, le, mean")],
            "proof      refused at step 'a', but not false at its instance: ",
        ),
    ],
)
def test_a_variant_must_fall_in_both_ways(
    pytester: pytest.Pytester, run: Run, changes: list[tuple[str, str]], said: str
) -> None:
    result = run("--theorems", edited(pytester.path, *changes), "-m", "theorem_variant")
    assert said in failure(result, "variant:one")


def test_a_broken_sampler_fails_its_row_on_one_line(pytester: pytest.Pytester, run: Run) -> None:
    file = pytester.path / written(pytester.path)
    file.write_text(
        file.read_text().replace(
            "        s = stream", "        raise ZeroDivisionError('no luck')\n        s = stream"
        )
    )
    result = run("--theorems", file.name, "-m", "theorem_row")
    result.assert_outcomes(passed=1, failed=1, deselected=3)
    said = failure(result, "row:product").strip()
    assert "\n" not in said and "'product'" in said and "ZeroDivisionError: no luck" in said
