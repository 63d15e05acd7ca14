"""Terms, claims and certificates drawn from the kernel's grammar: what is printed is read, what is proved is true."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lemmata.kernel.claims import Claim, parse_claim
from lemmata.kernel.documents import FORMAT, VERSION, document_hash, read, replay
from lemmata.kernel.errors import CertificateError, KernelError, Refused, Undefined
from lemmata.kernel.parsing import parse_term
from lemmata.kernel.printing import text
from lemmata.kernel.terms import (
    NAT,
    ONE,
    POINT,
    REAL,
    Add,
    Apply,
    Binder,
    Bracket,
    Component,
    Derivative,
    Div,
    Function,
    Index,
    Mul,
    Neg,
    Num,
    Pow,
    Relation,
    Sort,
    Term,
    Var,
    Vector,
)
from lemmata.proof.mutants import mutants
from lemmata.proof.worlds import World

N, A, B = Var("n", NAT), Var("a", REAL), Var("b", REAL)
X, K = Var("x", Vector("signs", N)), Var("k", Index(N))
F = Var("f", Function((Index(N),), (0,), REAL))
G = Var("g", Function((REAL,), (1,), REAL))
P, Q = Var("p", POINT), Var("q", POINT)
VARIABLES = (N, A, B, X, K, F, G, P, Q)
SCOPE: dict[str, Sort] = {v.name: v.sort for v in VARIABLES}
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def terms(indices: tuple[Term, ...] = (K,), vectors: tuple[Var, ...] = (X,), depth: int = 3) -> Any:
    """Real terms over the scope, with sums, products, means, brackets and derivatives down to a depth."""
    leaves = st.sampled_from((A, B, N, ONE, Num(2), Num(3), Bracket(Relation(P, "=", Q))))
    at = st.sampled_from(indices)
    leaves |= at.map(lambda i: Apply(F, (i,))) | st.tuples(st.sampled_from(vectors), at).map(
        lambda pair: Component(*pair)
    )
    if depth == 0:
        return leaves
    inner = terms(indices, vectors, depth - 1)
    some = st.lists(inner, min_size=2, max_size=3).map(tuple)
    i, y = Var(f"i{depth}", Index(N)), Var(f"y{depth}", Vector("signs", N))
    t = Var(f"t{depth}", REAL)
    below = terms((*indices, i), vectors, depth - 1)
    return st.one_of(
        leaves,
        some.map(Add),
        some.map(Mul),
        inner.map(Neg),
        st.tuples(inner, st.sampled_from((Num(2), Num(3)))).map(lambda pair: Div(*pair)),
        st.tuples(inner, st.sampled_from((Num(0), Num(2)))).map(lambda pair: Pow(*pair)),
        st.tuples(inner, st.sampled_from(("=", "<", "<=", "!=")), inner).map(lambda r: Bracket(Relation(*r))),
        inner.map(lambda body: Apply(G, (body,))),
        below.map(lambda body: Binder("sum", i, body)),
        below.map(lambda body: Binder("prod", i, body)),
        terms(indices, (*vectors, y), depth - 1).map(lambda body: Binder("mean", y, body)),
        inner.map(lambda point: Derivative(t, Mul((Apply(G, (t,)), t)), point)),
    )


def rewritten(term: Term, choice: Any) -> Term:
    """Another term of the same value, by laws that hold for all numbers."""
    match choice(st.integers(0, 4)), term:
        case 0, Add(parts):
            return Add(tuple(reversed(parts)))
        case 1, Mul((first, Add(parts), *rest)):
            return Add(tuple(Mul((first, p, *rest)) for p in parts))
        case 2, Binder("sum" | "mean" as kind, variable, Add(parts)):
            return Add(tuple(Binder(kind, variable, p) for p in parts))
        case 3, Pow(base, Num(2)):
            return Mul((base, base))
        case 4, Neg(Add(parts)):
            return Add(tuple(Neg(p) for p in parts))
        case _:
            return Add((Mul((term, Num(2))), Neg(term)))


def documented(*records: dict[str, Any]) -> dict[str, Any]:
    last = records[-1]
    document = {
        "format": FORMAT,
        "version": VERSION,
        "id": "fuzz",
        "steps": list(records),
        "parts": [{"label": "a", "step": last["id"], "claim": last["claim"]}],
    }
    return {**document, "hash": document_hash(document)}


def record(name: str, claim: Claim, *premises: str, **certificate: Any) -> dict[str, Any]:
    return {
        "id": name,
        "rule": "sum",
        "claim": str(claim),
        "premises": list(premises),
        "certificate": certificate,
    }


def claimed(left: Term, op: Any, right: Term) -> Claim:
    return Claim(VARIABLES, (), Relation(left, op, right))


def is_false(claim: Claim) -> bool:
    """Whether it is false in one of a few worlds; where a term has no value there, the world says nothing."""
    for seed in range(4):
        world = World(seed, {}, {}, largest=2)
        try:
            if not world.holds(claim, world.point(claim)):
                return True
        except Undefined:
            continue
    return False


@QUICK
@given(terms())
def test_a_term_is_read_as_it_was_printed(term: Term) -> None:
    assert parse_term(text(term), SCOPE, {}) == term


@QUICK
@given(terms(depth=2), st.sampled_from(("=", "<=", "<", "!=")), terms(depth=2))
def test_a_claim_is_read_as_it_was_printed(left: Term, op: str, right: Term) -> None:
    claim = claimed(left, op, right)
    try:
        assert parse_claim(str(claim), {}) == claim
    except KernelError:
        assume(False)  # an order between values that have none, say


@QUICK
@given(terms(depth=2), terms(depth=2))
def test_two_terms_that_are_proved_equal_are_equal(left: Term, right: Term) -> None:
    claim = claimed(left, "=", right)
    try:
        replay(documented(record("s", claim)))
    except KernelError:
        return
    assert not is_false(claim)


@QUICK
@given(st.data())
def test_what_follows_by_a_law_is_proved_replayed_and_true(data: st.DataObject) -> None:
    term = data.draw(terms(depth=2))
    claim = claimed(term, "=", rewritten(term, data.draw))
    document, reason = documented(record("s", claim)), ""
    try:
        assert replay(read(json.dumps(document))).hash == document["hash"]
    except Refused as error:
        reason = error.reason
    # A normal form may be too large, or a division by what may vanish: a law is refused for no other reason.
    assert "cancel" not in reason
    assert reason or not is_false(claim)


@QUICK
@given(st.data())
def test_a_certificate_that_was_tampered_with_proves_nothing_false(data: st.DataObject) -> None:
    """A premise, its use, and then a change in one place: refused, or true all the same."""
    term, other = data.draw(terms(depth=1)), data.draw(terms(depth=1))
    premise = claimed(Add((term, term)), "=", Mul((Num(2), term)))
    final = claimed(Add((term, term, other)), "=", Add((other, Mul((Num(2), term)))))
    good = [record("p", premise), record("s", final, "p", using=[{"from": "p"}])]
    changed = data.draw(st.sampled_from([str(m.claim) for m in mutants(final)]))
    try:
        claim = parse_claim(changed, {})
        replay(documented(good[0], {**good[1], "claim": changed}))
    except (KernelError, CertificateError):
        return
    assert not is_false(claim)


def test_the_worlds_would_tell() -> None:
    assert is_false(claimed(A, "=", B))
    assert is_false(claimed(Binder("mean", Var("y", Vector("signs", N)), ONE), "=", Num(2)))
    assert not is_false(claimed(A, "=", Mul((A, ONE))))
