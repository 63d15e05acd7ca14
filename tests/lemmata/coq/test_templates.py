"""Every rule has a template that Coq accepts, and what has none is said and enters as a hypothesis."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

import cli
import lemmata.verification
from lemmata.coq import EXCLUDED_MIDDLE, FOUNDATIONS, NoCoqText, export
from lemmata.coq.rules import TEMPLATES
from lemmata.kernel.documents import replay
from lemmata.kernel.errors import Refused
from lemmata.kernel.rules import RULES
from tests.lemmata.coq import certificates as small
from tests.lemmata.coq.conftest import rests_on


def test_every_rule_has_a_template_or_is_a_hypothesis_by_nature() -> None:
    assert set(RULES) - set(TEMPLATES) == {"cite", "assume"}


def test_every_shape_is_proved_and_rests_on_the_real_numbers_alone(compile_small: Any) -> None:
    document = small.document(small.STEPS)
    replay(document)
    exported = export(document)
    assert exported.hypotheses == {}
    done = compile_small(exported.text)
    assert done.returncode == 0, done.stderr
    assert rests_on(done.stdout) <= set(FOUNDATIONS)
    assert exported.text.count("Theorem part_") == len(small.STEPS)


def test_rules_about_derivatives_rest_on_excluded_middle_where_the_mean_value_theorem_is_used(
    compile_small: Any,
) -> None:
    document = small.document(small.DERIVATIVES)
    replay(document)
    exported = export(document)
    assert exported.hypotheses == {}
    assert EXCLUDED_MIDDLE in exported.text.split("*)")[0]
    done = compile_small(exported.text)
    assert done.returncode == 0, done.stderr
    assert rests_on(done.stdout) - set(FOUNDATIONS) == {EXCLUDED_MIDDLE}


CITED = [
    small.step("Fact", "cite", "for all a: real. if 0 < a then 0 < a^2", source="A textbook"),
    small.step(
        "used",
        "square",
        "for all b: real. if 0 < b then 0 < 2*b^2",
        "Fact",
        using=[small.use("Fact", {"a": "b"}, times="2")],
    ),
    small.step("guess", "assume", "for all a: real. a <= a^2 + 1"),
    small.step("alone", "identity", "for all a: real. a - a = 0"),
    small.step("high power", "identity", "for all a: real, b: real. (a + b)^17 = (b + a)^17"),
]


def test_citations_assumptions_and_what_has_no_template_are_hypotheses_that_are_named(
    compile_small: Any,
) -> None:
    document = small.document(CITED)
    replay(document)
    exported = export(document)
    assert set(exported.hypotheses) == {"Fact", "guess", "high power"}
    assert exported.hypotheses["Fact"] == "cited, A textbook"
    assert exported.hypotheses["guess"] == "assumed"
    head = exported.text.split("*)")[0]
    assert all(step in head for step in exported.hypotheses)
    asked = exported.text.replace(
        "Print Assumptions parts.", "Print Assumptions part_used.\nPrint Assumptions part_alone."
    )
    done = compile_small(asked)
    assert done.returncode == 0, done.stderr
    used, alone = (rests_on(text) for text in _answers(done.stdout))
    assert used - set(FOUNDATIONS) == {"step_Fact"}
    assert alone <= set(FOUNDATIONS)


def _answers(printed: str) -> list[str]:
    """The answers of Print Assumptions: those with hypotheses start with Section Variables, all with axioms."""
    start = printed.rindex("Axioms:")
    return [printed[:start], printed[start:]]


def exported_by_the_command(document: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.setattr(lemmata.verification, "certificate", lambda entry: json.dumps(document))
    return CliRunner().invoke(cli.program, ["prove", "parity-gradient", "--export", "coq"])


def test_the_command_says_on_stderr_what_is_a_hypothesis(monkeypatch: pytest.MonkeyPatch) -> None:
    done = exported_by_the_command(small.document(CITED), monkeypatch)
    assert done.exit_code == 0
    lines = done.stderr.splitlines()
    assert lines[0] == "step 'Fact' is a hypothesis in the Coq file: cited, A textbook"
    assert len(lines) == 3
    assert done.stdout == export(small.document(CITED)).text + "\n"


def test_the_command_refuses_what_cannot_be_stated_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    claim = "for all f: fn(C1 real, C1 real) -> real, w: real. f(w, w) = f(w, w)"
    done = exported_by_the_command(small.document([small.step("x", "identity", claim)]), monkeypatch)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "step 'x' cannot be stated in Coq" in done.stderr


def test_a_step_that_the_kernel_refuses_is_not_exported() -> None:
    wrong = small.step("wrong", "identity", "for all a: real. a + a = 3*a")
    with pytest.raises(Refused, match="'wrong' refused"):
        export(small.document([wrong]))


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        (
            "for all f: fn(C1 real, C1 real) -> real, w: real. f(w, w) = f(w, w)",
            "differentiable in two arguments",
        ),
        ("for all n: nat. 2*2^(n - 1) = 2^n", "a natural"),
    ],
)
def test_a_claim_without_coq_text_is_refused_in_one_line(claim: str, reason: str) -> None:
    with pytest.raises(NoCoqText, match=reason) as caught:
        export(small.document([small.step("x", "identity" if "sum" not in claim else "sum", claim)]))
    assert "\n" not in str(caught.value)


def test_names_that_mean_something_in_coq_are_still_variables(compile_small: Any) -> None:
    names = ["forall", "fun", "sum_ext", "INR", "step_x", "S", "x_", "f_equal", "parts", "R"]
    declared = ", ".join(f"{n}: real" for n in names)
    total = " + ".join(sorted(names))
    claim = f"for all {declared}. {total} - ({' + '.join(names)}) = 0"
    exported = export(small.document([small.step("x", "identity", claim)]))
    assert exported.hypotheses == {}
    done = compile_small(exported.text)
    assert done.returncode == 0, done.stderr
