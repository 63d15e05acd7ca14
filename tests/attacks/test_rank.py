"""The rule rank: counts that do not fit, blocks in a wrong order, factors that know too much, names taken twice."""

from __future__ import annotations

from typing import Any

from tests.attacks.attack import Attack, Record, each, step

HEAD = "for all n: nat, m: nat, f: fn(index(n), index(m)) -> real, g: fn(index(m), index(n)) -> real"
ABOVE = "(for all s: index(n), t: index(n). if s < t then sum(j: index(m), f(s, j)*g(j, t)) = 0)"
ONES = "(for all s: index(n). sum(j: index(m), f(s, j)*g(j, s)) = 1)"
GIVEN = f"if {ABOVE}; {ONES}"
CLAIM = f"{HEAD}. {GIVEN} then n <= m"
ENTRY = "sum(j: index(m), f(u, j)*g(j, v))"
SAME = "sum(j: index(m), f(u, j)*g(j, u))"
TRIANGLE = {"kind": "range", "row": "u", "column": "v", "size": "n", "rows": "f(u, j)", "columns": "g(j, v)"}
NEEDED = {"zero 0": "zero", "diagonal 0": "diagonal"}

ZERO = step(
    "zero",
    "sum",
    f"{HEAD}, u: index(n), v: index(n). {GIVEN}; u < v then {ENTRY} = 0",
    using=[{"from": 0, "with": {"s": "u", "t": "v"}}],
)
SWAPPED = step(
    "zero",
    "sum",
    f"{HEAD}, u: index(n), v: index(n). if {ABOVE}; {ONES}; v < u then sum(j: index(m), f(v, j)*g(j, u)) = 0",
    using=[{"from": 0, "with": {"s": "v", "t": "u"}}],
)
DIAGONAL = (
    step(
        "absurd",
        "square",
        f"{HEAD}, u: index(n). {GIVEN}; {SAME} = 0 then 0 < 0",
        squares=[{"of": "1"}],
        using=[{"from": 1, "with": {"s": "u"}, "times": "-1"}, {"from": 2}],
    ),
    step(
        "diagonal",
        "contradiction",
        f"{HEAD}, u: index(n). {GIVEN} then {SAME} != 0",
        ("absurd",),
        premise="absurd",
    ),
)
PREMISES = (ZERO, *DIAGONAL)


def last(claim: str = CLAIM, block: dict[str, Any] | None = None, **changed: Any) -> Record:
    """The step by rank, with one thing changed."""
    certificate = {"inner": "j", "through": "m", "blocks": [TRIANGLE | (block or {})], "premises": NEEDED}
    return step("r", "rank", claim, ("zero", "diagonal"), **{**certificate, **changed})


def one_range(name: str, reason: str, claim: str = CLAIM, **changed: Any) -> Attack:
    """An attack on the matrix of one triangular block; its neighbour is the proof that holds."""
    return Attack(name, reason, (*PREMISES, last(claim, **changed)), (*PREMISES, last()))


TRIANGULAR = [
    one_range(
        "more rows than were counted",
        "does not compare the number",
        claim=f"{HEAD}. {GIVEN} then n + 1 <= m",
    ),
    one_range(
        "fewer columns than it factors through",
        "does not compare the number",
        claim=f"{HEAD}. {GIVEN} then n + 1 <= m + 0",
    ),
    one_range("turned around", "does not compare the number", claim=f"{HEAD}. {GIVEN} then m <= n"),
    one_range("strictly less", "inequalities <= only", claim=f"{HEAD}. {GIVEN} then n < m"),
    one_range("a row that knows its column", "name v is not known", block={"rows": "f(u, j)*g(j, v)"}),
    one_range("a column that knows its row", "name u is not known", block={"columns": "g(j, u)"}),
    one_range("fewer rows by subtraction", "not a natural", block={"size": "n - 1"}),
    one_range("a real number of rows", "not a natural", through="m/1"),
    one_range("as many rows as the last row says", "name u is not known", block={"size": "u"}),
    one_range("a factor that is no number", "a number is needed|no number", block={"rows": "signs(i: index(n), 1)"}),
    one_range("the row is a variable of the claim", "already taken", block={"row": "n", "rows": "1"}),
    one_range("the column is the inner index", "already taken", block={"column": "j", "columns": "1"}),
    one_range("the row is the column", "one name", block={"column": "u", "columns": "g(j, u)"}),
    one_range("the inner index is a variable of the claim", "already taken", inner="m"),
    one_range("no block at all", "a block at least", blocks=[]),
    one_range("an unknown kind of block", "there is no block", block={"kind": "diagonal"}),
    one_range("a key of another block", "unknown key 'proper'", block={"proper": True}),
    one_range("no word on the diagonal", "premises needed are", premises={"zero 0": "zero"}),
    one_range(
        "a premise in the other's place",
        "does not say",
        premises={"zero 0": "diagonal", "diagonal 0": "zero"},
    ),
    one_range("another matrix than the premises speak of", "does not say", block={"rows": "2*f(u, j)"}),
    # Hypotheses of the claim belong to its premises: here they would be dropped, and any n <= m follows.
    one_range("the claim without its hypotheses", "does not say", claim=f"{HEAD}. n <= m"),
    Attack(
        "zeros below the diagonal, ones on it, and the order of the rows turned around",
        "does not say",
        (SWAPPED, *DIAGONAL, last()),
        (
            SWAPPED,
            *DIAGONAL,
            last(block={"row": "v", "column": "u", "rows": "f(v, j)", "columns": "g(j, u)"}),
        ),
    ),
]

# A matrix of two blocks, [1] and f: the row 1 is (1, 0), the column of f is (1, f), and so on.
TWO = "for all a: real, b: real. if a*b = 1 then 2 <= 2"
FIRST = {"kind": "one", "rows": "[j = 0]", "columns": "[j = 0] + a*[j = 1]"}
SECOND = {"kind": "one", "rows": "a*[j = 1]", "columns": "b*[j = 1]"}


def entry(left: str, right: str) -> str:
    return f"sum(j: index(2), ({left})*({right}))" if "+" in right else f"sum(j: index(2), {left}*({right}))"


def absurd(name: str, number: str, factor: str) -> tuple[Record, ...]:
    """``number != 0`` from a b = 1: were it 0, then so were 1."""
    head = "for all a: real, b: real. if a*b = 1"
    return (
        step(
            f"{name} absurd",
            "square",
            f"{head}; {number} = 0 then 0 < 0",
            squares=[{"of": "1"}],
            using=[{"from": 1, "times": factor}, {"from": 0, "times": "-1"}][: 1 if factor == "1" else 2],
        ),
        step(name, "contradiction", f"{head} then {number} != 0", (f"{name} absurd",), premise=f"{name} absurd"),
    )


TOP = "sum(j: index(2), [j = 0]*([j = 0] + a*[j = 1]))"
BOTTOM = "sum(j: index(2), a*[j = 1]*(b*[j = 1]))"
CORNER = "sum(j: index(2), [j = 0]*(b*[j = 1]))"
BLOCKS = (
    *absurd("top", TOP, "1"),
    *absurd("bottom", BOTTOM, "1"),
    step("corner", "sum", f"for all a: real, b: real. if a*b = 1 then {CORNER} = 0"),
)
BLOCKS_NEEDED = {"diagonal 0": "top", "diagonal 1": "bottom", "above 0 1": "corner"}


def blocks(*entries: Any, needed: dict[str, str] | None = None, claim: str = TWO, through: str = "2") -> Record:
    named = needed if needed is not None else BLOCKS_NEEDED
    return step(
        "r",
        "rank",
        claim,
        tuple(dict.fromkeys(named.values())),
        inner="j",
        through=through,
        blocks=list(entries),
        premises=named,
    )


BOX = {
    "kind": "box",
    "row": "p",
    "column": "q",
    "index": "i",
    "size": "1",
    "bound": "0",
    "rows": "1",
    "columns": "1",
}
IN_ORDER = (*BLOCKS, blocks(FIRST, SECOND))

TWO_BLOCKS = [
    Attack(
        "blocks in a wrong order",
        "does not say",
        (*BLOCKS, blocks(SECOND, FIRST, needed={**BLOCKS_NEEDED, "diagonal 0": "bottom", "diagonal 1": "top"})),
        IN_ORDER,
    ),
    Attack(
        "nothing said of the corner",
        "premises needed are",
        (*BLOCKS, blocks(FIRST, SECOND, needed={"diagonal 0": "top", "diagonal 1": "bottom"})),
        IN_ORDER,
    ),
    Attack("a block counted once more", "does not compare|premises needed", (*BLOCKS, blocks(FIRST, FIRST, SECOND)), IN_ORDER),
    Attack("through one column less", "does not compare", (*BLOCKS, blocks(FIRST, SECOND, through="1")), IN_ORDER),
    Attack("a box beside a block", "the only block", (*BLOCKS, blocks(FIRST, BOX)), IN_ORDER),
    Attack(
        "the same name in two blocks",
        "one name",
        (*BLOCKS, blocks(TRIANGLE | {"size": "1", "rows": "a", "columns": "b"}, TRIANGLE | {"size": "1", "rows": "a", "columns": "b"})),
        IN_ORDER,
    ),
]

# prod (r_i + 1) rows s, columns u: an entry is W(s + u), known only where |s| + |u| <= |r|.
BOX_HEAD = "for all n: nat, m: nat, r: fn(index(n)) -> nat, w: fn(index(m)) -> real"


@each([*TRIANGULAR, *TWO_BLOCKS])
def test_a_matrix_has_the_rank_that_its_rows_show(attack: Attack) -> None:
    attack.run()
