"""The rule contradiction: the negation of exactly the conclusion, under exactly the claim's hypotheses."""

from __future__ import annotations

from tests.attacks.attack import Attack, Record, each, step

AB = "for all a: real, b: real. "
NOT_DENIED = "does not say that the negation"


def by_contradiction(negation: str, claim: str, **certificate: object) -> tuple[Record, ...]:
    """0 < 0 from the negation, by the rule square; and what follows."""
    return (
        step("p", "square", negation, **certificate),
        step("s", "contradiction", claim, ("p",), premise="p"),
    )


def taken(negation: str, claim: str) -> tuple[Record, ...]:
    """The same with the premise assumed: only what it says matters here."""
    return (step("p", "assume", negation), step("s", "contradiction", claim, ("p",), premise="p"))


ORDER = by_contradiction(
    f"{AB}if a <= b; b + 1 < a + 1 then 0 < 0",
    f"{AB}if a <= b then a + 1 <= b + 1",
    using=[{"from": 0}, {"from": 1}],
)
STRICT = by_contradiction(
    f"{AB}if a < b; b <= a then 0 < 0", f"{AB}if a < b then a < b", using=[{"from": 0}, {"from": 1}]
)

ATTACKS = [
    Attack(
        "the negation of <= is <",
        NOT_DENIED,
        taken(f"{AB}if b <= a then 0 < 0", f"{AB}a <= b"),
        ORDER,
    ),
    Attack(
        "the negation of < is <=",
        NOT_DENIED,
        by_contradiction(
            f"{AB}if b < a; a < b then 0 < 0", f"{AB}if b < a then b < a", using=[{"from": 0}, {"from": 1}]
        ),
        STRICT,
    ),
    Attack(
        "not less, so equal",
        NOT_DENIED,
        by_contradiction(
            f"{AB}if a <= b; b < a then 0 < 0", f"{AB}if a <= b then a = b", using=[{"from": 0}, {"from": 1}]
        ),
        ORDER,
    ),
    Attack(
        "a premise about other variables",
        NOT_DENIED,
        taken("for all a: real. if a != a then 0 < 0", f"{AB}a = b"),
        taken("for all b: real. if b != b then 0 < 0", "for all a: real. a = a"),
    ),
    Attack(
        "a premise with a hypothesis more than the claim has",
        NOT_DENIED,
        taken(f"{AB}if a < 0; a != b then 0 < 0", f"{AB}a = b"),
        taken(f"{AB}if a < 0; a != b then 0 < 0", f"{AB}if a < 0 then a = b"),
    ),
    Attack(
        "hypotheses that change places with the negation",
        NOT_DENIED,
        taken(f"{AB}if a != b; a = 0 then 0 < 0", f"{AB}if a = 0 then a = b"),
        taken(f"{AB}if a = 0; a != b then 0 < 0", f"{AB}if a = 0 then a = b"),
    ),
    Attack(
        "something absurd other than 0 < 0",
        NOT_DENIED,
        taken(f"{AB}if a != b then 0 < 1", f"{AB}a = b"),
        taken(f"{AB}if a != b then 0 < 0", f"{AB}a = b"),
    ),
    Attack(
        "the negation of the negation is another claim",
        NOT_DENIED,
        taken(f"{AB}if a != b then 0 < 0", f"{AB}a != b"),
        taken(f"{AB}if a = b then 0 < 0", f"{AB}a != b"),
    ),
    Attack(
        "a vector has no negation here",
        "between numbers",
        taken("for all n: nat, x: signs(n). if 0 = 1 then 0 < 0", "for all n: nat, x: signs(n). x = x"),
    ),
    Attack(
        "a point has no negation here",
        "between numbers",
        taken("for all p: point, q: point. if p != q then 0 < 0", "for all p: point, q: point. p = q"),
    ),
    Attack(
        "a step that was not accepted",
        "no earlier step",
        (step("s", "contradiction", f"{AB}a = b", ("s",), premise="s"),),
    ),
    Attack(
        "a hypothesis of the claim in place of a step",
        "no earlier step",
        (step("s", "contradiction", f"{AB}if (if a != b then 0 < 0) then a = b", premise=0),),
    ),
]


@each(ATTACKS)
def test_only_the_negation_of_the_claim_refutes_it(attack: Attack) -> None:
    attack.run()
