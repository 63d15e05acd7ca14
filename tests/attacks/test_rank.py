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
BELOW = step(
    "zero",
    "sum",
    f"{HEAD}, u: index(n), v: index(n). {GIVEN}; u < v then sum(j: index(m), f(v, j)*g(j, u)) = 0",
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


def ranked(claim: str, **certificate: Any) -> Record:
    """A step by rank that lists the premises its certificate names."""
    names = tuple(dict.fromkeys(certificate["premises"].values()))
    return {**step("r", "rank", claim, names), "certificate": certificate}


def last(claim: str = CLAIM, block: dict[str, Any] | None = None, **changed: Any) -> Record:
    """The step by rank, with one thing changed."""
    certificate = {"inner": "j", "through": "m", "blocks": [TRIANGLE | (block or {})], "premises": NEEDED}
    return ranked(claim, **{**certificate, **changed})


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
    one_range(
        "a factor that is no number", "a number is needed|no number", block={"rows": "signs(i: index(n), 1)"}
    ),
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
]

# A matrix of two blocks, [1] and f: the row 1 is (1, 0), the column of f is (1, f), and so on.
TWO = "for all a: real, b: real. if a*b = 1 then 2 <= 2"
FIRST = {"kind": "one", "rows": "[j = 0]", "columns": "[j = 0] + a*[j = 1]"}
SECOND = {"kind": "one", "rows": "a*[j = 1]", "columns": "b*[j = 1]"}


def not_zero(name: str, number: str, *using: Record) -> tuple[Record, ...]:
    """``number != 0`` from a b = 1: were it 0, then so were 1."""
    head = "for all a: real, b: real. if a*b = 1"
    absurd = step(
        f"{name} absurd",
        "square",
        f"{head}; {number} = 0 then 0 < 0",
        squares=[{"of": "1"}],
        using=[{"from": 1}, *using],
    )
    known = (f"{name} absurd",)
    return absurd, step(name, "contradiction", f"{head} then {number} != 0", known, premise=known[0])


TOP = "sum(j: index(2), [j = 0]*([j = 0] + a*[j = 1]))"
BOTTOM = "sum(j: index(2), (a*[j = 1])*(b*[j = 1]))"
CORNER = "sum(j: index(2), [j = 0]*(b*[j = 1]))"
BLOCKS = (
    *not_zero("top", TOP),
    *not_zero("bottom", BOTTOM, {"from": 0, "times": "-1"}),
    step("corner", "sum", f"for all a: real, b: real. if a*b = 1 then {CORNER} = 0"),
)
BLOCKS_NEEDED = {"diagonal 0": "top", "diagonal 1": "bottom", "above 0 1": "corner"}


def blocks(*entries: Any, needed: dict[str, str] = BLOCKS_NEEDED, through: str = "2") -> Record:
    """The step by rank on a matrix of these blocks."""
    return ranked(TWO, inner="j", through=through, blocks=list(entries), premises=needed)


IN_ORDER = (*BLOCKS, blocks(FIRST, SECOND))
ONE_BY_ONE = TRIANGLE | {"size": "1", "rows": "a", "columns": "b"}
POINTS = {"kind": "box", "row": "p", "column": "q", "index": "i", "size": "1", "bound": "0"}

TWO_BLOCKS = [
    Attack(
        "blocks in a wrong order",
        "does not say",
        (
            *BLOCKS,
            blocks(SECOND, FIRST, needed=BLOCKS_NEEDED | {"diagonal 0": "bottom", "diagonal 1": "top"}),
        ),
        IN_ORDER,
    ),
    Attack(
        "nothing said of the corner",
        "premises needed are",
        (*BLOCKS, blocks(FIRST, SECOND, needed={"diagonal 0": "top", "diagonal 1": "bottom"})),
        IN_ORDER,
    ),
    Attack("one row counted twice", "does not compare", (*BLOCKS, blocks(FIRST, FIRST, SECOND)), IN_ORDER),
    Attack("one column less", "does not compare", (*BLOCKS, blocks(FIRST, SECOND, through="1")), IN_ORDER),
    Attack(
        "a box beside a block",
        "the only block",
        (*BLOCKS, blocks(FIRST, POINTS | {"rows": "1", "columns": "1"})),
        IN_ORDER,
    ),
    Attack("one name in two blocks", "one name", (*BLOCKS, blocks(ONE_BY_ONE, ONE_BY_ONE)), IN_ORDER),
]

# prod (r_i + 1) rows s and columns u; the entry depends on s + u alone, and is known where |s| + |u| <= |r|.
BOX_HEAD = (
    "for all n: nat, m: nat, r: fn(index(n)) -> nat, w: fn(index(m)) -> real, "
    "a: fn(index(n), index(m)) -> real"
)


def moment(p: str, q: str) -> str:
    return f"sum(j: index(m), prod(i: index(n), a(i, j)^{p}(i))*(w(j)*prod(i: index(n), a(i, j)^{q}(i))))"


def low(p: str, q: str, slack: str, place: str) -> str:
    """|s| + |u| <= |r|, and s + u is not r."""
    degrees = f"{slack} + sum(i: index(n), {p}(i) + {q}(i)) = sum(i: index(n), r(i))"
    return f"{degrees}; {p}({place}) + {q}({place}) != r({place})"


def whole(p: str, q: str) -> str:
    return f"(for all i: index(n). {p}(i) + {q}(i) = r(i))"


PQ = "p: fn(index(n)) -> nat, q: fn(index(n)) -> nat"
STU = "s: fn(index(n)) -> nat, t: fn(index(n)) -> nat"
VANISHING = f"(for all {STU}, c: nat, k: index(n). if {low('s', 't', 'c', 'k')} then {moment('s', 't')} = 0)"
NORMED = f"(for all {STU}. if {whole('s', 't')} then {moment('s', 't')} = 1)"
BOX_GIVEN = f"if {VANISHING}; {NORMED}"
MOMENT, LOW, WHOLE = moment("p", "q"), low("p", "q", "d", "l"), whole("p", "q")
COUNT = "prod(i: index(n), r(i) + 1)"
BOX = {
    "kind": "box",
    "row": "p",
    "column": "q",
    "index": "i",
    "size": "n",
    "bound": "r(i)",
    "rows": "prod(i: index(n), a(i, j)^p(i))",
    "columns": "w(j)*prod(i: index(n), a(i, j)^q(i))",
}


def box_premises(more: str = "", places: str = "") -> tuple[Record, ...]:
    """The three premises for a box, under more hypotheses about more places."""
    pairs = {"s": "p", "t": "q"}
    return (
        step(
            "zero",
            "sum",
            f"{BOX_HEAD}, {PQ}, d: nat, l: index(n){places}. {BOX_GIVEN}; {LOW}{more} then {MOMENT} = 0",
            using=[{"from": 0, "with": {**pairs, "c": "d", "k": "l"}}],
        ),
        step(
            "absurd",
            "square",
            f"{BOX_HEAD}, {PQ}{places}. {BOX_GIVEN}; {WHOLE}{more}; {MOMENT} = 0 then 0 < 0",
            squares=[{"of": "1"}],
            using=[{"from": 1, "with": pairs, "times": "-1"}, {"from": 4 if more else 3}],
        ),
        step(
            "diagonal",
            "contradiction",
            f"{BOX_HEAD}, {PQ}{places}. {BOX_GIVEN}; {WHOLE}{more} then {MOMENT} != 0",
            ("absurd",),
            premise="absurd",
        ),
    )


def boxed(left: str = COUNT, right: str = "m", block: dict[str, Any] | None = None) -> Record:
    """The step by rank on the box, with one thing changed."""
    claim = f"{BOX_HEAD}. {BOX_GIVEN} then {left} <= {right}"
    return ranked(claim, inner="j", through="m", blocks=[BOX | (block or {})], premises=NEEDED)


FULL = box_premises()
PROPER = box_premises("; 1 <= p(e)", ", e: index(n)")


def of_box(name: str, reason: str, *arguments: str, block: dict[str, Any] | None = None) -> Attack:
    """An attack on the box; its neighbour is the proof that holds."""
    return Attack(name, reason, (*FULL, boxed(*arguments, block=block)), (*FULL, boxed()))


BOXES = [
    of_box("a box with a row more", "does not compare", f"{COUNT} + 1"),
    of_box("a box with r_i + 2 rows", "does not compare", "prod(i: index(n), r(i) + 2)"),
    of_box("a box that was bounded by less", "does not say", "1", "m", block={"bound": "0"}),
    of_box("a bound that the row sets", "not a known function", block={"bound": "p(i)"}),
    of_box("a bound that is no natural", "not a natural", block={"bound": "r(i) - 1"}),
    of_box("the index is a row", "already taken", block={"row": "i"}),
    of_box("the index is a variable of the claim", "already taken", block={"index": "n"}),
    of_box("a row that knows the index", "name i is not known", block={"rows": "i"}),
    of_box("a row that knows its column", "not a known function", block={"rows": "q(0)"}),
    of_box("without the row 0, all rows counted", "does not compare", block={"proper": True}),
    of_box("neither true nor false", "true or false", block={"proper": 1}),
    Attack(
        "what is known of the proper rows only, used for all",
        "does not say",
        (*PROPER, boxed()),
        (*PROPER, boxed(f"{COUNT} - 1", block={"proper": True})),
    ),
    Attack(
        "less than all rows counted, and one left out besides",
        "does not compare",
        (*PROPER, boxed(f"{COUNT} - 2", block={"proper": True})),
    ),
]


@each([*TRIANGULAR, *TWO_BLOCKS, *BOXES])
def test_a_matrix_has_the_rank_that_its_rows_show(attack: Attack) -> None:
    attack.run()
