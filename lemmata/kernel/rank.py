"""The rule rank: a matrix that factors through m and is triangular with no zero on its diagonal has at most m rows.

Rows and columns come in blocks, in one order. Above the diagonal blocks the entries vanish. A block is ``one`` row; a
``range`` of rows, triangular in its own order; or a ``box``: rows s and columns r - u for all s, u in prod {0..r_i},
ordered by |s|, where an entry vanishes if |s| + |u| <= |r| and s + u is not r. Other entries may be anything.
"""

# A certificate is JSON: its shape is checked value by value, which the type checker cannot follow.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownMemberType=false
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lemmata.kernel.claims import Claim, relation_claim, same_claim
from lemmata.kernel.context import Context
from lemmata.kernel.errors import CertificateError, Refused
from lemmata.kernel.parsing import parse_term
from lemmata.kernel.polynomials import minus
from lemmata.kernel.sorting import check, kinds
from lemmata.kernel.substitution import fresh, substitute
from lemmata.kernel.terms import (
    NAT,
    ONE,
    ZERO,
    Add,
    Apply,
    Binder,
    Function,
    Index,
    Neg,
    Relation,
    Sort,
    Term,
    Var,
    add,
    mul,
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


def rank(claim: Claim, certificate: Certificate, context: Context, rule: str) -> None:
    """N <= m, from the number N of rows of a matrix whose entries are sums over j < m of left(s, j) right(j, t)."""
    context.keys(certificate, {"inner", "through", "blocks", "premises"})
    if claim.conclusion.op != "<=":
        raise Refused("the rule rank proves inequalities <= only")
    needed = rank_claims(claim, certificate, context)
    inner, blocks = _read(claim, certificate, context)
    assert isinstance(inner.sort, Index)
    normaliser = context.normaliser(claim, {}, cube=False)
    counted = Add((*(b.count for b in blocks), Neg(inner.sort.size)))
    said = Add((claim.conclusion.left, Neg(claim.conclusion.right)))
    if not normaliser.is_zero(minus(normaliser.term(counted), normaliser.term(said))):
        raise Refused(
            "the conclusion does not compare the number of rows with what the matrix factors through"
        )
    named = context.mapping(certificate.get("premises", {}))
    if set(named) != set(needed):
        raise Refused(f"the premises needed are {', '.join(needed)}")
    for key, premise in needed.items():
        if not same_claim(context.premise(named[key]), premise):
            raise Refused(f"the premise {key!r} does not say {premise}")


def rank_claims(claim: Claim, certificate: Certificate, context: Context) -> dict[str, Claim]:
    """What the rule rank asks of its premises, by their keys: ``zero k``, ``diagonal k``, ``above k l``."""
    inner, blocks = _read(claim, certificate, context)
    needed: dict[str, Claim] = {}
    for k, block in enumerate(blocks):
        entry = _entry(inner, block, block)
        if block.kind != "one":
            needed[f"zero {k}"] = _zero(claim, block, entry)
        needed[f"diagonal {k}"] = _diagonal(claim, inner, block, entry)
        for later in range(k + 1, len(blocks)):
            vanishes = Relation(_entry(inner, block, blocks[later]), "=", ZERO)
            variables = (*claim.variables, *block.rows, *blocks[later].columns)
            needed[f"above {k} {later}"] = Claim(variables, claim.hypotheses, vanishes)
    return needed


def _entry(inner: Var, row: Block, column: Block) -> Term:
    return Binder("sum", inner, mul(row.left, column.right))


def _zero(claim: Claim, block: Block, entry: Term) -> Claim:
    """Where the entry of a block vanishes: above its diagonal."""
    if block.kind == "range":
        given: tuple[Relation, ...] = (Relation(block.rows[0], "<", block.columns[0]),)
        extra: tuple[Var, ...] = ()
    else:
        given, extra = _off_diagonal(claim, block)
    variables = (*claim.variables, *block.rows, *block.columns, *extra)
    return Claim(variables, (*claim.hypotheses, *map(relation_claim, given)), Relation(entry, "=", ZERO))


def _off_diagonal(claim: Claim, block: Block) -> tuple[tuple[Relation, ...], tuple[Var, ...]]:
    """|s| + |u| <= |r|, said with a natural that is what is missing, and s + u differs from r somewhere."""
    index = block.index
    assert index is not None
    taken = {*_named(claim), *(v.name for v in (*block.rows, *block.columns)), index.name}
    slack = Var(fresh("slack", taken), NAT)
    place = Var(fresh("place", taken), index.sort)
    both = add(*(Apply(v, (index,)) for v in (*block.rows, *block.columns)))
    sums = (Binder("sum", index, both), Binder("sum", index, block.bound))
    here = substitute(both, {index.name: place}), substitute(block.bound, {index.name: place})
    given = (Relation(Add((slack, sums[0])), "=", sums[1]), Relation(here[0], "!=", here[1]))
    positive, somewhere = _proper(block, {*taken, slack.name, place.name})
    return (*given, *positive), (slack, place, *somewhere)


def _named(claim: Claim) -> set[str]:
    """The names that a claim declares, in its hypotheses too."""
    return {v.name for v in claim.variables}.union(*(_named(h) for h in claim.hypotheses))


def _proper(block: Block, taken: set[str]) -> tuple[tuple[Relation, ...], tuple[Var, ...]]:
    """The row 0 may be left out: then some component of s is at least 1."""
    if not block.proper:
        return (), ()
    assert block.index is not None
    somewhere = Var(fresh("somewhere", taken), block.index.sort)
    return (Relation(ONE, "<=", Apply(block.rows[0], (somewhere,))),), (somewhere,)


def _diagonal(claim: Claim, inner: Var, block: Block, entry: Term) -> Claim:
    """The entries on the diagonal of a block are not zero."""
    if block.kind != "box":
        same: dict[str, Any] = dict(zip((v.name for v in block.columns), block.rows, strict=True))
        there = Binder("sum", inner, mul(block.left, substitute(block.right, same)))
        variables = (*claim.variables, *block.rows)
        return Claim(variables, claim.hypotheses, Relation(there, "!=", ZERO))
    index = block.index
    assert index is not None
    both = add(*(Apply(v, (index,)) for v in (*block.rows, *block.columns)))
    whole = Claim((index,), (), Relation(both, "=", block.bound))
    taken = {*_named(claim), *(v.name for v in (*block.rows, *block.columns)), index.name}
    positive, somewhere = _proper(block, taken)
    variables = (*claim.variables, *block.rows, *block.columns, *somewhere)
    given = (*claim.hypotheses, whole, *map(relation_claim, positive))
    return Claim(variables, given, Relation(entry, "!=", ZERO))


# ---------------------------------------------------------------- reading


def _read(claim: Claim, certificate: Certificate, context: Context) -> tuple[Var, list[Block]]:
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
    return Block(
        block.kind,
        block.rows,
        block.columns,
        left,
        right,
        block.count,
        block.index,
        block.bound,
        block.proper,
    )


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
