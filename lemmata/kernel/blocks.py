"""The rows and columns of a matrix, as the rule rank reads them from a certificate, block by block."""

# A certificate is JSON: its shape is checked value by value, which the type checker cannot follow.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownMemberType=false
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from lemmata.kernel.claims import Claim
from lemmata.kernel.context import Context
from lemmata.kernel.errors import CertificateError, Refused
from lemmata.kernel.formation import check
from lemmata.kernel.parsing import parse_term
from lemmata.kernel.sorting import kinds
from lemmata.kernel.terms import (
    NAT,
    ONE,
    ZERO,
    Add,
    Binder,
    Function,
    Index,
    Neg,
    Sort,
    Term,
    Var,
)

Certificate = Mapping[str, Any]
_KEYS = {
    "one": {"kind", "rows", "columns"},
    "range": {"kind", "rows", "columns", "row", "column", "size"},
    "box": {"kind", "rows", "columns", "row", "column", "index", "size", "bound", "proper"},
}


@dataclass(frozen=True, slots=True)
class Block:
    """Rows and columns of one kind: the variables of each, what stands left and right of the factor, how many."""

    kind: str
    rows: tuple[Var, ...]
    columns: tuple[Var, ...]
    left: Term
    right: Term
    count: Term
    index: Var | None = None
    bound: Term = ZERO
    proper: bool = False


def read_blocks(claim: Claim, certificate: Certificate, context: Context) -> tuple[Var, list[Block]]:
    """The index that the matrix factors through, and the blocks; raises CertificateError or Refused."""
    scope = claim.scope
    through = _term(certificate.get("through"), scope, context)
    inner = _variable(certificate.get("inner"), Index(_natural(through)), set(scope), context)
    blocks = [_block(entry, claim, inner, context) for entry in context.entries(certificate, "blocks")]
    if not blocks:
        raise Refused("a matrix has a block at least")
    if len(blocks) > 1 and any(b.kind == "box" for b in blocks):
        raise Refused("a box is the only block of its matrix")
    _apart(blocks)
    return inner, blocks


def _apart(blocks: list[Block]) -> None:
    names = [v.name for b in blocks for v in (*b.rows, *b.columns)]
    if len(set(names)) != len(names):
        raise Refused("two variables of rows and columns have one name")


def _block(entry: Mapping[str, Any], claim: Claim, inner: Var, context: Context) -> Block:
    kind = context.text(entry.get("kind"))
    if kind not in _KEYS:
        raise CertificateError(f"there is no block {kind!r}")
    context.keys(entry, _KEYS[kind])
    taken = {*claim.scope, inner.name}
    if kind == "one":
        return _filled(Block(kind, (), (), ZERO, ZERO, ONE), entry, claim, inner, context)
    size = _natural(_term(entry.get("size"), claim.scope, context))
    if kind == "range":
        row, column = (_variable(entry.get(k), Index(size), taken, context) for k in ("row", "column"))
        return _filled(Block(kind, (row,), (column,), ZERO, ZERO, size), entry, claim, inner, context)
    index = _variable(entry.get("index"), Index(size), taken, context)
    sort = Function((Index(size),), (0,), NAT)
    row, column = (_variable(entry.get(k), sort, {*taken, index.name}, context) for k in ("row", "column"))
    bound = _natural(_term(entry.get("bound"), {**claim.scope, index.name: index.sort}, context))
    proper = entry.get("proper", False)
    if not isinstance(proper, bool):
        raise CertificateError("'proper' is not true or false")
    count: Term = Binder("prod", index, Add((bound, ONE)))
    count = Add((count, Neg(ONE))) if proper else count
    empty = Block(kind, (row,), (column,), ZERO, ZERO, count, index, bound, proper)
    return _filled(empty, entry, claim, inner, context)


def _filled(block: Block, entry: Mapping[str, Any], claim: Claim, inner: Var, context: Context) -> Block:
    """The block with its two factors: one knows the row and j, the other the column and j."""
    left, right = (
        _term(
            entry.get(key), {**claim.scope, inner.name: inner.sort, **{v.name: v.sort for v in own}}, context
        )
        for key, own in (("rows", block.rows), ("columns", block.columns))
    )
    for factor in (left, right):
        if "real" not in kinds(factor):
            raise Refused("a factor of an entry is no number")
    return replace(block, left=left, right=right)


def _term(source: object, scope: Mapping[str, Sort], context: Context) -> Term:
    found = parse_term(context.text(source), dict(scope), context.definitions)
    check(found, dict(scope))
    return found


def _natural(term: Term) -> Term:
    if "nat" not in kinds(term):
        raise Refused("a number of rows is not a natural by form")
    return term


def _variable(source: object, sort: Sort, taken: set[str], context: Context) -> Var:
    name = context.text(source)
    if name in taken or not name.isidentifier() or name in context.definitions:
        raise Refused(f"the name {name} is already taken, or none")
    return Var(name, sort)
