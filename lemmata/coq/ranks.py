"""The template for the rule rank: Gaussian elimination is in the prelude, the entries are those of the premises."""

# A certificate is JSON: its shape was checked by the kernel, which accepted the step.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownMemberType=false
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lemmata.coq.names import name
from lemmata.coq.products import braces
from lemmata.coq.proofs import Proofs, handed_on, opened
from lemmata.coq.statements import Printer
from lemmata.coq.text import ARGUMENT
from lemmata.coq.vanishing import vanishing
from lemmata.kernel.claims import Claim
from lemmata.kernel.definitions import Definition
from lemmata.kernel.parsing import parse_term
from lemmata.kernel.terms import NAT, ONE, Add, Apply, Binder, Function, Index, Neg, Sort, Term, Var, add, sub

Certificate = Mapping[str, Any]


def rank(proofs: Proofs, claim: Claim, certificate: Certificate, rule: str) -> str:
    """The number of rows against what the matrix factors through, as naturals, then as the claim says it."""
    matrix = _Matrix(proofs, claim, certificate)
    rows, most, script = matrix.box() if certificate["blocks"][0]["kind"] == "box" else matrix.ranges()
    printer = proofs.printer
    a, b = (printer.real(t, ARGUMENT) for t in (rows, most))
    known = f"(ltac:(refine (said_at_most {a} {b} _ _ (le_INR _ _ k_r) _ _); naturals) : {a} <= {b})"
    gap = Add((claim.conclusion.right, Neg(claim.conclusion.left), Neg(sub(most, rows))))
    return (
        f"{opened(proofs, claim)}assert (k_r : ({printer.nat(rows)} <= {printer.nat(most)})%nat).\n"
        f"{{ {script} }}\nchange ({printer.relation(claim.conclusion)}).\n"
        f"refine (same_at_most _ _ _ _ {known} _).\n{vanishing(proofs.premises(claim).normaliser(), gap)}"
    )


@dataclass(frozen=True, slots=True)
class _Range:
    """A block of rows, triangular in its own order; a single row has no variables."""

    number: int
    size: Term
    row: tuple[str, ...]
    column: tuple[str, ...]
    left: str
    right: str

    @property
    def text(self) -> str:
        """The two factors as functions of the row, or of the column, and of the summed index."""
        row, column = (self.row or ("k_s",))[0], (self.column or ("k_t",))[0]
        return f"(fun {row} => {self.left}) (fun {column} => {self.right})"


class _Matrix:
    """The matrix that a certificate describes, with the premises about its entries."""

    def __init__(self, proofs: Proofs, claim: Claim, certificate: Certificate) -> None:
        self.proofs, self.claim, self.certificate = proofs, claim, certificate
        self.printer: Printer = proofs.printer
        self.through = self._term(certificate["through"])
        self.inner = Var(certificate["inner"], Index(self.through))
        self.before, self.hypotheses = handed_on(claim, self.printer)

    def _term(self, source: str, *variables: Var) -> Term:
        definitions: Mapping[str, Definition] = self.proofs.definitions
        scope: dict[str, Sort] = {**self.claim.scope, **{v.name: v.sort for v in variables}}
        return parse_term(source, scope, definitions)

    def _factor(self, source: str, *variables: Var) -> str:
        return self.printer.abstraction(self.inner, self._term(source, self.inner, *variables))

    def _premise(self, which: str, own: Sequence[str], given: Sequence[str] = ()) -> str:
        """The premise at values for its further variables, and with what it is given of them."""
        step = self.proofs.names[self.certificate["premises"][which]]
        return f"exact ({' '.join([step, *self.before, *own, *self.hypotheses, *given])})."

    # ------------------------------------------------------------ rows in their own order

    def ranges(self) -> tuple[Term, Term, str]:
        """How many rows, at most how many, and the proof."""
        blocks = [self._range(k, entry) for k, entry in enumerate(self.certificate["blocks"])]
        listed = " ++ ".join(f"range {self.printer.nat(b.size)} {b.text}" for b in blocks)
        shown = braces(
            "rewrite ?app_length, ?range_length. lia.", f"apply rank_bound.\n{self._triangular(blocks)}"
        )
        rows = add(*(b.size for b in blocks))
        return rows, self.through, f"refine (Nat.le_trans _ (length ({listed})) _ _ _).\n{shown}"

    def _range(self, number: int, entry: Mapping[str, Any]) -> _Range:
        if entry["kind"] == "one":
            left, right = self._factor(entry["rows"]), self._factor(entry["columns"])
            return _Range(number, ONE, (), (), left, right)
        size = self._term(entry["size"])
        row, column = (Var(entry[k], Index(size)) for k in ("row", "column"))
        left, right = self._factor(entry["rows"], row), self._factor(entry["columns"], column)
        places, across = ((name(v.name), f"h_{name(v.name)}") for v in (row, column))
        return _Range(number, size, places, across, left, right)

    def _triangular(self, blocks: Sequence[_Range]) -> str:
        first, *rest = blocks
        own = f"refine (triangular_range _ _ _ _ _ _).\n{braces(self._zero(first), self._diagonal(first))}"
        if not rest:
            return own
        parts = braces(own, self._triangular(rest), self._above(first, rest))
        return f"refine (triangular_app _ _ _ _ _ _).\n{parts}"

    def _zero(self, block: _Range) -> str:
        if not block.row:
            return "intros. lia."
        words = (*block.row, *block.column)
        return f"intros {' '.join(words)} k_l. {self._premise(f'zero {block.number}', words, ['(lt_INR _ _ k_l)'])}"

    def _diagonal(self, block: _Range) -> str:
        intros = f"intros {' '.join(block.row or ('k_s', 'k_hs'))}. "
        return intros + self._premise(f"diagonal {block.number}", block.row)

    def _above(self, first: _Range, rest: Sequence[_Range]) -> str:
        later, *others = rest
        words = (*(first.row or ("k_s", "k_hs")), *(later.column or ("k_t", "k_ht")))
        known = self._premise(f"above {first.number} {later.number}", (*first.row, *later.column))
        own = f"refine (above_range _ _ _ _ _ _ _ _). intros {' '.join(words)}. {known}"
        return (
            f"refine (above_app _ _ _ _ _ _).\n{braces(own, self._above(first, others))}" if others else own
        )

    # ------------------------------------------------------------ multi-indices in the order of their degree

    def box(self) -> tuple[Term, Term, str]:
        """How many rows, at most how many, and the proof."""
        (entry,) = self.certificate["blocks"]
        proper = entry.get("proper", False)
        size = self._term(entry["size"])
        index = Var(entry["index"], Index(size))
        row, column = (Var(entry[k], Function((Index(size),), (0,), NAT)) for k in ("row", "column"))
        bound = self._term(entry["bound"], index)
        v, u = name(row.name), name(column.name)
        left, right = self._factor(entry["rows"], row), self._factor(entry["columns"], column)
        limit = f"(fun {name(index.name)} => {self.printer.nat(bound)})"
        lemma = "rank_of_proper_box" if proper else "rank_of_box"
        counts = f"{self.printer.nat(self.through)} {self.printer.nat(size)} {limit}"
        matrix = f"{counts} (fun {v} => {left}) (fun {u} => {right})"
        both = add(Apply(row, (index,)), Apply(column, (index,)))
        degree, most = (self.printer.nat(Binder("sum", index, t)) for t in (both, bound))
        equal = f"(k_s + {degree} = {most})%nat"
        parts = braces(self._off_diagonal(v, u, proper, equal), self._on_diagonal(v, u, proper))
        limit_of_rows = Add((self.through, ONE)) if proper else self.through
        rows = Binder("prod", index, Add((bound, ONE)))
        return rows, limit_of_rows, f"refine ({lemma} {matrix} _ _).\n{parts}"

    def _off_diagonal(self, v: str, u: str, proper: bool, equal: str) -> str:
        more, sure, one = (["k_w"], ["k_hw"], ["k_1"]) if proper else ([], [], [])
        intros = " ".join([v, u, "k_s", "k_p", *more, "k_hp", *sure, "k_e", "k_d", *one])
        given = [
            f"ltac:(refine (said_equal _ _ _ _ (f_equal INR (k_e : {equal})) _ _); naturals)",
            "ltac:(refine (said_unequal _ _ _ _ (not_INR _ _ k_d) _ _); naturals)",
            *(["(le_INR _ _ k_1)"] if proper else []),
        ]
        return (
            f"intros {intros}. {self._premise('zero 0', [v, u, 'k_s', 'k_p', 'k_hp', *more, *sure], given)}"
        )

    def _on_diagonal(self, v: str, u: str, proper: bool) -> str:
        more, one = (["k_w", "k_hw"], ["k_1"]) if proper else ([], [])
        cast = "ltac:(refine (said_equal _ _ _ _ (f_equal INR (k_e k_i k_hi)) _ _); naturals)"
        given = [f"(fun k_i k_hi => {cast})", *(["(le_INR _ _ k_1)"] if proper else [])]
        intros = " ".join([v, u, *more, "k_e", *one])
        return f"intros {intros}. {self._premise('diagonal 0', [v, u, *more], given)}"
