"""The command paper: what it reads, what it says of what it cannot read, and that LaTeX takes what it writes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import program
from lemmata import catalogue, kept, verification
from lemmata.model import Report
from lemmata.proof.reports import proof_report
from lemmata.reporting import latex_fragments as fragments
from lemmata.reporting.latex import Style
from lemmata.reporting.nodes import Document, Paragraph
from lemmata.theorem_files import load

Run = Callable[..., Result]
ROOT = Path(__file__).resolve().parents[3]
needs_latex = pytest.mark.skipif(
    shutil.which("pdflatex") is None or shutil.which("bibtex") is None, reason="there is no LaTeX"
)
LEMMA = r'''"""At 50% & more: a_b < c, $5 #1, ~x^y, λ, Привет, 中, {é}."""

from lemmata.model import Row
from lemmata.proof import Part, Quantity, Theorem, Variant, claim, eq, mean, sign

x_0, eps = sign("x_0"), sign("eps")
theorem = Theorem(
    setting="100% of A&B_C < $7 #2",
    parts=(Part("a%_&", "Mean zero & $_#%: λ.", claim((), eq(mean(x_0, mean(eps, x_0 * eps)), 0))),),
    quantities=(Quantity("product_mean", "E[x y]", {}, lambda: 0),),
    variants=(
        Variant("one#", "1 for 0 & %", "a%_&", claim((), eq(mean(x_0, mean(eps, x_0 * eps)), 1)), {},
                {"product_mean": lambda: 1}),
    ),
    readings={"x_0": "a 50%-50 sign & #_$"},
    references=("ODonnell2014 (Section 1.4)", "Nobody%2020_&"),
)


def derive(proof):
    proof.conclude("a%_&", "sum", because="100% of the four cases & $_#")


def rows(rng, xp):
    yield Row(name="all_four_&_%", quantity="product_mean", at={}, part="a%_&", kind="exact", value=0)
'''
# A log whose lines are not broken.
WIDE = {**os.environ, "max_print_line": "1000"}
DOCUMENT = r"""\documentclass{article}
\usepackage{amsthm,booktabs}
\begin{document}
\input{generated/verified}
See \verified%s{my-lemma}.
\input{generated/all}
\input{generated/summary}\input{generated/ledger}\input{generated/errata}
\bibliographystyle{plain}\bibliography{references}
\end{document}
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A working directory with a lemma of special characters and a bibliography, and an empty catalogue."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(catalogue, "ROOT", tmp_path / "trees")
    Path("my_lemma.py").write_text(LEMMA)
    Path("paper").mkdir()
    shutil.copy(ROOT / "paper/references.bib", "paper")
    return lambda *arguments: CliRunner().invoke(program, arguments, prog_name="lemmata")


@pytest.fixture
def verified(run: Run) -> Run:
    assert run("verify", "./my_lemma.py", "-q").exit_code == 0
    return run


def refused(result: Result) -> str:
    assert result.exit_code == 2 and result.stdout == ""
    (line,) = result.stderr.splitlines()
    return line


def test_without_results_it_says_what_to_run(run: Run) -> None:
    assert refused(run("paper")) == "error: there are no results here: run verify --all"
    said = refused(run("paper", "./my_lemma.py"))
    assert said == "error: ./my_lemma.py has no result here: run verify ./my_lemma.py"


def test_it_writes_what_it_names_and_the_same_bytes_again(verified: Run) -> None:
    result = verified("paper", "./my_lemma.py")
    assert result.exit_code == 0 and "1 part proved" in result.stdout and result.stderr == ""
    files = {path.name: path.read_bytes() for path in Path("paper/generated").iterdir()}
    assert set(files) == {f"{name}.tex" for name in ("my-lemma", *fragments.RESERVED)}
    assert all(name.removesuffix(".tex") in result.stdout for name in files)
    assert verified("verify", "./my_lemma.py", "-q").exit_code == 0
    assert verified("paper", "./my_lemma.py").exit_code == 0
    assert files == {path.name: path.read_bytes() for path in Path("paper/generated").iterdir()}


@pytest.mark.parametrize("text", ["", "{}", "[1", '{"schema_version": 1}'])
def test_a_broken_result_is_one_line(verified: Run, text: str) -> None:
    Path("results/files/my-lemma.json").write_text(text)
    assert "results/files/my-lemma.json" in (said := refused(verified("paper", "./my_lemma.py")))
    assert said.endswith(": run verify again")


def test_a_result_older_than_its_files_says_so_everywhere(verified: Run) -> None:
    Path("my_lemma.py").write_text(LEMMA.replace("Mean zero", "Mean naught"))
    result = verified("paper", "./my_lemma.py")
    assert result.exit_code == 0 and "warning: the result of ./my_lemma.py is older" in result.stderr
    assert "older than its files" in Path("paper/generated/my-lemma.tex").read_text()
    for name in ("verified", "summary", "ledger"):
        assert "older than its files" in Path(f"paper/generated/{name}.tex").read_text()
    assert "verified (older than its files)" in " ".join(result.stdout.split())
    assert kept.status(catalogue.find("./my_lemma.py"), print) == ("verified", True)


def test_list_marks_a_result_older_than_what_its_theorem_imports(run: Run, report: Report) -> None:
    trees = Path("trees")
    for name in ("theorems/dynamics/flow.py", "numerics/dynamics/flow.py", "theorems/dynamics/_flow.py"):
        (trees / name).parent.mkdir(parents=True, exist_ok=True)
        (trees / name).write_text('"""A flow."""\n')
    (trees / "theorems/dynamics/flow.py").write_text('"""A flow."""\nfrom theorems.dynamics._flow import x\n')
    kept.keep(catalogue.find("flow"), replace(report, id="flow"))
    assert "older" not in run("list").stdout
    (trees / "theorems/dynamics/_flow.py").write_text('"""Another claim."""\n')
    assert "verified (older than" in " ".join(run("list").stdout.split())
    Path("results/flow.json").write_text("{")
    result = run("list")
    assert result.exit_code == 0 and "unreadable" in result.stdout
    assert result.stderr.count("\n") == 1 and "warning: results/flow.json is no result" in result.stderr
    assert "error: results/flow.json is no result" in run("paper").stderr


def test_a_folder_that_takes_no_file_is_one_line(verified: Run) -> None:
    Path("paper/generated").write_text("in the way")
    assert refused(verified("paper", "./my_lemma.py")).startswith(
        "error: paper/generated cannot be written to"
    )


def test_one_file_that_cannot_be_written_leaves_all_as_they_were(verified: Run) -> None:
    Path("paper/generated/summary.tex").mkdir(parents=True)
    assert "summary.tex is a folder" in refused(verified("paper", "./my_lemma.py"))
    assert [path.name for path in Path("paper/generated").iterdir()] == ["summary.tex"]


def test_all_that_a_fragment_says_of_its_run_verify_says_too(run: Run) -> None:
    said = run("verify", "./my_lemma.py", "-v").stdout
    found = kept.last(catalogue.find("./my_lemma.py"))
    assert found and {"commit", "cpu", "blas", "claims"} <= set(found.report.provenance)
    for key, value in found.report.provenance.items():
        assert not value or f"{key} {value}" in " ".join(said.split()).replace("- ", "-")


@pytest.mark.parametrize("name", ["λ", "a b", "1a", "", "a%", "x_{1}", "for", "x\\n", "\uff58"])
def test_a_name_that_the_kernel_cannot_read_is_refused_where_it_is_made(run: Run, name: str) -> None:
    Path("my_lemma.py").write_text(LEMMA.replace('sign("eps")', f"sign({name!r})"))
    assert f"{name!r} cannot name a symbol: a name is" in refused(run("prove", "./my_lemma.py"))


def test_missing_latex_is_one_line_and_nothing_is_written(
    verified: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("paper/appendix.tex").write_text("")
    monkeypatch.setenv("PATH", "")
    said = refused(verified("paper", "./my_lemma.py", "--pdf"))
    assert said.startswith("error: pdflatex and bibtex cannot be found: install Debian's texlive")
    assert not Path("paper/generated").exists()


@needs_latex
def test_a_missing_or_broken_appendix_is_one_line(verified: Run) -> None:
    assert "there is no paper/appendix.tex" in refused(verified("paper", "./my_lemma.py", "--pdf"))
    Path("paper/appendix.tex").write_text(r"\documentclass{article}\begin{document}\undefined\end{document}")
    result = verified("paper", "./my_lemma.py", "--pdf")
    assert result.exit_code == 2
    assert result.stderr == (
        "error: paper/appendix.tex does not compile: Undefined control sequence. "
        "at l.1 ...entclass{article}\\begin{document}\\undefined\n"
    )
    assert not Path("paper/generated/appendix.pdf").exists()


@needs_latex
def test_what_is_referred_to_and_is_nowhere_ends_the_build_by_name(verified: Run) -> None:
    body = r"See \ref{sec:none} and \cite{Nobody}.\bibliographystyle{plain}\bibliography{references}"
    Path("paper/appendix.tex").write_text(
        rf"\documentclass{{article}}\begin{{document}}{body}\cite{{ODonnell2014}}\end{{document}}"
    )
    result = verified("paper", "./my_lemma.py", "--pdf")
    assert result.exit_code == 2 and not Path("paper/generated/appendix.pdf").exists()
    (line,) = result.stderr.splitlines()
    assert line.endswith("undefined: reference sec:none, citation Nobody")


@needs_latex
def test_the_same_document_is_the_same_pdf(verified: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("paper/appendix.tex").write_text(r"\documentclass{article}\begin{document}Words.\end{document}")
    found: set[bytes] = set()
    for epoch in ("1", "1000000000"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        assert verified("paper", "./my_lemma.py", "--pdf").exit_code == 0
        found.add(Path("paper/generated/appendix.pdf").read_bytes())
    assert len(found) == 1


def compiled(text: str, again: bool = True) -> tuple[int, str]:
    """The exit code of pdflatex and its log, after a run for BibTeX and one for references."""
    Path("paper/a.tex").write_text(text)
    for words in (["pdflatex"], ["bibtex", "a"], ["pdflatex"], ["pdflatex"])[: 4 if again else 1]:
        command = (
            [*words, "-interaction=nonstopmode", "-halt-on-error", "a.tex"] if len(words) == 1 else words
        )
        done = subprocess.run(command, cwd="paper", capture_output=True, timeout=60, check=False, env=WIDE)
        if done.returncode and words == ["pdflatex"]:
            break
    return done.returncode, Path("paper/a.log").read_text(errors="replace")


def faults(log: str) -> list[str]:
    """Errors, undefined references and boxes more than 10pt too wide."""
    wide = [width for width in re.findall(r"Overfull \\hbox \(([\d.]+)pt", log) if float(width) > 10]
    return [*wide, *re.findall(r"^! .*|.*undefined.*", log, re.MULTILINE)]


@needs_latex
@pytest.mark.parametrize("layout", ["", "[twocolumn]"])
def test_special_characters_compile_with_amsthm_and_booktabs_alone(verified: Run, layout: str) -> None:
    assert verified("paper", "./my_lemma.py").exit_code == 0
    code, log = compiled(DOCUMENT.replace("{article}", f"{layout}{{article}}", 1) % "")
    assert (code, faults(log)) == (0, [])


@needs_latex
def test_tables_that_break_over_pages_compile(verified: Run) -> None:
    assert verified("paper", "./my_lemma.py", "--longtable").exit_code == 0
    code, log = compiled(DOCUMENT.replace("booktabs", "booktabs,longtable") % "")
    assert (code, faults(log)) == (0, []) and "multiply defined" not in log


@needs_latex
def test_every_letter_and_symbol_is_taken_by_latex(run: Run) -> None:
    codes = [*range(0x21, 0x7F), *range(0xA1, 0x3000), *range(0x1D400, 0x1D440), 0xFB01, 0x4E2D, 0x1F600]
    letters = [chr(code) for code in codes if chr(code).isprintable() and not chr(code).isspace()]
    nodes = tuple(Paragraph(" ".join(letters[k : k + 50])) for k in range(0, len(letters), 50))
    text = fragments.page(Document(nodes), Style())
    Path("paper/generated").mkdir()
    Path("paper/generated/letters.tex").write_text(text)
    start = r"\documentclass{article}\usepackage{amsthm,booktabs}\begin{document}"
    code, log = compiled(start + r"\input{generated/letters}\end{document}", again=False)
    assert (code, faults(log)) == (0, [])


@needs_latex
def test_the_build_fails_when_the_hash_has_drifted(verified: Run) -> None:
    assert verified("paper", "./my_lemma.py").exit_code == 0
    name = catalogue.find("./my_lemma.py")
    found = kept.last(name)
    assert found
    short = found.report.provenance["claims"][:7]
    assert compiled(DOCUMENT % f"[{short}]")[0] == 0
    code, log = compiled(DOCUMENT % "[abc1230]")
    assert code and "have drifted: the paper names" in log
    kept.keep(name, replace(found.report, verdict="refuted"))
    assert verified("paper", "./my_lemma.py").exit_code == 0
    code, log = compiled(DOCUMENT % f"[{short}]")
    assert code and "refuted, not verified" in log.replace("\n", " ")


@needs_latex
@pytest.mark.parametrize("layout", ["", "[twocolumn]"])
def test_every_proof_of_the_catalogue_compiles_in_the_appendix(
    layout: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "paper", "paper", ignore=shutil.ignore_patterns("generated", "*.pdf"))
    style = Style(keys=frozenset(cited()))
    names: list[str] = []
    for entry in (entry for entry in catalogue.scan(ROOT).entries if entry.twin):
        Path("paper/generated").mkdir(exist_ok=True)
        Path(f"paper/generated/{entry.id}.tex").write_text(fragments.fragment(proved(entry), entry.id, style))
        names.append(entry.id)
    for name, text in {
        "all": fragments.everything(names),
        "verified": fragments.verified({}, frozenset()),
        "summary": fragments.summary([], style),
        "ledger": fragments.ledger([], style),
        "errata": fragments.errata([], style),
    }.items():
        Path(f"paper/generated/{name}.tex").write_text(text)
    appendix = Path("paper/appendix.tex").read_text().replace("[a4paper]", layout or "[a4paper]", 1)
    code, log = compiled(appendix)
    assert (code, faults(log)) == (0, [])


@cache
def proved(entry: catalogue.Entry) -> Report:
    """The derivation's report, with all that a page about the proof shows."""
    theorem, _ = load(entry)
    return Report(
        id=entry.id,
        title=entry.title,
        theme=entry.theme,
        verdict="verified",
        proof=proof_report(theorem, verification.derivation(entry)),
        numerics=None,
        setting=theorem.setting,
        readings=theorem.readings,
        references=theorem.references,
    )


def cited() -> set[str]:
    return set(re.findall(r"^@\w+\{(\w+),", (ROOT / "paper/references.bib").read_text(), re.MULTILINE))


def test_every_source_of_every_theorem_and_erratum_has_a_key() -> None:
    for entry in catalogue.scan(ROOT).entries:
        theorem, _ = load(entry)
        assert theorem.references, f"{entry.id} names no source"
        proof = proved(entry).proof
        assert proof
        for source in (*theorem.references, *proof.citations):
            assert source.split()[0] in cited(), f"{entry.id}: {source}"
