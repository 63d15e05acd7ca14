"""The rule rank: a matrix that factors through m and is triangular with no zero on its diagonal has at most m rows.

Rows and columns come in blocks, in one order. Above the diagonal blocks the entries vanish. A block is ``one`` row; a
``range`` of rows, triangular in its own order; or a ``box``: rows s and columns r - u for all s, u in prod {0..r_i},
ordered by |s|, where an entry vanishes if |s| + |u| <= |r| and s + u is not r. Other entries may be anything.
"""

# A certificate is JSON: its shape is checked value by value, which the type checker cannot follow.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownMemberType=false
from __future__ import annotations

from typing import Any

from lemmata.kernel.blocks import Block, Certificate, read_blocks
from lemmata.kernel.claims import Claim, relation_claim, same_claim
from lemmata.kernel.context import Context
from lemmata.kernel.errors import Refused
from lemmata.kernel.polynomials import minus
from lemmata.kernel.substitution import fresh, substitute
from lemmata.kernel.terms import (
    NAT,
    ONE,
    ZERO,
    Add,
    Apply,
    Binder,
    Index,
    Neg,
    Relation,
    Term,
    Var,
    add,
    mul,
)


def rank(claim: Claim, certificate: Certificate, context: Context, rule: str) -> None:
    """N <= m, from the number N of rows of a matrix whose entries are sums over j < m of left(s, j) right(j, t)."""
    context.keys(certificate, {"inner", "through", "blocks", "premises"})
    if claim.conclusion.op != "<=":
        raise Refused("the rule rank proves inequalities <= only")
    needed = rank_claims(claim, certificate, context)
    inner, blocks = read_blocks(claim, certificate, context)
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
    inner, blocks = read_blocks(claim, certificate, context)
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
